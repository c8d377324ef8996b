"""Reading telephones, e-mail addresses and the words beside them out of one cell of a registry."""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.translation import gettext_lazy as _

from participants.registry_cells import cell_lines, is_absent, shortened
from participants.registry_days import NUMERIC_DATE, dates_in
from participants.registry_report import Sentence
from participants.sheet_files import Cell

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
