"""Who has which consent, by a constant number of queries; who needs which kind is said in consent_rules.py."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Q

from participants.consent_givers import is_overtaken
from participants.consent_rules import LACKING, SAID_NO, SILENT, State, concerns, needed_kinds, state_among, stopped
from participants.models import Consent, ConsentKind, MenteeEntry, MentorEntry, Person


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
            if state in SAID_NO and any(each.status == Consent.Status.ASKED for each in own):
                standing.asked_again.add(kind)
            in_force = [each for each in own if each.is_in_force(day)]
            if in_force and not any(each.has_paper for each in in_force):
                standing.without_paper.add(kind)
            elif in_force and not any(each.scan for each in in_force):
                standing.without_scan.add(kind)
            if any(each.status == Consent.Status.ASKED and is_overtaken(each, year=day.year) for each in own):
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
    asked = [consent for consent in in_order if consent.status == Consent.Status.ASKED]
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
