"""Reading single cells of a registry: birth year, dates, contacts, links, years of experience.

Every reader takes whatever a table cell may hold, never raises, and says in a sentence what it left out and why.
The day is an argument: nothing here asks the clock.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import Generic, NamedTuple, TypeVar

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from participants.names import INVISIBLE, tidy_text
from participants.registry_report import Sentence
from participants.sheet_files import Cell

Value = TypeVar("Value")

EXCEL_EPOCH = date(1899, 12, 30)
LAST_EXCEL_DAY = 73050  # 31 December 2099
OLDEST_AGE = 100
UNUSUAL_AGE = 80  # beyond it the year is kept, and the curator is asked to look
YOUNGEST_AGE = 6
LONGEST_EXPERIENCE = 75
DATE_YEARS = range(1990, 2101)
SHORT = 100

ABSENT = frozenset(
    {"нет", "н/д", "нет данных", "отсутствует", "не указан", "не указана", "не указано", "не имеется", "x", "х"}
)
MONTHS = ("январ", "феврал", "март", "апрел", "мая", "июн", "июл", "август", "сентябр", "октябр", "ноябр", "декабр")
NUMERIC_DATE = re.compile(r"(?<!\d)(\d{1,2})\s*[./-]\s*(\d{1,2})\s*[./-]\s*(\d{4}|\d{2})(?!\d)")
ISO_DATE = re.compile(r"(?<!\d)(\d{4})[./-](\d{1,2})[./-](\d{1,2})(?!\d)")
# «1 сентября 2025», «1-е сентября 2025», «01» сентября 2025
WORD_DATE = re.compile(r"(?<!\d)(\d{1,2})(?:-?(?:го|ого|ое|е))?[»\"”]?\s+([а-яё]{3,9})\.?\s+(\d{4})(?!\d)")
COMMA_DATE = re.compile(r"(?<!\d)(\d{1,2}),\s?(\d{1,2}),\s?(\d{4})(?!\d)")
MONTH = re.compile(r"(?<![\d./-])(\d{1,2})\s*[./-]\s*(\d{4})(?![\d./-])|(?<![а-яё])([а-яё]{3,9})\.?\s+(\d{4})(?!\d)")


class CellReading(NamedTuple, Generic[Value]):
    """What a cell holds, None when nothing readable; `remark` says what is wrong."""

    value: Value | None
    remark: Sentence | None = None


# --- text -----------------------------------------------------------------------------------------------------------
def cell_text(cell: Cell) -> str:
    """A cell on one line, as a person reads it on screen: whole numbers without «.0», dates as 31.12.2025."""
    if isinstance(cell, str):
        if len(cell) > SHORT:
            return tidy_text(_without_text_mark(cell))
        return _short_text(cell) if cell else ""
    return _typed_text(cell)


@lru_cache(maxsize=8192)
def _short_text(cell: str) -> str:
    """Short texts stand in many rows: positions, places, forms."""
    return tidy_text(_without_text_mark(cell))


def cell_lines(cell: Cell) -> str:
    """A cell with its line breaks kept, without empty lines; dashes alone mean that nothing was written."""
    if not isinstance(cell, str):
        return _typed_text(cell)
    lines = [tidy_text(line) for line in _without_text_mark(cell).splitlines()]
    text = "\n".join(line for line in lines if line)
    return "" if re.fullmatch(r"[\s\-–—_.]+", text) else text


def is_absent(text: str) -> bool:
    """Whether the words stand for an empty cell: «нет», «—», «не указано»."""
    return text.casefold().rstrip(".") in ABSENT or not any(letter.isalnum() for letter in text)


def _typed_text(cell: Cell) -> str:
    if isinstance(cell, bool):
        return "да" if cell else "нет"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else str(cell).replace(".", ",")
    if isinstance(cell, datetime):
        return cell.strftime("%d.%m.%Y %H:%M" if cell.hour or cell.minute else "%d.%m.%Y")
    if isinstance(cell, date):
        return cell.strftime("%d.%m.%Y")
    return cell.strftime("%H:%M") if isinstance(cell, time) else str(cell)


def _without_text_mark(text: str) -> str:
    """Excel marks text with an apostrophe, which csv files then show: «'+7927…»."""
    return text[1:] if text.startswith("'") and re.match(r"'[=+\-@\d]", text) else text


