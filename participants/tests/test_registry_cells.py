from datetime import date, datetime, time, timedelta

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from participants.registry_cells import cell_lines, cell_text, read_experience, read_link
from participants.registry_contacts import read_contact, read_phone
from participants.registry_days import read_birth_year, read_date
from participants.tests.registry_books import TODAY

cells = (
    st.text(max_size=60)
    | st.text(alphabet=st.sampled_from("0123456789 ./-+()гр@,;еОo\n"), max_size=30)
    | st.floats()
    | st.integers()
    | st.booleans()
    | st.dates()
    | st.datetimes()
    | st.times()
    | st.timedeltas()
)


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


@given(cells)
def test_every_reader_takes_every_cell(cell):
    year = read_birth_year(cell, today=TODAY).value
    day = read_date(cell).value
    years = read_experience(cell)[0].value
    contact = read_contact(cell)

    assert year is None or TODAY.year - 100 <= year <= TODAY.year
    assert day is None or 1990 <= day.year <= 2100
    assert years is None or 0 <= years <= 75
    assert all(phone.startswith("+") and phone[1:].isdigit() for phone in contact.phones)
    assert all("@" in email for email in contact.emails)
    assert isinstance(cell_text(cell) + cell_lines(cell) + (read_link(cell).value or ""), str)


@given(
    st.integers(min_value=1945, max_value=2019),
    st.sampled_from(["{}", "{} г.р.", "{} г.", "12.03.{}", " {}\n", "{}-03-12"]),
)
def test_read_birth_year_reads_every_plausible_year(year, form):
    assert read_birth_year(form.format(year), today=TODAY) == (year, None)


@given(st.integers(min_value=1925, max_value=1944))
def test_read_birth_year_keeps_an_unusual_age_and_points_at_it(year):
    reading = read_birth_year(year, today=TODAY)

    assert (reading.value, reading.remark is not None) == (year, True)


@pytest.mark.parametrize(
    ("cell", "year"),
    [
        (1985, 1985),
        (1985.0, 1985),
        (31118.0, 1985),  # 12 March 1985 without the format of a date
        ("31118", 1985),
        (date(1985, 3, 12), 1985),
        (datetime(1985, 3, 12), 1985),
        ("12 марта 1985 г.", 1985),
        ("март 1985", 1985),
        ("12.03.85", 1985),
        ("12.03.08", 2008),
        ("85 г.р.", 1985),
        ("1 985", 1985),
        ("год рождения: 1985", 1985),
        ("", None),
        ("-", None),
        ("не указан", None),
    ],
)
def test_read_birth_year_reads_the_ways_it_is_written(cell, year):
    assert read_birth_year(cell, today=TODAY) == (year, None)


@pytest.mark.parametrize(
    ("cell", "sentence"),
    [
        ("1889", "Birth year 1889: check it, the participant would be 136 years old."),
        (1889.0, "Birth year 1889: check it, the participant would be 136 years old."),
        ("12.03.1889", "Birth year 1889: check it, the participant would be 136 years old."),
        (2031, "Birth year 2031: check it, this year is still to come."),
        ("198", "“198” is not a birth year. Write four digits, for example 1985."),
        (85, "“85” is not a birth year. Write four digits, for example 1985."),
        ("абв", "“абв” is not a birth year. Write four digits, for example 1985."),
        ("1985 или 1986", "“1985 или 1986” is not a birth year. Write four digits, for example 1985."),
        (1985.5, "“1985,5” is not a birth year. Write four digits, for example 1985."),
        (True, "“да” is not a birth year. Write four digits, for example 1985."),
        (time(5, 30), "“05:30” is not a birth year. Write four digits, for example 1985."),
        (timedelta(hours=30), "“1 day, 6:00:00” is not a birth year. Write four digits, for example 1985."),
    ],
)
def test_read_birth_year_says_what_is_wrong(cell, sentence):
    reading = read_birth_year(cell, today=TODAY)

    assert (reading.value, str(reading.remark)) == (None, sentence)


@pytest.mark.parametrize(
    ("cell", "year", "sentence"),
    [
        ("31.02.1985", 1985, "There is no such day as “31.02.1985”; the year alone was read."),
        (2022, 2022, "Birth year 2022 was kept, but check it: the participant would be 3 years old."),
        (
            date(1905, 6, 7),
            1985,
            (
                "The cell shows the date 07.06.1905 because the number 1985 has the format of a date; "
                "read as the year 1985."
            ),
        ),
    ],
)
def test_read_birth_year_keeps_a_doubtful_year_with_a_remark(cell, year, sentence):
    reading = read_birth_year(cell, today=TODAY)

    assert (reading.value, str(reading.remark)) == (year, sentence)


