"""Numbers of papers as they are given: one locked counter for each organization, series and calendar year.

Orders and all other papers that are numbered take their numbers here. A number is taken within the transaction that
makes the paper: one that fails gives its number back, and of two clicks at one moment the second waits for the first.
A kept number is given to no paper but the one that names it. What a number looks like is in documents/numbering.py,
what the journal says of numbers in documents/journal.py.

What is `numbered` is an Order or a Series: it has an organization, the key of a series and the template of its numbers.
"""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from documents.letter_kinds import LETTER_KINDS
from documents.models import MAIN_SERIES, KeptNumber, NumberCounter, NumberSeries, Order, Paper
from documents.numbering import clean_number, comparable_number, format_number, parse_sequence
from mentorship.permissions import require

MAIN_NAME = "по основной деятельности"


@dataclass(frozen=True)
class Series:
    """A series of an organization: its key, the form of its numbers, what is numbered by it, in Russian."""

    organization: Any
    series: str
    number_template: str
    name: str  # «по основной деятельности»; of other papers than orders what they are called: «сертификат»
    row: NumberSeries | None = None  # the organization's own setting

    @property
    def is_of_orders(self):
        return self.series not in _OF_PAPERS

    @property
    def label(self):
        """As lists and choices name it: «Приказы по основной деятельности», «Сертификат»."""
        return f"Приказы {self.name}" if self.is_of_orders else self.name[:1].upper() + self.name[1:]

    @property
    def of_what(self):
        """What the journal of the series registers: «приказов по основной деятельности», «сертификатов»."""
        return f"приказов {self.name}" if self.is_of_orders else _REGISTERED[self.series]


_REGISTERED = {
    "addenda": "дополнительных соглашений к трудовым договорам",
    "handovers": "актов приёма-передачи",
    "minutes": "протоколов",
    "certificates": "сертификатов",
    "work-extracts": "справок о наставнической деятельности",
}
_OF_PAPERS = {kind.series: kind for kind in LETTER_KINDS.values() if kind.series}


def series_in(organization):
    """{key: Series} of the organization: the main one, its own ones, those of other papers than orders."""
    rows = {row.key: row for row in NumberSeries.objects.filter(organization=organization)}
    found = {MAIN_SERIES: Series(organization, MAIN_SERIES, organization.order_number_template, MAIN_NAME)}
    for key, row in rows.items():
        if not row.papers:
            found[key] = Series(organization, key, row.template, row.name, row)
    for key, kind in _OF_PAPERS.items():
        own = rows.get(key)
        template = own.template if own else kind.number_template
        found[key] = Series(organization, key, template, kind.public_name, own)
    return found


# --- the number of a paper --------------------------------------------------------------------------------------------
def next_number(numbered, *, year):
    """The number that would be given now, for showing; nothing is taken."""
    counter = NumberCounter.objects.filter(**_series(numbered, year)).first()
    return _first_free(numbered, counter.last if counter else 0, year)[0]


def take_number(numbered, typed, *, year):
    """A number of the calendar year: as typed, or the next one of the series' template.

    Call it inside the transaction that makes the paper. A typed number that is of the template moves the counter on,
    one that is taken raises ValidationError, which names the other paper; one that was kept is taken up by the paper,
    see `take_up_kept`.
    """
    counter = locked_counter(_series(numbered, year))
    number = clean_number(typed or "")
    if number:
        check_is_free(numbered, number, year=year)
        sequence = parse_sequence(numbered.number_template, number, year=year) or 0
    else:
        number, sequence = _first_free(numbered, counter.last, year)
    move_on(counter, sequence)
    return number


def take_up_kept(paper):
    """A number that was kept belongs to the filed paper that has it now."""
    kept = KeptNumber.objects.free().filter(
        organization=paper.organization, series=paper.series, year=paper.number_year, number_key=paper.number_key
    )
    kept.update(paper=paper)


def skipped_numbers(numbered, typed, *, year):
    """(first, last) of the numbers that a typed number would leave out, or None."""
    counter = NumberCounter.objects.filter(**_series(numbered, year)).first()
    last = counter.last if counter else 0
    sequence = parse_sequence(numbered.number_template, typed, year=year) if typed else None
    return (last + 1, sequence - 1) if sequence and sequence > last + 1 else None


