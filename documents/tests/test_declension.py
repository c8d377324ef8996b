"""Cases of names and positions. All persons are invented."""

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.declension import (
    CASES,
    Doubt,
    agree_number,
    decline,
    decline_organization,
    decline_position,
    govern,
    guess_gender,
    name_doubts,
    number_in_words,
    organization_doubts,
    position_doubts,
    preposition_about,
)

OBLIQUE = CASES[1:]


def table(name):
    """The rows of a table beside this test: six forms each, in the order of CASES."""
    lines = (Path(__file__).parent / name).read_text("utf-8").splitlines()
    assert lines[0].split("\t") == list(CASES)
    return [tuple(line.split("\t")) for line in lines[1:]]


NAMES = table("declined_names.tsv")
POSITIONS = table("declined_positions.tsv")
ORGANIZATIONS = table("declined_organizations.tsv")


def test_the_tables_are_as_long_as_they_should_be():
    assert [len({forms[0] for forms in forms_of}) for forms_of in (NAMES, POSITIONS)] >= [150, 60]


@pytest.mark.parametrize("forms", NAMES, ids=lambda forms: forms[0])
def test_decline_gives_every_case_of_a_name(forms):
    declined = tuple(decline(forms[0], case) for case in OBLIQUE)

    assert declined == forms[1:]


@pytest.mark.parametrize(
    ("full_name", "gender", "dative"),
    [
        ("Кужугет А.О.", "male", "Кужугету А.О."),
        ("Кужугет А.О.", "female", "Кужугет А.О."),
        ("Дубина А.О.", "male", "Дубине А.О."),
        ("Дубина А.О.", "female", "Дубиной А.О."),
        ("Кужугет Аяс", "male", "Кужугету Аясу"),
        ("Ким Ир", "", "Ким Ир"),
    ],
)
def test_decline_believes_the_given_gender(full_name, gender, dative):
    assert decline(full_name, "dative", gender) == dative


def test_decline_keeps_spaces_as_they_are():
    assert decline("  Ларина\u00a0М.П. ", "dative") == "  Лариной\u00a0М.П. "


@pytest.mark.parametrize("call", [decline, decline_position])
def test_declining_refuses_an_unknown_case(call):
    with pytest.raises(ValueError, match="Unknown case: 'vocative'"):
        call("Ларина Мария", "vocative")


def test_decline_refuses_an_unknown_gender():
    with pytest.raises(ValueError, match="Unknown gender: 'f'"):
        decline("Ларина Мария", "dative", "f")


@pytest.mark.parametrize(
    ("full_name", "gender"),
    [
        ("Ларина М.П.", "female"),
        ("Ларин Пётр Ильич", "male"),
        ("Кужугет Чечек Мергеновна", "female"),
        ("Кужугет Чечек", None),
        ("Кужугет А.О.", None),
        ("Алиев Мамед Рашид оглы", "male"),
        ("Алиева Лейла Рашид-кызы", "female"),
        ("Дубина Иван", "male"),
        ("Дубина Инна", "female"),
        ("Шевченко Никита", "male"),
        ("Шевченко Саша", None),
        ("Орджоникидзе Этери Григорьевна", "female"),
        ("Иванов Пётр Петровна", None),
        ("Каримов Рустам Шавкат угли", "male"),
        ("Яковлева Саша", "female"),
        ("Мицкевич А.И.", None),
        ("Мицкевич Анна", "female"),
        ("Анна Мицкевич", None),
        ("Яковлев Мария", None),
        ("ЛАРИНА МАРИЯ", "female"),
        ("Саая А.А.", None),
        ("Цой А.А.", None),
        ("Smith John", None),
        ("", None),
    ],
)
def test_guess_gender_says_only_what_the_name_says(full_name, gender):
    assert guess_gender(full_name) == gender


@pytest.mark.parametrize("forms", POSITIONS, ids=lambda forms: forms[0])
def test_decline_position_gives_every_case(forms):
    declined = tuple(decline_position(forms[0], case) for case in OBLIQUE)

    assert declined == forms[1:]


