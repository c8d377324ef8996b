"""Many PDF files one after another in a single file, written as it goes: the memory does not grow with their number.

A writer that keeps every page until the end needs a gigabyte for two thousand papers. Here each file is read, its
objects are written with new numbers, and only their places are remembered. What many files have in common, byte for
byte (a background, a colour profile), is written once. The tags are those of the files, see documents/pdf_tags.py; the
data of the single files stay in them.
"""

import re
from collections.abc import Iterable
from typing import IO, Any

from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

from documents.pdf_objects import ObjectWriter, dictionary, reference
from documents.pdf_source import SourceFile
from documents.pdf_tags import DOCUMENT, KEYS_OF_PARENTS, ROOT, FileTags, JoinedTags, metadata

# What leads from a page to the rest of its file.
_LEFT_OUT = {"/Parent", "/B", "/AF"}
# In an object of which more changes than the numbers: keys and names of tags, the first element, what is left out. And
# texts with brackets within brackets, which no expression passes over.
_TO_BE_READ = re.compile(
    rb"/(?:StructParents?|Headers|ID|Document|Parent|B|AF)(?![A-Za-z0-9])|\((?:[^\\()]|\\.)*\(", re.DOTALL
)
# A reference; texts, in which one might seem to stand, are passed over whole.
_REFERENCE = re.compile(rb"\((?:[^\\()]|\\.)*\)|<[0-9A-Fa-f\s]*>|(?<![\d.])(\d+)\s+\d+\s+R(?![A-Za-z])", re.DOTALL)
_CATALOG, _PAGES = 1, 2
_LANGUAGE = "ru"


def join_pdfs(files: Iterable[bytes], out: IO[bytes], *, title: str) -> int:
    """Write the pages of the files to `out` in their order. Returns how many pages there are."""
    joined = PdfJoiner(out, title=title)
    for content in files:
        joined.add(content)
    joined.finish()
    return joined.page_count


class PdfJoiner:
    """The joined file as it is written: `add` each file, then `finish`."""

    def __init__(self, out: IO[bytes], *, title: str) -> None:
        self.title = title
        self._pages: list[int] = []
        self._bookmarks: list[tuple[str, int]] = []  # (words, number of the page)
        self._objects = ObjectWriter(out, reserved=DOCUMENT)
        self._tags = JoinedTags(self._objects.next_number, self._objects.write)

    @property
    def page_count(self) -> int:
        return len(self._pages)

    def add(self, content: bytes, *, bookmark: str = "", is_first: bool = False) -> None:
        """The pages of a file, behind those that are there; or before all of them. A bookmark leads to the first."""
        file = SourceFile(content)
        tags = self._tags.of_file(file)
        copying = _Copying(self._objects, file, tags)
        pages = list(file.pages())
        # The numbers first: a link of one page may lead to another.
        numbers = [copying.reserve(own_number) for own_number, _page in pages]
        for (_own_number, page), number in zip(pages, numbers, strict=True):
            copied = copying.copy(page)
            copied[NameObject("/Parent")] = reference(_PAGES)
            self._objects.write(number, copied)
        place = 0 if is_first else len(self._pages)
        self._pages[place:place] = numbers
        if bookmark:
            self._bookmarks.insert(0 if is_first else len(self._bookmarks), (bookmark, numbers[0]))
        if tags.is_there:
            self._tags.add(tags, copying.copy, is_first=is_first)

    def finish(self) -> None:
        """The tree of the pages, what leads to them, and the table of the places."""
        kids = ArrayObject(reference(number) for number in self._pages)
        self._objects.write(
            _PAGES, dictionary(Type=NameObject("/Pages"), Count=NumberObject(len(self._pages)), Kids=kids)
        )
        catalog = dictionary(
            Type=NameObject("/Catalog"),
            Pages=reference(_PAGES),
            Lang=TextStringObject(_LANGUAGE),
            ViewerPreferences=dictionary(DisplayDocTitle=BooleanObject(True)),
        )
        has_tags = self._tags.finish()
        if has_tags:
            catalog[NameObject("/StructTreeRoot")] = reference(ROOT)
        is_ua = has_tags and self._tags.are_in_all
        if is_ua:
            catalog[NameObject("/MarkInfo")] = dictionary(Marked=BooleanObject(True))
        described = metadata(self.title, is_ua=is_ua)
        catalog[NameObject("/Metadata")] = reference(self._objects.stream(*described))
        if self._bookmarks:
            catalog[NameObject("/Outlines")] = self._outlines()
            catalog[NameObject("/PageMode")] = NameObject("/UseOutlines")
        self._objects.write(_CATALOG, catalog)
        info = self._objects.written(dictionary(Title=TextStringObject(self.title)))
        self._objects.finish(root=_CATALOG, info=info)

    def _outlines(self) -> IndirectObject:
        """The bookmarks, one below the other."""
        root = self._objects.next_number()
        numbers = [self._objects.next_number() for _bookmark in self._bookmarks]
        for place, (title, page) in enumerate(self._bookmarks):
            target = ArrayObject([reference(page), NameObject("/Fit")])
            item = dictionary(Title=TextStringObject(title), Parent=reference(root), Dest=target)
            if place:
                item[NameObject("/Prev")] = reference(numbers[place - 1])
            if place + 1 < len(numbers):
                item[NameObject("/Next")] = reference(numbers[place + 1])
            self._objects.write(numbers[place], item)
        ends = {"First": reference(numbers[0]), "Last": reference(numbers[-1]), "Count": NumberObject(len(numbers))}
        self._objects.write(root, dictionary(Type=NameObject("/Outlines"), **ends))
        return reference(root)


