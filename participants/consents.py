"""Consents: asking, giving, refusing, withdrawing; who has which, by a constant number of queries.

Who needs which kind and who gives it is said in consent_rules.py. Upper floors say through `register_removal` what
they hold for a purpose; a withdrawal makes a task of each.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import PurePosixPath

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mentorship.transitions import move, record
from participants import emails
from participants.consent_rules import (
    LACKING,
    SAID_NO,
    Age,
    State,
    age_in,
    concerns,
    last_day,
    needed_kinds,
    state_among,
)
from participants.models import (
    Application,
    Consent,
    ConsentKind,
    ConsentText,
    MenteeEntry,
    MentorEntry,
    Person,
    RemovalTask,
)
from participants.models.accounts import new_token
from participants.models.consents import DAYS_TO_DESTROY, EXPIRES_SOON_DAYS

GIVEN, ASKED = Consent.Status.GIVEN, Consent.Status.ASKED
SUBJECT, REPRESENTATIVE = Consent.GivenBy.SUBJECT, Consent.GivenBy.REPRESENTATIVE
LINK_DAYS = 30  # a link that was not used for so long asks for nothing any more
EARLIEST_YEAR = 2007  # the law on personal data is in force since


# --- what upper floors hold for a purpose -----------------------------------------------------------------------------
@dataclass(frozen=True)
class Removal:
    """Something that must go, or end, when a consent is withdrawn: a sentence, and the page where it is done."""

    what: str
    url: str = ""


_removals: dict[str, list[Callable[[Person], Iterable[Removal]]]] = defaultdict(list)


def register_removal(kind: str, find: Callable[[Person], Iterable[Removal]]) -> None:
    """`find(person)` returns the Removals of a floor for the purpose of a consent; each floor registers at start."""
    if find not in _removals[kind]:
        _removals[kind].append(find)


def removals_for(person, kind):
    """What there is of the person for the purpose; who withdraws the processing withdraws it from all purposes."""
    kinds = ConsentKind.values if kind == ConsentKind.PROCESSING else [kind]
    found = [removal for each in kinds for find in _removals[each] for removal in find(person)]
    return list(dict.fromkeys(found))


# --- who has which ----------------------------------------------------------------------------------------------------
@dataclass
class Standing:
    """A person of a school year with the state of each kind, and the consent that the state rests on."""

    person: Person
    is_mentor: bool
    is_mentee: bool
    states: dict[str, State] = field(default_factory=dict)
    consents: dict[str, Consent] = field(default_factory=dict)

    @property
    def needed(self):
        """The kinds without which the person cannot take part."""
        return needed_kinds(self.person.kind, is_mentor=self.is_mentor, is_mentee=self.is_mentee)

    def needed_as(self, role):
        """The kinds needed for one role, "mentor" or "mentee"."""
        return needed_kinds(self.person.kind, is_mentor=role == "mentor", is_mentee=role == "mentee")

    def lacks(self, kinds=None):
        """The needed kinds (or those of `kinds`) that are not in force, refused and withdrawn ones among them."""
        in_force = (State.VALID, State.EXPIRING)
        return [kind for kind in (self.needed if kinds is None else kinds) if self.states[kind] not in in_force]

    def said_no(self, kinds=None):
        """The needed kinds (or those of `kinds`) that were refused or withdrawn."""
        return [kind for kind in (self.needed if kinds is None else kinds) if self.states[kind] in SAID_NO]


def people_of_year(organization, school_year):
    """The people of both registries of an organization and school year, archived rows left out, by name."""
    rows = {"person__organization": organization, "school_year": school_year, "is_archived": False}
    mentors, mentees = MentorEntry.objects.filter(**rows), MenteeEntry.objects.filter(**rows)
    registered = Q(pk__in=mentors.values("person")) | Q(pk__in=mentees.values("person"))
    return Person.objects.filter(registered, depersonalized_on=None).in_order()


def standings(people, *, school_year, day):
    """{person.pk: Standing} of the people, in their order, by four queries whatever their number."""
    people = list(people)
    keys = [person.pk for person in people]
    rows = {"person__in": keys, "school_year": school_year, "is_archived": False}
    mentors = set(MentorEntry.objects.filter(**rows).values_list("person", flat=True))
    mentees = set(MenteeEntry.objects.filter(**rows).values_list("person", flat=True))
    consents = defaultdict(list)
    for consent in Consent.objects.filter(person__in=keys).select_related("text").order_by("pk"):
        consents[consent.person_id, consent.kind].append(consent)
    found = {}
    for person in people:
        standing = Standing(person, is_mentor=person.pk in mentors, is_mentee=person.pk in mentees)
        for kind in ConsentKind.values:
            own = consents[person.pk, kind]
            state = state_among(own, day, soon=EXPIRES_SOON_DAYS)
            if state == State.MISSING and not concerns(kind, standing.needed):
                state = State.NOT_NEEDED
            standing.states[kind] = state
            if own:
                standing.consents[kind] = decisive(own, day)
        found[person.pk] = standing
    return found


def decisive(consents, day):
    """The consent that the state of its kind rests on: in force the longest, else the open request, else the latest."""
    in_force = [consent for consent in consents if consent.is_in_force(day)]
    if in_force:
        return max(in_force, key=lambda each: (each.valid_until is None, each.valid_until or day, each.pk))
    asked = [consent for consent in consents if consent.status == ASKED]
    return (asked or sorted(consents, key=lambda each: each.pk))[-1]


def state_of(person, kind, day):
    """The State of one kind for one person on a day, whether the kind is needed or not."""
    return state_among(person.consents.filter(kind=kind), day, soon=EXPIRES_SOON_DAYS)


def people_with_consent(kind, day):
    """A condition on people: a consent of the kind is in force on the day."""
    return Q(pk__in=Consent.objects.in_force(day).filter(kind=kind).values("person"))


# --- texts ------------------------------------------------------------------------------------------------------------
def text_for(organization, kind):
    """The text that is printed and asked for now: the latest of the organization, else the ready one."""
    texts = ConsentText.objects.filter(Q(organization=organization) | Q(organization=None), kind=kind)
    return texts.order_by(F("organization").asc(nulls_last=True), "-version").first()


def text_on(organization, kind, day):
    """The text that a paper of that day was printed by: the latest written by then, else the first ready one."""
    texts = ConsentText.objects.filter(Q(organization=organization) | Q(organization=None), kind=kind)
    written = texts.filter(created_at__date__lte=day)
    found = written.order_by(F("organization").asc(nulls_last=True), "-version").first()
    return found or texts.filter(organization=None).order_by("version").first()


@transaction.atomic
def save_text(organization, kind, *, by, title, body, body_of_representative, valid_months):
    """Keep a text of the organization: a new version, or the latest one of its own while no consent rests on it.

    A text equal to the one in use changes nothing. Returns the ConsentText in use afterwards. Raises ValidationError.
    """
    type(organization).objects.select_for_update().get(pk=organization.pk)
    values = {
        "title": title,
        "body": body,
        "body_of_representative": body_of_representative,
        "valid_months": valid_months,
    }
    used = text_for(organization, kind)
    if used is not None and all(getattr(used, name) == value for name, value in values.items()):
        return used
    own = ConsentText.objects.filter(organization=organization, kind=kind).order_by("-version").first()
    text = own if own is not None and not is_signed(own) else None
    if text is None:
        text = ConsentText(organization=organization, kind=kind, version=own.version + 1 if own else 1)
    for name, value in {**values, "created_by": by}.items():
        setattr(text, name, value)
    text.full_clean()
    text.save()
    return text


def is_signed(text):
    """Whether a consent, or an application, rests on the version: then it stays as it is."""
    return text.consents.exists() or Application.objects.filter(consent_text=text).exists()


# --- asking -----------------------------------------------------------------------------------------------------------
def giver_of(person, kind, *, year):
    """Who gives the consent in a calendar year: "subject", "representative", or None where the birthday decides."""
    age = age_in(year, person.birth_year, person_kind=person.kind)
    if kind == ConsentKind.EXTRA_DUTIES:
        return SUBJECT  # an employee signs for himself
    return {Age.MINOR: REPRESENTATIVE, Age.ADULT: SUBJECT}.get(age)


@transaction.atomic
def ask_consent(person, kind, *, by, today, given_by=None):
    """Open a request for a consent, answered by its personal link or on paper. Returns the Consent.

    A request that is open already is returned as it is. `given_by` says who answers; without it the birth year does.
    Raises ValidationError where a consent is in force for longer than a month, or nobody can answer.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    own = list(person.consents.filter(kind=kind))
    if is_open := [consent for consent in own if consent.status == ASKED]:
        return is_open[0]
    if state_among(own, today, soon=EXPIRES_SOON_DAYS) == State.VALID:
        raise ValidationError(_("%(person)s: this consent is in force already."), params={"person": person})
    text = text_for(person.organization, kind)
    giver, name = _giver(person, kind, text, year=today.year, given_by=given_by)
    consent = Consent(
        person=person, kind=kind, text=text, given_by=giver, representative_name=name, way=Consent.Way.LINK
    )
    consent.full_clean()
    consent.save()
    record(consent, by=by)
    return consent


