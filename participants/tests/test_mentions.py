"""Where a text names a person surely, where perhaps, and where somebody else is meant."""

import pytest

from participants.mentions import Sought, cases_of, excerpt
from participants.names import NameParts

VERHOTUROVA = NameParts("Верхотурова", "Аглая", "Тихоновна")
PETROV = NameParts("Петров", "Пётр", "Сергеевич")


def told(sought, text, **how):
    """(the text with the sure places replaced, the doubtful places)."""
    doubtful = [text[each.start : each.end] for each in sought.find(text, **how) if not each.is_sure]
    return sought.replace(text, "№ 5", **how), doubtful


@pytest.mark.parametrize(
    ("text", "replaced"),
    [
        ("Урок вместе с Верхотуровой", "Урок вместе с № 5"),
        ("Верхотурова ведёт кружок.", "№ 5 ведёт кружок."),
        ("Отчёт о Верхотуровой А.Т.", "Отчёт о № 5"),
        ("Отчёт А. Т. Верхотуровой, принят", "Отчёт № 5, принят"),
        ("Передать Верхотуровой Аглае Тихоновне", "Передать № 5"),
        ("Поблагодарить Аглаю Тихоновну Верхотурову", "Поблагодарить № 5"),
        ("Спросить Верхотурову Аглаю о плане", "Спросить № 5 о плане"),
        ("ВЕРХОТУРОВА А.Т.", "№ 5"),
        ("пара «Верхотурова\xa0А.Т. – Орлов\xa0И.И.»", "пара «№ 5 – Орлов\xa0И.И.»"),
    ],
)
def test_the_person_is_found_in_every_case_and_order(text, replaced):
    assert told(Sought([VERHOTUROVA]), text) == (replaced, [])


@pytest.mark.parametrize(
    "text",
    [
        "Верхотурова О.С. вела урок",
        "И. П. Верхотурова",
        "Верхотурова Аглая Ивановна",
        "Верхотурова Ольга Тихоновна",
        "улица Верхотуровая",
        "Верхотурово – село",
        "Ново-Верхотурова",
    ],
)
def test_somebody_else_of_the_surname_stays(text):
    assert told(Sought([VERHOTUROVA]), text) == (text, [])


@pytest.mark.parametrize(
    ("text", "doubtful"),
    [
        ("пришла Верхотурова Марина с классом", ["Верхотурова"]),
        ("с сестрой Ольгой Верхотуровой", ["Верхотуровой"]),
        ("спросить у верхотуровой", ["верхотуровой"]),
    ],
)
def test_what_may_be_the_person_is_only_pointed_out(text, doubtful):
    assert told(Sought([VERHOTUROVA]), text) == (text, doubtful)


def test_a_particle_is_no_surname():
    sought = Sought([NameParts("Ли", "Анна", "Сергеевна")])

    assert told(sought, "Не знаю, смогу ли я. Спросить, ли.") == ("Не знаю, смогу ли я. Спросить, ли.", [])
    assert told(sought, "Ли это урок? Был у Ли А.С. дома") == ("Ли это урок? Был у № 5 дома", ["Ли"])


def test_a_common_word_at_the_beginning_of_a_sentence_is_pointed_out():
    sought = Sought([NameParts("Мороз", "Анна", "Сергеевна")])

    assert told(sought, "Мороз помешал. Был у Мороз") == ("Мороз помешал. Был у № 5", ["Мороз"])


def test_a_namesake_of_the_other_gender_is_not_taken_for_the_person():
    ivanov, ivanova = NameParts("Иванов", "Михаил", "Петрович"), NameParts("Иванова", "Ольга", "Сергеевна")
    text = "Иванов и Иванова; урок Иванова М.П., отзыв Ивановой О.С., план Ивановой"

    assert told(Sought([ivanova], [ivanov]), text) == (
        "Иванов и Иванова; урок Иванова М.П., отзыв № 5, план Ивановой",
        ["Иванова", "Ивановой"],
    )
    assert told(Sought([ivanov], [ivanova]), text) == (
        "Иванов и Иванова; урок № 5, отзыв Ивановой О.С., план Ивановой",
        ["Иванов", "Иванова"],
    )


def test_namesakes_with_the_same_initials_are_told_apart_by_nobody():
    maria, marina = NameParts("Иванова", "Мария", "Петровна"), NameParts("Иванова", "Марина", "Павловна")
    text = "Иванова М.П. и Иванова Мария, Ивановой Марине Павловне"

    assert told(Sought([maria], [marina]), text) == ("Иванова М.П. и № 5, Ивановой Марине Павловне", ["Иванова М.П."])


