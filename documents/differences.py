"""What differs between two texts, line by line and word by word, for people to read. No database, no clock."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

SAME, GONE, NEW = "same", "gone", "new"
Sign = Literal["same", "gone", "new"]
_WORD = re.compile(r"\S+\s*")


@dataclass(frozen=True)
class Piece:
    """Words that are in both texts, gone from the first, or new in the second."""

    sign: Sign
    text: str


@dataclass(frozen=True)
class Change:
    """A place that differs: `place` is the number of its line in the second text, from 1."""

    place: int
    pieces: tuple[Piece, ...]


def differences(before: Sequence[str], after: Sequence[str]) -> list[Change]:
    """The lines that differ, each with its words marked; white space alone makes no difference."""
    old, new = ([" ".join(line.split()) for line in lines] for lines in (before, after))
    old, new = [line for line in old if line], [line for line in new if line]
    changes = []
    for sign, old_from, old_to, new_from, new_to in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if sign == "equal":
            continue
        pairs = min(old_to - old_from, new_to - new_from)
        for step in range(pairs):
            pieces = tuple(_pieces(old[old_from + step], new[new_from + step]))
            changes.append(Change(new_from + step + 1, pieces))
        changes += [Change(new_from + pairs + 1, (Piece(GONE, line),)) for line in old[old_from + pairs : old_to]]
        changes += [
            Change(new_from + pairs + step + 1, (Piece(NEW, line),))
            for step, line in enumerate(new[new_from + pairs : new_to])
        ]
    return changes


def _pieces(old: str, new: str) -> Iterator[Piece]:
    before, after = _WORD.findall(old), _WORD.findall(new)
    for sign, old_from, old_to, new_from, new_to in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if sign == "equal":
            yield Piece(SAME, "".join(after[new_from:new_to]))
            continue
        if old_to > old_from:
            yield Piece(GONE, "".join(before[old_from:old_to]))
        if new_to > new_from:
            yield Piece(NEW, "".join(after[new_from:new_to]))
