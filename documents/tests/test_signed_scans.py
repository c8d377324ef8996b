"""A pile of signed papers: read from real sheets as a scanner gives them, split, filed; the rest in the tray."""

import io
from datetime import date

import pypdfium2
import pytest
import segno
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image, ImageDraw
from pypdf import PdfReader

from documents import signed_scans
from documents.consent_papers import Sheet as ConsentSheet
from documents.consent_papers import consents_pdf
from documents.models import Paper, PileFile, ScanPile, SignedCopy, TrayItem
from documents.sheet_codes import Run, Sheet, as_pdf, code_in, cut_off, runs_of, sheets_of
from documents.signed_scans import (
    bring_pile,
    codes_for,
    confirm_consent,
    give_up_pile,
    put_to_paper,
    read_pile,
    throw_away,
    turn,
)
from documents.tests.factories import make_filed_order
from mentorship.jobs import Unwatched
from participants.consent_versions import text_for
from participants.models import Consent
from participants.tests.factories import make_curator, make_head, make_organization, make_person
from programs.tests.factories import make_program

pytestmark = [pytest.mark.django_db, pytest.mark.files]


@pytest.fixture
def organization():
    return make_organization()


@pytest.fixture
def order(organization):
    """An approved order with its files, which takes seconds: only for tests that need its sheets."""
    return make_filed_order(program=make_program(organization=organization), pairs=1)


@pytest.fixture
def curator(organization):
    return make_curator(organization)


def drawn(pdf, *, resolution=200):
    """The pages of a PDF as pictures."""
    document = pypdfium2.PdfDocument(pdf)
    return [page.render(scale=resolution / 72).to_pil().convert("RGB") for page in document]


def scanned(picture, *, turned=0, quality=60, kind="JPEG"):
    """A page as a scanner gives it: grey, turned a little, pressed hard."""
    picture = picture.convert("L").rotate(turned, expand=True, fillcolor=255)
    out = io.BytesIO()
    picture.save(out, kind, quality=quality)
    return out.getvalue()


def empty_sheet():
    return Image.new("RGB", (1654, 2339), "white")


def sheet_with(text):
    sheet = empty_sheet()
    out = io.BytesIO()
    segno.make(text, error="m").save(out, kind="png", scale=6, border=4)
    sheet.paste(Image.open(out).convert("RGB"), (200, 200))
    return sheet


def pdf_of(*pictures):
    out = io.BytesIO()
    pictures[0].save(out, "PDF", save_all=True, append_images=pictures[1:], resolution=200)
    return out.getvalue()


def codes_of(kind, content):
    return [sheet.code for sheet in sheets_of(0, kind, content)]


def upload(content, name="scan.pdf"):
    return SimpleUploadedFile(name, content)


def bring(organization, curator, *contents):
    """The pile as the worker leaves it."""
    pile = bring_pile(organization, [upload(each) for each in contents], by=curator)
    read_pile(Unwatched(), pile=pile.pk)
    pile.refresh_from_db()
    return pile


# --- codes on sheets --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("turned", [0, 3, -3, 90, 180])
def test_code_is_read_from_a_grey_scan_however_it_lies(order, turned):
    paper = order.paper
    first = drawn(paper.pdf.read())[0]

    assert codes_of("jpg", scanned(first, turned=turned)) == [paper.code]


@pytest.mark.parametrize("resolution", [150, 200, 300])
def test_code_is_read_at_the_usual_resolutions(order, resolution):
    first = drawn(order.paper.pdf.read(), resolution=resolution)[0]

    assert codes_of("png", scanned(first, kind="PNG")) == [order.paper.code]


