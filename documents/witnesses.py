"""Which activities of a roadmap papers can witness: approved orders, the regulation in force, agreements, letters,
the curator.
"""

from functools import partial

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from documents.letter_kinds import ADDENDUM, THANKS
from documents.models import Agreement, Letter, Order, RegulationEdition
from documents.order_kinds import KINDS
from participants.models import Membership
from roadmap.witness_words import Words
from roadmap.witnesses import Evidence, Witness, register

LATEST = 50
_ORDER = r"(?:приказ\w*|распорядительн\w+ акт\w*)"
ORDERS = {
    "introduction_order": Words(
        rf"{_ORDER} (?:об?|[«\"]об?) (?:внедрени|введени|организаци|реализаци)\w*", r"муниципальн|мониторинг"
    ),
    "assignment_order": Words(
        rf"{_ORDER}[^.;]*\s(?:пар\b|пар[ы/,]|парах|наставнических пар|наставников за)", r"поощрен|расторж|прекращ"
    ),
    "programs_order": Words(rf"{_ORDER}[^.;]*персонализированн\w+ программ"),
    "monitoring_order": Words(rf"{_ORDER} о (?:проведении )?мониторинг\w*", r"муниципальн"),
    "award_order": Words(rf"{_ORDER} о (?:поощрен|награжден)\w*", r"муниципальн"),
    "results_order": Words(rf"{_ORDER} об итогах", r"муниципальн|конкурс"),
}
PERSONAL_PROGRAMS = Words(
    r"(?:состав|утвержд|утверд|разработ|подготов)\w*[^.;]*(?:персонализированн|индивидуальн)\w+ (?:программ|план)",
    r"\bприказ|муниципальн|сетев",
)
REGULATION = Words(
    r"положени\w* о (?:систем\w+ |программ\w+ |реализации (?:целевой модели |системы ))?наставничеств",
    r"сверка|сверить|провер|изучен|ознакомлен|конкурс|реализаци\w+ положени",
)
# Addenda to labour contracts are papers of their own.
_AGREEMENT = r"(?<!дополнительн\w\w )(?<!дополнительн\w\w\w )(?<!доп\. )(?<!доп\.)соглашени"
AGREEMENTS = Words(
    rf"(?:заключ|подписа|подготов|оформл)\w*[^.;]*{_AGREEMENT}|^соглашени\w*(?: между| настав|$)",
    r"сетев|сосед|партнер|предприяти",
)
ADDENDA = Words(r"доп(?:олнительн\w+|\.) ?соглашени", r"провер|\bприказ\w* о доп")
THANKS_GIVEN = Words(
    r"благодарствен\w+ (?:пис[ье]м|адрес)|благодарност\w+ (?:наставник|наставляем|участник)", r"муниципальн"
)
CURATOR = Words(r"(?:назначен|назначить|приказ)\w*(?: \w+)? куратор", r"муниципальн")


def orders_approved(kind, roadmap, today):
    """Approved orders of the kind that are not repealed, with the orders themselves as papers."""
    orders = Order.objects.filter(
        organization=roadmap.organization,
        kind=kind,
        status=Order.Status.APPROVED,
        approved_on__lte=today,
        repealed_by=None,
    )
    return [
        Evidence(
            _("The order %(subject)s No. %(number)s is approved")
            % {"subject": KINDS[kind].label, "number": order.number},
            order.approved_on,
            order.get_absolute_url(),
            order,
        )
        for order in orders.order_by("-approved_on", "-pk")[:LATEST]
    ]


def regulation_in_force(roadmap, today):
    edition = RegulationEdition.objects.in_force_on(today).filter(organization=roadmap.organization).first()
    if edition is None:
        return None
    text = _("The regulation on mentorship is in force, edition %(number)s") % {"number": edition.number}
    return Evidence(text, edition.in_force_from, edition.get_absolute_url(), edition)


def agreements_made(roadmap, today):
    """How many agreements each approved order has made."""
    rows = (
        Agreement.objects.filter(order__organization=roadmap.organization, order__approved_on__lte=today)
        .values("order", "order__approved_on")
        .annotate(count=Count("pk"))
        .order_by("-order__approved_on")[:LATEST]
    )
    return [
        Evidence(
            ngettext("%(count)s agreement is made", "%(count)s agreements are made", row["count"])
            % {"count": row["count"]},
            row["order__approved_on"],
            reverse("documents:order", args=[row["order"]]),
        )
        for row in rows
    ]


def letters_made(kind, roadmap, today):
    """How many letters of the kind were made on each day; their papers are final."""
    days = (
        Letter.objects.filter(paper__organization=roadmap.organization, paper__kind=kind, paper__dated_on__lte=today)
        .order_by()
        .values("paper__dated_on")
        .annotate(count=Count("pk"))
        .order_by("-paper__dated_on")[:LATEST]
    )
    address = f"{reverse('documents:archive')}?kind={kind}"
    return [Evidence(LETTER_SENTENCES[kind](day["count"]), day["paper__dated_on"], address) for day in days]


def _thanks_in_words(count):
    text = ngettext("%(count)s letter of thanks is made", "%(count)s letters of thanks are made", count)
    return text % {"count": count}


def _addenda_in_words(count):
    text = ngettext(
        "%(count)s addendum to a labour contract is made", "%(count)s addenda to labour contracts are made", count
    )
    return text % {"count": count}


LETTER_SENTENCES = {THANKS: _thanks_in_words, ADDENDUM: _addenda_in_words}


def curator_appointed(roadmap, today):
    """Curators of the organization by an order; the sentence names the order, not the person."""
    roles = Membership.objects.in_force(today).filter(
        organization=roadmap.organization, role=Membership.Role.CURATOR, ordered_on__lte=today
    )
    return [
        Evidence(
            _("The curator is appointed by the order No. %(number)s") % {"number": role.order_number or "–"},
            role.ordered_on,
            reverse("participants:curators"),
        )
        for role in roles.order_by("-ordered_on", "-pk")[:LATEST]
    ]


def register_witnesses():
    for kind, words in ORDERS.items():
        register(kind, Witness(words, partial(orders_approved, kind)))
    # Personalised programmes are approved by an order that lists them.
    register("personal-programs", Witness(PERSONAL_PROGRAMS, partial(orders_approved, "programs_order")))
    register("regulation", Witness(REGULATION, regulation_in_force))
    register("agreements", Witness(AGREEMENTS, agreements_made))
    register("addenda", Witness(ADDENDA, partial(letters_made, ADDENDUM)))
    register("thanks", Witness(THANKS_GIVEN, partial(letters_made, THANKS)))
    register("curator", Witness(CURATOR, curator_appointed))
