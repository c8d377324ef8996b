"""The words of every kind's PDF beside its Word document and a reference that a person has read (tests/references/).

A text that changes on purpose is read first, every case and comma, then the references are written anew:
RENEW_REFERENCES=1 .venv/bin/python -m pytest documents/tests/test_references.py
"""

import io
import os
import re
from datetime import date
from pathlib import Path

import pytest
from django.utils import translation
from pypdf import PdfReader

from documents.order_kinds import KINDS
from documents.orders import approve_order, draft_order, submit_order
from documents.printing import paper_html, paper_pdf
from documents.regulations import change_edition
from documents.repealing import link_order
from documents.tests.factories import make_annexed, make_approved, make_order
from documents.word import word_document
from documents.word_reading import lines_of_word
from participants.tests.factories import (
    make_coordinator,
    make_curator,
    make_head,
    make_organization,
    make_person,
    make_user,
)
from programs.models import MentoringForm
from programs.tests.factories import make_pair, make_program

pytestmark = [pytest.mark.django_db, pytest.mark.files]
REFERENCES = Path(__file__).parent / "references"
TYPED = {
    "последний день": "2026-11-30",
    "день назначения": "2026-12-01",
    "день введения": "2026-12-01",
    "протокол": "протокол от 18.11.2026 № 3",
    "за что": "результативную работу в программе наставничества",
    "название конкурса": "Лучший наставник",
    "сроки мониторинга": "первый этап – декабрь 2026 г.\nвторой этап – май 2027 г.",
    "планируемые результаты": "не менее 30 % молодых педагогов работают с наставниками\nзначения показателей достигнуты",
    "задачи группы": "разработать план мероприятий («дорожную карту»)\nпровести собрание педагогов",
    "выводы": "план мероприятий выполнен полностью\nпары работали по утверждённым программам",
    "задачи": "расширить форму «ученик – ученик»\nобучить трёх новых наставников",
    "номинации": "«Наставник молодого педагога»\n«Наставник обучающегося»",
    "начало внедрения": "2026-12-01",
    "конец внедрения": "2027-05-31",
    "начало мониторинга": "2026-12-07",
    "конец мониторинга": "2026-12-18",
    "срок справки": "2026-12-25",
    "срок сведений": "2026-12-21",
    "срок приказов": "2026-12-10",
    "срок заявок": "2027-02-15",
    "начало работы": "2026-12-01",
    "конец работы": "2027-05-31",
    "начало конкурса": "2027-02-01",
    "конец конкурса": "2027-03-31",
}
REASONS = {"replacement_order": "увольнением наставника", "ending_order": "завершением программы наставничества"}


@pytest.fixture(autouse=True)
def autumn(time_machine):
    time_machine.move_to("2026-11-20 12:00", tick=False)


def make_scene(kind):
    """An invented organization of the kind's sort with its people: (program, by, head, first, second)."""
    if kind.is_municipal:
        organization = make_organization(
            kind="education_office",
            full_name="Управление образования администрации города Кедровска",
            short_name="УО г. Кедровска",
            head_position="Начальник управления образования",
            place="г. Кедровск",
        )
        by = make_coordinator(organization, last_name="Северова", first_name="Ольга", patronymic="Юрьевна")
    else:
        organization = make_organization(
            full_name="Муниципальное бюджетное общеобразовательное учреждение «Средняя школа № 7»",
            short_name="МБОУ «СШ № 7»",
            head_position="Директор",
            place="г. Кедровск",
        )
        by = make_curator(
            organization, last_name="Куратова", first_name="Анна", patronymic="Ильинична", position="методист"
        )
    head = make_head(organization, last_name="Главный", first_name="Олег", patronymic="Игоревич", gender="male")
    names = (
        ("Иванова", "Мария", "Петровна", "female", "учитель физики"),
        ("Петренко", "Илья", "Олегович", "male", "заместитель директора по учебной работе"),
    )
    people = [
        make_person(
            organization=organization,
            last_name=last,
            first_name=first,
            patronymic=patronymic,
            gender=gender,
            position=position,
            user=make_user(),
        )
        for last, first, patronymic, gender, position in names
    ]
    return make_program(organization=organization), by, head, *people


def pair_of(program, first, second, **values):
    form = MentoringForm.objects.get(name="педагог – педагог", organization=None)
    return make_pair(program=program, mentor=first, mentees=[second], form=form, **values)


def approved_example(kind):
    """The order of the kind with everything filled in, approved."""
    program, by, head, first, second = make_scene(kind)
    if kind.annexes:
        edition = make_annexed(program, by=head)
        change_edition(
            edition,
            by=head,
            council_minutes="протокол от 18.11.2026 № 3",
            agreed_with="первичной профсоюзной организацией (протокол от 17.11.2026 № 2)",
        )
    named = {
        "people": {
            slot.role: [(first, slot.usual_words), (second, slot.usual_words)][: 1 + slot.is_list]
            for slot in kind.people
        },
        "values": {value.placeholder: TYPED.get(value.placeholder, REASONS.get(kind.key)) for value in kind.values},
    }
    if kind.ends_pairs:
        old = pair_of(program, first, second, topic="Ведение урока")
        make_approved(make_order(program=program, pairs=[old], status="submitted", by=by), head=head)
        old.refresh_from_db()
        named["ended_pairs"] = [old]
    if kind.takes_pairs:
        named["pairs"] = [pair_of(program, second, first, topic="Подготовка к аттестации")]
    if kind.key == "programs_order":
        pair_of(program, first, second, topic="Ведение урока", status="active")
    if kind.key in {"roadmap_order", "municipal_monitoring_order"}:
        named["people"]["controller"] = [(second, "")]
    order = draft_order(program, kind=kind.key, by=by, **named)
    if kind.names_earlier:
        earlier = make_approved(make_order(program=program, status="submitted", by=by), head=head)
        link_order(order, earlier, action="repeals", by=by)
    submit_order(order, by=by)
    return approve_order(order, by=head, approved_on=date(2026, 11, 20))


def words_of(pdf):
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]
    lines = [[" ".join(line.split()) for line in page.splitlines()] for page in pages]
    return "\n\f\n".join("\n".join(filter(None, page)) for page in lines) + "\n"


def words_missing(text, other):
    """The words of a text that another one has not; a narrow column may have broken them in two or three."""
    glued, parts = re.sub(r"\s+", "", other), set(re.findall(r"\w+", other))
    return sorted({word for word in re.findall(r"\w+", text) if word not in glued and not is_made_of(word, parts)})


def is_made_of(word, parts):
    return word in parts or any(word[:at] in parts and is_made_of(word[at:], parts) for at in range(2, len(word) - 1))


@pytest.mark.parametrize("key", KINDS)
def test_the_words_of_the_pdf_are_those_that_were_read(key):
    with translation.override("ru"):
        content = approved_example(KINDS[key]).snapshot
        pdf = paper_pdf(key, content)
    reference = REFERENCES / f"{key}.txt"
    if os.environ.get("RENEW_REFERENCES"):
        REFERENCES.mkdir(exist_ok=True)
        reference.write_text(words_of(pdf))
        if folder := os.environ.get("KEEP_PDFS"):
            (Path(folder) / f"{key}.pdf").write_bytes(pdf)

    assert words_of(pdf) == reference.read_text()
    document = word_document(paper_html(key, content), title=key)
    in_word, in_pdf = " ".join(lines_of_word(document)), words_of(pdf)
    assert words_missing(in_word, in_pdf) == []
    assert [
        word for word in words_missing(in_pdf, in_word) if not word.isdigit()
    ] == []  # the printer numbers its sheets
