"""Orders that people should not write and do: very long, words without a break, emoji, letters of other alphabets."""

import re
import subprocess
from datetime import date

import pytest
from django.urls import reverse

from documents.contents import order_content
from documents.letter_contents import Subject, letter_content
from documents.letter_kinds import LETTER_KINDS
from documents.letter_texts import typed_at_first
from documents.models import Order
from documents.orders import change_order, draft_order
from documents.pdf_pages import page_count
from documents.printing import draft_order_pdf, paper_pdf
from participants.tests.factories import make_curator, make_head, make_organization, make_person
from programs.tests.factories import make_pair, make_program

pytestmark = [pytest.mark.django_db, pytest.mark.files]
DAY = date(2026, 11, 20)
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


def test_two_thousand_points_of_a_real_length_are_taken_from_the_form(client, program, curator):
    order = award(program, curator, make_person(organization=program.organization))
    items = "\n".join(
        f"{number}. Провести встречу и записать её в журнал учёта {number}{'.' * 50}" for number in range(1, 2001)
    )
    client.force_login(curator)

    answer = client.post(
        reverse("documents:order-edit", args=[order.pk]),
        {"title": order.title, "body": f"Закон\n\nПРИКАЗЫВАЮ:\n\n{items}", "value_за_что": "помощь"},
    )

    order.refresh_from_db()
    content = order_content(order, [])
    assert (answer.status_code, len(content["points"]), content["points"][-1]["number"]) == (302, 2000, "2000.")


LONG = {"last_name": "Ы" * 80, "first_name": "Щ" * 60, "patronymic": "Ж" * 60}
DOUBLE = {"last_name": "Константинопольская-Верхнеуральская", "first_name": "Мария-Магдалина", "patronymic": "Олеговна"}


@pytest.mark.parametrize("names", [LONG, DOUBLE])
@pytest.mark.parametrize("key", ["addendum", "petition", "handover", "minutes", "attendance", "thanks", "work_extract"])
def test_a_name_of_two_hundred_letters_stays_on_the_sheet_of_every_letter(program, names, key, pdf_text, tmp_path):
    kind = LETTER_KINDS[key]
    person = make_person(organization=program.organization, position="заместитель директора " + "Ш" * 90, **names)
    pair = make_pair(program=program, mentor=person, mentees=[person], status="active")
    typed = {field.name: field.usual for field in kind.fields} | typed_at_first(program.organization, kind)
    typed |= dict.fromkeys(("petitioner", "successor", "taken_by", "chair", "secretary"), person)
    typed |= {"present": [person], "people": [person], "empty": 1, "event": "Встреча", "reason": "переездом"}
    typed |= {"question_1": "О парах", "decided_1": "Утвердить", "dated_on": DAY, "starts_on": DAY, "ends_on": DAY}
    subject = Subject(program.organization, program=program, pair=pair, person=person)

    pdf = paper_pdf(key, letter_content(kind, subject, typed))

    assert reach_of(pdf, tmp_path) < A4_WIDTH - RIGHT_MARGIN + 5  # the line for the hand is as long as it is
    assert page_count(pdf) <= 4 * kind.copies
    # Every part of the surname is printed, none behind another.
    squeezed = pdf_text(pdf).replace(" ", "").casefold()
    assert names["last_name"][:12].casefold() in squeezed


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
