"""From the tokens of a deadline phrase to its points: what is named, in which order, how it is joined.

«с 1 по 15 октября, май 2024» is three points: day 1 and day 15 of October, joined as a range, and a May with the mark 2024.
Points still have no dates: which year they belong to is decided in `roadmap.deadline_dates`.
"""

from dataclasses import dataclass, field

from roadmap.deadline_words import NOISE_WORDS, YEAR_WORDS, Token

LIST_MARKS = frozenset(",;/&+:()")
LIST_WORDS = frozenset(("и", "или", "а"))
SLICES = frozenset(("decade", "week", "half"))
YEAR_KINDS = frozenset(("year", "school_year", "plain_year"))


@dataclass(frozen=True)
class Mark:
    """The year or years written beside points: 2023, «2023-2024 уч. г.», «2022-2023 гг.», «2023, 2024»."""

    first: int
    last: int
    school: bool = False
    plural: bool = False
    each: bool = False

    @property
    def is_span(self) -> bool:
        return self.first != self.last


@dataclass
class Point:
    """A piece of the year named in the phrase; `part` is a slice of it, `joined` how it follows the point before."""

    kind: str  # day, month, quarter, half_year, term, trimester, season, holidays, year, school_year, plain_year
    number: int = 0
    month: int | None = None
    name: str = ""
    part: tuple[str, int] | None = None
    mark: Mark | None = None
    prefix: str = ""
    joined: str = "list"
    misspelled: str = ""

    @property
    def waits(self) -> bool:
        """A day without its month, or a part without what it is a part of."""
        return self.kind in ("day", "month") and self.month is None


