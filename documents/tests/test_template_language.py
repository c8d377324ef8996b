import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.paper_texts import fault_in_words
from documents.template_language import LONGEST_TEXT, Scope, TextError, Values, faults_of, render

MENTEES = Scope(frozenset({"наставляемый"}))
PAIRS = Scope(frozenset({"наставник"}), {"наставляемого": MENTEES})
SCOPE = Scope(frozenset({"куратора", "запрос", "конец", "пары"}), {"пары": PAIRS})
TWO = Values(
    {"наставник": "Иванова"}, {"наставляемого": [Values({"наставляемый": "Орлов"}), Values({"наставляемый": "Рысь"})]}
)
ONE = Values({"наставник": "Петров"}, {"наставляемого": [Values({"наставляемый": "Сова"})]})
VALUES = Values({"куратора": "методиста", "запрос": "", "конец": "31 мая", "пары": "{пары}"}, {"пары": [TWO, ONE]})


# --- what is filled ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("на {куратора} по {конец}", "на методиста по 31 мая"),
        ("{ Куратора }", "Методиста"),
        ("Тема: {запрос}.\nдалее", "далее"),
        ("{если запрос}есть{иначе}нет{конец если}", "нет"),
        ("{если не запрос}нет запроса{конец если}", "нет запроса"),
        ("{если куратора}\n1. На {куратора}\n{конец если}\n2. Б", "1. На методиста\n2. Б"),
        ("А\n{если запрос}тема{конец если}\nБ", "А\nБ"),
        ("{для каждой пары}{наставник}; {конец для}", "Иванова; Петров; "),
        (
            "{для каждой пары}\n– {наставник}:\n{для каждого наставляемого}\n– – {наставляемый}\n{конец для}\n{конец для}",
            "– Иванова:\n– – Орлов\n– – Рысь\n– Петров:\n– – Сова",
        ),
        ("{если пары}{пары}{конец если}", "{пары}"),
        ("{Если Куратора}А{Конец  если}", "А"),
    ],
)
def test_a_text_is_filled(text, filled):
    assert faults_of(text, SCOPE) == []
    assert render(text, VALUES) == filled


# --- what is refused --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("а\n{куротора}", [(2, "unknown", "куратора")]),
        ("{директор}", [(1, "unknown", "")]),
        ("{}", [(1, "unknown", "")]),
        ("{куратора", [(1, "brace", "")]),
        ("а\n\nкуратора}", [(3, "brace", "")]),
        ("{{куратора}}", [(1, "foreign", "")]),
        ("{% load x %}", [(1, "foreign", "")]),
        ("{куратора.__class__}", [(1, "attribute", "")]),
        ("{куратора()}", [(1, "attribute", "")]),
        ("{куратора|safe}", [(1, "attribute", "")]),
        ("{если куратора.x}а{конец если}", [(1, "attribute", "")]),
        ("{если запрос}\nа", [(1, "unclosed", "конец если")]),
        ("{для каждой пары}\n{наставник} по {конец}", [(1, "unclosed", "конец для")]),
        ("а{конец если}", [(1, "not_open", "")]),
        ("{если запрос}а{конец если}\n{конец если}", [(2, "not_open", "")]),
        (
            "{если запрос}{для каждой пары}а{конец если}{конец для}",
            [(1, "wrong_end", "конец для"), (1, "not_open", "")],
        ),
        ("{иначе}", [(1, "else", "")]),
        ("{если запрос}а{иначе}б{иначе}в{конец если}", [(1, "else", "")]),
        ("{для каждой кошки}{имя}{конец для}", [(1, "unknown_list", "")]),
        ("{наставник}", [(1, "unknown", "")]),
        ("{для каждой пары}{для каждой пары}а{конец для}{конец для}", [(1, "unknown_list", "")]),
        ("{если запрос}" * 5 + "а" + "{конец если}" * 5, [(1, "deep", "")]),
        ("а" * (LONGEST_TEXT + 1), [(1, "long", "")]),
    ],
)
def test_a_faulty_text_is_refused_with_the_line(text, faults):
    found = faults_of(text, SCOPE)

    assert [(fault.line, fault.code, fault.nearest) for fault in found] == faults
    assert all(str(fault.line) in fault_in_words(fault) for fault in found)


def test_an_output_without_end_is_refused():
    many = Values({}, {"а": [Values({}, {"б": [Values({"в": "слово " * 20})] * 1000})] * 1000})

    with pytest.raises(TextError):
        render("{для каждого а}{для каждого б}{в}{конец для}{конец для}", many)


# --- properties -------------------------------------------------------------------------------------------------------
MARKS = ["куратора", "если запрос", "иначе", "конец если", "для каждой пары", "конец для", "конец", "наставник"]
SIGNS = ["{", "}", "\n", " ", "{{", "%}", "если", ".", "__class__", "ё", "😀", "\r"]
PIECES = st.sampled_from([*SIGNS, *(f"{{{mark}}}" for mark in MARKS)])


@given(st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=25).map("".join)))
def test_nothing_but_its_own_error_is_raised(text):
    faults = faults_of(text, SCOPE)
    try:
        render(text, VALUES)
    except TextError:
        assert faults
    for fault in faults:
        assert 1 <= fault.line <= text.count("\n") + 1


@given(st.text(alphabet=st.characters(exclude_characters="{}"), max_size=300))
def test_a_text_without_braces_comes_out_as_it_is(text):
    assert faults_of(text, SCOPE) == []
    assert render(text, VALUES) == text


def test_an_open_part_is_named_as_it_was_written():
    faults = faults_of("{для каждой пары}\n– {наставник}", SCOPE)

    assert [(fault.code, fault.words) for fault in faults] == [("unclosed", "для каждой пары")]
