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
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from mentorship.transitions import move, record
from participants import emails
from participants.consent_rules import (
    LACKING,
    SAID_NO,
    SILENT,
    Age,
    State,
    after_working_days,
    age_in,
    concerns,
    last_day,
    needed_kinds,
    state_among,
    stopped,
)
from participants.consent_texts import blanks_by_link
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
from participants.models.consents import DAYS_TO_DESTROY

GIVEN, ASKED = Consent.Status.GIVEN, Consent.Status.ASKED
SUBJECT, REPRESENTATIVE = Consent.GivenBy.SUBJECT, Consent.GivenBy.REPRESENTATIVE
DAYS_TO_TAKE_DOWN = 3  # working days
LINK_DAYS = 30  # a link that was not used for so long asks for nothing any more
EARLIEST_YEAR = 2007  # the law on personal data is in force since


# --- what upper floors hold for a purpose -----------------------------------------------------------------------------
@dataclass(frozen=True)
class Removal:
    """Something that must go, or end, when a consent is withdrawn: a sentence, and the page where it is done."""

    what: str
    url: str = ""
    is_published: bool = False  # 152-ФЗ art. 10.1 part 14: taken down within three working days, not thirty days


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
    asked_again: set[str] = field(default_factory=set)  # kinds refused or withdrawn whose new request is open
    # Kinds in force that were confirmed by the link alone, and those signed on paper of which there is no scan.
    without_paper: set[str] = field(default_factory=set)
    without_scan: set[str] = field(default_factory=set)
    # Kinds whose open request went to somebody who may not answer it any more.
    overtaken: set[str] = field(default_factory=set)

    def wants_paper(self, kind):
        """Whether a paper is to be printed and signed: none is in force, it ends soon, or the link alone was used."""
        return self.states[kind] in (*LACKING, State.EXPIRING) or kind in self.without_paper

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
    by_key = {person.pk: person for person in people}
    for consent in Consent.objects.filter(person__in=keys).select_related("text").order_by("pk"):
        consent.person = by_key[consent.person_id]
        consents[consent.person_id, consent.kind].append(consent)
    found = {}
    for person in people:
        standing = Standing(person, is_mentor=person.pk in mentors, is_mentee=person.pk in mentees)
        for kind in ConsentKind.values:
            own = consents[person.pk, kind]
            state = state_among(own, day)
            if state == State.MISSING and not concerns(kind, standing.needed):
                state = State.NOT_NEEDED
            standing.states[kind] = state
            if own:
                standing.consents[kind] = decisive(own, day)
            if state in SAID_NO and any(each.status == ASKED for each in own):
                standing.asked_again.add(kind)
            in_force = [each for each in own if each.is_in_force(day)]
            if in_force and not any(each.has_paper for each in in_force):
                standing.without_paper.add(kind)
            elif in_force and not any(each.scan for each in in_force):
                standing.without_scan.add(kind)
            if any(each.status == ASKED and is_overtaken(each, year=day.year) for each in own):
                standing.overtaken.add(kind)
        standing.states = stopped(standing.states)
        found[person.pk] = standing
    return found


def decisive(consents, day):
    """The consent that the state of its kind rests on: in force the longest, else the refusal or the withdrawal that was
    the latest word, else the open request, else the latest.
    """
    in_force = [consent for consent in consents if consent.is_in_force(day)]
    if in_force:
        return max(
            in_force,
            key=lambda each: (not each.expires_soon(day), each.ends_on is None, each.ends_on or day, each.pk),
        )
    in_order = sorted(consents, key=lambda each: each.pk)
    answered = [consent for consent in in_order if consent.status not in SILENT]
    if answered and answered[-1].status in SAID_NO:
        return answered[-1]
    asked = [consent for consent in in_order if consent.status == ASKED]
    return (asked or in_order)[-1]


def state_of(person, kind, day):
    """The State of one kind for one person on a day, whether the kind is needed or not."""
    own = list(person.consents.filter(kind__in=[kind, ConsentKind.PROCESSING]))
    states = {
        each: state_among([consent for consent in own if consent.kind == each], day)
        for each in (kind, ConsentKind.PROCESSING)
    }
    return stopped(states)[kind]


