"""Orders on pairs and groups: drafted and submitted by the curator, approved or returned by the head.

The approval is one transaction: number, date, frozen content, pairs in force, agreements, letters – or nothing of it.
The files are made after it, see documents/printing.py.
"""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from documents import emails
from documents.contents import agreement_content, order_content, paper_text, start_of
from documents.models import Agreement, Order, PaperText
from documents.numbering import comparable_number
from documents.paper_texts import fill, ready_text
from documents.registration import take_number
from documents.tasks import file_order_papers_task
from mentorship.permissions import require
from mentorship.school_year import SchoolYear
from mentorship.transitions import lock_for_step, move, record
from participants.rules import is_head
from programs.models import Pair, Program
from programs.pairs import activate_pairs


# --- the curator's part -----------------------------------------------------------------------------------------------
def free_pairs(program, *, order=None):
    """Proposed pairs of the programme that stand in no other order than `order`."""
    others = Order.objects.holding().filter(program=program)
    if order is not None:
        others = others.exclude(pk=order.pk)
    proposed = program.pairs.filter(status=Pair.Status.PROPOSED)
    return proposed.exclude(pk__in=Order.pairs.through.objects.filter(order__in=others).values("pair"))


@transaction.atomic
def draft_order(program, pairs, *, by):
    """A draft with the organization's own text, or the ready one; `pairs` are proposed and stand in no other order."""
    require(by, "documents.draft_order", program)
    program = Program.objects.select_for_update().get(pk=program.pk)
    pairs = _checked_pairs(program, pairs)
    year = {"учебный год": str(SchoolYear(program.school_year))}
    order = Order(
        program=program,
        organization=program.organization,
        title=fill(ready_text("assignment_order_title"), year),
        body=paper_text(program.organization, PaperText.Kind.ASSIGNMENT_ORDER),
        created_by=by,
    )
    order.full_clean()
    order.save()
    order.pairs.set(pairs)
    record(order, by=by)
    return order


@transaction.atomic
def change_order(order, *, title, body, pairs, by):
    """Change a draft or a returned order. Returns the saved order."""
    require(by, "documents.draft_order", order)
    program, order = _lock(order)
    _check_editable(order)
    order.title, order.body = title.strip().rstrip("."), body.strip()
    order.full_clean()
    order.save(update_fields=["title", "body"])
    order.pairs.set(_checked_pairs(program, pairs, order=order))
    return order


@transaction.atomic
def submit_order(order, *, by):
    """Send the order to the head; its pairs cannot be changed while it waits. Returns the saved order."""
    require(by, "documents.draft_order", order)
    program, _order = _lock(order)
    order = move(order, Order.Status.SUBMITTED, by=by)
    _checked_pairs(program, list(order.pairs.all()), order=order)
    emails.order_submitted(order, by=by)
    return order


@transaction.atomic
def delete_order(order, *, by):
    """Delete a draft or a returned order; its pairs stay proposed."""
    require(by, "documents.draft_order", order)
    _program, order = _lock(order)
    _check_editable(order)
    order.events.all().delete()
    order.delete()


# --- the head's part --------------------------------------------------------------------------------------------------
@transaction.atomic
def approve_order(order, *, by, approved_on, number=None):
    """Register the head's approval: number, date, frozen content, pairs in force, an agreement for each mentee.

    `by` must be the head of the organization. Without `number` the next one of the organization's counter is taken;
    a typed one is kept as typed. A pair is in force from the order's date, or from its planned start where that is
    later. Raises ValidationError, and nothing is changed, for a date in the future, a number that is taken, a pair
    that is not proposed any more. Returns the saved order.
    """
    _require_head(by, order)
    order = lock_for_step(order, Order.Status.APPROVED)
    check_date(approved_on, order.program)
    pairs = _lock_pairs(order)
    number = take_number(order, number, year=approved_on.year)
    order = move(
        order,
        Order.Status.APPROVED,
        by=by,
        number=number,
        number_key=comparable_number(number),
        number_year=approved_on.year,
        approved_on=approved_on,
        approved_by=by,
        snapshot=order_content(order, pairs, number=number, approved_on=approved_on, head=by),
    )
    for pair in pairs:
        activate_pairs([pair], on=start_of(pair, approved_on), by=by)
    Agreement.objects.bulk_create(_agreements(order, pairs))
    emails.order_approved(order, pairs)
    file_order_papers_task.delay_on_commit(order.pk)
    return order


