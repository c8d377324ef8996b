"""The regulation: editions, sections, rules in words, what an order does with it, differences."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from documents.faults import order_faults
from documents.holdings import texts
from documents.models import Blank, RegulationEdition, RegulationSection
from documents.orders import approve_order, draft_order, submit_order
from documents.printing import regulation_pdf
from documents.regulation_texts import (
    changes_between,
    check_section,
    filled,
    numbered_by,
    ready_sections,
    rules_in_words,
)
from documents.regulations import (
    change_edition,
    delete_edition,
    delete_section,
    draft_edition,
    paragraphs_of,
    raise_section,
    regulation_content,
    save_section,
)
from participants.tests.factories import make_curator, make_head, make_organization, make_person, make_staff
from programs.tests.factories import make_program


# --- the text, without a database -------------------------------------------------------------------------------------
def test_the_ready_text_has_the_sections_of_the_field_and_knows_its_words():
    sections = ready_sections()

    assert len(sections) == 7
    for _title, text in sections:
        check_section(text)


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ((1, 1, 1, 1), ["одного наставляемого", "1 года", "1 месяца", "1 месяца"]),
        ((2, 2, 12, 3), ["двух наставляемых", "2 лет", "12 месяцев", "3 месяцев"]),
        ((21, 21, 21, 11), ["двадцати одного наставляемого", "21 года", "21 месяца", "11 месяцев"]),
    ],
)
def test_rules_stand_in_the_genitive(figures, expected):
    mentees, years, term, program = figures

    words = rules_in_words(mentees=mentees, service_years=years, term_months=term, program_months=program)

    assert [each.replace("\xa0", " ") for each in words.values()] == expected


def test_grounds_become_a_list():
    assert filled("5.7. Основания:\n{основания замены}", {}, ["отказ", "перевод."]) == (
        "5.7. Основания:\n– отказ;\n– перевод."
    )


def test_points_bear_the_number_of_their_section():
    assert numbered_by("5.1. А\n– б\n5.10. В", 6) == "6.1. А\n– б\n6.10. В"


@pytest.mark.parametrize(
    "text",
    ["1.1. А\n{неизвестное}", "1.1. А\n{организация", "1.1. А\n}", "1.1. А\n{организацыи}", "1.1. А\n{{организация}}"],
)
def test_braces_that_say_nothing_are_refused_with_their_line(text):
    with pytest.raises(ValidationError, match=r"^\['Строка 2: "), translation.override("ru"):
        check_section(text)


def test_differences_are_told_by_words():
    changes = changes_between(["А", "срок два года", "В"], ["А", "срок три года", "Г", "В"])

    assert [change.kind for change in changes] == ["same", "changed", "added", "same"]
    assert changes[1].pieces == (("same", "срок "), ("removed", "два"), ("added", "три"), ("same", " года"))


# --- editions ---------------------------------------------------------------------------------------------------------
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def autumn(time_machine):
    time_machine.move_to("2026-11-20 12:00", tick=False)


@pytest.fixture
def organization():
    organization = make_organization(short_name="МОУ СШ № 7", full_name="Средняя школа № 7")
    make_head(organization)
    return organization


@pytest.fixture
def curator(organization):
    return make_curator(organization)


@pytest.fixture
def program(organization):
    return make_program(organization=organization)


def put_in_force(program, curator):
    order = draft_order(
        program,
        kind="regulation_order",
        by=curator,
        values={"протокол": "протокол от 18.11.2026 № 3", "день введения": "2026-12-01"},
    )
    submit_order(order, by=curator)
    return approve_order(order, by=program.organization.head(), approved_on=date(2026, 11, 20))


def test_an_order_puts_the_edition_in_force_and_supersedes_the_former_one(program, curator, organization):
    first = draft_edition(organization, by=curator)
    put_in_force(program, curator)
    second = draft_edition(organization, by=curator)

    order = put_in_force(program, curator)

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.status, first.superseded_on) == ("superseded", date(2026, 12, 1))
    assert (second.status, second.number, second.order) == ("in_force", 2, order)
    point = order.snapshot["points"][1]["text"].replace("\xa0", " ")
    assert point == (
        "Признать утратившим силу положение о системе наставничества, утверждённое приказом от 20.11.2026 "
        f"№ {first.order.number}."
    )


def test_an_edition_approved_ahead_leaves_the_former_one_its_last_days(program, curator, organization, time_machine):
    """In force from 1 December, approved on 20 November."""
    first = draft_edition(organization, by=curator)
    change_edition(first, by=curator, title="Первое")
    put_in_force(program, curator)
    RegulationEdition.objects.filter(pk=first.pk).update(in_force_from=date(2026, 9, 1))
    second = draft_edition(organization, by=curator)
    put_in_force(program, curator)

    first.refresh_from_db()
    second.refresh_from_db()
    with translation.override("en"):
        before = [first.dated_state, second.dated_state]
        time_machine.move_to("2026-12-01 12:00", tick=False)
        after = [first.dated_state, second.dated_state]

    assert before == [("in_force", "in force until 30.11.2026"), ("waiting", "comes into force on 01.12.2026")]
    assert after == [("superseded", "superseded"), ("in_force", "in force")]
    days = (date(2026, 8, 31), date(2026, 11, 30), date(2026, 12, 1))
    assert [list(RegulationEdition.objects.in_force_on(day)) for day in days] == [[], [first], [second]]


def test_what_is_odd_in_an_annexed_regulation_is_named_before_approval(program, curator, organization):
    make_organization(short_name="МОУ СШ № 8")
    edition = draft_edition(organization, by=curator)
    section = edition.sections.get(place=1)
    section.text += "\n1.8. Встречи проводит МОУ СШ № 8 😀, нaставник."  # with a Latin «a»
    save_section(section, by=curator)
    order = draft_order(program, kind="regulation_order", by=curator)

    found = [(fault.text, fault.place) for fault in order_faults(order, []) if fault.place]

    assert [place for _text, place in found] == ["annex-1"] * 3
    assert ["МОУ СШ № 8" in found[0][0], "😀" in found[1][0], "нaставник" in found[2][0]] == [True] * 3


def test_an_edition_in_force_stays_as_it_was_approved(program, curator, organization):
    edition = draft_edition(organization, by=curator)
    put_in_force(program, curator)
    organization.full_name = "Переименованная школа"
    organization.save()

    edition = RegulationEdition.objects.get(pk=edition.pk)

    assert "Средней школы № 7" in regulation_content(edition)["of"]
    for step in (
        lambda: change_edition(edition, by=curator, title="Другое"),
        lambda: save_section(edition.sections.first(), by=curator),
        lambda: delete_edition(edition, by=curator),
    ):
        with pytest.raises(ValidationError):
            step()


def test_an_edition_that_waits_with_an_order_is_not_changed(program, curator, organization):
    edition = draft_edition(organization, by=curator)
    order = draft_order(
        program,
        kind="regulation_order",
        by=curator,
        values={"протокол": "протокол № 3", "день введения": "2026-12-01"},
    )
    submit_order(order, by=curator)

    with pytest.raises(ValidationError):
        change_edition(edition, by=curator, title="Другое")


def test_one_draft_at_a_time(organization, curator):
    draft_edition(organization, by=curator)

    with pytest.raises(ValidationError):
        draft_edition(organization, by=curator)


def test_sections_are_moved_deleted_and_numbered_anew(organization, curator):
    edition = draft_edition(organization, by=curator)
    raise_section(edition.sections.get(place=2), by=curator)
    delete_section(edition.sections.get(place=3), by=curator)
    save_section(RegulationSection(edition=edition, title="Новый раздел", text="1.1. Слова."), by=curator)

    lines = paragraphs_of(edition)

    assert [line for line in lines if line[0].isdigit() and line[2] == " "] == [
        "1. Нормативное обеспечение",
        "2. Общие положения",
        "3. Формы и виды наставничества",
        "4. Порядок организации наставничества",
        "5. Управление и участники",
        "6. Мониторинг и оценка результатов",
        "7. Новый раздел",
    ]
    assert lines[-1] == "7.1. Слова."


def test_the_sheet_bears_its_marks(program, organization, curator, pdf_text):
    edition = draft_edition(organization, by=curator)
    change_edition(edition, by=curator, council_minutes="протокол от 18.11.2026 № 3", agreed_with="советом родителей")
    order = put_in_force(program, curator)

    text = pdf_text(regulation_pdf(RegulationEdition.objects.select_related("order").get(pk=edition.pk)))

    assert "ПРИНЯТО педагогическим советом (протокол от 18.11.2026 № 3)" in text
    assert "СОГЛАСОВАНО советом родителей" in text
    assert f"от 20.11.2026 № {order.number}" in text


@pytest.mark.parametrize(("side", "first"), [("right", "ПРИНЯТО"), ("left", "УТВЕРЖДЕНО")])
def test_the_grif_stands_where_the_own_layout_wants_it(client, organization, curator, side, first):
    Blank.objects.create(organization=organization, standard="own", grif_side=side)
    edition = draft_edition(organization, by=curator)
    change_edition(edition, by=curator, council_minutes="протокол от 18.11.2026 № 3")
    client.force_login(curator)

    page = client.get(edition.get_absolute_url()).content.decode()

    assert min(['grif__word">ПРИНЯТО', 'grif__word">УТВЕРЖДЕНО'], key=page.index).endswith(first)


def test_a_person_named_in_the_regulation_is_found(organization, curator):
    edition = draft_edition(organization, by=curator)
    section = edition.sections.first()
    section.text += "\nКуратор – Вишневецкая Ирина Львовна."
    section.save()
    person = make_person(organization=organization, last_name="Вишневецкая", first_name="Ирина", patronymic="Львовна")

    named = [free.what for free in texts(person) for row in free.rows if "Вишневецкая" in str(vars(row))]

    assert named == [_("editions of the regulation")]


def test_only_curator_and_head_write_it(organization):
    with pytest.raises(PermissionDenied):
        draft_edition(organization, by=make_staff(organization))


# --- pages ------------------------------------------------------------------------------------------------------------
def test_the_regulation_is_written_and_read_in_the_browser(client, program, curator, organization):
    client.force_login(curator)
    client.post(reverse("documents:regulation-add"))
    edition = RegulationEdition.objects.get()
    section = edition.sections.get(place=5)
    address = reverse("documents:section-edit", args=[edition.pk, section.pk])

    wrong = client.post(address, {"title": section.title, "text": "5.1. {пустое}"})
    right = client.post(address, {"title": "Порядок", "text": "5.1. Новый порядок."})
    put_in_force(program, curator)
    client.post(reverse("documents:regulation-add"))
    second = RegulationEdition.objects.get(number=2)
    client.post(
        reverse("documents:section-edit", args=[second.pk, second.sections.get(place=5).pk]),
        {"title": "Порядок", "text": "5.1. Совсем новый порядок."},
    )
    compared = client.get(reverse("documents:regulation-compare", args=[second.pk, edition.pk]))

    assert (wrong.status_code, right.status_code) == (422, 302)
    assert "<ins>Совсем новый</ins>" in compared.content.decode()
    for name, args in (
        ("regulation-list", []),
        ("regulation", [second.pk]),
        ("regulation", [edition.pk]),
        ("regulation-edit", [second.pk]),
        ("section-add", [second.pk]),
        ("regulation-delete", [second.pk]),
        ("regulation-file", [edition.pk]),
    ):
        assert client.get(reverse(f"documents:{name}", args=args)).status_code == 200


def test_who_edits_a_section_sees_what_stands_for_its_braces_and_is_asked_before_it_goes(client, organization, curator):
    edition = draft_edition(organization, by=curator)
    section = edition.sections.get(place=5)
    address = reverse("documents:section-delete", args=[edition.pk, section.pk])
    client.force_login(curator)

    form = client.get(reverse("documents:section-edit", args=[edition.pk, section.pk])).content.decode()
    asked = client.get(address)

    assert "двух наставляемых" in form
    assert (asked.status_code, edition.sections.count()) == (200, 7)
    client.post(address)
    assert edition.sections.count() == 6


def test_strangers_see_no_regulation(client, organization, curator):
    edition = draft_edition(organization, by=curator)
    client.force_login(make_curator(make_organization(slug="stranger")))

    assert client.get(edition.get_absolute_url()).status_code == 404
