"""Rows that may be somebody known: found inside the file and against the base, decided by the curator."""

import time

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext, override

from participants.models import MentorEntry, Person, RegistryImport
from participants.refused_rows import returned_rows
from participants.registry_check import decide, options_of
from participants.registry_import import choose_columns, receive_file
from participants.registry_matching import match_people
from participants.registry_reading import RegistryRow
from participants.registry_writing import begin_writing, result_of
from participants.tests.factories import make_curator, make_mentor_entry, make_organization, make_person
from participants.tests.registry_books import workbook

pytestmark = pytest.mark.django_db
HEADER = ["ФИО наставника", "Год рождения", "Контакты", "Должность"]


@pytest.fixture
def organization():
    return make_organization()


@pytest.fixture
def curator(organization):
    return make_curator(organization, last_name="Куратова", first_name="Анна", patronymic="Ильинична")


@pytest.fixture
def check(organization, curator):
    """`check(row, …)`: a file on its check page."""

    def read(*rows):
        received = receive_file(
            workbook(HEADER, *rows),
            "реестр.xlsx",
            kind="mentors",
            organization=organization,
            school_year=2026,
            by=curator,
        )
        fields = {column["index"]: column["field"] for column in received.report["look"]["columns"]}
        return choose_columns(received, fields, by=curator)

    return read


def make_known(organization, **values):
    names = {"last_name": "Иванова", "first_name": "Мария", "patronymic": "Петровна", "position": "логопед"}
    return make_person(organization=organization, **names | values)


def fates(registry_import):
    return [row["fate"] for row in registry_import.report["plan"]]


@pytest.mark.parametrize(
    ("row", "known"),
    [
        (["Мария Кривонос", "", "", ""], {"last_name": "Кривонос", "patronymic": ""}),
        (["Иванова М. П.", "", "", ""], {}),
        (["Иванова Мария", "", "", ""], {}),
        (["Петрова Мария Петровна", "", "8 927 123-45-67", ""], {"phone": "+79271234567"}),
        (["Петрова Мария Петровна", "", "i@example.org", ""], {"email": "I@example.org"}),
        (["Иванова Мария Петровна", 1986, "i@example.org", ""], {"email": "i@example.org", "birth_year": 1985}),
    ],
    ids=["turned", "initials", "no patronymic", "same phone", "same e-mail", "other year"],
)
def test_row_that_may_be_a_known_person_is_shown_beside_him(organization, check, row, known):
    person = make_known(organization, **known)

    registry_import = check(row, ["Орлов Пётр Ильич", "", "", "методист"])

    assert fates(registry_import) == ["new", "new"]
    assert [row["candidates"] for row in registry_import.report["plan"]] == [[f"p{person.pk}"], []]


@pytest.mark.parametrize(
    "row",
    [
        ["Иванова Мария Петровна", 1985, "", "логопед"],
        ["ИВАНОВА МАРИЯ ПЕТРОВНА", "", "", "логопед"],
        ["Ивaнoва  Мария Петровна", "", "", "логопед"],
        ["Мария Петровна Иванова", "", "", "логопед"],
        ["Иванова\u00a0Мария  Петровна", "", "", "логопед"],
        ["Иванова М.П.", "", "8 927 123-45-67", "логопед"],
    ],
    ids=["same", "capitals", "Latin letters", "turned with patronymic", "spaces", "initials and phone"],
)
def test_row_that_is_a_known_person_joins_him(organization, check, row):
    person = make_known(organization, birth_year=1985, phone="+79271234567")

    registry_import = check(row)

    assert [(each["fate"], each["person"]) for each in registry_import.report["plan"]] == [("joins", person.pk)]


def test_namesake_of_another_year_is_no_question(organization, check):
    make_known(organization, birth_year=1985)

    registry_import = check(["Иванова Мария Петровна", 1960, "", ""])

    assert [(row["fate"], row["candidates"]) for row in registry_import.report["plan"]] == [("new", [])]


def test_rows_of_the_file_that_may_be_one_person_are_shown_beside_each_other(check):
    registry_import = check(
        ["Иванова Мария Петровна", 1985, "8 927 123-45-67", ""], ["Иванова М.П.", 1985, "", "логопед"]
    )

    assert [row["candidates"] for row in registry_import.report["plan"]] == [[], ["r2"]]


def test_decision_takes_the_row_for_the_known_person_and_updates_him(organization, curator, check):
    person = make_known(organization)
    registry_import = check(["Иванова М. П.", 1985, "", "методист"])

    decided = decide(registry_import, {2: f"update:{person.pk}"}, by=curator)
    begin_writing(decided, scope="sound_rows", by=curator)

    person.refresh_from_db()
    assert fates(decided) == ["joins"]
    assert (person.full_name, person.birth_year, person.position) == ("Иванова Мария Петровна", 1985, "методист")
    assert MentorEntry.objects.get().person == person


