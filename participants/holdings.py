"""What is held about a person. Each floor tells its part, and forgets it when the ground for keeping it has ended.

A floor registers, when it starts, how it tells (`register_teller`), in which texts people may be named
(`register_texts`) and what else it forgets (`register_forgetter`); the person's file, subject access and
depersonalization go through all of them and know none by name.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from auditlog.registry import auditlog
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from participants.history import hide_in_history, rewritten
from participants.mentions import Sought, excerpt
from participants.models import Person
from participants.names import NameParts, split_full_name
from participants.values_in_words import field_in_words


@dataclass(frozen=True)
class Section:
    """One kind of records: its title, and each record as {label: value in words}."""

    title: str
    records: list[dict[str, str]]


@dataclass(frozen=True)
class FreeTexts:
    """Texts in somebody's own words in which the person may be named: fields of rows, words or JSON."""

    what: str
    rows: models.QuerySet
    names: tuple[str, ...]
    is_own: bool = False  # about the person: the first name and the patronymic are enough there
    kept_because: str = ""  # such texts stay as they are written, and are only pointed out
    address: Callable[[Any], str] = lambda row: row.get_absolute_url()


@dataclass(frozen=True)
class KeptFile:
    """An uploaded file that stays as it is; `texts` gives its words, None where nobody can read them."""

    what: str
    why: str
    url: str
    texts: Callable[[], Iterable[str] | None]


@dataclass(frozen=True)
class Place:
    """Somewhere the person may be named, for a human being to look at: what it is, why it stays, where it opens."""

    what: str
    why: str
    url: str
    excerpt: str


@dataclass
class Forgotten:
    """What one floor did with its records of a person: what went, and what stays by which ground."""

    removed: list[tuple[str, int]] = field(default_factory=list)  # (what, how many records)
    kept: list[tuple[str, int, str]] = field(default_factory=list)  # (what, how many records, why)


Teller = Callable[[Person], Iterable[Section]]
Forgetter = Callable[[Person, str], Forgotten]
_tellers: list[tuple[int, Teller]] = []
_texts: list[Callable[[Person], Iterable[FreeTexts]]] = []
_files: list[Callable[[Person], Iterable[KeptFile]]] = []
_forgetters: list[tuple[int, Forgetter]] = []
_hindrances: list[Callable[[Person], Iterable[str]]] = []


def register_teller(tell: Teller, *, order: int = 100) -> None:
    """`tell(person)` gives the Sections of what a floor holds about a person; sections without records are left out."""
    _tellers.append((order, tell))
    _tellers.sort(key=lambda each: each[0])


def register_texts(find: Callable[[Person], Iterable[FreeTexts]]) -> None:
    """`find(person)` gives the FreeTexts of a floor in the person's organization."""
    _texts.append(find)


def register_files(find: Callable[[Person], Iterable[KeptFile]]) -> None:
    """`find(person)` gives the KeptFiles of a floor in the person's organization."""
    _files.append(find)


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
    texts = _forget_in_texts(person, pseudonym)
    return [texts, *(forget_part(person, pseudonym) for _order, forget_part in _forgetters)]


# --- named in texts ---------------------------------------------------------------------------------------------------
def names_of(person: Person) -> list[NameParts]:
    """All names that the person has borne, those of joined files among them; today's first."""
    former = [NameParts(each.last_name, each.first_name, each.patronymic) for each in person.name_changes.all()]
    joined = [split_full_name(each.former_name) for each in person.merges.all()]
    return [NameParts(person.last_name, person.first_name, person.patronymic), *former, *joined]


def sought(person: Person) -> Sought:
    """The person as texts may name him, among the others of his organization."""
    others = person.organization.people.exclude(pk=person.pk).filter(depersonalized_on=None)
    rows = others.values_list("last_name", "first_name", "patronymic")
    return Sought(
        names_of(person), (NameParts(*row) for row in rows.distinct()), phone=person.phone, email=person.email
    )


