"""Numbers of papers: what a template prints, what a typed number says about the counter, which numbers are the same.

A number is text («56», «40-од», «01-12/358»); only the counter inside it is an integer. A template is the number with
`{n}` where the counter stands; `{n:03}` pads it with zeros, `{year}` is the calendar year of the paper.
"""

import re
from string import Formatter

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

MAX_TEMPLATE_LENGTH = 40
MAX_COUNTER_DIGITS = 9

_PADDING = re.compile(r"0?[1-9]")
_SPACES = re.compile(r"\s+")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
# «№», its cp1251 reading of UTF-8, «N», «No»: marks before a number, not parts of it.
_NUMBER_MARK = re.compile(r"(?:№+|в„–|N[oо°º]?\.?(?=[\s\d]))\s*", re.IGNORECASE)
# Capital Latin letters that nobody can tell from Russian ones, and all the dashes for one hyphen.
_LOOK_ALIKES = str.maketrans("ABCEHKMOPTXYЁ‐‑‒–—−", "АВСЕНКМОРТХУЕ------")


def format_number(template: str, n: int, *, year: int | None = None) -> str:
    """The number that the template gives for the counter: («{n}-од», 57) → «57-од».

    `year` is needed only by templates with `{year}`, without it they raise ValueError. A wrong template raises
    ValidationError, as `check_template` does.
    """
    check_template(template)
    if year is None and any(field == "year" for _literal, field, _padding in _fields(template)):
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


def clean_number(text: str) -> str:
    """The number as it is kept: without «№» or «N» before it, with ordinary single spaces; letters stay as typed."""
    text = _SPACES.sub(" ", _INVISIBLE.sub("", text)).strip()
    mark = _NUMBER_MARK.match(text)
    return text[mark.end() :] if mark else text


def comparable_number(text: str) -> str:
    """The form in which two numbers are compared: «№ 57 – од» and «57-OД» with a Latin O are the same number.

    For comparing and searching only, never for printing.
    """
    return _fold(clean_number(text))


def check_template(template: str) -> None:
    """Raise ValidationError, in words for the person who typed it, when numbers cannot be made by the template."""
    if len(template) > MAX_TEMPLATE_LENGTH:
        raise ValidationError(
            _("The template of numbers is longer than %(limit)d characters."), params={"limit": MAX_TEMPLATE_LENGTH}
        )
    try:
        fields = _fields(template)
    except ValueError as error:
        raise ValidationError(
            _("The braces in the template of numbers do not match. An example of a template: {n}-од.")
        ) from error
    for _literal, field, padding in fields:
        _check_field(field, padding)
    if [field for _literal, field, _padding in fields].count("n") != 1:
        raise ValidationError(
            _("The template of numbers must hold {n} exactly once: the counter stands there. An example: {n}-од.")
        )
    sample = template.format(n=1, year=2025)
    if clean_number(sample) != sample:
        raise ValidationError(
            _("Write the template of numbers without “№” and without extra spaces: “№” is printed by itself.")
        )


def _check_field(field: str | None, padding: str) -> None:
    if field not in (None, "n", "year"):
        raise ValidationError(
            _("The template of numbers knows {n} and {year}, but not {%(field)s}."), params={"field": field}
        )
    if padding and not (field == "n" and _PADDING.fullmatch(padding)):
        raise ValidationError(
            _("“%(padding)s” in the template of numbers is not understood. Leading zeros are written so: {n:03}."),
            params={"padding": padding},
        )


def _fold(text: str) -> str:
    return _SPACES.sub("", text).upper().translate(_LOOK_ALIKES)


def _fields(template: str) -> list[tuple[str, str | None, str]]:
    """(text before, name of the field or None, padding) for each part; ValueError when the braces do not match."""
    return [
        (literal, field, f"!{conversion}" if conversion else padding or "")
        for literal, field, padding, conversion in Formatter().parse(template)
    ]


def _groups(template: str, year: int | None) -> list[tuple[str, str]]:
    groups = {"n": f"(?P<n>[0-9]{{1,{MAX_COUNTER_DIGITS}}})", "year": "[0-9]{4}" if year is None else f"{year:04}"}
    return [(literal, groups[field] if field else "") for literal, field, _padding in _fields(template)]
