"""Many consents in one file: what is to be printed, sorted as the registry, and the worker's print of a large pile.

The file of a pile holds names: it is kept for a day, so that it can be printed, and then goes by itself.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from io import BytesIO
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from pypdf import PdfReader, PdfWriter

from documents.consent_papers import Sheet, consents_pdf, sheets_for
from documents.signed_scans import codes_for
from mentorship.jobs import Outcome, start_job
from mentorship.models import Job
from participants.consent_standing import people_of_year, standings
from participants.consent_versions import mark_used, text_for
from participants.models import ConsentKind, Organization, Person

PRINT_JOB = "documents.print_consents"
PRINTED_AT_ONCE = 100  # papers of one file that a page waits for: some eight seconds
AT_A_TIME = 20  # papers between two signs of life of the worker
FOLDER = "consents-printed"
KEPT = timedelta(days=1)


@dataclass(frozen=True)
class Pile:
    """Whose papers of which kinds are to be printed.

    `kinds` empty: those that each person needs. `people` None: everybody of the year's registries who lacks them.
    """

    organization: Organization
    school_year: int
    kinds: tuple[str, ...] = ()
    people: tuple[int, ...] | None = None

    @property
    def is_whatever_the_state(self) -> bool:
        """A kind named for named people is printed even where it is in force."""
        return bool(self.kinds) and self.people is not None


def papers_of(pile: Pile, *, today: date) -> list[Sheet]:
    """The Sheets of a pile in the order of the registry, by a constant number of queries."""
    organization = pile.organization
    if pile.people is None:
        people = people_of_year(organization, pile.school_year)
    else:
        people = Person.objects.filter(organization=organization, pk__in=pile.people, depersonalized_on=None).in_order()
    people = people.select_related("organization__parent")
    texts = {kind: text_for(organization, kind) for kind in pile.kinds or ConsentKind.values}
    return [
        sheet
        for standing in standings(people, school_year=pile.school_year, day=today).values()
        for kind in pile.kinds or standing.needed
        if pile.is_whatever_the_state or standing.wants_paper(kind)
        for sheet in sheets_for(standing, kind, texts[kind], today=today)
    ]


def print_now(pile: Pile, sheets: list[Sheet], *, today: date) -> bytes:
    """The PDF of a small pile; from now on its texts are in the hands of people."""
    mark_used({sheet.text.pk: sheet.text for sheet in sheets}.values())
    return consents_pdf(sheets, school_year=pile.school_year, today=today, codes=codes_for(sheets))


# --- a large pile -----------------------------------------------------------------------------------------------------
def start_printing(pile: Pile, *, count: int, by, today: date, url: str) -> Job:
    """Hand a large pile to the worker; returns the Job to be watched. `url` is where the work was asked for."""
    words = ngettext("Print %(count)s paper of consent", "Print %(count)s papers of consent", count)
    return start_job(
        PRINT_JOB,
        title=words % {"count": count},
        organization=pile.organization,
        by=by,
        url=url,
        arguments={
            "organization_id": pile.organization.pk,
            "school_year": pile.school_year,
            "kinds": list(pile.kinds),
            "people": None if pile.people is None else list(pile.people),
            "today": today.isoformat(),
            "key": uuid4().hex,
        },
    )


def print_pile(progress, *, organization_id, school_year, kinds, people, today, key) -> Outcome:
    """The work of the job: one PDF of all papers under `key`. Safe to run twice; a file of an earlier attempt goes."""
    organization = Organization.objects.get(pk=organization_id)
    pile = Pile(organization, school_year, tuple(kinds), None if people is None else tuple(people))
    day = date.fromisoformat(today)
    sheets = papers_of(pile, today=day)
    if not sheets:
        raise ValidationError(_("There is nothing to print any more: meanwhile the consents have come."))
    progress.phase(_("Printing the papers"), len(sheets))
    merged = PdfWriter()
    for first in range(0, len(sheets), AT_A_TIME):
        some = sheets[first : first + AT_A_TIME]
        printed = consents_pdf(some, school_year=school_year, today=day, codes=codes_for(some))
        merged.append(PdfReader(BytesIO(printed)), import_outline=False)
        progress.advance(len(some))
    progress.phase(_("Putting them into one file"))
    merged.compress_identical_objects()  # each part brought the same fonts
    content = BytesIO()
    merged.write(content)
    page_count = len(merged.pages)
    progress.phase(_("Keeping the file"))
    remove_pile(key=key)
    default_storage.save(file_of(key), ContentFile(content.getvalue()))
    mark_used({sheet.text.pk: sheet.text for sheet in sheets}.values())
    words = ngettext("%(count)s page is ready to be printed.", "%(count)s pages are ready to be printed.", page_count)
    return Outcome(words % {"count": page_count}, reverse("documents:consents-printed", args=[key]))


def file_of(key: str) -> str:
    """Where the file of a pile is kept."""
    return f"{FOLDER}/{key}.pdf"


def remove_pile(*, key, **_arguments) -> None:
    """The file of a pile that nobody wants any more."""
    default_storage.delete(file_of(key))


def remove_old_piles(now: datetime) -> int:
    """Files of piles are kept for a day. Returns how many went."""
    if not default_storage.exists(FOLDER):
        return 0
    names = [f"{FOLDER}/{name}" for name in default_storage.listdir(FOLDER)[1]]
    old = [name for name in names if default_storage.get_modified_time(name) < now - KEPT]
    for name in old:
        default_storage.delete(name)
    return len(old)
