"""Orders that people should not write and do: very long, words without a break, emoji, letters of other alphabets."""

import re
import subprocess

import pytest

from documents.contents import order_content
from documents.models import Order
from documents.orders import change_order, draft_order
from documents.printing import draft_order_pdf, paper_pdf
from participants.tests.factories import make_curator, make_head, make_organization, make_person
from programs.tests.factories import make_program

pytestmark = [pytest.mark.django_db, pytest.mark.files]
A4_WIDTH, RIGHT_MARGIN = 595.3, 28.3  # points


@pytest.fixture
def program():
    organization = make_organization(short_name="МБДОУ «Сүт-Хөл»", full_name="Детский сад «Сүт-Хөл» ң ө ү Ң Ө Ү")
    make_head(organization)
    return make_program(organization=organization)


@pytest.fixture
def curator(program):
    return make_curator(program.organization)


def award(program, curator, person, words="грамота"):
    return draft_order(
        program, kind="award_order", by=curator, people={"rewarded": [(person, words)]}, values={"за что": "помощь"}
    )


def reach_of(pdf, folder):
    """How far to the right a word of any page reaches, in points, as pdftotext tells."""
    path = folder / "order.pdf"
    path.write_bytes(pdf)
    shown = subprocess.run(["pdftotext", "-bbox", str(path), "-"], capture_output=True, check=True).stdout.decode()
    return max(float(right) for right in re.findall(r'xMax="([0-9.]+)"', shown))


def test_two_thousand_items_are_printed_all(program, curator, pdf_text):
    order = award(program, curator, make_person(organization=program.organization))
    items = "\n".join(f"1.{number}. Пункт." for number in range(1, 100)) + "\n"
    many = "".join(f"{section}. Раздел:\n{items.replace('1.', f'{section}.', 1)}" for section in range(1, 21))
    Order.objects.filter(pk=order.pk).update(body="Закон\nПРИКАЗЫВАЮ:\n" + many)
    order.refresh_from_db()

    text = pdf_text(draft_order_pdf(order))

    assert len(order_content(order, [])["points"]) == 2000
    assert (text.count("Пункт."), text.count("Раздел:")) == (1980, 20)


@pytest.mark.parametrize("word", ["Ы" * 80, "Ivаnоv", "Көк-оол", "Мария🎉", "А" * 39 + "-" + "Б" * 40])
def test_strange_names_stay_on_the_sheet(program, curator, word, pdf_text, tmp_path):
    person = make_person(organization=program.organization, last_name=word, first_name="М" * 60, patronymic="П" * 60)

    pdf = draft_order_pdf(award(program, curator, person))

    assert reach_of(pdf, tmp_path) < A4_WIDTH - RIGHT_MARGIN + 1
    squeezed = pdf_text(pdf).replace(" ", "")  # asks for pdftotext, too
    assert "ПРИКАЗЫВАЮ" in squeezed
    assert "М" * 60 in squeezed


def test_tuvan_letters_are_in_the_fonts(program, curator, pdf_text):
    order = award(program, curator, make_person(organization=program.organization, last_name="Өңгүр"))

    text = pdf_text(draft_order_pdf(order))

    assert "ң ө ү Ң Ө Ү" in text
    assert "Сүт-Хөл" in text


def test_what_looks_like_a_tag_is_only_text(program, curator, pdf_text):
    order = award(program, curator, make_person(organization=program.organization))
    change_order(
        order, title="О <b>тегах</b>", body=f"{order.body}\n4. <img src='file:///etc/passwd'> & всё.", by=curator
    )
    order.refresh_from_db()

    text = pdf_text(paper_pdf(order.kind, order_content(order, [])))

    assert "<b>тегах</b>" in text
    assert "<img src='file:///etc/passwd'> & всё." in text