# --- birth year -----------------------------------------------------------------------------------------------------
def read_birth_year(cell: Cell, *, today: date) -> CellReading[int]:
    """A birth year from «1985», a date, «12.03.1985», «1985 г.р.», «12 марта 1985»; the day and month are dropped.

    A remark without a value means that what stands there cannot be the birth year of a participant.
    """
    if isinstance(cell, date):
        return _year_of_date(cell, today)
    text = cell_text(cell)
    if is_absent(text):
        return CellReading(None)
    if isinstance(cell, bool | time | timedelta):
        return _unreadable_year(text)
    if isinstance(cell, int | float):
        return _year_of_number(cell, text, today)
    if text.startswith("="):  # numbers in a formula are not its value
        return _unreadable_year(text)
    if re.fullmatch(r"\d{5}(?:[.,]\d+)?", text):  # a date that lost its format on the way through csv
        return _year_of_number(float(text.replace(",", ".")), text, today)
    return _year_of_text(text, today)


def _year_of_date(day: date, today: date) -> CellReading[int]:
    serial = (date(day.year, day.month, day.day) - EXCEL_EPOCH).days
    if 1920 <= serial <= today.year:
        # Somebody gave the number 1985 the format of a date: Excel shows 07.06.1905.
        remark = Sentence(
            _(
                "The cell shows the date %(date)s because the number %(year)s has the format of a date; "
                "read as the year %(year)s."
            ),
            {"date": day.strftime("%d.%m.%Y"), "year": serial},
        )
        return CellReading(serial, remark)
    return _checked_year(day.year, today)


def _year_of_number(number: float, text: str, today: date) -> CellReading[int]:
    if 1000 <= number <= 9999 and number == int(number):
        return _checked_year(int(number), today)
    if 10000 <= number <= LAST_EXCEL_DAY:  # a date that lost its format
        return _checked_year((EXCEL_EPOCH + timedelta(days=int(number))).year, today)
    return _unreadable_year(text)


def _year_of_text(text: str, today: date) -> CellReading[int]:
    compact = re.sub(r"^(\d)\s(\d{3})(?!\d)", r"\1\2", text)
    years = set(re.findall(r"(?<![\d,])\d{4}(?!\d)", compact))
    dates = NUMERIC_DATE.findall(compact)
    if not years:
        short = [year for _day, _month, year in dates] or re.findall(
            r"^(\d{2})\s*(?:г\.?\s*р\.?|года рождения)$", compact
        )
        if len(set(short)) == 1:
            return _checked_year(_full_year(int(short[0]), today), today)
    if len(years) != 1 or re.search(r"\d{5}", compact):
        return _unreadable_year(text)
    reading = _checked_year(int(years.pop()), today)
    if reading.value is not None and dates and _as_date(int(dates[0][0]), int(dates[0][1]), reading.value) is None:
        return CellReading(
            reading.value, Sentence(_("There is no such day as “%(text)s”; the year alone was read."), {"text": text})
        )
    return reading


def _full_year(year: int, today: date) -> int:
    """Two digits mean the latest year that is not in the future."""
    century = today.year // 100 * 100
    return century + year if century + year <= today.year else century - 100 + year


