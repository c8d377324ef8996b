"""Documents into roadmaps: the five real ones against their reference reading, and invented ones, a trap in each."""

import csv
import re
from datetime import date

import pytest
from django.utils import translation
from hypothesis import example, given
from hypothesis import strategies as st

from roadmap.blocks import NoRoadmapFound, Paragraph, Table, TableRow, UnreadableDocument
from roadmap.columns import is_row_of_column_numbers, read_columns
from roadmap.document_texts import foreign_numbers
from roadmap.headings import points_of, stage_heading
from roadmap.heads import ChosenHead
from roadmap.reading import blocks_from_file, read_document

STAGES = {"000": 7, "001": 7, "002": 7, "003": 8, "004": 6}
ACTIVITIES = {"000": 16, "001": 24, "002": 7, "003": 21, "004": 22}
ITEMS = {"000": 24, "001": 0, "002": 15, "003": 30, "004": 0}


def lines(text):
    """Text of a file: «|» stands for a tab."""
    return re.sub(r" ?\| ?", "\t", text.strip("\n"))


def read(text, **values):
    return read_document(blocks_from_file(lines(text).encode(), "plan.txt"), **values)


def outline(reading):
    return [
        (stage.number, stage.title, [activity.content for activity in stage.activities]) for stage in reading.stages
    ]


def codes(reading):
    return [(remark.row, remark.code) for remark in reading.remarks]


# --- the five documents -----------------------------------------------------------------------------------------------
@pytest.fixture(params=sorted(STAGES))
def document(request, seeds, acceptance):
    """(seed, its reading, the rows that it must have)."""
    (path,) = seeds.glob(f"{request.param}_*.txt")
    with (acceptance / f"{request.param}.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return request.param, read_document(blocks_from_file(path)), rows


def test_real_document_has_every_cell_in_its_place(document):
    seed, reading, expected = document

    rows = [
        {
            "stage_no": stage.number,
            "stage_title": stage.title,
            "group": activity.group,
            "activity_no": activity.number,
            "content": activity.content,
            "deadline_text": activity.deadline_text,
            "responsible_text": activity.responsible_text,
            "document_text": activity.document_text,
        }
        for stage in reading.stages
        for activity in stage.activities
    ]

    assert rows == expected
    assert (len(reading.stages), len(rows)) == (STAGES[seed], ACTIVITIES[seed])
    assert sum(len(activity.items) for activity in reading.activities) == ITEMS[seed]


@pytest.mark.parametrize(("seed", "name"), [("000", "МБДОУ д/с № 4"), ("002", "сад № 333"), ("003", "МКОУ СОШ № 10")])
def test_real_document_of_another_organization_is_named(seeds, seed, name):
    (path,) = seeds.glob(f"{seed}_*.txt")

    reading = read_document(blocks_from_file(path), own_names=["МБОУ СШ № 12"])

    assert [name in str(remark.text) for remark in reading.remarks if remark.code == "foreign_name"].count(True) == 1


def test_read_document_takes_the_own_number_for_its_own():
    texts = [(1, "План МБОУ «СОШ № 12»"), (2, "школы № 12, гимназии №7 и лицея № 30"), (3, "кабинет № 5")]

    assert foreign_numbers(texts, ["МБОУ СШ № 12"]) == [(2, "гимназии №7"), (2, "лицея № 30")]
    assert foreign_numbers(texts, []) == []


# --- heads ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("head", "roles"),
    [
        ("№ | Мероприятие | Срок | Ответственный", "number content deadline responsible"),
        ("Когда | Что делаем | Кто", "deadline content responsible"),
        ("№ этапа | Этап | Содержание | Период | Исполнитель", "number stage content deadline responsible"),
        ("Направление | Мероприятия | Дата проведения | Ответственные лица", "stage content deadline responsible"),
        ("№ п/п | Задачи | Мероприятия | Сроки | Исполнители", "number stage content deadline responsible"),
        ("Этап | Направление деятельности | Содержание | Сроки", "stage group content deadline"),
        ("№ | Этапы | Мероприятия | Содержание работы | Сроки", "number stage group content deadline"),
        ("N п.п. | Наименование мероприятия | Вид документа | Срок исполнения", "number content document deadline"),
        (
            "Мероприятие | Форма проведения | Участники | Срок | Ожидаемый результат",
            "content other other deadline document",
        ),
        ("Мероприятие | Результат | Документ | Сроки", "content document other deadline"),
        (
            "№ | Мероприятия | Планируемые сроки | Ответствен- ные | Отметка о выполнении",
            "number content deadline responsible other",
        ),
        ("Этап реализации | Содержание деятельности", "stage content"),
        ("№ | Мероприятие | Срок | Ответст-венный", "number content deadline responsible"),
        ("Кто | Что делаем | Когда | Что получим", "responsible content deadline document"),
    ],
)
def test_columns_are_known_by_meaning(head, roles):
    columns = read_columns(TableRow(tuple(lines(head).split("\t"))))

    assert columns is not None
    assert " ".join(columns.roles) == roles


