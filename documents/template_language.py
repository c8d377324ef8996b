"""The language of papers' texts: words in braces that are filled, conditions and loops. Pure, and closed by design.

    {куратора}                                       a value; «{Куратора}» gives it a capital
    {если запрос} … {иначе} … {конец если}           a part for what is filled; «{если не запрос}» for what is empty
    {для каждой пары} … {конец для}                  a part for each item of a list

«{конец}» alone stays what it always was in texts, the last day of the programme, therefore a part is closed by two
words. A line whose values are all empty is left out, and so is a line that holds nothing but marks of parts. Nothing
here evaluates anything: a name is looked up in a mapping of words or it is a fault.
"""

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

LONGEST_TEXT = 300_000  # two thousand points of two lines
LONGEST_OUTPUT = 2_000_000  # an order on two thousand pairs has half a million signs
DEEPEST = 4

FaultCode = Literal[
    "unknown",
    "unknown_list",
    "brace",
    "foreign",
    "attribute",
    "unclosed",
    "not_open",
    "wrong_end",
    "else",
    "deep",
    "long",
]

_MARK = re.compile(r"\{([^{}\n]*)\}")
_ALONE = re.compile(r"[ \t\r]*\{([^{}\n]*)\}[ \t\r]*")
_FOREIGN = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
_IF = re.compile(r"если\s+(не\s+)?(\S.*)")
_EACH = re.compile(r"для\s+кажд(?:ого|ой|ому)\s+(\S.*)")
_LIKE_BLOCK = re.compile(r"(?:если|для|конец\s+\S+)\b")
_NAME = re.compile(r"[^\W_]+(?:(?::? |-)[^\W_]+)*")
_ELSE, _END_IF, _END_EACH = "иначе", "конец если", "конец для"


@dataclass(frozen=True)
class Fault:
    """What is wrong in a text: the line from 1, a code, the words meant, and the nearest known name where there is one.

    For parts `nearest` is the mark that closes what is open.
    """

    line: int
    code: FaultCode
    words: str = ""
    nearest: str = ""


class TextError(ValueError):
    """A text cannot be read or filled; `faults` says why."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("; ".join(f"line {fault.line}: {fault.code} {fault.words}" for fault in faults))
        self.faults = list(faults)


@dataclass(frozen=True)
class Scope:
    """The names that a text may use: values, and lists with what each of their items has."""

    names: frozenset[str] = frozenset()
    lists: Mapping[str, "Scope"] = field(default_factory=dict)

    def inside(self, name: str) -> "Scope":
        """What may be used in the loop over a list: its items' names beside those around."""
        inner = self.lists[name]
        lists = {key: each for key, each in self.lists.items() if key != name} | dict(inner.lists)
        return Scope(self.names | inner.names, lists)


@dataclass(frozen=True)
class Values:
    """Words for the names, and items for the lists."""

    words: Mapping[str, str]
    lists: Mapping[str, Sequence["Values"]] = field(default_factory=dict)

    def with_item(self, item: "Values") -> "Values":
        return Values({**self.words, **item.words}, {**self.lists, **item.lists})

    def is_filled(self, name: str) -> bool:
        """Whether there is something to say: a list with items, or words."""
        return bool(self.lists[name]) if name in self.lists else bool(self.words.get(name, "").strip())


@dataclass
class _Name:
    words: str


@dataclass
class _Part:
    """A condition or a loop with what stands in it; the root of a text is one, too."""

    kind: Literal["text", "if", "each"]
    name: str = ""
    is_negated: bool = False
    line: int = 0
    body: "list[str | _Name | _Part]" = field(default_factory=list)
    otherwise: "list[str | _Name | _Part] | None" = None
    scope: Scope | None = None
    opened: str = ""  # as it is written: «для каждой пары»

    @property
    def content(self) -> "list[str | _Name | _Part]":
        return self.body if self.otherwise is None else self.otherwise

    @property
    def end(self) -> str:
        return _END_IF if self.kind == "if" else _END_EACH


