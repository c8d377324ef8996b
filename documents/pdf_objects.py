"""The objects of a PDF file, written as they come (ISO 32000-1, 7.5): of each only its place is remembered.

Small objects are packed together, or the tags of a thousand papers would be larger than their pages.
"""

import hashlib
import zlib
from array import array
from io import BytesIO
from typing import IO, Any

from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject, NumberObject

_TOGETHER = 200  # objects in a pack
_FREE, _ALONE = -2, -1  # in the place of the number within a pack
_WIDTHS = (1, 6, 2)  # bytes of a line of the table: what it is, where, which of the pack


def dictionary(**values: Any) -> DictionaryObject:
    """A dictionary whose keys are names: `dictionary(Type=…)` is << /Type … >>."""
    return DictionaryObject({NameObject(f"/{name}"): value for name, value in values.items()})


def reference(number: int) -> IndirectObject:
    return IndirectObject(number, 0, None)


class ObjectWriter:
    """The file as it is written. The numbers up to `reserved` are known beforehand, the others are given out."""

    def __init__(self, out: IO[bytes], *, reserved: int) -> None:
        self._out, self._at = out, 0
        self._known: dict[bytes, int] = {}
        self._waiting: list[tuple[int, bytes]] = []
        # By the number of the object: its place in the file or the number of its pack; which of the pack it is.
        self._places, self._indexes = array("Q"), array("h")
        for _number in range(reserved + 1):
            self.next_number()
        self._put(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")

    def next_number(self) -> int:
        self._places.append(0)
        self._indexes.append(_FREE)
        return len(self._places) - 1

    def write(self, number: int, value: Any) -> None:
        """Write an object that is no stream."""
        words = BytesIO()
        value.write_to_stream(words)
        self.write_as_it_is(number, words.getvalue())

    def write_as_it_is(self, number: int, body: bytes) -> None:
        """Write an object that is no stream from its bytes."""
        self._waiting.append((number, body))
        if len(self._waiting) == _TOGETHER:
            self._pack()

    def written(self, value: Any) -> IndirectObject:
        """A reference to an object that is written now."""
        number = self.next_number()
        self.write(number, value)
        return reference(number)

    def stream(self, head: DictionaryObject, data: bytes) -> int:
        """The number of a stream; one that stands in the file already, byte for byte, is not written again."""
        head[NameObject("/Length")] = NumberObject(len(data))
        words = BytesIO()
        head.write_to_stream(words)
        body = words.getvalue() + b"\nstream\n" + data + b"\nendstream"
        digest = hashlib.sha256(body).digest()
        if digest not in self._known:
            self._known[digest] = self._write_alone(body)
        return self._known[digest]

    def finish(self, *, root: int, info: IndirectObject) -> None:
        """The table of the places, with what leads to the rest."""
        self._pack()
        number, start = self.next_number(), self._at
        self._places[number], self._indexes[number] = start, _ALONE
        rows = b"".join(map(self._row, range(len(self._places))))
        head = dictionary(
            Type=NameObject("/XRef"),
            Size=NumberObject(len(self._places)),
            W=ArrayObject(map(NumberObject, _WIDTHS)),
            Root=reference(root),
            Info=info,
        )
        self._put(b"%d 0 obj\n" % number + _packed(head, rows) + b"\nendobj\nstartxref\n%d\n%%%%EOF\n" % start)

    def _row(self, number: int) -> bytes:
        index = self._indexes[number]
        kind, last = {_FREE: (0, 0), _ALONE: (1, 0)}.get(index, (2, index))
        return b"".join(
            value.to_bytes(width, "big")
            for value, width in zip((kind, self._places[number], last), _WIDTHS, strict=True)
        )

    def _pack(self) -> None:
        """Write what waits as one stream (ISO 32000-1, 7.5.7)."""
        if not self._waiting:
            return
        heads, at = [], 0
        for number, body in self._waiting:
            heads.append(b"%d %d " % (number, at))
            at += len(body) + 1
        first = b"".join(heads)
        content = first + b"\n".join(body for _number, body in self._waiting)
        head = dictionary(
            Type=NameObject("/ObjStm"), N=NumberObject(len(self._waiting)), First=NumberObject(len(first))
        )
        pack = self._write_alone(_packed(head, content))
        for index, (number, _body) in enumerate(self._waiting):
            self._places[number], self._indexes[number] = pack, index
        self._waiting.clear()

    def _write_alone(self, body: bytes) -> int:
        number = self.next_number()
        self._places[number], self._indexes[number] = self._at, _ALONE
        self._put(b"%d 0 obj\n" % number + body + b"\nendobj\n")
        return number

    def _put(self, content: bytes) -> None:
        self._out.write(content)
        self._at += len(content)


def _packed(head: DictionaryObject, content: bytes) -> bytes:
    data = zlib.compress(content)
    head[NameObject("/Filter")] = NameObject("/FlateDecode")
    head[NameObject("/Length")] = NumberObject(len(data))
    words = BytesIO()
    head.write_to_stream(words)
    return words.getvalue() + b"\nstream\n" + data + b"\nendstream"
