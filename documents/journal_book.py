"""The journal of registration as it is printed and kept: a series of an organization over a period, with its faults."""

from dataclasses import dataclass
from datetime import date

from django.utils import translation
from django.utils.translation import gettext as _

from documents.journal import Entry, disorders, gaps, in_words
from documents.models import MAIN_SERIES, KeptNumber, NumberSeries, Order
from documents.numbering import parse_sequence
from documents.wording import short_date
from mentorship.pdf import PAPER_LANGUAGE, PAPER_STYLESHEETS, render_pdf
from mentorship.workbooks import Column, form_workbook

MAIN_NAME = "по основной деятельности"
COLUMNS = [
    Column("№ приказа", "number", 14),
    Column("Дата", "day", 12),
    Column("Заголовок (краткое содержание)", "title", 60),
    Column("Исполнитель", "drafter", 28),
    Column("Кто подписал", "signatory", 22),
    Column("Примечание", "note", 22),
]


@dataclass(frozen=True)
class Line:
    """A line of the journal; what is kept for an order to come has neither a date nor a signatory."""

    number: str
    day: date | None
    title: str
    drafter: str
    signatory: str
    note: str = ""
    is_repealed: bool = False


@dataclass(frozen=True)
class JournalBook:
    """What the book shows: whose, of which series, over which days, its lines in the order of dates and numbers."""

    organization: object
    series_name: str
    first: date
    last: date
    lines: list[Line]
    faults: list[str]

    @property
    def order_count(self):
        return sum(line.day is not None for line in self.lines)


def series_choices(organization):
    """[(key, name)] of the organization's series, the main one first."""
    own = NumberSeries.objects.filter(organization=organization)
    return [(MAIN_SERIES, MAIN_NAME), *((each.key, each.name) for each in own)]


def journal_book(organization, *, series, first, last):
    """The JournalBook of a series (its key) from `first` to `last`; kept numbers stand in it where their year does."""
    orders = Order.objects.filter(
        organization=organization, series=series, status=Order.Status.APPROVED, approved_on__range=(first, last)
    )
    orders = list(
        orders.select_related("number_series", "organization", "created_by", "repealed_by").prefetch_related(
            "created_by__people"
        )
    )
    years = range(first.year, last.year + 1)
    kept = KeptNumber.objects.free().filter(organization=organization, series=series, year__in=years)
    lines = [(_place(order), _line(order)) for order in orders]
    lines += [((date(each.year, 12, 31), 0, each.pk), _kept_line(each)) for each in kept]
    lines.sort(key=lambda pair: pair[0])
    return JournalBook(
        organization=organization,
        series_name=dict(series_choices(organization))[series],
        first=first,
        last=last,
        lines=[line for _place_of_line, line in lines],
        faults=journal_faults(organization, series=series, years=years),
    )


def journal_faults(organization, *, series, years):
    """Sentences about the numbers of each calendar year: those left out, and those that run against the dates."""
    series_row = NumberSeries.objects.filter(organization=organization).in_bulk()
    template = next(
        (row.template for row in series_row.values() if row.key == series), organization.order_number_template
    )
    return [fault for year in years for fault in _faults_of_year(organization, series, template, year)]


def _faults_of_year(organization, series, template, year):
    of_year = {"organization": organization, "series": series}
    numbers = Order.objects.filter(**of_year, number_year=year).values_list("number", "approved_on")
    kept = KeptNumber.objects.free().filter(**of_year, year=year).values_list("number", flat=True)
    entries = [Entry(number, parse_sequence(template, number, year=year), day) for number, day in numbers]
    entries += [Entry(number, parse_sequence(template, number, year=year), None) for number in kept]
    if missing := gaps(entries):
        text = _("%(year)s: these numbers are left out: %(numbers)s.")
        yield text % {"year": year, "numbers": in_words(missing)}
    for earlier, later in disorders(entries):
        text = _("No. %(later)s is dated %(later_day)s, before No. %(earlier)s of %(earlier_day)s.")
        yield text % {
            "later": later.number,
            "later_day": short_date(later.day),
            "earlier": earlier.number,
            "earlier_day": short_date(earlier.day),
        }


def journal_pdf(organization, **period):
    """The book on A4 across: a title sheet, the lines with the head on every page, the count and the faults at the end.

    `period` as `journal_book` takes it.
    """
    with translation.override(PAPER_LANGUAGE):
        book = journal_book(organization, **period)
    return render_pdf("documents/pdf/journal.html", {"book": book}, stylesheets=(*PAPER_STYLESHEETS, "css/journal.css"))


def journal_xlsx(organization, **period):
    """The lines of the book as a workbook that is printed as the journal is."""
    with translation.override(PAPER_LANGUAGE):
        book = journal_book(organization, **period)
    title = f"Журнал регистрации приказов {book.series_name}. {organization.short_name}"
    return form_workbook(book.lines, COLUMNS, title=title)


def _place(order):
    sequence = parse_sequence(order.number_template, order.number, year=order.number_year)
    return order.approved_on, sequence or 0, order.pk


def _line(order):
    signature = order.snapshot.get("signature", {})  # nothing is left of a paper that was destroyed by an act
    by = order.repealed_by
    note = f"отменён приказом от {short_date(by.approved_on)} № {by.number}" if by else ""
    values = (order.number, order.approved_on, order.title, order.drafter, signature.get("name", ""))
    return Line(*values, note=note, is_repealed=by is not None)


def _kept_line(kept):
    return Line(kept.number, None, kept.purpose, "", "", note="номер зарезервирован")
