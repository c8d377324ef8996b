"""The journal of registration as it is printed and kept: a series of an organization over a period, with its faults."""

from dataclasses import dataclass
from datetime import date

from django.db.models.fields.json import KT
from django.utils import translation
from django.utils.translation import gettext as _

from documents.journal import Entry, disorders, gaps, in_words
from documents.models import KeptNumber, Paper
from documents.numbering import parse_sequence
from documents.registration import Series, series_in
from documents.wording import short_date
from mentorship.pdf import PAPER_LANGUAGE, PAPER_STYLESHEETS, render_pdf
from mentorship.workbooks import Column, form_workbook

COLUMNS = [
    Column("№", "number", 14),
    Column("Дата", "day", 12),
    Column("Заголовок (краткое содержание)", "title", 60),
    Column("Исполнитель", "drafter", 28),
    Column("Кто подписал", "signatory", 22),
    Column("Примечание", "note", 22),
]


@dataclass(frozen=True)
class Line:
    """A line of the journal; what is kept for a paper to come has neither a date nor a signatory."""

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

    series: Series
    first: date
    last: date
    lines: list[Line]
    faults: list[str]

    @property
    def organization(self):
        return self.series.organization

    @property
    def title(self):
        return f"Журнал регистрации {self.series.of_what}"

    @property
    def paper_count(self):
        return sum(line.day is not None for line in self.lines)


def journal_book(organization, *, series, first, last):
    """The JournalBook of a series (its key) from `first` to `last`; kept numbers stand in it where their year does."""
    found = series_in(organization)[series]
    papers = Paper.objects.filter(organization=organization, series=series, dated_on__range=(first, last))
    papers = (
        papers.exclude(number="")
        .defer("content", "text", "search_text")
        .annotate(signatory=KT("content__signature__name"))
        .select_related("order__created_by", "made_by", "ended_by", "destroyed_by")
        .prefetch_related("order__created_by__people", "made_by__people")
    )
    years = range(first.year, last.year + 1)
    kept = KeptNumber.objects.free().filter(organization=organization, series=series, year__in=years)
    lines = [(_place(paper, found), _line(paper)) for paper in papers]
    lines += [((date(each.year, 12, 31), 0, each.pk), _kept_line(each)) for each in kept]
    lines.sort(key=lambda pair: pair[0])
    return JournalBook(
        series=found,
        first=first,
        last=last,
        lines=[line for _place_of_line, line in lines],
        faults=[fault for year in years for fault in _faults_of_year(found, year)],
    )


def _faults_of_year(series, year):
    """Sentences about the numbers of a calendar year: those left out, and those that run against the dates."""
    of_year, template = {"organization": series.organization, "series": series.series}, series.number_template
    numbers = Paper.objects.filter(**of_year, number_year=year).values_list("number", "dated_on")
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
    return form_workbook(book.lines, COLUMNS, title=f"{book.title}. {organization.short_name}")


def _place(paper, series):
    sequence = parse_sequence(series.number_template, paper.number, year=paper.number_year)
    return paper.dated_on, sequence or 0, paper.pk


def _line(paper):
    order = getattr(paper, "order", None)
    return Line(
        paper.number,
        paper.dated_on,
        paper.title,
        _name_of(order.created_by if order else paper.made_by),
        paper.signatory or "",
        note=_note_of(paper),
        is_repealed=paper.ended_on is not None,
    )


def _name_of(user):
    if user is None:
        return ""
    return next((person.full_name for person in user.people.all()), user.email)


def _note_of(paper):
    if paper.destroyed_by:
        return f"уничтожен по акту от {short_date(paper.destroyed_by.dated_on)}"
    by = paper.ended_by
    if by is None:
        return f"действовал до {short_date(paper.ended_on)}" if paper.ended_on else ""
    return f"отменён приказом от {short_date(by.dated_on)} № {by.number}"


def _kept_line(kept):
    return Line(kept.number, None, kept.purpose, "", "", note="номер зарезервирован")
