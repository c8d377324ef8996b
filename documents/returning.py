"""An order goes back to the curator: comments on the whole and on single points, ticked as they are mended."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from documents import emails
from documents.contents import order_content
from documents.models import Order, PointComment
from mentorship.permissions import require
from mentorship.transitions import move

LONGEST_COMMENT = 2000


def points_to_comment(content):
    """[(key, number, text)] of what can be commented on in a paper's content: the heading, the ground, the points.

    The key is the place in the content: it holds for one version of the draft.
    """
    parts = [("", content["title"])]
    parts += [(point["number"], point["text"]) for point in [*content["ground"], *content["points"]]]
    return [(str(place), number, text) for place, (number, text) in enumerate(parts)]


def send_back(order, *, by, comment, points=()):
    """Return the submitted, locked order with the comments and write to the curator; who may do this the caller knows.

    `points` is [(key, comment)] with keys of `points_to_comment`. Raises ValidationError where nothing is said.
    Returns the saved order.
    """
    comment = comment.strip()
    points = [(key, words.strip()) for key, words in points if words.strip()]
    if not comment and not points:
        raise ValidationError({"comment": _("Say what has to be mended: the curator reads it.")})
    made = comment_on_points(order, points, by=by)
    order = move(order, Order.Status.RETURNED, by=by, comment=comment)
    emails.order_returned(order, comment=_in_letter(comment, made), by=by)
    return order


def comment_on_points(order, points, *, by):
    """Keep comments on points as the order reads now. Returns the PointComments."""
    if not points:
        return []
    pairs, ended = list(order.pairs.for_register()), list(order.ended_pairs.for_register())
    content = order_content(order, pairs, ended_pairs=ended)
    known = {key: (number, text) for key, number, text in points_to_comment(content)}
    made = []
    for key, words in points:
        if key not in known:
            raise ValidationError(_("The order has no such point any more: read it again."))
        if len(words) > LONGEST_COMMENT:
            raise ValidationError(_("A comment on a point holds 2000 characters at most."))
        number, text = known[key]
        made.append(
            PointComment.objects.create(
                order=order, version=order.version, number=number, text=text, comment=words, made_by=by
            )
        )
    return made


@transaction.atomic
def mend_comment(comment, *, by, is_mended=True):
    """The curator ticks a comment as mended, or takes the tick away, while the order is his."""
    require(by, "documents.draft_order", comment.order)
    order = Order.objects.select_for_update().get(pk=comment.order_id)
    if not order.is_editable:
        raise ValidationError(_("The order is not with the curator now: its comments stay as they are."))
    comment = PointComment.objects.select_for_update().get(pk=comment.pk)
    comment.mended_by, comment.mended_at = (by, timezone.now()) if is_mended else (None, None)
    comment.save(update_fields=["mended_by", "mended_at"])
    return comment


def _in_letter(comment, made):
    lines = [f"{each.number or '–'} «{_shortened(each.text)}»: {each.comment}" for each in made]
    return "\n".join(filter(None, [comment, *lines]))


def _shortened(text):
    return text if len(text) <= 80 else f"{text[:79]}…"
