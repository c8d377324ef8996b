import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participants.names import (
    fold_name,
    guess_gender_by_patronymic,
    restore_cyrillic,
    split_full_name,
    tidy_name_case,
    tidy_patronymic_case,
)

names = st.text(alphabet=st.sampled_from("АБВаёЁияйьAaBoO .-–—'’МПоглыкзвн\t\n\xa0\xad()1"), max_size=40) | st.text(
    max_size=40
)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Иванова Мария Петровна", ("Иванова", "Мария", "Петровна")),
        ("  Иванова \xa0Мария\nПетровна ", ("Иванова", "Мария", "Петровна")),
        ("Мария Петровна Иванова", ("Иванова", "Мария", "Петровна")),
        ("Иванова М.П.", ("Иванова", "М.", "П.")),
        ("Иванова М. П.", ("Иванова", "М.", "П.")),
        ("М.П. Иванова", ("Иванова", "М.", "П.")),
        ("М. П. Иванова", ("Иванова", "М.", "П.")),
        ("Иванова М.П", ("Иванова", "М.", "П.")),
        ("Иванова МП", ("Иванова", "М.", "П.")),
        ("Иванова М П", ("Иванова", "М.", "П.")),
        ("Иванова М.", ("Иванова", "М.", "")),
        ("Иванова Мария П.", ("Иванова", "Мария", "П.")),
        ("Иванова М. Петровна", ("Иванова", "М.", "Петровна")),
        ("Иванова Мария", ("Иванова", "Мария", "")),
        ("Иванова", ("Иванова", "", "")),
        ("Мария Петровна", ("", "Мария", "Петровна")),
        ("Семёнова Алёна Фёдоровна", ("Семёнова", "Алёна", "Фёдоровна")),
        ("Иванова-Петрова Анна-Мария Ильинична", ("Иванова-Петрова", "Анна-Мария", "Ильинична")),
        ("Иванова - Петрова Анна", ("Иванова-Петрова", "Анна", "")),
        ("Иванова–Петрова Анна", ("Иванова-Петрова", "Анна", "")),
        ("Иванова Петрова Мария Ивановна", ("Иванова Петрова", "Мария", "Ивановна")),
        ("Мамедов Али Гасан оглы", ("Мамедов", "Али", "Гасан оглы")),
        ("Мамедова Лейла Гасан-кызы", ("Мамедова", "Лейла", "Гасан-кызы")),
        ("Али Гасан оглы Мамедов", ("Мамедов", "Али", "Гасан оглы")),
        ("Абрамович Роман Аркадьевич", ("Абрамович", "Роман", "Аркадьевич")),
        ("Роман Аркадьевич Абрамович", ("Абрамович", "Роман", "Аркадьевич")),
        ("Куулар Маадыр-оол Хеймер-оолович", ("Куулар", "Маадыр-оол", "Хеймер-оолович")),
        ("фон Штейн Мария Карловна", ("фон Штейн", "Мария", "Карловна")),
        ("Ли Ен Хи", ("Ли", "Ен", "Хи")),
        ("Ю Ирина Сергеевна", ("Ю", "Ирина", "Сергеевна")),
        ("О Сергей Иванович", ("О", "Сергей", "Иванович")),
        ("Ю. Сергеевна Пак", ("Пак", "Ю.", "Сергеевна")),
        ("Жумабаева Айгуль Ахмет қызы", ("Жумабаева", "Айгуль", "Ахмет қызы")),
        ("Назарбай Абай ұлы Данияр", ("Назарбай", "Данияр", "Абай ұлы")),
        ("Данияр Абай ұлы Назарбаев", ("Назарбаев", "Данияр", "Абай ұлы")),
        ("Ходжаев Мухаммад Абдулло Угли", ("Ходжаев", "Мухаммад", "Абдулло Угли")),
        ("Нұрлан Серікұлы Ахметов", ("Ахметов", "Нұрлан", "Серікұлы")),
        ("О'Коннор Шон", ("О'Коннор", "Шон", "")),
        (unicodedata.normalize("NFD", "Йорк Андрей Сергеевич"), ("Йорк", "Андрей", "Сергеевич")),
        ("", ("", "", "")),
        ("— 12 …", ("", "", "")),
    ],
)
def test_split_full_name_reads_the_usual_spellings(text, parts):
    assert split_full_name(text) == parts


