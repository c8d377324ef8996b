"""The order on the introduction of mentorship with its annexes, and the step before the head with an order that waits there."""

from datetime import timedelta

from documents.agreeing import save_step
from documents.models import ApprovalStep, LegalAct, Order
from documents.numbering import format_number
from documents.order_kinds import KINDS
from documents.orders import approve_order, draft_order, submit_order
from documents.regulations import change_edition, draft_edition
from mentorship.school_year import SchoolYear
from monitoring.demo.days import DemoDays, next_workday, previous_workday
from monitoring.demo.happenings import happening
from monitoring.demo.people import Staff
from participants.models import Person
from programs.models import Program

KIND = "introduction_order"
NUMBER = 41  # below those of the autumn: see ORDERS_OF_AUTUMN of monitoring/demo/papers.py
COUNCIL = ["председатель совета", "секретарь совета", "член совета"]
ACTS = ["351.8", "АЗ-1128/08/657"]
STEP = "Совет наставников"


def introduce(staff: Staff, program: Program, days: DemoDays) -> Order:
    """The regulation, the roadmap and the forms, approved by one order in the first days of the school year."""
    year = SchoolYear(program.school_year)
    signed_on = min(days.launch_of(year), next_workday(year.starts_on + timedelta(days=1)))
    with happening(days.moment(signed_on, 9, 5), by=staff.curator, now=days.now):
        edition = draft_edition(staff.organization, by=staff.curator)
        council_on = previous_workday(year.starts_on)
        change_edition(edition, by=staff.curator, council_minutes=f"протокол от {council_on:%d.%m.%Y} № 1")
    drafted_at = days.moment(signed_on, 9, 20)
    with happening(drafted_at, by=staff.curator, now=days.now):
        acts = LegalAct.objects.offered_in(staff.organization)
        grounds = [act for act in acts if any(words in act.name for words in ACTS)]
        order = draft_order(program, by=staff.curator, kind=KIND, grounds=grounds, **_named(staff, program))
        order = submit_order(order, by=staff.curator)
    Order.objects.filter(pk=order.pk).update(created_at=drafted_at)
    with happening(days.moment(signed_on, 10, 30), by=staff.head, now=days.now):
        number = format_number(staff.place.order_number_template, NUMBER)
        return approve_order(order, by=staff.head, approved_on=signed_on, number=number)


def ask_council(staff: Staff, program: Program, days: DemoDays) -> Order:
    """The council of mentors agrees to personal programmes before the head: their order waits for its minutes."""
    launch = days.launch_of(SchoolYear(program.school_year))
    with happening(days.moment(launch, 12), by=staff.head, now=days.now):
        step = ApprovalStep(
            organization=staff.organization,
            kind="programs_order",
            name=STEP,
            recorder=ApprovalStep.Recorder.CURATOR,
            printed="на заседании совета наставников",
        )
        save_step(step, by=staff.head)
    drafted_at = days.moment(days.ago(2, not_before=launch), 13)
    with happening(drafted_at, by=staff.curator, now=days.now):
        order = submit_order(draft_order(program, by=staff.curator, kind="programs_order"), by=staff.curator)
    Order.objects.filter(pk=order.pk).update(created_at=drafted_at)
    return order


def _named(staff: Staff, program: Program) -> dict:
    """Whom the order on the introduction names, and what the wizard proposes for the rest."""
    curator = Person.objects.get(organization=staff.organization, user=staff.curator)
    usual = {value.placeholder: value.usual for value in KINDS[KIND].values}
    starts_on, ends_on = program.starts_on.isoformat(), program.ends_on.isoformat()
    return {
        "people": {
            "curator": [(curator, "")],
            "member": list(zip(staff.mentors, COUNCIL, strict=False)),
        },
        "values": usual | {"начало внедрения": starts_on, "конец внедрения": ends_on},
    }
