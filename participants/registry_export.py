"""A registry as it leaves the portal: its lines, and the same table as xlsx, csv and PDF."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.db.models import prefetch_related_objects

from mentorship.pdf import PAPER_STYLESHEETS, render_pdf
from mentorship.school_year import SchoolYear
from mentorship.workbooks import NUMBER_HEADER, Column, form_csv, form_workbook, in_words, value_of
from participants.models import Membership, MenteeEntry, MentorEntry, Organization
from participants.registries import MENTEES, PairCells, pair_cells, pair_texts
from participants.registry_layouts import Layout, layout_for

CellsOf = Callable[[str, Sequence[Any]], dict[int, list[PairCells]]]
NO_PAIR = PairCells("", "", "")
AT_ONCE = 1000  # rows whose pairs are read together
ROLE_OF_SIGNATORY = {"curator": "Куратор", "coordinator": "Муниципальный координатор"}
WIDTH_OF_NUMBER = 6  # of the first column, in characters, on paper
LEAST_SHARE = 0.052  # of the width of the paper: a date fits on one line


@dataclass(frozen=True)
class Line:
    """A printed row: the entry of the registry and the pairs that this row tells of."""

    entry: MentorEntry | MenteeEntry
    pairs: Sequence[PairCells]
    order_texts: dict[int, str] = field(default_factory=dict)

    @property
    def person(self):
        return self.entry.person

    @property
    def full_name(self):
        """The name as it was borne at the end of the registry's year: an old registry keeps the names of its time."""
        return self.person.name_on(self.entry.year.ends_on)

    @property
    def organization(self):
        return self.person.organization.short_name

    @property
    def kind(self):
        return str(self.person.get_kind_display())

    @property
    def contacts(self):
        return contacts_of(self.person)

    @property
    def representative(self):
        parts = [self.person.representative_name, self.person.representative_phone, self.person.representative_email]
        return ", ".join(filter(None, parts))

    @property
    def experience(self):
        """Full school years of teaching at the beginning of the row's year; None where the first is not known."""
        return _years_since(self.person.works_since, self.entry.school_year)

    @property
    def experience_here(self):
        return _years_since(self.person.works_here_since, self.entry.school_year)

    @property
    def partners(self):
        return _lines(pair.partner for pair in self.pairs)

    @property
    def forms(self):
        return _lines(dict.fromkeys(pair.form for pair in self.pairs))

    @property
    def partner_places(self):
        return _lines(dict.fromkeys(pair.affiliation for pair in self.pairs))

    @property
    def orders(self):
        return _lines(dict.fromkeys(self.order_texts.get(pair.key, "") for pair in self.pairs))

    @property
    def completion_mark(self):
        return "да" if self.entry.is_completed else ""


def contacts_of(person):
    """Phone, e-mail and what else is known; of somebody with a legal representative the representative's as well."""
    own = [person.phone_for_reading, person.email, person.contact_note]
    parts = [person.representative_name, person.representative_phone, person.representative_email]
    representative = ", ".join(filter(None, parts))
    return "\n".join(filter(None, [", ".join(filter(None, own)), representative]))


def _years_since(year, school_year):
    return max(0, school_year - year) if year else None


def _lines(texts: Iterable[str]) -> str:
    return "\n".join(text for text in texts if text)


def lines_of(
    kind: str, entries: Iterable[Any], keys: Sequence[str] = (), *, cells_of: CellsOf = pair_cells
) -> Iterator[Line]:
    """The rows as they are printed: a mentee with two mentors is two rows, a mentor is one with all mentees.

    `keys` are those of the columns that will be printed: what none of them needs is not read. `cells_of` gives the
    pairs of the rows.
    """
    rows = iter(entries)
    while some := list(islice(rows, AT_ONCE)):
        prefetch_related_objects([entry.person for entry in some], "name_changes")
        cells = cells_of(kind, some)
        orders = pair_texts("order", cells) if "order" in keys else {}
        for entry in some:
            own = cells.get(entry.pk) or [NO_PAIR]
            for pairs in [[pair] for pair in own] if kind == MENTEES else [own]:
                yield Line(entry, pairs, orders)


@dataclass(frozen=True)
class PrintedRegistry:
    """A table ready to be written: what stands over it, its columns, its lines, who signs it."""

    layout: Layout
    lines: list[Any]
    organization: Organization
    school_year: int | None = None
    signatory: str = ""
    role: str = "curator"

    @property
    def columns(self) -> list[Column]:
        return self.layout.columns

    @property
    def title(self):
        """«База наставников. МОУ СШ № 7, 2026/2027 учебный год»."""
        year = f", {SchoolYear(self.school_year)} учебный год" if self.school_year else ""
        return f"{self.layout.title}. {self.organization.short_name}{year}"

    @property
    def rows(self) -> list[list[str]]:
        """The cells of each line in words."""
        columns = self.columns
        return [[in_words(value_of(line, column)) for column in columns] for line in self.lines]

    @property
    def heads(self) -> list[dict[str, Any]]:
        """Header and share of the width, in percent, of each column, that of the number first."""
        least = LEAST_SHARE * sum(column.width for column in self.columns)
        widths = [WIDTH_OF_NUMBER, *(max(least, column.width) for column in self.columns)]
        headers = [NUMBER_HEADER, *(column.header for column in self.columns)]
        return [
            {"header": header, "width": round(100 * width / sum(widths), 2)}
            for header, width in zip(headers, widths, strict=True)
        ]


def as_xlsx(registry: PrintedRegistry) -> bytes:
    return form_workbook(registry.lines, registry.columns, title=registry.title)


def as_csv(registry: PrintedRegistry) -> bytes:
    return form_csv(registry.lines, registry.columns)


def as_pdf(registry: PrintedRegistry) -> bytes:
    """A4 across, numbered in the order of print, the head on every page, the line of the signatory at the end."""
    context = {
        "registry": registry,
        "year": SchoolYear(registry.school_year) if registry.school_year else None,
        "role": ROLE_OF_SIGNATORY[registry.role],
        "is_dense": len(registry.columns) > 10,
    }
    return render_pdf("participants/pdf/registry.html", context, stylesheets=(*PAPER_STYLESHEETS, "css/registry.css"))


WRITERS: dict[str, Callable[[PrintedRegistry], bytes]] = {"pdf": as_pdf, "xlsx": as_xlsx, "csv": as_csv}


def print_registry(kind, entries, *, organization, school_year, layout, day) -> PrintedRegistry:
    """The entries by a layout of theirs, signed by the curator of the organization on the day."""
    return PrintedRegistry(
        layout=layout,
        lines=list(lines_of(kind, entries, layout.keys)),
        organization=organization,
        school_year=school_year,
        signatory=signatory_of(organization, "curator", day),
    )


def signatory_of(organization, role, day):
    """«М.П. Иванова» of who has the role in the organization on a day; empty, where that is nobody or several."""
    members = Membership.objects.in_force(day).filter(organization=organization, role=role)
    people = [member.user.people.filter(organization=organization).first() for member in members[:2]]
    return people[0].signature if len(people) == 1 and people[0] else ""


def export_registry(kind, entries, *, organization, school_year, layout=None) -> bytes:
    """The entries as xlsx by a layout, else by the organization's default one; see PrintedRegistry."""
    layout = layout or layout_for(organization, kind)
    registry = PrintedRegistry(layout, list(lines_of(kind, entries, layout.keys)), organization, school_year)
    return as_xlsx(registry)