@given(names)
def test_split_full_name_never_raises_and_keeps_letters(text):
    parts = split_full_name(text)

    assert all(part == part.strip() for part in parts)
    assert set(filter(str.isalpha, parts.full)) <= set(unicodedata.normalize("NFC", text))


@given(names)
def test_fold_name_of_a_key_is_the_key(text):
    assert fold_name(fold_name(text)) == fold_name(text)


@pytest.mark.parametrize(
    "spelling",
    [
        "ИВАНОВА-ПЕТРОВА АЛЁНА М.",
        "иванова–петрова  алена м",
        "Иванова - Петрова Алена М.",
        "Ивaнoвa-Пeтpoвa Aлёна M.",  # Latin a, o, e, p, A, M
        "Иванова\xa0Петрова Алё\xadна М.",
        unicodedata.normalize("NFD", "Иванова-Петрова Алёна М."),
    ],
)
def test_fold_name_makes_spellings_alike(spelling):
    assert fold_name(spelling) == fold_name("Иванова-Петрова Алёна М.") == "иванова петрова алена м"


def test_fold_name_keeps_different_names_apart():
    assert fold_name("Иванова Мария") != fold_name("Иванова Марина")


@pytest.mark.parametrize(
    ("patronymic", "gender"),
    [
        ("Петровна", "female"),
        ("Ильинична", "female"),
        ("Никитична", "female"),
        ("Гасан кызы", "female"),
        ("Гасан-гызы", "female"),
        ("ПЕТРОВИЧ", "male"),
        ("Андреевич", "male"),
        ("Ильич", "male"),
        ("Гасан оглы", "male"),
        ("Хеймер-ооловна", "female"),
        ("Ахмет қызы", "female"),
        ("Абай ұлы", "male"),
        ("Абдулло угли", "male"),
        ("Ерланқызы", "female"),
        ("Ерланкызы", "female"),
        ("Серікұлы", "male"),
        ("Серикулы", "male"),
        ("П.", ""),
        ("Хи", ""),
        ("", ""),
    ],
)
def test_guess_gender_by_patronymic_reads_the_ending(patronymic, gender):
    assert guess_gender_by_patronymic(patronymic) == gender


@given(names)
def test_guess_gender_by_patronymic_never_raises(text):
    assert guess_gender_by_patronymic(text) in {"male", "female", ""}


@pytest.mark.parametrize(
    ("written", "tidied"),
    [
        ("ИВАНОВА-ПЕТРОВА МАРИЯ", "Иванова-Петрова Мария"),
        ("иванова мария", "Иванова Мария"),
        ("МАМЕДОВ АЛИ ГАСАН ОГЛЫ", "Мамедов Али Гасан оглы"),
        ("КУУЛАР АЙ-КЫС МЕРГЕН-ООЛОВНА", "Куулар Ай-кыс Мерген-ооловна"),
        ("Кара-Оглы", "Кара-Оглы"),
        ("Мак-Дональд М.", "Мак-Дональд М."),
        ("фон Штейн", "фон Штейн"),
    ],
)
def test_tidy_name_case_gives_capitals_where_none_were_meant(written, tidied):
    assert tidy_name_case(written) == tidied


@pytest.mark.parametrize(
    ("written", "tidied"), [("Гасан-Оглы", "Гасан-оглы"), ("Гасан ОГЛЫ", "Гасан оглы"), ("Петровна", "Петровна")]
)
def test_tidy_patronymic_case_writes_son_of_small(written, tidied):
    assert tidy_patronymic_case(written) == tidied


def test_restore_cyrillic_leaves_foreign_words():
    assert restore_cyrillic("Ивaновa Anna Cоня") == "Иванова Anna Соня"