def test_decision_keeps_what_the_portal_holds_of_the_known_person(organization, curator, check):
    person = make_known(organization)
    registry_import = check(["Иванова М. П.", 1985, "", "методист"])

    begin_writing(decide(registry_import, {2: f"same:{person.pk}"}, by=curator), scope="sound_rows", by=curator)

    person.refresh_from_db()
    assert (person.birth_year, person.position) == (1985, "логопед")


def test_decision_adds_a_namesake_as_a_new_person(organization, curator, check):
    known = make_known(organization)
    registry_import = check(["Иванова Мария Петровна", "", "", "методист"])

    begin_writing(decide(registry_import, {2: "new"}, by=curator), scope="sound_rows", by=curator)

    assert MentorEntry.objects.get().person != known
    assert Person.objects.filter(last_name="Иванова").count() == 2


def test_decision_leaves_a_row_out(organization, curator, check):
    make_known(organization)
    registry_import = check(["Иванова М. П.", "", "", ""], ["Орлов Пётр Ильич", "", "", "методист"])

    decided = decide(registry_import, {2: "skip"}, by=curator)
    begin_writing(decided, scope="all_or_nothing", by=curator)

    assert fates(decided) == ["left_out", "new"]
    assert [entry.person.last_name for entry in MentorEntry.objects.all()] == ["Орлов"]


def test_decision_adds_the_values_of_a_row_to_another_one(curator, check):
    registry_import = check(
        ["Иванова Мария Петровна", 1985, "8 927 123-45-67", ""], ["Иванова М.П.", 1985, "", "логопед"]
    )

    decided = decide(registry_import, {3: "row:2"}, by=curator)
    begin_writing(decided, scope="sound_rows", by=curator)

    person = MentorEntry.objects.get().person
    assert fates(decided) == ["new", "adds"]
    assert (person.full_name, person.phone, person.position) == ("Иванова Мария Петровна", "+79271234567", "логопед")


@pytest.mark.parametrize(("decision", "count", "position"), [("row:2", 1, "логопед"), ("new", 2, "")])
def test_decision_on_a_row_that_is_repeated_in_the_file(curator, check, decision, count, position):
    registry_import = check(["Иванова Мария", 1985, "", ""], ["ИВАНОВА МАРИЯ", 1985, "", "логопед"])
    repeated = fates(registry_import)

    decided = decide(registry_import, {3: decision}, by=curator)
    begin_writing(decided, scope="sound_rows", by=curator)

    assert repeated == ["new", "differs"]
    people = [entry.person.position for entry in MentorEntry.objects.order_by("pk")]
    assert (len(people), people[0]) == (count, position)


def test_row_that_repeats_another_one_exactly_is_no_question(check):
    registry_import = check(["Семёнова Алёна", 1985, "i@mail.ru", "логопед"], ["СЕМЕНОВА АЛЕНА", 1985, "", "Логопед"])

    assert [(row["fate"], row["candidates"]) for row in registry_import.report["plan"]] == [
        ("new", []),
        ("repeated", ["r2"]),
    ]


def test_row_that_repeats_a_person_with_other_data_is_a_question_that_says_what_differs(check):
    registry_import = check(
        ["Иванова Мария", "", "", "учитель химии"], ["Иванова Мария", 1981, "8 927 123-45-67", "учитель биологии"]
    )

    with override("en"):
        registry_import = decide(registry_import, {}, by=registry_import.created_by)
    row = registry_import.report["plan"][1]

    assert (row["fate"], row["candidates"], options_of(row)) == ("differs", ["r2"], ["row:2", "new", "skip"])
    assert row["notes"] == [
        "Иванова Мария stands already in row 2, and this row says otherwise: "
        "Birth year – 1981; Phone, e-mail – +79271234567; Position – учитель биологии."
    ]


def test_repeated_row_of_another_year_than_the_known_person_is_somebody_else(organization, check):
    known = make_known(organization, birth_year=1975)

    registry_import = check(["Иванова Мария Петровна", "", "", ""], ["Иванова Мария Петровна", 1981, "", ""])

    rows = [(row["fate"], row["person"], row["candidates"]) for row in registry_import.report["plan"]]
    assert rows == [("joins", known.pk, [f"p{known.pk}"]), ("new", None, ["r2"])]