@pytest.mark.parametrize(
    ("position", "dative"),
    [
        ("директор", "директору"),
        ("заместитель директора по УВР", "заместителю директора по УВР"),
        ("первый заместитель директора", "первому заместителю директора"),
        ("учитель-логопед", "учителю-логопеду"),
        ("Учитель-Дефектолог", "Учителю-Дефектологу"),
        ("учитель логопед", "учителю логопеду"),
        ("преподаватель-организатор ОБЖ", "преподавателю-организатору ОБЖ"),
        ("вице-президент", "вице-президенту"),
        ("IT-специалист", "IT-специалисту"),
        ("педагог дополнительного образования", "педагогу дополнительного образования"),
        ("музыкальный руководитель", "музыкальному руководителю"),
        ("социально-педагогический работник", "социально-педагогическому работнику"),
        ("СТАРШИЙ ВОСПИТАТЕЛЬ", "СТАРШЕМУ ВОСПИТАТЕЛЮ"),
        ("и.о. директора", "и.о. директора"),
        ("И. о. заведующего", "И. о. заведующего"),
        ("врио директора", "врио директора"),
        ("исполняющий обязанности директора", "исполняющему обязанности директора"),
        ("временно исполняющий обязанности директора", "временно исполняющему обязанности директора"),
        ("воспитатель группы «Солнышко и друзья»", "воспитателю группы «Солнышко и друзья»"),
        ("инструктор по физической культуре", "инструктору по физической культуре"),
        ("учитель истории и обществознания", "учителю истории и обществознания"),
        ("учитель русского языка, литературы", "учителю русского языка, литературы"),
        ("учитель химии, классный руководитель 5 «Б» класса", "учителю химии, классному руководителю 5 «Б» класса"),
        ("директор школы и учитель физики", "директору школы и учителю физики"),
        ("педагог-организатор, заведующий музеем", "педагогу-организатору, заведующему музеем"),
        ("родитель (законный представитель)", "родителю (законному представителю)"),
        ("директор – учитель математики", "директору – учителю математики"),
        ("старший вожатый", "старшему вожатому"),
        ("заведующий хозяйством", "заведующему хозяйством"),
        ("обучающийся 8-а класса", "обучающемуся 8-а класса"),
        ("рабочий по обслуживанию здания", "рабочему по обслуживанию здания"),
        ("ст. воспитатель", "ст. воспитателю"),
        ("зам. директора по ВР", "зам. директора по ВР"),
        ("помощник воспитателя", "помощнику воспитателя"),
        ("актер", "актеру"),
        ("директору школы", "директору школы"),
        ("МБОУ СОШ № 1", "МБОУ СОШ № 1"),
        ("mentor", "mentor"),
        ("", ""),
    ],
)
def test_decline_position_changes_the_head_and_keeps_the_tail(position, dative):
    assert decline_position(position, "dative") == dative


def test_decline_position_keeps_the_letter_without_dots():
    assert [decline_position(word, "instrumental") for word in ("секретарь", "актер", "актёр")] == [
        "секретарём",
        "актером",
        "актёром",
    ]


@pytest.mark.parametrize("forms", ORGANIZATIONS, ids=lambda forms: forms[0])
def test_decline_organization_gives_every_case(forms):
    declined = tuple(decline_organization(forms[0], case) for case in OBLIQUE)

    assert declined == forms[1:]


@pytest.mark.parametrize(
    ("position", "organization", "whole"),
    [
        ("Заведующий", "МОУ детский сад № 333", "Заведующий МОУ детским садом № 333"),
        ("Заведующий", "Детский сад № 3 «Ёлочка»", "Заведующий детским садом № 3 «Ёлочка»"),
        ("Заведующий", "МБДОУ «Детский сад № 7»", "Заведующий МБДОУ «Детский сад № 7»"),
        ("Директор", "Средняя школа № 1", "Директор средней школы № 1"),
        ("Начальник", "Управление образования Кедровска", "Начальник управления образования Кедровска"),
        ("Руководитель", "Центр «Радуга»", "Руководитель центра «Радуга»"),
        ("И.о. директора", "МБОУ СШ № 1", "И.о. директора МБОУ СШ № 1"),
        ("Директор школы", "МБОУ СШ № 1", "Директор школы"),
        ("Заведующий МБДОУ № 7", "МБДОУ № 7", "Заведующий МБДОУ № 7"),
    ],
)
def test_govern_puts_the_organization_into_the_case_that_the_position_wants(position, organization, whole):
    assert govern(position, organization) == whole


