"""Many PDF files in one: their words, what they share, and one tree of tags that a reader of PDF/UA can follow."""

import io

import pytest
from pypdf import PdfReader
from weasyprint import HTML

from documents.pdf_joining import PdfJoiner, join_pdfs
from mentorship.pdf import pdf_from_html

TABLE = "<table><thead><tr><th>№<th>Кто</thead><tbody><tr><td>{0}<td><a href='https://example.org/{0}'>{0}</a></table>"


def tagged(number, *, pages=1):
    sheets = [f"<section style='break-after: page'><p>Лист {number}</p>{TABLE.format(number)}</section>"] * pages
    return pdf_from_html(f"<title>{number}</title>{''.join(sheets)}", stylesheets=())


def untagged():
    return HTML(string="<p>Без разметки").write_pdf()


def joined(*files):
    out = io.BytesIO()
    join_pdfs(files, out, title="Приказы & соглашения")
    return PdfReader(io.BytesIO(out.getvalue()), strict=True)


def numbers_of(tree, leaf):
    """{key: value} of a tree of numbers or names."""
    found = {}
    for kid in tree.get("/Kids", []):
        found |= numbers_of(kid.get_object(), leaf)
    pairs = tree.get(leaf, [])
    for place in range(0, len(pairs), 2):
        assert tree["/Limits"][0] <= pairs[place] <= tree["/Limits"][1]
        found[pairs[place]] = pairs[place + 1]
    return found


def elements_below(element):
    yield element
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        if not isinstance(kid, int) and kid.get_object().get("/Type") == "/StructElem":
            assert kid.get_object()["/P"] == element
            yield from elements_below(kid.get_object())


def test_joined_pages_keep_their_words_and_share_what_is_equal(pdf_text):
    files = [pdf_from_html(f"<p>Лист номер {number}") for number in range(1, 4)]
    out, same = io.BytesIO(), io.BytesIO()

    assert join_pdfs(files, out, title="Листы") == 3
    text = pdf_text(out.getvalue())
    places = [text.index(f"Лист номер {number}") for number in (1, 2, 3)]
    assert places == sorted(places)
    join_pdfs(files[:1] * 20, same, title="Листы")
    assert len(same.getvalue()) < 20 * len(files[0]) * 0.4


def test_every_file_is_a_part_of_one_tree():
    reader = joined(tagged(1), tagged(2, pages=2))
    tree = reader.trailer["/Root"]["/StructTreeRoot"]
    (document,) = tree["/K"]

    assert [part["/S"] for part in (kid.get_object() for kid in document["/K"])] == ["/Part", "/Part"]
    kinds = [element["/S"] for element in elements_below(document.get_object())]
    assert [kinds.count(kind) for kind in ("/Document", "/Table", "/TH", "/Link")] == [1, 3, 6, 3]


def test_pages_and_links_lead_to_their_own_tags():
    reader = joined(tagged(1), tagged(2, pages=2), tagged(1))
    parents = numbers_of(reader.trailer["/Root"]["/StructTreeRoot"]["/ParentTree"], "/Nums")

    for page in reader.pages:
        assert {element["/Pg"].indirect_reference.idnum for element in parents[page["/StructParents"]]} == {
            page.indirect_reference.idnum
        }
        (link,) = page["/Annots"]
        element = parents[link["/StructParent"]]
        named = [kid for kid in element["/K"] if not isinstance(kid, int) and kid.get("/Type") == "/OBJR"]
        assert [kid.raw_get("/Obj").idnum for kid in named] == [link.indirect_reference.idnum]
    assert len(parents) == 8


def test_words_that_look_like_references_stay():
    words = "см. 5 0 R, (3 0 R (4 0 R)) и < 7 0 R >"
    page = f'<p><img alt="{words.replace("<", "&lt;")} (1 0 R (2 0 R" src="data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22/%3E">'
    latin = '<p><a href="https://example.org/(5 0 R (6 0 R))">x</a>'
    files = [HTML(string=each).write_pdf(pdf_tags=True) for each in (page, latin)]

    reader = joined(*files)

    elements = list(elements_below(reader.trailer["/Root"]["/StructTreeRoot"]["/K"][0].get_object()))
    assert [each["/Alt"] for each in elements if "/Alt" in each] == [f"{words} (1 0 R (2 0 R"]
    assert (
        reader.pages[1]["/Annots"][0]["/A"]["/URI"]
        == PdfReader(io.BytesIO(files[1])).pages[0]["/Annots"][0]["/A"]["/URI"]
    )


def test_heads_of_tables_are_found_by_names_that_no_other_file_has():
    reader = joined(tagged(1), tagged(2))
    tree = reader.trailer["/Root"]["/StructTreeRoot"]
    heads = numbers_of(tree["/IDTree"], "/Names")
    cells = [each for each in elements_below(tree["/K"][0].get_object()) if each["/S"] == "/TD"]

    assert len(heads) == 4
    assert {heads[name]["/S"] for cell in cells for name in cell["/A"]["/Headers"]} == {"/TH"}


def test_the_file_says_what_it_is():
    reader = joined(tagged(1))
    catalog = reader.trailer["/Root"]
    described = catalog["/Metadata"].get_data().decode()

    assert (catalog["/Lang"], catalog["/MarkInfo"]["/Marked"].value) == ("ru", True)
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"].value
    assert reader.metadata.title == "Приказы & соглашения"
    assert "Приказы &amp; соглашения" in described
    assert 'pdfuaid:part="1"' in described


@pytest.mark.parametrize("files", [[untagged], [lambda: tagged(1), untagged]])
def test_a_file_with_pages_without_tags_does_not_say_that_it_has_them(files):
    reader = joined(*(make() for make in files))
    catalog = reader.trailer["/Root"]

    assert not catalog.get("/MarkInfo", {}).get("/Marked")
    assert "pdfuaid" not in catalog["/Metadata"].get_data().decode()
    assert "/StructParents" not in reader.pages[-1]


def test_what_is_made_last_may_stand_first_and_bookmarks_lead_to_each():
    out = io.BytesIO()
    writer = PdfJoiner(out, title="Папка")
    for number in (1, 2):
        writer.add(tagged(number, pages=2), bookmark=f"Документ {number}")
    writer.add(tagged(9), bookmark="Содержание", is_first=True)
    writer.finish()
    reader = PdfReader(out)

    assert [(mark.title, reader.get_destination_page_number(mark)) for mark in reader.outline] == [
        ("Содержание", 0),
        ("Документ 1", 1),
        ("Документ 2", 3),
    ]
    assert "Лист 9" in reader.pages[0].extract_text()
    first = reader.trailer["/Root"]["/StructTreeRoot"]["/K"][0]["/K"][0]
    assert {each["/Pg"].indirect_reference.idnum for each in elements_below(first.get_object()) if "/Pg" in each} == {
        reader.pages[0].indirect_reference.idnum
    }
