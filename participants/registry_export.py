"""A registry as it leaves the portal: its lines, and the same table as xlsx, csv and PDF."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import phonenumbers
from django.db.models import prefetch_related_objects
from django.utils import timezone

from mentorship.pdf import PAPER_STYLESHEETS, render_pdf
from mentorship.school_year import SchoolYear
from mentorship.workbooks import NUMBER_HEADER, Column, form_csv, form_workbook, in_words, value_of
from participants.models import Consent, ConsentKind, Membership, MenteeEntry, MentorEntry, Organization
from participants.registries import MENTEES, PairCells, pair_cells, pair_texts
from participants.registry_layouts import Layout, layout_for

CellsOf = Callable[[str, Sequence[Any]], dict[int, list[PairCells]]]
NO_BREAK = "\xa0"
PHONE = re.compile(r"8 \(\d+\) [\d-]+")
NO_PAIR = PairCells("", "", "")
NOT_PUBLISHED = "нет согласия на публикацию"
RUSSIA = 7  # the country code
AT_ONCE = 1000  # rows whose pairs are read together
ROLE_OF_SIGNATORY = {"curator": "Куратор", "coordinator": "Муниципальный координатор"}
WIDTH_OF_NUMBER = 6  # of the first column, in characters, on paper
WIDE_FROM = 19  # columns: so many are printed on A3
DENSE_FROM = 12
# The least width of a column on paper, in millimetres: a date, a phone, the longest part of a name fit on one line.
LEAST_OF_NUMBER, LEAST, LEAST_OF_KEYS = 6, 15.5, {"name": 21, "partners": 21, "contacts": 24, "phone": 24}
UNBROKEN = frozenset(LEAST_OF_KEYS)  # no hyphens in these
WIDTH_OF_A4, WIDTH_OF_A3 = 277, 400  # across, without the margins


@dataclass(frozen=True)
class Line:
    """A printed row: the entry of the registry and the pairs that this row tells of."""

    entry: MentorEntry | MenteeEntry
    pairs: Sequence[PairCells]
    order_texts: dict[int, str] = field(default_factory=dict)
    may_be_published: bool = False  # by the person's consent to the publication

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
        return representative_of(self.person)

    @property
    def phone(self):
        return phone_on_paper(self.person.phone)

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
    def case_url(self):
        """The link to what is published of the person; without the consent to it the line says so."""
        return self.entry.case_url if self.may_be_published or not self.entry.case_url else NOT_PUBLISHED

    @property
    def completion_mark(self):
        return "да" if self.entry.is_completed else ""


def contacts_of(person):
    """Phone, e-mail and what else is known; of somebody with a legal representative the representative's as well."""
    theirs = {person.representative_phone, person.representative_email}
    phone, email = (value if value not in theirs else "" for value in (person.phone, person.email))
    own = [phone_on_paper(phone), email, person.contact_note]
    return "\n".join(filter(None, [", ".join(filter(None, own)), representative_of(person)]))


def representative_of(person):
    """Name, phone and e-mail of the legal representative on one line."""
    phone = phone_on_paper(person.representative_phone)
    return ", ".join(filter(None, [person.representative_name, phone, person.representative_email]))


def phone_on_paper(phone):
    """«8 (912) 000-10-10», as phones are written in Russia; one of abroad, or what is no whole number, as it is kept.

    No sign stands before the eight: a table that is opened in Excel takes a cell that begins with + for a formula.
    """
    try:
        number = phonenumbers.parse(phone, "RU")
    except phonenumbers.NumberParseException:
        return phone
    if number.country_code != RUSSIA or not phonenumbers.is_possible_number(number):
        return phone
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)


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
        published = _published(some) if "case_url" in keys else ()
        for entry in some:
            own = cells.get(entry.pk) or [NO_PAIR]
            for pairs in [[pair] for pair in own] if kind == MENTEES else [own]:
                yield Line(entry, pairs, orders, entry.person_id in published)


def _published(entries) -> set[int]:
    """The keys of those of the people whose consent to the publication is in force today."""
    consents = Consent.objects.to_use_on(timezone.localdate(), ConsentKind.PUBLICATION)
    return set(consents.filter(person__in={entry.person_id for entry in entries}).values_list("person", flat=True))


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
        """The cells of each line in words, for paper."""
        columns = self.columns
        return [[_held_together(in_words(value_of(line, column))) for column in columns] for line in self.lines]

    @property
    def heads(self) -> list[dict[str, Any]]:
        """Header and share of the width, in percent, of each column, that of the number first."""
        paper = WIDTH_OF_A3 if self.is_wide else WIDTH_OF_A4
        least = [LEAST_OF_NUMBER, *(LEAST_OF_KEYS.get(key, LEAST) for key in self.layout.keys)]
        widths = [WIDTH_OF_NUMBER, *(column.width for column in self.columns)]
        shares = shares_of(widths, [millimetres / paper for millimetres in least])
        headers = [NUMBER_HEADER, *(column.header for column in self.columns)]
        unbroken = [True, *(key in UNBROKEN for key in self.layout.keys)]
        return [
            {"header": header, "width": 100 * share, "is_unbroken": is_unbroken}
            for header, share, is_unbroken in zip(headers, shares, unbroken, strict=True)
        ]

    @property
    def is_wide(self):
        """Whether there are more columns than A4 across can hold."""
        return self.layout.column_count >= WIDE_FROM


def _held_together(text: str) -> str:
    """A phone stands on one line."""
    return PHONE.sub(lambda match: match[0].replace(" ", NO_BREAK), text)


def shares_of(widths: Sequence[float], least: Sequence[float]) -> list[float]:
    """Shares of one whole in the proportion of the widths, none below its least share as far as that is possible."""
    total = sum(widths)
    shares = [width / total for width in widths]
    held: set[int] = set()
    while short := {place for place, share in enumerate(shares) if share < least[place]} - held:
        held |= short
        free = max(0.0, 1 - sum(least[place] for place in held))
        rest = sum(width for place, width in enumerate(widths) if place not in held) or 1
        shares = [least[place] if place in held else free * width / rest for place, width in enumerate(widths)]
    return [share / sum(shares) for share in shares]


def as_xlsx(registry: PrintedRegistry) -> bytes:
    return form_workbook(registry.lines, registry.columns, title=registry.title)


def as_csv(registry: PrintedRegistry) -> bytes:
    return form_csv(registry.lines, registry.columns)


def as_pdf(registry: PrintedRegistry) -> bytes:
    """Across on A4, from nineteen columns on A3; numbered in the order of print, the head on every page, signed."""
    context = {
        "registry": registry,
        "year": SchoolYear(registry.school_year) if registry.school_year else None,
        "role": ROLE_OF_SIGNATORY[registry.role],
        "is_dense": registry.layout.column_count >= DENSE_FROM,
        "is_wide": registry.is_wide,
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
