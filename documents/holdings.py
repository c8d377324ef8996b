"""What this floor holds about a person: orders that name him, agreements. Approved papers are kept as they are."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.models import (
    Agreement,
    BatchItem,
    FamiliarizationSheet,
    Letter,
    Order,
    OrderAnnex,
    Paper,
    PaperBatch,
    PaperText,
    PointComment,
    RegulationEdition,
    RegulationSection,
    StepDecision,
    TrayItem,
    WordCopy,
)
from documents.paper_kinds import paper_kind
from documents.signed_scans import forget_printed_consents
from participants import holdings
from participants.depersonalization import steps_of
from participants.history import hide_in_history, keys_of, register_about
from participants.holdings import Forgotten, FreeTexts, KeptFile, Section, sought, words_in
from participants.models import Person


def register_holdings():
    """Called once, when the app starts."""
    holdings.register_teller(tell, order=40)
    holdings.register_texts(texts)
    holdings.register_files(files)
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
        *_tell_on_the_way(person),
    ]


def _tell_on_the_way(person):
    """What is not a filed paper yet, or not read yet: lists to read, batches, scans in the tray."""
    unread = person.familiarizations.filter(read_on=None).select_related("order").order_by("pk")
    items = person.batch_items.filter(paper=None).select_related("batch").order_by("pk")
    scans = TrayItem.objects.filter(consent__person=person).select_related("consent__text", "pile").order_by("pk")
    return [
        Section(_("Orders that the person has to read"), [{_("Order"): str(each.order)} for each in unread]),
        Section(
            _("Papers that were to be made in a batch"),
            [
                {
                    _("Kind of paper"): str(paper_kind(each.batch.kind).name),
                    _("Batch of"): f"{timezone.localdate(each.batch.made_at):%d.%m.%Y}",
                    _("State"): each.refusal or _("is not made yet"),
                }
                for each in items
            ],
        ),
        Section(
            _("Scans that wait in the tray"),
            [
                {
                    _("Form"): each.consent.text.title,
                    _("Uploaded"): f"{timezone.localdate(each.pile.made_at):%d.%m.%Y}",
                    _("Sheets"): str(each.page_count),
                }
                for each in scans
            ],
        ),
    ]


def _of_order(order):
    return {_("Order"): str(order), _("State"): order.get_status_display(), **_of_file(order.paper)}


def _of_file(paper):
    if not (paper and paper.pdf):
        return {}
    copies = {_("Signed copies"): paper.signed_copies.count(), _("Corrected in Word"): paper.word_copies.count()}
    counts = {label: str(count) for label, count in copies.items() if count}
    return {_("File"): paper.pdf.name.rsplit("/", 1)[-1], "SHA-256": paper.pdf_sha256, **counts}


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
    yield from _texts_of_papers(person)


def _texts_of_papers(person):
    """Batches on their way lose the name; filed papers and what was signed in Word stay for their storage term."""
    what = _("batches of papers")
    batches = PaperBatch.objects.filter(organization=person.organization)
    yield FreeTexts(what, batches, ("values",))
    items = BatchItem.objects.filter(batch__in=batches).exclude(outside="", refusal="").select_related("batch")
    yield FreeTexts(what, items, ("outside", "refusal"), address=lambda row: row.batch.get_absolute_url())
    why = _("a filed paper is kept as it is until its storage term is over")
    papers = Paper.objects.filter(organization=person.organization, destroyed_on=None)
    of_others = papers.exclude(pk__in=person.papers.values("pk")).exclude(order__in=orders_naming(person).order_by())
    yield FreeTexts(_("filed papers on others"), of_others.defer("content"), ("title", "text"), kept_because=why)
    copies = WordCopy.objects.filter(paper__in=papers)
    yield FreeTexts(_("papers signed in Word"), copies, ("text",), kept_because=why)


def files(person: Person):
    """Files without words that the portal could look through: attached to orders, signed lists, sheets in the tray."""
    organization = person.organization
    annexes = OrderAnnex.objects.filter(order__organization=organization).exclude(file="")
    for annex in annexes.select_related("order"):
        yield KeptFile(_("files attached to orders"), "", annex.order.get_absolute_url(), lambda: None)
    orders = person.familiarizations.values("order")
    for sheet in FamiliarizationSheet.objects.filter(order__in=orders).select_related("order"):
        yield KeptFile(_("signed familiarization lists"), "", sheet.order.get_absolute_url(), lambda: None)
    if TrayItem.objects.filter(pile__organization=organization, consent=None).exists():
        yield KeptFile(_("scans in the tray that nobody has put away"), "", reverse("documents:tray"), lambda: None)


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