@pytest.mark.parametrize(
    "row",
    [
        "№ п/п | Наименование показателя | 2023 г. | 2024 г.",
        "№ | ФИО наставника | ФИО наставляемого | Дата закрепления",
        "4. | Разработка программы деятельности наставников | План работы | Куратор программы | октябрь 2023 г.",
        "Мероприятие",
        "",
    ],
)
def test_columns_of_other_rows_are_none(row):
    assert read_columns(TableRow(tuple(lines(row).split("\t")))) is None


def test_row_of_column_numbers_is_known():
    rows = [("1", "2", "3"), ("1", "", "2", "3"), ("1", "2"), ("1", "3", "2"), ("1.", "Приказ", "май")]

    assert [is_row_of_column_numbers(row) for row in rows] == [True, True, False, False, False]


def test_head_in_two_rows_is_joined():
    reading = read(
        """
        Дорожная карта на 2024-2025 учебный год
№ | Наименование | Сроки | | Ответст-
п/п | мероприятия | начало | окончание | венный
1 | Сбор анкет | 02.09.2024 | 13.09.2024 | Куратор
"""
    )

    (activity,) = reading.activities
    assert [heading for _role, heading in reading.columns][:2] == ["№ п/п", "Наименование мероприятия"]
    assert (activity.deadline_text, activity.responsible_text) == ("02.09.2024 – 13.09.2024", "Куратор")


# --- stages -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "number", "title"),
    [
        ("1й этап. Запуск", "1", "Запуск"),
        ("2-й этап – Основной", "2", "Основной"),
        ("3-этап. Итоги", "3", "Итоги"),
        ("III этап: Итоги", "3", "Итоги"),
        ("Раздел II. Обучение", "2", "Обучение"),
        ("ЭТАП 4. Обучение", "4", "Обучение"),
        ("Первый этап. Запуск", "1", "Запуск"),
        ("II. Основной этап", "2", "Основной этап"),
        ("Блок № 2. Кадры", "2", "Кадры"),
        ("Подготовительный этап (сентябрь)", "", "Подготовительный этап (сентябрь)"),
    ],
)
def test_stage_heading_gives_number_and_title(text, number, title):
    heading = stage_heading(text)

    assert heading is not None
    assert (heading.number, heading.title) == (number, title)


@pytest.mark.parametrize("text", ["Проведение первого этапа конкурса", "Приказ № 1", "Этапы", "1. Подготовка", ""])
def test_stage_heading_is_not_found_elsewhere(text):
    assert stage_heading(text) is None


def test_stages_in_rows_paragraphs_and_bold_type_are_one_list():
    reading = read(
        """
План мероприятий
№ | Мероприятие | Срок | Ответственный
<b>1-й этап. Запуск</b>
1 | Приказ | сентябрь | Директор
2-й этап. Работа | | |
1 | Встречи | октябрь | Наставники

**3-й этап.
Итоги**

1 | Отчёт | май | Куратор
Раздел IV. Планы
1 | Опрос | июнь | Куратор
""",
        school_year=2024,
    )

    assert outline(reading) == [
        ("1", "Запуск", ["Приказ"]),
        ("2", "Работа", ["Встречи"]),
        ("3", "Итоги", ["Отчёт"]),
        ("4", "Планы", ["Опрос"]),
    ]