def _giver(person, kind, text, *, year, given_by=None, representative_name=""):
    """(who gives the consent, the representative's name or nothing). Raises ValidationError where it cannot be so."""
    expected = giver_of(person, kind, year=year)
    giver = given_by or expected
    if giver is None:
        raise ValidationError(
            _("%(person)s turns 18 in %(year)s: look up the birthday and say who gives the consent."),
            code="turns_18",
            params={"person": person, "year": year},
        )
    if expected is not None and giver != expected:
        sentence = (
            _("%(person)s is a minor by the birth year: the consent is given by the legal representative.")
            if expected == REPRESENTATIVE
            else _("%(person)s is an adult by the birth year and gives the consent without a representative.")
        )
        raise ValidationError(sentence, code="wrong_giver", params={"person": person})
    if giver == SUBJECT:
        return giver, ""
    if not text.body_of_representative:
        raise ValidationError(_("“%(title)s” is not given by representatives."), params={"title": text.title})
    name = representative_name or person.representative_name
    if not name:
        raise ValidationError(
            _("%(person)s: write the name of the legal representative."), code="no_name", params={"person": person}
        )
    return giver, name


def send_links(consents, *, now):
    """One letter with the links of the open requests of one person, to whoever answers. Returns the address, or "".

    Nothing is sent where there is no address, or where the links went less than ten minutes ago.
    """
    consents = [each for each in consents if not each.sent_at or now - each.sent_at > timedelta(minutes=10)]
    if not consents or not (address := address_of(consents[0])):
        return ""
    Consent.objects.filter(pk__in=[consent.pk for consent in consents]).update(sent_at=now)
    emails.consents_asked(consents, address, answer_by=timezone.localdate(now) + timedelta(days=LINK_DAYS))
    return address


