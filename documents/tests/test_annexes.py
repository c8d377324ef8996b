"""Annexes of orders: their numbers in the text and on the sheets, attached files, what the approval does with them."""

import io
import re
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string
from django.urls import reverse
from PIL import Image
from pypdf import PdfReader, PdfWriter

from documents.annexes import annex_sheets, citations_in
from documents.contents import order_content
from documents.faults import order_faults
from documents.filing import file_paper
from documents.models import Order, OrderAnnex, Paper
from documents.order_annexes import add_annex, raise_annex, remove_annex
from documents.orders import approve_order, change_order, draft_order, submit_order
from documents.printing import draft_order_pdf
from documents.tests.factories import make_annexed, make_approved, make_order
from participants.tests.factories import make_curator, make_head, make_organization, make_person, make_staff
from programs.tests.factories import make_pair, make_program
from roadmap.exporting import roadmap_pdf

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def autumn(time_machine):
    time_machine.move_to("2026-11-20 12:00", tick=False)


@pytest.fixture
def program():
    organization = make_organization(short_name="МОУ СШ № 7", full_name="Средняя школа № 7")
    make_head(organization)
    return make_program(organization=organization)


@pytest.fixture
def curator(program):
    return make_curator(program.organization)


def text_of(order):
    return "\n".join(point["text"] for point in order_content(order, [])["points"]).replace("\xa0", " ")


def pdf_of_pages(count):
    writer = PdfWriter()
    for _page in range(count):
        writer.add_blank_page(width=300, height=400)
    out = io.BytesIO()
    writer.write(out)
    return SimpleUploadedFile("Положение о конкурсе.pdf", out.getvalue())


def picture():
    out = io.BytesIO()
    Image.new("RGB", (40, 60), "white").save(out, "PNG")
    return SimpleUploadedFile("scan.jpg", out.getvalue())  # its name lies


# --- numbers ----------------------------------------------------------------------------------------------------------
def test_the_text_and_the_sheets_agree_on_the_numbers(program, curator):
    make_annexed(program, by=curator)
    order = draft_order(program, kind="introduction_order", by=curator)

    sheets = annex_sheets(order)

    assert [(sheet["number"], sheet["kind"]) for sheet in sheets] == [
        ("1", "regulation"),
        ("2", "roadmap"),
        ("3", "forms"),
        ("4", "agreement"),
        ("5", "indicators"),
    ]
    assert "учебный год (приложение № 2)." in text_of(order)


def test_numbers_follow_the_places(program, curator):
    make_annexed(program, by=curator)
    order = draft_order(program, kind="introduction_order", by=curator)

    raise_annex(order.annexes.get(kind="roadmap"), by=curator)
    remove_annex(order.annexes.get(kind="forms"), by=curator)

    assert "учебный год (приложение № 1)." in text_of(order)
    assert [row.place for row in order.annexes.for_paper()] == [1, 2, 3, 4]


def test_a_single_annex_has_no_number(program, curator):
    make_annexed(program, by=curator)

    order = draft_order(program, kind="roadmap_order", by=curator)

    assert annex_sheets(order)[0]["number"] == ""
    assert "учебный год (приложение)." in text_of(order)


def test_a_citation_stands_in_the_case_that_is_asked_for():
    values = citations_in([{"kind": "regulation", "number": "1"}, {"kind": "file", "number": "2"}])

    assert values["приложение: положение"] == "(приложение №\xa01)"
    assert values["приложении: документ"] == "приложении №\xa02"
    assert values["приложение: показатели"] == "(приложение №\xa0____)"


def test_the_pairs_stay_annexed_where_others_are_added(program, curator):
    order = make_order(program=program, by=curator)
    OrderAnnex.objects.filter(order=order).delete()  # as orders that were drafted before annexes were kept

    add_annex(order, "forms", by=curator)

    assert [row.kind for row in order.annexes.for_paper()] == ["pairs", "forms"]


# --- lists of people --------------------------------------------------------------------------------------------------
def rows_of(sheet):
    return [[cell["text"] for cell in row["cells"]] for row in sheet["tables"][0]["rows"]]