def people_with_consent(kind, day):
    """A condition on people: their data may be used on the day by a consent of the kind."""
    return Q(pk__in=Consent.objects.to_use_on(day, kind).values("person"))


# --- texts ------------------------------------------------------------------------------------------------------------
def texts_of(organization):
    """The texts by which people of the organization may have signed: its own and the ready ones."""
    texts = ConsentText.objects.filter(Q(organization=organization) | Q(organization=None))
    return texts.order_by("kind", F("organization").asc(nulls_last=True), "-version")


def text_for(organization, kind):
    """The text that is printed and asked for now: the latest of the organization, else the ready one."""
    return texts_of(organization).filter(kind=kind).first()


def text_on(organization, kind, day):
    """The text that a paper of that day was printed by: the latest written by then, else the first ready one."""
    texts = texts_of(organization).filter(kind=kind)
    found = texts.filter(created_at__date__lte=day).first()
    return found or texts.filter(organization=None).order_by("version").first()


@transaction.atomic
def save_text(organization, kind, *, by, title, body, body_of_representative, valid_months):
    """Keep a text of the organization: a new version, or the latest one of its own while nobody has got it.

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
    text = own if own is not None and not is_used(own) else None
    if text is None:
        text = ConsentText(organization=organization, kind=kind, version=own.version + 1 if own else 1)
    for name, value in {**values, "created_by": by, "created_at": timezone.now()}.items():
        setattr(text, name, value)
    text.full_clean()
    text.save()
    return text


def is_used(text):
    """Whether the version was printed, shown by a link or signed: then it stays as it is."""
    return text.used_at is not None or text.consents.exists() or Application.objects.filter(consent_text=text).exists()


def mark_used(texts):
    """From now on the versions are in the hands of people: they are never edited any more."""
    keys = [text.pk for text in texts if text.used_at is None]
    if keys:
        ConsentText.objects.filter(pk__in=keys, used_at=None).update(used_at=timezone.now())


# --- what stays blank in a text that is read by the link -----------------------------------------------------------------
MUST_BE_WHOLE = (ConsentKind.PUBLICATION, ConsentKind.EXTRA_DUTIES)


def known_of(person, given_by):
    """What the portal knows for the placeholders that a text confirmed by the link must not leave blank."""
    organization = person.organization
    office = organization.parent
    contacts = [person.phone, email_of(person, given_by)]
    if given_by == REPRESENTATIVE:
        contacts = [person.representative_phone, person.representative_email]
    return {
        "адрес организации": organization.address,
        "получатель": office.full_name if office else "",
        "адрес получателя": office.address if office else "",
        "сайт": organization.site_url,
        "контакты": ", ".join(filter(None, contacts)),
    }


def blanks_in(text, person, given_by):
    """Words for what keeps a text from being confirmed by the link; empty where nothing does.

    A publication without its places, and work whose content, term and pay are not said, cannot be agreed to by a tick;
    of the other kinds the blanks are left out on the screen.
    """
    if text.kind not in MUST_BE_WHOLE:
        return ""
    body = text.body_of_representative if given_by == REPRESENTATIVE else text.body
    unknown, by_hand = blanks_by_link(body, known_of(person, given_by))
    said = []
    if unknown:
        said.append(_("not entered: %(what)s") % {"what": ", ".join(unknown)})
    if by_hand:
        said.append(_("to be filled by hand: %(what)s") % {"what": "; ".join(f"«{head}»" for head in by_hand)})
    return "; ".join(said)


def check_is_whole(consent):
    """Raise ValidationError with what has to be filled in, where only a paper can be signed (`blanks_in`)."""
    if blanks := blanks_in(consent.text, consent.person, consent.given_by):
        raise ValidationError(
            _(
                "“%(title)s” cannot be confirmed by the link, its text has blanks (%(blanks)s). Enter what is missing in "
                "the requisites of the organization, or print the paper."
            ),
            code="blank",
            params={"title": consent.text.title, "blanks": blanks},
        )


# --- asking -----------------------------------------------------------------------------------------------------------
def giver_of(person, kind, *, year):
    """Who gives the consent in a calendar year: "subject", "representative", or None where the birthday decides."""
    age = age_in(year, person.birth_year, person_kind=person.kind)
    if kind == ConsentKind.EXTRA_DUTIES:
        return SUBJECT  # an employee signs for himself
    return {Age.MINOR: REPRESENTATIVE, Age.ADULT: SUBJECT}.get(age)


def is_overtaken(consent, *, year):
    """Whether a request went to somebody who may not answer it in the year: a birth year was corrected meanwhile, or
    the person has come of age.
    """
    expected = giver_of(consent.person, consent.kind, year=year)
    is_open = consent.status in (ASKED, Consent.Status.REFUSED)
    return is_open and expected is not None and consent.given_by != expected


@transaction.atomic
def ask_consent(person, kind, *, by, today, given_by=None):
    """Open a request for a consent, answered by its personal link or on paper. Returns the Consent.

    A request that is open already is returned as it is; one that went to the wrong person is cancelled. `given_by` says
    who answers; without it the birth year does.
    Raises ValidationError where a consent is in force for longer than a month, or nobody can answer.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    person.check_is_open()
    own = list(person.consents.filter(kind=kind))
    for consent in own:
        if consent.status == ASKED and not is_overtaken(consent, year=today.year):
            return consent
        if consent.status == ASKED:
            move(consent, Consent.Status.CANCELLED, by=by, comment=_("It went to somebody who may not answer it."))
    if state_among(own, today) == State.VALID:
        raise ValidationError(_("%(person)s: this consent is in force already."), params={"person": person})
    text = text_for(person.organization, kind)
    giver, name = _giver(person, kind, text, year=today.year, given_by=given_by)
    consent = Consent(
        person=person, kind=kind, text=text, given_by=giver, representative_name=name, way=Consent.Way.LINK
    )
    check_is_whole(consent)
    consent.full_clean()
    consent.save()
    mark_used([text])
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
    """Ask a person for those of the kinds that he lacks, by one letter; what only a paper can have is left out of it.

    Returns (how many letters were written: 0 or 1, sentences that say why not). Who has refused or withdrawn is not
    asked again this way.
    """
    today = timezone.localdate(now)
    wanted = (*LACKING, State.EXPIRING)
    consents, reasons = [], []
    with transaction.atomic():
        for kind in kinds:
            if standing.states[kind] in wanted:
                try:
                    consents.append(ask_consent(standing.person, kind, by=by, today=today))
                except ValidationError as error:
                    reasons += error.messages
        if not consents or send_links(consents, now=now):
            return int(bool(consents)), list(dict.fromkeys(reasons))
    sentence = _("%(person)s: no e-mail in the file; the request waits, hand over the link or the paper.")
    if address_of(consents[0]):
        sentence = _("%(person)s: the link was sent some minutes ago.")
    return 0, [*dict.fromkeys(reasons), sentence % {"person": standing.person}]


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

    The paper of a consent that is in force by the link alone is kept with that one. `by` is None for who answers by the
    link. Without `valid_until` the text says how long, longer is refused; without `text` it is the one of that day.
    `scan` is a file that `scans.check_scan` has let pass. Returns the Consent. Raises ValidationError for a day in the
    future, a wrong giver, or a consent of that kind and day that is entered already.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    person.check_is_open()
    _check_day(given_on)
    own = person.consents.filter(kind=kind)
    consent = own.filter(status=ASKED).first()
    text = text or (consent.text if consent else text_on(person.organization, kind, given_on))
    _check_text(text, given_on)
    giver, name = _giver(
        person, kind, text, year=given_on.year, given_by=given_by, representative_name=representative_name
    )
    unsigned = _unsigned(own, text) if way == Consent.Way.PAPER and not valid_until else None
    if unsigned is not None:
        return keep_paper(unsigned, by=by, signed_on=given_on, scan=scan)
    if own.filter(status=GIVEN, given_on=given_on).exists():
        raise ValidationError(
            _("%(person)s: the consent of %(day)s is entered already."),
            code="entered_already",
            params={"person": person, "day": date_format(given_on, "SHORT_DATE_FORMAT")},
        )
    last = last_day(given_on, text.valid_months)
    if valid_until and last and valid_until > last:
        raise ValidationError(
            _("By this text the consent holds for %(months)s months, till %(day)s at most."),
            code="too_long",
            params={"months": text.valid_months, "day": _in_words(last)},
        )
    values = {
        "text": text,
        "given_by": giver,
        "representative_name": name,
        "way": way,
        "given_on": given_on,
        "valid_until": valid_until or last,
        **_scan_values(scan),
    }
    if name and not person.representative_name:
        person.representative_name = name
        person.save(update_fields=["representative_name"])
    mark_used([text])
    if consent:
        return move(consent, GIVEN, by=by, **values)
    consent = Consent(person=person, kind=kind, status=GIVEN, **values)
    consent.full_clean()
    consent.save()
    record(consent, by=by)
    return consent