def address_of(consent):
    """Where the link of a request goes."""
    return email_of(consent.person, consent.given_by)


def email_of(person, given_by):
    """The address of who answers, or "": contacts of a minor are those of the representative."""
    if given_by == REPRESENTATIVE:
        return person.representative_email
    return person.user.email if person.user_id else person.email


def link_ends_on(consent):
    """The last day on which the personal link answers, or None where it has none."""
    if consent.status in (ASKED, Consent.Status.REFUSED):
        return timezone.localdate(consent.sent_at or consent.created_at) + timedelta(days=LINK_DAYS)
    return consent.valid_until if consent.status == GIVEN else None


def ask_by_letter(standing, kinds, *, by, now):
    """Ask a person for those of the kinds that he lacks, by one letter.

    Returns (how many letters were written: 0 or 1, sentences that say why not). Who has refused or withdrawn is not
    asked again this way.
    """
    today = timezone.localdate(now)
    wanted = (*LACKING, State.EXPIRING)
    try:
        with transaction.atomic():
            consents = [
                ask_consent(standing.person, kind, by=by, today=today)
                for kind in kinds
                if standing.states[kind] in wanted
            ]
            if not consents or send_links(consents, now=now):
                return int(bool(consents)), []
    except ValidationError as error:
        return 0, error.messages
    if address_of(consents[0]):
        return 0, [_("%(person)s: the link was sent some minutes ago.") % {"person": standing.person}]
    sentence = _("%(person)s: no e-mail in the file; the request waits, hand over the link or the paper.")
    return 0, [sentence % {"person": standing.person}]


