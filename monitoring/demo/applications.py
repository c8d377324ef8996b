"""Applications of the demo: the school's page of this year, and people who have applied by it, one in each state or more.

Only the school has the page: the other organizations show how it is before one is made.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from monitoring.demo.days import DemoDays
from monitoring.demo.happenings import happening
from monitoring.demo.people import Staff
from participants.application_decisions import accept_application, ask_for_more, decline_application, ready_refusal
from participants.applications import (
    confirm_consent,
    keep_about,
    keep_answers,
    start_application,
    submit_application,
    text_of_consent,
)
from participants.models import Application, ApplicationCall, Person, Question, Questionnaire
from participants.ready_application_questionnaires import PUPIL_MENTEE, PUPIL_MENTOR, TEACHER_MENTEE, TEACHER_MENTOR

WITH_PAGE = "demo-school"
STAYS_OPEN = timedelta(days=30)
DRAFT_AGO = 2
INTRODUCTION = (
    "В школе второй год работает программа наставничества. Опытные педагоги помогают коллегам, старшие ученики – "
    "младшим. Пара встречается раз в неделю или реже, как удобно обоим, до конца мая.\n\n"
    "Подать заявку может любой педагог и ученик 5–11 классов. Куратор прочитает её и ответит письмом."
)
MENTOR, MENTEE = Application.Role.MENTOR, Application.Role.MENTEE
TEACHER, PUPIL, OUTSIDE = Person.Kind.TEACHER, Person.Kind.PUPIL, Person.Kind.OUTSIDE


@dataclass(frozen=True)
class Applicant:
    """Who applied: `sent_ago` days ago, None for a draft. `words` are answers by the column they fill or the question."""

    name: tuple[str, str, str]
    role: str
    kind: str
    birth_year: int
    position: str
    sent_ago: int | None
    words: Mapping[str, str] = field(default_factory=dict)
    representative: str = ""
    workplace: str = ""


def apply_this_year(staff: Staff, days: DemoDays) -> None:
    """The page since the beginning of the year, and what has come by it until today."""
    if staff.place.slug != WITH_PAGE:
        return
    call = open_page(staff, days)
    rng = Random(f"applications {staff.place.slug}")
    for number, applicant in enumerate(strangers(days.year.start), 1):
        write_application(call, applicant, f"applicant{number}@{staff.place.domain}", staff=staff, days=days, rng=rng)
    colleague = applicant_of([*staff.colleagues, staff.mentors[3]][0], sent_ago=5)
    write_application(call, colleague, f"applicant.home@{staff.place.domain}", staff=staff, days=days, rng=rng)
    ask(staff, days, call, "Ковригина")
    decline(staff, days, call, "Ледянкин")
    mentor = staff.mentors[-1]
    joined = applicant_of(mentor, sent_ago=8, role=MENTOR)
    accept(staff, days, write_application(call, joined, mentor.email, staff=staff, days=days, rng=rng), mentor)


def open_page(staff: Staff, days: DemoDays) -> ApplicationCall:
    """The page with the ready questionnaires, open for some weeks more."""
    ready = {each.title: each for each in Questionnaire.objects.filter(organization=None)}
    call = ApplicationCall(
        organization=staff.organization,
        school_year=days.year.start,
        introduction=INTRODUCTION,
        mentor_questionnaire=ready[TEACHER_MENTOR],
        mentee_questionnaire=ready[TEACHER_MENTEE],
        pupil_mentor_questionnaire=ready[PUPIL_MENTOR],
        pupil_mentee_questionnaire=ready[PUPIL_MENTEE],
        opens_on=days.year.starts_on,
        closes_on=min(days.today + STAYS_OPEN, days.year.ends_on),
    )
    with happening(days.moment(days.year.starts_on, 9), by=staff.curator, now=days.now):
        call.full_clean()
        call.save()
    return call


def strangers(year: int) -> list[Applicant]:
    """People whom the files do not hold; the years of birth fit the school year."""
    return [
        Applicant(
            ("Лаптева", "Ирина", "Олеговна"),
            MENTOR,
            TEACHER,
            1979,
            "учитель русского языка и литературы",
            9,
            {
                "competences": "Смешанное обучение, подготовка к итоговому сочинению, работа с трудным классом.",
                "subject": "русский язык и литература, 5–9 классы",
                "achievements": "Победитель муниципального конкурса уроков, двое учеников прошли на областную олимпиаду.",
                "Почему": "Вижу, как молодым коллегам трудно первый год, и знаю, чем помочь.",
                "interests": "театр, походы",
            },
        ),
        Applicant(
            ("Ушаков", "Матвей", "Денисович"),
            MENTEE,
            PUPIL,
            year - 13,
            "7 «Б»",
            2,
            {
                "request": "Хочу научиться выступать перед классом и не волноваться.",
                "Чем ты увлекаешься": "собираю модели самолётов",
            },
            representative="Ушакова Светлана Геннадьевна",
        ),
        Applicant(
            ("Ковригина", "Дарья", "Максимовна"),
            MENTEE,
            TEACHER,
            2002,
            "учитель начальных классов",
            7,
            {"request": "Научиться.", "subject": "начальные классы"},
        ),
        Applicant(
            ("Ледянкин", "Аркадий", "Семёнович"),
            MENTOR,
            OUTSIDE,
            1958,
            "инженер на пенсии",
            10,
            {
                "competences": "Черчение, станки с числовым программным управлением.",
                "subject": "технология, старшие классы",
                "Почему": "Хочется передать опыт.",
            },
            workplace="Кедровский механический завод",
        ),
        Applicant(("Савельева", "Полина", "Романовна"), MENTOR, PUPIL, year - 16, "10 «А»", None),
    ]


def applicant_of(person: Person, *, sent_ago: int, role: str = MENTEE) -> Applicant:
    """Somebody of the files who applies, too, from another address."""
    words = {
        "request": "Подготовиться к аттестации на первую категорию.",
        "competences": "Проектная работа, интерактивная доска.",
        "subject": "5–8 классы",
        "Почему": "Был хороший наставник, хочется продолжить.",
    }
    name = (person.last_name, person.first_name, person.patronymic)
    return Applicant(name, role, person.kind, person.birth_year, person.position, sent_ago, words)


def write_application(
    call: ApplicationCall, applicant: Applicant, email: str, *, staff: Staff, days: DemoDays, rng: Random
) -> Application:
    """What the applicant wrote on the page, step by step, on the day on which it was sent."""
    day = days.ago(applicant.sent_ago or DRAFT_AGO, not_before=days.year.starts_on)
    moment = days.moment(day, 19, rng.randint(0, 59))
    with happening(moment, by=None, now=days.now):
        application = fill_in(call, applicant, email, day)
        if applicant.sent_ago is not None:
            application = confirm_consent(application, text_of_consent(application), now=moment)
            application = keep_answers(application, answers_of(applicant, application.questionnaire, rng), today=day)
            application = submit_application(application, now=moment)
    Application.objects.filter(pk=application.pk).update(created_at=moment, changed_at=moment)
    return application


def fill_in(call: ApplicationCall, applicant: Applicant, email: str, day: date) -> Application:
    is_pupil = applicant.kind == PUPIL
    application = start_application(call, role=applicant.role, is_pupil=is_pupil, email=email, today=day)
    last_name, first_name, patronymic = applicant.name
    values = {
        "last_name": last_name,
        "first_name": first_name,
        "patronymic": patronymic,
        "kind": applicant.kind,
        "birth_year": applicant.birth_year,
        "position": applicant.position,
        "workplace": applicant.workplace,
        "representative_name": applicant.representative,
    }
    return keep_about(application, values, today=day)


def answers_of(applicant: Applicant, questionnaire: Questionnaire, rng: Random) -> dict[str, object]:
    given = {str(question.pk): answer_to(question, applicant, rng) for question in questionnaire.questions.all()}
    return {key: value for key, value in given.items() if value}


def answer_to(question: Question, applicant: Applicant, rng: Random) -> object:
    if question.kind == Question.Kind.SCALE:
        return rng.randint(7, 10)
    if question.kind == Question.Kind.YES_NO:
        return rng.choice(["yes", "no"])
    if question.kind == Question.Kind.CHOICE:
        return rng.choice(question.option_list)
    if question.kind == Question.Kind.SEVERAL:
        chosen = set(rng.sample(question.option_list, k=2))
        return [option for option in question.option_list if option in chosen]
    found = [text for key, text in applicant.words.items() if key == question.fills or question.text.startswith(key)]
    return found[0] if found else ""


def ask(staff: Staff, days: DemoDays, call: ApplicationCall, last_name: str) -> None:
    moment = days.moment(days.ago(6, not_before=days.year.starts_on), 20)
    with happening(moment, by=staff.curator, now=days.now):
        ask_for_more(
            call.applications.get(last_name=last_name),
            by=staff.curator,
            now=moment,
            message="Напишите, пожалуйста, подробнее, с чем именно нужна помощь: уроки, родители, документы?",
        )


def decline(staff: Staff, days: DemoDays, call: ApplicationCall, last_name: str) -> None:
    application = call.applications.get(last_name=last_name)
    moment = days.moment(days.ago(7, not_before=days.year.starts_on), 20)
    with happening(moment, by=staff.curator, now=days.now):
        decline_application(application, by=staff.curator, now=moment, letter=ready_refusal(application))


def accept(staff: Staff, days: DemoDays, application: Application, person: Person) -> None:
    moment = days.moment(days.ago(7, not_before=days.year.starts_on), 20, 30)
    with happening(moment, by=staff.curator, now=days.now):
        accept_application(application, by=staff.curator, now=moment, person=person)
