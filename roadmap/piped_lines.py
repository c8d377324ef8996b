"""Tables drawn with bars between their cells, as chats and notes (Markdown) copy them, as lines with tabs.

A table is two lines or more that begin with a bar, or whose second line is the ruling under the head: «--- | :---: | ---».
"""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

NumberedLine = tuple[int, str]
RULING = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)+\|?\s*")
BAR = re.compile(r"(?<!\\)\|")
MARKS = re.compile(r"\*\*|__|`")
BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


def with_tabs(lines: Iterable[NumberedLine]) -> Iterator[NumberedLine]:
    """The lines with their numbers, the rows of tables with tabs between their cells, their rulings left out."""
    for has_bars, group in groupby(lines, key=lambda each: _has_bars(each[1])):
        run = list(group)
        if not has_bars or not _is_table([line for _number, line in run]):
            yield from run
            continue
        for number, line in run:
            if not RULING.fullmatch(line):
                yield number, "\t".join(_cells(line))


def _has_bars(line: str) -> bool:
    """Lines between the rows of a grid, «+---+---+», count as well: such a table is not read, neither in pieces."""
    return "\t" not in line and (BAR.search(line) is not None or line.lstrip().startswith(("+-", "+=")))


def _is_table(lines: list[str]) -> bool:
    is_ruled = len(lines) > 1 and RULING.fullmatch(lines[1]) is not None
    return is_ruled or (len(lines) > 1 and all(line.lstrip().startswith("|") for line in lines))


def _cells(line: str) -> list[str]:
    inner = re.sub(r"(?<!\\)\|$", "", line.strip().removeprefix("|"))
    texts = (BREAK.sub(" ", MARKS.sub("", cell)).replace("\\|", "|") for cell in BAR.split(inner))
    return [text.strip() for text in texts]
