"""What the pages do: forms kept after an error, doubles not made, lists that cost the same for one row and for three."""

from datetime import date, timedelta
from io import BytesIO

import pytest
import time_machine
from django.urls import reverse
from openpyxl import load_workbook

from participants.models import MenteeEntry, MentorEntry
from participants.tests.factories import make_curator, make_mentee_entry, make_mentor_entry, make_organization
from programs.models import Meeting, Pair, Program, ProgressReport
from programs.tests.conftest import NOON
from programs.tests.factories import make_form, make_meeting, make_pair, make_program, make_report


def sentences(response):
    return [str(message) for message in response.context["messages"]]


# --- programme --------------------------------------------------------------------------------------------------------
PROGRAM = {"title": "Программа", "goal": "", "starts_on": "2026-09-01", "ends_on": "2027-05-31", "teachers_count": "40"}


def test_program_list_without_a_programme_leads_to_opening_it(client, db, november):
    organization = make_organization()
    former = make_program(organization=organization, school_year=2025)
    client.force_login(make_curator(organization))

    response = client.get(reverse("programs:program-list"))

    assert reverse("programs:program-open") in response.content.decode()
    assert list(response.context["other_programs"]) == [former]


def test_program_open_proposes_the_dates_of_the_year_and_opens_it_once(client, db, november):
    organization = make_organization()
    client.force_login(make_curator(organization))
    form = client.get(reverse("programs:program-open")).context["form"]

    for _press in range(2):
        response = client.post(reverse("programs:program-open"), PROGRAM, follow=True)

    program = Program.objects.get()
    assert (form.initial["starts_on"], form.initial["ends_on"]) == (date(2026, 9, 1), date(2027, 5, 31))
    assert (program.organization, program.school_year, program.teachers_count) == (organization, 2026, 40)
    assert response.redirect_chain[-1][0] == program.get_absolute_url()


def test_program_open_keeps_what_was_typed_when_dates_are_wrong(client, db, november):
    client.force_login(make_curator())

    response = client.post(reverse("programs:program-open"), PROGRAM | {"ends_on": "2026-08-01"})

    assert response.status_code == 422
    assert response.context["form"]["title"].value() == "Программа"
    assert Program.objects.count() == 0


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "wrong"),
    [
        ("2026-08-01", "2027-08-31", []),
        ("2026-07-31", "2027-05-31", ["starts_on"]),
        ("2026-09-01", "2027-09-01", ["ends_on"]),
        ("2020-09-01", "2021-05-31", ["starts_on"]),
    ],
)
def test_program_lies_within_its_school_year(sign_in, school, starts_on, ends_on, wrong):
    address = reverse("programs:program-edit", args=[school.program.pk])

    response = sign_in("curator").post(address, PROGRAM | {"starts_on": starts_on, "ends_on": ends_on})

    assert list(response.context["form"].errors if response.context else []) == wrong
    assert response.status_code == (422 if wrong else 302)


def test_program_edit_saves_the_number_of_teachers(sign_in, school):
    response = sign_in("curator").post(reverse("programs:program-edit", args=[school.program.pk]), PROGRAM)

    school.program.refresh_from_db()
    assert (response.status_code, school.program.teachers_count) == (302, 40)


def test_program_page_query_count_does_not_grow(client, db, november, queries_of):
    program = make_program(pairs=1)
    client.force_login(make_curator(program.organization))

    for_one = queries_of(program.get_absolute_url())
    for _number in range(2):
        make_pair(program=program)

    assert queries_of(program.get_absolute_url()) == for_one


# --- pairs ------------------------------------------------------------------------------------------------------------
def pair_values(program, *, mentees=1):
    scope = {"organization": program.organization, "school_year": program.school_year}
    return {
        "mentor": make_mentor_entry(**scope).person.pk,
        "mentees": [make_mentee_entry(**scope).person.pk for _number in range(mentees)],
        "form": make_form().pk,
        "topic": "Вхождение в должность",
        "planned_from": "2026-10-01",
        "planned_to": "2027-05-31",
    }