@transaction.atomic
def return_order(order, *, by, comment):
    """Give the order back to the curator; `comment` says what has to be mended. Returns the saved order."""
    _require_head(by, order)
    comment = comment.strip()
    if not comment:
        raise ValidationError({"comment": _("Say what has to be mended: the curator reads it.")})
    order = move(order, Order.Status.RETURNED, by=by, comment=comment)
    emails.order_returned(order, comment=comment)
    return order


# --- what other floors and steps ask ----------------------------------------------------------------------------------
def waiting_order_of(pair):
    """A sentence for programs/pairs.py: the pair stays as it is while its order waits for the head; else nothing."""
    order = pair.orders.filter(status=Order.Status.SUBMITTED).first()
    return _("The pair stands in an order that waits for the head: %(order)s.") % {"order": order} if order else ""


def _lock(order):
    """(programme, order), both locked; the programme first, as programs/pairs.py does."""
    program = Program.objects.select_for_update().get(pk=order.program_id)
    return program, Order.objects.select_for_update().get(pk=order.pk)


def pairs_of(order):
    """The pairs as the order prints them, with all that the paper and the letters need."""
    return list(order.pairs.for_register().select_related("mentor__user").prefetch_related("members__person__user"))


def _lock_pairs(order):
    """The pairs of a submitted order in the order of the annex, locked and still proposed."""
    locked = list(order.pairs.select_for_update().order_by("pk"))
    if not locked:
        raise ValidationError(_("The order holds no pairs."))
    if gone := [pair for pair in locked if pair.status != Pair.Status.PROPOSED]:
        _refuse(gone, _("Some of its pairs are not proposals any more: return the order."))
    return pairs_of(order)


def _checked_pairs(program, pairs, *, order=None):
    """The pairs, each of them free for this order of the programme."""
    if not pairs:
        raise ValidationError({"pairs": _("Choose at least one pair.")})
    free = set(free_pairs(program, order=order).values_list("pk", flat=True))
    if taken := [pair for pair in pairs if pair.pk not in free]:
        _refuse(taken, _("Only proposed pairs that stand in no other order can be put into the order."))
    return pairs


def _refuse(pairs, why):
    names = Pair.objects.filter(pk__in=[pair.pk for pair in pairs]).for_register()
    sentence = ngettext("%(why)s Check this pair: %(pairs)s", "%(why)s Check these pairs: %(pairs)s", len(pairs))
    raise ValidationError({"pairs": sentence % {"why": why, "pairs": "; ".join(map(str, names))}})


def _check_editable(order):
    if not order.is_editable:
        raise ValidationError(
            _("The order is in the state “%(state)s” and cannot be changed any more."),
            code="wrong_state",
            params={"state": order.get_status_display()},
        )


def check_date(approved_on, program):
    """Raise ValidationError for a date that has not come yet, or that lies more than a year before the programme.

    A slip in the year («0026», «2016») would be frozen with the order for ever.
    """
    today = timezone.localdate()
    if approved_on.year < program.school_year - 1:
        raise ValidationError(
            _("Check the year: %(day)s.%(month)s.%(year)s is long before the programme of %(school_year)s."),
            params={
                "day": f"{approved_on:%d}",
                "month": f"{approved_on:%m}",
                "year": f"{approved_on.year:04}",
                "school_year": SchoolYear(program.school_year),
            },
        )
    if approved_on > today:
        raise ValidationError(
            _("%(date)s has not come yet: an order is dated by the day of its signing."),
            params={"date": date_format(approved_on, "SHORT_DATE_FORMAT")},
        )


def _require_head(user, order):
    """Only the head of the organization signs its orders, not even a superuser in his place."""
    if not is_head(user, order):
        raise PermissionDenied


def _agreements(order, pairs):
    text = paper_text(order.organization, PaperText.Kind.AGREEMENT)
    for pair in pairs:
        for member in pair.members.all():
            content = agreement_content(
                pair,
                member.person,
                order=order,
                text=text,
                number=order.number,
                approved_on=order.approved_on,
            )
            yield Agreement(order=order, pair=pair, mentee=member, snapshot=content)
