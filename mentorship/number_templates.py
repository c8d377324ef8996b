"""Templates of numbers: «{n}-од», «01-12/{n:03}», «{n}/{year}». An organization keeps one; the papers count by it.

A template is the number with `{n}` where the counter stands; `{n:03}` pads it with zeros, `{year}` is the calendar year.
"""

import re
from string import Formatter

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

MAX_TEMPLATE_LENGTH = 40

_PADDING = re.compile(r"0?[1-9]")
_SPACES = re.compile(r"\s+")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
# «№», its cp1251 reading of UTF-8, «N», «No»: marks before a number, not parts of it.
_NUMBER_MARK = re.compile(r"(?:№+|в„–|N[oо°º]?\.?(?=[\s\d]))\s*", re.IGNORECASE)


def check_template(template: str) -> None:
    """Raise ValidationError, in words for the person who typed it, when numbers cannot be made by the template."""
    if len(template) > MAX_TEMPLATE_LENGTH:
        raise ValidationError(
            _("The template of numbers is longer than %(limit)d characters."), params={"limit": MAX_TEMPLATE_LENGTH}
        )
    try:
        fields = fields_of(template)
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


def clean_number(text: str) -> str:
    """The number as it is kept: without «№» or «N» before it, with ordinary single spaces; letters stay as typed."""
    text = _SPACES.sub(" ", _INVISIBLE.sub("", text)).strip()
    mark = _NUMBER_MARK.match(text)
    return text[mark.end() :] if mark else text


def fields_of(template: str) -> list[tuple[str, str | None, str]]:
    """(text before, name of the field or None, padding) for each part; ValueError when the braces do not match."""
    return [
        (literal, field, f"!{conversion}" if conversion else padding or "")
        for literal, field, padding, conversion in Formatter().parse(template)
    ]


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