def test_pair_add_makes_one_pair_however_often_it_is_sent(sign_in, school):
    values = pair_values(school.program, mentees=2)
    client = sign_in("curator")

    answers = [client.post(reverse("programs:pair-add", args=[school.program.pk]), values) for _press in range(2)]

    made = Pair.objects.get(topic="Вхождение в должность")
    assert [answer.url for answer in answers] == [made.get_absolute_url()] * 2
    assert made.is_group


def test_pair_add_keeps_what_was_typed_and_says_why_it_refuses(sign_in, school):
    values = pair_values(school.program) | {"mentor": school.pair.mentor.pk, "mentees": [school.pair.mentees[0].pk]}

    response = sign_in("curator").post(reverse("programs:pair-add", args=[school.program.pk]), values)

    form = response.context["form"]
    assert response.status_code == 422
    assert str(school.pair) in form.non_field_errors()[0]
    assert form["topic"].value() == "Вхождение в должность"


def test_pair_add_refuses_a_foreign_person(sign_in, school):
    values = pair_values(school.program) | {"mentees": [make_mentee_entry().person.pk]}

    response = sign_in("curator").post(reverse("programs:pair-add", args=[school.program.pk]), values)

    assert (response.status_code, list(response.context["form"].errors)) == (422, ["mentees"])


def test_pair_find_shows_who_is_found_and_who_is_ticked_and_saves_nothing(sign_in, school):
    values = pair_values(school.program, mentees=3)
    ticked, wanted, _other = school.organization.people.filter(pk__in=values["mentees"]).in_order()

    response = sign_in("curator").post(
        reverse("programs:pair-find", args=[school.program.pk]),
        values | {"mentees": [ticked.pk], "wanted": wanted.last_name.upper()},
    )

    form = response.context["form"]
    assert set(form.fields["mentees"].queryset) == {ticked, wanted}
    assert form["topic"].value() == "Вхождение в должность"
    assert f'action="{reverse("programs:pair-add", args=[school.program.pk])}"' in response.content.decode()
    assert Pair.objects.count() == 2


def test_pair_find_shows_what_the_chosen_people_say(sign_in, school):
    values = pair_values(school.program, mentees=2)
    chosen, _other = school.organization.people.filter(pk__in=values["mentees"]).in_order()
    MentorEntry.objects.filter(person=values["mentor"]).update(competences="Ведёт проекты")
    MenteeEntry.objects.filter(person__in=values["mentees"]).update(request="Разбор уроков")

    response = sign_in("curator").post(
        reverse("programs:pair-find", args=[school.program.pk]), values | {"mentees": [chosen.pk], "wanted": ""}
    )

    assert response.context["mentor_row"].competences == "Ведёт проекты"
    assert [(row.person, row.request) for row in response.context["mentee_rows"]] == [(chosen, "Разбор уроков")]


def test_pair_find_of_a_proposal_goes_on_with_that_proposal(sign_in, school):
    url = f"{reverse('programs:pair-find', args=[school.program.pk])}?pair={school.proposed.pk}"

    response = sign_in("curator").post(url, {"wanted": "никого"})

    assert response.context["pair"] == school.proposed
    assert f'action="{reverse("programs:pair-edit", args=[school.proposed.pk])}"' in response.content.decode()


def test_pair_form_says_whom_people_stand_with_already(sign_in, school):
    page = sign_in("curator").get(reverse("programs:pair-add", args=[school.program.pk])).content.decode()

    assert school.pair.mentor.short_name in page


def test_pair_edit_changes_a_proposal(sign_in, school):
    pair = school.proposed
    values = pair_values(school.program) | {"mentor": pair.mentor.pk, "mentees": [pair.mentees[0].pk]}

    response = sign_in("curator").post(reverse("programs:pair-edit", args=[pair.pk]), values)

    pair.refresh_from_db()
    assert (response.url, pair.topic) == (pair.get_absolute_url(), "Вхождение в должность")