def test_stages_with_a_table_and_a_head_each_are_one_roadmap():
    reading = read(
        """
Дорожная карта на 2024-2025 учебный год
I. Организационный этап
Сроки | Мероприятие | Ответственные лица
сентябрь | Совещание | Директор

II. Основной этап
Сроки | Мероприятие | Ответственные лица
ноябрь-март | Встречи в парах | Наставники

Подведение итогов
Сроки | Мероприятие | Ответственные лица
май | Конференция | Куратор
"""
    )

    assert reading.title == "Дорожная карта на 2024-2025 учебный год"
    assert outline(reading) == [
        ("1", "Организационный этап", ["Совещание"]),
        ("2", "Основной этап", ["Встречи в парах"]),
        ("", "Подведение итогов", ["Конференция"]),
    ]
    assert codes(reading) == []


def test_stages_of_nested_numbers_are_rows_without_dates():
    reading = read(
        """
Дорожная карта на 2024-2025 учебный год
№ | Мероприятия | Срок | Ответственный
1. | Нормативная работа | |
1.1. | Приказ | август | Директор
1.2. | Положение | до 1 сентября | Завуч
3. | Обучение | |
3.1. | Семинар | октябрь | Куратор
3.3. | Лекция | ноябрь | Куратор
"""
    )

    assert outline(reading) == [
        ("1", "Нормативная работа", ["Приказ", "Положение"]),
        ("3", "Обучение", ["Семинар", "Лекция"]),
    ]
    assert [activity.number for activity in reading.activities] == ["1.1.", "1.2.", "3.1.", "3.3."]
    assert codes(reading) == [(4, "deadline_doubtful"), (6, "numbering"), (8, "numbering")]


def test_stages_are_rows_whose_numbers_activities_do_not_have():
    reading = read(
        """
План реализации целевой модели
№ | Содержание | Дата | Ответственный
1 | Подготовка | |
 | Изучить документы | сентябрь | Завуч
 | Издать приказ | | Директор
2 | Подбор пар | |
 | Собрать анкеты | октябрь | Куратор
""",
        school_year=2024,
    )

    assert outline(reading) == [
        ("1", "Подготовка", ["Изучить документы", "Издать приказ"]),
        ("2", "Подбор пар", ["Собрать анкеты"]),
    ]
    assert [activity.deadline_inherited for activity in reading.activities] == [False, True, False]


def test_an_activity_without_data_is_no_stage():
    reading = read(
        """
План работы
№ | Мероприятие | Срок | Ответственный
1 | Совещание | сентябрь | Завуч
2 | Оформление стенда | |
3 | Семинар | октябрь | Куратор
""",
        school_year=2024,
    )

    assert outline(reading) == [("", "", ["Совещание", "Оформление стенда", "Семинар"])]
    assert codes(reading) == [(4, "no_responsible"), (4, "deadline_shared")]


def test_a_stage_column_is_filled_down_or_repeated():
    head = "Дорожная карта\n№ | Этап | Мероприятие | Срок\n1 | Запуск | Приказ | сентябрь\n"

    merged = read(head + " | | Опрос | октябрь\n2 | Итог | Отчёт | май")
    repeated = read(head + "2 | Запуск | Опрос | октябрь\n3 | Итог | Отчёт | май")

    assert outline(merged) == [("1", "Запуск", ["Приказ", "Опрос"]), ("2", "Итог", ["Отчёт"])]
    assert outline(repeated) == [("", "Запуск", ["Приказ", "Опрос"]), ("", "Итог", ["Отчёт"])]
    assert [activity.number for activity in repeated.activities] == ["1", "2", "3"]


def test_nested_numbers_without_headings_are_stages():
    reading = read(
        "План\n№ | Мероприятие | Срок\n1.1 | Приказ | сентябрь\n1.2 | Опрос | октябрь\n2.1 | Отчёт | май",
        school_year=2024,
    )

    assert outline(reading) == [("1", "", ["Приказ", "Опрос"]), ("2", "", ["Отчёт"])]


