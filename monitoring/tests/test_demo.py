from collections import Counter
from datetime import UTC, date, datetime
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from documents.agreeing import steps_of
from documents.letters import pairs_without_addendum
from documents.models import Agreement, Letter, Order, RegulationEdition, SignedCopy, TrayItem
from mentorship.models import OutboxLetter, StatusEvent
from mentorship.outbox import send_waiting_letters
from monitoring.demo.loading import load_demo
from monitoring.demo.people import LEAST_PEOPLE
from monitoring.indicators import count_indicators
from monitoring.models import Indicator, Measurement, Survey
from monitoring.targets import targets_of
from participants.application_decisions import likely_people
from participants.consent_rules import State
from participants.consent_standing import people_of_year, standings
from participants.models import Application, Consent, Organization, Person, RemovalTask, User
from participants.tests import factories
from programs.models import Meeting, Pair, ProgressReport
from roadmap.baselines import differences
from roadmap.models import Baseline, Roadmap
from roadmap.progress import stages_of, sum_of

IN_NOVEMBER = datetime(2026, 11, 20, 12, tzinfo=UTC)
TODAY = date(2026, 11, 20)
YEAR = 2026
SLUGS = ["demo-centre", "demo-kindergarten", "demo-school"]


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """The demo of a November day, loaded once; rolled back after the last test that looks at it."""
    with django_db_blocker.unblock(), transaction.atomic():
        with time_machine.travel(IN_NOVEMBER, tick=False):
            load_demo(organizations=3, people=LEAST_PEOPLE, now=timezone.now())
        yield [task for _ids, task, _robust in transaction.get_connection().run_on_commit]
        transaction.set_rollback(True)


@pytest.fixture
def demo(loaded, db):
    """What a test changes in the demo is taken back."""


def working():
    return Organization.objects.exclude(slug="demo-office").order_by("slug")


# --- what it holds ----------------------------------------------------------------------------------------------------
def test_demo_holds_an_office_and_three_organizations_below_it(demo):
    office = Organization.objects.get(slug="demo-office")

    assert [place.slug for place in Organization.objects.below(office).order_by("slug")] == SLUGS
    assert {place.slug: place.people.count() for place in working()} == dict.fromkeys(SLUGS, LEAST_PEOPLE)


@pytest.mark.parametrize("slug", SLUGS)
def test_demo_accounts_have_their_roles(demo, slug):
    roles = {}
    for name in ["curator", "head", "staff", "mentor", "mentee"]:
        user = User.objects.get(email=f"{name}@{slug}.example")
        roles[name] = [member.role for member in user.memberships.all()]
        assert user.check_password("demo-portal")
        assert user.people.get().organization.slug == slug

    assert roles == {"curator": ["curator"], "head": ["head"], "staff": ["staff"], "mentor": [], "mentee": []}


@pytest.mark.parametrize("role", ["coordinator", "head"])
def test_demo_office_has_its_coordinator_and_its_head(demo, role):
    member = User.objects.get(email=f"{role}@demo-office.example").memberships.get()

    assert (member.role, member.organization.slug) == (role, "demo-office")


@pytest.mark.parametrize("slug", SLUGS)
def test_demo_pair_of_the_accounts_is_in_force(demo, slug):
    pair = Pair.objects.get(mentor__user__email=f"mentor@{slug}.example", status=Pair.Status.ACTIVE)

    assert [person.user.email for person in pair.mentees] == [f"mentee@{slug}.example"]
    assert pair.program.school_year == YEAR


@pytest.mark.parametrize("slug", SLUGS)
def test_demo_orders_are_in_each_state_that_the_year_has(demo, slug):
    orders = Order.objects.filter(organization__slug=slug, program__school_year=YEAR).order_by("pk")

    assert [(order.kind, order.status, order.approved_on) for order in orders] == [
        ("assignment_order", "approved", date(2026, 10, 8)),
        ("assignment_order", "submitted", None),
        ("assignment_order", "draft", None),
        ("introduction_order", "approved", date(2026, 9, 2)),
        ("programs_order", "submitted", None),
    ]


