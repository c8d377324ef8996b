import pytest

from mentorship import search
from mentorship.search import Hit


@pytest.fixture
def sources(monkeypatch):
    monkeypatch.setattr(search, "_sources", [])


def test_search_asks_each_source_in_order_and_leaves_out_the_empty(sources):
    search.register("Бумаги", lambda user, text: [Hit("Приказ № 5-од", "/documents/5/")], order=2)
    search.register("Люди", lambda user, text: [Hit(f"{user} ищет {text}", "/people/1/")], order=1)
    search.register("Ничего", lambda user, text: [], order=3)

    found = search.search("Анна", "  приказ  5 ")

    assert [(label, [hit.title for hit in hits]) for label, hits in found] == [
        ("Люди", ["Анна ищет приказ 5"]),
        ("Бумаги", ["Приказ № 5-од"]),
    ]


def test_search_does_not_ask_for_a_single_letter(sources):
    search.register("Люди", lambda user, text: pytest.fail("asked"))

    assert search.search("Анна", " и ") == []