# --- merged and torn cells --------------------------------------------------------------------------------------------
def test_a_deadline_is_filled_down_within_its_stage_and_a_responsible_never():
    reading = read(
        """
Дорожная карта на 2024-2025 учебный год
№ | Этап | Мероприятие | Содержание | Сроки | Ответственные
1. | Запуск | Документы | 1. Приказ 2. Положение | Сентябрь | Директор
 | | | Опрос педагогов | |
2. | Работа | Встречи | Планирование | | Куратор
"""
    )

    assert [(a.group, a.deadline_text, a.deadline_inherited, a.responsible_text) for a in reading.activities] == [
        ("Документы", "Сентябрь", False, "Директор"),
        ("Документы", "Сентябрь", True, ""),
        ("Встречи", "", False, "Куратор"),
    ]
    assert codes(reading) == [(4, "no_responsible"), (4, "deadline_shared"), (5, "no_deadline")]


def test_rows_torn_by_a_page_break_are_joined():
    reading = read(
        """
Дорожная карта на 2024-2025 учебный год
№ | Мероприятия | Срок | Исполнитель | Результат
1 | Опрос педагогов | Сентябрь, | Куратор | Таблица

 | и родителей | октябрь | | ответов
2 | Участие педагогов в | ноябрь | Завуч | Сертификаты

 | Региональном форуме | | |
3 | Отчёт | май | Куратор | Аналитическая

 | | | | справка
"""
    )

    assert [
        (a.number, a.content, a.deadline_text, a.responsible_text, a.document_text) for a in reading.activities
    ] == [
        ("1", "Опрос педагогов и родителей", "Сентябрь, октябрь", "Куратор", "Таблица ответов"),
        ("2", "Участие педагогов в Региональном форуме", "ноябрь", "Завуч", "Сертификаты"),
        ("3", "Отчёт", "май", "Куратор", "Аналитическая справка"),
    ]


def test_a_torn_stage_and_group_belong_to_all_their_activities():
    reading = read(
        """
Дорожная карта на 2024-2025 учебный год
№ | Этап | Мероприятия | Содержание | Сроки | Ответственные
1. | Отбор и | Выбор форм с | Опрос внутри школы. | Октябрь 2024 | Директор,
 | обучение | учётом | | года | завуч

 | | запросов школы | Совещание по итогам опроса. | Ноябрь 2024 года | Директор
"""
    )

    (stage,) = reading.stages
    assert stage.title == "Отбор и обучение"
    assert [(a.group, a.content, a.deadline_text, a.responsible_text) for a in stage.activities] == [
        ("Выбор форм с учётом запросов школы", "Опрос внутри школы.", "Октябрь 2024 года", "Директор, завуч"),
        ("Выбор форм с учётом запросов школы", "Совещание по итогам опроса.", "Ноябрь 2024 года", "Директор"),
    ]


def test_small_letters_are_no_tear_where_all_cells_begin_with_them():
    reading = read(
        """
Дорожная карта
Этап | Содержание | Период | Кто отвечает
Запуск | изучение документов | сентябрь | завуч
 | сбор согласий | октябрь | куратор
 | беседы | октябрь | куратор
 | обмен опытом | апрель | наставники
""",
        school_year=2024,
    )

    assert outline(reading) == [("", "Запуск", ["изучение документов", "сбор согласий", "беседы", "обмен опытом"])]


def test_numbers_that_run_through_all_stages_leave_stages_alone():
    reading = read(
        """
Дорожная карта
№ | Мероприятие | Срок | Ответственный
I | Организация | |
1 | Приказ | сентябрь | Директор
2 | Опрос | сентябрь | Куратор
II | Обучение наставников, | |
 | кураторов и педагогов | |
3 | Семинар | октябрь | Куратор
 | Завершение года | |
4 | Отчёт | май | Куратор
""",
        school_year=2024,
    )

    assert outline(reading) == [
        ("1", "Организация", ["Приказ", "Опрос"]),
        ("2", "Обучение наставников, кураторов и педагогов", ["Семинар"]),
        ("", "Завершение года", ["Отчёт"]),
    ]


def test_a_stage_without_rows_of_its_own_is_an_activity_too():
    reading = read(
        """
Дорожная карта
№ | Мероприятие | Срок | Ответственный
1 | Работа с кадрами | |
1.1 | Опрос | сентябрь | Куратор
1.2 | Отбор | сентябрь | Куратор
2 | Подведение итогов | май | Директор
""",
        school_year=2024,
    )

    assert outline(reading) == [
        ("1", "Работа с кадрами", ["Опрос", "Отбор"]),
        ("2", "Подведение итогов", ["Подведение итогов"]),
    ]


