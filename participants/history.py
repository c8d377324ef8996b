"""What is kept of every change and every reading of a person's file."""

import json
from dataclasses import dataclass
from datetime import datetime

from auditlog.models import LogEntry
from auditlog.registry import auditlog
from auditlog.signals import accessed
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from participants.models import (
    Application,
    ApplicationCall,
    Consent,
    ConsentText,
    DepersonalizationAct,
    LongTermMentor,
    Membership,
    MenteeEntry,
    MentorEntry,
    NameChange,
    Organization,
    Person,
    PersonMerge,
    RegistryLayout,
    RemovalTask,
)

# Their rows belong to a person and say so in `get_additional_data`.
OF_PERSONS = (
    Application,
    Consent,
    LongTermMentor,
    MenteeEntry,
    MentorEntry,
    NameChange,
    PersonMerge,
    RemovalTask,
)

SHOWN = 50
ACTIONS = {
    LogEntry.Action.CREATE: gettext_lazy("added"),
    LogEntry.Action.UPDATE: gettext_lazy("changed"),
    LogEntry.Action.DELETE: gettext_lazy("removed"),
    LogEntry.Action.ACCESS: gettext_lazy("opened the file"),
}


def keep_history():
    """Register what is logged; called once, when the app starts. Accounts, and so passwords, are not; no token is."""
    auditlog.register(Person, exclude_fields=["search_text"])
    for model in (MentorEntry, MenteeEntry, LongTermMentor, NameChange, PersonMerge, Membership, Organization):
        auditlog.register(model)
    for model in (ConsentText, RemovalTask, RegistryLayout, DepersonalizationAct):
        auditlog.register(model)
    auditlog.register(Consent, exclude_fields=["token"])
    auditlog.register(Application, exclude_fields=["token", "values", "search_text", "changed_at", "chased_at"])
    auditlog.register(ApplicationCall, exclude_fields=["token"])


@dataclass(frozen=True)
class Line:
    """One line of a history: when, who, what was done with what, which fields changed to what."""

    at: datetime
    actor: str
    action: str
    subject: str
    changes: list[tuple[str, str, str]]


def note_reading(person):
    """Record that the user of the request has opened a person's file."""
    accessed.send(Person, instance=person)


def history_of(person):
    """Latest lines about the person, the newest first; see `all_lines_of`."""
    return _lines(_about(person), Person)


def all_lines_of(person):
    """Every line about the person: his file (and those joined with it), rows of registries, consents, applications,
    roles, removed ones too; the newest first."""
    return _lines(_about(person), Person, shown=None)


def _about(person):
    keys = [person.pk, *person.merges.values_list("former_key", flat=True)]
    types = ContentType.objects.get_for_models(Person, Membership, *OF_PERSONS)
    about = Q(content_type=types[Person], object_id__in=keys) | Q(
        content_type__in=[types[model] for model in OF_PERSONS], additional_data__person__in=keys
    )
    if person.user_id:
        members = Membership.objects.filter(user=person.user_id, organization=person.organization_id)
        about |= Q(content_type=types[Membership], object_id__in=list(members.values_list("pk", flat=True)))
    return about


def history_of_organization(organization):
    """Latest changes of the organization's own data, the newest first."""
    content_type = ContentType.objects.get_for_model(Organization)
    return _lines(Q(content_type=content_type, object_id=organization.pk), Organization)


def _lines(about, main, *, shown=SHOWN):
    entries = LogEntry.objects.filter(about).select_related("actor", "content_type").order_by("-timestamp", "-pk")
    names = _names(entries := list(entries[:shown]))
    return [_line(entry, names, main) for entry in entries]


def _names(entries):
    """{user: full name} of all actors by one query."""
    actors = {entry.actor_id for entry in entries if entry.actor_id}
    people = Person.objects.filter(user__in=actors).order_by("-pk")
    return {person.user_id: person.full_name for person in people}


def _line(entry, names, main):
    actor = names.get(entry.actor_id) or (entry.actor.email if entry.actor else _("the portal"))
    subject = entry.content_type.model_class()._meta
    is_update = entry.action == LogEntry.Action.UPDATE
    return Line(
        at=entry.timestamp,
        actor=actor,
        action=str(ACTIONS[entry.action]),
        subject="" if subject.model is main else str(subject.verbose_name),
        changes=[_change(subject, *change) for change in (entry.changes_dict or {}).items()] if is_update else [],
    )


def _change(subject, name, values):
    field = next((each for each in subject.fields if each.name == name), None)
    choices = {str(key): str(label) for key, label in (getattr(field, "flatchoices", None) or ())}
    old, new = ("" if value in ("None", None, "{}") else choices.get(str(value), str(value)) for value in values)
    return str(field.verbose_name) if field else name, old, new


def hide_in_history(about, hide):
    """Rewrite the words of log entries by `hide(text)`; who, when and what stay. Returns how many entries changed.

    For depersonalization alone: nothing else changes the history.
    """
    changed = []
    for entry in LogEntry.objects.filter(about):
        words = hide(entry.object_repr), json.loads(hide(json.dumps(entry.changes, ensure_ascii=False)))
        if words != (entry.object_repr, entry.changes):
            entry.object_repr, entry.changes = words
            changed.append(entry)
    LogEntry.objects.bulk_update(changed, ["object_repr", "changes"], batch_size=500)
    return len(changed)
