"""What is kept of every change and every reading of a person's file."""

from dataclasses import dataclass
from datetime import datetime

from auditlog.models import LogEntry
from auditlog.registry import auditlog
from auditlog.signals import accessed
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from participants.models import Membership, MenteeEntry, MentorEntry, Organization, Person

SHOWN = 50
ACTIONS = {
    LogEntry.Action.CREATE: gettext_lazy("added"),
    LogEntry.Action.UPDATE: gettext_lazy("changed"),
    LogEntry.Action.DELETE: gettext_lazy("removed"),
    LogEntry.Action.ACCESS: gettext_lazy("opened the file"),
}


def keep_history():
    """Register what is logged; called once, when the app starts. Accounts, and so passwords, are not."""
    auditlog.register(Person, exclude_fields=["search_text"])
    auditlog.register(MentorEntry)
    auditlog.register(MenteeEntry)
    auditlog.register(Membership)
    auditlog.register(Organization)


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
    """Latest lines about the person, the rows in registries (removed ones too) and the roles, the newest first."""
    types = ContentType.objects.get_for_models(Person, MentorEntry, MenteeEntry, Membership)
    about = Q(content_type=types[Person], object_id=person.pk) | Q(
        content_type__in=[types[MentorEntry], types[MenteeEntry]], additional_data__person=person.pk
    )
    if person.user_id:
        members = Membership.objects.filter(user=person.user_id, organization=person.organization_id)
        about |= Q(content_type=types[Membership], object_id__in=list(members.values_list("pk", flat=True)))
    return _lines(about, Person)


def history_of_organization(organization):
    """Latest changes of the organization's own data, the newest first."""
    content_type = ContentType.objects.get_for_model(Organization)
    return _lines(Q(content_type=content_type, object_id=organization.pk), Organization)


def _lines(about, main):
    entries = LogEntry.objects.filter(about).select_related("actor", "content_type").order_by("-timestamp", "-pk")
    names = _names(entries := list(entries[:SHOWN]))
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