def test_a_deadline_in_the_row_of_a_stage_holds_for_its_activities():
    reading = read(
        """
Дорожная карта
№ | Мероприятие | Срок | Ответственный
1 этап. Запуск | | сентябрь |
1 | Приказ | | Директор
2 | Опрос | октябрь | Куратор
""",
        school_year=2024,
    )

    assert [(a.deadline_text, a.deadline_inherited) for a in reading.activities] == [
        ("сентябрь", True),
        ("октябрь", False),
    ]
    assert codes(reading) == [(3, "stage_deadline")]


def test_heads_and_column_numbers_on_the_next_page_are_no_rows():
    reading = read(
        """
Дорожная карта
№ | Мероприятие | Срок | Ответственный
1 | 2 | 3 | 4
1 | Приказ | сентябрь | Директор
№ | Мероприятие | Срок | Ответственный
1 | 2 | 3 | 4
2 | Отчёт | май | Куратор
""",
        school_year=2024,
    )

    assert [(a.number, a.content) for a in reading.activities] == [("1", "Приказ"), ("2", "Отчёт")]


# --- what stands around the table -------------------------------------------------------------------------------------
SURROUNDED = """
Приложение 1
№ | ФИО наставника | ФИО наставляемого | Дата закрепления
1 | Первый П.П. | Второй В.В. | 02.09.2024

УТВЕРЖДАЮ
Директор МБОУ «Лицей Север»
_______ А.Б. Иванова
«30» августа 2024 г.

План мероприятий (дорожная карта)
внедрения наставничества в МБОУ «Лицей Север»
на 2024/2025 учебный год
№ | Мероприятие | Срок | Ответственный
1 | Приказ по МБОУ «Лицей Сервер» | сентябрь | Директор
2 | Опрос за 2022-2023 учебный год | октябрь 2025 г. | Куратор
строка вне таблицы.
3 | Встречи | 31 ноября | Наставники
4 | Отчёт | когда-нибудь |
Директор | А.Б. Иванова

Приложение 3
Индивидуальный план наставника
№ | Содержание работы | Срок | Отметка
1 | Знакомство | сентябрь |
2 | Урок | октябрь |
"""


def test_only_the_roadmap_is_read_and_the_rest_is_named():
    reading = read(SURROUNDED)

    assert outline(reading) == [
        ("", "", ["Приказ по МБОУ «Лицей Сервер»", "Опрос за 2022-2023 учебный год", "Встречи", "Отчёт"])
    ]
    assert codes(reading) == [
        (2, "ignored_table"),
        (14, "foreign_name"),
        (15, "outside_period"),
        (15, "other_years"),
        (16, "stray_text"),
        (17, "deadline_unread"),
        (18, "no_responsible"),
        (18, "deadline_unread"),
        (19, "stray_text"),
    ]
    (ignored,) = [remark for remark in reading.remarks if remark.code == "ignored_table"]
    assert "2" in str(ignored.text)
    assert "№ · Содержание работы · Срок · Отметка" in str(ignored.text)


def test_title_period_and_approval_are_found_above_the_table():
    reading = read(SURROUNDED)

    assert reading.title == (
        "План мероприятий (дорожная карта) внедрения наставничества в МБОУ «Лицей Север» на 2024/2025 учебный год"
    )
    assert (reading.period_text, reading.school_year) == ("2024/2025 учебный год", 2024)
    assert reading.period == (date(2024, 9, 1), date(2025, 8, 31))
    assert (reading.approval.position, reading.approval.name, reading.approval.date_text) == (
        "Директор МБОУ «Лицей Север»",
        "А.Б. Иванова",
        "«30» августа 2024 г.",
    )


@pytest.mark.parametrize(
    ("title", "school_year", "period"),
    [
        ("Дорожная карта на 2024-2026 гг.", 2024, (date(2024, 1, 1), date(2026, 12, 31))),
        ("Дорожная карта на 2025 год", None, (date(2025, 1, 1), date(2025, 12, 31))),
        ("Дорожная карта в период с 2024 по 2025 г.г.", 2024, (date(2024, 1, 1), date(2025, 12, 31))),
        ("Дорожная карта", 2030, None),
    ],
)
def test_period_is_guessed_from_the_title(title, school_year, period):
    reading = read(f"{title}\n№ | Мероприятие | Срок\n1 | Приказ | сентябрь", school_year=2030)

    assert (reading.school_year, reading.period) == (school_year, period)


