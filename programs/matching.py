"""Which mentor for which mentee: the assignment problem with capacities. Pure: numbers in, numbers out."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy.optimize import linear_sum_assignment

UNMATCHED = -1

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]


def assign(
    scores: npt.ArrayLike, capacity: npt.ArrayLike | Sequence[int], allowed: npt.ArrayLike | None = None
) -> Integers:
    """One mentor for as many mentees as possible, and among such assignments the one with the greatest sum of scores.

    `scores[mentee, mentor]` says how well they suit each other, in any unit; only differences count.
    `capacity[mentor]` is how many mentees the mentor can take, a whole number from 0.
    `allowed[mentee, mentor]` is False where the two must not meet; without it everybody may meet everybody.

    Returns for each mentee the index of the mentor, or -1. The number of matched mentees comes first: a poor match is
    preferred to none, so what must not be belongs into `allowed`. The same input gives the same answer.
    Raises ValueError where shapes differ, a capacity is negative or no whole number, or an allowed score is not finite.
    """
    matrix, places, mask = _checked(scores, capacity, allowed)
    mentee_count = matrix.shape[0]
    result = np.full(mentee_count, UNMATCHED, dtype=np.int64)
    seats = np.repeat(np.arange(matrix.shape[1]), np.minimum(places, mask.sum(axis=0)))
    if not seats.size or not mask.any():
        return result
    # An allowed seat costs between 0 and 1, a forbidden one more than all allowed together: the fewest forbidden ones
    # are taken first, and these are struck out afterwards.
    cost = np.where(mask, 1 - _between_0_and_1(matrix, mask), mentee_count + 1.0)[:, seats]
    mentees, chosen = linear_sum_assignment(cost)
    mentors = seats[chosen]
    result[mentees] = np.where(mask[mentees, mentors], mentors, UNMATCHED)
    return result


def _checked(
    scores: npt.ArrayLike, capacity: npt.ArrayLike, allowed: npt.ArrayLike | None
) -> tuple[Floats, Integers, Mask]:
    """The arguments as arrays of one shape; a mentor who can take nobody changes nothing."""
    matrix: Floats = np.asarray(scores, dtype=np.float64)
    if matrix.ndim != 2:
        raise ValueError("scores must have a row for each mentee and a column for each mentor")
    wanted: Floats = np.asarray(capacity, dtype=np.float64)
    if wanted.shape != matrix.shape[1:]:
        raise ValueError("capacity must have one number for each mentor")
    if not np.isfinite(wanted).all() or (wanted < 0).any() or (wanted % 1).any():
        raise ValueError("a capacity is a whole number from 0")
    mask: Mask = np.ones(matrix.shape, dtype=np.bool_) if allowed is None else np.asarray(allowed, dtype=np.bool_)
    if mask.shape != matrix.shape:
        raise ValueError("allowed must have the shape of scores")
    if not np.isfinite(matrix[mask]).all():
        raise ValueError("the score of an allowed pair must be a finite number")
    return matrix, np.minimum(wanted, matrix.shape[0]).astype(np.int64), mask


def _between_0_and_1(matrix: Floats, mask: Mask) -> Floats:
    """The allowed scores moved and shrunk so that the least is 0 and the greatest 1; 0 where all are equal."""
    allowed = matrix[mask]
    values: Floats = np.where(mask, matrix, allowed[0])
    largest = np.abs(values).max()
    if largest > 0:
        values /= largest  # first shrunk, so that the difference of two huge scores is a number too
    values -= values.min()
    greatest = values.max()
    if greatest > 0:
        values /= greatest
    return values
