"""Invented rows by which the page of a layout shows how a registry will look; nobody of the base stands there."""

from datetime import date

from participants.curators import CuratorLine
from participants.long_term import LongTermLine
from participants.models import MenteeEntry, MentorEntry, Organization, Person
from participants.registries import MENTEES, MENTORS, PairCells
from participants.registry_export import Line
from participants.registry_layouts import CURATORS, LONG_TERM

YEAR = 2025
PLACE = Organization(short_name="МОУ СШ № 7", full_name="Средняя школа № 7")
NAMES = [("Иванова", "Мария", "Петровна"), ("Орлов", "Пётр", "Ильич"), ("Соколова", "Алёна", "Игоревна")]
PARTNERS = ["Белова Анна Сергеевна", "Громов Илья Олегович, Зуева Дарья Павловна", "Крылова Юлия Юрьевна"]
ORDER = "№ 56-од от 03.10.2025"


def _people():
    return [
        Person(
            organization=PLACE,
            last_name=last,
            first_name=first,
            patronymic=patronymic,
            birth_year=1980 + number,
            position="учитель математики",
            phone=f"+7900000000{number}",
            email=f"teacher{number}@school.example",
            education="высшее, педагогическое",
            qualification="первая",
            subject="математика, 5–9 классы",
            works_since=2005 + number,
            works_here_since=2012 + number,
        )
        for number, (last, first, patronymic) in enumerate(NAMES, 1)
    ]


def sample_lines(kind):
    """Three lines of a registry of the kind."""
    people = _people()
    if kind == CURATORS:
        return [
            CuratorLine(
                PLACE.short_name, str(person), person.position, "+7 900 000-00-01", ORDER, date(YEAR, 9, 1), None
            )
            for person in people
        ]
    if kind == LONG_TERM:
        return [LongTermLine(person, [YEAR - 1, YEAR], [], 3, 2, date(YEAR - 1, 9, 1), None, "") for person in people]
    return [_line(kind, number, person) for number, person in enumerate(people)]


def _line(kind, number, person):
    dates = {"joined_on": date(YEAR, 9, 15), "completed_on": date(YEAR + 1, 5, 29)}
    words = {"results": "Программа пары выполнена", "case_url": "https://school.example/case"}
    if kind == MENTORS:
        entry = MentorEntry(
            competences="Методика урока, подготовка к олимпиадам",
            achievements="Победитель городского конкурса педагогов",
            interests="Шахматы, походы",
            preferred_age="до 35 лет",
            time_resource="2 часа в неделю",
            courses="2024 год, 72 часа",
        )
    else:
        entry = MenteeEntry(request="Освоить современный урок", difficulties="Работа с родителями", is_completed=True)
    entry.person, entry.school_year = person, YEAR
    for name, value in {**dates, **words}.items():
        setattr(entry, name, value)
    partner = PARTNERS[number].split(", ")[0] if kind == MENTEES else PARTNERS[number]
    return Line(entry, [PairCells(partner, "педагог – педагог", PLACE.short_name, key=1)], {1: ORDER})