def test_stages_out_of_order_are_remarked_on():
    reading = read(
        """
Дорожная карта на 2024-2025 учебный год
№ | Мероприятие | Срок | Ответственный
1 этап. Запуск
1 | Приказ | ноябрь | Директор
2 этап. Работа
3 этап. Итог
1 | Отчёт | сентябрь | Куратор
"""
    )

    assert codes(reading) == [(5, "empty_stage"), (6, "stage_order")]


def test_a_foreign_name_is_told_by_the_names_given():
    text = "Дорожная карта МБДОУ «Берёзка»\n№ | Мероприятие | Срок\n1 | Приказ МБДОУ «Березка» и МБДОУ «Ромашка» | май"

    reading = read(text, own_names=["Берёзка"], school_year=2024)

    assert [(remark.row, remark.code, "Ромашка" in str(remark.text)) for remark in reading.remarks] == [
        (3, "foreign_name", True)
    ]


def test_other_columns_are_kept():
    reading = read(
        "План работы\nМероприятие | Форма проведения | Участники | Срок\nСовет | круглый стол | педагоги | май",
        school_year=2024,
    )

    assert reading.columns[1] == ("other", "Форма проведения")
    assert reading.activities[0].extra == {"Форма проведения": "круглый стол", "Участники": "педагоги"}


@pytest.mark.parametrize("text", ["Просто письмо без таблиц.", "а\tб\nв\tг", "№ | Показатель | 2024 г.\n1 | Доля | 30"])
def test_a_document_without_a_roadmap_is_refused(text):
    with pytest.raises(UnreadableDocument):
        read(text)


# --- points inside a cell ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("1. Приказ 2. Положение", [("1", "Приказ"), ("2", "Положение")]),
        ("1.Приказ от 25.12.2019 г. № 145. 2.Опрос", [("1", "Приказ от 25.12.2019 г. № 145."), ("2", "Опрос")]),
        ("Акты: 1) приказ; 2) план", [("1", "приказ;"), ("2", "план")]),
        ("- сбор анкет; - их разбор", [("", "сбор анкет"), ("", "их разбор")]),
        ("<ol><li>Сбор</li><li>Разбор</li></ol>", [("1", "Сбор"), ("2", "Разбор")]),
        ("<ol style='x'> 1. Сбор 2. Разбор </ol>", [("1", "Сбор"), ("2", "Разбор")]),
        ("3. Собрать банк", []),
        ("1. Анализ", []),
        ("Встреча педагога – наставника", []),
        ("Работа по ст. 2. Закона", []),
    ],
)
def test_points_of_a_cell(text, points):
    plain_text = " ".join(re.sub(r"<[^<>]*>", " ", text).split())

    assert points_of(text, plain_text) == points


def test_points_leave_the_text_whole():
    (activity,) = read(
        "План работы\nМероприятие | Срок\n<ol> 1. Сбор анкет 2. Разбор</ol> | май", school_year=2024
    ).activities

    assert activity.content == "1. Сбор анкет 2. Разбор"
    assert activity.items == [("1", "Сбор анкет"), ("2", "Разбор")]


# --- whatever is in the cells -----------------------------------------------------------------------------------------
CELLS = st.sampled_from(
    [
        "",
        "1",
        "1.1",
        "2.",
        "II",
        "Приказ",
        "сбор анкет",
        "1. Приказ 2. План",
        "2 этап. Работа",
        "сентябрь",
        "года",
        "Директор",
        "<b>Итог</b>",
    ]
)
ROWS = st.lists(st.lists(CELLS, min_size=1, max_size=7).map(tuple), max_size=12)
HEADS = st.sampled_from(
    [
        ("№", "Мероприятие", "Срок", "Ответственный"),
        ("№", "Этап", "Мероприятия", "Содержание", "Срок"),
        ("Срок", "Мероприятие", "Участники", "Результат"),
    ]
)


