"""Numbers of orders as they are given: one locked counter for each organization, series and calendar year.

A number is taken within the transaction of the approval: an approval that fails gives its number back, and of two
heads' clicks at one moment the second waits for the first. What a number looks like is in documents/numbering.py.
"""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from documents.models import NumberCounter, Order
from documents.numbering import clean_number, comparable_number, format_number, parse_sequence


def next_number(order, *, year):
    """The number that the order would get now, for showing; nothing is taken."""
    counter = NumberCounter.objects.filter(**_series(order, year)).first()
    return _first_free(order, counter.last if counter else 0, year)[0]


def take_number(order, typed, *, year):
    """The number of the order in the calendar year: as typed, or the next one of the organization's template.

    Call it inside the transaction of the approval. A typed number that is of the template moves the counter on, one
    that is taken raises ValidationError, which names the other order.
    """
    NumberCounter.objects.get_or_create(**_series(order, year))
    counter = NumberCounter.objects.select_for_update().get(**_series(order, year))
    number = clean_number(typed or "")
    if number:
        check_is_free(order, number, year=year)
        sequence = parse_sequence(order.organization.order_number_template, number, year=year) or 0
    else:
        number, sequence = _first_free(order, counter.last, year)
    if sequence > counter.last:
        counter.last = sequence
        counter.save(update_fields=["last"])
    return number


def skipped_numbers(order, typed, *, year):
    """(first, last) of the numbers that a typed number would leave out, or None."""
    counter = NumberCounter.objects.filter(**_series(order, year)).first()
    last = counter.last if counter else 0
    sequence = parse_sequence(order.organization.order_number_template, typed, year=year) if typed else None
    return (last + 1, sequence - 1) if sequence and sequence > last + 1 else None


def holder_of(order, number, *, year):
    """The other order of the same organization, series and year that has the number, or None."""
    return _registered(order, year).filter(number_key=comparable_number(number)).first()


def later_registered(order, approved_on):
    """The latest order of the year that is dated after the day: numbers and dates would run against each other."""
    return _registered(order, approved_on.year).filter(approved_on__gt=approved_on).order_by("-approved_on").first()


def check_is_free(order, number, *, year):
    """Raise ValidationError, which names the other order, when the number of the year is taken."""
    if other := holder_of(order, number, year=year):
        raise ValidationError(
            _("Number %(number)s of %(year)s is taken already: %(order)s. Give another number or leave it empty."),
            params={"number": number, "year": year, "order": other},
        )


def _first_free(order, last, year):
    """(number, its counter): the first after `last` that no order has, however it was typed."""
    taken = set(_registered(order, year).values_list("number_key", flat=True))
    sequence = last + 1
    while True:
        number = format_number(order.organization.order_number_template, sequence, year=year)
        if comparable_number(number) not in taken:
            return number, sequence
        sequence += 1


def _registered(order, year):
    registered = Order.objects.filter(organization=order.organization, series=order.series, number_year=year)
    return registered.exclude(pk=order.pk)


def _series(order, year):
    return {"organization": order.organization, "series": order.series, "year": year}
