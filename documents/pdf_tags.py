"""The tags of many PDF files as one tree, for documents/pdf_joining.py (ISO 32000-1, 14.7; PDF/UA-1, ISO 14289-1).

Of each file a few numbers are remembered, however many tags it has: which element its tree begins with, where its
share of the tree of parents and of the names of cells stands. Elements name each other by their objects, pages name
them by keys and cells by words: the keys are counted on from file to file, the words get the number of the file.
"""

from collections.abc import Callable, Iterator
from typing import Any
from xml.sax.saxutils import escape

from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from documents.pdf_objects import dictionary, reference
from documents.pdf_source import SourceFile

ROOT, DOCUMENT = 3, 4  # numbers of objects in the joined file
# Keys by which a page or a link names its elements in the tree of parents.
KEYS_OF_PARENTS = ("/StructParents", "/StructParent")

METADATA = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title></rdf:Description>
{mark}</rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""
MARK_OF_UA = '<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>\n'


class FileTags:
    """The tags of one file: what becomes of the keys and words by which they are named."""

    def __init__(self, file: SourceFile, number: int, first_key: int) -> None:
        self._file = file
        tree: Any = file.catalog.raw_get("/StructTreeRoot") if "/StructTreeRoot" in file.catalog else None
        self.is_there = isinstance(tree, IndirectObject)
        self._tree: Any = file.resolve(tree) if self.is_there else DictionaryObject()
        self.numbers: dict[int, int] = {tree.idnum: DOCUMENT} if self.is_there else {}
        self._number, self._first_key = number, first_key
        self.names: list[tuple[bytes, int]] = []

    def key(self, value: Any) -> NumberObject:
        return NumberObject(int(value) + self._first_key)

    def name(self, value: Any) -> ByteStringObject:
        """The name of a cell, which no other file has; as many digits as keep the files in order."""
        own = value.original_bytes if isinstance(value, TextStringObject) else bytes(value)
        return ByteStringObject(b"%08d-" % self._number + own)

    def element(self, value: Any, number: int) -> None:
        """Make an element of the joined tree of the copy of one: its name is remembered, a document becomes a part."""
        if "/ID" in value:
            value[NameObject("/ID")] = self.name(value.raw_get("/ID"))
            self.names.append((bytes(value["/ID"]), number))
        if self.is_first(value) and value["/S"] == "/Document":
            value[NameObject("/S")] = NameObject("/Part")

    def is_first(self, value: Any) -> bool:
        """Whether nothing but the tree itself is above an element that was copied."""
        return "/P" in value and bool(value.raw_get("/P").idnum == DOCUMENT)

    def first_elements(self) -> list[Any]:
        """What the tree begins with, as it stands in the file."""
        if "/K" not in self._tree:
            return []
        kids = self._tree.raw_get("/K")
        resolved = self._file.resolve(kids)
        return list(list.__iter__(resolved)) if isinstance(resolved, ArrayObject) else [kids]

    def parents(self) -> Iterator[tuple[int, Any]]:
        """(key, elements as they stand in the file) of the tree of parents."""
        waiting = [self._tree.raw_get("/ParentTree")] if "/ParentTree" in self._tree else []
        while waiting:
            node = self._file.resolve(waiting.pop())
            pairs = self._list_of(node, "/Nums")
            yield from zip((int(key) for key in pairs[::2]), pairs[1::2], strict=True)
            waiting += self._list_of(node, "/Kids")

    def roles(self) -> dict[str, Any]:
        roles = self._file.resolve(self._tree.raw_get("/RoleMap")) if "/RoleMap" in self._tree else {}
        return dict(roles)

    def _list_of(self, node: Any, name: str) -> list[Any]:
        return list(list.__iter__(self._file.resolve(node.raw_get(name)))) if name in node else []


class JoinedTags:
    """The tree of all files. `next_number` gives the number of a new object, `write` writes one."""

    def __init__(self, next_number: Callable[[], int], write: Callable[[int, Any], None]):
        self._next, self._write = next_number, write
        self._parts: list[Any] = []
        self._parents: list[tuple[Any, int]] = []  # (first key or name, number of the leaf)
        self._names: list[tuple[Any, int]] = []
        self._roles: dict[str, Any] = {}
        self._next_key, self._files = 0, 0
        self.are_in_all = True

    def of_file(self, file: SourceFile) -> FileTags:
        """The tags of the next file."""
        self._files += 1
        tags = FileTags(file, self._files, self._next_key)
        self.are_in_all = self.are_in_all and tags.is_there
        return tags

    def add(self, tags: FileTags, copy: Callable[[Any], Any], *, is_first: bool) -> None:
        """Write the tree of a file, whose pages have their numbers; `copy` gives a value the numbers of this file."""
        parts = [copy(each) for each in tags.first_elements()]
        place = 0 if is_first else len(self._parts)
        self._parts[place:place] = parts
        self._roles.update({key: copy(value) for key, value in tags.roles().items()})
        rows = sorted((tags.key(key), copy(value)) for key, value in tags.parents())
        if rows:
            self._next_key = rows[-1][0] + 1
            self._parents.append((rows[0][0], self._leaf("Nums", rows)))
        if tags.names:
            names = [(ByteStringObject(name), reference(number)) for name, number in sorted(tags.names)]
            self._names.append((names[0][0], self._leaf("Names", names)))

    def _leaf(self, name: str, rows: list[tuple[Any, Any]]) -> int:
        limits = ArrayObject([rows[0][0], rows[-1][0]])
        pairs = ArrayObject(each for row in rows for each in row)
        return self._written(dictionary(**{"Limits": limits, name: pairs})).idnum

    def finish(self) -> bool:
        """Write what the tree begins with; returns whether there is one."""
        if not self._parts:
            return False
        kids = ArrayObject(self._parts)
        document = dictionary(Type=NameObject("/StructElem"), S=NameObject("/Document"), P=reference(ROOT), K=kids)
        self._write(DOCUMENT, document)
        root = dictionary(Type=NameObject("/StructTreeRoot"), K=ArrayObject([reference(DOCUMENT)]))
        root[NameObject("/ParentTree")] = self._tree_of(self._parents)
        root[NameObject("/ParentTreeNextKey")] = NumberObject(self._next_key)
        if self._names:
            root[NameObject("/IDTree")] = self._tree_of(self._names)
        if self._roles:
            root[NameObject("/RoleMap")] = DictionaryObject(
                {NameObject(key): value for key, value in self._roles.items()}
            )
        self._write(ROOT, root)
        return True

    def _tree_of(self, leaves: list[tuple[Any, int]]) -> IndirectObject:
        return self._written(dictionary(Kids=ArrayObject(reference(number) for _first, number in sorted(leaves))))

    def _written(self, value: Any) -> IndirectObject:
        number = self._next()
        self._write(number, value)
        return reference(number)


def metadata(title: str, *, is_ua: bool) -> tuple[DictionaryObject, bytes]:
    """The description of the file: its title and, where all its pages have tags, that it keeps to PDF/UA-1."""
    head = dictionary(Type=NameObject("/Metadata"), Subtype=NameObject("/XML"))
    return head, METADATA.format(title=escape(title), mark=MARK_OF_UA if is_ua else "").encode()
