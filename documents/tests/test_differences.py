"""What differs between two texts."""

from hypothesis import given
from hypothesis import strategies as st

from documents.differences import GONE, NEW, SAME, Change, Piece, differences

LINES = st.lists(st.text(alphabet="аб в1.", max_size=12), max_size=8)


def test_words_that_changed_are_marked_within_their_line():
    assert differences(["Срок – до 1 мая"], ["Срок – до 15 мая"]) == [
        Change(1, (Piece(SAME, "Срок – до "), Piece(GONE, "1 "), Piece(NEW, "15 "), Piece(SAME, "мая")))
    ]


def test_lines_that_came_and_went_are_named_with_their_place():
    assert differences(["а", "б"], ["а", "в", "г"])[-1] == Change(3, (Piece(NEW, "г"),))
    assert differences(["а", "б", "в"], ["а"]) == [Change(2, (Piece(GONE, "б"),)), Change(2, (Piece(GONE, "в"),))]


def test_white_space_makes_no_difference():
    assert differences(["а  б", "", "в"], ["а б ", "в"]) == []


@given(LINES)
def test_a_text_does_not_differ_from_itself(lines):
    assert differences(lines, lines) == []


@given(LINES, LINES)
def test_pieces_add_up_to_both_texts(before, after):
    old, new = ([" ".join(line.split()) for line in lines if line.split()] for lines in (before, after))
    changes = differences(before, after)

    gone = ["".join(piece.text for piece in change.pieces if piece.sign != NEW) for change in changes]
    come = ["".join(piece.text for piece in change.pieces if piece.sign != GONE) for change in changes]
    assert set(filter(None, gone)) <= set(old)
    assert set(filter(None, come)) <= set(new)
    assert bool(changes) == (old != new)
