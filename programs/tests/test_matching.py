"""The assignment against the answer that trying everything gives."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from programs.matching import assign


@st.composite
def problems(draw):
    mentee_count, mentor_count = draw(st.integers(0, 4)), draw(st.integers(0, 3))
    shape = (mentee_count, mentor_count)
    scores = draw(hnp.arrays(float, shape, elements=st.integers(-20, 20).map(float)))
    allowed = draw(hnp.arrays(bool, shape))
    capacity = draw(st.lists(st.integers(0, 3), min_size=mentor_count, max_size=mentor_count))
    return scores, capacity, allowed


def value_of(answer, scores):
    """(matched mentees, sum of their scores)."""
    matched = [(mentee, mentor) for mentee, mentor in enumerate(answer) if mentor >= 0]
    return len(matched), sum(scores[pair] for pair in matched)


def is_possible(answer, capacity, allowed):
    return all(list(answer).count(mentor) <= places for mentor, places in enumerate(capacity)) and all(
        mentor < 0 or allowed[mentee, mentor] for mentee, mentor in enumerate(answer)
    )


def best_by_trying_all(scores, capacity, allowed):
    answers = product(range(-1, scores.shape[1]), repeat=scores.shape[0])
    return max(value_of(answer, scores) for answer in answers if is_possible(answer, capacity, allowed))


@given(problems())
def test_assign_finds_the_best_of_all_answers(problem):
    scores, capacity, allowed = problem

    answer = assign(scores, capacity, allowed)

    assert is_possible(answer, capacity, allowed)
    assert value_of(answer, scores) == best_by_trying_all(scores, capacity, allowed)


def test_assign_prefers_more_matches_to_better_ones():
    scores = [[100.0, 1.0], [99.0, 0.0]]
    allowed = [[True, True], [True, False]]

    answer = assign(scores, [1, 1], allowed)

    assert answer.tolist() == [1, 0]


def test_assign_gives_minus_one_to_those_for_whom_no_place_is_left():
    assert assign([[1.0], [3.0], [2.0]], [2]).tolist() == [-1, 0, 0]


def test_assign_bears_scores_of_any_size():
    assert assign([[-1e308, 1e308], [1e308, -1e308]], [1, 1]).tolist() == [1, 0]


@pytest.mark.parametrize(
    ("scores", "capacity", "allowed"),
    [
        ([1.0, 2.0], [1], None),
        ([[1.0, 2.0]], [1], None),
        ([[1.0]], [-1], None),
        ([[1.0]], [0.5], None),
        ([[1.0]], [1], [[True, False]]),
        ([[float("nan")]], [1], None),
    ],
)
def test_assign_refuses_what_it_cannot_read(scores, capacity, allowed):
    with pytest.raises(ValueError, match=r"must|is a whole number"):
        assign(scores, capacity, allowed)


def test_assign_forgives_an_unknown_score_where_the_two_must_not_meet():
    assert assign([[float("nan"), 1.0]], [1, 1], [[False, True]]).tolist() == [1]


def test_assign_of_a_thousand_mentees_keeps_to_capacities():
    scores = np.random.default_rng(1).random((1000, 400))

    answer = assign(scores, np.full(400, 3))

    assert (answer >= 0).all()
    assert np.bincount(answer, minlength=400).max() <= 3
