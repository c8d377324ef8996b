"""Programmes, pairs and their orders: last year's is over, this year's is in full swing."""

from datetime import timedelta
from random import Random

from documents.models import Order
from documents.numbering import format_number
from documents.orders import approve_order, draft_order, submit_order
from mentorship.school_year import SchoolYear
from monitoring.demo.days import DemoDays, previous_workday
from monitoring.demo.happenings import happening
from monitoring.demo.people import Staff
from monitoring.demo.teams import Team, teams_of_last_year, teams_of_this_year
from monitoring.demo.texts import REQUESTS
from participants.models import MenteeEntry
from programs.models import MentoringForm, Pair, Program
from programs.opening import open_program
from programs.pairs import create_pair, end_pair

GOAL = (
    "Помочь начинающим коллегам войти в профессию, передать опыт сильных педагогов и поддержать тех, "
    "кто хочет изменить свою работу."
)
ORDERS_OF_AUTUMN = (60, 240)
TOPICS = {request.request: request.topic for requests in REQUESTS.values() for request in requests}


def open_year(staff: Staff, year: SchoolYear, days: DemoDays) -> Program:
    """The programme of the organization for the school year."""
    return open_program(
        staff.organization,
        school_year=year,
        title=f"Программа наставничества на {year} учебный год",
        goal=GOAL,
        starts_on=year.starts_on,
        ends_on=days.end_of(year),
        teachers_count=staff.place.teachers_count,
    )


def run_last_year(staff: Staff, days: DemoDays) -> list[Pair]:
    """All pairs of last year, put in force by one order."""
    program = open_year(staff, days.last_year, days)
    launch = days.launch_of(days.last_year)
    pairs = propose_pairs(program, teams_of_last_year(staff), staff=staff, days=days, launch=launch)
    approve(draft_and_submit(program, pairs, staff=staff, days=days, on=launch), staff=staff, days=days, on=launch)
    return pairs_in_force(program)


def end_last_year(staff: Staff, pairs: list[Pair], days: DemoDays) -> None:
    """The pairs of last year end with the lessons."""
    last_day = days.end_of(days.last_year)
    with happening(days.moment(last_day, 16), by=staff.head, now=days.now):
        for pair in pairs:
            end_pair(pair, on=last_day, by=staff.head, comment="Программа пары завершена.")


def launch_this_year(staff: Staff, days: DemoDays) -> list[Pair]:
    """The pairs in force of this year; one more order waits for the head and one is being drafted."""
    program = open_year(staff, days.year, days)
    launch = days.launch_of(days.year)
    teams = teams_of_this_year(staff)
    pairs = propose_pairs(program, teams.approved, staff=staff, days=days, launch=launch)
    approve(draft_and_submit(program, pairs, staff=staff, days=days, on=launch), staff=staff, days=days, on=launch)
    yesterday = days.ago(1, not_before=launch)
    later = propose_pairs(program, teams.submitted, staff=staff, days=days, launch=yesterday)
    draft_and_submit(program, later, staff=staff, days=days, on=yesterday)
    draft(program, propose_pairs(program, teams.drafted, staff=staff, days=days, launch=days.today), staff, days)
    return pairs_in_force(program)


def pairs_in_force(program: Program) -> list[Pair]:
    """In the order in which they were made: the one of the accounts is the first."""
    active = program.pairs.filter(status=Pair.Status.ACTIVE)
    return list(active.for_register().select_related("mentor__user").order_by("pk"))


def propose_pairs(program, teams: list[Team], *, staff: Staff, days: DemoDays, launch) -> list[Pair]:
    """The teams as proposed pairs; made some days before the order of `launch`."""
    made_on = max(program.starts_on, previous_workday(launch - timedelta(days=6)))
    pairs = []
    with happening(days.moment(made_on, 15), by=staff.curator, now=days.now):
        for team in teams:
            pair = create_pair(
                program,
                mentor=team.mentor,
                mentees=team.mentees,
                form=MentoringForm.objects.get(organization=None, name=team.form),
                topic=topic_of(team, program),
                planned_from=min(launch, program.ends_on - timedelta(days=1)),
                by=staff.curator,
                today=made_on,
            )
            pairs.append(pair)
    return pairs


def topic_of(team: Team, program: Program) -> str:
    """The topic of the first mentee's request."""
    entry = MenteeEntry.objects.get(person=team.mentees[0], school_year=program.school_year)
    return TOPICS[entry.request]


def draft(program: Program, pairs: list[Pair], staff: Staff, days: DemoDays, *, on=None) -> Order:
    """A draft of the curator, made at nine in the morning of the day, today unless given."""
    moment = days.moment(on or days.today, 9)
    with happening(moment, by=staff.curator, now=days.now):
        order = draft_order(program, pairs, by=staff.curator)
    Order.objects.filter(pk=order.pk).update(created_at=moment)
    return order


def draft_and_submit(program: Program, pairs: list[Pair], *, staff: Staff, days: DemoDays, on) -> Order:
    order = draft(program, pairs, staff, days, on=on)
    with happening(days.moment(on, 9, 40), by=staff.curator, now=days.now):
        return submit_order(order, by=staff.curator)


def approve(order: Order, *, staff: Staff, days: DemoDays, on) -> None:
    """The head's approval; the number says how many orders there were in the calendar year before this one."""
    chance = Random(f"{staff.place.slug} {on.year}")
    number = format_number(staff.place.order_number_template, chance.randint(*ORDERS_OF_AUTUMN))
    with happening(days.moment(on, 11, 15), by=staff.head, now=days.now):
        approve_order(order, by=staff.head, approved_on=on, number=number)
