"""Where a text names a person: surely, or perhaps. Pure: no database, no clock.

A text is changed only where the person is surely meant: by the surname with the first name or the initials, or by the
surname alone where it is of four letters or more and nobody else of the organization bears it. Everything else that may
be the person is only found, and a human being decides.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import product

from participants.names import NameParts

LEAST_ALONE = 4  # letters of a surname that tells by itself
AROUND = 40  # letters of an excerpt on either side
PHONE_DIGITS = 10

_OPEN = r"(?<![\w-])"
_CLOSE = r"(?![\w-])"
_INITIALS = r"([А-ЯA-Z])\.(?:\s?([А-ЯA-Z])\.)?"
_WORD = r"[А-ЯA-Z][\w’'-]*"
_INITIALS_AFTER = re.compile(rf"\s?{_INITIALS}")
_INITIALS_BEFORE = re.compile(rf"{_OPEN}{_INITIALS}\s?$")
_WORDS_AFTER = re.compile(rf"\s{{1,2}}({_WORD})(?:\s{{1,2}}({_WORD}))?")
_WORDS_BEFORE = re.compile(rf"(?:{_OPEN}({_WORD})\s{{1,2}})?{_OPEN}({_WORD})\s{{1,2}}$")
_SENTENCE_BEGINS = re.compile(r"(?:^|[.!?…\n]|\n\s*(?:\d+[.)]|[–—•-]))[\s«\"(]*$")
_PATRONYMIC_LIKE = re.compile(r"\w+(?:ович|евич|ьич|мич|овн|евн|ичн)\w{0,3}", re.IGNORECASE)
_SURNAME_LIKE = re.compile(
    r"\w+(?:[оеи]в|[иы]н|[оеиы][вн](?:а|ой|у|ым|е)|[сц]к(?:ий|ая|ой|ого|ому|им|ую)|енко|янц?|дзе|швили|[иы]х)",
    re.IGNORECASE,
)
_PHONE = re.compile(r"\+?\d[\d\s()–-]{8,}\d")
_YO = str.maketrans("ёЁ", "еЕ")
_FLEETING = {"павел": "павл", "лев": "льв"}


@dataclass(frozen=True)
class Mention:
    """A place of a text, and whether the person is surely meant there."""

    start: int
    end: int
    is_sure: bool


class _Support(Enum):
    """What stands beside a surname: nothing, this person's given names, somebody else's, words that may be names."""

    NONE = "none"
    OURS = "ours"
    OTHERS = "others"
    UNCLEAR = "unclear"


class Sought:
    """A person under all the names that he has borne, among the people of his organization who may be meant instead."""

    def __init__(
        self, names: Iterable[NameParts], others: Iterable[NameParts] = (), *, phone: str = "", email: str = ""
    ) -> None:
        self._names = [_Forms(name) for name in dict.fromkeys(names) if name.last]
        known = [_Forms(other) for other in others if other.last]
        self._namesakes = [each for each in known if any(each.shares_surname(own) for own in self._names)]
        self._of_one_given_name = [each for each in known if any(each.shares_given(own) for own in self._names)]
        self._phone = "".join(filter(str.isdigit, phone))[-PHONE_DIGITS:]
        self._email = email.casefold()
        surnames = {form for own in self._names for form in own.last}
        self._surname = _any_of(surnames)
        self._given = _any_of({f"{a} {b}" for own in self._names for a in own.first for b in own.patronymic})
        self._first = _any_of({form for own in self._names for form in own.first if len(form) > 2})
        self._beginnings = {own.beginning for own in self._names}

    def find(self, text: str, *, is_own: bool = False) -> list[Mention]:
        """The places that name the person, in their order.

        `is_own` is for texts about the person (of his pairs): the first name with the patronymic is enough there, and
        the first name alone is a place to look at.
        """
        plain = text.translate(_YO)
        if not is_own and not self._phone and not self._email and not self._may_name(plain):
            return []
        found = [mention for match in self._surname.finditer(plain) if (mention := self._judge(plain, match))]
        if is_own:
            found += [each for each in self._by_given_names(plain) if not _overlaps(each, found)]
        found += [each for each in self._by_contacts(plain) if not _overlaps(each, found)]
        return sorted(found, key=lambda each: each.start)

    def replace(self, text: str, pseudonym: str, *, is_own: bool = False) -> str:
        """The text with the pseudonym where the person is surely named."""
        for mention in reversed(self.find(text, is_own=is_own)):
            if mention.is_sure:
                text = text[: mention.start] + pseudonym + text[mention.end :]
        return text

    def replace_exactly(self, text: str, pseudonym: str) -> str:
        """The text with the pseudonym for the full and the short name as the portal itself writes them.

        For what was written of this person alone, by no rule of likeness: lines of the history of his pairs.
        """
        for own in self._names:
            text = own.written.sub(pseudonym, text)
        return text

    def holds_surname(self, text: str) -> bool:
        """Whether a surname of the person stands in the text as a word, in any case and letter case.

        A short one must have its capital: it may be a particle.
        """
        plain = text.translate(_YO)
        found = self._surname.finditer(plain) if self._may_name(plain) else ()
        return any(len(match[0]) >= LEAST_ALONE or match[0][0].isupper() for match in found)

    def _may_name(self, plain: str) -> bool:
        folded = plain.casefold()
        return any(beginning in folded for beginning in self._beginnings)

    # --- one surname in the text ---
    def _judge(self, plain: str, match: re.Match[str]) -> Mention | None:
        word = match[0]
        if not word[0].isupper():
            is_name = len(word) > LEAST_ALONE and _SURNAME_LIKE.fullmatch(word)
            return Mention(match.start(), match.end(), is_sure=False) if is_name else None
        folded = " ".join(word.casefold().split())
        own = [each for each in self._names if folded in each.last]
        support, start, end = _best(_support(each, plain, match) for each in own)
        if support == _Support.OTHERS:
            return None
        if support == _Support.OURS:
            rivals = (each for each in self._namesakes if folded in each.last)
            is_sure = not any(_support(each, plain, match)[0] == _Support.OURS for each in rivals)
            return Mention(start, end, is_sure)
        is_sure = support == _Support.NONE and not self._namesakes and self._tells_alone(plain, match)
        return Mention(start, end, is_sure)

    def _tells_alone(self, plain: str, match: re.Match[str]) -> bool:
        """Whether the word can be nothing but the surname: at the beginning of a sentence any word has a capital."""
        word = match[0]
        if len(word) < LEAST_ALONE:
            return False
        has_capital_anyway = word.isupper() or _SENTENCE_BEGINS.search(plain, 0, match.start())
        return not has_capital_anyway or bool(_SURNAME_LIKE.fullmatch(word))

    # --- without a surname ---
    def _by_given_names(self, plain: str) -> list[Mention]:
        found = []
        for match in self._given.finditer(plain):
            if not match[0][0].isupper() or _stands_by_a_name(plain, match):
                continue
            after_capital = _WORDS_BEFORE.search(plain, 0, match.start())
            is_sure = not self._of_one_given_name and not after_capital
            found.append(Mention(match.start(), match.end(), is_sure))
        for match in self._first.finditer(plain):
            first = Mention(match.start(), match.end(), is_sure=False)
            if match[0][0].isupper() and not _stands_by_a_name(plain, match) and not _overlaps(first, found):
                found.append(first)
        return found

    def _by_contacts(self, plain: str) -> list[Mention]:
        found = []
        if self._email:
            start = plain.casefold().find(self._email)
            found += [Mention(start, start + len(self._email), is_sure=False)] if start >= 0 else []
        if len(self._phone) == PHONE_DIGITS:
            for match in _PHONE.finditer(plain):
                if "".join(filter(str.isdigit, match[0])).endswith(self._phone):
                    found.append(Mention(match.start(), match.end(), is_sure=False))
        return found


def excerpt(text: str, mention: Mention) -> str:
    """The words around a place, in one line."""
    start, end = max(0, mention.start - AROUND), mention.end + AROUND
    words = " ".join(text[start:end].split())
    return f"{'…' if start else ''}{words}{'…' if end < len(text) else ''}"


# --- the cases of a name ----------------------------------------------------------------------------------------------
class _Forms:
    """A name with each of its parts in all cases, folded."""

    def __init__(self, name: NameParts) -> None:
        self.last, self.first = cases_of(name.last), cases_of(name.first)
        self.patronymic = cases_of(name.patronymic) if name.patronymic else frozenset()
        self.initials = (_initial(name.first), _initial(name.patronymic))
        self.beginning = min(self.last, key=len)[: max(2, len(name.last) - 3)]
        initials = "".join(rf"{re.escape(part[0])}\." for part in (name.first, name.patronymic) if part)
        ways = [re.escape(name.full), rf"{re.escape(name.last)}[\xa0 ]{initials}" if initials else re.escape(name.last)]
        self.written = re.compile(rf"{_OPEN}(?:{'|'.join(ways)})(?!\w)")

    def shares_surname(self, other: "_Forms") -> bool:
        return bool(self.last & other.last)

    def shares_given(self, other: "_Forms") -> bool:
        return bool(self.first & other.first and self.patronymic & other.patronymic)


def cases_of(name: str) -> frozenset[str]:
    """All that a part of a name may look like in the six cases, folded (letter case and ё do not count).

    Not each form is one that the name really has: what matters is that no form is missing and that the forms of
    another name are none of them, «Иванов» and «Иванова» apart.
    """
    words = name.translate(_YO).casefold().split()
    return frozenset(" ".join(each) for each in product(*map(_cases_of_word, words)))


def _cases_of_word(word: str) -> frozenset[str]:
    parts = [_cases_of_part(part) for part in word.split("-")]
    return frozenset("-".join(each) for each in product(*parts))


def _cases_of_part(word: str) -> frozenset[str]:
    return frozenset({word} | {stem + ending for stem, endings in _stems(word) for ending in endings.split()})


def _stems(word: str) -> list[tuple[str, str]]:
    """[(stem, endings)] by the end of the word."""
    if word in _FLEETING:
        return [(_FLEETING[word], "а у ом е")]
    if word.endswith("ая"):
        return [(word[:-2], "ой ую ою"), (word[:-1], "и е ю ей ею")]
    if word.endswith("яя"):
        return [(word[:-2], "ей юю ею")]
    if word.endswith(("ий", "ый", "ой")):
        return [(word[:-2], "ого его ому ему ым им ом ем"), (word[:-1], "я ю ем е и")]
    if word.endswith("а"):
        return [(word[:-1], "ы и е у ой ей ою ею")]
    if word.endswith("я"):
        return [(word[:-1], "и е ю ей ею")]
    if word.endswith("ь"):
        return [(word[:-1], "я ю ем е и ью")]
    if word.endswith("ей"):
        return [(word[:-1], "я ю ем е и"), (word[:-2] + "ь", "я ю ем е")]
    if word.endswith("й"):
        return [(word[:-1], "я ю ем е и")]
    if word[-1:] in "оеиуюэы.":
        return []
    return [(stem, "а у ом ем ым е") for stem in (word, *_without_fleeting_vowel(word))]


def _without_fleeting_vowel(word: str) -> list[str]:
    """«Кравец» → «кравц», «заяц» → «зайц», «Волчок» → «волчк»."""
    if word.endswith(("ец", "яц")):
        return [word[:-2] + "ц", word[:-2] + "йц"]
    if word.endswith(("ок", "ек")):
        return [word[:-2] + "к", word[:-2] + "ьк"]
    return []


def _any_of(forms: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(forms, key=len, reverse=True)
    words = "|".join(r"\s{1,2}".join(map(re.escape, form.split())) for form in longest_first)
    return re.compile(rf"{_OPEN}(?:{words}){_CLOSE}" if words else r"(?!)", re.IGNORECASE)


# --- what stands beside a surname -------------------------------------------------------------------------------------
def _best(judged: Iterable[tuple[_Support, int, int]]) -> tuple[_Support, int, int]:
    order = (_Support.OURS, _Support.NONE, _Support.UNCLEAR, _Support.OTHERS)
    return min(judged, key=lambda each: order.index(each[0]))


def _support(name: _Forms, plain: str, match: re.Match[str]) -> tuple[_Support, int, int]:
    """Whose given names stand beside the surname, and from where to where it reaches with them."""
    start, end = match.span()
    if after := _INITIALS_AFTER.match(plain, end):
        return _of_initials(name, after[1], after[2], start, after.end())
    if after := _WORDS_AFTER.match(plain, end):
        first, second = after[1].casefold(), (after[2] or "").casefold()
        if _fits(first, name.first, name.initials[0]):
            if second and _fits(second, name.patronymic, name.initials[1]):
                return _Support.OURS, start, after.end(2)
            is_another = bool(name.patronymic) and _PATRONYMIC_LIKE.fullmatch(second)
            return (_Support.OTHERS, start, end) if is_another else (_Support.OURS, start, after.end(1))
        return (_Support.OTHERS if _PATRONYMIC_LIKE.fullmatch(second) else _Support.UNCLEAR), start, end
    if before := _INITIALS_BEFORE.search(plain, 0, start):
        return _of_initials(name, before[1], before[2], before.start(), end)
    return _of_words_before(name, plain, start, end)


def _of_words_before(name: _Forms, plain: str, start: int, end: int) -> tuple[_Support, int, int]:
    before = _WORDS_BEFORE.search(plain, 0, start)
    if not before:
        return _Support.NONE, start, end
    first, second = (before[1] or "").casefold(), before[2].casefold()
    if _fits(second, name.patronymic, "") and _fits(first, name.first, ""):
        return _Support.OURS, before.start(1), end
    if _fits(second, name.first, ""):
        return _Support.OURS, before.start(2), end
    if _PATRONYMIC_LIKE.fullmatch(second):
        return _Support.OTHERS, start, end
    begins_sentence = not first and _SENTENCE_BEGINS.search(plain, 0, before.start(2))
    return (_Support.NONE if begins_sentence else _Support.UNCLEAR), start, end


def _of_initials(name: _Forms, first: str, second: str | None, start: int, end: int) -> tuple[_Support, int, int]:
    mine, my_second = name.initials
    if first.casefold() == mine and (not second or not my_second or second.casefold() == my_second):
        return _Support.OURS, start, end
    return _Support.OTHERS, start, end


def _fits(word: str, forms: frozenset[str], initial: str) -> bool:
    """Whether the word is the name in some case; a name that the files know by its initial is any that begins so."""
    return word in forms or (any(form.endswith(".") for form in forms) and word[:1] == initial != "")


def _initial(name: str) -> str:
    return name.translate(_YO).casefold()[:1]


def _stands_by_a_name(plain: str, match: re.Match[str]) -> bool:
    """Whether words with a capital follow, or stand before within the sentence: it is part of somebody else's name."""
    if _WORDS_AFTER.match(plain, match.end()) or _INITIALS_AFTER.match(plain, match.end()):
        return True
    before = _WORDS_BEFORE.search(plain, 0, match.start())
    if before is None:
        return False
    return bool(before[1]) or not _SENTENCE_BEGINS.search(plain, 0, before.start(2))


def _overlaps(mention: Mention, others: Sequence[Mention]) -> bool:
    return any(mention.start < each.end and each.start < mention.end for each in others)
