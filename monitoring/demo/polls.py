"""Surveys: the closed ones of last spring, which measure satisfaction, and the open one of this year."""

from datetime import date, timedelta
from random import Random

from monitoring.demo.days import DemoDays
from monitoring.demo.happenings import happening
from monitoring.demo.people import Staff
from monitoring.demo.texts import words_for
from monitoring.models import Invitation, Survey
from monitoring.reminders import send_reminders
from monitoring.surveys import close_survey, create_survey, open_survey, take_answers
from participants.models import Organization, Question, Questionnaire
from participants.ready_questionnaires import FINAL
from programs.models import Program

SPRING_FROM, SPRING_TO = (5, 12), (5, 28)
OPENED_AGO, REMINDED_AGO, REMIND_EVERY, STAYS_OPEN = 9, 5, 4, 12
OUTSPOKEN = 0.7  # the share of those who add words of their own
OWN_TITLE = "Первые недели работы пары"
OWN_QUESTIONS = [
    (Question.Kind.SCALE, "Насколько вам удобно время и место встреч?", True),
    (Question.Kind.SCALE, "Насколько легко говорить друг с другом о трудностях?", True),
    (Question.Kind.SCALE, "Насколько встречи полезны для вашей работы или учёбы?", True),
    (Question.Kind.CHOICE, "Как часто вы встречаетесь?", False),
    (Question.Kind.YES_NO, "Знаете ли вы, к кому обратиться, если встречи не складываются?", False),
    (Question.Kind.TEXT, "Что хочется изменить?", False),
]
OFTEN = "раз в неделю\nдва раза в месяц\nраз в месяц\nпо необходимости"


def ask_last_spring(staff: Staff, program: Program, days: DemoDays, rng: Random) -> None:
    """The final questionnaires of mentees and of mentors, anonymous; nearly everybody answered."""
    opens_on, closes_on = date(days.year.start, *SPRING_FROM), date(days.year.start, *SPRING_TO)
    audiences = [Survey.Audience.MENTEES, Survey.Audience.MENTORS]
    for audience, title in zip(audiences, FINAL, strict=True):
        survey = Survey(
            questionnaire=Questionnaire.objects.get(organization=None, title=title),
            title=title,
            audience=audience,
            is_anonymous=True,
            opens_on=opens_on,
            closes_on=closes_on,
        )
        survey = send(survey, program, staff=staff, days=days)
        answer(survey, opens_on + timedelta(days=3), silent=1, staff=staff, rng=rng)
        with happening(days.moment(closes_on, 18), by=staff.curator, now=days.now):
            close_survey(survey, by=staff.curator)


def ask_this_year(staff: Staff, program: Program, days: DemoDays, rng: Random) -> None:
    """The organization's own short questionnaire; in a kindergarten so few have answered that sums stay unseen."""
    opens_on = days.ago(OPENED_AGO, not_before=days.launch_of(days.year))
    survey = Survey(
        questionnaire=own_questionnaire(staff.organization),
        title=OWN_TITLE,
        audience=Survey.Audience.EVERYBODY,
        opens_on=opens_on,
        closes_on=days.today + timedelta(days=STAYS_OPEN),
        remind_every_days=REMIND_EVERY,
    )
    survey = send(survey, program, staff=staff, days=days)
    is_small = staff.place.kind == Organization.Kind.KINDERGARTEN
    answer(survey, min(opens_on + timedelta(days=1), days.today), silent=3 if is_small else 1, staff=staff, rng=rng)


def remind_this_year(days: DemoDays) -> None:
    """The reminder that the portal wrote to the silent of all organizations some days ago; the next one is due."""
    reminded_at = days.moment(days.today - timedelta(days=REMINDED_AGO), 9)
    if reminded_at > days.moment(days.launch_of(days.year)):
        with happening(reminded_at, by=None, now=days.now):
            send_reminders(reminded_at)


def own_questionnaire(organization: Organization) -> Questionnaire:
    questionnaire = Questionnaire(
        organization=organization,
        title=OWN_TITLE,
        introduction="Шесть коротких вопросов, две минуты. Ответы читает только куратор.",
    )
    questionnaire.full_clean()
    questionnaire.save()
    for position, (kind, text, measures) in enumerate(OWN_QUESTIONS, 1):
        question = Question(
            questionnaire=questionnaire,
            position=position,
            kind=kind,
            text=text,
            options=OFTEN if kind == Question.Kind.CHOICE else "",
            is_required=kind != Question.Kind.TEXT,
            measures_satisfaction=measures,
        )
        question.full_clean()
        question.save()
    return questionnaire


def send(survey: Survey, program: Program, *, staff: Staff, days: DemoDays) -> Survey:
    """Make the survey and send its links on the morning of its first day."""
    moment = days.moment(survey.opens_on, 8, 30)
    with happening(moment, by=staff.curator, now=days.now):
        survey = create_survey(survey, program=program, by=staff.curator)
        return open_survey(survey, by=staff.curator, now=moment)


def answer(survey: Survey, day: date, *, silent: int, staff: Staff, rng: Random) -> None:
    """Everybody answers but the first `silent` of each role; those who can sign in are the first."""
    respondents = Respondents(list(survey.questionnaire.questions.all()), rng)
    accounts = [user.pk for user in staff.accounts.values()]
    for role in Invitation.Role:
        invitations = list(survey.invitations.filter(role=role).select_related("person").order_by("pk"))
        invitations.sort(key=lambda invitation: invitation.person.user_id not in accounts)
        for invitation in invitations[silent:]:
            take_answers(invitation, respondents.answer(), today=day)


class Respondents:
    """People who answer one survey, more or less content; no two of them in the same words."""

    def __init__(self, questions: list[Question], rng: Random) -> None:
        self.questions, self.rng = questions, rng
        self.unsaid = {question.pk: rng.sample(words_for(question.text), k=5) for question in questions}

    def answer(self) -> dict[str, object]:
        """The answers of the next one, by the keys of the questions."""
        mood = self.rng.choice((5, 7, 8, 8, 9, 9, 9))
        given = {str(question.pk): self._answer(question, mood) for question in self.questions}
        return {key: value for key, value in given.items() if value}

    def _answer(self, question: Question, mood: int) -> object:
        if question.kind == Question.Kind.SCALE:
            return max(1, min(10, mood + self.rng.randint(-1, 1)))
        if question.kind == Question.Kind.YES_NO:
            return "yes" if self.rng.random() < mood / 10 else "no"
        if question.kind == Question.Kind.CHOICE:
            return self.rng.choice(question.option_list)
        unsaid = self.unsaid[question.pk]
        return unsaid.pop() if unsaid and self.rng.random() < OUTSPOKEN else ""