@given(head=HEADS, rows=ROWS, text=st.text(alphabet="аБ 1.<>*", max_size=12))
@example(head=("Срок", "Мероприятие", "Участники", "Результат"), rows=[("сбор анкет",)], text="")
def test_no_letter_of_a_cell_is_lost(head, rows, text):
    table = Table((TableRow(head, 1), *(TableRow(cells, number) for number, cells in enumerate(rows, start=2))))
    last = ("9", *(["Последнее"] * (len(head) - 1)))
    blocks = [table, Paragraph(text, 99), Table((TableRow(last, 100),))]

    reading = read_document(blocks, school_year=2024)

    kept = " ".join(
        [f"{stage.number} {stage.title}" for stage in reading.stages]
        + [
            f"{a.number} {a.group} {a.content} {a.deadline_text} {a.responsible_text} {a.document_text} {a.extra}"
            for a in reading.activities
        ]
        + [str(remark.text) for remark in reading.remarks]
        # A row of small letters under a head may be its second line.
        + [heading for _role, heading in reading.columns]
    )
    words = {word for cells in rows for cell in cells for word in re.findall(r"[а-яА-Я]{4,}", cell)} - {"этап"}
    assert {word for word in words if word not in kept} == set()


# --- more tables of people, a trap in each ----------------------------------------------------------------------------
def when(reading):
    return [(stage.title, [activity.deadline_text for activity in stage.activities]) for stage in reading.stages]


def test_months_and_frequencies_as_section_rows_are_the_deadlines_of_their_activities():
    reading = read(
        """
        План мероприятий по наставничеству на 2024-2025 учебный год
№ | Мероприятие | Срок | Ответственный
Сентябрь | | |
1 | Приказ | до 5 сентября | Директор
2 | Опрос | | Куратор
Ежемесячно | | |
1 | Встречи | | Наставники
"""
    )

    assert when(reading) == [("Сентябрь", ["до 5 сентября", "Сентябрь"]), ("Ежемесячно", ["Ежемесячно"])]
    assert [activity.deadline_inherited for activity in reading.activities] == [False, True, True]


def test_section_rows_are_deadlines_without_a_column_of_deadlines_too():
    reading = read("План мероприятий\n№ | Мероприятие | Ответственный\nОктябрь | |\n1 | Приказ | Директор")

    assert when(reading) == [("Октябрь", ["Октябрь"])]


@pytest.mark.parametrize(
    "heads", ["Начало | Окончание", "Срок начала | Срок окончания", "Дата начала | Дата завершения"]
)
def test_two_columns_of_dates_are_one_deadline(heads):
    reading = read(
        f"Дорожная карта\n№ | Мероприятие | {heads} | Ответственный\n1 | Приказ | 01.09.2024 | 10.09.2024 | Директор"
    )

    assert reading.activities[0].deadline_text == "01.09.2024 – 10.09.2024"


def test_columns_of_one_name_keep_their_cells_apart():
    reading = read(
        "Дорожная карта\n№ | Мероприятие | Срок | Отметка | Отметка | Отметка\n1 | Приказ | май | да | нет | потом"
    )

    assert reading.activities[0].extra == {"Отметка": "да", "Отметка (2)": "нет", "Отметка (3)": "потом"}


@pytest.mark.parametrize(
    ("above", "number", "day"),
    [
        ("Приложение № 1\nк приказу от 29.08.2024 № 56-од", "56-од", "29.08.2024"),
        (
            "УТВЕРЖДЕНО\nприказом директора МБОУ СОШ № 5\nот «29» августа 2024 г. № 120/1",
            "120/1",
            "«29» августа 2024 г.",
        ),
        ("Утверждена приказом № 7 от 01.09.2024 г.", "7", "01.09.2024 г."),
        ("Приложение 2\nк приказу № 3", "3", ""),
        ("Приложение 2\nк приказу МБДОУ № 3", "", ""),
        ("УТВЕРЖДАЮ\nприказ Министерства просвещения РФ от 25.12.2019 № 145", "", ""),
    ],
)
def test_the_approving_order_is_found_above_the_table(above, number, day):
    approval = read(f"{above}\nДорожная карта\n№ | Мероприятие | Срок\n1 | Приказ | май").approval

    assert ((approval.order_number, approval.order_date_text) if approval else ("", "")) == (number, day)


