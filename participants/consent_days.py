"""Days that may stand in a consent."""

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

EARLIEST_YEAR = 2007  # the law on personal data is in force since


def check_day(day):
    if day > timezone.localdate():
        raise ValidationError(_("The day %(day)s has not come yet."), params={"day": day_in_words(day)})
    if day.year < EARLIEST_YEAR:
        raise ValidationError(
            _("%(day)s is before the law on personal data came into force: check the year."),
            params={"day": day_in_words(day)},
        )


def day_in_words(day):
    return date_format(day, "SHORT_DATE_FORMAT")
