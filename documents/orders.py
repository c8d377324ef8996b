"""The head's part of an order: approved or returned. The curator's part is in documents/drafting.py.

The approval is one transaction: number, date, frozen content, pairs in force, agreements, earlier orders that it
repeals, letters – or nothing of it. The files are made after it, see documents/filing.py.
"""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from documents import emails
from documents.agreeing import check_steps_done
from documents.contents import named_people, order_content
from documents.draft_versions import check_version
from documents.drafting import (
    change_order,
    delete_order,
    draft_order,
    free_pairs,
    new_order,
    refuse_pairs,
    submit_order,
)
from documents.familiarization import begin_familiarization
from documents.filing import new_paper
from documents.models import Order
from documents.numbering import comparable_number
from documents.order_effects import bring_about, lock_pairs_to_end
from documents.registration import take_number
from documents.repealing import lock_earlier, put_links_in_force
from documents.returning import send_back
from documents.tasks import file_order_papers_task
from mentorship.school_year import SchoolYear
from mentorship.transitions import lock_for_step, move
from participants.rules import is_head
from programs.models import Pair

__all__ = [
    "approve_order",
    "change_order",
    "check_date",
    "delete_order",
    "draft_order",
    "ended_pairs_of",
    "free_pairs",
    "new_order",
    "pairs_of",
    "return_order",
    "submit_order",
    "waiting_order_of",
]


@transaction.atomic
def approve_order(order, *, by, approved_on, number=None, seen=None, has_second_factor=False):
    """Register the head's approval: number, date, frozen content, and all that the order says, see order_effects.

    `by` must be the head of the organization, or act as one, today and on the date of the order. `seen` is the version
    that he has read, `has_second_factor` whether he has proved himself by one in this session. Without `number` the
    next one of the organization's counter is taken; a typed one is kept as typed. A pair is in force from the order's
    date, or from its planned start where that is later.

    Raises ValidationError, and nothing is changed, for a date in the future or out of the head's term, a number that is
    taken, a pair that is not proposed any more, a step before the head that is not done, an earlier order that cannot
    be repealed any more, a draft that was changed meanwhile. Returns the saved order.
    """
    require_head(by, order)
    order = lock_for_step(order, Order.Status.APPROVED)
    check_version(order, seen)
    check_date(approved_on, order.program)
    check_term(by, order.organization, approved_on)
    check_steps_done(order)
    if order.organization.approval_needs_second_factor and not has_second_factor:
        raise ValidationError(
            _("The organization wants a second factor at the approval: type the code."), code="second_factor"
        )
    links = lock_earlier(order, approved_on)
    pairs, ended_pairs = _lock_pairs(order), lock_pairs_to_end(order)
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
        paper=_frozen(order, pairs, number=number, approved_on=approved_on, by=by),
    )
    bring_about(order, pairs, ended_pairs, by=by)
    put_links_in_force(order, links, by=by)
    begin_familiarization(order)
    emails.order_approved(order, pairs)
    file_order_papers_task.delay_on_commit(order.pk)
    return order


@transaction.atomic
def return_order(order, *, by, comment, points=(), seen=None):
    """Give the order back to the curator; `comment` says what has to be mended, `points` what in single points.

    `points` as `comment_on_points` takes them; with one of them the comment may be empty. Returns the saved order.
    """
    require_head(by, order)
    order = lock_for_step(order, Order.Status.RETURNED)
    check_version(order, seen)
    return send_back(order, by=by, comment=comment, points=points)


# --- what other floors and steps ask ----------------------------------------------------------------------------------
def waiting_order_of(pair):
    """A sentence for programs/pairs.py: the pair stays as it is while its order waits for the head; else nothing."""
    order = pair.orders.filter(status=Order.Status.SUBMITTED).first()
    return _("The pair stands in an order that waits for the head: %(order)s.") % {"order": order} if order else ""


def _frozen(order, pairs, *, number, approved_on, by):
    """The paper of the order as it is approved."""
    ended_pairs = ended_pairs_of(order)
    return new_paper(
        order.organization,
        order.kind,
        title=order.title,
        number=number,
        series=order.series,
        dated_on=approved_on,
        content=order_content(order, pairs, ended_pairs=ended_pairs, number=number, approved_on=approved_on, head=by),
        people=named_people(order, pairs, ended_pairs),
        by=by,
    )


def pairs_of(order):
    """The pairs as the order prints them, with all that the paper and the letters need."""
    return list(order.pairs.for_register().select_related("mentor__user"))


def ended_pairs_of(order):
    """The pairs that the order ends, as it prints them."""
    return list(order.ended_pairs.for_register())


def _lock_pairs(order):
    """The pairs of a submitted order in the order of the annex, locked and still proposed."""
    locked = list(order.pairs.select_for_update().order_by("pk"))
    if not order.kind_of_order.takes_pairs:
        return []
    if not locked:
        raise ValidationError(_("The order holds no pairs."))
    if gone := [pair for pair in locked if pair.status != Pair.Status.PROPOSED]:
        refuse_pairs(gone, _("Some of its pairs are not proposals any more: return the order."))
    return pairs_of(order)


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


def check_term(head, organization, day):
    """Raise ValidationError where the user was not the head, nor acting, on the day: nobody signs for another's days."""
    if organization.head_term(on=day, user=head) is None:
        raise ValidationError(
            {
                "approved_on": _(
                    "On %(day)s you were not the head of %(organization)s: an order is dated by a day of your term."
                )
                % {"day": date_format(day, "SHORT_DATE_FORMAT"), "organization": organization.short_name}
            }
        )


def require_head(user, order):
    """Only the head of the organization signs its orders, not even a superuser in his place. Raises PermissionDenied."""
    if not is_head(user, order):
        raise PermissionDenied