def faults_of(text: str, scope: Scope) -> list[Fault]:
    """All that is wrong in a text, in the order of its lines; nothing for a text that can be filled."""
    return _Reader(text, scope).faults


def render(text: str, values: Values) -> str:
    """The text filled; a name without words stays as it is written. Raises TextError where it is not well formed."""
    if "{" not in text and "}" not in text and len(text) <= LONGEST_TEXT:
        return text
    reader = _Reader(text, None)
    if reader.faults:
        raise TextError(reader.faults)
    writer = _Writer()
    writer.write(reader.root.body, values)
    return writer.text()


def folded(name: str) -> str:
    """A name as the lists have it: small letters, single spaces."""
    return " ".join(name.split()).casefold()


def is_mark(words: str) -> bool:
    """Whether the words in braces open, divide or close a part, and are no name."""
    words = folded(words)
    return bool(_IF.fullmatch(words) or _EACH.fullmatch(words)) or words in {_ELSE, _END_IF, _END_EACH}


class _Reader:
    """Reads a text into parts; without a scope names are not looked at."""

    def __init__(self, text: str, scope: Scope | None) -> None:
        self.faults: list[Fault] = []
        self.root = _Part("text", scope=scope)
        self.open = [self.root]
        if len(text) > LONGEST_TEXT:
            self.faults.append(Fault(1, "long"))
            return
        lines = text.split("\n")
        for number, line in enumerate(lines, 1):
            self.read_line(line if number == len(lines) else line + "\n", number)
        self.faults += [Fault(part.line, "unclosed", part.opened, part.end) for part in self.open[1:]]
        self.faults.sort(key=lambda fault: fault.line)

    def read_line(self, line: str, number: int) -> None:
        if foreign := _FOREIGN.search(line):
            self.faults.append(Fault(number, "foreign", foreign[0]))
            return
        rest = _MARK.sub("", line)
        if "{" in rest or "}" in rest:
            self.faults.append(Fault(number, "brace"))
        alone = _ALONE.fullmatch(line.removesuffix("\n"))
        if alone and self.read_block(folded(alone[1]), number):
            return  # the line of a mark leaves no empty line behind
        place = 0
        for mark in _MARK.finditer(line):
            self.add(line[place : mark.start()])
            if not self.read_block(folded(mark[1]), number):
                self.read_name(mark[1], number)
            place = mark.end()
        self.add(line[place:])

    def add(self, piece: "str | _Name | _Part") -> None:
        if piece:
            self.open[-1].content.append(piece)

    def read_block(self, words: str, number: int) -> bool:
        """Whether the words in braces open, divide or close a part."""
        if match := _IF.fullmatch(words):
            negated, name = bool(match[1]), match[2]
            self.begin(_Part("if", name, negated, number, scope=self.scope, opened=words), number)
            if self.scope is not None and not self.is_known(name, with_lists=True):
                self.faults.append(self.unknown(name, number, with_lists=True))
        elif match := _EACH.fullmatch(words):
            self.begin(
                _Part("each", match[1], line=number, scope=self.scope_of_list(match[1], number), opened=words), number
            )
        elif words == _ELSE:
            part = self.open[-1]
            if part.kind != "if" or part.otherwise is not None:
                self.faults.append(Fault(number, "else"))
            else:
                part.otherwise = []
        elif words in {_END_IF, _END_EACH}:
            self.close(words, number)
        elif _LIKE_BLOCK.match(words):
            if self.scope is None or words in self.scope.names:
                return False
            self.faults.append(Fault(number, "unknown", words, self.nearest(words, [_END_IF, _END_EACH])))
        else:
            return False
        return True

    @property
    def scope(self) -> Scope | None:
        return self.open[-1].scope

    def begin(self, part: _Part, number: int) -> None:
        if len(self.open) > DEEPEST:
            self.faults.append(Fault(number, "deep", part.opened))
        self.add(part)
        self.open.append(part)

    def close(self, words: str, number: int) -> None:
        part = self.open[-1]
        if part.kind == "text":
            self.faults.append(Fault(number, "not_open", words))
        elif part.end != words:
            self.faults.append(Fault(number, "wrong_end", words, part.end))
            if any(each.kind != "text" and each.end == words for each in self.open):
                while self.open.pop().end != words:
                    pass
        else:
            self.open.pop()

    def read_name(self, written: str, number: int) -> None:
        name = folded(written)
        if self.scope is not None:
            if name and not _NAME.fullmatch(name):
                self.faults.append(Fault(number, "attribute", written.strip()))
            elif name not in self.scope.names:
                self.faults.append(self.unknown(name, number))
        self.add(_Name(written))

    def scope_of_list(self, name: str, number: int) -> Scope | None:
        if self.scope is None:
            return None
        if name in self.scope.lists:
            return self.scope.inside(name)
        self.faults.append(Fault(number, "unknown_list", name, self.nearest(name, self.scope.lists)))
        return None  # what stands inside cannot be judged

    def is_known(self, name: str, *, with_lists: bool) -> bool:
        return self.scope is None or name in self.scope.names or (with_lists and name in self.scope.lists)

    def unknown(self, name: str, number: int, *, with_lists: bool = False) -> Fault:
        if not _NAME.fullmatch(name):
            return Fault(number, "attribute" if name else "unknown", name)
        known = list(self.scope.names) if self.scope else []
        return Fault(number, "unknown", name, self.nearest(name, known))

    @staticmethod
    def nearest(name: str, known: "Sequence[str] | Mapping[str, Scope]") -> str:
        return next(iter(difflib.get_close_matches(name[:100], sorted(known), n=1, cutoff=0.6)), "")


