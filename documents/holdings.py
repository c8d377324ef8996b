"""What this floor holds about a person: orders that name him, agreements. Approved papers are kept as they are."""

from django.utils.translation import gettext as _

from documents.models import Agreement, Order
from participants import holdings
from participants.holdings import Forgotten, Section, in_words
from participants.models import Person
from programs.holdings import pairs_of


def register_holdings():
    """Called once, when the app starts."""
    holdings.register_teller(tell, order=40)
    holdings.register_forgetter(forget, order=40)


def orders_naming(person: Person):
    """Orders whose annex names the person."""
    return Order.objects.filter(pairs__in=pairs_of(person)).distinct().order_by("approved_on", "pk")


def tell(person: Person) -> list[Section]:
    """Orders and agreements by number, date and what they are about; the files themselves are handed out beside."""
    agreements = Agreement.objects.of_person(person).for_list()
    return [
        Section(
            _("Orders"),
            [{_("Order"): str(each), _("State"): each.get_status_display()} for each in orders_naming(person)],
        ),
        Section(
            _("Agreements"),
            [
                {_("Agreement"): str(each), _("Order"): str(each.order), "SHA-256": in_words(each.pdf_sha256)}
                for each in agreements
            ],
        ),
    ]


def forget(person: Person, pseudonym: str) -> Forgotten:
    """Approved papers are records that the organization is obliged to keep."""
    approved = orders_naming(person).filter(status=Order.Status.APPROVED).count()
    why = _("Orders on the main activity and their annexes are kept by the list of Росархив No. 236 of 20.12.2019")
    return Forgotten(
        kept=[
            (_("approved orders"), approved, why),
            (_("agreements made by orders"), Agreement.objects.of_person(person).count(), why),
        ]
    )