def test_adding_a_row_fills_what_is_empty_and_keeps_what_stands_there(curator, check):
    registry_import = check(
        ["Семёнова А. И.", 1985, "i@mail.ru", "учитель химии"],
        ["Семёнова А. И.", "", "8 927 123-45-67, i@mail.ru", "учитель биологии"],
    )

    with override("en"):
        decided = decide(registry_import, {3: "row:2"}, by=curator)
        begin_writing(decided, scope="sound_rows", by=curator)

    row, person = decided.report["plan"][1], MentorEntry.objects.get().person
    assert (row["fate"], row["changes"]) == ("adds", [["phone", "", "+79271234567"]])
    assert row["notes"] == ["Not taken, since row 2 says otherwise: position or class."]
    assert (person.position, person.phone) == ("учитель химии", "+79271234567")


def test_rows_that_nobody_decided_are_named_in_the_result_and_come_back(client, curator, check):
    registry_import = check(
        ["Иванова Мария", 1985, "", "логопед"], ["Иванова Мария", 1985, "", "методист"], ["Орлов", 1985, "", ""]
    )
    with pytest.raises(ValidationError):
        begin_writing(registry_import, scope="all_or_nothing", by=curator)

    with override("en"):
        result = result_of(begin_writing(registry_import, scope="sound_rows", by=curator))

    assert result == (
        "1 person was added to the registry. 2 rows were left out. Left out: row 3 (Иванова Мария), row 4 (Орлов)."
    )
    assert list(returned_rows(registry_import.report)) == [3, 4]


def test_a_row_without_a_name_is_left_out_by_its_number():
    written = {"counts": {"new": 1, "refused": 1}, "left": [[9, ""]]}

    assert result_of(RegistryImport(written=written)).endswith(
        gettext("Left out: %(rows)s.") % {"rows": gettext("row %(row)s") % {"row": 9}}
    )


def test_repeated_row_that_was_left_out_by_choice_does_not_come_back(curator, check):
    registry_import = check(["Иванова Мария", 1985, "", "логопед"], ["Иванова Мария", 1985, "", "методист"])

    decided = decide(registry_import, {3: "skip"}, by=curator)
    begin_writing(decided, scope="all_or_nothing", by=curator)

    assert (fates(decided), returned_rows(decided.report)) == (["new", "left_out"], {})


def test_decision_tells_two_people_of_one_name_apart(organization, curator, check):
    first, second = (make_known(organization, birth_year=year) for year in (1980, 1990))
    registry_import = check(["Иванова Мария Петровна", "", "", "методист"])

    decided = decide(registry_import, {2: f"update:{second.pk}"}, by=curator)
    begin_writing(decided, scope="sound_rows", by=curator)

    assert registry_import.report["plan"][0]["candidates"] == [f"p{first.pk}", f"p{second.pk}"]
    assert MentorEntry.objects.get().person == second


def test_decision_can_be_taken_back(organization, curator, check):
    make_known(organization)
    registry_import = decide(check(["Иванова М. П.", "", "", ""]), {2: "skip"}, by=curator)

    again = decide(registry_import, {2: ""}, by=curator)

    assert (again.decisions, fates(again)) == ({}, ["new"])


def test_decision_for_somebody_of_another_organization_is_refused(curator, check):
    stranger = make_person()
    registry_import = check(["Иванова М. П.", "", "", ""], ["Иванова Мария", "", "", ""])

    with pytest.raises(ValidationError):
        decide(registry_import, {3: f"update:{stranger.pk}"}, by=curator)


def test_row_that_resembles_nobody_offers_no_choice(check):
    registry_import = check(["Иванова М. П.", "", "", ""])

    assert options_of(registry_import.report["plan"][0]) == []


def test_decided_person_who_was_removed_brings_the_check_page_back(organization, curator, check):
    person = make_known(organization)
    registry_import = decide(check(["Иванова М. П.", 1985, "", ""]), {2: f"update:{person.pk}"}, by=curator)
    person.delete()

    with pytest.raises(ValidationError) as refusal:
        begin_writing(registry_import, scope="sound_rows", by=curator)

    assert (refusal.value.code, MentorEntry.objects.count()) == ("changed", 0)


# --- pages ------------------------------------------------------------------------------------------------------------
def test_check_page_puts_the_people_side_by_side(client, organization, curator, check):
    person = make_known(organization, birth_year=1985)
    registry_import = check(["Иванова М. П.", 1985, "", "методист"])
    client.force_login(curator)

    response = client.get(f"{registry_import.get_absolute_url()}?fate=questions")

    (row,) = response.context["page"]
    assert [address for _words, address in row["card"].headings] == ["", person.get_absolute_url()]
    assert [option for option, _words, _chosen in row["card"].options] == [
        f"update:{person.pk}",
        f"same:{person.pk}",
        "new",
        "skip",
    ]
    assert [differs for _label, _values, differs in row["card"].lines] == [True, False, True]


