"""Which consents the people of a pair lack: a refusal or withdrawal keeps them out, a missing paper is pointed out."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from participants.consent_removals import Removal
from participants.consent_standing import Standing, standings
from participants.models import ConsentKind
from programs.models import Pair, PairMentee

MENTOR, MENTEE = "mentor", "mentee"
LABELS = dict(ConsentKind.choices)


@dataclass(frozen=True)
class Lack:
    """A person with the kinds of consents that the role needs and that are not in force."""

    standing: Standing
    role: str

    @property
    def person(self):
        return self.standing.person

    @property
    def kinds(self):
        return self.standing.lacks(self.standing.needed_as(self.role))

    @property
    def said_no(self):
        """Those of the kinds that were refused or withdrawn."""
        return self.standing.said_no(self.standing.needed_as(self.role))

    @property
    def heading(self):
        """«Нет согласия: обработка персональных данных», or nothing."""
        return _("No consent: %(kinds)s") % {"kinds": in_words(self.kinds)} if self.kinds else ""


def in_words(kinds):
    """The kinds in the words of the board, joined by commas."""
    return ", ".join(str(LABELS[kind]) for kind in kinds)


def lacks_of(mentors, mentees, *, school_year, day):
    """({mentor's key: Lack}, {mentee's key: Lack}) of everybody, by a constant number of queries."""
    people = {person.pk: person for person in [*mentors, *mentees]}
    found = standings(people.values(), school_year=school_year, day=day)
    return (
        {person.pk: Lack(found[person.pk], MENTOR) for person in mentors},
        {person.pk: Lack(found[person.pk], MENTEE) for person in mentees},
    )


def lacks_in_pair(pair, mentees, *, day):
    """The Lacks of the people of a pair whose papers are not all there; the mentor is the first."""
    mentors, others = lacks_of([pair.mentor], mentees, school_year=pair.program.school_year, day=day)
    return [lack for lack in [*mentors.values(), *others.values()] if lack.kinds]


def sentence_of(lack):
    """«Иванова Мария Петровна: нет согласия – …» for a warning or for the mark that a pair keeps."""
    return _("%(person)s has not given the consent: %(kinds)s.") % {
        "person": lack.person.full_name,
        "kinds": in_words(lack.kinds),
    }


def pairs_to_end(person):
    """What a withdrawal leaves to do here: pairs in force end, proposals are taken back."""
    mine = PairMentee.objects.filter(person=person).values("pair")
    pairs = Pair.objects.not_ended().for_register()
    for pair in pairs.filter(mentor=person) | pairs.filter(pk__in=mine):
        text = (
            _("End the pair by an order: %(pair)s")
            if pair.status == Pair.Status.ACTIVE
            else _("Take the proposed pair back: %(pair)s")
        )
        yield Removal(text % {"pair": pair}, pair.get_absolute_url())


def pairs_to_end_as_mentor(person):
    """Of the pairs above those that the person leads: an employee has withdrawn from the work of a mentor."""
    led = {pair.get_absolute_url() for pair in Pair.objects.not_ended().filter(mentor=person)}
    return [removal for removal in pairs_to_end(person) if removal.url in led]
