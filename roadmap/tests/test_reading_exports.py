"""What exports to text do to a roadmap: page breaks, page numbers, lost cells. Invented documents, a trap in each."""

from roadmap.tests.test_reading import codes, outline, read


def test_a_row_under_a_head_of_the_next_page_goes_on():
    reading = read(
        """
        Дорожная карта на 2024-2025 учебный год
№ | Мероприятие | Срок | Ответственный
Этап 1. Начало | | |
1 | Опрос педагогов, желающих принять участие в | сентябрь | Куратор

№ | Мероприятие | Срок | Ответственный
 | работе пар | |
Этап 2. Итоги | | |
№ | Мероприятие | Срок | Ответственный
2 | Отчёт | май | Куратор
"""
    )

    assert outline(reading) == [
        ("1", "Начало", ["Опрос педагогов, желающих принять участие в работе пар"]),
        ("2", "Итоги", ["Отчёт"]),
    ]


def test_page_numbers_are_no_text_of_the_table():
    reading = read(
        """
        Дорожная карта
Мероприятие | Срок | Ответственный
Начало работы
Приказ | сентябрь | Директор
- 2 -
Встречи | октябрь | Наставники
Страница 3 из 4
Окончание работы
Отчёт | май | Куратор
"""
    )

    assert outline(reading) == [("", "Начало работы", ["Приказ", "Встречи"]), ("", "Окончание работы", ["Отчёт"])]
    assert "stray_text" not in dict(codes(reading)).values()


def test_signs_written_by_an_export_are_read():
    reading = read(
        r"""
        Дорожная карта на 2024&ndash;2025 уч. год
№&nbsp;п/п | Мероприятия | Сроки | Ответственные
1\. | Вечер &laquo;Вместе&raquo;,<br>список \*.docx | май&nbsp;2025 | Куратор \_\_
"""
    )

    (activity,) = reading.activities
    assert (activity.number, activity.content) == ("1.", "Вечер «Вместе», список *.docx")
    assert (activity.deadline_text, activity.responsible_text) == ("май 2025", "Куратор __")


def test_a_first_column_without_a_heading_holds_numbers():
    reading = read(
        "Дорожная карта\n | Мероприятия | Сроки | Ответственные\n1 | Приказ | май | Директор\n2 | Отчёт | май |"
    )

    assert [(a.number, a.content) for a in reading.activities] == [("1", "Приказ"), ("2", "Отчёт")]


def test_points_with_deadlines_of_their_own_are_rows():
    reading = read(
        """
        Дорожная карта
№ | Наименование этапа | Содержание деятельности | Срок | Ответственный
1. | Начало | 1) разработка приказа; | сентябрь | директор
 | | 2) разработка программ | октябрь | наставники
2. | Работа | 1) встречи; | по мере необходимости | наставники
 | | 2) консультации. | |
"""
    )

    assert outline(reading) == [
        ("1", "Начало", ["1) разработка приказа;", "2) разработка программ"]),
        ("2", "Работа", ["1) встречи;", "2) консультации."]),
    ]


def test_a_tear_is_known_by_brackets_missing_numbers_and_deadlines():
    reading = read(
        """
        Дорожная карта
№ | Мероприятие | Срок | Ответственный
1 | Семинары (в том числе | до 15 | Методист

 | Школа молодого педагога) | сентября 2024 г. |
2 | Перечень: - приказ; - план; | октябрь 2024 | Куратор
 | - отчёт | |
3 | Разработка программ, | |

 | выбор наставников | ноябрь 2024 г. | Директор
4 | Встречи | декабрь 2024 г. | Наставники
5 | Итоги | май 2025 г. | Куратор
6 | Награждение | май 2025 г. | Директор
"""
    )

    assert [(a.content, a.deadline_text) for a in reading.activities][:3] == [
        ("Семинары (в том числе Школа молодого педагога)", "до 15 сентября 2024 г."),
        ("Перечень: - приказ; - план; - отчёт", "октябрь 2024"),
        ("Разработка программ, выбор наставников", "ноябрь 2024 г."),
    ]


def test_a_row_without_its_merged_first_cell_is_moved_right():
    reading = read(
        """
        Дорожная карта
Этап | Мероприятие | Срок | Ответственный
Начало | Приказ | сентябрь | Директор
Опрос | сентябрь | Куратор
Итоги | Отчёт | май | Куратор
"""
    )

    assert outline(reading) == [("", "Начало", ["Приказ", "Опрос"]), ("", "Итоги", ["Отчёт"])]
    assert [a.responsible_text for a in reading.activities] == ["Директор", "Куратор", "Куратор"]


def test_headings_without_signs_stand_above_tables_alike():
    reading = read(
        """
        Дорожная карта

Работа с документами

№ | Мероприятие | Срок | Ответственный
1 | Приказ | сентябрь | Директор

Работа с людьми

№ | Мероприятие | Срок | Ответственный
1 | Встречи | октябрь | Наставники
"""
    )

    assert outline(reading) == [("", "Работа с документами", ["Приказ"]), ("", "Работа с людьми", ["Встречи"])]


def test_a_column_that_names_stages_and_activities_holds_activities():
    reading = read(
        """
        Дорожная карта
Наименование этапа, мероприятия | Дата | Кто отвечает
Этап 1. Начало
Приказ | май | Директор
"""
    )

    assert outline(reading) == [("1", "Начало", ["Приказ"])]
