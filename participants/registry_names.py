"""Reading the name cells of a registry row: what belongs to the name, what stands beside it, what is no name at all."""

import re
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from participants.names import (
    SUFFIX_WORDS,
    SURNAME_PARTICLES,
    NameParts,
    fold_name,
    is_patronymic,
    restore_cyrillic,
    split_full_name,
    tidy_name_case,
    tidy_patronymic_case,
    tidy_text,
)
from participants.registry_cells import shortened
from participants.registry_report import Sentence

NAME_LENGTH = 80  # letters in each part, as Person keeps them
# Endings that no usual first name has: «Карина», «Яков», «Ева» must stay first names.
SURNAME = re.compile(r"(?!Яков$)\w{2,}(?:[оеё]ва?|[сц]к(?:ий|ая)|енко|чук)(?:-\w+)?", re.IGNORECASE)
ANY_SURNAME = re.compile(rf"{SURNAME.pattern}|\w+(?:ина?|ына?|ко|ук|юк|ян|дзе|швили)|.*[-. ].*", re.IGNORECASE)
NUMBER_BEFORE = re.compile(r"^\d{1,4}\s*[.)]\s*(?=\D)")
FORM_OF_ADDRESS = re.compile(r"^(?:г-жа|г-н|гр)\.?\s+", re.IGNORECASE)
IN_BRACKETS = re.compile(r"\(([^()]*)\)?")
BRACKET = re.compile(r"(\S+)\s*\(([^)]*)\)\s*(.+)")  # Иванова (Петрова) Мария
AND = r"\s(?:и\s(?=[А-ЯЁ])|И\s(?=[А-ЯЁ]{2}))"  # not «Иванова И П», not «Ким И Сун»
CUT = re.compile(rf"[,;(/|]|\s[-–—]\s+(?=[а-яёa-z])|\s(?=\S*\d)|{AND}")
BETWEEN_PEOPLE = re.compile(rf"[,;/|\n\r]|{AND}")
BETWEEN_FIRST_NAMES = re.compile(rf"[^\W\d_]{{2}}(?:\s*[,;/]\s*|{AND})(?=[А-ЯЁ][а-яё])")
DIGIT = re.compile(r"\d")
PLACE_WORDS = re.compile(
    r"\b(?:центр|дом|дворец|лице[йя]|гимнази|колледж|техникум|институт|университет|академи|станци|республик|област|кра[йя]|район"
    r"|город|сел[оа]|пос[её]лок|улиц)",
    re.IGNORECASE,
)
# Words of headings inside a table; a row that holds one of them alone is no person.
HEADING_WORDS = re.compile(
    r"\b(?:класс|групп|отделени|педагог|учител|воспитател|наставник|наставляем|специалист|школ|сад|учени|обучающ|учащ|студент"
    r"|воспитанник|работодател|форм[аы]\b|раздел|методическ|объединени|кафедр|начальн|старш|средн|младш|подготовительн|администраци"
    r"|список|реестр|база|перв|втор|четверт|полугоди|год)",
    re.IGNORECASE,
)


@dataclass
class NameReading:
    """A name in parts as it would be stored; `refusal` says why it names no person."""

    parts: NameParts
    remarks: list[Sentence] = field(default_factory=list)
    refusal: Sentence | None = None


def read_full_name(text: str) -> NameReading:
    """A name from one cell: «1. Иванова Мария Петровна (Сидорова), учитель» gives the name and a remark on the rest."""
    line = FORM_OF_ADDRESS.sub("", NUMBER_BEFORE.sub("", tidy_text(text)))
    name, rest = _apart_from_rest(line)
    parts = _tidied(split_full_name(restore_cyrillic(name)))
    is_turned = _is_first_name_first(parts)
    reading = _checked(NameParts(parts.first, parts.last, "") if is_turned else parts, line)
    if is_turned:
        message = _("“%(text)s” was read as the last name %(last)s and the first name %(first)s.")
        values = {"text": shortened(name), "last": reading.parts.last, "first": reading.parts.first}
        reading.remarks.append(Sentence(message, values))
    if reading.refusal is None and (_is_person(rest) or _are_people(text, line)):
        reading.refusal = _two_people(line)
    _remark_on_rest(rest, reading)
    _remark_on_letters(name, reading)
    return reading


