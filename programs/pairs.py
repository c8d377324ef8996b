"""Pairs and groups: proposed by the curator, put in force and ended by an approved order.

What only documents know (a pair stands in an order that waits for the head) is asked through `register_hold`.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mentorship.transitions import move, record
from participants.models import MenteeEntry, MentorEntry
from programs.consents import in_words, lacks_in_pair, sentence_of
from programs.models import MentoringForm, Pair, PairMentee, Program
from programs.models.pairs import with_members

MENTEES_OF_ONE_MENTOR = 3  # more is possible and gets a warning
_holds = []


class PairExistsError(ValidationError):
    """The mentor and a mentee stand in one pair already: `pair`; `is_same` when it is exactly what was asked for."""

    def __init__(self, pair, *, is_same):
        self.pair, self.is_same = pair, is_same
        super().__init__(
            _("This mentor and mentee stand in a pair already: %(pair)s (%(state)s)."),
            code="pair_exists",
            params={"pair": pair, "state": pair.get_status_display()},
        )


# --- what an upper floor says -----------------------------------------------------------------------------------------
def register_hold(find):
    """`find(pair)` returns a sentence that says why the proposed pair must stay as it is, or nothing."""
    if find not in _holds:
        _holds.append(find)


def holds_on(pair):
    """Sentences that say why a proposed pair may be neither changed nor deleted; none when it may."""
    return [sentence for sentence in (find(pair) for find in _holds) if sentence]


# --- proposals --------------------------------------------------------------------------------------------------------
@transaction.atomic
def create_pair(program, *, mentor, mentees, form, by, topic="", planned_from=None, planned_to=None, today=None):
    """A proposed pair, or a group where there are several mentees; dates are those of the programme unless given.

    People are Person rows of the registries. Consents that are missing `today` do not hinder, the first step in the
    history names them.
    Raises ValidationError by fields, also for who has refused or withdrawn a consent, and PairExistsError where the
    mentor already has one of the mentees.
    """
    program = Program.objects.select_for_update(of=("self",)).select_related("organization").get(pk=program.pk)
    mentees = list(mentees)
    pair = Pair(
        program=program,
        mentor=mentor,
        form=form,
        topic=topic,
        planned_from=planned_from or program.starts_on,
        planned_to=planned_to or program.ends_on,
    )
    check_pair(pair, mentees)
    pair.full_clean()
    pair.save()
    _add_mentees(pair, mentees)
    lacks = lacks_in_pair(pair, mentees, day=today or timezone.localdate())
    record(pair, by=by, comment="\n".join(map(sentence_of, lacks)))
    return pair


@transaction.atomic
def change_pair(pair, *, mentees, **values):
    """Change a proposed pair that no order holds; `values` are fields of the pair. Returns the saved pair."""
    pair = _locked_proposal(pair)
    mentees = list(mentees)
    for name, value in values.items():
        setattr(pair, name, value)
    check_pair(pair, mentees)
    pair.full_clean()
    pair.save(update_fields=list(values))
    for member in pair.members.exclude(person__in=mentees):
        member.delete()
    known = set(pair.members.values_list("person", flat=True))
    _add_mentees(pair, (person for person in mentees if person.pk not in known))
    return pair


def _add_mentees(pair, people):
    """One by one: each place in a pair is in the history of its person."""
    for person in people:
        PairMentee.objects.create(pair=pair, person=person)


@transaction.atomic
def delete_proposed_pair(pair):
    """Delete a proposed pair that no order holds."""
    _locked_proposal(pair).delete()


def check_can_change(pair):
    """Raise ValidationError unless the pair is proposed and no order holds it."""
    if pair.status != Pair.Status.PROPOSED:
        raise ValidationError(
            _("The pair is in the state “%(state)s”: it changes only by an order."),
            code="wrong_state",
            params={"state": pair.get_status_display()},
        )
    if sentences := holds_on(pair):
        raise ValidationError(sentences, code="held")


def _locked_proposal(pair):
    Program.objects.select_for_update().get(pk=pair.program_id)
    pair = Pair.objects.select_for_update(of=("self",)).select_related("program__organization").get(pk=pair.pk)
    check_can_change(pair)
    return pair


# --- rules of who stands with whom ------------------------------------------------------------------------------------
def check_pair(pair, mentees):
    """Raise ValidationError unless the pair may stand in its programme with these mentees (list of Person)."""
    errors = {}
    if not mentees:
        errors["mentees"] = _("Choose at least one mentee.")
    if pair.mentor in mentees:
        errors["mentees"] = _("%(name)s cannot be both the mentor and the mentee of a pair.") % {"name": pair.mentor}
    scope = {"organization": pair.program.organization, "school_year": pair.program.school_year}
    if strangers := _not_registered(MentorEntry, [pair.mentor], **scope):
        errors["mentor"] = _("Not in the registry of mentors of this year: %(names)s.") % {"names": strangers}
    if strangers := _not_registered(MenteeEntry, mentees, **scope):
        errors["mentees"] = _("Not in the registry of mentees of this year: %(names)s.") % {"names": strangers}
    if not MentoringForm.objects.offered_in(pair.program.organization).filter(pk=pair.form_id).exists():
        errors["form"] = _("This form of mentoring belongs to another organization.")
    for name, people in (("mentor", [pair.mentor]), ("mentees", mentees)):
        if closed := [person.full_name for person in people if person.depersonalized_on]:
            text = _("%(names)s: the data were depersonalized, the file is closed.")
            errors[name] = text % {"names": ", ".join(closed)}
    if errors:
        raise ValidationError(errors)
    _check_nobody_said_no(pair, mentees)
    _check_not_together(pair, mentees)


def _not_registered(entries, people, *, organization, school_year):
    """Names of those who have no row in the registry of the organization and year, joined by commas."""
    known = entries.objects.of_year(organization, school_year).filter(person__in=people)
    known_ids = set(known.values_list("person", flat=True))
    return ", ".join(person.full_name for person in people if person.pk not in known_ids)


def _check_nobody_said_no(pair, mentees):
    errors = {}
    for lack in lacks_in_pair(pair, mentees, day=timezone.localdate()):
        if lack.said_no:
            text = _("%(person)s has refused or withdrawn the consent: %(kinds)s.")
            sentence = text % {"person": lack.person.full_name, "kinds": in_words(lack.said_no)}
            errors.setdefault("mentor" if lack.person == pair.mentor else "mentees", []).append(sentence)
    if errors:
        raise ValidationError(errors)


def _check_not_together(pair, mentees):
    together = (
        Pair.objects.not_ended()
        .filter(program=pair.program, mentor=pair.mentor)
        .filter(pk__in=PairMentee.objects.filter(person__in=mentees).values("pair"))
        .exclude(pk=pair.pk)
        .select_related("mentor")
        .prefetch_related(with_members())
        .first()
    )
    if together:
        fields = ["form_id", "topic", "planned_from", "planned_to", "status"]
        is_same = {person.pk for person in together.mentees} == {person.pk for person in mentees} and all(
            getattr(together, name) == getattr(pair, name) for name in fields
        )
        raise PairExistsError(together, is_same=is_same)


def warnings_about(pair):
    """What is unusual about the pair and yet allowed, as sentences for the curator: real life runs ahead of rules."""
    pairs = Pair.objects.not_ended().filter(program=pair.program).select_related("mentor")
    members = (
        PairMentee.objects.filter(pair__in=pairs.exclude(mentor=pair.mentor), person__in=pair.mentees)
        .select_related("person", "pair__mentor")
        .order_by("person__sort_name", "pk")
    )
    sentences = [
        _("%(mentee)s also has another mentor: %(mentor)s.")
        % {"mentee": member.person.full_name, "mentor": member.pair.mentor.full_name}
        for member in members
    ]
    count = PairMentee.objects.filter(pair__in=pairs.filter(mentor=pair.mentor)).values("person").distinct().count()
    if count > MENTEES_OF_ONE_MENTOR:
        sentences.append(
            ngettext(
                "%(mentor)s has %(count)s mentee in all: is there time enough for each?",
                "%(mentor)s has %(count)s mentees in all: is there time enough for each?",
                count,
            )
            % {"mentor": pair.mentor.full_name, "count": count}
        )
    return sentences + [sentence_of(lack) for lack in lacks_in_pair(pair, pair.mentees, day=timezone.localdate())]


# --- steps that only an approved order makes --------------------------------------------------------------------------
@transaction.atomic
def activate_pairs(pairs, *, on, by):
    """Put proposed pairs in force from the day of the approved order; all of them or none. Returns the saved pairs."""
    return [move(pair, Pair.Status.ACTIVE, by=by, started_on=on) for pair in pairs]


def end_pair(pair, *, on, by, comment=""):
    """End a pair in force by an approved order: `on` is its last day. Returns the saved pair."""
    if pair.started_on and on < pair.started_on:
        raise ValidationError(
            _("The pair is in force from %(start)s: it cannot end before."),
            params={"start": date_format(pair.started_on, "SHORT_DATE_FORMAT")},
        )
    return move(pair, Pair.Status.ENDED, by=by, comment=comment, ended_on=on)