class _Writer:
    """Puts the filled text together line by line."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.line: list[str] = []
        self.values: list[str] = []  # of this line
        self.has_parts = False
        self.length = 0
        self.steps = 0

    def write(self, pieces: "Sequence[str | _Name | _Part]", values: Values) -> None:
        for piece in pieces:
            self.take_step()
            if isinstance(piece, str):
                self.write_words(piece)
            elif isinstance(piece, _Name):
                words = _words_of(piece.words, values)
                # A name without words stays as written, but does not make a line worth printing.
                self.values.append(values.words.get(folded(piece.words), ""))
                self.add(words)
            else:
                self.has_parts = True
                for body, inner in _chosen(piece, values):
                    self.take_step()
                    self.write(body, inner)
                    self.has_parts = True

    def write_words(self, words: str) -> None:
        *ended, last = words.split("\n")
        for each in ended:
            self.add(each)
            self.end_line()
        self.add(last)

    def add(self, words: str) -> None:
        self.length += len(words)
        self.line.append(words)
        if self.length > LONGEST_OUTPUT:
            raise TextError([Fault(1, "long")])

    def take_step(self) -> None:
        self.steps += 1
        if self.steps > LONGEST_OUTPUT // 4:
            raise TextError([Fault(1, "long")])

    def end_line(self) -> None:
        line = "".join(self.line)
        says_nothing = bool(self.values) and not any(self.values)
        if not says_nothing and not (self.has_parts and not line.strip()):
            self.lines.append(line)
        self.line, self.values, self.has_parts = [], [], False

    def text(self) -> str:
        self.end_line()
        return "\n".join(self.lines)


def _chosen(part: _Part, values: Values) -> "Iterator[tuple[Sequence[str | _Name | _Part], Values]]":
    """What of a part is written, and with which values."""
    if part.kind == "if":
        holds = values.is_filled(part.name) != part.is_negated
        yield (part.body if holds else part.otherwise or []), values
    else:
        for item in values.lists.get(part.name, ()):
            yield part.body, values.with_item(item)


def _words_of(written: str, values: Values) -> str:
    words = values.words.get(folded(written), f"{{{written}}}")
    return words[:1].upper() + words[1:] if written.strip()[:1].isupper() else words