# --- answering --------------------------------------------------------------------------------------------------------
@transaction.atomic
def give_consent(
    person,
    kind,
    *,
    by,
    given_on,
    valid_until=None,
    given_by=None,
    representative_name="",
    way=Consent.Way.PAPER,
    text=None,
    scan=None,
):
    """Record that a consent was given: the open request is answered, or a consent without one is entered.

    `by` is None for who answers by the link. Without `valid_until` the text says how long; without `text` it is the one
    of that day. `scan` is a file that `scans.check_scan` has let pass. Returns the Consent. Raises ValidationError for a
    day in the future, a wrong giver, or a consent of that kind and day that is entered already.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    _check_day(given_on)
    own = person.consents.filter(kind=kind)
    consent = own.filter(status=ASKED).first()
    text = text or (consent.text if consent else text_on(person.organization, kind, given_on))
    giver, name = _giver(
        person, kind, text, year=given_on.year, given_by=given_by, representative_name=representative_name
    )
    if own.filter(status=GIVEN, given_on=given_on).exists():
        raise ValidationError(
            _("%(person)s: the consent of %(day)s is entered already."),
            code="entered_already",
            params={"person": person, "day": date_format(given_on, "SHORT_DATE_FORMAT")},
        )
    values = {
        "text": text,
        "given_by": giver,
        "representative_name": name,
        "way": way,
        "given_on": given_on,
        "valid_until": valid_until or last_day(given_on, text.valid_months),
        **_scan_values(scan),
    }
    if name and not person.representative_name:
        person.representative_name = name
        person.save(update_fields=["representative_name"])
    if consent:
        return move(consent, GIVEN, by=by, **values)
    consent = Consent(person=person, kind=kind, status=GIVEN, **values)
    consent.full_clean()
    consent.save()
    record(consent, by=by)
    return consent


def give_by_link(consent, *, by, today):
    """The answer “yes” by the personal link, also of who refused before. Returns the Consent."""
    values = {"given_on": today, "valid_until": last_day(today, consent.text.valid_months), "way": Consent.Way.LINK}
    return move(consent, GIVEN, by=by, **values)


def refuse_by_link(consent, *, by):
    """The answer “no” by the personal link; the link lets change it to “yes” while it works. Returns the Consent."""
    return move(consent, Consent.Status.REFUSED, by=by)


@transaction.atomic
def refuse_consent(person, kind, *, by, comment=""):
    """Record that the consent was refused: the open request is answered, or the refusal is entered without one.

    Returns the Consent. Raises ValidationError where one is in force: that one is withdrawn, not refused.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    consent = person.consents.filter(kind=kind, status=ASKED).first()
    if consent:
        return move(consent, Consent.Status.REFUSED, by=by, comment=comment)
    today = timezone.localdate()
    if person.consents.filter(kind=kind).in_force(today).exists():
        raise ValidationError(_("%(person)s: the consent is in force. Withdraw it."), params={"person": person})
    text = text_for(person.organization, kind)
    giver, name = _giver(person, kind, text, year=today.year)
    consent = Consent(
        person=person,
        kind=kind,
        text=text,
        status=Consent.Status.REFUSED,
        given_by=giver,
        representative_name=name,
    )
    consent.full_clean()
    consent.save()
    record(consent, by=by, comment=comment)
    return consent