def test_columns_of_one_name_hold_the_activity_where_the_first_is_empty():
    head = "Месяц | Содержание работы | Содержание работы | Ответственный"
    reading = read(f"План работы\n{head}\nСентябрь | Приказ | Анкета | Куратор\nОктябрь | | Беседа | Куратор")

    assert [(each.content, each.deadline_text, each.extra) for each in reading.activities] == [
        ("Приказ", "Сентябрь", {"Содержание работы (2)": "Анкета"}),
        ("Беседа", "Октябрь", {}),
    ]


@pytest.mark.parametrize(
    ("heading", "deadline"),
    [
        ("I этап. Подготовительный (сентябрь – октябрь 2024 г.)", "сентябрь – октябрь 2024 г."),
        ("Подготовительный этап. Сроки: сентябрь 2024 г.", "сентябрь 2024 г."),
        ("I этап. Подготовительный (организационный)", ""),
    ],
)
def test_the_time_in_the_heading_of_a_stage_is_the_deadline_of_its_activities(heading, deadline):
    reading = read(f"План работы\n№ | Мероприятие | Ответственный\n{heading} | |\n1 | Приказ | Директор")

    assert [each.deadline_text for each in reading.activities] == [deadline]
    assert ("stage_deadline" in [remark.code for remark in reading.remarks]) == bool(deadline)


def test_a_signature_under_a_table_without_numbers_is_no_activity():
    reading = read(
        "План работы\nДата | Мероприятие | Ответственный\n14.01.2025 | Заседание | Завуч\nДиректор школы | | А.В. Котов"
    )

    assert [(each.content, each.deadline_text) for each in reading.activities] == [("Заседание", "14.01.2025")]
    assert [remark.code for remark in reading.remarks if remark.row == 4] == ["stray_text"]


def test_a_short_table_in_small_letters_is_not_torn():
    reading = read(
        "План\nКто | Что делаем | Когда | Что получим\nметодист | собрать заявки | до 20.09 | список\n"
        "педагоги | провести занятия | октябрь | отчёт\nметодист | обновить сайт | по необходимости |"
    )

    assert [(each.content, each.document_text) for each in reading.activities] == [
        ("собрать заявки", "список"),
        ("провести занятия", "отчёт"),
        ("обновить сайт", ""),
    ]


def test_the_title_of_a_sheet_above_its_table_is_no_table_that_was_left_out():
    reading = read_document(
        blocks_from_file("Школа;;\nПлан работы;;\n;;\n№;Мероприятие;Срок\n1;Приказ;май".encode(), "a.csv")
    )

    assert (reading.title, [remark.code for remark in reading.remarks if remark.code == "ignored_table"]) == (
        "План работы",
        [],
    )


def test_a_day_beside_a_month_is_the_deadline_and_the_month_where_there_is_no_day():
    head = "Месяц | Дата | Тема встречи | Ответственный"
    reading = read(f"План работы\n{head}\nСентябрь | 05.09 | Знакомство | Куратор\nОктябрь | | Урок | Завуч")

    assert [each.deadline_text for each in reading.activities] == ["05.09", "Октябрь"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Мероприятие\nСрок\nПриказ\nмай\n", "there is no table with text here"),
        ("А\tБ\n1\t2\n", "no table has columns"),
    ],
)
def test_words_on_a_document_without_a_roadmap_tell_a_table_from_none(text, words):
    with translation.override("en"), pytest.raises(NoRoadmapFound, match=words):
        read_document(blocks_from_file(text.encode(), "план.txt"))


def test_marks_in_columns_of_months_are_the_deadline():
    rows = (
        ["№", "Мероприятие", "Сентябрь", "Октябрь", "Ноябрь"],
        ["1", "Приказ", "+", "", ""],
        ["2", "Встречи", "", "✓", "v"],
    )
    table = Table(tuple(TableRow((*cells, "Куратор"), row) for row, cells in enumerate(rows, 1)))
    head = ChosenHead(1, ("number", "content", "other", "other", "other", "responsible"))

    (stage,) = read_document([table], school_year=2026, head=head).stages

    assert [activity.deadline_text for activity in stage.activities] == ["сентябрь", "октябрь, ноябрь"]
