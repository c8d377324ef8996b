"""Many PDF files one after another in a single file, written as it goes: the memory does not grow with their number.

A writer that keeps every page until the end needs a gigabyte for two thousand papers. Here each file is read, its
objects are written with new numbers, and only their places are remembered. What many files have in common, byte for
byte (a background, a colour profile), is written once. The joined file is for the printer: the tags and the data of the
single files stay in them.
"""

import hashlib
from collections.abc import Iterable
from io import BytesIO
from typing import IO, Any

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject, NumberObject, StreamObject

# What leads from a page to the rest of its file.
_LEFT_OUT = {"/Parent", "/StructParents", "/StructParent", "/B", "/AF"}
_INHERITED = ("/Resources", "/MediaBox", "/CropBox", "/Rotate")
_CATALOG, _PAGES = 1, 2


def join_pdfs(files: Iterable[bytes], out: IO[bytes]) -> int:
    """Write the pages of the files to `out` in their order. Returns how many pages there are."""
    joined = PdfJoiner(out)
    for content in files:
        joined.add(content)
    joined.finish()
    return len(joined.pages)


class PdfJoiner:
    """The joined file as it is written: `add` each file, then `finish`."""

    def __init__(self, out: IO[bytes]) -> None:
        self.out = out
        self.pages: list[int] = []
        self._places: dict[int, int] = {}
        self._known: dict[bytes, int] = {}
        self._last = _PAGES
        self._at = 0
        self._put(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")

    def add(self, content: bytes) -> None:
        """The pages of a file."""
        reader = PdfReader(BytesIO(content))
        numbers: dict[int, int] = {}
        # The numbers first: a link of one page may lead to another.
        for page in reader.pages:
            reference = page.indirect_reference
            if reference is None:
                raise ValueError("A page of the file has no number.")
            numbers[reference.idnum] = self._next()
        for page in reader.pages:
            reference = page.indirect_reference
            if reference is None:
                raise ValueError("A page of the file has no number.")
            number = numbers[reference.idnum]
            copied = self._copy(page, numbers, left_out=_LEFT_OUT)
            for name in _INHERITED:
                if name not in copied and (value := page.get_inherited(name, None)) is not None:
                    copied[NameObject(name)] = self._copy(value, numbers)
            copied[NameObject("/Parent")] = IndirectObject(_PAGES, 0, None)
            self._write(number, copied)
            self.pages.append(number)

    def finish(self) -> None:
        """The tree of the pages and the table of the places."""
        kids = ArrayObject(IndirectObject(number, 0, None) for number in self.pages)
        tree = {"/Type": NameObject("/Pages"), "/Count": NumberObject(len(self.pages)), "/Kids": kids}
        self._write(_PAGES, DictionaryObject({NameObject(name): value for name, value in tree.items()}))
        catalog = {"/Type": NameObject("/Catalog"), "/Pages": IndirectObject(_PAGES, 0, None)}
        self._write(_CATALOG, DictionaryObject({NameObject(name): value for name, value in catalog.items()}))
        start, count = self._at, self._last + 1
        self._put(b"xref\n0 %d\n0000000000 65535 f \n" % count)
        for number in range(1, count):
            place = self._places.get(number)
            self._put(b"0000000000 65535 f \n" if place is None else b"%010d 00000 n \n" % place)
        self._put(b"trailer\n<< /Size %d /Root %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (count, _CATALOG, start))

    def _copy(self, value: Any, numbers: dict[int, int], *, left_out: Iterable[str] = _LEFT_OUT) -> Any:
        """The value with the numbers of this file; what it refers to is written before."""
        if isinstance(value, IndirectObject):
            return IndirectObject(self._number_of(value, numbers), 0, None)
        if isinstance(value, StreamObject):
            return value  # streams are objects of their own: `_number_of` writes them
        if isinstance(value, DictionaryObject):
            pairs = ((key, value.raw_get(key)) for key in value if key not in left_out)
            return DictionaryObject({NameObject(key): self._copy(each, numbers) for key, each in pairs})
        if isinstance(value, ArrayObject):
            return ArrayObject(self._copy(each, numbers) for each in list.__iter__(value))
        return value

    def _number_of(self, reference: IndirectObject, numbers: dict[int, int]) -> int:
        if reference.idnum in numbers:
            return numbers[reference.idnum]
        found = reference.get_object()
        if isinstance(found, StreamObject):
            number = self._number_of_stream(found, numbers)
        else:
            number = self._next()
            numbers[reference.idnum] = number  # before what is below it, which may lead back
            self._write(number, self._copy(found, numbers))
        numbers[reference.idnum] = number
        return number

    def _number_of_stream(self, stream: StreamObject, numbers: dict[int, int]) -> int:
        pairs = ((key, stream.raw_get(key)) for key in stream if key not in _LEFT_OUT | {"/Length"})
        head = DictionaryObject({NameObject(key): self._copy(each, numbers) for key, each in pairs})
        data = stream._data
        head[NameObject("/Length")] = NumberObject(len(data))
        words = BytesIO()
        head.write_to_stream(words)
        body = words.getvalue() + b"\nstream\n" + data + b"\nendstream"
        digest = hashlib.sha256(body).digest()
        if digest not in self._known:
            self._known[digest] = self._next()
            self._write_bytes(self._known[digest], body)
        return self._known[digest]

    def _next(self) -> int:
        self._last += 1
        return self._last

    def _write(self, number: int, value: Any) -> None:
        words = BytesIO()
        value.write_to_stream(words)
        self._write_bytes(number, words.getvalue())

    def _write_bytes(self, number: int, body: bytes) -> None:
        self._places[number] = self._at
        self._put(b"%d 0 obj\n" % number + body + b"\nendobj\n")

    def _put(self, content: bytes) -> None:
        self.out.write(content)
        self._at += len(content)
