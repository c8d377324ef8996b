"""Letters of thanks and certificates keep their words above the signature, however long these are."""

import pytest

from documents.honour_sizes import honour_size


def sheet(**values):
    usual = {
        "layout": "portrait",
        "letterhead": {"founder": "Управление образования", "full_name": "Средняя школа № 7", "picture": ""},
        "kind_word": "БЛАГОДАРСТВЕННОЕ ПИСЬМО",
        "whom": ["Ивановой Марии Петровне", "учителю физики"],
        "salutation": "Уважаемая Мария Петровна!",
        "text": ["Благодарим Вас за участие в программе наставничества."],
        "signatures": [{"name": "О.И. Главный"}],
    }
    return usual | values


@pytest.mark.parametrize("layout", ["portrait", "landscape"])
@pytest.mark.parametrize(
    ("letters", "expected"), [(100, "usual"), (1500, "smaller"), (3000, "smallest"), (9000, "flowing")]
)
def test_letters_are_smaller_where_there_are_more(letters, expected, layout):
    assert honour_size(sheet(layout=layout, text=["а" * letters])) == expected


def test_a_name_of_two_hundred_letters_counts():
    assert honour_size(sheet(whom=["Ы" * 200, "Ш" * 200], salutation="Ы" * 130)) == "small"


def test_of_a_paper_made_before_nothing_is_wanted():
    assert honour_size({"kind_word": "СЕРТИФИКАТ", "whom": [], "signatures": []}) == "usual"