def test_a_council_is_listed_by_its_offices(program, curator):
    words = [
        "член совета",
        "ответственный секретарь",
        "зам. председателя",
        "член совета, руководитель методического объединения",
        "Председатель совета",
    ]
    named = [(make_person(organization=program.organization), each) for each in words]
    order = draft_order(program, kind="introduction_order", by=curator, people={"member": named})
    add_annex(order, "group", by=curator)

    sheet = annex_sheets(order)[-1]

    expected = [words[place] for place in (4, 2, 1, 0, 3)]
    assert [row[3] for row in rows_of(sheet)] == expected
    assert sheet["title"] == "Состав совета наставников"
    council = [
        point
        for point in order_content(order, [])["points"]
        if point["number"].startswith("5.") and point["level"] == 2
    ]
    assert [point["text"].rsplit("– ", 1)[1].rstrip(".;") for point in council] == expected


def test_those_who_are_rewarded_are_listed_with_their_rewards(program, curator):
    people = [make_person(organization=program.organization) for _each in range(2)]
    named = [(people[0], "почётная грамота"), (people[1], "благодарственное письмо")]
    order = draft_order(program, kind="award_order", by=curator, people={"rewarded": named})
    add_annex(order, "group", by=curator)

    sheet = annex_sheets(order)[-1]

    assert sheet["title"] == "Список награждаемых участников программы наставничества"
    assert [column["title"] for column in sheet["tables"][0]["columns"]][-1] == "Награда"
    assert [(row[1], row[3]) for row in rows_of(sheet)] == [(each.full_name, reward) for each, reward in named]


# --- files ------------------------------------------------------------------------------------------------------------
def test_pages_of_an_attached_pdf_follow_their_sheet(program, curator):
    order = make_order(program=program, by=curator)
    add_annex(order, "file", title="Положение о конкурсе", upload=pdf_of_pages(3), by=curator)
    add_annex(order, "forms", by=curator)

    pages = [page.extract_text() for page in PdfReader(io.BytesIO(draft_order_pdf(order))).pages]

    mark = next(number for number, text in enumerate(pages) if "Положение о конкурсе" in text)
    assert "Прилагается на 3" in pages[mark].replace("\xa0", " ")
    assert pages[mark + 1 : mark + 4] == ["", "", ""]
    assert "База наставников" in pages[mark + 4]


def test_a_filed_order_with_an_attached_pdf_is_pdf_a_and_holds_the_file(program, curator):
    order = make_order(program=program, by=curator)
    upload = pdf_of_pages(2)
    attached = upload.read()
    upload.seek(0)
    add_annex(order, "file", title="Положение о конкурсе", upload=upload, by=curator)
    paper = make_approved(submit_order(order, by=curator)).paper

    file_paper(paper)

    reader = PdfReader(io.BytesIO(paper.pdf.read()))
    pictures = [page for page in reader.pages if "/XObject" in page["/Resources"] and not page.extract_text()]
    assert 'pdfaid:part="3"' in reader.trailer["/Root"]["/Metadata"].get_data().decode()
    assert attached in [each[0] for each in reader.attachments.values()]
    assert len(pictures) == 2


def test_a_picture_is_printed_on_its_sheet(program, curator):
    order = make_order(program=program, by=curator)
    annex = add_annex(order, "file", title="Схема", upload=picture(), by=curator)

    reader = PdfReader(io.BytesIO(draft_order_pdf(order)))

    assert annex.file.name.endswith(".png")
    assert [b" Do" in page.get_contents().get_data() for page in reader.pages].count(True) == 1


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 broken", b"MZ not a paper"])
def test_what_is_no_paper_is_not_attached(program, curator, content):
    order = make_order(program=program, by=curator)

    with pytest.raises(ValidationError):
        add_annex(order, "file", title="Файл", upload=SimpleUploadedFile("a.pdf", content), by=curator)

    assert not order.annexes.filter(kind="file").exists()


# --- what may be annexed ----------------------------------------------------------------------------------------------
def test_a_second_one_of_a_kind_is_refused(program, curator):
    order = make_order(program=program, by=curator)
    add_annex(order, "forms", by=curator)

    with pytest.raises(ValidationError):
        add_annex(order, "forms", by=curator)


def test_what_belongs_to_another_organization_is_not_annexed(program, curator):
    other = make_program()
    edition = make_annexed(other, by=make_curator(other.organization))
    order = make_order(program=program, by=curator)

    for named in (
        {"kind": "regulation", "edition": edition},
        {"kind": "programs", "pairs": [make_pair(program=other)]},
    ):
        with pytest.raises(ValidationError):
            add_annex(order, by=curator, **named)


def test_annexes_of_an_order_that_waits_stay_as_they_are(program, curator):
    order = make_order(program=program, by=curator, status="submitted")

    with pytest.raises(ValidationError):
        add_annex(order, "forms", by=curator)


