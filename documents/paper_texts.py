"""Texts of papers: Russian words with placeholders in braces, read into numbered points; and the ready texts.

A placeholder reads as a part of the sentence («возложить на {куратора}») and is filled each time the paper is shown,
until the approval freezes it: a name that is corrected in the person's file is corrected in the draft. Points are
printed with the numbers that were typed. No database, no clock.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TypedDict

from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from documents.template_language import Fault, TextError, Values, faults_of, folded, render
from documents.text_kinds import AGREEMENT, text_kind, text_kinds

__all__ = ["AGREEMENT", "Point", "check_placeholders", "fill", "points", "ready_text", "with_lists"]

COMMAND = "приказываю"
MOST_FAULTS = 20
LONGEST_SHOWN = 60
LONGEST_TITLE = 250
SENTENCES = {
    "unknown": gettext_lazy("Line %(line)s: the portal does not know {%(words)s}. Choose a name from the list."),
    "unknown_list": gettext_lazy(
        "Line %(line)s: the portal does not know the list “%(words)s”. Choose one from the list."
    ),
    "brace": gettext_lazy("Line %(line)s: there is a brace without its pair: either close it or delete it."),
    "foreign": gettext_lazy(
        "Line %(line)s: “%(words)s” is not understood here. A name stands in single braces: {куратора}."
    ),
    "attribute": gettext_lazy(
        "Line %(line)s: {%(words)s} is not a name from the list. In braces stand only words, no dots, brackets or signs."
    ),
    "unclosed": gettext_lazy(
        "Line %(line)s: {%(words)s} is opened and never closed. Write {%(nearest)s} where it ends."
    ),
    "not_open": gettext_lazy("Line %(line)s: {%(words)s} closes what is not open."),
    "wrong_end": gettext_lazy("Line %(line)s: {%(words)s} stands where {%(nearest)s} should close first."),
    "else": gettext_lazy("Line %(line)s: {иначе} stands outside of {если …}, or for the second time in it."),
    "deep": gettext_lazy("Line %(line)s: {%(words)s} stands too deep: at most four parts may stand in each other."),
    "long": gettext_lazy(
        "Line %(line)s: the text is too long for a paper: 60,000 signs at most, 2,000,000 when filled."
    ),
}

_PLACEHOLDER = re.compile(r"\{([^{}\n]*)\}")
_NUMBERED = re.compile(r"(\d{1,2}\.(?:\d{1,2}\.)*(?:\d{1,2})?)\s+(\S.*)")
_YEAR = re.compile(r"(\d{4}) г\.")
_DAY = re.compile(r"(\d) (января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря)\b")
_DASHED = re.compile(r"[–—•-]\s+(\S.*)")


class Point(TypedDict):
    """A paragraph as it is printed: `number` is «2.1.», «–» or nothing, `level` 0 for what has no number."""

    number: str
    text: str
    level: int
    is_heading: bool


def ready_text(kind: str) -> str:
    """The portal's own wording of a paper: "agreement", a kind of order, or such a kind with "_title" after it."""
    return render_to_string(f"documents/texts/{kind}.txt").strip()


def placeholders_of(kind: str) -> tuple[str, ...]:
    """What may stand in braces in the text of a kind of paper."""
    return tuple(text_kinds()[kind].placeholders)


def check_placeholders(text: str, kind: str) -> None:
    """Raise ValidationError with a sentence and the line for each fault of the text, see documents/template_language.py.

    Of an unknown kind of paper, as a form sends it where none was chosen, there is nothing to say.
    """
    found = text_kind(kind)
    if found and found.most_lines and (lines := len(text.strip().splitlines())) > found.most_lines:
        sentence = ngettext(
            "This heading takes %(most)s line, not %(lines)s.",
            "This heading takes %(most)s lines, not %(lines)s.",
            found.most_lines,
        )
        raise ValidationError(sentence % {"most": found.most_lines, "lines": lines})
    if found and found.most_lines and len(text) > LONGEST_TITLE:
        raise ValidationError(_("A heading is no longer than %(most)s letters.") % {"most": LONGEST_TITLE})
    if found and (faults := faults_of(text, found.scope)):
        raise ValidationError([fault_in_words(fault) for fault in faults[:MOST_FAULTS]])


