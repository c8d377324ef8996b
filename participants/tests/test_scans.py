import io
import zlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageFile

from participants.scans import check_scan


def picture(kind, size=(40, 60)):
    out = io.BytesIO()
    Image.new("L", size, 200).save(out, kind)
    return out.getvalue()


def pdf():
    """The smallest paper of one empty page."""
    parts = [b"%PDF-1.4\n"]
    offsets = []
    for number, body in enumerate(
        (b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", b"<</Type/Page/Parent 2 0 R>>"), 1
    ):
        offsets.append(sum(map(len, parts)))
        parts.append(b"%d 0 obj%sendobj\n" % (number, body))
    start = sum(map(len, parts))
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    parts.append(b"xref\n0 4\n0000000000 65535 f \n" + table)
    parts.append(b"trailer<</Size 4/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % start)
    return b"".join(parts)


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
