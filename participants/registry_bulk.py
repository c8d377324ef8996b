"""What is done with several rows of a registry at once, each with a way back.

Every function returns what its way back takes: plain data, kept for ten minutes (mentorship/undo.py). Many rows are
written by a few queries, with the same history that single changes leave.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from auditlog.context import disable_auditlog
from auditlog.models import LogEntry
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from participants.models import MenteeEntry, MentorEntry
from participants.registries import ENTRY_MODELS, MENTEES, MENTORS
from participants.registry_storing import digest, log, overwrite

Entry = MentorEntry | MenteeEntry
# Fields that may be set for several people, in the order of the form.
FIELDS = {
    MENTORS: ["joined_on", "completed_on", "results", "preferred_age", "time_resource", "competences", "courses"],
    MENTEES: ["joined_on", "completed_on", "is_completed", "results", "request", "difficulties"],
}
# What goes on into the next school year: what is the person's own, not what belonged to the year.
CARRIED_ON = {
    MENTORS: ["competences", "achievements", "interests", "preferred_age", "time_resource", "courses"],
    MENTEES: ["request", "difficulties"],
}
NAMED = 5


def open_rows(entries: Sequence[Entry]) -> list[Entry]:
    """Those of the rows whose people were not depersonalized: nothing is written into a closed file any more."""
    return [entry for entry in entries if entry.person.depersonalized_on is None]


def verbose_names(kind: str) -> list[tuple[str, Any]]:
    """[(name, words)] of the fields that may be set."""
    return [(name, ENTRY_MODELS[kind]._meta.get_field(name).verbose_name) for name in FIELDS[kind]]


@transaction.atomic
def set_field(kind: str, entries: Sequence[Entry], name: str, value: Any, *, only_empty: bool, by: Any) -> dict:
    """Give a field of the rows one value; with `only_empty` rows that have one already keep theirs.

    Rows of depersonalized people are left as they are. Raises ValidationError, which names the people, where somebody
    would complete the programme before joining it.
    """
    return _set(kind, open_rows(entries), name, value, only_empty=only_empty, by=by)


def _set(kind: str, entries: Sequence[Entry], name: str, value: Any, *, only_empty: bool, by: Any) -> dict:
    model = ENTRY_MODELS[kind]
    locked = model.objects.select_for_update(of=("self",)).filter(pk__in=[entry.pk for entry in entries])
    changed, before = [], []
    for entry in locked.select_related("person"):
        old = getattr(entry, name)
        if old == value or (only_empty and old not in ("", None, False)):
            continue
        setattr(entry, name, value)
        changed.append(entry)
        before.append(old)
    _check_dates(changed)
    _write(model, changed, name, before, by)
    return {
        "act": "set_field",
        "kind": kind,
        "name": name,
        "value": _plain(value),
        "before": [[entry.pk, _plain(old)] for entry, old in zip(changed, before, strict=True)],
    }


def _check_dates(entries: Sequence[Entry]) -> None:
    wrong = [each for each in entries if each.joined_on and each.completed_on and each.completed_on < each.joined_on]
    if wrong:
        names = [entry.person.full_name for entry in wrong[:NAMED]]
        more = " …" if len(wrong) > NAMED else ""
        raise ValidationError(
            _("The programme cannot be completed before it was joined: %(names)s%(more)s"),
            params={"names": ", ".join(names), "more": more},
        )


def _write(model: type[Entry], entries: Sequence[Entry], name: str, before: Sequence[Any], by: Any) -> None:
    overwrite(model, entries, {name})
    changes = ({name: [str(old), str(getattr(entry, name))]} for entry, old in zip(entries, before, strict=True))
    log(list(entries), LogEntry.Action.UPDATE, changes, by)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


@transaction.atomic
def move_on(kind: str, entries: Sequence[Entry], *, by: Any) -> tuple[dict, list[Entry]]:
    """Rows of the next school year for the people of these rows; returns the way back, and the rows there already.

    Who was depersonalized does not go on: the ground for keeping the person's data has ended.
    """
    model = ENTRY_MODELS[kind]
    entries = open_rows(entries)
    there = already_moved(kind, entries)
    known = {entry.person_id for entry in there}
    new = [
        model(
            person=entry.person,
            school_year=entry.school_year + 1,
            **{name: getattr(entry, name) for name in CARRIED_ON[kind]},
        )
        for entry in entries
        if entry.person_id not in known
    ]
    model.objects.bulk_create(new)
    names = ["person", "school_year", *CARRIED_ON[kind]]
    values = ({name: ["None", str(getattr(entry, name))] for name in names if getattr(entry, name)} for entry in new)
    log(new, LogEntry.Action.CREATE, values, by)
    return {"act": "move_on", "kind": kind, "created": [[entry.pk, digest(entry)] for entry in new]}, there


def already_moved(kind: str, entries: Sequence[Entry]) -> list[Entry]:
    """Rows of the next school year that people of these rows have already."""
    if not entries:
        return []
    people = [entry.person_id for entry in entries]
    rows = ENTRY_MODELS[kind].objects.filter(person__in=people, school_year=entries[0].school_year + 1)
    return list(rows.for_register())


@transaction.atomic
def set_archived(kind: str, entries: Sequence[Entry], is_archived: bool, *, by: Any) -> dict:
    """Put rows into the archive, or bring them back from it; a row of nobody may be put away, too."""
    return _set(kind, entries, "is_archived", is_archived, only_empty=False, by=by)


# --- the ways back ----------------------------------------------------------------------------------------------------
@transaction.atomic
def undo(data: dict, *, by: Any) -> tuple[int, int]:
    """Take back what an act above did; rows that somebody has changed since stay. Returns how many: (back, stayed)."""
    return WAYS_BACK[data["act"]](data, by)


def _unset_field(data: dict, by: Any) -> tuple[int, int]:
    model = ENTRY_MODELS[data["kind"]]
    name, before = data["name"], dict(data["before"])
    field = model._meta.get_field(name)
    rows = model.objects.select_for_update(of=("self",)).filter(pk__in=before).select_related("person")
    if name != "is_archived":
        rows = rows.filter(person__depersonalized_on=None)  # what was written of a person must not come back
    same = [entry for entry in rows if _plain(getattr(entry, name)) == data["value"]]
    for entry in same:
        setattr(entry, name, field.to_python(before[entry.pk]))
    _write(model, same, name, [field.to_python(data["value"])] * len(same), by)
    return len(same), len(before) - len(same)


def _unmove(data: dict, by: Any) -> tuple[int, int]:
    model, digests = ENTRY_MODELS[data["kind"]], dict(data["created"])
    rows = model.objects.select_for_update(of=("self",)).filter(pk__in=digests).select_related("person")
    same = [entry for entry in rows if digest(entry) == digests[entry.pk]]
    log(same, LogEntry.Action.DELETE, ({} for _entry in same), by)
    with disable_auditlog():
        model.objects.filter(pk__in=[entry.pk for entry in same]).delete()
    return len(same), len(digests) - len(same)


WAYS_BACK = {"set_field": _unset_field, "move_on": _unmove}
