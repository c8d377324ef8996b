"""Ready roadmaps in the portal's own words, one for each kind of organization (domain.md §2.2, §6.2).

They are files in `roadmap/ready/`, read as any document of people; deadlines are phrases without years, which become dates
of the school year for which a roadmap is taken.
"""

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from django.db import transaction

from mentorship.school_year import SchoolYear
from participants.models import Organization
from roadmap.document_checks import Known
from roadmap.handing_down import mark_template
from roadmap.importing import store_reading
from roadmap.naming import require_new_title
from roadmap.occurring import make_occurrences_of
from roadmap.owning import propose_owners
from roadmap.reading import RoadmapReading, blocks_from_file, read_document

FOLDER = Path(__file__).parent / "ready"
KINDS = (
    Organization.Kind.KINDERGARTEN,
    Organization.Kind.SCHOOL,
    Organization.Kind.CENTRE,
    Organization.Kind.EDUCATION_OFFICE,
)


@dataclass(frozen=True)
class ReadyRoadmap:
    """A ready roadmap: `kind` is that of the organizations for which it is made."""

    kind: Organization.Kind
    reading: RoadmapReading

    @property
    def title(self):
        return self.reading.title

    def title_for(self, school_year):
        """The title that a roadmap made of it has at first; papers are Russian."""
        return f"{self.title} на {SchoolYear(school_year)} учебный год"


def ready_roadmap(kind, school_year):
    """The ReadyRoadmap of a kind of organization, its deadlines to be read for the school year; None for another word."""
    return _read(Organization.Kind(kind), school_year) if kind in KINDS else None


def ready_roadmaps(school_year, *, first=None):
    """All ready roadmaps; that of the kind `first` stands first."""
    return [_read(kind, school_year) for kind in sorted(KINDS, key=lambda kind: kind != first)]


@cache
def _read(kind, school_year):
    path = FOLDER / f"{kind.value}.tsv"
    known = Known(is_office=kind == Organization.Kind.EDUCATION_OFFICE)
    blocks = blocks_from_file(path.read_bytes(), path.name)
    return ReadyRoadmap(kind, read_document(blocks, school_year=school_year, known=known))


@transaction.atomic
def take_ready(ready, *, organization, school_year, title, by, is_template=False):
    """Make a roadmap of the organization from a ready one: dates of its school year, owners by their roles.

    An office may take it as a template.

    Returns the Roadmap. Raises ValidationError where the organization has one of this title in the year.
    """
    require_new_title(organization, school_year, title)
    reading = replace(ready.reading, title=title, school_year=school_year)
    roadmap = store_reading(reading, organization=organization, school_year=school_year, source_name="", by=by)
    make_occurrences_of(roadmap)
    propose_owners(roadmap)
    return mark_template(roadmap, True) if is_template else roadmap