@dataclass
class PointReader:
    """Reads tokens from left to right; `points`, `unread` words and `comments` (those in brackets) are the result."""

    tokens: list[Token]
    points: list[Point] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    depth: int = 0
    prefix: str = ""
    joined: str = "list"
    at: int = 0

    def read(self) -> "PointReader":
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            self.at += 1
            getattr(self, f"_read_{token.kind}")(token)
        self._give_month_to_last_day()
        self.unread += [str(point.number) for point in self.points if point.waits and point.number]
        self.points = [point for point in self.points if not point.waits]
        self._apply_leading_marks()
        return self

    def _give_month_to_last_day(self) -> None:
        """«октябрь, до 15 числа» is the 15th of October, and not October as a whole."""
        if len(self.points) != 2:
            return
        month, day = self.points
        is_last_day = day.kind == "day" and day.waits and day.prefix in ("until", "not_later")
        if is_last_day and month.kind == "month" and month.month and not (month.part or month.prefix):
            day.month, day.mark, day.joined = month.month, month.mark, "list"
            self.points = [day]

    # what may stand at the place of one token

    def _read_word(self, token: Token) -> None:
        if token.text in LIST_WORDS:
            self.joined = "list"
        elif token.text in ("уч", "учебн") or token.text.startswith("учебн"):
            self._skip_year_words()
            if self._waiting() or self.prefix or not self.points:
                self._add_whole(Point("school_year"))
        elif token.text in ("год", "года", "году", "годом") and self._waiting():
            self._add_whole(Point("plain_year"))
        elif token.text not in NOISE_WORDS:
            (self.comments if self.depth else self.unread).append(token.text)

    def _read_mark(self, token: Token) -> None:
        self.depth += (token.text == "(") - (token.text == ")")
        if token.text == "-" and self.points and not self._is_label(self.at - 2):
            self.joined = "range"
        elif token.text in LIST_MARKS:
            self.joined = "list"

    def _is_label(self, at: int) -> bool:
        """«итоговая - май»: the dash after another word joins it to its date, not two dates."""
        before = self._token(at) if at >= 0 else None
        if before is None or before.kind != "word":
            return False
        return before.text == "этап" or before.text not in NOISE_WORDS | set(LIST_WORDS)

    def _read_preposition(self, token: Token) -> None:
        last = self.points[-1] if self.points else None
        closes = last is not None and last.joined != "range" and (last.prefix == "from" or self._is_beside_last())
        if token.name == "through" and closes:
            self.joined = "range"
        elif token.name == "until" and last is not None and last.prefix == "from" and closes:
            self.joined, self.prefix = "range", "until"
        else:
            self.prefix = token.name

    def _is_beside_last(self) -> bool:
        before = self.tokens[self.at - 2] if self.at > 1 else None
        # «2024 г. по 30 мая»: the full stop is that of a year
        return before is not None and (before.kind != "mark" or before.text == ".") and before.text not in LIST_WORDS

    def _read_number(self, token: Token) -> None:
        if self._reads_unit(token) or self._reads_short_years(token):
            return
        following = self._token(self.at)
        if following and following.text.startswith("этап"):
            self.comments.append(token.text)
            return
        if token.name != "roman" and 1 <= token.value <= 31:
            self._add(Point("day", token.value))
        elif token.name != "roman" and len(token.text) < 3 and following and following.kind == "month":
            self._add(Point("day", token.value))  # «32 мая»: there is no such day, and it is not May as a whole
        elif token.name == "roman" and self._names_months(following):
            self._read_month(token)
        else:
            self.unread.append(token.text)

    def _names_months(self, following: Token | None) -> bool:
        """«IX-X», «V 2024»: Roman numbers above four, with nothing to count, are months; an «X» alone is a tick."""
        romans = [token.value for token in self.tokens if token.name == "roman"]
        told = len(romans) > 1 or any(token.kind == "year" for token in self.tokens)
        return told and max(romans) > 4 and (following is None or following.kind in ("mark", "year", "number"))

    def _read_ordinal(self, token: Token) -> None:
        if self._reads_unit(token):
            return
        following = self._token(self.at)
        if following and following.kind == "month" and token.value > 0:
            self._add(Point("day", token.value))
        else:
            self.unread.append(token.text)

    def _read_unit(self, token: Token) -> None:
        self.unread.append(token.text)

    def _read_part(self, token: Token) -> None:
        self._add(Point("month", part=(token.name, 0)))

    def _read_month(self, token: Token) -> None:
        misspelled = token.text if token.misspelled else ""
        waiting = self._waiting()
        for point in waiting:
            point.month, point.misspelled = token.value, misspelled
        if not waiting:
            self._add(Point("month", token.value, month=token.value, misspelled=misspelled))

    def _read_date(self, token: Token) -> None:
        mark = Mark(token.year, token.year) if token.year else None
        for point in self._waiting():
            if token.day is None and point.kind == "day" and 1 <= point.number <= 12:
                point.kind, point.month = "month", point.number  # «09-10.2023»
            else:
                point.month = token.value
            point.mark = mark
        if token.day is None:
            self._add(Point("month", token.value, month=token.value, mark=mark))
        else:
            self._add(Point("day", token.day, month=token.value, mark=mark))
        if mark and self._skip_year_words()[0]:
            self.points[-1].mark = Mark(mark.first, mark.last, school=True)

    def _read_season(self, token: Token) -> None:
        ahead = self.at
        while (following := self._token(ahead)) and (following.kind == "season" or following.text in (",", "и", "-")):
            ahead += 1
        holidays = following is not None and following.text.startswith("каникул")
        self._add_whole(Point("holidays" if holidays else "season", name=token.name))

    def _read_year(self, token: Token) -> None:
        self._add_mark(token.value, *self._span_end(token))

    # numbers with a unit: «1-2 декада», «I и II полугодие», «последняя неделя»

    def _reads_unit(self, token: Token) -> bool:
        numbers, separators, ahead = [token.value], ["list"], self.at
        while (following := self._token(ahead)) and following.kind != "unit":
            number = self._token(ahead + 1)
            if not (following.text in ("-", ",", "/", "и", ".") and number and number.kind in ("number", "ordinal")):
                return False
            numbers.append(number.value)
            separators.append("range" if following.text == "-" else "list")
            ahead += 2
        if not following:
            return False
        self.at = ahead + 1
        separators[0] = self.joined
        for number_value, joined in zip(numbers, separators, strict=True):
            self.joined = joined
            self._add_unit(following.name, number_value)
        return True

    def _add_unit(self, name: str, number: int) -> None:
        if name not in SLICES:
            self._add_whole(Point(name, number))
            return
        following = self._token(self.at)
        while following and following.text in ("месяца", "."):
            self.at += 1
            following = self._token(self.at)
        last = self.points[-1] if self.points and self.points[-1].kind == "month" else None
        month_follows = following is not None and following.kind in ("month", "date", "year")
        if last and last.month and not month_follows and not last.part:
            last.part = (name, number)
        elif last and last.month and not month_follows and last.part and last.part[0] == name:
            self._add(Point("month", last.number, month=last.month, part=(name, number), mark=last.mark))
        else:
            self._add(Point("month", part=(name, number)))

    # years

    def _reads_short_years(self, token: Token) -> bool:
        """«23/24 уч. г.», and «сентябрь 23 г.»."""
        mark, second = self._token(self.at), self._token(self.at + 1)
        if len(token.text) != 2 or token.name or not mark:
            return False
        if mark.text in "-/" and second and second.kind == "number" and second.value == token.value + 1:
            after = self._token(self.at + 2)
            if len(second.text) == 2 and after and (after.text.startswith("уч") or after.text in ("у", "г", "гг")):
                self.at += 2
                self._add_mark(2000 + token.value, 2000 + second.value)
                return True
        last = self.points[-1] if self.points else None
        beside = self.at > 1 and self.tokens[self.at - 2].kind in ("month", "unit", "season")
        if beside and last and not last.mark and mark.text in ("г", "год", "года", "гг"):
            self._add_mark(2000 + token.value, 2000 + token.value)
            return True
        return False

    def _span_end(self, token: Token) -> tuple[int, str]:
        """The last year of «2023-2024», «2023/24», «с 2023 по 2024», «2023, 2024», and the sign before it."""
        separator, second = self._token(self.at), self._token(self.at + 1)
        if separator and separator.text == "г" and second and second.text in ("-", ".", "по"):
            ahead = self.at + (2 if second.text == "." else 1)
            separator, second = self._token(ahead), self._token(ahead + 1)
            if not (second and second.kind == "year" and separator and separator.text in ("-", "по")):
                return token.value, ""
            self.at = ahead
        if not separator or not second or separator.text not in ("-", "/", "по", ",", "и"):
            return token.value, ""
        if second.kind == "year":
            self.at += 2
            return second.value, separator.text
        third = self._token(self.at + 2)
        starts_date = third is not None and third.kind in ("month", "unit", "date")
        if second.kind == "number" and len(second.text) == 2 and separator.text in ("-", "/") and not starts_date:
            self.at += 2
            return token.value // 100 * 100 + second.value, separator.text
        return token.value, ""

    def _skip_year_words(self) -> tuple[bool, bool]:
        """Steps over «уч. г.», «годы», «г. г.»; says whether a school year and whether several years are meant."""
        school, plural, singles = False, False, 0
        ahead = self.at
        while (token := self._token(ahead)) and (token.text in (".", *YEAR_WORDS) or token.text.startswith("учебн")):
            school = school or token.text.startswith("уч") or token.text == "у"
            plural = plural or token.text in ("гг", "годы", "годов", "годах", "годам")
            singles += token.text == "г"
            ahead += 1
            if token.text != ".":
                self.at = ahead
        return school, plural or singles > 1

    def _add_mark(self, first: int, last: int, sign: str = "") -> None:
        school, plural = self._skip_year_words()
        school = school or (sign == "/" and last == first + 1 and not plural)
        mark = Mark(first, last, school=school, plural=plural, each=sign in (",", "и"))
        unmarked = [point for point in self.points if not point.mark and not point.waits]
        if self._waiting() or not unmarked or (self.prefix and self.joined != "range"):
            self._add_whole(Point("school_year" if mark.school or is_one_school_year(mark) else "year", mark=mark))
        elif self.points[-1].kind == "school_year" and not self.points[-1].mark:
            self.points[-1].mark = mark
        else:
            self.points[-1].mark = mark
            self.prefix, self.joined = "", "list"

    def _add_whole(self, whole: Point) -> None:
        """Adds a quarter or a year, or gives it to the «конец» or «первая половина» that waits for it."""
        parts = [point for point in self._waiting() if point.part]
        for point in parts:
            point.kind, point.mark, point.number, point.name = whole.kind, whole.mark, whole.number, whole.name
        if not parts:
            self._add(whole)

    def _waiting(self) -> list[Point]:
        """The points at the end of the row that still wait for their month or year."""
        start = len(self.points)
        while start and self.points[start - 1].waits:
            start -= 1
        return self.points[start:]

    def _add(self, point: Point) -> None:
        point.prefix, point.joined = self.prefix, self.joined if self.points else "list"
        self.points.append(point)
        self.prefix, self.joined = "", "list"

    def _token(self, index: int) -> Token | None:
        return self.tokens[index] if index < len(self.tokens) else None

    def _apply_leading_marks(self) -> None:
        """«2023-2024 уч. год: сентябрь, май»: the year stands first and belongs to what follows."""
        kept: list[Point] = []
        for i, point in enumerate(self.points):
            following = self.points[i + 1] if i + 1 < len(self.points) else None
            leads = point.kind in YEAR_KINDS and point.mark and not point.part and not point.prefix
            if leads and point.joined != "range" and following and following.joined != "range" and not following.mark:
                for later in self.points[i + 1 :]:
                    if later.mark or later.kind in YEAR_KINDS:
                        break
                    later.mark = point.mark
                if following.mark:
                    continue
            kept.append(point)
        self.points = kept


def is_one_school_year(mark: Mark) -> bool:
    """«2022-2023 год» in the singular is a school year, «2022-2023 годы» are two calendar years."""
    return mark.last == mark.first + 1 and not mark.plural and not mark.each
