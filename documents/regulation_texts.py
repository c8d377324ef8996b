"""The text of the regulation: the ready one read into sections, the rules of the organization put into it, differences.

No database, no clock.
"""

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.template.loader import render_to_string

from documents.declension import agree_number, number_in_words
from documents.paper_texts import MOST_FAULTS, fault_in_words
from documents.template_language import Scope, faults_of

READY = "documents/texts/regulation.txt"
PLACEHOLDERS = (
    "организация",
    "организации",
    "наставляемых на наставника",
    "стаж наставника",
    "срок наставничества",
    "длительность программы",
    "основания замены",
)
GROUNDS = "{основания замены}"
_PLACEHOLDER = re.compile(r"\{([^{}\n]*)\}")
_SECTION = re.compile(r"^# (.+)$", re.MULTILINE)
_FIRST_NUMBER = re.compile(r"^\d{1,2}\.(\d)", re.MULTILINE)
_WORDS = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True)
class Change:
    """A paragraph of two editions: `kind` is "same", "added", "removed" or "changed"; `pieces` are (kind, text)."""

    kind: str
    pieces: tuple[tuple[str, str], ...]


def ready_sections() -> list[tuple[str, str]]:
    """(title, text) of each section of the ready regulation."""
    pieces = _SECTION.split(render_to_string(READY))
    return [(title.strip(), text.strip()) for title, text in zip(pieces[1::2], pieces[2::2], strict=True)]


def ready_grounds() -> str:
    """The usual grounds for replacing a mentor, each on a line."""
    return render_to_string("documents/texts/regulation_grounds.txt").strip()


def check_section(text: str) -> None:
    """Raise ValidationError with a sentence and the line for each brace into which the portal would put nothing."""
    if faults := faults_of(text, Scope(frozenset(PLACEHOLDERS))):
        raise ValidationError([fault_in_words(fault) for fault in faults[:MOST_FAULTS]])


def rules_in_words(*, mentees: int, service_years: int, term_months: int, program_months: int) -> dict[str, str]:
    """{placeholder: words} of the figures; each in the genitive, as it stands after «не более», «не менее»."""
    return {
        "наставляемых на наставника": (
            f"{number_in_words(mentees, 'male', 'genitive')} {'наставляемого' if _is_one(mentees) else 'наставляемых'}"
        ),
        "стаж наставника": _in_genitive(service_years, "года", "лет"),
        "срок наставничества": _in_genitive(term_months, "месяца", "месяцев"),
        "длительность программы": _in_genitive(program_months, "месяца", "месяцев"),
    }


def filled(text: str, values: Mapping[str, str], grounds: Sequence[str]) -> str:
    """The text of a section with the rules in it; the line of the grounds becomes a list."""
    lines = []
    for line in text.splitlines():
        if line.strip().casefold() == GROUNDS:
            lines += [
                f"– {ground.rstrip('.;')}{'.' if place == len(grounds) else ';'}"
                for place, ground in enumerate(grounds, 1)
            ]
        else:
            lines.append(_PLACEHOLDER.sub(lambda match: values.get(_folded(match[1]), match[0]), line))
    return "\n".join(lines)


def numbered_by(text: str, place: int) -> str:
    """The points of a section with its place as their first number: «5.1.» of what is now the sixth reads «6.1.»."""
    return _FIRST_NUMBER.sub(rf"{place}.\1", text)


def changes_between(old: Iterable[str], new: Iterable[str]) -> list[Change]:
    """The paragraphs of two editions as one list, with the words that were put in and taken out."""
    before, after = list(old), list(new)
    result: list[Change] = []
    for kind, i1, i2, j1, j2 in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            result += [Change("same", (("same", line),)) for line in before[i1:i2]]
            continue
        removed, added = before[i1:i2], after[j1:j2]
        paired = min(len(removed), len(added)) if kind == "replace" else 0
        result += [_changed(*each) for each in zip(removed[:paired], added[:paired], strict=True)]
        result += [Change("removed", (("removed", line),)) for line in removed[paired:]]
        result += [Change("added", (("added", line),)) for line in added[paired:]]
    return result


def _changed(before: str, after: str) -> Change:
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    pieces: list[tuple[str, str]] = []
    for kind, i1, i2, j1, j2 in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(("same", "".join(old[i1:i2])))
            continue
        if i2 > i1:
            pieces.append(("removed", "".join(old[i1:i2])))
        if j2 > j1:
            pieces.append(("added", "".join(new[j1:j2])))
    return Change("changed", tuple(pieces))


def _in_genitive(count: int, one: str, many: str) -> str:
    """«2 лет», «1 года», «21 месяца»."""
    return agree_number(count, one, many, many)


def _is_one(count: int) -> bool:
    return count % 10 == 1 and count % 100 != 11


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()
