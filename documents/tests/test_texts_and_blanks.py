"""Versions of texts, the letterhead with its picture, the layout of the sheets; their pages."""

import io
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from pypdf import PdfReader

from documents.blank_pictures import keep_picture, pictures_in, printable_picture
from documents.blanks import acting_position, letterhead_content
from documents.filing import file_order_papers
from documents.letter_contents import Subject, letter_content, title_alone
from documents.letter_kinds import LETTER_KINDS
from documents.models import Blank, BlankPicture, Order, PaperText
from documents.paper_texts import ready_text
from documents.printing import paper_html, paper_pdf
from documents.samples import examples, sample_content, with_annex
from documents.tests.factories import make_order
from documents.text_forms import BlankForm
from documents.text_kinds import text_kinds
from documents.text_versions import paper_text, return_to_ready, save_text, take_back, wording_of
from mentorship.pdf import PaperError, pdf_from_html
from participants.tests.factories import make_curator, make_head, make_organization, make_person, make_staff
from programs.tests.factories import make_program

pytestmark = pytest.mark.django_db
KIND = "assignment_order"
EDIT = reverse("documents:text-edit", args=[KIND])
BLANK = reverse("documents:blank")
TEXT = "Устав\nПРИКАЗЫВАЮ:\n1. Закрепить:\n{пары}\n2. Возложить на {куратора}."


@pytest.fixture
def organization():
    return make_organization(inn="1234567890", ogrn="1234567890123")


@pytest.fixture
def curator(organization):
    return make_curator(organization)


def picture_file(*, size=(40, 30), form="PNG", color="red"):
    file = io.BytesIO()
    Image.new("RGB", size, color).save(file, form)
    return SimpleUploadedFile("logo.png", file.getvalue(), "image/png")


# --- versions ---------------------------------------------------------------------------------------------------------
def test_versions_follow_each_other_and_one_is_taken_back(organization, curator):
    first = save_text(organization, KIND, TEXT, by=curator)
    second = save_text(organization, KIND, TEXT + "\n3. Контроль.", by=curator, note="контроль")
    same = save_text(organization, KIND, TEXT + "\n3. Контроль.", by=curator)

    take_back(first, by=curator)
    text, origin = wording_of(organization, KIND)

    assert (first.version, second.version, same.pk) == (1, 2, second.pk)
    assert (text, origin["version"]) == (TEXT, 1)


def test_the_ready_text_comes_back_and_the_versions_stay(organization, curator):
    save_text(organization, KIND, TEXT, by=curator)

    return_to_ready(organization, KIND, by=curator)

    assert wording_of(organization, KIND) == (ready_text(KIND), {"edition": 1})
    assert PaperText.objects.count() == 1


def test_a_text_that_somebody_changed_meanwhile_is_not_overwritten(organization, curator):
    save_text(organization, KIND, TEXT, by=curator, based_on=0)

    with pytest.raises(ValidationError):
        save_text(organization, KIND, TEXT + "\n3. Иначе.", by=curator, based_on=0)


def test_papers_keep_the_text_they_were_made_from(organization, curator):
    make_head(organization)
    version = save_text(organization, KIND, TEXT, by=curator)
    order = make_order(program=make_program(organization=organization), by=curator, status="approved")
    save_text(organization, KIND, TEXT + "\n3. Контроль.", by=curator)

    agreement = order.agreements.get().paper.content
    assert order.body == TEXT
    assert order.snapshot["text_origin"] == {"id": version.pk, "version": 1, "of": order.text_origin["of"]}
    assert agreement["text_origin"] == {"edition": 1}


# --- pages of texts ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("kind", list(text_kinds()))
def test_every_text_has_its_page_with_examples_and_a_preview(client, curator, kind):
    client.force_login(curator)

    answer = client.get(reverse("documents:text-edit", args=[kind]))

    assert answer.status_code == 200
    assert "faults" not in answer.context["preview"]


def test_a_text_is_saved_and_its_difference_shown(client, curator):
    client.force_login(curator)
    client.post(EDIT, {"text": ready_text(KIND) + "\n6. Новый пункт.", "note": "", "based_on": 0})
    version = PaperText.objects.get()

    page = client.get(version.get_absolute_url())

    assert ("+", "6. Новый пункт.") in page.context["rows"]
    assert client.get(reverse("documents:text-list")).status_code == 200


def test_faults_name_the_line_and_nothing_typed_is_lost(client, curator):
    client.force_login(curator)

    answer = client.post(EDIT, {"text": "1. А\n2. {куротора}", "based_on": 0})
    preview = client.post(reverse("documents:text-preview", args=[KIND]), {"text": "{куратора.__class__}"})

    assert answer.status_code == 422
    assert "1. А\n2. {куротора}" in answer.content.decode().replace("\r", "")
    assert preview.context["preview"]["faults"]
    assert not PaperText.objects.exists()


@pytest.mark.parametrize(("make", "status"), [(make_curator, 200), (make_head, 200), (make_staff, 403)])
def test_who_may_change_texts_and_the_blank(client, organization, make, status):
    client.force_login(make(organization))

    assert client.get(EDIT).status_code == status
    assert client.get(BLANK).status_code == status