def fill(text: str, values: Mapping[str, str], lists: Mapping[str, Sequence[Values]] | None = None) -> str:
    """The text with its placeholders filled; «{Основание}» with a capital gives the value a capital, too.

    A line whose only placeholder has an empty value is left out: there is nothing to say. Raises ValidationError where
    the filled text would be too long for any paper; braces that are not well formed stay as they are written.
    """
    try:
        return _with_one_stop(render(text, Values(values, lists or {})))
    except TextError as error:
        if any(fault.code == "long" for fault in error.faults):
            raise ValidationError([fault_in_words(fault) for fault in error.faults]) from error
        return text


def _with_one_stop(text: str) -> str:
    """The text without the second full stop after a date: «по 31 мая 2027 г..» ends a sentence with one."""
    return text.replace("\xa0г..", "\xa0г.")


def fault_in_words(fault: Fault) -> str:
    """«Line 3: …», for who wrote the text."""
    words = {"line": fault.line, "words": shortened(fault.words), "nearest": fault.nearest}
    if fault.code == "unknown" and fault.nearest:
        return _("Line %(line)s: the portal does not know {%(words)s}. Did you mean {%(nearest)s}?") % words
    return SENTENCES[fault.code] % words


def shortened(words: str) -> str:
    return words if len(words) <= LONGEST_SHOWN else words[: LONGEST_SHOWN - 1] + "…"


def points(text: str) -> list[Point]:
    """The paragraphs of a text. A number of one level is a heading where points of two levels follow («1.», «1.1.»)."""
    found = [_point(line.strip()) for line in text.splitlines() if line.strip()]
    for point, following in pairwise(found):
        begins_section = point["level"] == 1 and following["level"] == 2
        point["is_heading"] = begins_section and point["text"][-1] not in ".:;,"
    return found


def split_at_command(text: str) -> tuple[list[Point], list[Point]]:
    """(the ground, the points) of an order: what stands before «ПРИКАЗЫВАЮ:», or before the first number, and after."""
    found = points(text)
    for place, point in enumerate(found):
        if point["text"].rstrip(":").casefold() == COMMAND:
            return found[:place], found[place + 1 :]
    first = next((place for place, point in enumerate(found) if point["level"]), len(found))
    return found[:first], found[first:]


def with_lists(body: list[Point], lists: Mapping[str, Sequence[str]]) -> list[Point]:
    """The points with each «{пары}» alone on its line replaced by a point for every sentence of that list.

    They are counted below the point before them. A placeholder of a list amid other words stays as it is written.
    """
    result: list[Point] = []
    for point in body:
        match = _PLACEHOLDER.fullmatch(point["text"])
        if match and (name := folded(match[1])) in lists:
            above = next((each["number"] for each in reversed(result) if each["level"]), "")
            result += _list_points(above, lists[name])
        else:
            result.append(point)
    return result


def misnumbered(body: list[Point]) -> str | None:
    """The first number that does not follow from those before it («1.», «2.», «4.»), or None."""
    counters: list[int] = []
    for point in body:
        if not point["level"]:
            continue
        numbers = [int(piece) for piece in point["number"].split(".") if piece]
        expected = counters[: len(numbers)]
        expected = [*expected[:-1], expected[-1] + 1] if len(expected) == len(numbers) else [*expected, 1]
        if numbers != expected:
            return point["number"]
        counters = numbers
    return None


def held_together(line: str) -> str:
    """The line with no-break spaces: no printed line tears «№ 5», «7 декабря», «2026 г.» or begins with a dash."""
    line = _DAY.sub("\\1\xa0\\2", line.replace("№ ", "№\xa0").replace(" – ", "\xa0– "))
    return _YEAR.sub("\\1\xa0г.", line)


def _point(line: str) -> Point:
    line = held_together(line)
    if match := _NUMBERED.fullmatch(line):
        number = match[1] if match[1].endswith(".") else f"{match[1]}."
        return {"number": number, "text": match[2], "level": number.count("."), "is_heading": False}
    if match := _DASHED.fullmatch(line):
        return {"number": "–", "text": match[1], "level": 0, "is_heading": False}
    return {"number": "", "text": line, "level": 0, "is_heading": False}


def _list_points(above: str, sentences: Sequence[str]) -> Iterator[Point]:
    for place, sentence in enumerate(sentences, 1):
        end = "." if place == len(sentences) else ";"
        if sentence.endswith("г.") and end == ";":
            end = ".;"  # the full stop of the year stays
        number = f"{above}{place}." if above else "–"
        yield {"number": number, "text": sentence.rstrip(".;") + end, "level": number.count("."), "is_heading": False}