def test_pair_edit_of_a_pair_in_force_leads_back_with_the_reason(sign_in, school):
    response = sign_in("curator").get(reverse("programs:pair-edit", args=[school.pair.pk]), follow=True)

    assert response.redirect_chain[-1][0] == school.pair.get_absolute_url()
    assert len(sentences(response)) == 1


def test_pair_delete_asks_first(sign_in, school):
    client, url = sign_in("curator"), reverse("programs:pair-delete", args=[school.proposed.pk])

    asked = client.get(url)
    still_there = Pair.objects.filter(pk=school.proposed.pk).exists()
    client.post(url)

    assert (asked.status_code, still_there, Pair.objects.count()) == (200, True, 1)


@pytest.mark.parametrize("role", ["curator", "mentor"])
def test_pair_list_query_count_does_not_grow(sign_in, school, queries_of, role):
    sign_in(role)

    before = queries_of(reverse("programs:pair-list"))
    for _number in range(2):
        make_pair(program=school.program, mentor=school.pair.mentor)

    assert queries_of(reverse("programs:pair-list")) == before


def shown(response):
    return {row.record.pk for row in response.context["table"].rows}


def test_pair_list_searches_and_filters(sign_in, school):
    client, url = sign_in("curator"), reverse("programs:pair-list")
    mentee = school.proposed.mentees[0]

    assert shown(client.get(url)) == {school.pair.pk, school.proposed.pk}
    assert shown(client.get(url, {"q": mentee.last_name.upper()})) == {school.proposed.pk}
    assert shown(client.get(url, {"status": "active"})) == {school.pair.pk}
    assert shown(client.get(url, {"form": school.pair.form.pk})) == {school.pair.pk}
    assert shown(client.get(url, {"log": "quiet"})) == {school.pair.pk}
    assert shown(client.get(url, {"sort": "-mentor"})) == {school.pair.pk, school.proposed.pk}
    assert shown(client.get(url, {"status": "nonsense", "page": "999"})) == {school.pair.pk, school.proposed.pk}


def test_pair_list_of_a_mentor_holds_his_own(sign_in, school):
    assert shown(sign_in("mentor").get(reverse("programs:pair-list"))) == {school.pair.pk}


def test_pair_list_exports_what_the_filter_shows(sign_in, school):
    Pair.objects.filter(pk=school.pair.pk).update(topic="=1+1")

    response = sign_in("staff").get(reverse("programs:pair-list"), {"export": "xlsx", "status": "active"})

    sheet = load_workbook(BytesIO(response.content)).active
    assert sheet.max_row == 2
    assert (sheet.cell(2, 2).value, sheet.cell(2, 6).value, sheet.cell(2, 6).data_type) == (
        school.pair.mentor.full_name,
        "=1+1",
        "s",
    )
    assert sheet.cell(2, 10).value.date() == school.pair.started_on


def test_pair_page_shows_how_to_reach_a_minor_through_the_representative(client, sign_in, school):
    sign_in("curator")
    child = school.pair.mentees[0]
    child.phone = child.email = child.contact_note = ""
    child.representative_phone = "+79270000001"
    child.save()

    page = client.get(school.pair.get_absolute_url()).content.decode()

    assert page.count('href="tel:+79270000001"') == 1


def test_pair_page_query_count_does_not_grow_with_its_log_and_reports(sign_in, school, queries_of):
    sign_in("curator")

    before = queries_of(school.pair.get_absolute_url())
    for month in (1, 2):
        make_meeting(pair=school.pair, held_on=date(2026, 11, month))
        make_report(pair=school.pair, starts_on=date(2027, month, 1), ends_on=date(2027, month, 20))

    assert queries_of(school.pair.get_absolute_url()) == before


