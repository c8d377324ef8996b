"""What this floor holds about a person: orders that name him, agreements. Approved papers are kept as they are."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.models import (
    Agreement,
    Letter,
    Order,
    OrderAnnex,
    PaperText,
    PointComment,
    RegulationEdition,
    RegulationSection,
    StepDecision,
)
from documents.signed_scans import forget_printed_consents
from participants import holdings
from participants.depersonalization import steps_of
from participants.history import hide_in_history, keys_of, register_about
from participants.holdings import Forgotten, FreeTexts, Section, sought, words_in
from participants.models import Person


def register_holdings():
    """Called once, when the app starts."""
    holdings.register_teller(tell, order=40)
    holdings.register_texts(texts)
    register_about(log_about)
    holdings.register_forgetter(forget, order=40)


def orders_naming(person: Person):
    """Orders that name the person."""
    return Order.objects.naming(person).order_by("approved_on", "pk")


def tell(person: Person) -> list[Section]:
    """Orders and agreements by number, date and what they are about, with the names of their frozen files."""
    agreements = Agreement.objects.of_person(person).for_list()
    return [
        Section(_("Orders"), [_of_order(each) for each in orders_naming(person)]),
        Section(
            _("Agreements"),
            [{_("Agreement"): str(each), _("Order"): str(each.order), **_of_file(each.paper)} for each in agreements],
        ),
        Section(
            _("Orders that the person has read"),
            [
                {
                    _("Order"): str(each.order),
                    _("Read on"): f"{each.read_on:%d.%m.%Y}",
                    _("How it was confirmed"): each.get_way_display(),
                }
                for each in person.familiarizations.exclude(read_on=None).select_related("order")
            ],
        ),
        Section(
            _("Other papers"),
            [
                {_("Kind of paper"): str(each), **_of_file(each.paper)}
                for each in Letter.objects.of_person(person).for_list()
            ],
        ),
        Section(
            _("Printed forms of consents"),
            [
                {
                    _("Form"): each.text.title,
                    _("Who signs"): each.get_given_by_display(),
                    _("Printed on"): f"{timezone.localdate(each.printed_at):%d.%m.%Y}",
                }
                for each in person.printed_consents.select_related("text").order_by("printed_at", "pk")
            ],
        ),
    ]


def _of_order(order):
    return {_("Order"): str(order), _("State"): order.get_status_display(), **_of_file(order.paper)}


def _of_file(paper):
    if not (paper and paper.pdf):
        return {}
    signed = {_("Signed copies"): str(count)} if (count := paper.signed_copies.count()) else {}
    return {_("File"): paper.pdf.name.rsplit("/", 1)[-1], "SHA-256": paper.pdf_sha256, **signed}


def log_about(person_keys) -> Q:
    """A condition: log entries about agreements of the people."""
    of_people = Q(pair__mentor__in=person_keys) | Q(mentee__person__in=person_keys)
    content_type = ContentType.objects.get_for_model(Agreement)
    return Q(content_type=content_type, object_id__in=Agreement.objects.filter(of_people).values("pk"))


def texts(person: Person):
    """Drafts of orders and own wordings are changed by those who write them; comments of steps are the portal's."""
    orders = Order.objects.filter(organization=person.organization)
    steps = steps_of(Order, orders.values("pk"))
    yield FreeTexts(_("comments of steps"), steps, ("comment",), address=lambda step: step.subject.get_absolute_url())
    decisions = StepDecision.objects.filter(order__in=orders)
    comments = PointComment.objects.filter(order__in=orders)
    yield FreeTexts(_("decisions on orders"), decisions, ("comment",), address=_order_of)
    yield FreeTexts(_("comments on points of orders"), comments, ("comment", "text"), address=_order_of)
    why = _("it is a text of the organization itself: change it where it should be changed")
    drafts = orders.exclude(status=Order.Status.APPROVED)
    yield FreeTexts(_("drafts of orders"), drafts, ("title", "body"), kept_because=why)
    wordings = PaperText.objects.filter(organization=person.organization)
    yield FreeTexts(_("own wordings of papers"), wordings, ("text",), kept_because=why, address=_wording)
    editions = RegulationEdition.objects.filter(organization=person.organization)
    own_words = ("title", "replacement_grounds", "council_minutes", "agreed_with")
    yield FreeTexts(_("editions of the regulation"), editions, own_words, kept_because=why)
    sections = RegulationSection.objects.filter(edition__in=editions).select_related("edition")
    yield FreeTexts(_("editions of the regulation"), sections, ("title", "text"), kept_because=why, address=_edition_of)
    annexes = OrderAnnex.objects.filter(order__in=drafts).select_related("order")
    yield FreeTexts(_("annexes of orders"), annexes, ("title",), kept_because=why, address=_order_of)


def _order_of(text):
    return text.order.get_absolute_url()


def _edition_of(section):
    return section.edition.get_absolute_url()


def _wording(text):
    return reverse("documents:text-version", args=[text.pk])


def forget(person: Person, pseudonym: str) -> Forgotten:
    """Approved papers are records that the organization is obliged to keep; in their history stands the pseudonym."""
    who = sought(person)
    in_pairs = orders_naming(person).filter(status=Order.Status.APPROVED)
    approved = set(in_pairs.values_list("pk", flat=True))
    others = Order.objects.filter(organization=person.organization, status=Order.Status.APPROVED).exclude(
        pk__in=approved
    )
    approved |= {order.pk for order in others if any(map(who.find, words_in(order.snapshot)))}
    agreements = Agreement.objects.of_person(person)
    content_type = ContentType.objects.get_for_model(Order)
    about = Q(content_type=content_type, object_id__in=orders_naming(person).order_by().values("pk"))
    about |= log_about(keys_of(person))
    hide_in_history(about, lambda text: who.replace(who.replace_exactly(text, pseudonym), pseudonym))
    forget_printed_consents(person)
    why = _("Orders on the main activity and their annexes are kept by the list of Росархив No. 236 of 20.12.2019")
    return Forgotten(
        kept=[
            (_("approved orders"), len(approved), why),
            (_("agreements made by orders"), agreements.count(), why),
            (_("other papers that were made"), Letter.objects.of_person(person).count(), why),
        ]
    )