@transaction.atomic
def withdraw_consent(consent, *, by, withdrawn_on, comment=""):
    """Record a withdrawal; from that day the person is out of what the consent was for.

    Other consents of the same kind that are given end with it. Makes a RemovalTask of all that the floors hold for the
    purpose, due thirty days after (152-ФЗ art. 21 part 5), and writes to the curators. `by` is None for who withdraws
    by the link. Returns the Consent. Raises ValidationError for a day in the future or before the consent was given.
    """
    _check_day(withdrawn_on)
    person = Person.objects.select_for_update().get(pk=consent.person_id)
    consent = move(consent, Consent.Status.WITHDRAWN, by=by, comment=comment, withdrawn_on=withdrawn_on)
    for other in person.consents.filter(kind=consent.kind, status=GIVEN):
        last = max(withdrawn_on, other.given_on)
        move(other, Consent.Status.WITHDRAWN, by=by, comment=comment, withdrawn_on=last)
    due_on = withdrawn_on + timedelta(days=DAYS_TO_DESTROY)
    tasks = [
        RemovalTask(consent=consent, what=removal.what[:300], url=removal.url, due_on=due_on)
        for removal in removals_for(person, consent.kind)
    ]
    for task in tasks:
        task.save()
    emails.consent_withdrawn(consent, tasks)
    return consent


@transaction.atomic
def keep_scan(consent, scan):
    """Add the scan of the signed paper to a consent that has none; `scan` has passed `scans.check_scan`."""
    consent = Consent.objects.select_for_update().get(pk=consent.pk)
    if consent.scan:
        raise ValidationError(_("The consent has its scan already: it stays as it was filed."))
    if consent.status not in (GIVEN, Consent.Status.WITHDRAWN):
        raise ValidationError(_("A scan is kept with a consent that was given."))
    values = _scan_values(scan)
    for name, value in values.items():
        setattr(consent, name, value)
    consent.save(update_fields=list(values))
    return consent


def _scan_values(scan):
    """Fields of a scan: a name that tells nothing, and the SHA-256 of the content."""
    if scan is None:
        return {}
    scan.seek(0)
    content = scan.read()
    suffix = PurePosixPath(scan.name.lower()).suffix
    file = ContentFile(content, name=f"{new_token()}{suffix}")
    return {"scan": file, "scan_sha256": hashlib.sha256(content).hexdigest()}


def _check_day(day):
    if day > timezone.localdate():
        raise ValidationError(_("The day %(day)s has not come yet."), params={"day": _in_words(day)})
    if day.year < EARLIEST_YEAR:
        raise ValidationError(
            _("%(day)s is before the law on personal data came into force: check the year."),
            params={"day": _in_words(day)},
        )


def _in_words(day):
    return date_format(day, "SHORT_DATE_FORMAT")


# --- tasks after a withdrawal -----------------------------------------------------------------------------------------
@transaction.atomic
def finish_task(task, *, by, done_on, note=""):
    """Mark what was taken down or destroyed, with the day and a remark. Returns the RemovalTask.

    Raises ValidationError for a task that is done already, a day in the future or before the withdrawal.
    """
    task = RemovalTask.objects.select_for_update(of=("self",)).select_related("consent").get(pk=task.pk)
    if task.done_on:
        raise ValidationError(_("This is done already: %(day)s."), params={"day": _in_words(task.done_on)})
    _check_day(done_on)
    if done_on < task.consent.withdrawn_on:
        raise ValidationError(_("The day is before the withdrawal."))
    task.done_on, task.done_by, task.note = done_on, by, note
    task.full_clean()
    task.save(update_fields=["done_on", "done_by", "note"])
    return task