def test_an_order_with_an_empty_annex_is_not_submitted(program, curator):
    order = draft_order(program, kind="roadmap_order", by=curator)

    with pytest.raises(ValidationError, match="дорожная карта"):
        submit_order(order, by=curator)


# --- the approval -----------------------------------------------------------------------------------------------------
def approved(kind, program, curator, **named):
    order = draft_order(program, kind=kind, by=curator, **named)
    submit_order(order, by=curator)
    return approve_order(order, by=program.organization.head(), approved_on=date(2026, 11, 20))


def test_the_roadmap_bears_the_number_and_date_of_its_order(program, curator, pdf_text):
    make_annexed(program, by=curator)

    order = approved("roadmap_order", program, curator)

    roadmap = program.roadmaps.get()
    assert (roadmap.order_number, roadmap.approved_on) == (order.number, order.approved_on)
    assert roadmap.baselines.get().made_on == order.approved_on
    assert f"УТВЕРЖДЕНО приказом от 20.11.2026 № {order.number}" in pdf_text(roadmap_pdf(roadmap))


def test_what_was_annexed_is_frozen_with_the_order(program, curator):
    make_annexed(program, by=curator)
    order = approved("roadmap_order", program, curator)

    program.roadmaps.get().stages.all().delete()

    sheet = Order.objects.get(pk=order.pk).snapshot["annexes"][0]
    assert sheet["tables"][0]["rows"][0]["heading"] == "1. Подготовка"


def test_personal_programmes_of_the_chosen_pairs_are_listed(program, curator):
    chosen, _other = (make_pair(program=program, status="active") for _number in range(2))
    order = draft_order(program, kind="programs_order", by=curator)
    order.annexes.get().pairs.set([chosen])

    content = order_content(order, [])

    (row,) = content["annexes"][0]["tables"][0]["rows"]
    assert row["cells"][1]["text"].startswith(chosen.mentor.full_name)
    assert chosen.mentor.full_name in [person["name"] for person in content["named"]]


def test_an_order_approved_before_there_were_annexes_still_prints_its_pairs(client, program, curator):
    order = make_approved(make_order(program=program, by=curator, status="submitted"))
    snapshot = {name: value for name, value in order.snapshot.items() if name != "annexes"}
    Paper.objects.filter(order=order).update(content=snapshot)
    client.force_login(curator)

    text = client.get(order.get_absolute_url()).content.decode()

    assert "Список наставнических пар (групп)" in text


# --- faults -----------------------------------------------------------------------------------------------------------
def faults_in(order):
    return [(fault.text, fault.place) for fault in order_faults(order, []) if fault.place]


def test_an_annex_that_is_cited_and_absent_is_named_with_its_place(program, curator):
    make_annexed(program, by=curator)
    order = draft_order(program, kind="roadmap_order", by=curator)
    body = order.body.replace("учебный год {приложение: дорожная карта}", "учебный год {приложение: показатели}")
    change_order(order, title=order.title, body=body, by=curator)
    order.refresh_from_db()

    places = [place for _text, place in faults_in(order)]

    assert places == ["point-1", "annex-1"]  # cited and absent; there and not cited


@pytest.mark.parametrize(
    ("item", "count"),
    [
        ("Заведующему детским садом «Матнаадыр» обеспечить явку.", 1),
        ("Провести в школе № 8 семинар с МОУ СШ № 8.", 1),
        ("Провести семинар «Первые шаги» в МОУ СШ № 7.", 0),
        ("Завершить работу к 31 мая 2043 г.", 1),
        ("Завершить работу к 31 мая 20213 года.", 1),
        ("Руководствоваться приказом от 29.12.2012 № 273.", 0),
        ("Завершить работу к 31 мая 2027 г.", 0),
        ("Поручить работу Чужаковой А.Б.", 1),
        ("Поручить работу А. Б. Чужаковой.", 1),
        ("Поручить работу Орловой М.П.", 0),
        ("Поручить работу Чужаковой Анне Борисовне.", 1),
        ("Работать по приложению № 5 к приказу.", 1),
    ],
)
def test_slips_of_the_text_are_named(program, curator, item, count):
    make_organization(short_name="МОУ СШ № 8")
    make_person(organization=program.organization, last_name="Орлова")
    make_annexed(program, by=curator)
    order = draft_order(program, kind="roadmap_order", by=curator)
    change_order(order, title=order.title, body=f"{order.body}\n5. {item}", by=curator)
    order.refresh_from_db()

    found = faults_in(order)

    assert (len(found), {place for _text, place in found}) == (count, {"point-7"} if count else set())


