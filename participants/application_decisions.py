"""What a curator decides about an application: ask for more, decline, accept as a new person or as one of the files."""

from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from mentorship.transitions import lock_for_step, move
from participants import emails
from participants.applications import giver_of
from participants.consent_givers import REPRESENTATIVE
from participants.consents import give_consent
from participants.models import Application, Consent, ConsentKind, MenteeEntry, MentorEntry, Person
from participants.names import NameParts, guess_gender_by_patronymic
from participants.people import KnownPeople, Who
from participants.questionnaires import FILLS_PERSON

ENTRIES = {Application.Role.MENTOR: MentorEntry, Application.Role.MENTEE: MenteeEntry}
ABOUT_PERSON = ("birth_year", "kind", "position", "workplace")


@dataclass(frozen=True)
class Change:
    """A field that the application writes: `key` is "person.phone" or "entry.request"; `old` is empty in a gap."""

    key: str
    label: str
    old: str
    new: str
    value: object

    @property
    def is_gap(self):
        return not self.old

    @property
    def field(self):
        return self.key.partition(".")[2]


# --- who is it? -------------------------------------------------------------------------------------------------------
def likely_people(application):
    """People of the organization's files who may be the applicant, the likeliest first; all namesakes among them."""
    name = NameParts(application.last_name, application.first_name, application.patronymic)
    who = Who(name, application.birth_year, application.email, application.phone)
    living = application.organization.people.filter(depersonalized_on=None)
    known = KnownPeople(living)
    found = {person.pk: person for person in [*known.perhaps(who), *known.namesakes(who)]}
    return list(found.values())


def twins_of(application):
    """Other applications to the same page by the same name or from the same address, drafts left out."""
    others = application.call.applications.exclude(pk=application.pk).exclude(status=Application.Status.DRAFT)
    same_name = others.filter(last_name=application.last_name, first_name=application.first_name)
    return (same_name | others.filter(email=application.email)).order_by("submitted_at", "pk")


# --- what would be written? -------------------------------------------------------------------------------------------
def person_values(application):
    """{field of Person: value} that the application gives; contacts of a minor are those of the representative."""
    values = {name: getattr(application, name) for name in ABOUT_PERSON}
    is_minor = giver_of(application, timezone.localdate(application.consented_at).year) == REPRESENTATIVE
    prefix = "representative_" if is_minor else ""
    values |= {f"{prefix}email": application.email, f"{prefix}phone": application.phone}
    if is_minor:
        values["representative_name"] = application.representative_name
    values |= {name: text for name, text in answered_fields(application).items() if name in FILLS_PERSON}
    return _fitting(Person, values)


def entry_values(application):
    """{field of the registry's row: value} that the answers give."""
    values = {name: text for name, text in answered_fields(application).items() if name not in FILLS_PERSON}
    return _fitting(ENTRIES[application.role], values)


def answered_fields(application):
    """{column that answers fill: what was answered}; answers of several questions to one column stand one below another."""
    found = {}
    for question, words in application.answers.in_words() if application.answers else ():
        if question.fills:
            found.setdefault(question.fills, []).append(str(words))
    return {name: "\n".join(texts) for name, texts in found.items()}


def _fitting(model, values):
    """Only what the model has a field for, cut to its length; what is empty says nothing."""
    fields = {field.name: field for field in model._meta.fields}
    kept = {name: value for name, value in values.items() if value and name in fields}
    for name, value in kept.items():
        length = fields[name].max_length
        if length and isinstance(value, str):
            text = "; ".join(value.splitlines())
            kept[name] = text if len(text) <= length else f"{text[: length - 1]}…"
    return kept


def changes_for(application, person):
    """[Change] of what accepting writes into the file of a person and his row of the year, in their order.

    `person` is None for a new one: then everything fills a gap. What stands there already in the same words is left out.
    """
    entry = None
    if person is not None:
        entries = ENTRIES[application.role].objects
        entry = entries.filter(person=person, school_year=application.call.school_year).first()
    changes = _changes("person", Person, person, person_values(application))
    return changes + _changes("entry", ENTRIES[application.role], entry, entry_values(application))


