"""Filling the demo, in the order in which two school years happened. See the command `demo`."""

from random import Random

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import translation

from documents.filing import file_order_papers, file_paper
from documents.models import Order
from documents.tasks import file_waiting_papers_task
from mentorship.tasks import send_waiting_letters_task
from monitoring.demo import figures, letters, log, papers, polls
from monitoring.demo.applications import apply_this_year
from monitoring.demo.consents import collect_consents, collect_last_consents
from monitoring.demo.days import DemoDays
from monitoring.demo.happenings import happening
from monitoring.demo.introduction import ask_council, introduce
from monitoring.demo.people import Staff, StaffMaker, make_coordinator, make_office_head, password_hash
from monitoring.demo.places import OFFICE_SLUG, Place, make_office, make_organization, places
from monitoring.demo.plans import add_since_approval, plan_this_year
from monitoring.demo.registries import fill_last_registries, fill_registries
from monitoring.ready_indicators import load_ready_indicators
from participants.accounts import is_demo_email
from participants.models import Organization, User
from participants.ready_application_questionnaires import load_ready_application_questionnaires
from participants.ready_consent_texts import load_ready_consent_texts
from participants.ready_questionnaires import load_ready_questionnaires
from programs.ready_forms import load_ready_forms

SEED = 20
FILED_AT_ONCE = "demo-school"  # this year's papers of it; the worker files all others


def is_loaded() -> bool:
    return Organization.objects.filter(slug=OFFICE_SLUG).exists()


def strangers() -> tuple[int, int]:
    """How many organizations and accounts there are that are not of the demo, nor invited by its people."""
    of_demo = Organization.objects.filter(Q(slug=OFFICE_SLUG) | Q(parent__slug=OFFICE_SLUG))
    invited = Q(memberships__organization__in=of_demo) | Q(people__organization__in=of_demo)
    others = User.objects.exclude(pk__in=User.objects.filter(invited).values("pk")).values_list("email", flat=True)
    return Organization.objects.exclude(pk__in=of_demo).count(), sum(not is_demo_email(email) for email in others)


def load_demo(*, organizations: int, people: int, now) -> None:
    """Fill an empty database: so many organizations below the office, so many people in each.

    The same numbers on the same day give the same data. A failure leaves nothing behind.
    """
    days = DemoDays(now)
    with translation.override(settings.LANGUAGE_CODE), transaction.atomic():
        Demo(days).load(places(organizations, people=people), people)
        # Two years of letters and papers would stand in the worker's queue before today's: see `leave_to_worker`.
        transaction.get_connection().run_on_commit.clear()
    file_at_once(Organization.objects.get(slug=FILED_AT_ONCE), days)


def file_at_once(organization: Organization, days: DemoDays) -> None:
    """The files that a newcomer opens first, and the signed agreement that has come back."""
    approved = Order.objects.filter(organization=organization, status=Order.Status.APPROVED)
    order = approved.get(kind=Order.ASSIGNMENT, program__school_year=days.year.start)
    file_order_papers(order)
    for paper in letters.opened_first(organization):
        file_paper(paper)
    letters.bring_signed_agreement(order)


def leave_to_worker() -> None:
    """Hand what still waits to the worker: the letters of the last days, then the papers of the other organizations."""
    send_waiting_letters_task.delay()
    file_waiting_papers_task.delay()


def chance_of(place: Place, people: int) -> Random:
    """The chance of one organization: how many others there are changes nothing in it."""
    return Random(f"{SEED} {place.slug} {people}")


def chance_of_consents(place: Place) -> Random:
    """A chance of its own: consents change nothing in the rest of the demo."""
    return Random(f"{SEED} consents {place.slug}")


class Demo:
    """The demo while it is being filled."""

    def __init__(self, days: DemoDays) -> None:
        self.days = days
        self.chances: dict[str, Random] = {}

    def load(self, all_places: list[Place], people: int) -> None:
        load_ready_forms()
        load_ready_questionnaires()
        load_ready_indicators()
        load_ready_consent_texts()
        load_ready_application_questionnaires()
        with happening(self.days.moment(self.days.last_year.starts_on, 9), by=None, now=self.days.now):
            office = make_office()
            hashed = password_hash()
            make_coordinator(office, hashed, self.days.last_year)
            make_office_head(office, hashed, self.days.last_year)
            staffs = [
                self._staff(place, make_organization(place, office, number), people, hashed)
                for number, place in enumerate(all_places)
            ]
        figures.set_targets(office, self.days)
        for staff in staffs:
            rng = self.chances[staff.place.slug]
            fill_last_registries(staff, self.days, rng)
            fill_registries(staff, self.days, rng)
            collect_last_consents(staff, self.days)
            collect_consents(staff, self.days, chance_of_consents(staff.place))
        self._last_year(staffs)
        self._this_year(staffs)

    def _staff(self, place: Place, organization: Organization, people: int, hashed: str) -> Staff:
        rng = self.chances[place.slug] = chance_of(place, people)
        return StaffMaker(place, organization, days=self.days, rng=rng, hashed=hashed).make(people)

    def _last_year(self, staffs: list[Staff]) -> None:
        pairs_of = {staff.place.slug: papers.run_last_year(staff, self.days) for staff in staffs}
        figures.measure_last_autumn(self.days)
        for staff in staffs:
            pairs, rng = pairs_of[staff.place.slug], self.chances[staff.place.slug]
            log.log_last_year(staff, pairs, rng)
            polls.ask_last_spring(staff, pairs[0].program, self.days, rng)
            log.report_last_year(staff, pairs, self.days, rng)
            papers.end_last_year(staff, pairs, self.days)
            letters.thank(staff, pairs, self.days)
        figures.measure_last_spring(self.days)

    def _this_year(self, staffs: list[Staff]) -> None:
        pairs_of = {staff.place.slug: papers.launch_this_year(staff, self.days) for staff in staffs}
        figures.measure_this_autumn(self.days)
        for staff in staffs:
            pairs, rng = pairs_of[staff.place.slug], self.chances[staff.place.slug]
            roadmap = plan_this_year(staff, self.days)
            introduce(staff, pairs[0].program, self.days)
            add_since_approval(roadmap, staff, self.days)
            letters.make_addenda(staff, pairs, self.days)
            ask_council(staff, pairs[0].program, self.days)
            log.log_this_year(staff, pairs, self.days, rng)
            log.report_this_year(staff, pairs, self.days, rng)
            polls.ask_this_year(staff, pairs[0].program, self.days, rng)
            apply_this_year(staff, self.days)
        polls.remind_this_year(self.days)
