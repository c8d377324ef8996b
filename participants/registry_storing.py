"""Writing the people and the rows of an import in a few queries, with the same history that single changes leave.

What was written is told in a form that `registry_undo` takes back: {"people": …, "entries": …}, each with `created`,
a list of [key, digest], and `changed`, a list of [key, digest, {field: value before}].
"""

import json
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from itertools import islice

from auditlog.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction
from django.utils import timezone

from participants.models import Person
from participants.registries import ENTRY_MODELS
from participants.registry_matching import JOINS, NEW, UPDATES, Plan

BATCH = 500
NOT_LOGGED = set(Person.FOLDED)
SAME_COLUMNS = ["content_type", "action", "changes_text", "actor", "actor_email"]


@transaction.atomic
def store(plan: Plan, *, by=None) -> dict:
    """Write the people and the rows of a plan; `by` is the user in whose name the history is kept."""
    rows = plan.of_fate(NEW, JOINS, UPDATES)
    for planned in rows:
        planned.person.fold()
    new = [planned.person for planned in rows if planned.person.pk is None]
    changed = [(planned.person, planned.before[0]) for planned in rows if planned.before[0]]
    written = {"people": _write(Person, new, changed, by)}
    for planned in rows:
        planned.entry.person = planned.person
    new = [planned.entry for planned in rows if planned.entry.pk is None]
    changed = [(planned.entry, planned.before[1]) for planned in rows if planned.entry.pk and planned.before[1]]
    written["entries"] = _write(ENTRY_MODELS[plan.kind], new, changed, by)
    return written


def _write(model, new, changed, by):
    model.objects.bulk_create(new, batch_size=BATCH)
    overwrite(model, [instance for instance, _before in changed], {name for _i, before in changed for name in before})
    fields = [each for each in model._meta.concrete_fields if each.name not in NOT_LOGGED]
    log(new, LogEntry.Action.CREATE, (_first_values(each, fields) for each in new), by)
    log(
        [instance for instance, _before in changed],
        LogEntry.Action.UPDATE,
        ({name: [str(old), str(getattr(each, name))] for name, old in before.items()} for each, before in changed),
        by,
    )
    return {
        "created": [[each.pk, digest(each)] for each in new],
        "changed": [[each.pk, digest(each), json.loads(_as_json(before))] for each, before in changed],
    }


def overwrite(model, instances, names):
    """Write some fields of stored rows, many rows by one query: as an insertion that meets the row and updates it."""
    if model is Person and names:
        names = {*names, *Person.FOLDED}
    if instances and names:
        model.objects.bulk_create(
            instances, batch_size=BATCH, update_conflicts=True, unique_fields=["id"], update_fields=sorted(names)
        )


def log(instances, action, changes, by):
    """Write a line of history for each instance, as django-auditlog does for single changes.

    `changes` gives for each {field: [value before, value after]}, in words.
    """
    if not instances:
        return
    content_type = ContentType.objects.get_for_model(instances[0])
    has_more = hasattr(instances[0], "get_additional_data")
    same = [content_type.pk, action, "", by.pk if by else None, by.email if by else None]
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    _insert(
        [*SAME_COLUMNS, "timestamp", "object_pk", "object_id", "object_repr", "changes", "additional_data"],
        (
            [
                *same,
                now,
                str(instance.pk),
                instance.pk,
                str(instance),
                json.dumps(values, ensure_ascii=False),
                json.dumps(instance.get_additional_data()) if has_more else None,
            ]
            for instance, values in zip(instances, changes, strict=True)
        ),
    )


def _insert(names, rows):
    """Insert lines of history as they are: Django's own way takes five times as long to look at each value."""
    columns = ", ".join(connection.ops.quote_name(LogEntry._meta.get_field(name).column) for name in names)
    head = f"INSERT INTO {connection.ops.quote_name(LogEntry._meta.db_table)} ({columns}) VALUES "  # noqa: S608 – names of the model alone
    line = f"({', '.join(['%s'] * len(names))})"
    with connection.cursor() as cursor:
        for batch in batched(rows, BATCH):
            cursor.execute(head + ", ".join([line] * len(batch)), [value for row in batch for value in row])


def batched(values: Iterable, size: int) -> Iterator[list]:
    """The values in lists of `size`, the last one shorter."""
    iterator = iter(values)
    while batch := list(islice(iterator, size)):
        yield batch


def _first_values(instance, fields):
    values = ((field.name, getattr(instance, field.attname)) for field in fields)
    return {name: ["None", str(value)] for name, value in values if value not in ("", None, False, {})}


def digest(instance) -> str:
    """A word that changes when any stored value of the row does."""
    values = [getattr(instance, field.attname) for field in instance._meta.concrete_fields]
    values = [str(value) if isinstance(value, str) else value for value in values]  # a choice is its plain text
    return blake2b(repr(values).encode(), digest_size=8).hexdigest()


def _as_json(values):
    return json.dumps(values, cls=DjangoJSONEncoder, ensure_ascii=False)