@pytest.mark.parametrize("slug", SLUGS)
def test_demo_regulation_and_roadmap_are_in_force_by_the_order_on_the_introduction(demo, slug):
    order = Order.objects.get(organization__slug=slug, kind="introduction_order")
    edition = RegulationEdition.objects.get(organization__slug=slug)
    roadmap = Roadmap.objects.get(organization__slug=slug)

    assert (edition.status, edition.order) == ("in_force", order)
    assert (roadmap.order_number, roadmap.order_on) == (order.number, date(2026, 9, 2))
    assert [sheet["kind"] for sheet in order.paper.content["annexes"]] == [
        "regulation",
        "roadmap",
        "forms",
        "agreement",
        "indicators",
    ]
    assert not any(sheet["is_missing"] for sheet in order.paper.content["annexes"])


@pytest.mark.parametrize("slug", SLUGS)
def test_demo_order_on_programs_waits_for_the_council(demo, slug):
    order = Order.objects.get(organization__slug=slug, kind="programs_order")
    (state,) = steps_of(order)

    assert (state.step.name, state.is_next, state.is_done) == ("Совет наставников", True, False)


@pytest.mark.parametrize("slug", SLUGS)
def test_demo_has_letters_of_each_sort_and_one_forgotten_addendum(demo, slug):
    kinds = Counter(Letter.objects.filter(paper__organization__slug=slug).values_list("paper__kind", flat=True))
    order = Order.objects.get(
        organization__slug=slug, kind="assignment_order", status="approved", program__school_year=YEAR
    )

    assert (kinds["thanks"], kinds["certificate"]) == (3, 3)
    assert len(pairs_without_addendum(list(order.pairs.for_register()))) == 1
    assert pairs_without_addendum(list(order.pairs.for_register()), day=order.approved_on) == pairs_without_addendum(
        list(order.pairs.for_register())
    )


def test_demo_signed_agreement_of_the_school_has_come_back(demo):
    copy = SignedCopy.objects.get()

    assert copy.paper.agreement.order.organization.slug == "demo-school"
    assert copy.file.read(5) == b"%PDF-"
    assert not TrayItem.objects.exists()


@pytest.mark.parametrize("slug", SLUGS)
def test_demo_pairs_of_last_year_have_ended_and_a_group_is_in_force(demo, slug):
    pairs = Pair.objects.filter(program__organization__slug=slug)
    groups = pairs.annotate(size=Count("members")).filter(size__gt=1, status=Pair.Status.ACTIVE)

    assert set(pairs.filter(program__school_year=YEAR - 1).values_list("status", "ended_on")) == {
        ("ended", date(2026, 5, 31))
    }
    assert groups.exists()


def test_demo_files_this_years_papers_of_the_school(demo):
    order = Order.objects.get(
        organization__slug="demo-school", program__school_year=YEAR, kind="assignment_order", status="approved"
    )
    mentees = sum(len(pair.mentees) for pair in order.pairs.all())

    assert order.paper.pdf.read(5) == b"%PDF-"
    assert order.agreements.count() == mentees
    assert not Agreement.objects.filter(order=order, paper__pdf="").exists()


@pytest.mark.parametrize("slug", SLUGS)
def test_demo_log_has_held_planned_and_one_unmarked_meeting(demo, slug):
    meetings = Meeting.objects.filter(pair__program__organization__slug=slug, pair__program__school_year=YEAR)

    assert meetings.held_by(TODAY).count() > 10
    assert meetings.filter(held_on__gt=TODAY).count() > 4
    assert meetings.filter(held_on__lte=TODAY, attendees=None).count() == 1


@pytest.mark.parametrize("slug", SLUGS)
def test_demo_reports_are_in_all_four_states(demo, slug):
    reports = ProgressReport.objects.filter(pair__program__organization__slug=slug, pair__program__school_year=YEAR)

    assert sorted(reports.values_list("status", flat=True)) == ["accepted", "draft", "returned", "submitted"]


