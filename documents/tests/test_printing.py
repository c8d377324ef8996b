from pathlib import Path

import pytest

from documents import filing
from documents.filing import file_order_papers, file_waiting_papers
from documents.models import Order, Paper
from documents.paper_kinds import AGREEMENT
from documents.printing import draft_agreement_pdf, draft_order_pdf, paper_pdf
from documents.tasks import file_order_papers_task, file_waiting_papers_task
from documents.tests.factories import make_order
from mentorship.pdf import PaperError, sha256_of
from participants.models import Person
from participants.tests.factories import (
    make_curator,
    make_head,
    make_mentee_entry,
    make_mentor_entry,
    make_organization,
    make_person,
)
from programs.models import MentoringForm
from programs.tests.factories import make_form, make_pair, make_program

pytestmark = pytest.mark.django_db


def make_school_order(*, status="submitted"):
    """A pair of teachers and a pupil with a mentor from a firm, under people with names."""
    organization = make_organization(
        short_name="МОУ СШ № 1", head_position="Директор МОУ СШ № 1", parent=make_organization(full_name="Управление")
    )
    curator = make_curator(
        organization, last_name="Петрова", first_name="Анна", patronymic="Ивановна", position="методист"
    )
    make_head(organization, last_name="Сергеев", first_name="Олег", patronymic="Юрьевич", gender="male")
    program = make_program(organization=organization)
    people = [
        {"last_name": "Иванова", "first_name": "Мария", "patronymic": "Петровна", "position": "учитель математики"},
        {
            "last_name": "Белый",
            "first_name": "Илья",
            "patronymic": "Андреевич",
            "gender": "male",
            "position": "логопед",
        },
        {
            "last_name": "Ким",
            "first_name": "Дарья",
            "patronymic": "Львовна",
            "kind": "pupil",
            "position": "7 «А» класс",
        },
    ]
    mentor, teacher, pupil = [make_person(organization=organization, **values) for values in people]
    make_mentor_entry(person=mentor)
    make_mentee_entry(person=teacher)
    make_mentee_entry(person=pupil)
    forms = [MentoringForm.objects.get_or_create(name="педагог – педагог")[0], make_form(name="педагог – ученик")]
    pairs = [
        make_pair(program=program, mentor=mentor, mentees=[teacher], form=forms[0], topic="Работа с классом"),
        make_pair(program=program, mentor=mentor, mentees=[pupil], form=forms[1]),
    ]
    return make_order(program=program, pairs=pairs, status=status, by=curator)


def test_the_order_prints_its_requisites_and_names_in_their_cases(pdf_text):
    order = make_school_order(status="approved")

    text = pdf_text(paper_pdf(order.kind, order.snapshot))

    for words in (
        "Управление",
        "(МОУ СШ № 1)",
        "ПРИКАЗ 1 октября 2026 г.",
        "№ 1-од",
        "В соответствии со статьёй 351.8 Трудового кодекса Российской Федерации",
        "№ Р-145, положением о системе наставничества Муниципального общеобразовательного учреждения «Средняя школа",
        "ПРИКАЗЫВАЮ:",
        "1.1. Иванову Марию Петровну, учителя математики, – за Белым Ильёй Андреевичем, логопедом;",
        "1.2. Иванову Марию Петровну, учителя математики, – за Ким Дарьей Львовной, обучающейся 7 «А» класса.",
        "представить их методисту Петровой Анне Ивановне",
        "Возложить на методиста Петрову Анну Ивановну:",
        "Директор МОУ СШ № 1 О.Ю. Сергеев",
        "Приложение к приказу МОУ СШ № 1 от 01.10.2026 № 1-од",
        "Белый Илья Андреевич, логопед",
        "с 01.10.2026 по 31.05.2027",
        "С приказом от 01.10.2026 № 1-од ознакомлены:",
    ):
        assert words in text
    assert "Проект" not in text


def test_a_draft_prints_the_same_with_lines_to_fill(pdf_text):
    order = make_school_order()

    text = pdf_text(draft_order_pdf(order))

    for words in ("Проект", "№ ____", "1.1. Иванову Марию Петровну", "О.Ю. Сергеев"):
        assert words in text