def _checked_year(year: int, today: date) -> CellReading[int]:
    age = today.year - year
    if age < 0:
        return CellReading(
            None, Sentence(_("Birth year %(year)s: check it, this year is still to come."), {"year": year})
        )
    if age > OLDEST_AGE:
        message = ngettext_lazy(
            "Birth year %(year)s: check it, the participant would be %(age)d year old.",
            "Birth year %(year)s: check it, the participant would be %(age)d years old.",
            "age",
        )
        return CellReading(None, Sentence(message, {"year": year, "age": age}))
    if age < YOUNGEST_AGE or age > UNUSUAL_AGE:
        message = ngettext_lazy(
            "Birth year %(year)s was kept, but check it: the participant would be %(age)d year old.",
            "Birth year %(year)s was kept, but check it: the participant would be %(age)d years old.",
            "age",
        )
        return CellReading(year, Sentence(message, {"year": year, "age": age}))
    return CellReading(year)


def _unreadable_year(text: str) -> CellReading[int]:
    return CellReading(
        None,
        Sentence(_("“%(text)s” is not a birth year. Write four digits, for example 1985."), {"text": shortened(text)}),
    )


# --- dates ----------------------------------------------------------------------------------------------------------
def read_date(cell: Cell, *, is_end: bool = False) -> CellReading[date]:
    """One date from a date cell, «01.09.2023», «2023-09-01», «1 сентября 2023 г.» or Excel's number of a day.

    «сентябрь 2023», «09.2023» are the first day of the month, or its last where `is_end`.
    """
    text = cell_text(cell)
    if is_absent(text):
        return CellReading(None)
    days = dates_in(cell)
    if len(days) == 1 and days[0].day is not None:
        day, is_month = days[0].within(is_end=is_end), days[0].is_month
        if is_month:
            return CellReading(day, day_not_given(text, day))
        if isinstance(cell, str) and not text.isdigit() and _words_beside_dates(text):
            return CellReading(day, Sentence(_("Only the date was read from “%(text)s”."), {"text": shortened(text)}))
        return CellReading(day)
    return CellReading(
        None,
        Sentence(_("“%(text)s” is not a date and was left out. Write it as 01.09.2025."), {"text": shortened(text)}),
    )


class FoundDate(NamedTuple):
    """A date in a text: None for one that does not exist or is out of any plausible year; of a month its first day."""

    day: date | None
    is_month: bool = False

    def within(self, *, is_end: bool) -> date | None:
        """The day, or the last one of a month."""
        if self.day is None or not (self.is_month and is_end):
            return self.day
        return self.day.replace(day=monthrange(self.day.year, self.day.month)[1])


def day_not_given(text: str, *days: date | None) -> Sentence:
    """The remark on a month without a day."""
    read = " – ".join(day.strftime("%d.%m.%Y") for day in days if day)
    message = _("The day was not given in “%(text)s”; read as %(date)s.")
    return Sentence(message, {"text": shortened(text), "date": read})


def dates_in(cell: Cell) -> list[FoundDate]:
    """All dates of a cell in their order."""
    if isinstance(cell, date):
        return [_found(date(cell.year, cell.month, cell.day))]
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return [_found(EXCEL_EPOCH + timedelta(days=int(cell)) if 10000 <= cell <= LAST_EXCEL_DAY else None)]
    text = COMMA_DATE.sub(r"\1.\2.\3", cell_text(cell).casefold())
    if re.fullmatch(r"\d{5}", text):
        return dates_in(int(text))
    if text.startswith("="):  # numbers in a formula are not its value
        return []
    found: list[tuple[int, FoundDate]] = []

    def take(pattern: re.Pattern[str], read: Callable[[re.Match[str]], FoundDate]) -> None:
        nonlocal text
        found.extend((match.start(), read(match)) for match in pattern.finditer(text))
        text = pattern.sub(lambda match: " " * len(match[0]), text)

    take(ISO_DATE, lambda match: _found(_as_date(int(match[3]), int(match[2]), int(match[1]))))
    take(NUMERIC_DATE, _of_numbers)
    take(WORD_DATE, lambda match: _found(_as_date(int(match[1]), _month_number(match[2]), int(match[3]))))
    found += [
        (match.start(), _of_month(match)) for match in MONTH.finditer(text) if match[1] or _month_number(match[3])
    ]
    return [day for _start, day in sorted(found, key=lambda pair: pair[0])]