def test_codes_of_a_pdf_are_those_of_its_pages(order):
    content = order.paper.pdf.read()

    assert codes_of("pdf", content) == [order.paper.code] + [""] * (len(PdfReader(io.BytesIO(content)).pages) - 1)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("https://portal.example/check/7K3M-9QTX-2B4D-0HNE/", "7K3M-9QTX-2B4D-0HNE"),
        ("CONSENT:7K3M-9QTX-2B4D-0HNE", "7K3M-9QTX-2B4D-0HNE"),
        ("https://portal.example/check/7K3M/", ""),
        ("https://evil.example/", ""),
        ("ST00012|Name=ООО", ""),
        ("", ""),
    ],
)
def test_only_codes_of_papers_are_taken(text, code):
    assert code_in(text) == code


def test_sheets_after_a_code_belong_to_it_and_those_before_stand_alone():
    sheets = [Sheet(0, number, code) for number, code in enumerate(["", "", "A", "", "B", "B", ""])]

    runs = runs_of(sheets)

    assert [(run.code, run.first, len(run.sheets)) for run in runs] == [
        ("", 0, 1),
        ("", 1, 1),
        ("A", 2, 2),
        ("B", 4, 1),
        ("B", 5, 2),
    ]


def test_a_run_is_cut_where_its_paper_ends_and_empty_backs_do_not_count():
    word, back = Sheet(0, 0, ""), Sheet(0, 1, "", is_empty=True)
    run = Run("A", 4, (Sheet(0, 0, "A"), back, word, back, word, back, word))

    assert cut_off(run, 2) == [Run("A", 4, run.sheets[:4]), Run("", 8, (word, back)), Run("", 10, (word,))]
    assert cut_off(run, 4) == [run]


def test_an_empty_back_is_told_from_a_sheet_with_a_few_words(order):
    back, line = empty_sheet(), empty_sheet()
    ImageDraw.Draw(back).rectangle([0, 0, 1654, 40], fill="black")  # the shadow of the lid
    ImageDraw.Draw(line).rectangle([300, 400, 1200, 425], fill="black")

    sheets = sheets_of(0, "pdf", pdf_of(back, line, drawn(order.paper.pdf.read())[0]))

    assert [sheet.is_empty for sheet in sheets] == [True, False, False]


def test_photo_becomes_a_page_of_a4_width():
    (page,) = PdfReader(io.BytesIO(as_pdf([("jpg", scanned(empty_sheet()))], [Sheet(0, 0, "")]))).pages

    assert round(page.mediabox.width) == 595


# --- a pile -----------------------------------------------------------------------------------------------------------
def test_pile_is_split_into_its_papers_and_both_copies_of_an_agreement_stay_together(organization, order, curator):
    agreement = order.agreements.get().paper
    order_pages, agreement_pages = drawn(order.paper.pdf.read()), drawn(agreement.pdf.read())

    pile = bring(organization, curator, pdf_of(*order_pages, *agreement_pages))

    assert pile.sheet_count == len(order_pages) + len(agreement_pages)
    assert {copy.paper: copy.page_count for copy in SignedCopy.objects.all()} == {
        order.paper: len(order_pages),
        agreement: len(agreement_pages),
    }
    assert not pile.tray.exists()
    assert not PileFile.objects.exists()


def test_sheets_of_a_paper_whose_code_is_torn_off_do_not_pass_for_the_end_of_another(organization, order, curator):
    order_pages = drawn(order.paper.pdf.read())
    agreement_pages = drawn(order.agreements.get().paper.pdf.read())
    torn = agreement_pages[0]
    ImageDraw.Draw(torn).rectangle([0, 1900, torn.width, torn.height], fill="white")

    pile = bring(organization, curator, pdf_of(*order_pages, torn, *agreement_pages[1:2]))

    assert [(copy.paper, copy.page_count) for copy in pile.signed_copies.all()] == [(order.paper, len(order_pages))]
    assert [(item.why, item.first_sheet) for item in pile.tray.all()] == [
        ("unread", len(order_pages) + 1),
        ("unread", len(order_pages) + 2),
    ]