# --- meetings ---------------------------------------------------------------------------------------------------------
def meeting_values(pair, **values):
    return {
        "held_on": "2026-11-19",
        "minutes": "45",
        "kind": "regular",
        "mode": "in_person",
        "topic": "Анализ урока",
        "done": "Разобрали начало урока",
        "agreed": "",
        "attendees": [person.pk for person in pair.mentees],
    } | values


def test_meeting_add_writes_one_line_however_often_it_is_sent(sign_in, school):
    client, url = sign_in("mentor"), reverse("programs:meeting-add", args=[school.pair.pk])

    answers = [client.post(url, meeting_values(school.pair)).status_code for _press in range(2)]

    assert answers == [302, 422]
    assert Meeting.objects.filter(topic="Анализ урока").count() == 1


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"held_on": "2026-09-30"}, "held_on"),
        ({"held_on": "вчера"}, "held_on"),
        ({"attendees": []}, "attendees"),
        ({"minutes": "0"}, "minutes"),
        ({"topic": ""}, "topic"),
    ],
)
def test_meeting_add_keeps_what_was_typed_and_names_the_field(sign_in, school, values, field):
    url = reverse("programs:meeting-add", args=[school.pair.pk])

    response = sign_in("mentor").post(url, meeting_values(school.pair, **values))

    form = response.context["form"]
    assert (response.status_code, list(form.errors)) == (422, [field])
    assert form["done"].value() == "Разобрали начало урока"


def test_meeting_form_ticks_all_mentees_at_first(sign_in, school):
    form = sign_in("mentor").get(reverse("programs:meeting-add", args=[school.pair.pk])).context["form"]

    assert form["attendees"].value() == [person.pk for person in school.pair.mentees]


def test_meeting_add_to_a_proposed_pair_leads_back_with_the_reason(sign_in, school):
    url = reverse("programs:meeting-add", args=[school.proposed.pk])

    response = sign_in("other mentor").get(url, follow=True)

    assert response.redirect_chain[-1][0] == school.proposed.get_absolute_url()
    assert len(sentences(response)) == 1


def test_meeting_edit_changes_the_line(sign_in, school):
    values = meeting_values(school.pair, topic="Иная тема")

    response = sign_in("curator").post(school.meeting.get_absolute_url(), values)

    school.meeting.refresh_from_db()
    assert (response.url, school.meeting.topic) == (school.pair.get_absolute_url(), "Иная тема")


def test_meeting_delete_can_be_undone_on_the_same_page_once(sign_in, school):
    client = sign_in("mentor")
    restore = reverse("programs:meeting-restore", args=[school.pair.pk])

    page = client.post(reverse("programs:meeting-delete", args=[school.meeting.pk]), follow=True)
    count = Meeting.objects.count()
    for _press in range(2):
        client.post(restore)

    assert restore in page.content.decode()
    assert (count, Meeting.objects.count()) == (0, 1)


def test_meeting_delete_cannot_be_undone_after_ten_minutes(sign_in, school):
    client = sign_in("mentor")
    client.post(reverse("programs:meeting-delete", args=[school.meeting.pk]))

    with time_machine.travel(NOON + timedelta(minutes=11), tick=False):
        response = client.post(reverse("programs:meeting-restore", args=[school.pair.pk]), follow=True)

    assert (Meeting.objects.count(), len(sentences(response))) == (0, 1)


@pytest.mark.parametrize("role", ["curator", "mentor"])
def test_meeting_list_query_count_does_not_grow(sign_in, school, queries_of, role):
    sign_in(role)

    before = queries_of(reverse("programs:meeting-list"))
    for number in range(2):
        pair = make_pair(program=school.program, mentor=school.pair.mentor, mentees=2, status="active")
        make_meeting(pair=pair, held_on=date(2026, 11, 1 + number))

    assert queries_of(reverse("programs:meeting-list")) == before


