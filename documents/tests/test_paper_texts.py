import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from documents.order_kinds import KINDS
from documents.paper_texts import (
    AGREEMENT,
    check_placeholders,
    fill,
    misnumbered,
    points,
    ready_text,
    split_at_command,
    with_lists,
)


@pytest.mark.parametrize("kind", [AGREEMENT, *KINDS])
def test_ready_texts_know_their_placeholders_and_are_numbered(kind):
    text = ready_text(kind)

    check_placeholders(text, kind)
    assert misnumbered(points(text)) is None


@pytest.mark.parametrize("text", ["{директор}", "{}", "{куратора", "куратора}", "{{куратора}}"])
def test_check_placeholders_refuses_what_nothing_is_put_into(text):
    with pytest.raises(ValidationError):
        check_placeholders(text, "assignment_order")


def test_fill_carries_the_capital_over_to_the_value():
    assert fill("{Срок} и {срок}", {"срок": "8 месяцев"}) == "8 месяцев и 8 месяцев"
    assert fill("{Куратора} и { куратора }", {"куратора": "методиста"}) == "Методиста и методиста"


def test_fill_leaves_out_a_line_that_has_nothing_to_say():
    assert fill("Тема: {запрос}.\nФорма: {форма}.", {"запрос": "", "форма": "ученик – ученик"}) == (
        "Форма: ученик – ученик."
    )


def test_points_read_numbers_dashes_and_plain_paragraphs():
    text = "Основание\n\n1. Первый\n1.1 Второй\n– третий\n25.12.2019 № 5 – не пункт"

    found = [(point["number"], point["text"], point["level"]) for point in points(text)]

    assert found == [
        ("", "Основание", 0),
        ("1.", "Первый", 1),
        ("1.1.", "Второй", 2),
        ("–", "третий", 0),
        ("", "25.12.2019 №\xa05\xa0– не пункт", 0),
    ]


def test_points_take_a_number_without_a_sentence_for_a_heading():
    found = points("1. Предмет\n1.1. Пункт.\n2. Возложить:\n2.1. Сбор.")

    assert [point["is_heading"] for point in found] == [True, False, False, False]


@pytest.mark.parametrize("command", ["ПРИКАЗЫВАЮ:", "Приказываю", None])
def test_split_at_command_finds_the_ground_and_the_points(command):
    text = "\n".join(filter(None, ["В соответствии с законом", command, "1. Закрепить"]))

    ground, body = split_at_command(text)

    assert [point["text"] for point in ground] == ["В соответствии с законом"]
    assert [point["text"] for point in body] == ["Закрепить"]


def test_with_lists_counts_its_points_below_the_one_before():
    body = with_lists(points("1. Закрепить:\n{пары}\n2. Контроль"), {"пары": ["Иванову", "Петрову"]})

    assert [(point["number"], point["text"]) for point in body] == [
        ("1.", "Закрепить:"),
        ("1.1.", "Иванову;"),
        ("1.2.", "Петрову."),
        ("2.", "Контроль"),
    ]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1. А\n2. Б\n2.1. В\n2.2. Г\n3. Д", None),
        ("1. А\n3. Б", "3."),
        ("1. А\n1.2. Б", "1.2."),
        ("2. А", "2."),
        ("1. А\n1.1.1. Б", "1.1.1."),
        ("без номеров", None),
    ],
)
def test_misnumbered_finds_the_first_number_out_of_turn(text, number):
    assert misnumbered(points(text)) == number


@given(st.text(alphabet="1.–- {пары}\nАб№", max_size=60))
def test_any_text_can_be_read(text):
    assert len(with_lists(points(fill(text, {"пары": "{пары}"})), {"пары": []})) <= len(text.splitlines())
