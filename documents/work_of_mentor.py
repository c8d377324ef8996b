"""What a mentor has done in a period, counted from orders, the log and accepted reports (domain.md §8.4)."""

from decimal import Decimal
from typing import NamedTuple

from django.db.models import Count, Q, Sum

from documents.declension import agree_number
from documents.models import OrderPerson
from documents.wording import described, joined, short_date
from programs.models import Meeting, Pair, ProgressReport


class Work(NamedTuple):
    """`rows` of the table: mentees, form with dates, order, meetings with hours; `total` and `results` as sentences."""

    rows: list[list[str]]
    total: str
    results: list[str]


def work_of_mentor(person, starts_on, ends_on):
    """The Work of the person as a mentor between two days, both counted."""
    began = Pair.objects.filter(mentor=person, started_on__lte=ends_on)
    pairs = began.filter(Q(ended_on=None) | Q(ended_on__gte=starts_on)).for_register().order_by("started_on", "pk")
    rows, meetings, minutes, results = [], 0, 0, []
    for pair in pairs:
        held = Meeting.objects.filter(pair=pair).in_period(starts_on, ends_on).held_by(ends_on)
        found = held.aggregate(count=Count("pk"), minutes=Sum("minutes"))
        meetings, minutes = meetings + found["count"], minutes + (found["minutes"] or 0)
        until = short_date(pair.ended_on or pair.planned_to)
        rows.append(
            [
                joined([described(mentee, "nominative") for mentee in pair.mentees]),
                f"«{pair.form.name}», с\xa0{short_date(pair.started_on)} по\xa0{until}",
                _order_of(pair),
                f"{_meetings(found['count'])}, {_hours(found['minutes'] or 0)}",
            ]
        )
        results += _results_of(pair, starts_on, ends_on)
    awards = [
        f"Поощрение: {award.words} (приказ от {short_date(award.order.approved_on)} №\xa0{award.order.number})."
        for award in OrderPerson.objects.awards_of(person)
        if starts_on <= award.order.approved_on <= ends_on
    ]
    total = f"Всего за период: {_meetings(meetings)}, {_hours(minutes)}."
    return Work(rows, total, ["Результаты по принятым отчётам:", *results, *awards] if results else awards)


def _order_of(pair):
    order = pair.orders.filter(status="approved").order_by("approved_on", "pk").first()
    return f"от\xa0{short_date(order.approved_on)} №\xa0{order.number}" if order else "–"


def _results_of(pair, starts_on, ends_on):
    accepted = pair.reports.filter(status=ProgressReport.Status.ACCEPTED, ends_on__range=(starts_on, ends_on))
    return [
        f"– {' '.join(report.results.split())}" for report in accepted.order_by("ends_on") if report.results.strip()
    ]


def _meetings(count):
    return agree_number(count, "встреча", "встречи", "встреч")


def _hours(minutes):
    """«12 часов», «1,5 часа»."""
    hours = (Decimal(minutes) / 60).quantize(Decimal("0.1"))
    if hours == hours.to_integral_value():
        return agree_number(int(hours), "час", "часа", "часов")
    return f"{hours}".replace(".", ",") + "\xa0часа"
