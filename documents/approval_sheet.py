"""The approval sheet («лист согласования»): every step of an order with who, in which position, when, from where."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import translation

from documents.models import Order
from mentorship.pdf import PAPER_LANGUAGE, render_pdf


@dataclass(frozen=True)
class SheetLine:
    """A line of the sheet, as it is printed."""

    at: datetime
    step: str
    who: str
    position: str
    origin: str
    comment: str


def sheet_lines(order: Any) -> list[SheetLine]:
    """All that happened with the order, the earliest first: steps of its status, decisions of councils, comments."""
    events = order.events.select_related("actor", "content_type").prefetch_related("actor__people")
    lines = [_line(order, each.at, _step_of(each), each.actor, each, each.comment) for each in events]
    for each in order.step_decisions.select_related("recorded_by").prefetch_related("recorded_by__people"):
        minutes = f"протокол от {each.minutes_on:%d.%m.%Y} № {each.minutes_number}" if each.minutes_on else ""
        comment = "; ".join(filter(None, [minutes, each.comment]))
        step = f"{each.name}: {each.get_outcome_display()}"
        lines.append(_line(order, each.recorded_at, step, each.recorded_by, each, comment))
    for comment in order.point_comments.select_related("made_by").prefetch_related("made_by__people"):
        words = f"{comment.number} «{comment.text}» – {comment.comment}".strip()
        lines.append(_line(order, comment.made_at, "замечание к пункту", comment.made_by, None, words))
    return sorted(lines, key=lambda line: line.at)


# What was done, in the words of the sheet; the pages name the states.
_DONE = {
    Order.Status.DRAFT: "проект подготовлен",
    Order.Status.SUBMITTED: "направлен на утверждение",
    Order.Status.RETURNED: "возвращён на доработку",
    Order.Status.APPROVED: "утверждён",
}


def _step_of(event):
    """A repeal or a change leaves the order approved: then the comment says what has happened."""
    if event.status == event.previous:
        return "отметка о последующем приказе"
    return _DONE.get(event.status, event.status_label)


def approval_sheet_pdf(order: Any) -> bytes:
    """The sheet as a PDF; of a draft, what has happened so far."""
    with translation.override(PAPER_LANGUAGE):
        lines = sheet_lines(order)
    return render_pdf("documents/pdf/approval_sheet.html", {"order": order, "lines": lines})


def _line(order, at, step, who, made, comment):
    people = list(who.people.all()) if who else []
    person = next((each for each in people if each.organization_id == order.organization_id), None)
    origin = ", ".join(filter(None, [made.address or "", made.get_means_display()])) if made else ""
    name = person.full_name if person else str(who or "")
    return SheetLine(at, str(step), name, person.position if person else "", origin, comment)