def test_the_school_with_a_shorter_number_is_another_one(curator, program):
    """«СШ № 1» is not found within the own «СШ № 12»."""
    make_organization(short_name="МОУ СШ № 1")
    program.organization.short_name = "МОУ СШ № 12"
    program.organization.save()
    order = draft_order(program, kind="repealing_order", by=curator)
    change_order(
        order, title=order.title, body=f"{order.body}\n4. Провести семинар с МОУ СШ № 1 в МОУ СШ № 12.", by=curator
    )
    order.refresh_from_db()

    found = [text for text, _place in faults_in(order)]

    assert ["МОУ СШ № 1." in text for text in found] == [True]


# --- pages ------------------------------------------------------------------------------------------------------------
def test_annexes_are_added_moved_and_taken_out_in_the_browser(client, program, curator):
    order = make_order(program=program, by=curator)
    client.force_login(curator)
    address = reverse("documents:order-annexes", args=[order.pk])

    client.post(address, {"kind": "file", "title": "Схема", "upload": picture()})
    file = order.annexes.get(kind="file")
    client.post(reverse("documents:annex-raise", args=[file.pk]))

    assert [row.kind for row in order.annexes.for_paper()] == ["file", "pairs"]
    assert client.get(reverse("documents:annex-file", args=[file.pk])).status_code == 200
    assert client.post(address, {"kind": "file", "title": "Без файла"}).status_code == 422
    client.post(reverse("documents:annex-remove", args=[file.pk]))
    assert [row.kind for row in order.annexes.for_paper()] == ["pairs"]


def test_annexes_are_the_curators_own(client, program, curator):
    order = make_order(program=program, by=curator)
    annex = order.annexes.get()
    addresses = [reverse("documents:annex-raise", args=[annex.pk]), reverse("documents:annex-remove", args=[annex.pk])]

    client.force_login(make_staff(program.organization))
    of_staff = [client.post(address).status_code for address in addresses]
    client.force_login(make_curator(make_organization(slug="stranger")))
    of_strangers = [client.post(address).status_code for address in addresses]

    assert (of_staff, of_strangers) == ([403, 403], [404, 404])


def test_the_preview_shows_what_is_typed_and_keeps_nothing(client, program, curator):
    make_annexed(program, by=curator)
    order = draft_order(program, kind="roadmap_order", by=curator)
    client.force_login(curator)
    address = reverse("documents:order-preview", args=[order.pk])
    typed = {"title": "О новой карте", "body": f"{order.body}\n5. Новый пункт {{нечто}}.", "controller": ""}

    part = client.post(address, typed, headers={"HX-Request": "true"})
    page = client.post(address, typed)

    assert "Новый пункт [нечто]." in part.content.decode().replace("\xa0", " ")
    assert "<html" not in part.content.decode()
    assert "О новой карте" in page.content.decode()
    order.refresh_from_db()
    assert "Новый пункт" not in order.body


def test_the_wizard_shows_an_order_that_is_not_there_yet(client, program, curator):
    person = make_person(organization=program.organization, last_name="Орлова")
    client.force_login(curator)
    address = reverse("documents:order-draft-preview", args=[program.pk, "award_order"])

    page = client.post(
        address, {"people_rewarded": [person.pk], "value_за_что": "помощь"}, headers={"HX-Request": "true"}
    )

    assert "Орловой Марии Петровне" in page.content.decode()
    assert not Order.objects.exists()


def test_an_annex_added_without_a_choice_takes_the_usual_paper(program, curator):
    edition = make_annexed(program, by=curator)
    order = draft_order(program, by=curator, kind="results_order")

    regulation, roadmap = (add_annex(order, kind, by=curator) for kind in ("regulation", "roadmap"))

    assert (regulation.edition, regulation.roadmap) == (edition, None)
    assert (roadmap.edition, roadmap.roadmap) == (None, program.organization.roadmaps.get())


def test_the_columns_of_the_forms_of_registries_keep_their_widths(program, curator):
    order = draft_order(program, by=curator, kind="results_order")
    add_annex(order, "forms", by=curator)

    page = render_to_string("documents/pdf/_annex_table.html", {"table": annex_sheets(order)[0]["tables"][0]})

    widths = [float(width) for width in re.findall(r'<col width="([\d.]+)%"', page)]
    assert widths[0] < min(widths[1:])
