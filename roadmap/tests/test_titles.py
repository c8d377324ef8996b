"""The title of a roadmap among the lines above its table."""

import pytest

from roadmap.blocks import Paragraph
from roadmap.document_texts import approval_of
from roadmap.titles import title_of

NOTE = "Наставничество – форма передачи опыта, в ходе которой начинающий педагог осваивает приёмы под руководством мастера."


def above(*texts):
    """Lines above a table; «**» begins a bold one."""
    return [
        Paragraph(text.removeprefix("**"), number, text.startswith("**")) for number, text in enumerate(texts, start=1)
    ]


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (
            [
                "**ДОРОЖНАЯ КАРТА",
                "**по наставничеству",
                "**на 2024/2025 учебный год",
                "Цель: раскрытие потенциала.",
                "Задачи:",
            ],
            "ДОРОЖНАЯ КАРТА по наставничеству на 2024/2025 учебный год",
        ),
        (
            ["ПЛАН", "работы по наставничеству", "МБДОУ № 15", "на 2024-2025 учебный год", "**Пояснительная записка"]
            + [NOTE] * 20
            + ["**Содержание деятельности:"],
            "ПЛАН работы по наставничеству МБДОУ № 15 на 2024-2025 учебный год",
        ),
        (
            ["Дорожная карта наставничества в школе № 5", "на 2024-2025 учебный год", NOTE, "**План мероприятий"],
            "Дорожная карта наставничества в школе № 5 на 2024-2025 учебный год",
        ),
        (
            ["Приказ", "Об утверждении", "Положение", "**План мероприятий по наставничеству"],
            "План мероприятий по наставничеству",
        ),
        (["Сведения о реализации дорожной карты в 2023 году:", "Дорожная карта"], "Дорожная карта"),
        (["**Система наставничества", "**на 2024-2025 учебный год"], "Система наставничества на 2024-2025 учебный год"),
        (["Приказываю:"], ""),
    ],
)
def test_the_title_is_the_line_that_names_the_roadmap_and_no_heading_below_it(lines, title):
    assert title_of(above(*lines)) == title


def test_a_position_before_initials_is_no_surname():
    approval = approval_of(["УТВЕРЖДАЮ", "Заведующий Г.Р. Юсупова"])

    assert (approval.position, approval.name) == ("Заведующий", "Г.Р. Юсупова")


@pytest.mark.parametrize(("is_office", "number"), [(True, "312"), (False, "")])
def test_the_order_of_an_office_approves_a_roadmap_of_the_office_alone(is_office, number):
    lines = ["Приложение", "к приказу управления образования", "от 17.01.2025 № 312"]

    approval = approval_of(lines, is_office=is_office)

    assert (approval.order_number if approval else "") == number
