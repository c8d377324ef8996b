"""Sets of columns that people choose, name and order themselves: the layouts of registries and of roadmaps."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

LEAST_WIDTH, MOST_WIDTH = 4, 80  # characters
HEADER_LENGTH = 200
UP, DOWN = "up", "down"


@dataclass(frozen=True)
class Chosen:
    """A column as a set has it: its key among those known, its header, its width in characters."""

    key: str
    header: str
    width: float


class Usual(Protocol):
    """What is known of a column: the header and the width that it has unless a set says otherwise."""

    @property
    def header(self) -> str: ...
    @property
    def width(self) -> float: ...


class ColumnSetFormMixin:
    """A form over the columns of `self.instance.columns`, chosen of `known_columns`.

    The rows of the columns come in the order of the page, as lists `key`, `header` and `width`; `shown` names those
    that are printed. `moved` is a row that a button has moved: "up:results".
    """

    # What the mixin takes from the form that it is mixed into.
    data: Any
    instance: Any
    is_bound: bool
    known_columns: Mapping[str, Usual]  # {key: column} of all that may be chosen

    def clean(self):
        cleaned = super().clean()  # type: ignore[misc]
        if not self.chosen:
            raise ValidationError(_("Choose at least one column."))
        wrong = [row["header"] for row in self.rows if row["is_shown"] and row["error"]]
        if wrong:
            raise ValidationError(
                _("The width is a number from %(least)s to %(most)s: %(columns)s"),
                params={"least": LEAST_WIDTH, "most": MOST_WIDTH, "columns": ", ".join(wrong)},
            )
        return cleaned

    @cached_property
    def rows(self):
        """All columns as the page shows them: key, header, width, whether it is printed, what is wrong."""
        return self._posted_rows() if self.is_bound else self._kept_rows()

    @property
    def chosen(self):
        """The columns to print, as [Chosen, …]; a width that is no number is the usual one."""
        return [Chosen(row["key"], row["header"], row["number"]) for row in self.rows if row["is_shown"]]

    def _kept_rows(self):
        known = self.known_columns
        kept = [each for each in self.instance.columns if each.get("key") in known]
        rest = [key for key in known if key not in {each["key"] for each in kept}]
        shown = [self._row(each["key"], each["header"], str(each["width"]), True) for each in kept]
        return shown + [self._row(key, known[key].header, str(known[key].width), False) for key in rest]

    def _posted_rows(self):
        known = self.known_columns
        shown = set(self.data.getlist("shown"))
        posted = zip(self.data.getlist("key"), self.data.getlist("header"), self.data.getlist("width"), strict=False)
        rows = {key: self._row(key, header, width, key in shown) for key, header, width in posted if key in known}
        for key in known:
            rows.setdefault(key, self._row(key, known[key].header, str(known[key].width), False))
        ordered = list(rows.values())
        self._move(ordered, *self.data.get("moved", "").partition(":")[::2])
        return ordered

    @staticmethod
    def _move(rows, where, key):
        place = next((index for index, row in enumerate(rows) if row["key"] == key), None)
        target = {UP: -1, DOWN: 1}.get(where)
        if place is None or target is None or not 0 <= place + target < len(rows):
            return
        rows[place], rows[place + target] = rows[place + target], rows[place]

    def _row(self, key, header, width, is_shown):
        usual = self.known_columns[key]
        header = " ".join(header.split())[:HEADER_LENGTH] or usual.header
        width = width.strip().replace(",", ".")
        is_number = width.replace(".", "", 1).isdecimal()
        number = float(width if is_number else usual.width)
        is_right = is_number and LEAST_WIDTH <= number <= MOST_WIDTH
        return {
            "key": key,
            "header": header,
            "usual": usual.header,
            "width": width.removesuffix(".0"),
            "number": int(number) if number.is_integer() else number,
            "is_shown": is_shown,
            "error": not is_right,
        }