def test_a_version_of_others_is_not_there(client, organization, curator):
    version = save_text(organization, KIND, TEXT, by=curator)
    client.force_login(make_curator())

    assert client.get(version.get_absolute_url()).status_code == 404
    assert client.post(reverse("documents:text-take-back", args=[version.pk])).status_code == 404


# --- the letterhead ---------------------------------------------------------------------------------------------------
def blank_values(**values):
    usual = {
        field.name: getattr(Blank(), field.name)
        for field in Blank._meta.fields
        if field.name not in {"id", "requisites", *BlankForm.Meta.exclude}
    }
    return {**usual, "requisites": ["address", "inn"], **values}


def test_a_logo_is_kept_and_printed_and_the_filed_order_keeps_it(client, organization, curator):
    make_head(organization)
    client.force_login(curator)
    client.post(BLANK, blank_values(picture_kind="logo", placing="corner", upload=picture_file(size=(3000, 200))))
    first = Blank.objects.get().picture
    order = make_order(program=make_program(organization=organization), by=curator, status="approved")
    client.post(BLANK, blank_values(picture_kind="logo", upload=picture_file(color="blue")))
    file_order_papers(order)

    paper = Order.objects.get(pk=order.pk).paper
    [image] = PdfReader(paper.pdf.open()).pages[0].images
    assert paper.content["letterhead"]["picture"] == first.sha256
    assert image.image.convert("RGB").getpixel((5, 5)) == (255, 0, 0)
    assert image.image.width == 900
    assert BlankPicture.objects.count() == 2