# --- properties -------------------------------------------------------------------------------------------------------
RUSSIAN = "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдеёжзийклмнопрстуфхцчшщъыьэюя"
ANYTHING = st.text() | st.text(f"{RUSSIAN}ңөүҢӨҮ -.,'«»()0123456789", max_size=40)
NAME_LIKE = st.lists(st.text(RUSSIAN, min_size=1, max_size=9), min_size=1, max_size=4).map(" ".join)


def all_forms(text, case):
    return [
        decline(text, case),
        decline(text, case, "male"),
        decline(text, case, "female"),
        decline_position(text, case),
        decline_organization(text, case),
    ]


@given(ANYTHING | NAME_LIKE, st.sampled_from(CASES))
def test_declining_any_text_never_raises_and_keeps_what_is_no_letter(text, case):
    signs = re.findall(r"[\W\d_]", text)

    assert [re.findall(r"[\W\d_]", form) for form in all_forms(text, case)] == [signs] * 5


@given(ANYTHING | NAME_LIKE)
def test_declining_to_the_nominative_is_identity(text):
    assert all_forms(text, "nominative") == [text] * 5


@given(NAME_LIKE, st.sampled_from(OBLIQUE))
def test_declining_keeps_capitals_and_small_letters(text, case):
    assert [form == form.upper() for form in all_forms(text.upper(), case)] == [True] * 5
    assert [form == form.lower() for form in all_forms(text.lower(), case)] == [True] * 5
    titles = [[word[:1].isupper() for word in form.split()] for form in all_forms(text.title(), case)]
    assert titles == [[True] * len(text.split())] * 5


@given(ANYTHING | NAME_LIKE, st.sampled_from(CASES), st.sampled_from(["male", "female", None]))
def test_doubts_are_raised_of_any_text_but_never_of_the_nominative(text, case, gender):
    doubts = {*name_doubts(text, case, gender), *position_doubts(text, case), *organization_doubts(text, case)}

    assert doubts <= set(Doubt) if case != "nominative" else not doubts


@given(NAME_LIKE, st.sampled_from(OBLIQUE))
def test_a_name_that_needs_no_gender_has_no_doubt_about_it(text, case):
    forms = {decline(text, case, "male"), decline(text, case, "female")}

    assert (Doubt.GENDER in name_doubts(text, case)) <= (len(forms) > 1)


def test_declining_works_in_many_threads():
    with ThreadPoolExecutor(8) as pool:
        declined = list(pool.map(lambda name: decline(name, "dative"), ["Ларина Мария Петровна"] * 40))

    assert declined == ["Лариной Марии Петровне"] * 40


@pytest.mark.parametrize(
    ("n", "phrase"),
    [
        (0, "0\u00a0месяцев"),
        (1, "1\u00a0месяц"),
        (2, "2\u00a0месяца"),
        (4, "4\u00a0месяца"),
        (5, "5\u00a0месяцев"),
        (11, "11\u00a0месяцев"),
        (12, "12\u00a0месяцев"),
        (21, "21\u00a0месяц"),
        (104, "104\u00a0месяца"),
        (111, "111\u00a0месяцев"),
    ],
)
def test_agree_number_chooses_the_form(n, phrase):
    assert agree_number(n, "месяц", "месяца", "месяцев") == phrase


@pytest.mark.parametrize(
    ("text", "preposition"),
    [
        ("закреплении наставнических пар", "О"),
        ("утверждении положения", "Об"),
        ("итогах", "Об"),
        ("экспертизе", "Об"),
        ("единых требованиях", "О"),
        ("юбилее", "О"),
        ("ёлке", "О"),
        ("«Азбуке наставника»", "Об"),
        ("МЧС", "Об"),
        ("МАДОУ", "О"),
        ("ФГОС", "О"),
        ("всём", "Обо"),
        ("11 классах", "Об"),
        ("", "О"),
    ],
)
def test_preposition_about_follows_the_sound(text, preposition):
    assert preposition_about(text) == preposition


def test_preposition_about_is_small_inside_a_text():
    assert preposition_about("утверждении", capital=False) == "об"


@pytest.mark.parametrize(
    ("n", "gender", "case", "words"),
    [
        (2, "male", "nominative", "два"),
        (2, "female", "nominative", "две"),
        (2, "female", "accusative", "две"),
        (2, "male", "prepositional", "двух"),
        (1, "neuter", "nominative", "одно"),
        (21, "female", "instrumental", "двадцатью одной"),
    ],
)
def test_number_in_words_agrees_with_the_noun(n, gender, case, words):
    assert number_in_words(n, gender, case) == words


