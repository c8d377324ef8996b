from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.journal import Entry, Gap, disorders, gaps, in_words

DAY = date(2026, 10, 1)


def entry(sequence, days=0):
    return Entry(f"{sequence}-од", sequence, DAY + timedelta(days=days))


@pytest.mark.parametrize(
    ("sequences", "words"),
    [
        ([], ""),
        ([5], ""),
        ([5, 6, 7], ""),
        ([40, 42], "41"),
        ([7, 3, 12, 4], "5–6, 8–11"),
        ([1, 1, 3], "2"),
    ],
)
def test_gaps_are_between_the_smallest_and_the_greatest_number(sequences, words):
    assert in_words(gaps(entry(sequence) for sequence in sequences)) == words


def test_a_number_of_another_form_makes_no_gap():
    assert gaps([entry(1), Entry("181/1", None, DAY), entry(2)]) == []


@given(st.sets(st.integers(min_value=1, max_value=300), min_size=1))
def test_gaps_and_numbers_fill_the_whole_span(sequences):
    missing = {number for gap in gaps(map(entry, sequences)) for number in range(gap.first, gap.last + 1)}

    assert missing | sequences == set(range(min(sequences), max(sequences) + 1))
    assert not missing & sequences


def test_a_kept_number_closes_its_gap():
    assert gaps([entry(1), Entry("2-од", 2, None), entry(4)]) == [Gap(3, 3)]


def test_disorders_name_the_greater_number_with_the_earlier_date():
    first, second, third = entry(1, days=5), entry(2, days=0), entry(3, days=5)

    assert disorders([third, first, second]) == [(first, second)]


@given(st.lists(st.integers(min_value=0, max_value=400), max_size=60))
def test_dates_that_never_fall_are_in_order(days):
    assert disorders(entry(place, days=day) for place, day in enumerate(sorted(days), 1)) == []
