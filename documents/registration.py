"""Numbers of orders as they are given: one locked counter for each organization, series and calendar year.

A number is taken within the transaction of the approval: an approval that fails gives its number back, and of two
heads' clicks at one moment the second waits for the first. A kept number is given to no order but the one that names
it. What a number looks like is in documents/numbering.py, what the journal says of numbers in documents/journal.py.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from documents.models import MAIN_SERIES, KeptNumber, NumberCounter, Order
from documents.numbering import clean_number, comparable_number, format_number, parse_sequence
from mentorship.permissions import require


# --- the number of an order -------------------------------------------------------------------------------------------
def next_number(order, *, year):
    """The number that the order would get now, for showing; nothing is taken."""
    counter = NumberCounter.objects.filter(**_series(order, year)).first()
    return _first_free(order, counter.last if counter else 0, year)[0]


def take_number(order, typed, *, year):
    """The number of the order in the calendar year: as typed, or the next one of the series' template.

    Call it inside the transaction of the approval. A typed number that is of the template moves the counter on, one
    that is taken raises ValidationError, which names the other order; one that was kept is taken up.
    """
    counter = locked_counter(_series(order, year))
    number = clean_number(typed or "")
    if number:
        check_is_free(order, number, year=year)
        sequence = parse_sequence(order.number_template, number, year=year) or 0
        kept_numbers(order, year=year).filter(number_key=comparable_number(number)).update(order=order)
    else:
        number, sequence = _first_free(order, counter.last, year)
    move_on(counter, sequence)
    return number


def skipped_numbers(order, typed, *, year):
    """(first, last) of the numbers that a typed number would leave out, or None."""
    counter = NumberCounter.objects.filter(**_series(order, year)).first()
    last = counter.last if counter else 0
    sequence = parse_sequence(order.number_template, typed, year=year) if typed else None
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


# --- series -----------------------------------------------------------------------------------------------------------
def save_series(series, *, by):
    """Keep a new or a changed NumberSeries. Raises ValidationError, also where the organization has one of the name."""
    require(by, "documents.manage_numbers", series.organization)
    series.full_clean()
    series.save()
    return series


# --- numbers that are kept --------------------------------------------------------------------------------------------
def kept_numbers(order, *, year):
    """The numbers of the order's series and year that are kept and wait for their order."""
    return KeptNumber.objects.free().filter(**_series(order, year))


@transaction.atomic
def keep_number(organization, *, series=None, year, typed="", purpose, by, today):
    """Keep the next number of a series, or a typed one, for a paper to come. Returns the KeptNumber.

    `series` is a NumberSeries, None for the main one. Raises ValidationError for a number that is taken or kept.
    """
    require(by, "documents.manage_numbers", organization)
    order = Order(organization=organization, number_series=series, series=series.key if series else MAIN_SERIES)
    counter = locked_counter(_series(order, year))
    number = clean_number(typed)
    if number:
        check_is_free(order, number, year=year)
        sequence = parse_sequence(order.number_template, number, year=year) or 0
    else:
        number, sequence = _first_free(order, counter.last, year)
    kept = KeptNumber(
        **_series(order, year),
        number=number,
        number_key=comparable_number(number),
        purpose=purpose.strip(),
        kept_by=by,
        kept_on=today,
    )
    kept.full_clean()
    kept.save()
    move_on(counter, sequence)
    return kept


@transaction.atomic
def release_number(kept, *, by):
    """Give a kept number back; the journal then names it as left out, unless an order gets it by hand."""
    require(by, "documents.manage_numbers", kept.organization)
    kept = KeptNumber.objects.select_for_update().get(pk=kept.pk)
    if kept.order_id:
        raise ValidationError(
            _("The number belongs to an approved order already: %(order)s."), params={"order": kept.order}
        )
    kept.delete()


# --- the counter ------------------------------------------------------------------------------------------------------
def locked_counter(series):
    """The NumberCounter of {"organization", "series", "year"}, locked until the transaction ends."""
    NumberCounter.objects.get_or_create(**series)
    return NumberCounter.objects.select_for_update().get(**series)


def move_on(counter, sequence):
    """Let the counter stand at the sequence, unless it is further already."""
    if sequence > counter.last:
        counter.last = sequence
        counter.save(update_fields=["last"])


def _first_free(order, last, year):
    """(number, its counter): the first after `last` that no order has and that is not kept, however it was typed."""
    taken = set(_registered(order, year).values_list("number_key", flat=True))
    taken |= set(kept_numbers(order, year=year).values_list("number_key", flat=True))
    sequence = last + 1
    while True:
        number = format_number(order.number_template, sequence, year=year)
        if comparable_number(number) not in taken:
            return number, sequence
        sequence += 1


def _registered(order, year):
    registered = Order.objects.filter(organization=order.organization, series=order.series, number_year=year)
    return registered.exclude(pk=order.pk)


def _series(order, year):
    return {"organization": order.organization, "series": order.series, "year": year}
