"""What is held about a person. Each floor tells its part, and forgets it when the ground for keeping it has ended.

A floor registers, when it starts, how it tells (`register_teller`) and how it forgets (`register_forgetter`); the
person's file, subject access and depersonalization go through all of them and know none by name.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mentorship.school_year import SchoolYear
from participants.models import Person


@dataclass(frozen=True)
class Section:
    """One kind of records: its title, and each record as {label: value in words}."""

    title: str
    records: list[dict[str, str]]


@dataclass
class Forgotten:
    """What one floor did with its records of a person: what went, and what stays by which ground."""

    removed: list[tuple[str, int]] = field(default_factory=list)  # (what, how many records)
    kept: list[tuple[str, int, str]] = field(default_factory=list)  # (what, how many records, why)


Teller = Callable[[Person], Iterable[Section]]
Forgetter = Callable[[Person, str], Forgotten]
_tellers: list[tuple[int, Teller]] = []
_forgetters: list[tuple[int, Forgetter]] = []
_hindrances: list[Callable[[Person], Iterable[str]]] = []


def register_teller(tell: Teller, *, order: int = 100) -> None:
    """`tell(person)` gives the Sections of what a floor holds about a person; sections without records are left out."""
    _tellers.append((order, tell))
    _tellers.sort(key=lambda each: each[0])


def register_forgetter(forget: Forgetter, *, order: int = 100) -> None:
    """`forget(person, pseudonym)` takes the person out of a floor's records; called in the caller's transaction."""
    _forgetters.append((order, forget))
    _forgetters.sort(key=lambda each: each[0])


def register_hindrance(find: Callable[[Person], Iterable[str]]) -> None:
    """`find(person)` gives sentences that say why the person cannot be forgotten yet."""
    _hindrances.append(find)


def held_about(person: Person) -> list[Section]:
    """Everything that the portal holds about a person, floor by floor (152-ФЗ art. 14: the subject's right to know)."""
    sections = [section for _order, tell in _tellers for section in tell(person)]
    return [section for section in sections if section.records]


def hindrances_to_forget(person: Person) -> list[str]:
    """Why the person cannot be depersonalized yet; nothing when he can."""
    return [sentence for find in _hindrances for sentence in find(person)]


def forget(person: Person, pseudonym: str) -> list[Forgotten]:
    """Let every floor forget the person; `pseudonym` stands where a name must stand."""
    return [forget_part(person, pseudonym) for _order, forget_part in _forgetters]


# --- records in words -------------------------------------------------------------------------------------------------
def record_of(instance: models.Model, *, leave_out: Iterable[str] = ()) -> dict[str, str]:
    """A row as {name of the field: value in words}; empty values, keys and fields that nobody edits are left out."""
    skipped = {*leave_out, "id", "search_text", "token"}
    return {
        str(each.verbose_name): words
        for each in instance._meta.fields
        if each.name not in skipped and (words := _value_in_words(instance, each))
    }


def _value_in_words(instance: models.Model, each: Any) -> str:
    value = getattr(instance, each.name)
    if each.choices:
        return str(getattr(instance, f"get_{each.name}_display")())
    if each.name == "school_year":
        return str(SchoolYear(value))
    if isinstance(each, models.FileField):
        return value.name.rsplit("/", 1)[-1] if value else ""
    return in_words(value)


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
        return "; ".join(f"{key}: {in_words(each)}" for key, each in value.items())
    if isinstance(value, list):
        return ", ".join(in_words(each) for each in value)
    return str(value)
