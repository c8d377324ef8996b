"""Numbers of papers: what a template prints, what a typed number says about the counter, which numbers are the same.

A number is text («56», «40-од», «01-12/358»); only the counter inside it is an integer. A template is the number with
`{n}` where the counter stands; `{n:03}` pads it with zeros, `{year}` is the calendar year of the paper.
"""

import re

from mentorship.number_templates import check_template, clean_number, fields_of

__all__ = ["check_template", "clean_number", "comparable_number", "format_number", "parse_sequence"]

MAX_COUNTER_DIGITS = 9

_SPACES = re.compile(r"\s+")
# Capital Latin letters that nobody can tell from Russian ones, and all the dashes for one hyphen.
_LOOK_ALIKES = str.maketrans("ABCEHKMOPTXYЁ‐‑‒–—−", "АВСЕНКМОРТХУЕ------")


def format_number(template: str, n: int, *, year: int | None = None) -> str:
    """The number that the template gives for the counter: («{n}-од», 57) → «57-од».

    `year` is needed only by templates with `{year}`, without it they raise ValueError. A wrong template raises
    ValidationError, as `check_template` does.
    """
    check_template(template)
    if year is None and any(field == "year" for _literal, field, _padding in fields_of(template)):
        raise ValueError("The template prints the year, and none is given.")
    return template.format(n=n, year=year)


def parse_sequence(template: str, number: str, *, year: int | None = None) -> int | None:
    """The counter in a number typed by hand, or None when the number is not of this template.

    («{n}-од», «№ 57-ОД») → 57, so that the next proposal is 58. Look-alike letters, spaces, dashes and leading zeros
    make no difference. With `year` given, a number of another year is not of this template.
    """
    check_template(template)
    pattern = "".join(re.escape(_fold(literal)) + group for literal, group in _groups(template, year))
    match = re.fullmatch(pattern, comparable_number(number))
    return int(match["n"]) if match else None


def comparable_number(text: str) -> str:
    """The form in which two numbers are compared: «№ 57 – од» and «57-OД» with a Latin O are the same number.

    For comparing and searching only, never for printing.
    """
    return _fold(clean_number(text))


def _fold(text: str) -> str:
    return _SPACES.sub("", text).upper().translate(_LOOK_ALIKES)


def _groups(template: str, year: int | None) -> list[tuple[str, str]]:
    groups = {"n": f"(?P<n>[0-9]{{1,{MAX_COUNTER_DIGITS}}})", "year": "[0-9]{4}" if year is None else f"{year:04}"}
    return [(literal, groups[field] if field else "") for literal, field, _padding in fields_of(template)]
