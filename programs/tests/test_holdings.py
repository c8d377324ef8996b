"""Finding a name in what people wrote, whatever its case."""

import pytest

from participants.models import Person
from programs.holdings import name_pattern, stem_of


@pytest.mark.parametrize(
    ("word", "stem"),
    [("Иванова", "Иванов"), ("Мария", "Мари"), ("Кузьмич", "Кузьмич"), ("Толстой", "Толст"), ("Ли", "Ли")],
)
def test_stem_of_a_name_is_what_its_cases_share(word, stem):
    assert stem_of(word) == stem


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Урок Ивановой Марии Петровны прошёл хорошо", "Урок N прошёл хорошо"),
        ("с Ивановой М.П. в паре", "с N в паре"),
        ("М. П. Иванова, учитель", "N, учитель"),
        ("говорила Мария Петровна", "говорила N"),
        ("ИВАНОВОЙ", "N"),
        ("Ивановский район, Марина Петрова", "Ивановский район, Марина Петрова"),
        ("Мария ушла", "Мария ушла"),
    ],
)
def test_name_pattern_finds_the_name_in_any_case(text, expected):
    person = Person(last_name="Иванова", first_name="Мария", patronymic="Петровна")

    assert name_pattern(person).sub("N", text) == expected
