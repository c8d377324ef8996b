"""What is kept of every change and every reading of a person's file."""

from collections.abc import Callable
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
    AccountInvitation,
    Application,
    ApplicationCall,
    Consent,
    ConsentText,
    DepersonalizationAct,
    DestructionAct,
    LongTermMentor,
    Membership,
    MenteeEntry,
    MentorEntry,
    NameChange,
    Organization,
    Person,
    PersonMerge,
    RegistryImport,
    RegistryLayout,
    RemovalTask,
    User,
)
from participants.values_in_words import logged_in_words

# Their rows belong to a person and say so in `get_additional_data`.
OF_PERSONS = (
    AccountInvitation,
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
_about_people: list[Callable[[list[int]], Q]] = []
HIDDEN = "—"
ACTIONS = {
    LogEntry.Action.CREATE: gettext_lazy("added"),
    LogEntry.Action.UPDATE: gettext_lazy("changed"),
    LogEntry.Action.DELETE: gettext_lazy("removed"),
    LogEntry.Action.ACCESS: gettext_lazy("opened the file"),
}


def keep_history():
    """Register what is logged; called once, when the app starts. No password is, no token, no reading of a file."""
    auditlog.register(Person, exclude_fields=[*Person.FOLDED, "former_names"])
    for model in (MentorEntry, MenteeEntry, LongTermMentor, NameChange, PersonMerge, Membership, Organization):
        auditlog.register(model)
    for model in (ConsentText, RemovalTask, RegistryLayout, DepersonalizationAct, DestructionAct):
        auditlog.register(model)
    auditlog.register(Consent, exclude_fields=["token"])
    auditlog.register(Application, exclude_fields=["token", "values", "search_text", "changed_at", "chased_at"])
    auditlog.register(ApplicationCall, exclude_fields=["token"])
    auditlog.register(User, exclude_fields=["password", "last_login"])
    auditlog.register(AccountInvitation, exclude_fields=["token"])
    auditlog.register(RegistryImport, include_fields=["kind", "school_year", "status", "scope", "file_name"])


def register_about(find):
    """`find(keys of people)` gives a condition on the log entries of an upper floor that are about them."""
    _about_people.append(find)


@dataclass(frozen=True)
class Line:
    """One line of a history: when, who, what was done with what, which fields changed to what.

    `is_own` tells lines of the person's own records from those of what several people share: pairs, meetings.
    """

    at: datetime
    actor: str
    action: str
    subject: str
    changes: list[tuple[str, str, str]]
    is_own: bool = True


def note_reading(person):
    """Record that the user of the request has opened a person's file."""
    accessed.send(Person, instance=person)


def history_of(person):
    """Latest lines about the person, the newest first; see `all_lines_of`."""
    return _lines(_about(person), Person)


def all_lines_of(person):
    """Every line about the person: his file (and those joined with it), rows of registries, consents, applications,
    account and roles, pairs with what stands on them, removed ones too; the newest first."""
    return _lines(_about(person), Person, shown=None)


def keys_of(person):
    """The keys of the person's file and of those that were joined with it."""
    return [person.pk, *person.merges.values_list("former_key", flat=True)]


def _about(person):
    keys = keys_of(person)
    types = ContentType.objects.get_for_models(Person, Membership, *OF_PERSONS)
    about = Q(content_type=types[Person], object_id__in=keys) | Q(
        content_type__in=[types[model] for model in OF_PERSONS], additional_data__person__in=keys
    )
    # An application is written before it leads to a person.
    about |= Q(content_type=types[Application], object_id__in=list(person.applications.values_list("pk", flat=True)))
    for find in _about_people:
        about |= find(keys)
    if person.user_id:
        about |= Q(content_type=ContentType.objects.get_for_model(User), object_id=person.user_id)
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
    known: dict = {}
    return [_line(entry, names, main, known) for entry in entries]


def _names(entries):
    """{user: full name} of all actors by one query."""
    actors = {entry.actor_id for entry in entries if entry.actor_id}
    people = Person.objects.filter(user__in=actors).order_by("-pk")
    return {person.user_id: person.full_name for person in people}


def _line(entry, names, main, known):
    actor = names.get(entry.actor_id) or (entry.actor.email if entry.actor else _("the portal"))
    subject = entry.content_type.model_class()._meta
    is_update = entry.action == LogEntry.Action.UPDATE
    return Line(
        at=entry.timestamp,
        actor=actor,
        action=str(ACTIONS[entry.action]),
        is_own=subject.model in (main, Membership, User, *OF_PERSONS),
        subject="" if subject.model is main else str(subject.verbose_name),
        changes=[_change(subject, *change, known) for change in (entry.changes_dict or {}).items()]
        if is_update
        else [],
    )


def _change(subject, name, values, known):
    field = next((each for each in (*subject.fields, *subject.many_to_many) if each.name == name), None)
    label = str(field.verbose_name) if field else name
    if isinstance(values, dict):  # of several rows: {"operation": "add" or "delete", "objects": names}
        named = ", ".join(values["objects"]) if isinstance(values["objects"], list) else str(values["objects"])
        return (label, "", named) if values["operation"] == "add" else (label, named, "")
    old, new = (logged_in_words(field, value, known) for value in values)
    return label, old, new


def hide_in_history(about, hide):
    """Rewrite the words of log entries by `hide(text)`; who, when and what stay. Returns how many entries changed.

    For depersonalization alone: nothing else changes the history.
    """
    changed = []
    for entry in LogEntry.objects.filter(about):
        words = hide(entry.object_repr), rewritten(entry.changes, hide)
        if words != (entry.object_repr, entry.changes):
            entry.object_repr, entry.changes = words
            changed.append(entry)
    LogEntry.objects.bulk_update(changed, ["object_repr", "changes"], batch_size=500)
    return len(changed)


def hide_values(about, pseudonym):
    """Take all values out of log entries: who, when and which fields stay. Returns how many entries there are.

    For depersonalization, and for papers destroyed by an act: nothing else changes the history.
    """
    entries = list(LogEntry.objects.filter(about))
    for entry in entries:
        entry.object_repr = pseudonym
        entry.changes = {name: [HIDDEN, HIDDEN] for name in entry.changes_dict or {}}
    LogEntry.objects.bulk_update(entries, ["object_repr", "changes"], batch_size=500)
    return len(entries)


def rewritten(value, hide):
    """A value of JSON with each of its texts as `hide(text)` gives it; keys stay."""
    if isinstance(value, str):
        return hide(value)
    if isinstance(value, list):
        return [rewritten(each, hide) for each in value]
    if isinstance(value, dict):
        return {key: rewritten(each, hide) for key, each in value.items()}
    return value
