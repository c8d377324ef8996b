import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import event, given
from hypothesis import strategies as st

from documents.numbering import check_template, clean_number, comparable_number, format_number, parse_sequence

TEMPLATES = ["{n}", "{n}-од", "01-12/{n}", "{n}/1", "{n:03}", "Ш4-{n}/{year}", "{year}-{n:04}", "{{{n}}}"]


@pytest.mark.parametrize(
    ("template", "n", "number"),
    [
        ("{n}", 56, "56"),
        ("{n}-од", 57, "57-од"),
        ("01-12/{n}", 358, "01-12/358"),
        ("{n:03}", 7, "007"),
        ("{n:03}-ОД", 1234, "1234-ОД"),
        ("{n}/{year}", 5, "5/2025"),
    ],
)
def test_format_number_fills_the_template(template, n, number):
    assert format_number(template, n, year=2025) == number


def test_format_number_asks_for_the_year_that_the_template_prints():
    with pytest.raises(ValueError, match="prints the year"):
        format_number("{n}/{year}", 5)


def test_format_number_refuses_a_template_without_a_counter():
    with pytest.raises(ValidationError):
        format_number("56", 5)


@pytest.mark.parametrize(
    ("template", "number", "n"),
    [
        ("{n}-од", "57-од", 57),
        ("{n}-од", "№ 57-ОД", 57),
        ("{n}-од", "N57 – oд", 57),  # a Latin o
        ("{n}-од", "057-од", 57),
        ("{n}-од", "57", None),
        ("{n}-од", "57-од-1", None),
        ("{n}", "56", 56),
        ("{n}", "56/1", None),
        ("{n}", "1234567890", None),
        ("{n}", "", None),
        ("01-12/{n}", "01-12/358", 358),
        ("01-12/{n}", "01–12/358", 358),
        ("01-12/{n}", "02-12/358", None),
        ("{n:03}", "7", 7),
        ("{n:03}", "1007", 1007),
        ("{n}/{year}", "5/2025", 5),
        ("{n}/{year}", "5/2024", None),
        ("{year}{n}", "202511", 11),
        ("{n}-р.", "5-рх", None),
    ],
)
def test_parse_sequence_reads_the_counter(template, number, n):
    assert parse_sequence(template, number, year=2025) == n


def test_parse_sequence_without_a_year_takes_any():
    assert parse_sequence("{n}/{year}", "5/2024") == 5


@given(st.sampled_from(TEMPLATES), st.integers(0, 999_999_999), st.integers(1900, 2100))
def test_parse_sequence_reads_back_what_format_number_wrote(template, n, year):
    assert parse_sequence(template, format_number(template, n, year=year), year=year) == n


@given(
    st.text(max_size=8) | st.text("АN№№ {}-–", max_size=8),
    st.sampled_from(["{n}", "{n:03}"]),
    st.text(max_size=8) | st.text("5№ /{year}", max_size=8),
)
def test_a_template_is_either_refused_or_works(before, counter, after):
    template = f"{before}{counter}{after}"
    try:
        check_template(template)
    except ValidationError:
        event("refused")
    else:
        event("works")
        assert parse_sequence(template, format_number(template, 5, year=2025)) == 5


@given(st.sampled_from(TEMPLATES), st.text())
def test_parse_sequence_takes_any_text(template, number):
    assert parse_sequence(template, number) is None or comparable_number(number)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("56", "56"),
        ("  № 40-од ", "40-од"),
        ("№181/1", "181/1"),
        ("N 26/1", "26/1"),
        ("N160-А", "160-А"),
        ("No. 45/2-р", "45/2-р"),
        ("№\u00a0Ш4-13-508/0", "Ш4-13-508/0"),
        ("в„– 575", "575"),
        ("1/5\u00a0-\u2009О", "1/5 - О"),
        ("78\u00ad-Д", "78-Д"),
        ("NB-5", "NB-5"),
        ("56-OД", "56-OД"),
        ("№", ""),
        ("", ""),
    ],
)
def test_clean_number_keeps_the_number_as_typed(typed, number):
    assert clean_number(typed) == number


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("56-ОД", "56-од"),
        ("160-A", "160-А"),  # Latin, Russian
        ("1/5-O", "1/5-О"),
        ("97o", "97О"),
        ("40 – од", "№ 40-од"),
        ("01-12/358", "01—12/358"),
    ],
)
def test_comparable_number_folds_what_the_eye_cannot_tell(one, other):
    assert comparable_number(one) == comparable_number(other)


@pytest.mark.parametrize(("one", "other"), [("56", "56-од"), ("10", "1О"), ("1/5", "15"), ("057", "57")])
def test_comparable_number_keeps_different_numbers_apart(one, other):
    assert comparable_number(one) != comparable_number(other)


@given(st.text())
def test_cleaning_twice_changes_nothing(text):
    assert comparable_number(comparable_number(text)) == comparable_number(text)


@pytest.mark.parametrize("template", TEMPLATES)
def test_check_template_accepts_what_offices_use(template):
    check_template(template)

    assert parse_sequence(template, format_number(template, 12, year=2025), year=2025) == 12


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("", "exactly once"),
        ("56", "exactly once"),
        ("{n}-{n}", "exactly once"),
        ("{year}", "exactly once"),
        ("{n", "braces"),
        ("n}", "braces"),
        ("{n}-{month}", "but not {month}"),
        ("{}", "but not {}"),
        ("{n.real}", "but not {n.real}"),
        ("{n:>9}", "“>9”"),
        ("{n:1000000000}", "“1000000000”"),
        ("{n!r}", "“!r”"),
        ("{year:06}", "“06”"),
        ("№ {n}", "without “№”"),
        ("{n}\u00ad", "without “№”"),
        (" {n}", "without “№”"),
        ("{n}\n", "without “№”"),
        ("N{n}", "without “№”"),
        ("{n}" + "-" * 40, "longer than 40"),
    ],
)
def test_check_template_says_what_is_wrong(template, message):
    with translation.override("en"), pytest.raises(ValidationError, match=message):
        check_template(template)