def test_check_page_keeps_the_choice(client, organization, curator, check):
    person = make_known(organization)
    registry_import = check(["Иванова М. П.", 1985, "", ""])
    client.force_login(curator)
    decide_address = reverse("participants:import-decide", args=[registry_import.pk])

    response = client.post(decide_address, {"row-2": f"update:{person.pk}", "row-77": "new", "fate": "questions"})

    registry_import.refresh_from_db()
    assert response.url == registry_import.get_absolute_url()
    assert registry_import.decisions == {"2": f"update:{person.pk}"}


def test_check_page_stays_at_the_questions_until_the_last(client, organization, curator, check):
    person = make_known(organization)
    registry_import = check(["Иванова М. П.", "", "", ""], ["Иванова Мария", "", "", ""])
    client.force_login(curator)
    decide_address = reverse("participants:import-decide", args=[registry_import.pk])

    first = client.post(decide_address, {"row-2": f"update:{person.pk}", "fate": "questions"})
    last = client.post(decide_address, {"row-3": "new", "fate": "questions"}, follow=True)

    assert first.url == f"{registry_import.get_absolute_url()}?fate=questions"
    assert (last.context["fate"], len(last.context["page"]), len(last.context["messages"])) == ("", 2, 2)


@pytest.mark.parametrize("count", [1, 3])
def test_check_page_query_count_does_not_grow(client, organization, curator, check, count, django_assert_num_queries):
    rows = []
    for number in range(count):
        make_known(organization, last_name=f"Иванова{'абв'[number]}")
        rows.append([f"Иванова{'абв'[number]} М. П.", 1985, "", ""])
    registry_import = check(*rows)
    client.force_login(curator)
    client.get(registry_import.get_absolute_url())

    # session, user, memberships, import, people to compare, mentor's and mentee's organizations, his person,
    # steps of the import and whose each of the two was
    with django_assert_num_queries(11):
        response = client.get(registry_import.get_absolute_url())

    assert len(response.context["page"]) == count


def test_confirmed_update_of_a_person_with_an_account_keeps_the_account(organization, curator, check):
    user = make_curator(make_organization())
    person = make_known(organization, user=user)
    make_mentor_entry(person=person, competences="методика")

    registry_import = check(["Иванова Мария Петровна", 1985, "", "методист"])
    begin_writing(registry_import, scope="sound_rows", by=curator)

    person.refresh_from_db()
    assert (person.user, person.birth_year, person.position) == (user, 1985, "методист")
    assert (Person.objects.filter(last_name="Иванова").count(), MentorEntry.objects.get().competences) == (
        1,
        "методика",
    )


def test_thousands_of_namesakes_are_matched_in_a_moment(organization):
    """Each row is compared with few others, however many bear the name."""
    rows = [
        RegistryRow(number, "Иванова", "Мария", "Петровна", birth_year=1950 + number % 50, phone=f"+7927{number:07d}")
        for number in range(2, 5_002)
    ]
    started = time.process_time()

    plan = match_people(rows, organization, "mentors", 2026)

    assert (len(plan.of_fate("new")), max(len(planned.candidates) for planned in plan.rows)) == (5_000, 5)
    assert time.process_time() - started < 20


def test_check_page_names_the_people_of_the_rows_that_are_not_taken(check):
    registry_import = check(
        ["Иванова Мария Петровна", 1985, "", ""],
        ["Орлов", 1985, "", ""],
        ["Иванова Мария Петровна", 1985, "", ""],
    )

    rows = [(row["fate"], row["name"]) for row in registry_import.report["plan"]]

    assert rows == [("new", "Иванова Мария Петровна"), ("refused", "Орлов"), ("repeated", "Иванова Мария Петровна")]


def test_list_shows_the_imports_of_the_year_newest_first(client, organization, curator, check):
    first, second = check(["Иванова М. П.", 1985, "", ""]), check(["Орлов Пётр Ильич", "", "", ""])
    theirs = receive_file(
        workbook(HEADER, ["Чужой Пётр Ильич", "", "", ""]),
        "чужой.xlsx",
        kind="mentors",
        organization=make_organization(slug="other"),
        school_year=2026,
        by=curator,
    )
    client.force_login(curator)

    response = client.get(reverse("participants:import-list"))

    shown = [row.record for row in response.context["table"].rows]
    assert (shown, theirs in shown) == ([second, first], False)


@pytest.mark.parametrize(("query", "count"), [("?status=checked", 1), ("?status=confirmed", 0), ("?kind=mentees", 0)])
def test_list_of_imports_is_filtered(client, curator, check, query, count):
    check(["Иванова М. П.", 1985, "", ""])
    client.force_login(curator)

    response = client.get(reverse("participants:import-list") + query)

    assert len(response.context["table"].rows) == count
