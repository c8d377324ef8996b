"""The curator's part of an order: drafted, changed, submitted, deleted.

Each change makes a new version of the draft: who decides on it decides on what he has read, see documents/draft_versions.py.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from documents import emails
from documents.annexes import annex_sheets, default_annexes
from documents.draft_versions import check_editable, lock_order, lock_to_change
from documents.models import MAIN_SERIES, LegalAct, Order, OrderPerson
from documents.order_kinds import CONTROLLER, KINDS, kinds_of
from documents.paper_texts import fill
from documents.repealing import check_earlier
from documents.text_kinds import TITLE
from documents.text_versions import paper_text, wording_of
from mentorship.permissions import require
from mentorship.school_year import SchoolYear
from mentorship.transitions import move, record
from programs.models import Pair, Program


def free_pairs(program, *, order=None):
    """Proposed pairs of the programme that stand in no other order than `order`."""
    others = Order.objects.holding().filter(program=program)
    if order is not None:
        others = others.exclude(pk=order.pk)
    proposed = program.pairs.filter(status=Pair.Status.PROPOSED)
    return proposed.exclude(pk__in=Order.pairs.through.objects.filter(order__in=others).values("pair"))


@transaction.atomic
def draft_order(program, pairs=(), *, by, kind=Order.ASSIGNMENT, grounds=(), **named):
    """A draft with the organization's own text of the kind, or the ready one; see `change_order` for what it names."""
    require(by, "documents.draft_order", program)
    if KINDS[kind] not in kinds_of(program.organization):
        raise ValidationError(_("An order of this kind is issued by another sort of organization."))
    program = Program.objects.select_for_update().get(pk=program.pk)
    order = new_order(program, kind=kind, by=by)
    order.full_clean()
    _check_named(program, order, pairs=pairs, **named)
    annexes = default_annexes(order)
    order.save()
    _keep_named(order, pairs=pairs, **named)
    order.grounds.set(_checked_grounds(order, grounds))
    for annex in annexes:
        annex.save()
    record(order, by=by)
    return order


def new_order(program, *, kind, by):
    """An order of the kind that is not kept yet, with its ready heading and text."""
    body, origin = wording_of(program.organization, kind)
    year = {"учебный год": str(SchoolYear(program.school_year))}
    return Order(
        program=program,
        organization=program.organization,
        kind=kind,
        title=fill(paper_text(program.organization, f"{kind}{TITLE}"), year),
        body=body,
        text_origin=origin,
        created_by=by,
    )


@transaction.atomic
def change_order(order, *, title, body, by, number_series=None, grounds=None, seen=None, **named):
    """Change a draft or a returned order; without a series its number is of the main one. Returns the saved order.

    `seen` is the version that the person changed; another one is refused, nothing typed elsewhere is overwritten.
    `grounds` are acts to rest on; None leaves them as they are. What the order names, as its kind has it: `pairs` that
    are proposed and stand in no other order, `ended_pairs` that are in force, `people` {role: [(person, words)]},
    `values` {placeholder: text, a date as ISO}.
    """
    program, order = lock_to_change(order, by=by, seen=seen)
    order.title, order.body = title.strip().rstrip("."), body.strip()
    order.number_series, order.series = number_series, number_series.key if number_series else MAIN_SERIES
    order.full_clean()
    _check_named(program, order, **named)
    order.save(update_fields=["title", "body", "number_series", "series"])
    _keep_named(order, **named)
    if grounds is not None:
        order.grounds.set(_checked_grounds(order, grounds))
    return order


def _check_named(program, order, *, pairs=(), ended_pairs=(), people=None, values=None):
    """Raise ValidationError where the pairs or the people are not those that the kind may name."""
    kind = order.kind_of_order
    if kind.takes_pairs:
        _checked_pairs(program, list(pairs), order=order if order.pk else None)
    if kind.ends_pairs:
        _check_pairs_to_end(program, list(ended_pairs))
    roles = {slot.role for slot in kind.people} | {CONTROLLER}
    for role, named in (people or {}).items():
        if role not in roles:
            raise ValidationError(_("This order names nobody in such a role."))
        strangers = [person for person, _words in named if person.organization_id != order.organization_id]
        if strangers:
            raise ValidationError(
                _("Not of this organization: %(people)s."),
                params={"people": ", ".join(person.full_name for person in strangers)},
            )


