"""What a filed paper is made of: PDF/A-3a with the data inside, the tags and the mark of PDF/UA, the QR code."""

import io
import json

import pypdf
import pytest

from documents.filing import data_of, file_order_papers, words_of
from documents.models.papers import CODE_LENGTH, code_of, new_code
from documents.tests.factories import make_filed_order, make_order

pytestmark = [pytest.mark.django_db, pytest.mark.files]


@pytest.fixture
def filed():
    """(paper, reader) of a filed order."""
    paper = make_filed_order().paper
    return paper, pypdf.PdfReader(io.BytesIO(paper.pdf.read()))


def test_file_says_that_it_is_pdf_a_3a_and_pdf_ua_1(filed):
    _paper, reader = filed
    catalog = reader.trailer["/Root"]
    metadata = catalog["/Metadata"].get_data().decode()

    assert 'pdfaid:part="3"' in metadata
    assert 'pdfaid:conformance="A"' in metadata
    assert 'pdfuaid:part="1"' in metadata
    assert "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>" in metadata
    assert metadata.count("<rdf:RDF") == metadata.count("</rdf:RDF>") == 1


def test_file_has_what_pdf_a_and_pdf_ua_ask_for(filed):
    _paper, reader = filed
    catalog = reader.trailer["/Root"]

    assert catalog["/MarkInfo"]["/Marked"] == True  # noqa: E712 – an object of pypdf, not a bool
    assert catalog["/Lang"] == "ru"
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712
    assert catalog["/OutputIntents"][0]["/S"] == "/GTS_PDFA1"
    assert reader.trailer["/ID"]
    assert "/Encrypt" not in reader.trailer
    assert reader.metadata.title


def test_every_font_is_embedded_and_can_be_read_back(filed):
    _paper, reader = filed
    fonts = {
        font.get_object()["/BaseFont"]: font.get_object()
        for page in reader.pages
        for font in page["/Resources"]["/Font"].values()
    }

    assert fonts
    for font in fonts.values():
        described = font["/DescendantFonts"][0]["/FontDescriptor"]
        assert described.keys() & {"/FontFile2", "/FontFile3"}
        assert "/ToUnicode" in font


def test_every_picture_has_words_for_who_does_not_see_it(filed):
    paper, reader = filed
    figures = [element for element in _elements(reader) if element.get("/S") == "/Figure"]

    assert [figure["/Alt"] for figure in figures] == [f"Код проверки {paper.code}"]


def test_file_holds_its_own_data(filed):
    paper, reader = filed

    (content,) = reader.attachments["paper.json"]
    data = json.loads(content)

    assert content == data_of(paper)
    assert (data["number"], data["date"], data["content"]) == (paper.number, str(paper.dated_on), paper.content)
    assert reader.trailer["/Root"]["/AF"][0]["/AFRelationship"] == "/Data"


def test_file_is_the_same_whenever_it_is_made(time_machine):
    order = make_order(status="approved")
    paper = order.paper
    file_order_papers(order)
    paper.refresh_from_db()
    first = paper.pdf_sha256
    type(paper).objects.update(pdf="", pdf_sha256="")
    paper.refresh_from_db()

    time_machine.move_to("2031-05-05 10:00Z")
    order.refresh_from_db()
    file_order_papers(order)

    paper.refresh_from_db()
    assert paper.pdf_sha256 == first


def test_mark_stands_on_the_first_sheet_of_the_order_alone(filed):
    paper, reader = filed

    with_mark = [paper.check_address.partition("://")[2] in page.extract_text() for page in reader.pages]

    assert with_mark == [True] + [False] * (len(reader.pages) - 1)
    assert len(reader.pages) > 1


def test_mark_stands_on_both_copies_of_an_agreement():
    agreement = make_filed_order().agreements.get()
    reader = pypdf.PdfReader(io.BytesIO(agreement.paper.pdf.read()))

    text = "".join(page.extract_text() for page in reader.pages)

    assert text.count("Проверка подлинности") == 2


def test_words_for_the_search_are_those_of_the_sheets(filed):
    paper, _reader = filed

    assert "ПРИКАЗЫВАЮ:" in paper.text
    assert paper.content["title"] in paper.text
    assert "<" not in paper.text
    assert "font-family" not in paper.text


def test_words_keep_cells_apart_and_letters_together():
    assert words_of("<head><title>t</title></head><td>а</td><td>б&nbsp;в</td><p>г<b>д</b></p>") == "а\nб в\nгд"


def test_codes_differ_and_are_read_as_people_type_them():
    codes = {new_code() for _count in range(200)}

    assert len(codes) == 200
    for code in codes:
        assert len(code.replace("-", "")) == CODE_LENGTH
        assert code_of(code.lower().replace("-", " ").replace("0", "o").replace("1", "l")) == code


def _elements(reader):
    """Every element of the structure tree."""
    waiting = [reader.trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        element = waiting.pop().get_object()
        if isinstance(element, list):
            waiting += [child for child in element if not isinstance(child, int)]
        elif isinstance(element, dict):
            yield element
            if "/K" in element:
                waiting.append(element["/K"]) if not isinstance(element["/K"], int) else None
