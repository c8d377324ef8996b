"""What the approval of an order brings about beside its number and its file: within the transaction of the approval.

Each kind has what follows from it; a kind that is not here is only a paper.
"""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from documents.annex_kinds import REGULATION, ROADMAP
from documents.contents import agreement_content, signature_content, start_of
from documents.filing import new_paper
from documents.models import Agreement
from documents.order_words import day_of, named_in
from documents.paper_kinds import AGREEMENT
from documents.regulations import put_in_force
from documents.text_versions import wording_of
from participants.curators import appoint_curator
from programs.models import Pair
from programs.pairs import activate_pairs, end_pair
from roadmap.approving import approve_roadmap

LAST_DAY = "последний день"


def bring_about(order, pairs, ended_pairs, *, by):
    """Do what the approved order says. Raises ValidationError where that is impossible; then nothing is approved."""
    kind = order.kind_of_order
    if kind.ends_pairs:
        last_day = day_of(order, LAST_DAY)
        for pair in ended_pairs:
            end_pair(pair, on=last_day, by=by, comment=str(order))
    if kind.takes_pairs:
        for pair in pairs:
            activate_pairs([pair], on=start_of(pair, order.approved_on), by=by)
        _make_agreements(order, pairs, by=by)
    for named in named_in(order, "curator"):
        appoint_curator(
            named.person,
            since=day_of(order, "день назначения") or order.approved_on,
            order_number=order.number,
            ordered_on=order.approved_on,
        )

    _approve_annexes(order, by=by)


def _approve_annexes(order, *, by):
    """The regulation is in force, the roadmap bears the number and the date of the order."""
    organization = order.organization
    for annex in order.annexes.select_related("edition", "roadmap"):
        if annex.kind == REGULATION and annex.edition:
            since = day_of(order, "день введения") or order.approved_on
            put_in_force(annex.edition, order=order, since=since, by=by)
        elif annex.kind == ROADMAP and annex.roadmap:
            signed = signature_content(organization, by, order.approved_on)
            approve_roadmap(
                annex.roadmap,
                position=signed["position"],
                name=signed["name"],
                on=order.approved_on,
                number=order.number,
                by=by,
            )


def lock_pairs_to_end(order):
    """The pairs that the order ends, locked and still in force."""
    locked = list(order.ended_pairs.select_for_update().order_by("pk"))
    if order.kind_of_order.ends_pairs and not locked:
        raise ValidationError(_("The order ends no pairs."))
    if gone := [pair for pair in locked if pair.status != Pair.Status.ACTIVE]:
        names = "; ".join(map(str, Pair.objects.filter(pk__in=[pair.pk for pair in gone]).for_register()))
        raise ValidationError(_("Some of the pairs are not in force any more: %(pairs)s"), params={"pairs": names})
    return locked


def _make_agreements(order, pairs, *, by):
    """One by one: each is in the history of its people."""
    text, origin = wording_of(order.organization, AGREEMENT)
    for pair in pairs:
        for member in pair.members.all():
            content = agreement_content(
                pair, member.person, order=order, text=text, number=order.number, approved_on=order.approved_on
            ) | {"text_origin": origin}
            paper = new_paper(
                order.organization,
                AGREEMENT,
                title=f"Соглашение {content['heading']}",
                dated_on=order.approved_on,
                content=content,
                people=[pair.mentor, member.person],
                by=by,
            )
            Agreement.objects.create(order=order, pair=pair, mentee=member, paper=paper)