@pytest.mark.parametrize(
    ("slug", "activities", "late"), [("demo-centre", 23, 3), ("demo-kindergarten", 21, 1), ("demo-school", 25, 2)]
)
def test_demo_roadmap_is_read_whole_and_some_of_it_is_late(demo, slug, activities, late):
    roadmap = Roadmap.objects.get(organization__slug=slug)
    progress = stages_of(roadmap, TODAY)
    whole = sum_of(progress)

    assert (len(progress), whole.total, whole.late) == (7, activities, late)
    assert whole.done > 5
    assert whole.due > 1
    assert whole.week == 1
    assert whole.unowned >= 1


@pytest.mark.parametrize("slug", SLUGS)
def test_demo_plan_has_changed_since_it_was_approved(demo, slug):
    baseline = Baseline.objects.get(roadmap__organization__slug=slug)
    found = [(line.what, line.days) for line in differences(baseline)]

    assert sorted(found, key=str) == [({"added"}, None), ({"added"}, None), ({"moved"}, 10)]


def test_demo_roadmaps_differ_in_their_columns(demo):
    roles = [[column["role"] for column in roadmap.columns] for roadmap in Roadmap.objects.order_by("organization")]

    assert len({tuple(columns) for columns in roles}) == 3


def test_demo_surveys_of_last_spring_are_closed_and_this_years_is_open(demo):
    surveys = Survey.objects.filter(program__organization__slug="demo-school").order_by("opens_on", "title")

    assert [(survey.program.school_year, survey.status) for survey in surveys] == [
        (YEAR - 1, "closed"),
        (YEAR - 1, "closed"),
        (YEAR, "open"),
    ]


@pytest.mark.parametrize("slug", SLUGS)
def test_demo_accounts_have_not_answered_the_open_survey_and_were_reminded_once(demo, slug):
    survey = Survey.objects.get(program__organization__slug=slug, program__school_year=YEAR)
    own = survey.invitations.filter(person__user__email__in=[f"mentor@{slug}.example", f"mentee@{slug}.example"])

    assert [(each.is_answered, each.reminder_count) for each in own] == [(False, 1), (False, 1)]
    assert survey.invitations.filter(is_answered=True).count() >= 5


@pytest.mark.parametrize("slug", SLUGS)
def test_demo_satisfaction_of_last_year_is_counted(demo, slug):
    organization = Organization.objects.get(slug=slug)
    counted = {each.formula: outcome for each, outcome in count_indicators(organization, YEAR - 1, today=TODAY)}

    assert counted["mentee_satisfaction"].is_counted
    assert counted["mentor_satisfaction"].is_counted


def test_demo_targets_are_those_of_the_invented_order(demo):
    targets = targets_of(Organization.objects.get(slug="demo-school"))
    percents = {
        indicator.formula: [int(targets[indicator.pk][year].percent) for year in (YEAR, YEAR + 1, YEAR + 2)]
        for indicator in Indicator.objects.all()
    }

    assert percents == {
        "mentee_share": [30, 50, 70],
        "supplying_share": [10, 20, 30],
        "mentee_satisfaction": [65, 75, 85],
        "mentor_satisfaction": [65, 75, 85],
    }


def test_demo_measurements_have_a_history(demo):
    taken = Measurement.objects.filter(organization__slug="demo-office", indicator__formula="mentee_share")

    assert sorted(taken.values_list("taken_on", flat=True)) == [
        date(2025, 12, 24),
        date(2026, 5, 31),
        date(2026, 10, 22),
    ]


def test_demo_steps_and_letters_of_the_past_carry_their_days(demo):
    order = Order.objects.get(organization__slug="demo-school", program__school_year=YEAR - 1)
    approval = StatusEvent.objects.filter(status="approved", object_id=order.pk, content_type__model="order").get()
    waiting = OutboxLetter.objects.filter(status="waiting")

    assert timezone.localdate(approval.at) == date(2025, 10, 8)
    assert approval.actor.email == "head@demo-school.example"
    assert (
        sorted(waiting.values_list("name", flat=True)) == ["order-submitted"] * 3
    )  # the order on programs was submitted two days ago