def test_the_agreement_prints_two_copies_with_names_in_their_cases(pdf_text):
    order = make_school_order(status="approved")
    agreement = order.agreements.get(mentee__person__last_name="Белый")

    text = pdf_text(paper_pdf(AGREEMENT, agreement.paper.content))

    for words in (
        "о сотрудничестве наставника Ивановой Марии Петровны и наставляемого Белого Ильи Андреевича",
        "между Ивановой Марией Петровной, учителем математики, далее – наставник, и Белым Ильёй Андреевичем, логопедом,",
        "на основании приказа директора МОУ СШ № 1 от 1 октября 2026 г. № 1-од",
        "Тема (запрос): Работа с классом.",
        "действует 8 месяцев (по 31 мая 2027 г.)",
        "М.П. Иванова",
        "И.А. Белый",
    ):
        assert text.count(words) == 2
    assert [text.count(f"Экземпляр № {number}") for number in (1, 2, 3)] == [1, 1, 0]
    assert "Законный представитель" not in text


def test_the_agreement_of_a_pupil_has_a_line_for_the_representative(pdf_text):
    order = make_school_order()
    member = order.pairs.get(members__person__last_name="Ким").members.get()

    text = pdf_text(draft_agreement_pdf(order, member))

    assert text.count("Законный представитель") == 2
    assert "Тема (запрос)" not in text


def test_the_annex_of_many_pairs_repeats_its_head(pdf_text):
    program = make_program()
    order = make_order(program=program, pairs=[make_pair(program=program) for _number in range(40)])

    text = pdf_text(draft_order_pdf(order))

    assert text.count("Форма наставничества") > 1


def test_filed_papers_are_kept_with_their_sums():
    order = make_order(status="approved", pairs=2)

    file_order_papers(order)

    order.refresh_from_db()
    for paper in [order.paper, *(agreement.paper for agreement in order.agreements.all())]:
        assert sha256_of(paper.pdf.read()) == paper.pdf_sha256


def test_a_filed_paper_is_not_made_again(monkeypatch):
    order = make_order(status="approved")
    file_order_papers(order)
    order.refresh_from_db()
    kept = (order.paper.pdf.name, order.paper.pdf_sha256)
    Person.objects.update(last_name="Другая")
    monkeypatch.setattr(filing, "pdf_from_html", None)

    file_order_papers_task(order.pk)

    order.refresh_from_db()
    assert (order.paper.pdf.name, order.paper.pdf_sha256) == kept


def test_the_file_is_made_of_the_snapshot_not_of_today(pdf_text):
    order = make_order(status="approved")
    sheets = pdf_text(paper_pdf(order.kind, order.snapshot))
    Person.objects.update(last_name="Другая")

    file_order_papers(order)

    order.refresh_from_db()
    kept = pdf_text(order.paper.pdf.read())
    mark = kept[kept.index("Проверка подлинности") : kept.index(order.paper.code) + len(order.paper.code) + 1]
    assert kept.replace(mark, "").split() == sheets.split()


def test_of_two_workers_the_later_throws_its_file_away():
    order = make_order(status="approved")
    folder = Path(order.paper.pdf.storage.location)
    before = set(folder.rglob("*.pdf"))
    first, second = Paper.objects.get(pk=order.paper.pk), Paper.objects.get(pk=order.paper.pk)

    filing.file_paper(first)
    filing.file_paper(second)

    order.paper.refresh_from_db()
    assert first.pdf.name == second.pdf.name == order.paper.pdf.name
    assert set(folder.rglob("*.pdf")) - before == {Path(order.paper.pdf.path)}


def test_file_waiting_papers_takes_up_what_was_left():
    order = make_order(status="approved")
    make_order(status="submitted")
    file_order_papers(make_order(status="approved"))
    file_order_papers(order)
    Paper.objects.filter(agreement__order=order).update(pdf="", pdf_sha256="")

    assert (file_waiting_papers(), file_waiting_papers()) == (1, 0)


def test_one_paper_that_fails_does_not_stop_the_others(monkeypatch, caplog):
    first, second = make_order(status="approved"), make_order(status="approved")
    real = filing.file_paper

    def fail_for_first(paper):
        if paper == first.paper:
            raise PaperError("no font")
        real(paper)

    monkeypatch.setattr(filing, "file_paper", fail_for_first)
    file_waiting_papers_task()

    assert [bool(Order.objects.get(pk=order.pk).paper.pdf) for order in (first, second)] == [False, True]
    assert [record.name for record in caplog.records if record.levelname == "ERROR"] == ["documents.filing"]


def test_the_task_passes_over_an_order_that_is_gone_or_not_approved():
    order = make_order(status="submitted")

    file_order_papers_task(order.pk)
    file_order_papers_task(0)

    assert not Paper.objects.exists()