def _unsigned(own, text):
    """The consent in force of the text that was confirmed by the link alone: the paper that came back is its paper."""
    for consent in own.filter(status=GIVEN, way=Consent.Way.LINK, text=text):
        if not consent.has_paper and consent.is_in_force(timezone.localdate()):
            return consent
    return None


@transaction.atomic
def give_by_link(consent, *, by, today):
    """The answer “yes” by the personal link, also of who refused before. Returns the Consent.

    Raises ValidationError where another one has to answer by now (`is_overtaken`).
    """
    person = Person.objects.select_for_update().get(pk=consent.person_id)
    consent = person.consents.select_related("text").get(pk=consent.pk)
    if is_overtaken(consent, year=today.year):
        raise ValidationError(
            _("By the birth year in the file this consent is not yours to give. Ask the curator for a new link."),
            code="overtaken",
        )
    check_is_whole(consent)
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
    person.check_is_open()
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
    purpose, due thirty days after (152-ФЗ art. 21 part 5), what is published three working days; what an earlier
    withdrawal has left to do already is left once. Writes to the curators. `by` is None for who withdraws
    by the link. Returns the Consent. Raises ValidationError for a day in the future or before the consent was given.
    """
    _check_day(withdrawn_on)
    person = Person.objects.select_for_update().get(pk=consent.person_id)
    consent = move(consent, Consent.Status.WITHDRAWN, by=by, comment=comment, withdrawn_on=withdrawn_on)
    for other in person.consents.filter(kind=consent.kind, status=GIVEN):
        last = max(withdrawn_on, other.given_on)
        move(other, Consent.Status.WITHDRAWN, by=by, comment=comment, withdrawn_on=last)
    known = _open_removals(person)
    tasks = [
        RemovalTask(consent=consent, what=removal.what[:300], url=removal.url, due_on=_due_on(removal, withdrawn_on))
        for removal in removals_for(person, consent.kind)
        if (removal.what[:300], removal.url) not in known
    ]
    for task in tasks:
        task.save()
    emails.consent_withdrawn(consent, tasks)
    return consent


def _due_on(removal, withdrawn_on):
    if removal.is_published:
        return after_working_days(withdrawn_on, DAYS_TO_TAKE_DOWN)
    return withdrawn_on + timedelta(days=DAYS_TO_DESTROY)


def _open_removals(person):
    """{(what, where)} of the tasks that an earlier withdrawal of the person has left and that wait yet."""
    return set(RemovalTask.objects.open().filter(consent__person=person).values_list("what", "url"))


@transaction.atomic
def keep_paper(consent, *, by, signed_on, scan=None):
    """Record that the paper of a consent confirmed by the link was signed, with its scan or without. Returns the Consent.

    The answer by the link stays the beginning of the term. Raises ValidationError for a day in the future, and where
    the paper is there already.
    """
    consent = Consent.objects.select_for_update().get(pk=consent.pk)
    _check_day(signed_on)
    if consent.status != GIVEN or consent.has_paper:
        raise ValidationError(_("The signed paper of this consent is there already, or it is not in force."))
    _write(consent, paper_on=signed_on, **_scan_values(scan))
    record(consent, previous=consent.status, by=by, comment=_("The signed paper came back."))
    return consent


@transaction.atomic
def keep_scan(consent, scan, *, by, why=""):
    """File the scan of the signed paper; `scan` has passed `scans.check_scan`. Returns the Consent.

    A scan in place of another one wants a reason (`why`): the history keeps it with the SHA-256 of the former file,
    which is deleted. Raises ValidationError without the reason, and for a consent that was never given.
    """
    consent = Consent.objects.select_for_update().get(pk=consent.pk)
    if consent.status not in (GIVEN, Consent.Status.WITHDRAWN):
        raise ValidationError(_("A scan is kept with a consent that was given."))
    said = _("The scan is filed.")
    if consent.scan:
        if not why:
            raise ValidationError(
                _("The consent has its scan already. Say why another one takes its place."), code="why"
            )
        said = _("The scan is replaced: %(why)s. SHA-256 of the former file: %(sha)s")
        said = said % {"why": why.rstrip("."), "sha": consent.scan_sha256}
        _delete_on_commit(consent.scan)
    _write(consent, **_scan_values(scan))
    record(consent, previous=consent.status, by=by, comment=said)
    return consent


@transaction.atomic
def undo_entry(consent, *, by):
    """Take back what was entered by mistake: a consent from paper, or the paper of one that was confirmed by the link.

    A request that it answered is open again, else the consent is cancelled; its scan goes, the history stays. Returns
    the Consent. Raises ValidationError for what was withdrawn meanwhile.
    """
    person = Person.objects.select_for_update().get(pk=consent.person_id)
    consent = person.consents.select_for_update(of=("self",)).get(pk=consent.pk)
    scan, said = consent.scan, _("Entered by mistake.")
    values = {"scan": "", "scan_sha256": ""}
    if consent.way == Consent.Way.LINK and consent.status == GIVEN:
        _write(consent, paper_on=None, **values)
        record(consent, previous=consent.status, by=by, comment=said)
    elif consent.events.filter(status=GIVEN, previous=ASKED).exists():
        values |= {"given_on": None, "valid_until": None, "way": Consent.Way.LINK}
        consent = move(consent, ASKED, by=by, comment=said, **values)
    else:
        consent = move(consent, Consent.Status.CANCELLED, by=by, comment=said, **values)
    if scan:
        _delete_on_commit(scan)
    return consent


def _write(consent, **values):
    for name, value in values.items():
        setattr(consent, name, value)
    consent.full_clean()
    consent.save(update_fields=list(values))


def _delete_on_commit(scan):
    """A file goes once the row no longer names it for good."""
    storage, name = scan.storage, scan.name
    transaction.on_commit(lambda: storage.delete(name))


def _scan_values(scan):
    """Fields of a scan: a name that tells nothing, and the SHA-256 of the content."""
    if scan is None:
        return {}
    scan.seek(0)
    content = scan.read()
    suffix = PurePosixPath(scan.name.lower()).suffix
    file = ContentFile(content, name=f"{new_token()}{suffix}")
    return {"scan": file, "scan_sha256": hashlib.sha256(content).hexdigest()}


def _check_text(text, given_on):
    """Nobody has signed a version before it was written, unless it is the first: papers were there before the portal."""
    written_on = timezone.localdate(text.created_at)
    earlier = ConsentText.objects.filter(organization=text.organization_id, kind=text.kind, version__lt=text.version)
    if given_on < written_on and earlier.exists():
        raise ValidationError(
            _("%(text)s was written on %(written)s, after the paper of %(day)s: choose the version that was signed."),
            code="later_text",
            params={"text": capfirst(text.label), "written": _in_words(written_on), "day": _in_words(given_on)},
        )


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
