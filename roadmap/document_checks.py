"""What looks wrong in the words of a roadmap and of the papers around it (domain.md §6.5): each check has a name, says one
sentence at one place, and changes nothing.

The order of the year and the dates are looked at in `roadmap.reading_checks`.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from roadmap.deadline_words import is_one_slip_from
from roadmap.document_texts import NAME
from roadmap.roadmap_reading import ActivityReading, Remark, RoadmapReading
from roadmap.word_breaks import is_word

Texts = Sequence[tuple[int, str]]

ODD_YEAR = re.compile(r"(?<![\d.,/№-])(?:20\d{3}|2[1-9]\d\d|20[5-9]\d)(?=\s*(?:г\b|год|уч))", re.IGNORECASE)
ANNEX_HEAD = re.compile(r"\W*приложени[ея]\s*(?:№|N)?\s*(\d{1,2})\b(?!\s*[)])", re.IGNORECASE)
ANNEX_CITED = re.compile(r"приложени\w*\s*(?:№|N)?\s*(\d{1,2})\b", re.IGNORECASE)
ABBREVIATION = re.compile(r"\bМ[А-Я]{1,4} ?(?:ДОУ|ДОД|ДО|ОУ|СОШ)\b")
WORD = re.compile(r"[а-яё]{6,}", re.IGNORECASE)
PAIRS_STAGE = re.compile(r"формировани\w+ (?:\S+ ){0,2}(?:пар|групп)", re.IGNORECASE)
CURATOR = re.compile(r"куратор|координатор", re.IGNORECASE)
HEADS = (
    ("директор", re.compile(r"\bдиректор", re.IGNORECASE)),
    ("заведующий", re.compile(r"\bзаведующ", re.IGNORECASE)),
)
DEPUTY = re.compile(r"(?:зам\S*\.?|заместител\w+)\s+(?:директор|заведующ)\w*", re.IGNORECASE)
MOST = 0.7


@dataclass(frozen=True)
class Known:
    """What the portal knows of the organization: the position of its head, its people as «Фамилия И.О.», and whether it is
    an education office.
    """

    head_position: str = ""
    people: tuple[str, ...] = ()
    is_office: bool = False


def remarks_on_words(reading: RoadmapReading, texts: Texts, known: Known) -> Iterator[Remark]:
    """All remarks on the words; `texts` are (line, text) of the whole document."""
    activities = reading.activities
    roles = {role for role, _heading in reading.columns}
    for activity in activities:
        yield from unclosed_quotes(activity)
        yield from odd_years(activity)
    yield from repeated_activities(activities)
    if "document" in roles:
        yield from missing_results(activities)
    if "responsible" in roles:
        yield from missing_curator(activities)
        yield from spellings_of_responsible(activities)
    yield from misprints(reading)
    yield from spellings_of_abbreviations(texts)
    yield from absent_annexes(texts)
    yield from unknown_people(reading, texts, known)
    yield from other_head(activities, known)


def _say(row: int, code: str, sentence: Any, /, **values: object) -> Remark:
    return Remark(row, code, format_lazy(sentence, **values))


def unclosed_quotes(activity: ActivityReading) -> Iterator[Remark]:
    """«О внедрении… without its closing sign: words may be lost there."""
    for text in (activity.content, activity.document_text):
        for opening, closing in ("«»", "()", "“”"):
            if text.count(opening) > text.count(closing) and not re.search(r"(?:^|\s)\w{1,2}\)", text):
                start = _unclosed_at(text, opening, closing)
                yield _say(
                    activity.source_row,
                    "unclosed",
                    _("A quotation or a bracket is not closed: “{text}”."),
                    text=text[start : start + 40],
                )
                return


def _unclosed_at(text: str, opening: str, closing: str) -> int:
    """Where the opening sign stands that has no closing one."""
    open_at: list[int] = []
    for at, sign in enumerate(text):
        if sign == opening:
            open_at.append(at)
        elif sign == closing and open_at:
            open_at.pop()
    return open_at[0] if open_at else 0


def odd_years(activity: ActivityReading) -> Iterator[Remark]:
    """A year of five digits or decades ahead, in a text that is no deadline."""
    for text in (activity.group, activity.content, activity.document_text):
        for match in ODD_YEAR.finditer(text):
            yield _say(activity.source_row, "odd_year", _("The year “{year}” is a misprint."), year=match.group())


def repeated_activities(activities: Iterable[ActivityReading]) -> Iterator[Remark]:
    """The same words with the same deadline twice: mostly a row copied and not changed."""
    seen: dict[tuple[str, str, str], int] = {}
    for activity in activities:
        key = (_folded(activity.content), _folded(activity.deadline_text), _folded(activity.responsible_text))
        if len(key[0]) > 20 and key in seen:
            sentence = _("The same activity stands in line {row} already.")
            yield _say(activity.source_row, "repeated", sentence, row=seen[key])
        seen.setdefault(key, activity.source_row)


def missing_results(activities: list[ActivityReading]) -> Iterator[Remark]:
    """No result where most activities have one."""
    named = [activity for activity in activities if activity.document_text]
    if len(named) < MOST * len(activities):
        return
    for activity in activities:
        if not activity.document_text:
            yield Remark(activity.source_row, "no_result", _("No document or result is named."))


def missing_curator(activities: list[ActivityReading]) -> Iterator[Remark]:
    """Nobody among the responsible is the curator, who runs the programme by its regulation (Р-145)."""
    named = [activity.responsible_text for activity in activities if activity.responsible_text]
    if len(named) > 2 and not any(CURATOR.search(text) for text in named):
        yield Remark(0, "no_curator", _("The curator is not among the responsible."))


def spellings_of_responsible(activities: list[ActivityReading]) -> Iterator[Remark]:
    """«Директор», «директор.»: one person written in several ways."""
    spelled: dict[str, dict[str, int]] = defaultdict(dict)
    for activity in activities:
        if text := activity.responsible_text:
            spelled[_folded(text)].setdefault(text, activity.source_row)
    for ways in spelled.values():
        if len(ways) > 1:
            row = list(ways.values())[1]
            sentence = _("One and the same is written in several ways: {ways}.")
            yield _say(row, "spelling_varies", sentence, ways=", ".join(f"“{way}”" for way in ways))


def misprints(reading: RoadmapReading) -> Iterator[Remark]:
    """A word that no dictionary has, one letter away from a word of the same document: «класные» beside «классные»."""
    words: dict[str, int] = {}
    for stage in reading.stages:
        for row, text in [(stage.source_row, stage.title), *_texts_of(stage.activities)]:
            for word in WORD.findall(text):
                words.setdefault(word.lower(), row)
    unknown = [word for word in words if not is_word(word)]
    for word in unknown:
        right = next((other for other in words if is_one_slip_from(word, other) and is_word(other)), "")
        if right:
            sentence = _("“{word}” is perhaps a misprint of “{right}”.")
            yield _say(words[word], "misprint", sentence, word=word, right=right)


def spellings_of_abbreviations(texts: Texts) -> Iterator[Remark]:
    """«МБУ ДО» and «МБУДО» in one document."""
    spelled: dict[str, dict[str, int]] = defaultdict(dict)
    for row, text in texts:
        for match in ABBREVIATION.finditer(text):
            spelled[match.group().replace(" ", "")].setdefault(match.group(), row)
    for ways in spelled.values():
        if len(ways) > 1:
            row = list(ways.values())[1]
            sentence = _("One and the same is written in several ways: {ways}.")
            yield _say(row, "spelling_varies", sentence, ways=", ".join(f"“{way}”" for way in ways))


def absent_annexes(texts: Texts) -> Iterator[Remark]:
    """An annex that is cited, where others are in the document and it is not."""
    present = {match.group(1) for _row, text in texts if (match := ANNEX_HEAD.match(text)) and len(text) < 200}
    if not present:
        return
    said: set[str] = set()
    for row, text in texts:
        for match in ANNEX_CITED.finditer(text):
            if match.group(1) not in present | said:
                said.add(match.group(1))
                yield _say(
                    row, "annex_absent", _("Annex {number} is cited and is not in the document."), number=match.group(1)
                )


def unknown_people(reading: RoadmapReading, texts: Texts, known: Known) -> Iterator[Remark]:
    """A name that nobody in the organization has; nothing is said where the portal knows nobody."""
    if not known.people:
        return
    people = {_name_key(name) for name in known.people}
    own = {activity.source_row for activity in reading.activities}
    said: set[str] = set()
    for row, text in texts:
        for match in NAME.finditer(text) if row in own else ():
            name = " ".join(match.group().split())
            surname, initials = _name_key(name)
            if name not in said and not any(
                initials[:1] == other[1][:1] and surname[:4] == other[0][:4] for other in people
            ):
                said.add(name)
                yield _say(row, "unknown_person", _("{name} is not among the people of your organization."), name=name)


def other_head(activities: list[ActivityReading], known: Known) -> Iterator[Remark]:
    """«Директор» in the plan of a kindergarten whose head is «заведующий»: a copied plan."""
    own = next((name for name, pattern in HEADS if pattern.search(known.head_position)), "")
    if not own:
        return
    for activity in activities:
        text = DEPUTY.sub("", activity.responsible_text)
        for name, pattern in HEADS:
            if name != own and pattern.search(text):
                sentence = _("“{written}” is named, and the head of your organization is “{own}”.")
                yield _say(activity.source_row, "other_head", sentence, written=name, own=own)
                return


def _texts_of(activities: Iterable[ActivityReading]) -> list[tuple[int, str]]:
    return [
        (activity.source_row, text)
        for activity in activities
        for text in (activity.group, activity.content, activity.responsible_text, activity.document_text)
    ]


def _folded(text: str) -> str:
    return " ".join(text.lower().replace("ё", "е").split()).rstrip(". ")


def _name_key(name: str) -> tuple[str, str]:
    """(surname, initials) of «Иванова М.П.» or «М.П. Иванова»."""
    initials = "".join(re.findall(r"\b([А-ЯЁ])\.", name))
    surname = max(re.findall(r"[А-ЯЁа-яё-]+", name), key=len, default="")
    return surname.lower().replace("ё", "е"), initials
