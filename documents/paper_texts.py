"""Texts of papers: Russian words with placeholders in braces, read into numbered points; and the ready texts.

A placeholder reads as a part of the sentence («возложить на {куратора}») and is filled each time the paper is shown,
until the approval freezes it: a name that is corrected in the person's file is corrected in the draft. Points are
printed with the numbers that were typed. No database, no clock.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import TypedDict

from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

PAIRS = "пары"
COMMAND = "приказываю"
# What may stand in braces, in the text of each kind of paper.
PLACEHOLDERS = {
    "assignment_order": (
        "основание",
        "организация",
        "организации",
        "учебный год",
        "начало",
        "конец",
        "куратора",
        "куратору",
        "куратором",
        PAIRS,
    ),
    "agreement": (
        "наставник",
        "наставника",
        "наставником",
        "наставляемый",
        "наставляемого",
        "наставляемым",
        "организация",
        "организации",
        "учебный год",
        "приказа",
        "форма",
        "запрос",
        "срок",
        "начало",
        "конец",
    ),
}

_PLACEHOLDER = re.compile(r"\{([^{}\n]*)\}")
_NUMBERED = re.compile(r"(\d{1,2}\.(?:\d{1,2}\.)*(?:\d{1,2})?)\s+(\S.*)")
_DASHED = re.compile(r"[–—•-]\s+(\S.*)")


class Point(TypedDict):
    """A paragraph as it is printed: `number` is «2.1.», «–» or nothing, `level` 0 for what has no number."""

    number: str
    text: str
    level: int
    is_heading: bool


def ready_text(kind: str) -> str:
    """The portal's own wording of a paper: "assignment_order", "assignment_order_title" or "agreement"."""
    return render_to_string(f"documents/texts/{kind}.txt").strip()


def check_placeholders(text: str, kind: str) -> None:
    """Raise ValidationError when the text holds braces that nothing will be put into."""
    known = PLACEHOLDERS[kind]
    unknown = [name for name in _PLACEHOLDER.findall(text) if _folded(name) not in known]
    if unknown:
        raise ValidationError(
            _("The portal does not know what to put in place of %(unknown)s. It knows: %(known)s.")
            % {"unknown": _in_braces(unknown), "known": _in_braces(known)}
        )
    if _PLACEHOLDER.sub("", text).count("{") or _PLACEHOLDER.sub("", text).count("}"):
        raise ValidationError(_("There is a brace without its pair in the text: either close it or delete it."))


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with its placeholders filled; «{Основание}» with a capital gives the value a capital, too.

    A line whose only placeholder has an empty value is left out: there is nothing to say.
    """
    lines = []
    for line in text.splitlines():
        names = [_folded(name) for name in _PLACEHOLDER.findall(line)]
        if not names or any(values.get(name, "") for name in names):
            lines.append(_PLACEHOLDER.sub(lambda match: _value(match[1], values), line))
    return "\n".join(lines)


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


def with_pairs(body: list[Point], sentences: list[str]) -> list[Point]:
    """The points with «{пары}» replaced by one point for each pair, counted below the point before it."""
    result: list[Point] = []
    for point in body:
        if _PLACEHOLDER.fullmatch(point["text"]) and _folded(point["text"][1:-1]) == PAIRS:
            above = next((each["number"] for each in reversed(result) if each["level"]), "")
            result += _pair_points(above, sentences)
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


def _point(line: str) -> Point:
    line = line.replace("№ ", "№\xa0").replace(" – ", "\xa0– ")  # neither «№» nor a dash begins or ends a line alone
    if match := _NUMBERED.fullmatch(line):
        number = match[1] if match[1].endswith(".") else f"{match[1]}."
        return {"number": number, "text": match[2], "level": number.count("."), "is_heading": False}
    if match := _DASHED.fullmatch(line):
        return {"number": "–", "text": match[1], "level": 0, "is_heading": False}
    return {"number": "", "text": line, "level": 0, "is_heading": False}


def _pair_points(above: str, sentences: list[str]) -> Iterator[Point]:
    for place, sentence in enumerate(sentences, 1):
        end = "." if place == len(sentences) else ";"
        number = f"{above}{place}." if above else "–"
        yield {"number": number, "text": sentence + end, "level": number.count("."), "is_heading": False}


def _value(name: str, values: Mapping[str, str]) -> str:
    folded = _folded(name)
    value = values.get(folded, f"{{{name}}}")
    return value[:1].upper() + value[1:] if name.strip()[:1].isupper() else value


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


def _in_braces(names: list[str] | tuple[str, ...]) -> str:
    return ", ".join(f"{{{name}}}" for name in names)
