"""Steps before the head: councils and the union agree to an order one after another, each with its minutes.

A decision holds for the version of the draft that it was made on: a changed order is agreed anew.
"""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.draft_versions import check_version
from documents.models import ApprovalStep, Order, StepDecision
from documents.returning import send_back
from mentorship.origin import current_origin
from mentorship.permissions import require
from mentorship.transitions import lock_for_step


@dataclass(frozen=True)
class StepState:
    """A step of an order: what it has said of the order as it is now, whether its turn has come."""

    step: ApprovalStep
    decision: StepDecision | None
    is_next: bool

    @property
    def is_done(self) -> bool:
        return self.decision is not None and self.decision.is_agreed


def steps_of(order: Any) -> list[StepState]:
    """The steps before the head, in their order."""
    latest = {each.step_id: each for each in order.step_decisions.filter(version=order.version)}
    states: list[StepState] = []
    for step in ApprovalStep.objects.before(order):
        is_next = all(state.is_done for state in states)
        decision = latest.get(step.pk)
        states.append(StepState(step, decision, is_next and not (decision and decision.is_agreed)))
    return states


def may_record(user, step):
    """Whether the user records the step: who has its role in the organization today."""
    return user.is_active and step.organization_id in user.organizations_as(step.recorder)


def check_steps_done(order):
    """Raise ValidationError, which names the steps that are missing, unless all have agreed to the order as it is."""
    missing = [state.step.name for state in steps_of(order) if not state.is_done]
    if missing:
        raise ValidationError(
            _("Before the head, these have to agree: %(steps)s."), code="steps", params={"steps": ", ".join(missing)}
        )


@transaction.atomic
def agree_to_order(order, step, *, by, minutes_number="", minutes_on=None, comment="", seen=None):
    """Record that the step agrees to a submitted order. Returns the StepDecision.

    Raises PermissionDenied for who does not record this step, ValidationError for a step out of turn, minutes that are
    missing or of a day to come, and an order that was changed since the version `seen`.
    """
    order = _lock_for_decision(order, step, by=by, seen=seen)
    _check_minutes(step, minutes_number, minutes_on)
    return _decide(order, step, StepDecision.Outcome.AGREED, by, minutes_number.strip(), minutes_on, comment.strip())


@transaction.atomic
def refuse_order(order, step, *, by, comment, minutes_number="", minutes_on=None, points=(), seen=None):
    """Record that the step refuses a submitted order: it goes back to the curator with the comments.

    As `agree_to_order`; the comment, or one on a point, must be there. Returns the saved order.
    """
    order = _lock_for_decision(order, step, by=by, seen=seen)
    _check_not_to_come(minutes_on)
    _decide(order, step, StepDecision.Outcome.REFUSED, by, minutes_number.strip(), minutes_on, comment.strip())
    return send_back(order, by=by, comment=f"{step.name}: {comment.strip()}" if comment.strip() else "", points=points)


def save_step(step, *, by):
    """Keep a new or changed setting. Raises ValidationError."""
    require(by, "documents.manage_steps", step.organization)
    step.full_clean()
    step.save()
    return step


def delete_step(step, *, by):
    """Orders are not asked for the step any more; what it has decided stays in their histories."""
    require(by, "documents.manage_steps", step.organization)
    step.delete()


@transaction.atomic
def ask_second_factor(organization, *, by, is_needed):
    """Whether the head proves himself by a second factor at each approval: the head decides for himself."""
    require(by, "documents.manage_second_factor", organization)
    organization.approval_needs_second_factor = is_needed
    organization.save(update_fields=["approval_needs_second_factor"])
    return organization


def _lock_for_decision(order, step, *, by, seen):
    if step.organization_id != order.organization_id or not may_record(by, step):
        raise PermissionDenied
    order = lock_for_step(order, Order.Status.APPROVED)
    check_version(order, seen)
    state = next((each for each in steps_of(order) if each.step.pk == step.pk), None)
    if state is None:
        raise ValidationError(_("Orders of this kind do not pass this step."))
    if state.is_done:
        raise ValidationError(_("“%(step)s” has agreed to this order already."), params={"step": step.name})
    if not state.is_next:
        before = next(each.step.name for each in steps_of(order) if each.is_next)
        raise ValidationError(
            _("It is not the turn of “%(step)s” yet: first comes “%(before)s”."),
            code="turn",
            params={"step": step.name, "before": before},
        )
    return order


def _check_minutes(step, number, day):
    errors = {}
    if step.needs_minutes and not number.strip():
        errors["minutes_number"] = _("Write the number of the minutes of this step.")
    if step.needs_minutes and day is None:
        errors["minutes_on"] = _("Write the date of the minutes of this step.")
    if errors:
        raise ValidationError(errors)
    _check_not_to_come(day)


def _check_not_to_come(day):
    if day is not None and day > timezone.localdate():
        raise ValidationError({"minutes_on": _("This day has not come yet.")})


def _decide(order, step, outcome, by, minutes_number, minutes_on, comment):
    origin = current_origin()
    decision = StepDecision(
        order=order,
        step=step,
        name=step.name,
        mark=step.mark,
        printed=step.printed,
        version=order.version,
        outcome=outcome,
        minutes_number=minutes_number,
        minutes_on=minutes_on,
        comment=comment,
        recorded_by=by,
        address=origin.address,
        means=origin.means,
    )
    decision.full_clean()
    decision.save()
    return decision