def test_one_file_may_be_as_large_as_the_pile(organization, curator, settings, monkeypatch):
    settings.UPLOAD_LIMIT_BYTES = 100
    content = scanned(empty_sheet())
    monkeypatch.setattr(signed_scans, "MOST_BYTES", len(content))

    assert bring(organization, curator, content).sheet_count == 1
    with pytest.raises(ValidationError):
        bring_pile(organization, [upload(content + b" ")], by=curator)


def test_reading_twice_files_once(organization, order, curator):
    pile = bring(organization, curator, order.paper.pdf.read())

    read_pile(Unwatched(), pile=pile.pk)

    assert SignedCopy.objects.count() == 1


def test_what_no_code_names_lies_in_the_tray_with_its_reason(organization, curator):
    foreign = make_filed_order().paper
    sheets = [empty_sheet(), sheet_with(foreign.check_address), sheet_with("https://shop.example/")]

    pile = bring(organization, curator, pdf_of(*sheets))

    assert [(item.why, item.code, item.first_sheet, item.page_count) for item in pile.tray.all()] == [
        ("unread", "", 1, 1),
        ("unknown", foreign.code, 2, 2),
    ]
    assert not SignedCopy.objects.exists()


def test_same_pile_is_known_again_in_any_order_of_its_files(organization, curator):
    one, other = scanned(empty_sheet()), scanned(sheet_with("x"))
    bring_pile(organization, [upload(one), upload(other)], by=curator)

    with pytest.raises(ValidationError) as refused:
        bring_pile(organization, [upload(other, "b.jpg"), upload(one, "a.pdf"), upload(one)], by=curator)

    assert refused.value.code == "same"
    assert ScanPile.objects.count() == 1


def test_stopped_pile_may_be_brought_again(organization, curator):
    content = scanned(empty_sheet())
    pile = bring_pile(organization, [upload(content)], by=curator)
    ScanPile.objects.filter(pk=pile.pk).update(read_at=None)

    give_up_pile(pile=pile.pk)

    assert bring_pile(organization, [upload(content)], by=curator).files.count() == 1


@pytest.mark.parametrize("content", [b"", b"GIF89a", b"%PDF-1.7 broken", b"\x89PNG\r\n\x1a\nbroken"])
def test_what_is_no_scan_inside_is_refused(organization, curator, content):
    with pytest.raises(ValidationError):
        bring_pile(organization, [upload(content)], by=curator)

    assert not ScanPile.objects.exists()


def test_head_reads_papers_but_the_curator_brings_piles(organization):
    with pytest.raises(PermissionDenied):
        bring_pile(organization, [upload(b"x")], by=make_head(organization))


def test_worker_reads_what_the_page_takes(client, order, curator, django_capture_on_commit_callbacks):
    client.force_login(curator)

    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(reverse("documents:scans"), {"files": [upload(order.paper.pdf.read())]})

    pile = ScanPile.objects.get()
    assert response.url == pile.job.get_absolute_url()
    assert pile.job.status == "done"
    assert SignedCopy.objects.get().paper == order.paper
    assert client.get(pile.get_absolute_url()).status_code == 200


# --- the tray ---------------------------------------------------------------------------------------------------------
@pytest.fixture
def item(organization, curator):
    return bring(organization, curator, scanned(empty_sheet())).tray.get()


def test_curator_finds_the_paper_and_files_the_sheets_with_it(client, order, curator, item):
    client.force_login(curator)

    page = client.get(reverse("documents:tray-item", args=[item.pk]), {"q": order.paper.number}).content.decode()
    put = reverse("documents:tray-put", args=[item.pk, order.paper.pk])
    response = client.post(put, {"q": order.paper.number})

    assert put in page
    assert response.url == order.paper.get_absolute_url()
    assert order.paper.signed_copies.count() == 1
    assert not TrayItem.objects.exists()


def test_the_next_sheets_are_looked_for_by_the_same_words(client, organization, order, curator, item):
    following = bring(organization, curator, scanned(sheet_with("x"))).tray.get()
    client.force_login(curator)

    response = client.post(reverse("documents:tray-put", args=[item.pk, order.paper.pk]), {"q": "56 & 1"})

    assert response.url == f"{reverse('documents:tray-item', args=[following.pk])}?q=56+%26+1"


