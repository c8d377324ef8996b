"""Numbers of papers beside the orders: each kind that is numbered has a series of its own in every organization.

Taken within the transaction that makes the paper, from the same locked counters as the numbers of orders
(documents/registration.py), so that a failure leaves no gap and two clicks get no double.
"""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from documents.models import NumberCounter, Paper
from documents.numbering import clean_number, comparable_number, format_number, parse_sequence
from documents.registration import locked_counter, move_on


def next_paper_number(organization, series, template, *, year):
    """The number that the next paper of the series would get, for showing; nothing is taken."""
    counter = NumberCounter.objects.filter(organization=organization, series=series, year=year).first()
    return _first_free(organization, series, template, counter.last if counter else 0, year)[0]


def take_paper_number(organization, series, template, typed, *, year):
    """The number for a paper of the calendar year: as typed, or the next one of the template.

    Raises ValidationError, which names the other paper, where a typed number is taken.
    """
    counter = locked_counter({"organization": organization, "series": series, "year": year})
    number = clean_number(typed or "")
    if number:
        if other := _registered(organization, series, year).filter(number_key=comparable_number(number)).first():
            raise ValidationError(
                {
                    "number": ValidationError(
                        _("Number %(number)s of %(year)s is taken already: %(paper)s."),
                        params={"number": number, "year": year, "paper": other},
                    )
                }
            )
        sequence = parse_sequence(template, number, year=year) or 0
    else:
        number, sequence = _first_free(organization, series, template, counter.last, year)
    move_on(counter, sequence)
    return number


def _registered(organization, series, year):
    return Paper.objects.filter(organization=organization, series=series, number_year=year).exclude(number_key="")


def _first_free(organization, series, template, last, year):
    sequence = last + 1
    while True:
        number = format_number(template, sequence, year=year)
        if not _registered(organization, series, year).filter(number_key=comparable_number(number)).exists():
            return number, sequence
        sequence += 1