def read_name_parts(last: str, first: str, patronymic: str) -> NameReading:
    """A name whose parts stand in columns of their own."""
    written = [tidy_text(part) for part in (last, first, patronymic)]
    if not written[1] and written[0]:  # the whole name in the first of the columns
        return read_full_name(" ".join(part for part in written if part))
    line = " ".join(part for part in written if part)
    beside = [text for part in written for text in IN_BRACKETS.findall(part)]
    if beside:
        written = [tidy_text(IN_BRACKETS.sub(" ", part)) for part in written]
    parts = NameParts(*(restore_cyrillic(part).strip(" ,;") for part in written))
    given = split_full_name(f"{'ФАМИЛИЯ' if parts.last.isupper() else 'Фамилия'} {parts.first}")
    if not parts.patronymic and given.patronymic and given.first:  # «М.П.» in the column of first names
        parts = NameParts(parts.last, given.first, given.patronymic)
    reading = _checked(_tidied(parts), line)
    if reading.refusal is None and BETWEEN_FIRST_NAMES.search(written[1]):
        reading.refusal = _two_people(line)
    _remark_on_rest("; ".join(beside), reading)
    _remark_on_letters(" ".join(written), reading)
    return reading


def is_person(text: str) -> bool:
    """Whether the text alone in a row is a person's name and not the heading of a section."""
    line = tidy_text(text)
    if re.search(r"[\d«»\"№_:]", line) or re.search(r"\s[-–—]\s", line):
        return False
    return _is_person(line) or (len(line.split()) in (2, 3) and line.istitle() and not HEADING_WORDS.search(line))


def is_named_in_full(text: str) -> bool:
    """Whether the text is a surname with initials or with a first name and a patronymic, and nothing else."""
    line = tidy_text(text)
    return not re.search(r"[\d«»\"№_:,;()]", line) and len(line.split()) <= 4 and _is_person(line)


def _is_person(text: str) -> bool:
    """A surname with initials, or a first name with a patronymic."""
    if re.search(r"\d", text):
        return False
    parts = split_full_name(text)
    is_initials = parts.first.endswith(".") and len(parts.first) <= 3
    return bool(parts.last and parts.first) and (is_initials or is_patronymic(parts.patronymic))


def _is_first_name_first(parts: NameParts) -> bool:
    """«Анна Иванова»: only the second of two words has the ending of a surname."""
    if parts.patronymic or not parts.first:
        return False
    return bool(SURNAME.fullmatch(parts.first)) and not ANY_SURNAME.fullmatch(parts.last)


def _are_people(text: str, line: str) -> bool:
    """Several people in one cell: one a line, divided by a comma or «и», or one behind the other."""
    initials = re.findall(r"(?<![^\W\d_])[^\W\d_]\.", line)
    words = line.split()
    if len(initials) > 2 or (len(words) > 4 and sum(map(is_patronymic, words)) > 1):
        return True
    bare = IN_BRACKETS.sub(" ", text)
    if BETWEEN_PEOPLE.search(bare):
        parts = [tidy_text(part) for part in BETWEEN_PEOPLE.split(bare)]
        # «МБОУ СОШ» behind a name is no name, «ОНДАР ВАНЯ» behind «ОНДАР АНЯ» is one.
        named = [part for part in parts if part.isupper() == bare.isupper() and _is_plain_name(part)]
        is_by_and = bool(re.search(AND, bare))  # «Сат Ольга и Айдыс»
        return sum(_is_person(part) or part in named for part in parts) > 1 or (is_by_and and len(words) > 3)
    folded = [fold_name(word) for word in words]
    return len(words) > 3 and folded[0] in folded[2:-1]  # Ондар Аня Ондар Ваня


def _is_plain_name(text: str) -> bool:
    """Two or three capitalized words that say nothing of a place or a position: «Ондар Ваня»."""
    words = text.split()
    if len(words) not in (2, 3) or not all(word[0].isupper() and word.replace("-", "").isalpha() for word in words):
        return False
    parts = split_full_name(text)
    return bool(parts.last and parts.first) and not (HEADING_WORDS.search(text) or PLACE_WORDS.search(text))


