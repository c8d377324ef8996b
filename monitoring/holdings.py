"""What this floor holds about a person: surveys sent to him, and his answers where they are not anonymous."""

from django.utils.translation import gettext as _

from monitoring.models import Invitation
from participants import holdings, merging
from participants.holdings import Forgotten, FreeTexts, Section
from participants.models import Answers, Person
from participants.values_in_words import in_words


def register_holdings():
    """Called once, when the app starts."""
    holdings.register_teller(tell, order=50)
    holdings.register_texts(texts)
    holdings.register_forgetter(forget, order=50)
    merging.register_clash(Invitation, join_invitations)


def tell(person: Person) -> list[Section]:
    """Each survey with whether it was answered; answers to an anonymous one are not known to be anybody's."""
    invitations = person.survey_invitations.select_related("survey__questionnaire").order_by("-survey__opens_on", "pk")
    return [Section(_("Surveys"), [_of_invitation(each) for each in invitations])]


def _of_invitation(invitation):
    survey = invitation.survey
    record = {
        _("Survey"): survey.title,
        _("Asked as"): invitation.get_role_display(),
        _("Last letter"): in_words(invitation.last_sent_at),
        _("Answered"): _("yes") if invitation.is_answered else _("no"),
    }
    if survey.is_anonymous:
        record[_("Answers")] = _("The survey is anonymous: whose answers are whose is not kept.")
    elif response := getattr(invitation, "response", None):
        record |= {question.text: str(words) for question, words in response.answers.in_words()}
    return {label: words for label, words in record.items() if words}


def texts(person: Person):
    """What people of the organization have written of him in surveys, whoever they are."""
    answers = Answers.objects.filter(response__survey__program__organization=person.organization)
    answers = answers.select_related("response__survey")
    what = _("mentions in answers to surveys")
    yield FreeTexts(what, answers, ("values",), address=lambda each: each.response.survey.get_absolute_url())


def forget(person: Person, pseudonym: str) -> Forgotten:
    """Answers stay for the sums, joined to nobody; words of one's own, in which a person may be known, go."""
    invitations = list(person.survey_invitations.select_related("survey__questionnaire"))
    for invitation in invitations:
        if response := getattr(invitation, "response", None):
            kept = {
                str(question.pk)
                for question in invitation.survey.questionnaire.questions.all()
                if question.kind != question.Kind.TEXT
            }
            answers = response.answers
            answers.values = {key: value for key, value in answers.values.items() if key in kept}
            answers.save(update_fields=["values"])
            response.invitation = None
            response.save(update_fields=["invitation"])
    return Forgotten(removed=[(_("ties of answers to surveys"), len(invitations))])


def join_invitations(row: Invitation, kept: Person):
    """Both were asked by one survey: the answered invitation counts; answers of the other stay in the sums."""
    other = Invitation.objects.get(survey=row.survey_id, person=kept)
    first, second = (row, other) if row.is_answered and not other.is_answered else (other, row)
    if response := getattr(second, "response", None):
        response.invitation = None
        response.save(update_fields=["invitation"])
    second.delete()
    if first is row:
        first.person = kept
        first.save(update_fields=["person"])