class _Copying:
    """The objects of one file on their way into the joined one."""

    def __init__(self, objects: ObjectWriter, file: SourceFile, tags: FileTags) -> None:
        self._objects, self._file, self._tags = objects, file, tags
        self._numbers: dict[int, int] = dict(tags.numbers)

    def reserve(self, page: int) -> int:
        """The number that a page will have."""
        number = self._objects.next_number()
        self._numbers[page] = number
        return number

    def copy(self, value: Any) -> Any:
        """The value with the numbers of the joined file; what it refers to is written before."""
        if isinstance(value, IndirectObject):
            return reference(self._number_of(value.idnum))
        if isinstance(value, StreamObject):
            return value  # streams are objects of their own: `_number_of` writes them
        if isinstance(value, DictionaryObject):
            return self._copy_pairs(value, _LEFT_OUT)
        if isinstance(value, ArrayObject):
            return ArrayObject(self.copy(each) for each in list.__iter__(value))
        return value

    def _copy_pairs(self, value: DictionaryObject, left_out: set[str]) -> DictionaryObject:
        copied = DictionaryObject()
        for key in value:
            if key in left_out or (key in KEYS_OF_PARENTS and not self._tags.is_there):
                continue
            found = value.raw_get(key)
            if key in KEYS_OF_PARENTS:
                copied[NameObject(key)] = self._tags.key(found)
            elif key == "/Headers":
                copied[NameObject(key)] = ArrayObject(self._tags.name(each) for each in self._file.resolve(found))
            else:
                copied[NameObject(key)] = self.copy(found)
        return copied

    def _number_of(self, own_number: int) -> int:
        if own_number in self._numbers:
            return self._numbers[own_number]
        written = self._file.written(own_number)
        if written is not None and not _TO_BE_READ.search(written):
            return self._number_of_written(own_number, written)
        found = self._file.read(own_number)
        if isinstance(found, StreamObject):
            number = self._number_of_stream(found)
        else:
            number = self._objects.next_number()
            self._numbers[own_number] = number  # before what is below it, which may lead back
            copied = self.copy(found)
            if isinstance(copied, DictionaryObject) and copied.get("/Type") == "/StructElem":
                self._tags.element(copied, number)
            self._objects.write(number, copied)
        self._numbers[own_number] = number
        return number

    def _number_of_written(self, own_number: int, written: bytes) -> int:
        """Of an object in which nothing changes but the numbers of those to which it leads."""
        number = self._objects.next_number()
        self._numbers[own_number] = number
        self._objects.write_as_it_is(number, _REFERENCE.sub(self._renumbered, written))
        return number

    def _renumbered(self, found: re.Match[bytes]) -> bytes:
        return b"%d 0 R" % self._number_of(int(found[1])) if found[1] else found[0]

    def _number_of_stream(self, stream: StreamObject) -> int:
        return self._objects.stream(self._copy_pairs(stream, _LEFT_OUT | {"/Length"}), stream._data)