@pytest.mark.parametrize(
    "cell",
    [
        date(2023, 9, 1),
        datetime(2023, 9, 1, 10, 30),
        45170.0,
        "45170",
        "01.09.2023",
        "1.9.2023 г.",
        "01/09/2023",
        "2023-09-01",
        "2023-09-01T00:00:00",
        "01.09.23",
        "1 сентября 2023 года",
        "«01» сентября 2023 г.",
        '"1" сентября 2023',
        "1-е сентября 2023",
        "1-го сентября 2023",
        "01,09,2023",
        "с 01.09.2023",
    ],
)
def test_read_date_reads_the_ways_it_is_written(cell):
    assert read_date(cell) == (date(2023, 9, 1), None)


@pytest.mark.parametrize(
    "text",
    [
        "31.02.2024",
        "сентябрь",
        "2023-2024 учебный год",
        "01.09.0203",
        "01.09.2023, 02.09.2023",
        "5",
        "=DATE(2025,9,1)",
        "31 феврабря 2023",
        "13.2023",
    ],
)
def test_read_date_leaves_out_what_is_no_date(text):
    reading = read_date(text)

    assert (reading.value, str(reading.remark)) == (
        None,
        f"“{text}” is not a date and was left out. Write it as 01.09.2025.",
    )


@pytest.mark.parametrize("text", ["сентябрь 2025", "Сентябрь 2025 г.", "09.2025", "9/2025", "с сентября 2025"])
def test_read_date_reads_a_month_as_its_first_day_or_its_last(text):
    first, last = read_date(text), read_date(text, is_end=True)

    assert (first.value, str(first.remark)) == (
        date(2025, 9, 1),
        f"The day was not given in “{text}”; read as 01.09.2025.",
    )
    assert (last.value, str(last.remark)) == (
        date(2025, 9, 30),
        f"The day was not given in “{text}”; read as 30.09.2025.",
    )


def test_read_date_keeps_words_beside_the_date_in_a_remark():
    reading = read_date("01.09.2023 (приказ № 5)")

    assert reading.value == date(2023, 9, 1)
    assert str(reading.remark) == "Only the date was read from “01.09.2023 (приказ № 5)”."


@given(st.integers(min_value=9_000_000_000, max_value=9_999_999_999))
def test_read_contact_reads_a_mobile_number_in_any_shape(number):
    code, rest = str(number)[:3], str(number)[3:]
    shapes = [
        number,
        float(number),
        float(f"8{number}"),
        f"8{number}",
        f"+7{number}",
        f"7{number}",
        f"8 ({code}) {rest[:3]}-{rest[3:5]}-{rest[5:]}",
        f"+7 {code} {rest[:3]} {rest[3:5]} {rest[5:]}",
        f"8-{code}-{rest}",
        f"тел.: 8.{code}.{rest[:3]}.{rest[3:]}",
        f"'+7{number}",
    ]
    expected = read_phone(f"+7{number}")

    if expected:
        assert {read_contact(shape).phone for shape in shapes} == {expected} == {f"+7{number}"}


@pytest.mark.parametrize(
    ("cell", "phone", "email", "note"),
    [
        ("8 (927) 123-45-67", "+79271234567", "", ""),
        (89271234567.0, "+79271234567", "", ""),
        ("9271234567", "+79271234567", "", ""),
        ("8 (39422) 2-34-56", "+73942223456", "", ""),
        ("+375 29 123-45-67", "+375291234567", "", ""),
        ("8 (927) 123-45-67, ivanova@mail.ru", "+79271234567", "ivanova@mail.ru", ""),
        ("тел. 89271234567\ne-mail: Ivanova.M@Mail.RU.", "+79271234567", "ivanova.m@mail.ru", ""),
        ("89271234567/89277654321", "+79271234567", "", "+7 927 765-43-21"),
        ("8 927 123-45-67 8 927 765-43-21", "+79271234567", "", "+7 927 765-43-21"),
        ("8 927 123 45 67 (мама Ольга Ивановна)", "+79271234567", "", "мама Ольга Ивановна"),
        ("445000, г. Заречный, ул. Мира, 5; 89271234567", "+79271234567", "", "445000, г. Заречный, ул. Мира, 5"),
        ("a@mail.ru; b@mail.ru", "", "a@mail.ru", "b@mail.ru"),
        ("ivanova @ mail.ru", "", "ivanova@mail.ru", ""),
        ("vk.com/id1234567", "", "", "vk.com/id1234567"),
        ("ВК: vk.com/id1234567, 89271234567", "+79271234567", "", "ВК: vk.com/id1234567"),
        ("id1234567", "", "", "id1234567"),
        ("мама 89271234567 папа 89277654321", "+79271234567", "", "мама; папа +7 927 765-43-21"),
        ("89271234567 мама, 89277654321 папа", "+79271234567", "", "мама; +7 927 765-43-21 папа"),
        ("89271234567 мама 89277654321 папа", "+79271234567", "", "мама; +7 927 765-43-21 папа"),
        ("89271234567 (мама), 89277654321 (папа)", "+79271234567", "", "мама; +7 927 765-43-21 (папа)"),
        ("мама: Ольга 89271234567\nпапа: 89277654321", "+79271234567", "", "мама: Ольга; папа: +7 927 765-43-21"),
        ("89271234567 раб. 8(39422)2-34-56", "+79271234567", "", "раб. +7 394 222-34-56"),
        ("Хертек К.С., 89271234567", "+79271234567", "", "Хертек К.С."),
        ("бабушка Хертек К.С.", "", "", "бабушка Хертек К.С."),
        ("'-5", "", "", "-5"),
        ("нет тел.", "", "", ""),
        ("\ue000 89271234567", "+79271234567", "", ""),
        ("телеграм @ivanova_m", "", "", "телеграм @ivanova_m"),
        ("8 (927) 123-45-67 доб. 12", "+79271234567", "", "доб. 12"),
        ("-", "", "", ""),
        ("нет", "", "", ""),
    ],
)
def test_read_contact_takes_a_cell_apart(cell, phone, email, note):
    contact = read_contact(cell)

    assert (contact.phone, contact.email, contact.note, contact.remarks) == (phone, email, note, [])


