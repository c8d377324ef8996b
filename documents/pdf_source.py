"""The objects of a PDF file as they stand in it, for documents/pdf_joining.py.

pypdf reads a pack of objects whole as soon as one is asked for; of a paper most are tags, of which nothing but the
numbers changes. Here a pack is cut into its objects, and only those that are asked for are read.
"""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pypdf import PdfReader
from pypdf.generic import DictionaryObject, IndirectObject, NameObject, read_object

_INHERITED = ("/Resources", "/MediaBox", "/CropBox", "/Rotate")


class SourceFile:
    """A PDF file; its objects by their numbers."""

    def __init__(self, content: bytes) -> None:
        self._reader = PdfReader(BytesIO(content))
        self._packs: dict[int, list[bytes]] = {}
        self.catalog: Any = self.resolve(self._reader.trailer.raw_get("/Root"))

    def written(self, number: int) -> bytes | None:
        """An object that lies in a pack, as it is written there; None for one that stands alone."""
        place: tuple[int, int] | None = self._reader.xref_objStm.get(number)
        if place is None:
            return None
        pack, index = place
        if pack not in self._packs:
            self._packs[pack] = self._objects_of(pack)
        return self._packs[pack][index]

    def read(self, number: int) -> Any:
        """An object."""
        written = self.written(number)
        if written is None:
            return IndirectObject(number, 0, self._reader).get_object()
        return read_object(BytesIO(written + b" "), self._reader)

    def resolve(self, value: Any) -> Any:
        """What a reference leads to; any other value itself."""
        return self.read(value.idnum) if isinstance(value, IndirectObject) else value

    def pages(self) -> Iterator[tuple[int, DictionaryObject]]:
        """(number, page with what it inherits) in their order."""
        waiting: list[tuple[Any, dict[str, Any]]] = [(self.catalog.raw_get("/Pages"), {})]
        while waiting:
            reference, above = waiting.pop()
            node = self.resolve(reference)
            inherited = above | {name: node.raw_get(name) for name in _INHERITED if name in node}
            if "/Kids" in node:
                kids = self.resolve(node.raw_get("/Kids"))
                waiting += [(kid, inherited) for kid in reversed(list(list.__iter__(kids)))]
                continue
            if not isinstance(reference, IndirectObject):
                raise ValueError("A page of the file has no number.")
            for name, value in inherited.items():
                node[NameObject(name)] = value
            yield reference.idnum, node

    def _objects_of(self, pack: int) -> list[bytes]:
        stream: Any = IndirectObject(pack, 0, self._reader).get_object()
        data: bytes = stream.get_data()
        first = int(stream["/First"])
        starts = [first + int(each) for each in data[:first].split()[1::2]]
        return [data[start:end] for start, end in zip(starts, [*starts[1:], len(data)], strict=True)]