@pytest.mark.parametrize("text", ["Петру Семёнову", "Семёнов Петр", "СЕМЕНОВ П.С."])
def test_yo_and_ye_are_one_letter(text):
    assert Sought([NameParts("Семёнов", "Пётр", "Сергеевич")]).replace(text, "№ 5") == "№ 5"
    assert Sought([NameParts("Семенов", "Петр", "Сергеевич")]).replace(text, "№ 5") == "№ 5"


def test_a_former_name_is_found_too():
    sought = Sought([VERHOTUROVA, VERHOTUROVA._replace(last="Семёнова")])

    assert sought.replace("Семеновой А.Т. и Верхотуровой", "№ 5") == "№ 5 и № 5"


def test_given_names_tell_only_in_texts_about_the_person():
    text = "Аглая Тихоновна помогла. Потом Аглая ушла, а Аглая Орлова осталась."

    assert told(Sought([VERHOTUROVA]), text) == (text, [])
    assert told(Sought([VERHOTUROVA]), text, is_own=True) == (
        "№ 5 помогла. Потом Аглая ушла, а Аглая Орлова осталась.",
        ["Аглая"],
    )
    other = NameParts("Орлова", "Аглая", "Тихоновна")
    assert told(Sought([VERHOTUROVA], [other]), text, is_own=True) == (text, ["Аглая Тихоновна", "Аглая"])


def test_contacts_are_pointed_out():
    sought = Sought([VERHOTUROVA], phone="+79120001010", email="a@example.org")

    assert told(sought, "звонить 8 (912) 000-10-10 или A@example.org") == (
        "звонить 8 (912) 000-10-10 или A@example.org",
        ["8 (912) 000-10-10", "A@example.org"],
    )
    assert told(sought, "звонить 8 (912) 000-10-11")[1] == []


@pytest.mark.parametrize(
    ("name", "cases"),
    [
        ("Иванова", "Ивановой Иванову Ивановою"),
        ("Достоевский", "Достоевского Достоевскому Достоевским Достоевском"),
        ("Толстая", "Толстой Толстую Толстою"),
        ("Кравец", "Кравца Кравцу Кравцом Кравце"),
        ("Соловей", "Соловья Соловью Соловьем Соловье"),
        ("Цой", "Цоя Цою Цоем Цое"),
        ("Король", "Короля Королю Королем Короле"),
        ("Сковорода", "Сковороды Сковороде Сковороду Сковородой"),
        ("Петренко", "Петренко"),
        ("Римский-Корсаков", "Римского-Корсакова Римскому-Корсакову Римским-Корсаковым"),
        ("Павел", "Павла Павлу Павлом Павле"),
        ("Илья", "Ильи Илье Илью Ильей"),
        ("Любовь", "Любови Любовью"),
        ("Юрий", "Юрия Юрию Юрием Юрии"),
        ("Кузьмич", "Кузьмича Кузьмичу Кузьмичом Кузьмиче"),
    ],
)
def test_every_case_of_a_name_is_known(name, cases):
    assert {each.casefold() for each in cases.split()} <= cases_of(name)


def test_forms_of_another_surname_are_none_of_ours():
    assert not cases_of("Белов") & cases_of("Белый")
    assert not cases_of("Орлов") & cases_of("Орел")
    assert not cases_of("Мартынов") & cases_of("Мартын")


def test_excerpt_shows_the_words_around():
    text = "слово " * 20 + "Верхотурова " + "слово " * 20
    mention = Sought([VERHOTUROVA]).find(text)[0]

    shown = excerpt(text, mention)

    assert (shown[0], shown[-1], "Верхотурова" in shown, len(shown) < 100) == ("…", "…", True, True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Урок Ивановой Марии Петровны прошёл хорошо", "Урок N прошёл хорошо"),
        ("говорила Мария Петровна", "говорила N"),
        ("ИВАНОВОЙ", "N"),
        ("Ивановский район, Марина Петрова", "Ивановский район, Марина Петрова"),
        ("Мария ушла", "Мария ушла"),
    ],
)
def test_a_common_surname_is_replaced_as_a_whole_word(text, expected):
    sought = Sought([NameParts("Иванова", "Мария", "Петровна")])

    assert sought.replace(text, "N", is_own=True) == expected


def test_the_short_name_as_the_portal_writes_it_is_replaced_without_a_rule():
    sought = Sought([NameParts("Иванова", "Мария", "Петровна")], [NameParts("Иванова", "Марина", "Павловна")])

    assert (
        sought.replace_exactly("Иванова\xa0М.П. – Орлов\xa0И.И.; Иванова Мария Петровна", "N") == "N – Орлов\xa0И.И.; N"
    )


@pytest.mark.parametrize(
    ("cell", "expected"), [("СЕМЕНОВ", True), ("семёнову", True), ("Семенович", False), ("", False)]
)
def test_a_cell_of_a_file_holds_the_surname_in_any_letter_case(cell, expected):
    assert Sought([PETROV._replace(last="Семёнов")]).holds_surname(cell) is expected