@pytest.mark.parametrize(
    ("cell", "note", "remark"),
    [
        ("2-34-56", "2-34-56", "“2-34-56” is not a whole telephone number; it was kept among other contacts."),
        ("8927123456", "8927123456", "“8927123456” is not a whole telephone number; it was kept among other contacts."),
        (
            "8(927)123-45-67, дом. 2-34-56",
            "дом. 2-34-56",
            "“2-34-56” is not a whole telephone number; it was kept among other contacts.",
        ),
        ("ivanova@mail", "", "“ivanova@mail” is not an e-mail address and was left out."),
        ("почта@школа.рф", "", "“почта@школа.рф” is not an e-mail address and was left out."),
    ],
)
def test_read_contact_remarks_on_what_cannot_be_used(cell, note, remark):
    contact = read_contact(cell)

    assert (contact.phone in ("", "+79271234567"), contact.email, contact.note) == (True, "", note)
    assert [str(sentence) for sentence in contact.remarks] == [remark]


def test_read_contact_takes_the_comma_in_an_email_for_a_full_stop():
    contact = read_contact("elkin@mail,ru, 89271234567")

    assert (contact.email, contact.phone, contact.note) == ("elkin@mail.ru", "+79271234567", "")
    assert [str(sentence) for sentence in contact.remarks] == [
        "The comma in the e-mail “elkin@mail,ru” was read as a full stop."
    ]


def test_read_contact_reads_a_cell_full_of_numbers():
    numbers = [f"{number:05d}" for number in range(10_000, 13_000)]

    contact = read_contact(", ".join(numbers))

    assert set(", ".join(contact.rest).split(", ")) >= set(numbers[:1000])


def test_read_contact_restores_latin_letters_of_an_email():
    contact = read_contact("ivаnovа@mail.ru")  # both «а» are Cyrillic

    assert contact.email == "ivanova@mail.ru"
    assert [str(sentence) for sentence in contact.remarks] == [
        "Cyrillic letters in the e-mail “ivаnovа@mail.ru” were replaced by Latin ones."
    ]


@pytest.mark.parametrize(
    ("cell", "years", "here"),
    [
        (15, 15, None),
        (15.0, 15, None),
        (2.5, 2, None),
        ("15 лет", 15, None),
        ("1 год", 1, None),
        ("15 л. 3 м.", 15, None),
        ("15/3", 15, 3),
        ("15 лет (3 года)", 15, 3),
        ("менее года", 0, None),
        ("8 мес.", 0, None),
        ("-", None, None),
    ],
)
def test_read_experience_reads_whole_years(cell, years, here):
    assert read_experience(cell) == ((years, None), here)


@pytest.mark.parametrize("cell", ["с 2010 года", "150", "много"])
def test_read_experience_leaves_out_what_is_no_number_of_years(cell):
    reading, here = read_experience(cell)

    assert (reading.value, here) == (None, None)
    assert str(reading.remark) == f"“{cell}” is not a number of years and was left out."


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("https://school.example.ru/case/1", "https://school.example.ru/case/1"),
        ("Отзыв: school.ru/otzyv.", "https://school.ru/otzyv"),
        ("www.school.ru", "https://www.school.ru"),
        ("http://школа.рф/кейс", "http://школа.рф/кейс"),
        ("нет", None),
    ],
)
def test_read_link_finds_the_address(text, link):
    assert read_link(text) == (link, None)


def test_read_link_leaves_out_words():
    reading = read_link("размещён на сайте")

    assert (reading.value, str(reading.remark)) == (None, "“размещён на сайте” is not a link and was left out.")


def test_cell_text_shows_a_cell_as_the_screen_does():
    shown = [cell_text(cell) for cell in (5.0, 5.5, True, date(2025, 9, 1), time(9, 5), " а\n б\xad ", "'+7")]

    assert shown == ["5", "5,5", "да", "01.09.2025", "09:05", "а б", "+7"]
