"""Letters: what each kind prints, who may make them, their numbers."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from documents.filing import file_paper, words_of
from documents.letter_contents import Subject, letter_content
from documents.letter_kinds import LETTER_KINDS
from documents.letter_naming import others_named, points_naming
from documents.letter_texts import typed_at_first
from documents.letters import addendum_of, make_letter, pairs_without_addendum, preview
from documents.letters_of_orders import with_leads
from documents.models import Letter, Paper
from documents.printing import paper_html, paper_pdf
from documents.tests.factories import make_approved, make_order
from participants.acting_heads import appoint_acting_head
from participants.models import Person
from participants.tests.factories import make_curator, make_head, make_organization, make_person, make_staff
from programs.models import Pair
from programs.tests.factories import make_meeting, make_pair, make_program, make_report

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def autumn(time_machine):
    time_machine.move_to("2026-11-20 12:00", tick=False)


@pytest.fixture
def organization():
    return make_organization(
        short_name="МОУ СШ № 7",
        full_name="Муниципальное общеобразовательное учреждение «Средняя школа № 7»",
        head_position="Директор",
    )


@pytest.fixture
def curator(organization):
    return make_curator(
        organization, last_name="Куратова", first_name="Анна", patronymic="Ильинична", position="методист"
    )


@pytest.fixture
def pair(organization):
    make_head(organization, last_name="Орлов", first_name="Пётр", patronymic="Ильич", gender="male")
    mentor = make_person(
        organization=organization,
        last_name="Иванова",
        first_name="Мария",
        patronymic="Петровна",
        position="учитель физики",
    )
    mentee = make_person(
        organization=organization,
        last_name="Смирнов",
        first_name="Олег",
        gender="male",
        patronymic="Игоревич",
        position="учитель математики",
    )
    program = make_program(organization=organization)
    return make_pair(program=program, mentor=mentor, mentees=[mentee], status="active")


def about(pair, **values):
    return Subject(pair.organization, program=pair.program, pair=pair, **values)


def usual(key, **values):
    kind = LETTER_KINDS[key]
    typed = {field.name: field.usual for field in kind.fields} | typed_at_first(make_organization(), kind)
    return typed | {"dated_on": DAY} | values


ADDENDUM_VALUES = {"starts_on": date(2026, 10, 1), "ends_on": date(2027, 5, 31), "contract_on": None}


def words(key, subject, **values):
    kind = LETTER_KINDS[key]
    content = letter_content(kind, subject, usual(key, **values), number="7")
    return " ".join(words_of(paper_html(key, content)).replace("\xa0", " ").split())


# --- what the kinds print ---------------------------------------------------------------------------------------------
def test_an_addendum_names_both_sides_in_their_cases(pair):
    text = words(
        "addendum", about(pair), **ADDENDUM_VALUES | {"contract_number": "15", "contract_on": date(2019, 9, 2)}
    )

    assert "в лице директора МОУ СШ № 7 Орлова Петра Ильича, действующего на основании устава" in text
    assert "Иванова Мария Петровна, учитель физики (далее – Работник) в соответствии со статьями 72 и 351.8" in text
    assert "к трудовому договору от 2 сентября 2019 г. № 15" in text
    assert "в отношении Смирнова Олега Игоревича, учителя математики" in text
    assert "не менее чем за три рабочих дня" in text
    assert text.count("Экземпляр дополнительного соглашения получил(а)") == 2


def test_who_acts_for_the_head_signs_and_is_written_to_as_one(pair, curator):
    deputy = make_staff(
        pair.organization,
        last_name="Коновалова",
        first_name="Оксана",
        patronymic="Павловна",
        gender="female",
        position="учитель истории",
    ).people.get()
    days = {"starts_on": DAY, "ends_on": DAY, "order_number": "16-к", "ordered_on": date(2026, 11, 19)}
    appoint_acting_head(deputy, by=curator, **days)

    addendum = words("addendum", about(pair), **ADDENDUM_VALUES)
    petition = words("petition", about(pair), petitioner=pair.mentor, reason="он уходит")
    thanks = words("thanks", about(pair, person=pair.mentor), layout="portrait", has_background=False)
    the_day_before = words("addendum", about(pair), **ADDENDUM_VALUES | {"dated_on": date(2026, 11, 19)})

    assert "в лице и.о. директора МОУ СШ № 7 Коноваловой Оксаны Павловны" in addendum
    assert "действующей на основании приказа от 19 ноября 2026 г. № 16-к, и Иванова" in addendum
    assert "И.о. директора МОУ СШ № 7 ______________ О.П. Коновалова" in addendum
    assert "И.о. директора МОУ СШ № 7 Коноваловой О.П." in petition
    assert "И.о. директора МОУ СШ № 7 О.П. Коновалова" in thanks
    assert "в лице директора МОУ СШ № 7 Орлова Петра Ильича, действующего на основании устава" in the_day_before


def test_what_is_not_known_of_the_contract_is_a_line(pair):
    assert "к трудовому договору от «___» __________ ____ г. № ____________" in words(
        "addendum", about(pair), **ADDENDUM_VALUES
    )


def test_an_addendum_for_work_with_a_pupil_rests_on_another_article(pair):
    pair.mentees[0].__class__.objects.filter(pk=pair.mentees[0].pk).update(
        kind=Person.Kind.PUPIL, position="7 «А» класс"
    )
    pair = Pair.objects.for_register().get(pk=pair.pk)

    assert "статьями 60.2 и 72" in words("addendum", about(pair), **ADDENDUM_VALUES)
    assert pairs_without_addendum([pair]) == []


def test_a_petition_goes_to_the_head_from_somebody(pair, curator):
    text = words(
        "petition",
        about(pair),
        petitioner=curator.people.get(),
        reason="наставник переходит в другую школу.",
        successor=None,
    )

    assert "Директору МОУ СШ № 7 Орлову П.И. от Куратовой Анны Ильиничны, методиста" in text
    assert "о замене наставника Ивановой Марии Петровны, учителя физики" in text
    assert "в связи с тем, что наставник переходит в другую школу." in text
    assert "Предлагаю" not in text


def test_an_act_of_hand_over_lists_what_is_given(pair, curator):
    text = words("handover", about(pair), taken_by=curator.people.get(), things="журнал\nпрограмма", remarks="")

    assert "1 журнал 2 программа" in text
    assert "Замечания сторон: нет." in text
    assert "Сдал:" in text
    assert "Принял:" in text


def test_minutes_leave_out_empty_questions(pair, curator):
    person = curator.people.get()
    text = words(
        "minutes",
        Subject(pair.organization, program=pair.program),
        chair=pair.mentor,
        secretary=person,
        present=[pair.mentor, pair.mentees[0]],
        others="Гость И.И.",
        question_1="О парах",
        heard_1="Куратову А.И. о парах",
        spoke_1="",
        decided_1="Утвердить пары\nВести журнал!",
    )

    assert "Присутствовали: 4 чел. (Смирнов О.И., Гость И.И.)" in text
    assert "Повестка дня: 1. О парах. 1. О парах СЛУШАЛИ: Куратову А.И. о парах." in text
    assert "РЕШИЛИ: 1.1. Утвердить пары. 1.2. Вести журнал! Голосовали: единогласно." in text
    assert "ВЫСТУПИЛИ" not in text
    assert "2." not in text.split("РЕШИЛИ")[1].replace("1.2.", "")


def test_an_attendance_sheet_has_roles_and_empty_lines(pair):
    program = Subject(pair.organization, program=pair.program)
    content = letter_content(
        LETTER_KINDS["attendance"],
        program,
        usual("attendance", event="Установочная встреча", people=[pair.mentor, pair.mentees[0]], empty=2),
    )

    rows = content["table"]["rows"]
    assert [row[4] for row in rows] == ["наставник", "наставляемый", "", ""]


def test_a_letter_of_thanks_speaks_to_a_person_or_to_somebody_outside(pair):
    one = words("thanks", Subject(pair.organization, person=pair.mentor))
    other = words("thanks", Subject(pair.organization, outside="коллективу ООО «Рассвет»"))

    assert "Ивановой Марии Петровне учителю физики Уважаемая Мария Петровна!" in one
    assert "коллективу ООО «Рассвет»" in other
    assert "Уважаем" not in other


def test_a_certificate_fills_in_the_organization_and_the_year(pair):
    text = words("certificate", Subject(pair.organization, program=pair.program, person=pair.mentor))

    assert "СЕРТИФИКАТ № 7 Иванова Мария Петровна" in text
    assert "Муниципального общеобразовательного учреждения «Средняя школа № 7» в 2026/27 учебном году" in text.replace(
        "2026/2027", "2026/27"
    )


def test_an_extract_of_work_counts_meetings_and_hours_of_the_period(pair):
    make_meeting(pair=pair, held_on=date(2026, 10, 15), minutes=60)
    make_meeting(pair=pair, held_on=date(2026, 11, 2), minutes=30)
    make_meeting(pair=pair, held_on=date(2026, 11, 19), minutes=600)
    make_report(pair=pair, status="accepted", ends_on=date(2026, 10, 31), results="Ведёт урок без подсказок")
    text = words(
        "work_extract",
        Subject(pair.organization, program=pair.program, person=pair.mentor),
        starts_on=date(2026, 9, 1),
        ends_on=date(2026, 11, 10),
    )

    assert "Дана Ивановой Марии Петровне, учителю физики, в том, что в период" in text
    assert "Всего за период: 2 встречи, 1,5 часа." in text
    assert "Ведёт урок без подсказок" in text


@pytest.mark.parametrize("key", [key for key, kind in LETTER_KINDS.items() if kind.subject in ("pair", "person")])
def test_papers_stand_very_long_names(pair, key):
    Person.objects.filter(pk=pair.mentor.pk).update(last_name="Щ" * 80, first_name="Я" * 80, patronymic="🙂" * 40)
    pair = Pair.objects.for_register().get(pk=pair.pk)
    values = usual(key, **ADDENDUM_VALUES, petitioner=pair.mentor, taken_by=pair.mentor, reason="<b>{x}</b>")
    subject = about(pair, person=pair.mentor)

    assert paper_pdf(key, letter_content(LETTER_KINDS[key], subject, values)).startswith(b"%PDF")


# --- orders -----------------------------------------------------------------------------------------------------------
@pytest.fixture
def order(pair, curator):
    Pair.objects.filter(pk=pair.pk).update(status="proposed", started_on=None)
    pair = Pair.objects.get(pk=pair.pk)
    others = make_pair(
        program=pair.program,
        mentor=make_person(
            organization=pair.organization, last_name="Соколова", first_name="Ирина", patronymic="Львовна"
        ),
    )
    return make_approved(make_order(program=pair.program, pairs=[pair, others], status="submitted", by=curator))


def test_an_extract_holds_only_the_chosen_points_and_is_certified(order, pair, curator):
    points = order.paper.content["points"]
    chosen = points_naming(pair.mentor, points)
    text = words(
        "order_extract",
        Subject(order.organization, program=order.program, order=order),
        person=pair.mentor,
        points=chosen,
        certified_by=curator.people.get(),
    )

    assert "ВЫПИСКА ИЗ ПРИКАЗА" in text
    assert f"№ {order.number}" in text
    assert "Иванову Марию Петровну" in text
    assert "Соколов" not in text
    assert "Верно Методист" in text
    assert "А.И. Куратова 20.11.2026" in text
    assert others_named(order, pair.mentor, [points[place] for place in chosen]) == []


def test_a_lower_point_of_an_extract_keeps_the_words_that_it_goes_on_from():
    points = [
        {"number": number, "text": text}
        for number, text in [
            ("1.", "Внедрить модель."),
            ("2.", "Утвердить:"),
            ("2.1.", "положение."),
            ("2.2.", "план:"),
            ("2.2.1.", "на год."),
            ("3.", "Контроль."),
            ("", "Приписка."),
        ]
    ]

    chosen = [[point["number"] for point in with_leads(points, places)] for places in ([4], [3, 2], [5], [6])]

    assert chosen == [["2.", "2.2.", "2.2.1."], ["2.", "2.1.", "2.2."], ["3."], [""]]


def test_the_last_point_of_an_extract_ends_its_sentence():
    points = [
        {"number": "1.", "text": "Закрепить:"},
        {"number": "1.1.", "text": "Иванову – за Орловым;"},
        {"number": "1.2.", "text": "Петрову – за Лисиным."},
    ]

    assert [point["text"] for point in with_leads(points, [1])] == ["Закрепить:", "Иванову – за Орловым."]
    assert points[1]["text"].endswith(";")


def test_only_those_who_work_here_certify_and_preside(client, order, curator):
    pupil = make_person(organization=order.organization, kind="pupil")
    client.force_login(curator)
    fields = [
        client.get(reverse("documents:letter-new", args=[kind, key])).context["form"].fields[name].queryset
        for kind, key, name in [
            ("order_copy", order.pk, "certified_by"),
            ("minutes", order.program_id, "chair"),
            ("minutes", order.program_id, "secretary"),
        ]
    ]

    assert [(pupil in people, curator.people.get() in people) for people in fields] == [(False, True)] * 3


def test_points_that_name_others_are_known(order, pair):
    assert [person.last_name for person in others_named(order, pair.mentor, order.paper.content["points"])][-1:] == [
        "Соколова"
    ]


def test_a_copy_prints_the_order_as_it_was_frozen(order, pair, curator):
    Person.objects.filter(pk=pair.mentor.pk).update(last_name="Новая")
    text = words(
        "order_copy",
        Subject(order.organization, program=order.program, order=order),
        certified_by=curator.people.get(),
        kept_at="в деле № 01-05",
    )

    assert "КОПИЯ" in text
    assert "ПРИКАЗЫВАЮ:" in text
    assert "Иванову Марию Петровну" in text
    assert "Подлинник документа находится в деле № 01-05." in text


# --- making -----------------------------------------------------------------------------------------------------------
def make_addendum(pair, by, **values):
    return make_letter(LETTER_KINDS["addendum"], about(pair), usual("addendum", **ADDENDUM_VALUES | values), by=by)


def test_a_made_letter_is_a_paper_with_its_number_and_people(pair, curator, pdf_text):
    letter = make_addendum(pair, curator)
    file_paper(letter.paper)

    assert (letter.paper.number, letter.paper.series, letter.paper.number_year) == ("1", "addenda", 2026)
    assert set(letter.paper.people.all()) == {pair.mentor, *pair.mentees}
    assert letter.paper.code in pdf_text(letter.paper.pdf.read()).replace(" ", "")
    assert addendum_of(pair) == letter


def test_the_law_wants_an_addendum_of_an_employee_who_leads_an_employee(pair, curator):
    assert pairs_without_addendum([pair]) == [pair]
    make_addendum(pair, curator)
    assert pairs_without_addendum([pair]) == []


def test_nobody_else_has_a_labour_contract(pair, curator):
    Person.objects.filter(pk=pair.mentor.pk).update(kind=Person.Kind.OUTSIDE)

    with pytest.raises(ValidationError):
        make_addendum(Pair.objects.get(pk=pair.pk), curator)


def test_numbers_go_on_and_a_typed_one_is_kept_once(pair, curator):
    assert [make_addendum(pair, curator).paper.number for _time in range(2)] == ["1", "2"]
    assert make_addendum(pair, curator, number="5").paper.number == "5"
    with pytest.raises(ValidationError):
        make_addendum(pair, curator, number=" 05 ".strip().lstrip("0"))
    assert make_addendum(pair, curator).paper.number == "6"


def test_the_database_itself_keeps_numbers_apart(pair, curator):
    paper = make_addendum(pair, curator).paper
    other = make_addendum(pair, curator).paper

    with pytest.raises(IntegrityError), transaction.atomic():
        Paper.objects.filter(pk=other.pk).update(number_key=paper.number_key)


def test_a_preview_takes_no_number(pair):
    values = usual("addendum", **ADDENDUM_VALUES)

    assert [preview(LETTER_KINDS["addendum"], about(pair), values)[1] for _time in range(2)] == ["1", "1"]
    assert not Letter.objects.exists()


def test_only_the_curator_makes_letters(pair):
    with pytest.raises(PermissionDenied):
        make_addendum(pair, make_staff(pair.organization))


# --- pages ------------------------------------------------------------------------------------------------------------
def sent(**values):
    return {name: value.isoformat() if isinstance(value, date) else value or "" for name, value in values.items()}


def test_the_form_shows_the_paper_and_makes_it(client, pair, curator):
    client.force_login(curator)
    address = reverse("documents:letter-new", args=["addendum", pair.pk])
    data = sent(**usual("addendum", **ADDENDUM_VALUES))

    assert client.get(address).status_code == 200
    shown = client.post(address, data | {"preview": "1"})
    assert shown["Content-Type"] == "application/pdf"
    assert not Letter.objects.exists()
    made = client.post(address, data)
    letter = Letter.objects.get()
    assert made.url == letter.get_absolute_url()
    assert client.get(made.url).status_code == 200


def test_what_is_wrong_is_said_and_nothing_is_lost(client, pair, curator):
    client.force_login(curator)
    data = sent(**usual("addendum", **ADDENDUM_VALUES | {"ends_on": date(2026, 9, 1), "pay": "по договорённости"}))
    answer = client.post(reverse("documents:letter-new", args=["addendum", pair.pk]), data)

    assert answer.status_code == 422
    assert "по договорённости" in answer.content.decode()


@pytest.mark.parametrize("name", ["letter", "letter-file"])
def test_a_letter_of_another_organization_is_not_there(client, pair, curator, name):
    letter = make_addendum(pair, curator)
    client.force_login(make_curator())

    assert client.get(reverse(f"documents:{name}", args=[letter.pk])).status_code == 404
    assert client.get(reverse("documents:letter-new", args=["addendum", pair.pk])).status_code == 404


def test_pages_of_papers_open_for_all_that_have_them(client, order, pair, curator):
    client.force_login(curator)
    for about_what, key in [
        ("program", pair.program_id),
        ("pair", pair.pk),
        ("person", pair.mentor_id),
        ("order", order.pk),
    ]:
        page = client.get(reverse("documents:letters-of", args=[about_what, key]))
        assert page.status_code == 200
        for kind in page.context["kinds"]:
            assert client.get(reverse("documents:letter-new", args=[kind.key, key])).status_code == 200
    assert client.get(reverse("documents:letters-of", args=["moon", 1])).status_code == 404


def test_staff_reads_but_does_not_make(client, pair):
    client.force_login(make_staff(pair.organization))

    page = client.get(reverse("documents:letters-of", args=["pair", pair.pk]))
    assert page.status_code == 200
    assert page.context["kinds"] == []
    assert client.get(reverse("documents:letter-new", args=["addendum", pair.pk])).status_code == 403