@pytest.mark.parametrize(
    "upload",
    [
        SimpleUploadedFile("logo.png", b"<svg onload=alert(1)>"),
        SimpleUploadedFile("logo.png", b""),
        SimpleUploadedFile("logo.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 50),
        SimpleUploadedFile("logo.png", b"\xff\xd8\xff" + b"\0" * (5 * 1024 * 1024)),
    ],
)
def test_what_is_no_picture_is_refused(upload):
    with pytest.raises(ValidationError):
        printable_picture(upload)


def test_a_picture_of_fifty_million_dots_is_refused_before_it_is_unpacked(monkeypatch):
    upload = picture_file(size=(10_000, 5_000))
    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", lambda self: pytest.fail("unpacked"))

    with pytest.raises(ValidationError) as refusal:
        printable_picture(upload)

    assert "50" in refusal.value.messages[0]


def test_a_picture_is_asked_for_and_seen_by_its_organization_alone(client, organization, curator):
    client.force_login(curator)
    asked = client.post(BLANK, blank_values(picture_kind="arms"))
    picture = keep_picture(organization, printable_picture(picture_file()))
    url = reverse("documents:blank-picture", args=[picture.sha256])
    own = client.get(url).status_code
    client.force_login(make_curator())

    assert (asked.status_code, own, client.get(url).status_code) == (422, 200, 404)


def test_the_printer_takes_only_pictures_that_were_given():
    with pytest.raises(PaperError):
        pdf_from_html(f"<img src='picture:{'a' * 64}'>", pictures={})
    assert pictures_in("picture:../../etc/passwd") == {}


def test_chosen_requisites_are_printed(organization):
    blank = Blank(organization=organization, requisites=["inn", "ogrn"], kpp="123456789", founder="Город")

    head = letterhead_content(organization, blank)

    assert head["founder"] == "Город"
    assert head["contacts"] == ""
    assert head["numbers"] == "ИНН/КПП\xa01234567890 / 123456789, ОГРН\xa01234567890123"


def test_who_acts_for_the_head_signs_in_the_chosen_words(organization):
    organization.head_position = "Заведующий детским садом"

    assert acting_position(organization, Blank()) == "И.о.\xa0заведующего детским садом"
    assert acting_position(organization, Blank(acting="long")) == "Исполняющий обязанности\xa0заведующего детским садом"


# --- the layout -------------------------------------------------------------------------------------------------------
def words_of(organization, **values):
    """For each page [(text, x in mm, size of the letters)]; the printer counts in CSS pixels, 96 to an inch."""
    blank = Blank(organization=organization, **values)
    content = with_annex(sample_content(organization, KIND, ready_text(KIND), blank=blank), organization)
    pages = []
    for page in PdfReader(io.BytesIO(paper_pdf(KIND, content))).pages:
        found = []

        def visit(text, matrix, around, _font, size, found=found):
            if text.strip():
                found.append((text.strip(), (around[0] * matrix[4] + around[4]) / 96 * 25.4, abs(around[0]) * size))

        page.extract_text(visitor_text=visit)
        pages.append(found)
    return pages


@pytest.mark.parametrize(
    ("values", "left"),
    [
        ({}, 30),
        ({"standard": "2016"}, 30),
        ({"standard": "2025", "margin_left_kept_long": 45}, 30),
        ({"standard": "own", "margin_left_kept_long": 45}, 45),
    ],
)
def test_the_left_margin_is_that_of_the_standard_or_the_own_one(organization, values, left):
    [first, *_others] = words_of(organization, **values)

    assert min(x for _text, x, _size in first) == pytest.approx(left, abs=1)


@pytest.mark.parametrize("size", [12, 13, 14])
def test_the_letters_have_the_chosen_size(organization, size):
    content = sample_content(
        organization, KIND, ready_text(KIND), blank=Blank(organization=organization, font_size=size)
    )

    assert content["layout"]["font_size"] == size
    assert f"font-size: {size}pt" in _html(content)


def test_the_annex_mark_stands_on_the_chosen_side(organization):
    def mark(**values):
        return next(
            x for page in words_of(organization, **values) for text, x, _s in page if text.startswith("Приложение")
        )

    assert mark() > 110
    assert mark(standard="own", annex_side="left") == pytest.approx(30, abs=1)


@pytest.mark.parametrize(("standard", "width"), [("2025", "80mm"), ("2016", "75mm")])
def test_the_corner_is_as_wide_as_the_standard_has_it(organization, standard, width):
    blank = Blank(organization=organization, standard=standard, placing="corner")

    html = _html(sample_content(organization, KIND, ready_text(KIND), blank=blank))

    assert f".head--corner {{ width: {width}; }}" in html
    assert 'class="head head--corner"' in html


def _html(content):
    from documents.printing import paper_html

    return paper_html(KIND, content)


def test_in_the_corner_kind_and_date_of_a_letter_stand_below_the_letterhead(organization):
    Blank.objects.create(organization=organization, placing="corner")
    subject = Subject(organization, person=make_person(organization=organization))
    day = date(2026, 10, 1)
    values = {"dated_on": day, "starts_on": day, "ends_on": day}

    html = paper_html("work_extract", letter_content(LETTER_KINDS["work_extract"], subject, values, number="7"))
    corner = html.split('<div class="head--corner">')[1].split("</div>\n  <p")[0]

    assert all(words in corner for words in ("СПРАВКА", "1 октября 2026", "№&nbsp;7", organization.place))


# --- headings and the texts of letters of honour ----------------------------------------------------------------------
@pytest.mark.parametrize("key", sorted(LETTER_KINDS.keys() - {"order_copy"}))
def test_the_organization_words_the_title_of_every_letter(client, organization, curator, key):
    client.force_login(curator)
    page = client.post(reverse("documents:text-preview", args=[f"{key}_title"]), {"text": "ПОЧЁТНАЯ ГРАМОТА"})
    assert "ПОЧЁТНАЯ ГРАМОТА" in page.content.decode()

    save_text(organization, f"{key}_title", "ПОЧЁТНАЯ ГРАМОТА", by=curator)
    content = title_alone(LETTER_KINDS[key], organization, date(2026, 10, 1))

    assert (content["kind_word"], content["heading"]) == ("ПОЧЁТНАЯ ГРАМОТА", "")
    assert content["title_origin"]["version"] == 1


def test_a_new_letter_of_thanks_begins_with_the_organizations_text_and_prints_its_title(client, organization, curator):
    save_text(organization, "thanks_title", "БЛАГОДАРНОСТЬ", by=curator)
    save_text(organization, "thanks", "Спасибо за работу в {учебный год} году.", by=curator)
    person = make_person(organization=organization)
    client.force_login(curator)

    page = client.get(reverse("documents:letter-new", args=["thanks", person.pk])).content.decode()
    values = {"dated_on": date(2026, 10, 1), "text": paper_text(organization, "thanks")}
    content = letter_content(LETTER_KINDS["thanks"], Subject(organization, person=person), values)

    assert "Спасибо за работу в {учебный год} году." in page
    assert (content["kind_word"], content["text"]) == ("БЛАГОДАРНОСТЬ", ["Спасибо за работу в 2026/2027 году."])


def test_the_organization_words_the_heading_of_an_order(organization, curator):
    save_text(
        organization, "assignment_order_title", "О назначении наставников в {учебный год} учебном году", by=curator
    )

    order = make_order(program=make_program(organization=organization), by=curator)

    assert order.title == "О назначении наставников в 2026/2027 учебном году"


@pytest.mark.parametrize("text", ["О парах\nи группах", "О {наставнике}", "О" * 251, "О {пары.__class__}"])
def test_a_heading_of_two_lines_too_long_or_with_unknown_names_is_refused(organization, curator, text):
    with pytest.raises(ValidationError):
        save_text(organization, "assignment_order_title", text, by=curator)


def test_a_school_is_not_shown_the_texts_of_municipal_orders(client, organization, curator):
    client.force_login(curator)

    page = client.get(reverse("documents:text-list")).content.decode()

    assert reverse("documents:text-edit", args=["assignment_order"]) in page
    assert "municipal" not in page


@pytest.mark.parametrize("key", sorted(text_kinds()))
def test_every_name_in_braces_has_a_live_example(organization, key):
    shown = examples(organization, key)

    assert [name for name in text_kinds()[key].placeholders if not shown.get(name) or shown[name].startswith("[")] == []
