"""Stored values as a person reads them: for the file's history and for what is handed out."""

from datetime import UTC, date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mentorship.school_year import SchoolYear

# Keys of the dictionaries that rows keep.
KEYS = {
    "nominative": gettext_lazy("nominative"),
    "genitive": gettext_lazy("genitive"),
    "dative": gettext_lazy("dative"),
    "accusative": gettext_lazy("accusative"),
    "instrumental": gettext_lazy("instrumental"),
    "prepositional": gettext_lazy("prepositional"),
}


def in_words(value: Any) -> str:
    """A value as a person reads it: dates and moments by the calendar, yes and no, lists joined."""
    if value in (None, "", [], {}):
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "SHORT_DATETIME_FORMAT")
    if isinstance(value, date):
        return date_format(value, "SHORT_DATE_FORMAT")
    if isinstance(value, dict):
        return "; ".join(f"{KEYS.get(key, key)}: {in_words(each)}" for key, each in value.items())
    if isinstance(value, list):
        return ", ".join(in_words(each) for each in value)
    return str(value)


def field_in_words(field: Any, value: Any) -> str:
    """A value of a field: choices by their label, the school year as one, a file by its name."""
    if value in (None, ""):
        return ""
    labels = {str(key): str(label) for key, label in (getattr(field, "flatchoices", None) or ())}
    if str(value) in labels:
        return labels[str(value)]
    if field.name == "school_year":
        return str(SchoolYear(int(value)))
    if isinstance(field, models.FileField):
        return str(value).rsplit("/", 1)[-1]
    return in_words(value)


def logged_in_words(field: Any, text: Any, known: dict[tuple[type[models.Model], str], str]) -> str:
    """A value as django-auditlog keeps it, a text, in words; `known` remembers the rows that were looked up."""
    if text in (None, "", "None", "{}", "[]"):
        return ""
    if field is None:
        return str(text)
    if field.is_relation:
        place = field.related_model, str(text)
        if place not in known:
            found = field.related_model._base_manager.filter(pk=text).first() if str(text).isdecimal() else None
            known[place] = str(found) if found else _("removed since")
        return known[place]
    if isinstance(field, models.DateTimeField):
        moment = parse_datetime(str(text))
        return in_words(moment.replace(tzinfo=moment.tzinfo or UTC)) if moment else str(text)
    if isinstance(field, models.BooleanField | models.DateField):
        try:
            return in_words(field.to_python(text))
        except ValidationError:
            return str(text)
    return field_in_words(field, str(text))
