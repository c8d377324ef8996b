"""Papers on the screen as they are printed: pictures of the pages of filed papers, and of those that are being written."""

import base64
import io
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.urls import reverse
from PIL import Image
from pypdf import PdfWriter

from documents.models import Letter, Paper
from documents.pdf_pages import first_pages, page_count, page_picture
from documents.tests.factories import make_filed_order
from participants.tests.factories import make_curator, make_organization, make_person, make_staff
from programs.tests.factories import make_pair, make_program

pytestmark = pytest.mark.django_db


def pdf_of(*sizes):
    writer, out = PdfWriter(), io.BytesIO()
    for width, height in sizes:
        writer.add_blank_page(width, height)
    writer.write(out)
    return out.getvalue()


def size_of(picture):
    with Image.open(io.BytesIO(picture)) as image:
        return image.format, *image.size


# --- pictures ---------------------------------------------------------------------------------------------------------
def test_pages_are_drawn_by_their_number():
    content = pdf_of((595, 842), (842, 595))

    assert page_count(content) == 2
    assert [size_of(page_picture(content, number)) for number in (1, 2)] == [("JPEG", 910, 1287), ("JPEG", 1287, 910)]
    assert [page_picture(content, number) for number in (0, 3, -1)] == [None] * 3
    assert len(first_pages(content, 1)) == 1


def test_a_drawing_of_any_size_stays_within_the_memory():
    assert size_of(page_picture(pdf_of((14_000, 7_000)), 1)) == ("JPEG", 2600, 1300)


def test_pages_are_drawn_for_many_at_one_moment():
    """PDFium is not made for threads: without a lock the process itself would end."""
    content = pdf_of(*[(595, 842)] * 5)

    with ThreadPoolExecutor(8) as threads:
        drawn = list(threads.map(lambda place: page_picture(content, place % 5 + 1), range(40)))

    assert len({size_of(picture) for picture in drawn}) == 1


# --- filed papers -----------------------------------------------------------------------------------------------------
@pytest.mark.files
def test_a_filed_paper_is_shown_by_its_pages(client):
    order = make_filed_order()
    address = reverse("documents:paper-page", args=[order.paper.pk, 1])
    client.force_login(order.created_by)

    page = client.get(reverse("documents:paper", args=[order.paper.pk])).content.decode()
    picture = client.get(address)

    assert page.count('class="paper-sheet"') == page_count(order.paper.pdf.read())
    assert (picture["Content-Type"], size_of(picture.content)[0]) == ("image/jpeg", "JPEG")
    assert client.get(reverse("documents:paper-page", args=[order.paper.pk, 99])).status_code == 404
    client.force_login(make_curator(make_organization(slug="stranger")))
    assert client.get(address).status_code == 404


@pytest.mark.files
def test_a_damaged_file_is_not_drawn(client):
    order = make_filed_order()
    Paper.objects.filter(pk=order.paper.pk).update(pdf_sha256="0" * 64)
    client.force_login(order.created_by)

    page = client.get(reverse("documents:paper", args=[order.paper.pk]))

    assert (page.status_code, page.context["pages"]) == (200, [])
    assert client.get(reverse("documents:paper-page", args=[order.paper.pk, 1])).status_code == 404


# --- papers that are being written ------------------------------------------------------------------------------------
@pytest.fixture
def person():
    return make_person(organization=make_organization(), last_name="Орлова", first_name="Анна", gender="female")


def thanks(**values):
    typed = {"text": "Благодарим.", "layout": "landscape", "has_background": "", "dated_on": "2026-11-20"}
    return typed | values


def pictures_in(answer):
    addresses = [piece.split('"')[0] for piece in answer.content.decode().split('src="')[1:]]
    return [base64.b64decode(address.removeprefix("data:image/jpeg;base64,")) for address in addresses]


def test_a_letter_is_shown_while_it_is_written_and_nothing_is_kept(client, person):
    client.force_login(make_curator(person.organization))

    answer = client.post(reverse("documents:letter-preview", args=["thanks", person.pk]), thanks())

    assert [size_of(picture) for picture in pictures_in(answer)] == [("JPEG", 1287, 910)]
    assert "Орловой Анне" in answer.content.decode()
    assert not Letter.objects.exists()


def test_what_a_letter_still_wants_is_named_in_its_place(client, person):
    client.force_login(make_curator(person.organization))
    address = reverse("documents:letter-preview", args=["thanks", person.pk])

    empty = client.post(address, thanks(text=""))
    faulty = client.post(address, thanks(text="Благодарим {кого}."))

    assert [pictures_in(empty), pictures_in(faulty)] == [[], []]
    assert [str(label) for label in empty.context["wanted"]] == ["За что благодарим"]


def test_the_first_of_many_is_shown(client, person):
    program = make_program(organization=person.organization)
    pair = make_pair(program=program)
    client.force_login(make_curator(person.organization))
    addenda = reverse("documents:batch-preview", args=["addendum", program.pk])
    typed = {"token": "1", "pairs": [pair.pk], "task": "помогать", "work_form": "очно", "pay": "доплата"}

    answer = client.post(addenda, typed | {"dated_on": "2026-11-20"})
    nobody = client.post(reverse("documents:batch-preview", args=["thanks", program.pk]), thanks(token="2"))

    assert len(pictures_in(answer)) == 2 * 2  # two sheets of two copies
    assert pictures_in(nobody) == []


def test_staff_and_strangers_draw_nothing(client, person):
    address = reverse("documents:letter-preview", args=["thanks", person.pk])
    codes = []
    for user in (make_staff(person.organization), make_curator(make_organization(slug="stranger"))):
        client.force_login(user)
        codes.append(client.post(address, thanks()).status_code)

    assert codes == [403, 404]