def _apart_from_rest(line: str) -> tuple[str, str]:
    """The name, and what follows it: after a comma, in brackets, from the first digit, in small letters."""
    bracket = BRACKET.match(line) if "(" in line else None
    if bracket and bracket[1][-1] not in ",;" and bracket[3][0].isupper():
        name, rest = _apart_from_rest(f"{bracket[1]} {bracket[3]}")
        return name, "; ".join(part for part in (bracket[2].strip(), rest) if part)
    cut = CUT.search(line)
    name, rest = (line[: cut.start()], line[cut.end() - (cut[0] == "(") :]) if cut and cut.start() else (line, "")
    words = name.split()
    capitals = [place for place, word in enumerate(words) if word[0].isupper()]
    if not capitals:
        return name, rest.strip(" ,;()")
    kept = words[_first_name_word(words, capitals[0]) : _after_last_name_word(words, capitals[-1])]
    dropped = [word for word in words if word not in kept]
    return " ".join(kept), " ".join([*dropped, rest]).strip(" ,;()")


def _first_name_word(words: list[str], first_capital: int) -> int:
    """Words in small letters before the name are a position («учитель Иванова М. П.»), particles are not."""
    start = first_capital
    while start > 0 and words[start - 1].casefold() in SURNAME_PARTICLES:
        start -= 1
    return start


def _after_last_name_word(words: list[str], last_capital: int) -> int:
    end = last_capital + 1
    while end < len(words) and words[end].casefold() in SUFFIX_WORDS:
        end += 1
    return end


def _tidied(parts: NameParts) -> NameParts:
    return NameParts(tidy_name_case(parts.last), tidy_name_case(parts.first), tidy_patronymic_case(parts.patronymic))


def _checked(parts: NameParts, line: str) -> NameReading:
    reading = NameReading(parts)
    if DIGIT.search(parts.full) or not any(map(str.isalpha, line)) or not all(map(_has_letters, parts)):
        reading.refusal = Sentence(_("“%(text)s” is not a name."), {"text": shortened(line)})
    elif not parts.last:
        message = _("Only “%(text)s” is written as the name: the last name is missing. Add it.")
        reading.refusal = Sentence(message, {"text": shortened(line)})
    elif not parts.first:
        reading.refusal = Sentence(
            _("There is neither a first name nor initials in “%(text)s”."), {"text": shortened(line)}
        )
    elif max(map(len, parts)) > NAME_LENGTH:
        reading.refusal = Sentence(_("The name “%(text)s” is too long."), {"text": shortened(line)})
    return reading


def _two_people(line: str) -> Sentence:
    return Sentence(_("Two people stand in one cell: “%(text)s”. Give each a row."), {"text": shortened(line)})


def _remark_on_rest(rest: str, reading: NameReading) -> None:
    if rest and reading.refusal is None:
        message = _("Beside the name stood “%(text)s”; it was left out.")
        reading.remarks.append(Sentence(message, {"text": shortened(rest)}))


def _has_letters(part: str) -> bool:
    return not part or any(map(str.isalpha, part))


def _remark_on_letters(written: str, reading: NameReading) -> None:
    if reading.refusal is None and restore_cyrillic(written) != written:
        message = _("Latin letters in the name “%(text)s” were replaced by Cyrillic ones.")
        reading.remarks.append(Sentence(message, {"text": shortened(written)}))


# --- the same person twice ------------------------------------------------------------------------------------------
def name_key(parts: NameParts) -> str:
    """The key of a full name for finding a person twice."""
    return fold_name(parts.full)


def short_key(parts: NameParts) -> str:
    """Surname and first initial: people whose short keys differ are different people."""
    return f"{fold_name(parts.last)} {fold_name(parts.first)[:1]}"


def may_be_same_name(one: NameParts, other: NameParts) -> bool:
    """Whether one spelling may be the short form of the other: «Иванова М. П.» and «Иванова Мария Петровна»."""
    if fold_name(one.last) != fold_name(other.last):
        return False
    return all(
        not mine or not theirs or mine == theirs or (min(len(mine), len(theirs)) == 1 and mine[0] == theirs[0])
        for mine, theirs in (
            (fold_name(one.first), fold_name(other.first)),
            (fold_name(one.patronymic), fold_name(other.patronymic)),
        )
    )