def test_meeting_list_filters_by_pair_period_and_state(sign_in, school):
    planned = make_meeting(pair=school.pair, held_on=date(2026, 12, 1), attendees=[])
    forgotten = make_meeting(pair=school.pair, held_on=date(2026, 11, 1), attendees=[])
    client, url = sign_in("mentor"), reverse("programs:meeting-list")

    assert shown(client.get(url, {"pair": school.pair.pk})) == {school.meeting.pk, planned.pk, forgotten.pk}
    assert shown(client.get(url, {"since": "2026-10-20", "until": "2026-11-30"})) == {forgotten.pk}
    assert shown(client.get(url, {"state": "planned"})) == {planned.pk}
    assert shown(client.get(url, {"state": "held"})) == {school.meeting.pk}
    assert shown(client.get(url, {"state": "unmarked"})) == {forgotten.pk}


def test_meeting_list_exports_the_log(sign_in, school):
    response = sign_in("mentor").get(reverse("programs:meeting-list"), {"export": "xlsx"})

    sheet = load_workbook(BytesIO(response.content)).active
    assert [sheet.cell(2, column).value for column in (4, 5, 7)] == [
        school.pair.mentor.full_name,
        school.pair.mentees[0].full_name,
        school.meeting.topic,
    ]


# --- reports ----------------------------------------------------------------------------------------------------------
def test_report_add_fills_the_draft_once_and_leads_to_it(sign_in, school):
    school.report.delete()
    client, url = sign_in("mentor"), reverse("programs:report-add", args=[school.pair.pk])
    period = {"starts_on": "2026-10-01", "ends_on": "2026-12-31"}

    initial = client.get(url).context["form"].initial
    for _press in range(2):
        response = client.post(url, period)

    report = ProgressReport.objects.get()
    assert {name: value.isoformat() for name, value in initial.items()} == period
    assert school.meeting.topic in report.done
    assert response.url == report.get_absolute_url()


def test_report_goes_from_the_mentor_to_the_curator_and_back(sign_in, school):
    report, values = school.report, {"starts_on": "2026-10-01", "ends_on": "2026-11-30", "recommendation": "continue"}

    def press(role, name, **typed):
        response = sign_in(role).post(reverse(f"programs:report-{name}", args=[report.pk]), typed)
        report.refresh_from_db()
        return response.status_code, report.status

    assert press("mentor", "edit", **values, done="Сделано", results="") == (302, "draft")
    assert press("mentor", "submit") == (302, "draft")
    assert press("mentor", "edit", **values, done="Сделано", results="Ведёт уроки сам") == (302, "draft")
    assert press("mentor", "submit") == (302, "submitted")
    assert press("mentor", "edit", **values, done="Иначе", results="Иначе") == (302, "submitted")
    assert press("curator", "return", comment=" ") == (422, "submitted")
    assert press("curator", "return", comment="Добавьте примеры") == (302, "returned")
    assert "Добавьте примеры" in sign_in("mentor").get(report.get_absolute_url()).content.decode()
    assert press("mentor", "submit") == (302, "submitted")
    assert press("curator", "accept") == (302, "accepted")
    assert press("curator", "accept") == (302, "accepted")
    assert (report.results, report.meetings_count) == ("Ведёт уроки сам", 1)
    assert report.events.count() == 4


def test_report_refill_saves_what_was_typed_and_adds_the_log(sign_in, school):
    values = {"starts_on": "2026-10-01", "ends_on": "2026-11-30", "recommendation": "finish", "done": "Начало"}

    sign_in("mentor").post(reverse("programs:report-refill", args=[school.report.pk]), values)

    school.report.refresh_from_db()
    assert school.report.recommendation == "finish"
    assert school.report.done == f"Начало\n15.10.2026 – {school.meeting.topic}"


def test_report_edit_refuses_days_of_another_report_and_keeps_what_was_typed(sign_in, school):
    make_report(pair=school.pair, starts_on=date(2026, 12, 1), ends_on=date(2026, 12, 31))
    values = {"starts_on": "2026-10-01", "ends_on": "2026-12-01", "recommendation": "continue", "done": "Новое"}

    response = sign_in("mentor").post(reverse("programs:report-edit", args=[school.report.pk]), values)

    assert response.status_code == 422
    assert response.context["form"]["done"].value() == "Новое"