def test_number_in_words_refuses_an_unknown_gender():
    with pytest.raises(ValueError, match="Unknown gender: 'f'"):
        number_in_words(2, "f")


# --- doubts -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("full_name", "gender", "doubts"),
    [
        ("Ларина Мария Петровна", "", ()),
        ("Кужугет А.О.", "", (Doubt.GENDER,)),
        ("Кужугет А.О.", "female", ()),
        ("Доржу А.О.", "", ()),  # alike for men and women
        ("Ларина Мария Петровна", "male", (Doubt.CONTRADICTION,)),
        ("Заяц Юрий Степанович", "", (Doubt.WAVERING,)),
        ("Заяц Светлана Юрьевна", "", ()),
        ("Соловей Антон Антонович", "", (Doubt.WAVERING,)),
        ("Горобец Тарас Олегович", "", (Doubt.WAVERING,)),
        ("Калина Инна Марковна", "", (Doubt.WAVERING,)),
        ("Рогожина Инна Марковна", "", ()),
        ("Бонч-Бруевич Пётр Ильич", "", (Doubt.WAVERING,)),
        ("Кара-Сал Айдыс Эресович", "", ()),
        ("Салтыков-Щедрин Пётр Ильич", "", ()),
        ("Толстой Лука Лукич", "", ()),
        ("Цой Юлий Янович", "", ()),
        ("Нурланова Айгуль Маратовна", "", (Doubt.WAVERING,)),
        ("Орлова Нинель Васильевна", "", ()),
        ("Smith John", "", (Doubt.ALPHABET,)),
    ],
)
def test_name_doubts_say_why_a_form_is_not_sure(full_name, gender, doubts):
    assert name_doubts(full_name, "genitive", gender) == doubts


def test_a_foreign_surname_is_doubtful_in_the_instrumental_alone():
    doubtful = [case for case in CASES if name_doubts("Чаплин Марк Олегович", case)]

    assert doubtful == ["instrumental"]


@pytest.mark.parametrize(
    ("position", "doubts"),
    [
        ("учитель-логопед", ()),
        ("тьютор", ()),
        ("и.о. директора", ()),
        ("зам. директора по ВР", ()),
        ("кванториум-наставляльщик", (Doubt.UNKNOWN,)),
        ("mentor", (Doubt.UNKNOWN, Doubt.ALPHABET)),
        ("Заведующий детского сада № 3", (Doubt.GOVERNMENT,)),
        ("Заведующий детским садом № 3", ()),
        ("Директор школой", (Doubt.GOVERNMENT,)),
        ("", ()),
    ],
)
def test_position_doubts_say_why_a_form_is_not_sure(position, doubts):
    assert position_doubts(position, "genitive") == doubts


@pytest.mark.parametrize(
    ("name", "doubts"),
    [
        ("Муниципальное бюджетное учреждение «Кванториум»", ()),
        ("МБДОУ «Детский сад № 7»", ()),
        ("Тувинский кванториум № 1", (Doubt.UNKNOWN,)),
        ("Kedrovsk School", (Doubt.UNKNOWN,)),
    ],
)
def test_organization_doubts_say_why_a_form_is_not_sure(name, doubts):
    assert organization_doubts(name, "genitive") == doubts


@pytest.mark.parametrize(
    ("name", "gender", "genitive"),
    [
        ("Мария-Луиза Иванова", "female", "Марии-Луизы Ивановой"),
        ("Мария Смирнова", "female", "Марии Смирновой"),
        ("Иван Петров", "male", "Ивана Петрова"),
        ("Смирнова Мария", "female", "Смирновой Марии"),
        ("Мария Анна", "female", "Марии Анны"),
    ],
)
def test_a_first_name_before_a_sure_surname_is_taken_for_one(name, gender, genitive):
    assert decline(name, "genitive", gender) == genitive


def test_three_words_without_a_patronymic_are_doubtful():
    assert Doubt.WAVERING in name_doubts("Нгуен Ван Тхань", "genitive", "male")
    assert Doubt.WAVERING not in name_doubts("Мамедов Рашад Эльхан оглы", "genitive", "male")
