import io
import zlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageFile
from pypdf import PdfReader, PdfWriter

from participants.scans import check_scan, page_count, take_pages


def picture(kind, size=(40, 60)):
    out = io.BytesIO()
    Image.new("L", size, 200).save(out, kind)
    return out.getvalue()


def pdf_of(*objects, end=b""):
    """A PDF of the objects as they stand, numbered from 1; the first is the catalogue."""
    parts, offsets = [b"%PDF-1.4\n"], []
    for number, body in enumerate(objects, 1):
        offsets.append(sum(map(len, parts)))
        parts.append(b"%d 0 obj%sendobj\n" % (number, body))
    start = sum(map(len, parts))
    parts.append(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    parts += [b"%010d 00000 n \n" % offset for offset in offsets]
    parts.append(b"trailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, end, start))
    return b"".join(parts)


CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
PAGE = b"<</Type/Page/Parent 2 0 R>>"


def pdf():
    """The smallest paper of one empty page."""
    return pdf_of(CATALOG, b"<</Type/Pages/Kids[3 0 R]/Count 1>>", PAGE)


NO_PAGES = pdf_of(CATALOG, b"<</Type/Pages/Kids[]/Count 0>>")
LIES_ABOUT_PAGES = pdf_of(CATALOG, b"<</Type/Pages/Kids[]/Count 5>>")
NO_CATALOG = pdf_of(b"<</Type/Font>>", b"(obj)")
CIRCLE = pdf_of(CATALOG, b"<</Type/Pages/Kids[3 0 R]/Count 1>>", b"<</Type/Pages/Kids[2 0 R]/Count 1>>")
MULTIPLIED = pdf_of(CATALOG, b"<</Type/Pages/Kids[3 0 R 3 0 R 3 0 R]/Count 3>>", PAGE)
TOO_MANY = pdf_of(CATALOG, b"<</Type/Pages/Kids[%s]/Count 400>>" % (b"3 0 R " * 400), PAGE)
LOCKED = pdf_of(CATALOG, b"<</Type/Pages/Kids[3 0 R]/Count 1>>", PAGE, end=b"/Encrypt<</Filter/Standard/V 1/R 2>>")


def bomb():
    """A PNG that says that it is 30,000 points wide and high."""
    content = bytearray(picture("PNG"))
    content[16:24] = (30_000).to_bytes(4, "big") * 2
    content[29:33] = zlib.crc32(bytes(content[12:29])).to_bytes(4, "big")
    return bytes(content)


@pytest.mark.parametrize(
    ("name", "content", "kept"),
    [
        ("согласие.pdf", pdf(), "scan.pdf"),
        ("фото.JPEG", picture("JPEG"), "scan.jpg"),
        ("scan.png", picture("PNG"), "scan.png"),
        ("фото.pdf", picture("JPEG"), "scan.jpg"),
    ],
)
def test_check_scan_names_the_file_by_its_content(name, content, kept):
    scan = check_scan(SimpleUploadedFile(name, content))

    assert (scan.name, scan.read()) == (kept, content)


@pytest.mark.parametrize(
    "content",
    [
        b"<html><script>alert(1)</script></html>",
        b"",
        b"PK\x03\x04 a docx",
        b"%PDF-1.4\n<html></html>",
        pdf()[:-30],
        pdf().replace(b"startxref\n", b"startxref\n9"),
        picture("JPEG")[:200],
        picture("PNG")[:60],
        b"\xff\xd8\xff<html></html>",
        bomb(),
        NO_PAGES,
        LIES_ABOUT_PAGES,
        NO_CATALOG,
        CIRCLE,
        MULTIPLIED,
        TOO_MANY,
        LOCKED,
    ],
    ids=[
        "html",
        "empty",
        "docx",
        "html-in-pdf",
        "cut-pdf",
        "wrong-table",
        "cut-jpeg",
        "cut-png",
        "html-in-jpeg",
        "bomb",
        "no-pages",
        "lies-about-pages",
        "no-catalogue",
        "circle-of-pages",
        "one-page-many-times",
        "too-many-pages",
        "locked",
    ],
)
@pytest.mark.parametrize("draws_what_was_cut", [False, True])
def test_check_scan_refuses_what_does_not_open(content, draws_what_was_cut, monkeypatch):
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", draws_what_was_cut)
    with pytest.raises(ValidationError) as refusal:
        check_scan(SimpleUploadedFile("согласие.pdf", content, content_type="application/pdf"))

    assert "согласие.pdf" in refusal.value.messages[0]


def test_check_scan_refuses_what_is_too_large(settings):
    settings.UPLOAD_LIMIT_BYTES = 100

    with pytest.raises(ValidationError):
        check_scan(SimpleUploadedFile("согласие.pdf", pdf()))


def test_check_scan_takes_what_a_printer_of_papers_makes():
    """Objects in compressed streams, as most scanners write them."""
    writer, out = PdfWriter(), io.BytesIO()
    for _n in range(3):
        writer.add_blank_page(width=200, height=300)
    writer.write(out)

    scan = check_scan(SimpleUploadedFile("скан.pdf", out.getvalue()))

    assert page_count(scan.read()) == 3


def test_take_pages_makes_a_file_of_those_pages_alone():
    writer, out = PdfWriter(), io.BytesIO()
    for width in (100, 200, 300):
        writer.add_blank_page(width=width, height=300)
    writer.write(out)
    pile = check_scan(SimpleUploadedFile("пачка.pdf", out.getvalue()))

    taken = PdfReader(io.BytesIO(take_pages(pile, 2, 3).read()))

    assert [int(page.mediabox.width) for page in taken.pages] == [200, 300]
    for first, last in ((0, 1), (2, 4), (3, 2)):
        with pytest.raises(ValidationError):
            take_pages(pile, first, last)
