"""Surveys: made, sent to the people of a programme, answered by personal links, closed."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mentorship.outbox import write_letter
from mentorship.transitions import move, record
from monitoring.models import Invitation, Response, Survey
from participants.models import Answers, Person
from programs.models import Pair, PairMentee, Program


@transaction.atomic
def create_survey(survey, *, program, by):
    """Save a new draft for the programme. Raises ValidationError, also when a survey with its title is there already."""
    Program.objects.select_for_update().get(pk=program.pk)  # a form sent twice waits here
    survey.program, survey.status = program, Survey.Status.DRAFT
    survey.full_clean()
    survey.save()
    record(survey, by=by)
    return survey


@transaction.atomic
def change_survey(survey, *, fields):
    """Save the named fields of an edited survey. Raises ValidationError, also when it was sent or closed meanwhile."""
    if Survey.objects.select_for_update().get(pk=survey.pk).status != survey.status:
        raise ValidationError(_("The survey was sent or closed meanwhile: open the page anew."))
    survey.full_clean()
    survey.save(update_fields=fields)


def audience_of(survey):
    """{key of the person: role} of those whom the survey asks: the people of the programme's pairs that are in force.

    Who is mentor and mentee at once is asked once, as mentee.
    """
    pairs = Pair.objects.filter(program=survey.program_id, status=Pair.Status.ACTIVE)
    asked = {}
    if survey.audience != Survey.Audience.MENTEES:
        asked |= dict.fromkeys(pairs.values_list("mentor", flat=True), Invitation.Role.MENTOR)
    if survey.audience != Survey.Audience.MENTORS:
        mentees = PairMentee.objects.filter(pair__in=pairs).values_list("person", flat=True)
        asked |= dict.fromkeys(mentees, Invitation.Role.MENTEE)
    return asked


def newcomers_of(survey):
    """{key of the person: role} of those of the audience who have no personal link yet."""
    invited = set(survey.invitations.values_list("person", flat=True))
    return {person: role for person, role in audience_of(survey).items() if person not in invited}


def people_asked(survey):
    """The audience as Person objects, in the order of their names."""
    return Person.objects.filter(pk__in=audience_of(survey)).in_order()


@transaction.atomic
def open_survey(survey, *, by, now):
    """Open the survey and give each person of the audience a personal link.

    Letters leave at once, or on the first day of the survey where that lies ahead. Raises ValidationError.
    """
    if survey.closes_on < timezone.localdate(now):
        raise ValidationError(_("The last day of the survey is in the past: set a later one."))
    if not survey.questionnaire.questions.exists():
        raise ValidationError(_("The questionnaire has no questions."))
    if not audience_of(survey):
        raise ValidationError(_("There is nobody to ask: the programme has no pairs in force."))
    survey = move(survey, Survey.Status.OPEN, by=by)
    _give_links(survey)
    send_invitations(now, survey=survey)
    return survey


@transaction.atomic
def invite_newcomers(survey, *, now):
    """Give personal links to those who joined since the survey was sent. Returns how many."""
    survey = Survey.objects.select_for_update().get(pk=survey.pk)
    if survey.status != Survey.Status.OPEN or survey.is_over(timezone.localdate(now)):
        raise ValidationError(_("The survey does not take answers any more."))
    given = _give_links(survey)
    send_invitations(now, survey=survey)
    return given


def _give_links(survey):
    newcomers = newcomers_of(survey)
    Invitation.objects.bulk_create(
        [Invitation(survey=survey, person_id=person, role=role) for person, role in newcomers.items()]
    )
    return len(newcomers)


def close_survey(survey, *, by):
    """End the survey: its links take no more answers, nobody is reminded."""
    return move(survey, Survey.Status.CLOSED, by=by)


def send_invitations(now, *, survey=None):
    """Write the first letter to everybody who has not got it, of one survey or of all. Returns how many were written."""
    waiting = Invitation.objects.to_invite(now)
    if survey is not None:
        waiting = waiting.filter(survey=survey)
    return sum(send_invitation(key, now) for key in waiting.values_list("pk", flat=True))


@transaction.atomic
def send_invitation(invitation_id, now):
    """Write the first letter, unless somebody did; whoever wins the update writes. Returns whether it was this call."""
    claim = Invitation.objects.filter(pk=invitation_id, last_sent_at=None, is_answered=False)
    if not claim.update(last_sent_at=now):
        return False
    write_survey_letter("survey-invitation", invitation_id, key=f"survey-invitation:{invitation_id}")
    return True


def write_survey_letter(name, invitation_id, *, key):
    """A letter with the personal link; `name` is that of its templates. A minor's may go to the representative."""
    invitations = Invitation.objects.select_related("survey__program__organization", "person__user")
    invitation = invitations.get(pk=invitation_id)
    survey, person = invitation.survey, invitation.person
    address, is_representative = person.contact_address()
    context = {"invitation": invitation, "survey": survey, "person": person, "is_representative": is_representative}
    return write_letter(name, address, context, organization=survey.program.organization, key=key)


@transaction.atomic
def take_answers(invitation, values, *, today):
    """Store what was answered by a personal link, once, however often it is sent. Returns whether it was this call.

    Of an anonymous survey the answers are kept without the link, so that they can be joined to nobody; that the link
    was used is kept without a moment. Raises ValidationError where the survey takes no answers.
    """
    survey = Survey.objects.get(pk=invitation.survey_id)
    if not survey.takes_answers(today):
        raise ValidationError(_("The survey does not take answers any more."))
    if not Invitation.objects.filter(pk=invitation.pk, is_answered=False).update(is_answered=True):
        return False
    answers = Answers.objects.create(questionnaire_id=survey.questionnaire_id, values=values)
    Response.objects.create(
        answers=answers,
        survey=survey,
        role=invitation.role,
        invitation=None if survey.is_anonymous else invitation,
    )
    return True