def test_report_list_tells_the_curator_what_waits(sign_in, school):
    ProgressReport.objects.update(status="submitted")

    response = sign_in("curator").get(reverse("programs:report-list"), {"status": "submitted"})

    assert (response.context["waiting_count"], shown(response)) == (1, {school.report.pk})


@pytest.mark.parametrize("role", ["curator", "mentor"])
def test_report_list_query_count_does_not_grow(sign_in, school, queries_of, role):
    sign_in(role)

    before = queries_of(reverse("programs:report-list"))
    for _number in range(2):
        make_report(pair=make_pair(program=school.program, mentor=school.pair.mentor, status="active"))

    assert queries_of(reverse("programs:report-list")) == before


def test_report_list_exports_texts(sign_in, school):
    response = sign_in("head").get(
        reverse("programs:report-list"), {"export": "xlsx", "q": school.pair.mentor.last_name}
    )

    assert load_workbook(BytesIO(response.content)).active.cell(2, 10).value == "Есть план"


# --- the mentee -------------------------------------------------------------------------------------------------------
def test_my_plan_shows_what_comes_and_what_was_agreed(sign_in, school):
    Meeting.objects.update(agreed="Подготовить план к 1 ноября")
    planned = make_meeting(pair=school.pair, held_on=date(2026, 12, 1), attendees=[])

    response = sign_in("mentee").get(reverse("programs:my-plan"))

    (plan,) = response.context["plans"]
    assert (plan.pair, plan.next_meeting, plan.held) == (school.pair, planned, [school.meeting])
    assert "Подготовить план к 1 ноября" in response.content.decode()


@pytest.mark.parametrize("name", ["programs:my-plan", "home"])
def test_pages_of_a_mentee_cost_the_same_for_one_pair_and_for_three(sign_in, school, queries_of, name):
    sign_in("mentee")

    before = queries_of(reverse(name))
    for _number in range(2):
        pair = make_pair(program=school.program, mentees=school.pair.mentees, status="active")
        make_meeting(pair=pair, agreed="План")

    assert queries_of(reverse(name)) == before


def test_home_of_a_mentor_costs_the_same_for_one_pair_and_for_three(sign_in, school, queries_of):
    sign_in("mentor")

    before = queries_of(reverse("home"))
    for _number in range(2):
        make_meeting(pair=make_pair(program=school.program, mentor=school.pair.mentor, status="active"))

    assert queries_of(reverse("home")) == before


def test_report_page_costs_the_same_for_one_meeting_and_for_three(sign_in, school, queries_of):
    sign_in("mentor")

    before = queries_of(school.report.get_absolute_url())
    for number in range(2):
        make_meeting(pair=school.pair, held_on=date(2026, 11, 1 + number))

    assert queries_of(school.report.get_absolute_url()) == before


@pytest.mark.parametrize("nonsense", ["", "x", "²", "-1", "9" * 30])
def test_forms_and_filters_bear_nonsense_in_place_of_a_key(sign_in, school, nonsense):
    client = sign_in("curator")
    values = pair_values(school.program) | {"mentor": nonsense, "mentees": [nonsense], "form": nonsense}
    add, find = (reverse(f"programs:{name}", args=[school.program.pk]) for name in ("pair-add", "pair-find"))
    log = meeting_values(school.pair, attendees=[nonsense])

    answers = [
        client.post(add, values).status_code,
        client.post(find, values).status_code,
        client.post(f"{find}?pair={nonsense}", values).status_code in {200, 404},
        client.post(reverse("programs:meeting-add", args=[school.pair.pk]), log).status_code,
        client.get(reverse("programs:pair-list"), {"form": nonsense, "q": nonsense, "page": nonsense}).status_code,
        client.get(reverse("programs:meeting-list"), {"pair": nonsense, "since": nonsense}).status_code,
    ]

    assert answers == [422, 200, True, 422, 200, 200]