def _of_numbers(match: re.Match[str]) -> FoundDate:
    year = int(match[3])
    return _found(_as_date(int(match[1]), int(match[2]), year if year > 99 else 2000 + year))


def _of_month(match: re.Match[str]) -> FoundDate:
    month, year = (match[1], match[2]) if match[1] else (_month_number(match[3]), match[4])
    return _found(_as_date(1, int(month), int(year)), is_month=True)


def _found(day: date | None, *, is_month: bool = False) -> FoundDate:
    return FoundDate(day if day is not None and day.year in DATE_YEARS else None, is_month)


def _as_date(day: int, month: int, year: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month_number(word: str) -> int:
    word = "мая" if word == "май" else word
    return next((number for number, stem in enumerate(MONTHS, start=1) if word[:3] == stem[:3]), 0)


def _words_beside_dates(text: str) -> bool:
    rest = text.casefold()
    for pattern in (COMMA_DATE, ISO_DATE, NUMERIC_DATE, WORD_DATE):
        rest = pattern.sub(" ", rest)
    return bool(re.sub(r"\b(?:года|год|г|с|от|по|до)\b|0?0:00(?::00)?|[\s.,t«\"“]", "", rest))


# --- contacts -------------------------------------------------------------------------------------------------------
EMAIL = re.compile(r"[^\s,;:<>()\[\]\"«»/|]+@[^\s,;<>()\[\]\"«»/|]+")
SPACED_AT = re.compile(r"(?<=[A-Za-z0-9._-])[ \t]+@[ \t]*(?=[\w-]+\.\w)|(?<=[A-Za-z0-9._-])@[ \t]+(?=[\w-]+\.\w)")
PHONE = re.compile(r"(?:(?<=\D)|^)\+?[ \t]?\(?\d[\d \t()\-‐-―−.]*\d")
_LABELS = (
    r"контакт\w*|номер|телефон\w*|тел|т|моб(?:ильный)?|сот(?:овый)?|e-?mail|эл(?:ектронная)?|почта|адрес эл|mailto"
)
_LINES = r"раб(?:очий)?|служ(?:ебный)?|дом(?:ашний)?"
CONTACT_LABELS, LABELS_BESIDE_LINES = (
    re.compile(rf"(?:^|(?<=[\s,;(/]))(?:{words})(?=[\s.:,;/]|$)[\s.:/]*", re.IGNORECASE)
    for words in (f"{_LABELS}|{_LINES}", _LABELS)
)
# Numbers inside an address of a page or a name in a network are no telephone.
PAGE = re.compile(
    r"(?:https?://|www\.)[^\s,;()]+|(?:[\w-]+\.)+(?:ru|рф|com|org|net|su|me|info)/[^\s,;()]+|\bid\d{5,}", re.IGNORECASE
)
COMMA_IN_EMAIL = re.compile(r"([^\s,;:<>]+@[\w-]+),((?:ru|рф|com|org|net|su|kz|by)\b)", re.IGNORECASE)
# What was found is marked by signs of the private area until the words around it are known.
FIRST_MARK, FIRST_PAGE, MOST_MARKS = 0xE000, 0xE800, 0x700
NUMBER_MARK = re.compile("[\ue000-\ue7ff]")
MARK = re.compile("[\ue000-\uefff]")
IN_BRACKETS = re.compile(r"\s*\([^)]*\)")
DIVIDES = re.compile(r"[,;\n/|]")
LAST_INITIAL = re.compile(r"(?:^|[\s.])[А-ЯЁA-Z]\.$")
CYRILLIC_AS_LATIN = str.maketrans("асеорхуАВСЕНКМОРТХУ", "aceopxyABCEHKMOPTXY")
is_email = EmailValidator()


@dataclass
class Contact:
    """What one or several cells say about reaching a person."""

    phones: list[str] = field(default_factory=list)  # E.164
    emails: list[str] = field(default_factory=list)
    rest: list[str] = field(default_factory=list)
    remarks: list[Sentence] = field(default_factory=list)

    @property
    def phone(self) -> str:
        return self.phones[0] if self.phones else ""

    @property
    def email(self) -> str:
        return self.emails[0] if self.emails else ""

    @property
    def note(self) -> str:
        """Everything beyond the first phone and the first e-mail, with the words that stood beside."""
        return "; ".join([*self.rest, *self.emails[1:]])


def read_contact(cell: Cell, into: Contact | None = None, label: str = "") -> Contact:
    """Phones, e-mails and the words around them from a cell such as «8 (927) 123-45-67, ivanova@mail.ru (мама)».

    `label` says what the whole column holds: «дом.», «мама».
    """
    contact = into or Contact()
    text = cell_lines(cell)
    if text and not is_absent(text):
        if label and re.search(r"\d|@", text) and label not in text.casefold():
            text = f"{label} {text}"
        _Words(contact).take(text)
    return contact


class _Words:
    """One cell on its way into a contact: marks stand in the text for the numbers and pages that were found."""

    def __init__(self, contact: Contact) -> None:
        self.contact = contact
        self._numbers: list[str] = []  # how each is written among other contacts; the main one not at all
        self._pages: list[str] = []

    def take(self, text: str) -> None:
        text = MARK.sub(" ", text)
        if "/" in text or "id" in text:
            text = PAGE.sub(self._mark_page, text)
        if "@" in text:
            text = COMMA_IN_EMAIL.sub(self._mend_comma, SPACED_AT.sub("@", text))
            text = EMAIL.sub(lambda match: _take_email(match[0], self.contact), text)
        text = PHONE.sub(self._mark_numbers, text)
        if len(self._numbers) > 1:
            text = _divided(text)
        if self._numbers or self._pages or any(map(str.isalnum, text)):
            self._take_rest(text)

    def _mark_page(self, match: re.Match[str]) -> str:
        if len(self._pages) == MOST_MARKS:
            return match[0]
        self._pages.append(match[0])
        return chr(FIRST_PAGE + len(self._pages) - 1)

    def _mend_comma(self, match: re.Match[str]) -> str:
        message = _("The comma in the e-mail “%(text)s” was read as a full stop.")
        self.contact.remarks.append(Sentence(message, {"text": shortened(match[0])}))
        return f"{match[1]}.{match[2]}"

    def _mark_numbers(self, match: re.Match[str]) -> str:
        written = match[0]
        digits = NO_DIGIT.sub("", written)
        is_too_many = len(self._numbers) + len(digits) > MOST_MARKS
        if len(digits) < 5 or is_too_many or _is_date(written.strip()):
            return written
        is_index = len(digits) == 6 and written.strip().isdigit() and match.string.strip() != written.strip()
        if is_index:  # a postal code before an address
            return written
        phones = [read_phone(part) for part in _phone_parts(written, digits)]
        if all(phones):
            return ";".join(self._mark(self._take_phone(phone)) for phone in phones)
        message = _("“%(text)s” is not a whole telephone number; it was kept among other contacts.")
        self.contact.remarks.append(Sentence(message, {"text": shortened(written.strip())}))
        return self._mark(written.strip())

    def _take_phone(self, phone: str) -> str:
        """Keep a phone; how it is written among other contacts: the first one stands in a field of its own."""
        is_known, is_first = phone in self.contact.phones, not self.contact.phones
        if not is_known:
            self.contact.phones.append(phone)
        return "" if is_known or is_first else phone_for_reading(phone)

    def _mark(self, shown: str) -> str:
        self._numbers.append(shown)
        return f" {chr(FIRST_MARK + len(self._numbers) - 1)} "

    def _shown(self, match: re.Match[str]) -> str:
        place = ord(match[0])
        return self._pages[place - FIRST_PAGE] if place >= FIRST_PAGE else self._numbers[place - FIRST_MARK]

    def _take_rest(self, text: str) -> None:
        for line in re.split(r"[\n;|]", text):
            has_number = any(self._shown(match) for match in NUMBER_MARK.finditer(line))
            words = (LABELS_BESIDE_LINES if has_number else CONTACT_LABELS).sub(" ", line)
            words = MARK.sub(self._shown, words)
            words = re.sub(r"\(\s*\)", " ", words)
            words = re.sub(r"\s+([,.;:])", r"\1", " ".join(words.split()))
            words = re.sub(r"([,;:])[,;:]+", r"\1", words)
            words = _without_edges(words)
            words = words[1:-1] if re.fullmatch(r"\([^()]*\)", words) else words
            if not is_absent(words) and words not in self.contact.rest:
                self.contact.rest.append(words)


def _without_edges(words: str) -> str:
    """The words without the signs that stood between them and a number; «-5» and «К.С.» stay whole."""
    words = words.lstrip(" ,.;:/") if re.match(r"[\s,.;:/]*[+-]\d", words) else words.lstrip(" ,.;:/+-–—")
    whole = words.rstrip(" ,;:/+-–—")
    return whole if LAST_INITIAL.search(whole) else words.rstrip(" ,.;:/+-–—")


def _divided(text: str) -> str:
    """Put «;» between numbers so that each keeps its words: «мама 8950… папа 8950…», «8950…, дом. 2-34-56»."""
    marks = list(NUMBER_MARK.finditer(text))
    begins_with_words = any(map(str.isalpha, CONTACT_LABELS.sub(" ", text[: marks[0].start()])))
    parts = [text[: marks[0].end()]]
    for before, after in pairwise(marks):
        between = text[before.end() : after.start()]
        bracket, sign = IN_BRACKETS.match(between), DIVIDES.search(between)
        if bracket:
            cut = bracket.end()
        elif sign:
            cut = sign.end()
        elif begins_with_words or not CONTACT_LABELS.sub(" ", between).strip(" .:-"):
            cut = 0
        else:
            cut = len(between)
        parts += [between[:cut], ";", between[cut:], after[0]]
    return "".join([*parts, text[marks[-1].end() :]])


NO_DIGIT = re.compile(r"\D")
MOBILE = re.compile(r"(?:\+7|7|8)?9[0-24-9]\d{8}")
PHONE_SIGNS = str.maketrans("", "", " \t()-.")


@lru_cache(maxsize=8192)
def read_phone(text: str) -> str:
    """The number as E.164, «+79271234567»; an empty string where the text is no whole telephone number."""
    digits = text.translate(PHONE_SIGNS)
    if MOBILE.fullmatch(digits):  # each of these is valid; the library takes its time to say so
        return f"+7{digits[-10:]}"
    try:
        number = phonenumbers.parse(text, "RU")
    except phonenumbers.NumberParseException:
        return ""
    national = str(number.national_number)
    # Codes of areas change faster than the library: ten digits that begin as an area code does are enough.
    is_area = number.country_code == 7 and re.fullmatch(r"(?:[34]\d|8[1-7])\d{8}", national)
    if not (is_area or phonenumbers.is_valid_number(number)):
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


@lru_cache(maxsize=1024)
def phone_for_reading(phone: str) -> str:
    """«+7 912 000-10-10» from E.164."""
    number = phonenumbers.parse(phone)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def _take_email(written: str, contact: Contact) -> str:
    text = written.strip(".,'`-–—").casefold()
    for candidate in (text, text.translate(CYRILLIC_AS_LATIN)):
        try:
            is_email(candidate)
        except ValidationError:
            continue
        if candidate.isascii():
            if candidate != text:
                message = _("Cyrillic letters in the e-mail “%(text)s” were replaced by Latin ones.")
                contact.remarks.append(Sentence(message, {"text": written}))
            if candidate not in contact.emails:
                contact.emails.append(candidate)
            return " "
    contact.remarks.append(
        Sentence(_("“%(text)s” is not an e-mail address and was left out."), {"text": shortened(written)})
    )
    return " "


def _is_date(written: str) -> bool:
    """«01.09.2025»; «2-12-10» in a cell of contacts is a local number."""
    numbers = NUMERIC_DATE.fullmatch(written)
    return bool(numbers and dates_in(written)[0].day and not (len(numbers[3]) == 2 and "-" in written))


def _phone_parts(written: str, digits: str) -> list[str]:
    """One number, or several that only spaces divide: each has ten digits, eleven with 7 or 8 in front."""
    if len(digits) < 20:
        return [written]
    parts = []
    while digits:
        length = 11 if digits[0] in "78" else 10
        parts.append(digits[:length])
        digits = digits[length:]
    return parts


# --- links, numbers -------------------------------------------------------------------------------------------------
URL = re.compile(
    r"(?:https?://|www\.)[^\s,;<>\"«»]+|(?<![\w@.])(?:[\w-]+\.)+(?:ru|рф|com|org|net|su|edu|info)(?:/[^\s,;<>\"«»]*)?(?![\w@])",
    re.I,
)
URL_LENGTH = 200


def read_link(cell: Cell) -> CellReading[str]:
    """The first address in the cell, with https:// in front where the scheme was not written."""
    text = cell_text(cell)
    if is_absent(text):
        return CellReading(None)
    addresses = [match[0].rstrip(".)") for match in URL.finditer(text)]
    if not addresses or len(addresses[0]) > URL_LENGTH - len("https://"):
        return CellReading(None, Sentence(_("“%(text)s” is not a link and was left out."), {"text": shortened(text)}))
    address = addresses[0] if re.match(r"https?://", addresses[0], re.I) else f"https://{addresses[0]}"
    if len(addresses) > 1:
        return CellReading(
            address, Sentence(_("Only the first link was read from “%(text)s”."), {"text": shortened(text)})
        )
    return CellReading(address)


def read_experience(cell: Cell) -> tuple[CellReading[int], int | None]:
    """Whole years of experience, and those in this organization where the cell gives both («15 / 3»)."""
    text = cell_text(cell)
    if is_absent(text):
        return CellReading(None), None
    if re.fullmatch(r"(?:менее|меньше|до) (?:1|одного) года|менее года|без стажа|\d{1,2} мес\w*\.?", text.casefold()):
        return CellReading(0), None
    pair = re.fullmatch(
        r"(\d{1,2})(?: ?(?:лет|года?|л\.?|г\.?))? ?[/(] ?(\d{1,2})(?: ?(?:лет|года?|л\.?|г\.?))? ?\)?", text
    )
    if pair and int(pair[2]) <= int(pair[1]) <= LONGEST_EXPERIENCE:
        return CellReading(int(pair[1])), int(pair[2])
    years = re.fullmatch(
        r"(\d{1,2})(?:[.,]\d+)?(?: ?(?:лет|года?|л|г)\b\.?)?(?:,? ?\d{1,2} ?м\w*\.?)?", text.casefold()
    )
    if isinstance(cell, date) or not years or int(years[1]) > LONGEST_EXPERIENCE:
        message = _("“%(text)s” is not a number of years and was left out.")
        return CellReading(None, Sentence(message, {"text": shortened(text)})), None
    return CellReading(int(years[1])), None


def shortened(text: str, length: int = 200) -> str:
    """The text for a sentence: on one line, cut with an ellipsis."""
    line = " ".join(INVISIBLE.sub("", text).split())
    return line if len(line) <= length else f"{line[: length - 1]}…"