def test_sheets_go_to_one_place_alone(order, curator, item):
    throw_away(item, by=curator)

    with pytest.raises(ValidationError):
        put_to_paper(item, order.paper, by=curator)

    assert not SignedCopy.objects.exists()


def test_sheets_do_not_go_to_papers_of_another_organization(curator, item):
    with pytest.raises(ValidationError):
        put_to_paper(item, make_filed_order().paper, by=curator)


def test_turned_sheets_are_kept_turned(curator, item):
    turn(item, degrees=90, by=curator)

    item.refresh_from_db()
    assert PdfReader(io.BytesIO(item.file.read())).pages[0].rotation == 90
    with Image.open(item.picture) as picture:
        assert picture.width > picture.height


def test_tray_of_another_organization_is_not_there(client, item):
    client.force_login(make_curator())

    pages = [
        client.get(reverse(f"documents:{name}", args=[item.pk])) for name in ("tray-item", "tray-picture", "tray-file")
    ]
    acts = [client.post(reverse(f"documents:{name}", args=[item.pk])) for name in ("tray-turn-left", "tray-throw")]

    assert {response.status_code for response in [*pages, *acts]} == {404}


# --- consents ---------------------------------------------------------------------------------------------------------
@pytest.fixture
def printed(organization):
    """(person, sheet, code) of a form of consent that was printed."""
    person = make_person(organization=organization, kind="teacher", birth_year=1980)
    sheet = ConsentSheet(person, text_for(organization, "processing"), "subject")
    return person, sheet, codes_for([sheet])[0]


def test_printed_consent_comes_back_and_is_entered_with_its_scan(client, organization, curator, printed):
    person, sheet, code = printed
    paper = consents_pdf([sheet], school_year=2026, today=date(2026, 9, 1), codes=[code])
    item = bring(organization, curator, *(scanned(page, turned=3) for page in drawn(paper)[:1])).tray.get()
    client.force_login(curator)

    page = client.get(reverse("documents:tray-item", args=[item.pk])).content.decode()
    client.post(reverse("documents:tray-item", args=[item.pk]), {"signed_on": "2026-09-05"})

    consent = Consent.objects.get(person=person, kind="processing")
    assert item.why == "consent"
    assert person.full_name in page
    assert (consent.status, consent.given_on, consent.text) == ("given", date(2026, 9, 5), sheet.text)
    assert consent.scan.read(5) == b"%PDF-"
    assert not TrayItem.objects.exists()


def test_scan_goes_to_the_consent_that_was_entered_before(organization, curator, printed):
    person, _sheet, code = printed
    item = bring(organization, curator, scanned(sheet_with(f"CONSENT:{code}"))).tray.get()
    entered = Consent.objects.create(
        person=person, kind="processing", text=item.consent.text, status="given", given_on=date(2026, 9, 5)
    )

    confirm_consent(item, signed_on=date(2026, 9, 5), by=curator)

    entered.refresh_from_db()
    assert entered.scan
    assert Consent.objects.filter(person=person).count() == 1


def test_form_printed_again_bears_the_same_code_and_a_sample_none(organization, printed):
    _person, sheet, code = printed
    other = ConsentSheet(make_person(organization=organization), sheet.text, "subject")

    again, of_other = codes_for([sheet, other])

    assert again == code
    assert of_other not in ("", code)


def test_destroyed_paper_takes_no_signed_copy(organization, order, curator):
    paper = order.paper
    sheet = scanned(drawn(paper.pdf.read())[0])
    act = make_filed_order().paper
    Paper.objects.filter(pk=paper.pk).update(
        destroyed_on=date(2026, 10, 2), destroyed_by=act, pdf="", text="", search_text=""
    )

    assert bring(organization, curator, sheet).tray.get().why == "destroyed"
