from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitoring.indicator_formulas import Figure, mean, pool_of_small, satisfaction, total

FIGURES = st.integers(0, 500).flatmap(lambda whole: st.builds(Figure, st.integers(0, whole), st.just(whole)))


def test_percent_has_one_decimal_and_rounds_halves_up():
    assert Figure(12, 39).percent == Decimal("30.8")
    assert Figure(1, 800).percent == Decimal("0.1")
    assert Figure(1, 16).percent == Decimal("6.3")


def test_percent_of_an_empty_denominator_is_no_data():
    assert Figure(0, 0).percent is None


def test_figure_refuses_more_than_the_whole():
    with pytest.raises(ValueError, match="5 of 4"):
        Figure(5, 4)


def test_total_is_no_mean_of_percents():
    assert total([Figure(1, 1), Figure(0, 9)]) == Figure(1, 10)


@given(st.lists(FIGURES))
def test_total_adds_numerators_and_denominators(figures):
    whole = total(figures)

    assert whole.numerator == sum(figure.numerator for figure in figures)
    assert whole.denominator == sum(figure.denominator for figure in figures)


def test_small_groups_enter_together_when_they_make_a_group():
    assert pool_of_small([Figure(1, 2), Figure(3, 3)], smallest_group=5) == Figure(4, 5)


def test_small_groups_stay_out_while_they_are_few():
    assert pool_of_small([Figure(1, 2), Figure(2, 2)], smallest_group=5) is None


def test_satisfaction_counts_who_reaches_the_threshold():
    assert satisfaction([7, 6.9, 10], threshold=Decimal("7.0")) == Figure(2, 3)


def test_mean_of_nothing_is_nothing():
    assert mean([]) is None
    assert mean([1, 2]) == 1.5