def test_demo_people_are_hard_for_papers(demo):
    school = Person.objects.filter(organization__slug="demo-school")

    assert school.filter(last_name="Смирнова", first_name="Елена", patronymic="Викторовна").count() == 2
    assert school.filter(last_name="Кужугет").count() == 1
    assert school.filter(email="", kind=Person.Kind.TEACHER).count() == 2


def test_demo_leaves_to_the_worker_what_waits_and_nothing_else(demo, loaded, mailoutbox):
    waiting = list(OutboxLetter.objects.filter(status=OutboxLetter.Status.WAITING).values_list("recipient", flat=True))

    with time_machine.travel(IN_NOVEMBER, tick=False):
        send_waiting_letters()

    assert [each for each in loaded if "_delete_on_commit" not in each.__qualname__] == []  # files that nobody needs
    assert sorted(letter.to[0] for letter in mailoutbox) == sorted(waiting) != []
    assert not OutboxLetter.objects.exclude(status=OutboxLetter.Status.SENT).exists()


# --- the command, once more ------------------------------------------------------------------------------------------
def test_demo_command_on_a_loaded_demo_changes_nothing_and_names_the_accounts(demo):
    people, output = Person.objects.count(), StringIO()

    call_command("demo", stdout=output)

    assert Person.objects.count() == people
    lines = output.getvalue().splitlines()
    assert lines[0] == "The demonstration is there already; nothing was changed."
    accounts = [line.split()[0] for line in lines if "@" in line.split()[0]]
    assert accounts == [
        "coordinator@demo-office.example",
        "head@demo-office.example",
        *(f"{role}@demo-school.example" for role in ["curator", "head", "staff", "mentor", "mentee"]),
    ]


def test_demo_command_refuses_a_loaded_demo_beside_something_else(demo):
    factories.make_curator(Organization.objects.get(slug="demo-school"))  # invited by the demo's own people
    call_command("demo", stdout=StringIO())
    factories.make_organization(slug="demo-real-school")

    with pytest.raises(CommandError, match="1 organizations and 0 accounts"):
        call_command("demo")


# --- applications -----------------------------------------------------------------------------------------------------
def test_demo_applications_of_the_school_are_in_every_state(demo):
    applications = Application.objects.filter(call__organization__slug="demo-school", call__school_year=YEAR)

    assert set(applications.values_list("status", flat=True)) == set(Application.Status.values)
    assert applications.filter(status="submitted", submitted_at__date__lte=TODAY).count() == 3


def test_demo_has_an_application_of_somebody_like_one_of_the_files(demo):
    waiting = Application.objects.filter(status="submitted")

    assert [len(likely_people(application)) for application in waiting.order_by("submitted_at")] == [0, 1, 0]


# --- consents ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("slug", SLUGS)
def test_demo_consents_are_in_each_state_and_most_are_in_force(demo, slug):
    organization = Organization.objects.get(slug=slug)
    found = standings(people_of_year(organization, YEAR), school_year=YEAR, day=TODAY).values()
    needed = [standing.states[kind] for standing in found for kind in standing.needed]

    assert {*needed} == {State.VALID, State.EXPIRING, State.MISSING, State.ASKED}
    assert needed.count(State.VALID) > len(needed) * 0.7
    assert {standing.states["publication"] for standing in found} >= {State.VALID, State.REFUSED, State.WITHDRAWN}


@pytest.mark.parametrize("slug", SLUGS)
def test_demo_withdrawal_has_left_a_task_that_is_not_late_yet(demo, slug):
    (task,) = RemovalTask.objects.filter(consent__person__organization__slug=slug)

    assert (task.consent.kind, task.done_on, task.is_late(TODAY)) == ("publication", None, False)


def test_demo_minors_have_representatives_who_consent_for_them(demo):
    pupils = Person.objects.filter(kind="pupil")
    givers = set(Consent.objects.filter(person__in=pupils, person__birth_year__gt=YEAR - 18).values_list("given_by"))

    assert not pupils.filter(representative_name="").exists()
    assert givers == {("representative",)}