def _keep_named(order, *, pairs=(), ended_pairs=(), people=None, values=None):
    kind = order.kind_of_order
    order.pairs.set(pairs if kind.takes_pairs else [])
    order.ended_pairs.set(ended_pairs if kind.ends_pairs else [])
    if people is not None:
        order.named.all().delete()
        for role, named in people.items():
            for person, words in dict(named).items():
                OrderPerson.objects.create(order=order, person=person, role=role, words=words.strip())
    if values is not None:
        order.values = {name: text for name, text in values.items() if text}
        order.save(update_fields=["values"])


def _check_pairs_to_end(program, pairs):
    if not pairs:
        raise ValidationError({"ended_pairs": _("Choose at least one pair that ends.")})
    active = set(program.pairs.filter(status=Pair.Status.ACTIVE).values_list("pk", flat=True))
    if wrong := [pair for pair in pairs if pair.pk not in active]:
        refuse_pairs(wrong, _("Only pairs in force can be ended."), field="ended_pairs")


@transaction.atomic
def submit_order(order, *, by):
    """Send the order to the head; its pairs cannot be changed while it waits. Returns the saved order."""
    require(by, "documents.draft_order", order)
    program, _order = lock_order(order)
    order = move(order, Order.Status.SUBMITTED, by=by)
    _check_named(program, order, pairs=list(order.pairs.all()), ended_pairs=list(order.ended_pairs.all()))
    _check_is_filled(order)
    check_earlier(order)
    emails.order_submitted(order, by=by)
    return order


@transaction.atomic
def delete_order(order, *, by):
    """Delete a draft or a returned order; its pairs stay proposed."""
    require(by, "documents.draft_order", order)
    _program, order = lock_order(order)
    check_editable(order)
    order.events.all().delete()
    order.delete()


def _checked_pairs(program, pairs, *, order=None):
    """The pairs, each of them free for this order of the programme."""
    if not pairs:
        raise ValidationError({"pairs": _("Choose at least one pair.")})
    free = set(free_pairs(program, order=order).values_list("pk", flat=True))
    if taken := [pair for pair in pairs if pair.pk not in free]:
        refuse_pairs(taken, _("Only proposed pairs that stand in no other order can be put into the order."))
    return pairs


def _checked_grounds(order, grounds):
    offered = set(LegalAct.objects.offered_in(order.organization).values_list("pk", flat=True))
    if any(act.pk not in offered for act in grounds):
        raise ValidationError({"grounds": _("Choose from the acts of the list.")})
    return grounds


def refuse_pairs(pairs, why, *, field="pairs"):
    names = Pair.objects.filter(pk__in=[pair.pk for pair in pairs]).for_register()
    sentence = ngettext("%(why)s Check this pair: %(pairs)s", "%(why)s Check these pairs: %(pairs)s", len(pairs))
    raise ValidationError({field: sentence % {"why": why, "pairs": "; ".join(map(str, names))}})


def _check_is_filled(order):
    """Raise ValidationError where something that the kind needs was not typed or named yet."""
    kind = order.kind_of_order
    empty = [value.label for value in kind.values if value.is_required and not order.values.get(value.placeholder)]
    there = set(order.named.values_list("role", flat=True))
    empty += [slot.label for slot in kind.people if slot.role not in there]
    empty += [sheet["title"] for sheet in annex_sheets(order, list(order.pairs.for_register())) if sheet["is_missing"]]
    if kind.names_earlier and not order.links.exists():
        empty.append(_("Earlier orders"))
    if empty:
        raise ValidationError(
            _("Before the order is submitted, fill in: %(fields)s."),
            code="not_filled",
            params={"fields": ", ".join(map(str, empty))},
        )