def _changes(prefix, model, known, values):
    changes = []
    for name, value in values.items():
        field = model._meta.get_field(name)
        old = getattr(known, name) if known is not None else None
        if old != value:
            words = [_shown(field, each) for each in (old, value)]
            changes.append(Change(f"{prefix}.{name}", capfirst(str(field.verbose_name)), *words, value))
    return changes


def _shown(field, value):
    return "" if value in (None, "") else str(dict(field.flatchoices or ()).get(value, value))


# --- the decision -----------------------------------------------------------------------------------------------------
@transaction.atomic
def accept_application(application, *, by, now, person=None, replaced=(), message=""):
    """Take the applicant into the registry of the page's year, with the answers in its columns. Returns the Application.

    `person` is whom the curator recognized, None makes a new one. Gaps of the file are filled; what stands there is
    replaced only where `replaced` names the key of its Change. The consent confirmed in the application is entered as
    given by the link on that day. Raises ValidationError where the step is not possible or the consent does not fit.
    """
    application = lock_for_step(application, Application.Status.ACCEPTED)
    if person is not None:
        person = application.organization.people.select_for_update().get(pk=person.pk)
    changes = changes_for(application, person)
    written = {change.key: change.value for change in changes if change.is_gap or change.key in replaced}
    person = _write_person(application, person, _of("person", written))
    _write_entry(application, person, _of("entry", written), joined_on=timezone.localdate(now))
    _enter_consent(application, person)
    application = move(
        application,
        Application.Status.ACCEPTED,
        by=by,
        comment=message,
        person=person,
        message=message,
        decided_at=now,
        decided_by=by,
    )
    emails.application_accepted(application)
    return application


def _of(prefix, written):
    return {key.partition(".")[2]: value for key, value in written.items() if key.startswith(f"{prefix}.")}


def _write_person(application, person, values):
    if person is None:
        person = Person(
            organization=application.organization,
            last_name=application.last_name,
            first_name=application.first_name,
            patronymic=application.patronymic,
            gender=guess_gender_by_patronymic(application.patronymic),
        )
    for name, value in values.items():
        setattr(person, name, value)
    person.full_clean()
    person.save()
    return person


def _write_entry(application, person, values, *, joined_on):
    model, year = ENTRIES[application.role], application.call.school_year
    entry = model.objects.filter(person=person, school_year=year).first() or model(person=person, school_year=year)
    for name, value in values.items():
        setattr(entry, name, value)
    entry.joined_on = entry.joined_on or joined_on
    entry.is_archived = False
    entry.full_clean()
    entry.save()


def _enter_consent(application, person):
    """The consent of the application as a Consent by the link; the signed paper may follow."""
    given_on = timezone.localdate(application.consented_at)
    given = person.consents.filter(kind=ConsentKind.PROCESSING, status=Consent.Status.GIVEN, given_on=given_on)
    if given.exists():
        return
    give_consent(
        person,
        ConsentKind.PROCESSING,
        by=None,
        given_on=given_on,
        given_by=giver_of(application, given_on.year),
        representative_name=application.representative_name,
        way=Consent.Way.LINK,
        text=application.consent_text,
    )


@transaction.atomic
def ask_for_more(application, *, by, now, message):
    """Send the application back with the curator's words; the applicant completes it by his link. Returns it."""
    if not message.strip():
        raise ValidationError({"message": _("Write what is missing.")})
    application = move(
        application,
        Application.Status.ASKED,
        by=by,
        comment=message,
        message=message,
        decided_at=now,
        decided_by=by,
        values=application.answers.values if application.answers else {},
    )
    emails.application_asked(application)
    return application


@transaction.atomic
def decline_application(application, *, by, now, letter):
    """Decline with a letter, which is kept as it was sent. Returns the Application."""
    if not letter.strip():
        raise ValidationError({"letter": _("Write the letter: the person waits for an answer.")})
    application = move(
        application,
        Application.Status.DECLINED,
        by=by,
        comment=letter,
        message=letter,
        decided_at=now,
        decided_by=by,
    )
    emails.application_declined(application)
    return application


def ready_refusal(application):
    """The letter that declines, as the curator gets it to edit; in the language of the portal's letters."""
    with translation.override(settings.LANGUAGE_CODE):
        return render_to_string("participants/application_refusal.txt", {"application": application}).strip()