def texts_about(person: Person) -> list[FreeTexts]:
    """The texts of all floors in which the person may be named."""
    return [texts for find in _texts for texts in find(person)]


def places_to_look_at(person: Person) -> list[Place]:
    """Where the person may be named and no rule can decide, or the text or the file is kept as written."""
    who = sought(person)
    in_texts = [place for texts in texts_about(person) for row in texts.rows for place in _places_in(texts, row, who)]
    return in_texts + [place for find in _files for file in find(person) for place in _places_in_file(file, who)]


def left_in_words(places: Iterable[Place]) -> list[dict[str, Any]]:
    """The places by kind, as the act keeps them: {"what", "why", "count", "places": addresses}; no words of the texts."""
    lines: dict[tuple[str, str], list[str]] = {}
    for place in places:
        lines.setdefault((place.what, place.why), []).append(place.url)
    return [{"what": what, "why": why, "count": len(urls), "places": urls} for (what, why), urls in lines.items()]


def _places_in(texts: FreeTexts, row: models.Model, who: Sought) -> Iterable[Place]:
    why = texts.kept_because or _("it is not certain that the person is meant")
    for text in (text for name in texts.names for text in words_in(getattr(row, name))):
        found = who.find(text, is_own=texts.is_own)
        if shown := [mention for mention in found if texts.kept_because or not mention.is_sure]:
            yield Place(texts.what, why, texts.address(row), excerpt(text, shown[0]))


def _places_in_file(file: KeptFile, who: Sought) -> Iterable[Place]:
    """One Place for a file that names the person, with the first words; one for a file that cannot be looked through."""
    texts = file.texts()
    if texts is None:
        yield Place(file.what, _("the file cannot be searched: look through it by hand"), file.url, "")
        return
    for text in texts:
        if found := who.find(text):
            yield Place(file.what, file.why, file.url, excerpt(text, found[0]))
            return


def _forget_in_texts(person: Person, pseudonym: str) -> Forgotten:
    """Put the pseudonym where the person is surely named, in the texts and in what the history keeps of them."""
    who, result = sought(person), Forgotten()
    for texts in texts_about(person):

        def hide(text: str, is_own: bool = texts.is_own) -> str:
            return who.replace(text, pseudonym, is_own=is_own)

        if not texts.kept_because:
            changed = sum(_rewrite(row, texts.names, hide) for row in texts.rows)
            result.removed.append((texts.what, changed))
        if auditlog.contains(texts.rows.model):
            content_type = ContentType.objects.get_for_model(texts.rows.model)
            hide_in_history(Q(content_type=content_type, object_id__in=texts.rows.values("pk")), hide)
    return result


def _rewrite(row: models.Model, names: tuple[str, ...], hide: Callable[[str], str]) -> bool:
    different = []
    for name in names:
        old = getattr(row, name)
        if (new := rewritten(old, hide)) != old:
            length = getattr(row._meta.get_field(name), "max_length", None)
            setattr(row, name, new[:length] if length else new)
            different.append(name)
    if different:
        row.save(update_fields=different)
    return bool(different)


def words_in(value: Any) -> Iterable[str]:
    """The texts within a value of a field: a text itself, those of lists and dictionaries."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from words_in(each)


# --- records in words -------------------------------------------------------------------------------------------------
def record_of(instance: models.Model, *, leave_out: Iterable[str] = ()) -> dict[str, str]:
    """A row as {name of the field: value in words}; empty values, keys and fields that nobody edits are left out."""
    skipped = {*leave_out, "id", *Person.FOLDED, "token"}
    return {
        str(each.verbose_name): words
        for each in instance._meta.fields
        if each.name not in skipped
        and _is_named(each)
        and (words := field_in_words(each, getattr(instance, each.name)))
    }


def _is_named(field: Any) -> bool:
    """Whether the field has a name for people: those that the portal keeps for itself have none."""
    return str(field.verbose_name) != field.name.replace("_", " ") or field._verbose_name is not None