def later_registered(order, approved_on):
    """The latest order of the year that is dated after the day: numbers and dates would run against each other."""
    orders = Order.objects.filter(
        organization=order.organization, series=order.series, number_year=approved_on.year, approved_on__gt=approved_on
    )
    return orders.exclude(pk=order.pk).order_by("-approved_on").first()


def check_is_free(numbered, number, *, year):
    """Raise ValidationError, which names the other paper, when the number of the year is taken."""
    taken = _registered(numbered, year).filter(number_key=comparable_number(number))
    if other := taken.select_related("order").first():
        raise ValidationError(
            _("Number %(number)s of %(year)s is taken already: %(order)s. Give another number or leave it empty."),
            params={"number": number, "year": year, "order": getattr(other, "order", None) or other.in_words},
        )


# --- series -----------------------------------------------------------------------------------------------------------
def save_series(series, *, by):
    """Keep a new or a changed NumberSeries. Raises ValidationError, also where the organization has one of the name."""
    require(by, "documents.manage_numbers", series.organization)
    series.full_clean()
    series.save()
    return series


# --- numbers that are kept --------------------------------------------------------------------------------------------
def kept_numbers(numbered, *, year):
    """The numbers of the series and year that are kept and wait for their paper."""
    return KeptNumber.objects.free().filter(**_series(numbered, year))


@transaction.atomic
def keep_number(organization, *, series=MAIN_SERIES, year, typed="", purpose, by, today):
    """Keep the next number of a series, or a typed one, for a paper to come. Returns the KeptNumber.

    `series` is a key of `series_in`. Raises ValidationError for a number that is taken or kept.
    """
    require(by, "documents.manage_numbers", organization)
    numbered = series_in(organization)[series]
    counter = locked_counter(_series(numbered, year))
    number = clean_number(typed)
    if number:
        check_is_free(numbered, number, year=year)
        sequence = parse_sequence(numbered.number_template, number, year=year) or 0
    else:
        number, sequence = _first_free(numbered, counter.last, year)
    kept = KeptNumber(
        **_series(numbered, year),
        number=number,
        number_key=comparable_number(number),
        purpose=purpose.strip(),
        kept_by=by,
        kept_on=today,
    )
    kept.full_clean()
    kept.save()
    move_on(counter, sequence)
    return kept


@transaction.atomic
def release_number(kept, *, by):
    """Give a kept number back; the journal then names it as left out, unless a paper gets it by hand."""
    require(by, "documents.manage_numbers", kept.organization)
    kept = KeptNumber.objects.select_for_update().get(pk=kept.pk)
    if kept.paper_id:
        raise ValidationError(
            _("The number belongs to a paper already: %(paper)s."), params={"paper": kept.paper.in_words}
        )
    kept.delete()


# --- the counter ------------------------------------------------------------------------------------------------------
def locked_counter(series):
    """The NumberCounter of {"organization", "series", "year"}, locked until the transaction ends."""
    NumberCounter.objects.get_or_create(**series)
    return NumberCounter.objects.select_for_update().get(**series)


def move_on(counter, sequence):
    """Let the counter stand at the sequence, unless it is further already."""
    if sequence > counter.last:
        counter.last = sequence
        counter.save(update_fields=["last"])


def _first_free(numbered, last, year):
    """(number, its counter): the first after `last` that no paper has and that is not kept, however it was typed."""
    registered, kept = _registered(numbered, year), kept_numbers(numbered, year=year)
    sequence = last + 1
    while True:
        number = format_number(numbered.number_template, sequence, year=year)
        key = comparable_number(number)
        if not (registered.filter(number_key=key).exists() or kept.filter(number_key=key).exists()):
            return number, sequence
        sequence += 1


def _registered(numbered, year):
    of_series = Paper.objects.filter(organization=numbered.organization, series=numbered.series, number_year=year)
    return of_series.exclude(number_key="")


def _series(numbered, year):
    return {"organization": numbered.organization, "series": numbered.series, "year": year}
