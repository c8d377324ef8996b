"""A person's file through all floors: handed out, renamed, joined with another, depersonalized."""

import json
import secrets
from datetime import date, timedelta
from pathlib import Path

import pytest
from auditlog.models import LogEntry
from auditlog.registry import auditlog
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from documents.tests.factories import make_order
from mentorship.models import OutboxLetter
from mentorship.tests.papers import pdf_text
from monitoring.models import Invitation, Response
from monitoring.tests.factories import make_invitation, make_response, make_survey
from participants.accounts import invite
from participants.consent_asking import ask_consent
from participants.consent_versions import text_for
from participants.consents import give_consent
from participants.depersonalization import depersonalize
from participants.history import OF_PERSONS, all_lines_of
from participants.holdings import held_about
from participants.merging import AccountOfFile, merge_people, preview_merge
from participants.models import (
    AccountInvitation,
    DepersonalizationAct,
    LongTermMentor,
    MenteeEntry,
    MentorEntry,
    Person,
    PersonMerge,
    Question,
    RegistryImport,
    User,
)
from participants.name_changes import change_name
from participants.names import NameParts
from participants.registry_import import choose_columns, receive_file
from participants.registry_writing import begin_writing
from participants.subject_access import subject_access_json, subject_access_pdf
from participants.tests.factories import (
    make_application,
    make_call,
    make_consent,
    make_coordinator,
    make_curator,
    make_head,
    make_mentee_entry,
    make_mentor_entry,
    make_organization,
    make_person,
    make_questionnaire,
    make_staff,
    make_user,
)
from participants.tests.registry_books import workbook
from programs.figures import program_counts
from programs.models import Meeting, Pair, PairMentee, ProgressReport
from programs.pairs import create_pair
from programs.tests.factories import make_form, make_meeting, make_pair, make_program, make_report
from roadmap.models import RoadmapImport
from roadmap.tests.factories import make_activity, make_roadmap, make_stage

TODAY = date(2026, 11, 20)


@pytest.fixture
def organization(db):
    return make_organization()


@pytest.fixture
def curator(organization):
    return make_curator(organization)


def make_full_file(organization, *, is_ended=True):
    """A mentor of last year with everything that the portal can hold about a person."""
    person = make_person(
        organization=organization,
        last_name="Верхотурова",
        first_name="Аглая",
        patronymic="Тихоновна",
        email="verhoturova@example.org",
        phone="+79120001010",
        birth_year=1980,
    )
    make_mentor_entry(person=person, school_year=2025, competences="Верхотурова ведёт олимпиадный кружок")
    program = make_program(
        organization=organization, school_year=2025, starts_on=date(2025, 9, 1), ends_on=date(2026, 5, 31)
    )
    dates = {"started_on": date(2025, 10, 1), "planned_from": date(2025, 10, 1), "planned_to": date(2026, 5, 31)}
    if is_ended:
        dates["ended_on"] = date(2026, 5, 31)
    pair = make_pair(program=program, mentor=person, status="ended" if is_ended else "active", **dates)
    make_meeting(
        pair=pair, held_on=date(2025, 11, 5), done="Урок вместе с Верхотуровой", attendees=[person, *pair.mentees]
    )
    make_report(pair=pair, starts_on=date(2025, 10, 1), ends_on=date(2025, 12, 31), results="Отчёт о Верхотуровой А.Т.")
    OutboxLetter.objects.create(
        organization=organization, name="x", recipient=person.email, subject="Верхотуровой", body="Аглая Тихоновна"
    )
    return person, pair


# --- everything that is held ------------------------------------------------------------------------------------------
def test_subject_access_holds_the_records_of_every_floor(organization):
    person, pair = make_full_file(organization)
    survey = make_survey(program=pair.program, title="Итоги года")
    make_invitation(survey=survey, person=person)

    titles = [section.title for section in held_about(person)]

    assert titles == [
        "Данные",
        "Реестр наставников",
        "Письма",
        "История файла",
        "Пары и группы",
        "Встречи",
        "Отчёты",
        "Опросы",
    ]


def test_subject_access_tells_what_is_held_without_a_key_to_the_file(organization, curator):
    person, _pair = make_full_file(organization)
    person.name_changes.create(last_name="Семёнова", first_name="Аглая", borne_until=date(2020, 1, 1))
    names = {"last_name": "Верхотурова", "first_name": "Аглая"}
    call = make_call(organization=organization)
    declined = make_application(call=call, status="declined", words="Веду кружок", phone=person.phone, **names)
    make_application(call=call, status="declined", words="Чужая заявка", phone=person.phone)
    declined.events.create(status="declined", actor=curator, comment="Мест больше нет")
    receive_file(
        workbook(["ФИО наставника"], ["Верхотурова Аглая"]),
        "база.xlsx",
        kind="mentors",
        organization=organization,
        school_year=2025,
        by=curator,
    )
    make_activity(
        stage=make_stage(roadmap=make_roadmap(organization=organization)), responsible_text="отв. Верхотурова А.Т."
    )
    person.position = "учитель химии"
    person.save()

    held = subject_access_json(person, on=TODAY)

    for words in (
        "Семёнова",
        "Веду кружок",
        "Мест больше нет",
        "база.xlsx",
        "отв. Верхотурова А.Т.",
        "учитель математики → учитель химии",
    ):
        assert words in held
    assert "Чужая заявка" not in held


def test_subject_access_speaks_in_words(organization):
    questionnaire = make_questionnaire(satisfaction=1, texts=0)
    Question.objects.create(questionnaire=questionnaire, position=2, kind="yes_no", text="Нужна помощь?")
    survey = make_survey(program=make_program(organization=organization), questionnaire=questionnaire)
    make_response(survey=survey, scale=4)
    invitation = survey.invitations.get()
    answers = invitation.response.answers
    answers.values |= {str(questionnaire.questions.get(kind="yes_no").pk): "yes"}
    answers.save()
    person = invitation.person
    person.name_forms = {"genitive": "Ивановой"}
    person.save()
    OutboxLetter.objects.create(
        organization=organization, name="survey", recipient=person.email, subject="Опрос", body="Текст", key="k-1"
    )

    held = json.loads(subject_access_json(person, on=TODAY))

    records = [record for section in held["sections"] for record in section["records"]]
    survey_record = next(record for record in records if record.get("Опрос") == survey.title)
    assert (survey_record["Вопрос 1"], survey_record["Нужна помощь?"]) == ("4 из 10", "да")
    labels = {label for record in records for label in record if not label.startswith("SHA")}
    nameless = [each for model in apps.get_models() for each in model._meta.fields if each._verbose_name is None]
    assert not labels & {each.name.replace("_", " ") for each in nameless}
    values = {value for record in records for value in record.values()}
    assert not values & {"yes", "no", "True", "False", "None", "k-1"}


def test_subject_access_of_a_mentee_holds_no_report_on_the_group(organization):
    program = make_program(organization=organization)
    group = make_pair(program=program, mentees=2, status="active")
    mentee, other = group.mentees
    make_meeting(pair=group)
    alone = make_pair(program=program, mentor=group.mentor, mentees=[mentee], status="active")
    make_report(pair=group, status="accepted", results="О группе")
    make_report(pair=alone, status="accepted", results="О нём одном")
    make_report(pair=alone, status="draft", results="Черновик", starts_on=date(2026, 12, 1), ends_on=date(2026, 12, 31))

    own, mentor = (subject_access_json(person, on=TODAY) for person in (mentee, group.mentor))

    assert ["О группе" in own, "О нём одном" in own, "Черновик" in own, other.full_name in own] == [
        False, True, False, False,
    ]  # fmt: skip
    assert own.count("01.10.2026 – 30.11.2026") == 1  # that there is a report on the group
    assert ["О группе" in mentor, "Черновик" in mentor, other.full_name in mentor] == [True, True, True]


def test_subject_access_as_paper_and_as_data_say_the_same(organization):
    person, _pair = make_full_file(organization)

    held = json.loads(subject_access_json(person, on=TODAY))
    paper = pdf_text(subject_access_pdf(person, on=TODAY))

    assert held["person"] == "Верхотурова Аглая Тихоновна"
    words = [word for section in held["sections"] for record in section["records"] for word in record.values()]
    missing = [word for word in words if "".join(word.split()) not in "".join(paper.split())]
    assert (len(words) > 20, missing) == (True, [])


def test_subject_access_never_holds_answers_to_an_anonymous_survey(organization):
    survey = make_survey(program=make_program(organization=organization), is_anonymous=True)
    make_response(survey=survey, text="Только мне известные слова")
    person = survey.invitations.get().person

    assert "известные слова" not in subject_access_json(person, on=TODAY)


@pytest.mark.parametrize("path", ["accounts/invitation", "s", "c", "application"])
def test_subject_access_holds_letters_without_their_personal_links(organization, path):
    person = make_person(organization=organization, email="person@example.org")
    link = f"https://portal.example.org/{path}/{secrets.token_urlsafe(24)}/"
    OutboxLetter.objects.create(
        organization=organization, name="x", recipient=person.email, subject="s", body=f"Откройте {link} сегодня"
    )

    held = subject_access_json(person, on=TODAY)

    assert f"Откройте https://portal.example.org/{path}/… сегодня" in held
    assert link not in held


@pytest.mark.parametrize(
    ("who", "status"), [("curator", 200), ("head", 200), ("person", 200), ("staff", 403), ("stranger", 404)]
)
def test_person_held_is_for_who_answers_for_the_data_and_for_the_person(client, organization, curator, who, status):
    person, _pair = make_full_file(organization)
    person.user = make_user()
    person.save()
    users = {"head": make_head(organization), "staff": make_staff(organization), "stranger": make_curator()}
    client.force_login({"curator": curator, "person": person.user, **users}[who])

    for kind in ("", "pdf", "json"):
        response = client.get(reverse("participants:person-held", args=[person.pk]), {"format": kind} if kind else {})
        assert response.status_code == status

    readings = LogEntry.objects.filter(action=LogEntry.Action.ACCESS, object_id=person.pk).count()
    assert readings == (3 if status == 200 else 0)


# --- the page -----------------------------------------------------------------------------------------------------------
def test_person_page_shows_surveys_sent_and_reports_but_no_answers(client, organization, curator):
    person, pair = make_full_file(organization)
    survey = make_survey(program=pair.program, title="Итоги года", is_anonymous=True)
    make_invitation(survey=survey, person=person, is_answered=True)
    make_invitation(survey=make_survey(program=pair.program, title="Старт года"), person=person)
    make_invitation(survey=make_survey(program=pair.program, title="Черновик опроса", status="draft"), person=person)
    make_response(survey=survey, text="Тайные слова")
    client.force_login(curator)

    page = client.get(person.get_absolute_url()).content.decode()

    assert [title in page for title in ("Итоги года", "Старт года", "Черновик опроса", "Тайные слова")] == [
        True, True, False, False,
    ]  # fmt: skip
    assert "02.11.2026 – 30.11.2026" in page
    assert pair.reports.get().get_absolute_url() in page


@pytest.mark.parametrize("page", ["file", "row"])
def test_two_tabs_do_not_write_over_each_other(client, organization, curator, page):
    person = make_person(organization=organization, last_name="Иванова")
    entry = make_mentor_entry(person=person, interests="шахматы")
    client.force_login(curator)
    address = reverse("participants:person-edit", args=[person.pk]) if page == "file" else entry.get_absolute_url()
    shown = client.get(address).context
    forms = [shown["form"]] if page == "file" else [shown["person_form"], shown["entry_form"]]
    data = {
        name: form.initial.get(name) or field.initial or "" for form in forms for name, field in form.fields.items()
    }

    first = client.post(address, data | {"position": "логопед"})
    second = client.post(address, data | {"position": "психолог"})

    person.refresh_from_db()
    assert (first.status_code, second.status_code, person.position) == (302, 422, "логопед")


def test_search_finds_by_former_names_and_names_of_joined_files(organization, curator):
    kept, dropped = (
        make_person(organization=organization, last_name=last_name) for last_name in ("Ивашова", "Семёнова")
    )
    person = merge_people(kept, dropped, by=curator)
    name = NameParts("Петрова", "Мария", "Петровна")
    person = change_name(person, name, changed_on=date(2026, 3, 8), by=curator, today=TODAY)

    for text in ("ивашова мария", "семенова", "Петрова"):
        assert list(Person.objects.matching(text)) == [person]
    person = depersonalize(person, ground="x", by=curator, today=TODAY).person
    assert list(Person.objects.matching("семенова")) == []


# --- another name -----------------------------------------------------------------------------------------------------
def test_change_name_keeps_the_former_one_for_its_time(organization, curator):
    person = make_person(organization=organization, last_name="Иванова", name_forms={"genitive": "Ивановой"})

    person = change_name(
        person, NameParts("Петрова", "Мария", "Петровна"), changed_on=date(2026, 3, 8), by=curator, today=TODAY
    )

    assert person.full_name == "Петрова Мария Петровна"
    assert person.name_on(date(2026, 3, 7)) == "Иванова Мария Петровна"
    assert person.name_on(date(2026, 3, 8)) == "Петрова Мария Петровна"
    assert person.name_forms == {}


@pytest.mark.parametrize(
    ("last_name", "changed_on"),
    [
        ("Иванова", date(2026, 3, 8)),
        ("Петрова", date(2026, 11, 21)),
        ("Петрова", date(2024, 1, 1)),
        ("Петрова", date(1979, 12, 31)),
        ("Петрова", date(1, 1, 1)),
    ],
)
def test_change_name_refuses_what_cannot_be(organization, curator, last_name, changed_on):
    person = make_person(organization=organization, last_name="Иванова", birth_year=1980)
    person.name_changes.create(last_name="Сидорова", first_name="Мария", borne_until=date(2025, 1, 1))

    name = NameParts(last_name, "Мария", "Петровна")
    with pytest.raises(ValidationError):
        change_name(person, name, changed_on=changed_on, by=curator, today=TODAY)


def test_change_name_leaves_an_approved_order_as_it_was(organization, curator):
    order = make_order(program=make_program(organization=organization), status="approved")
    mentor = order.pairs.get().mentor
    before = order.snapshot

    name = NameParts("Новофамильная", mentor.first_name, mentor.patronymic)
    change_name(mentor, name, changed_on=date(2026, 11, 1), by=curator, today=TODAY)

    order.refresh_from_db()
    assert order.snapshot == before


def test_person_name_page_records_the_change(client, organization, curator):
    person = make_person(organization=organization, last_name="Иванова")
    client.force_login(curator)

    data = {"last_name": "петрова", "first_name": "Мария", "patronymic": "Петровна", "changed_on": "2026-03-08"}
    response = client.post(reverse("participants:person-name", args=[person.pk]), data)

    person.refresh_from_db()
    assert (response.status_code, person.last_name) == (302, "Петрова")
    assert [change.full_name for change in person.name_changes.all()] == ["Иванова Мария Петровна"]


@pytest.mark.parametrize("day", ["0001-01-01", "1800-05-05", "9999-12-31"])
def test_person_name_page_refuses_a_day_of_no_calendar(client, organization, curator, day):
    person = make_person(organization=organization, last_name="Иванова")
    client.force_login(curator)

    data = {"last_name": "Петрова", "first_name": "Мария", "changed_on": day}
    response = client.post(reverse("participants:person-name", args=[person.pk]), data)

    assert (response.status_code, list(response.context["form"].errors)) == (422, ["changed_on"])


@pytest.mark.parametrize("name", ["<b>Петрова</b>", "Петрова (Иванова)", "Петрова1", "{{ x }}"])
def test_person_name_page_takes_letters_alone(client, organization, curator, name):
    person = make_person(organization=organization, last_name="Иванова")
    client.force_login(curator)

    data = {"last_name": name, "first_name": "Мария", "changed_on": "2026-03-08"}
    response = client.post(reverse("participants:person-name", args=[person.pk]), data)

    assert (response.status_code, list(response.context["form"].errors)) == (422, ["last_name"])


# --- two files of one person --------------------------------------------------------------------------------------------
def test_merge_people_moves_everything_and_fills_what_was_empty(organization, curator):
    kept = make_person(organization=organization, last_name="Верхотурова", phone="")
    dropped, pair = make_full_file(organization)
    key = dropped.pk

    kept = merge_people(kept, dropped, by=curator, from_dropped=["first_name"])

    pair.refresh_from_db()
    assert not Person.objects.filter(pk=key).exists()
    assert (pair.mentor, kept.first_name, kept.phone) == (kept, "Аглая", "+79120001010")
    assert kept.mentor_entries.get().school_year == 2025
    assert kept in Meeting.objects.get().attendees.all()
    assert PersonMerge.objects.get(former_key=key).person == kept


def test_merge_people_makes_one_row_of_two_in_the_same_registry(organization, curator):
    kept = make_mentor_entry(organization=organization, competences="", interests="шахматы").person
    dropped = make_mentor_entry(organization=organization, competences="математика", interests="туризм").person

    merge_people(kept, dropped, by=curator)

    entry = MentorEntry.objects.get()
    assert (entry.person, entry.competences, entry.interests) == (kept, "математика", "шахматы\nтуризм")


def test_merge_people_loses_no_words_and_the_preview_says_what_becomes_of_the_rest(organization, curator):
    kept_row = make_mentee_entry(
        organization=organization, request="Дисциплина", difficulties="нет", joined_on=date(2026, 9, 1)
    )
    other = {"request": "Программа по физике", "difficulties": "", "joined_on": date(2026, 9, 20)}
    row = make_mentee_entry(
        organization=organization, is_completed=True, is_archived=True, completed_on=date(2026, 11, 1), **other
    )

    lines = preview_merge(kept_row.person, row.person, by=curator).lines
    merge_people(kept_row.person, row.person, by=curator)

    kept_row.refresh_from_db()
    assert (kept_row.request, kept_row.difficulties) == ("Дисциплина\nПрограмма по физике", "нет")
    assert (kept_row.joined_on, kept_row.completed_on) == (date(2026, 9, 1), None)
    assert (kept_row.is_completed, kept_row.is_archived) == (False, False)
    assert {(line.kept, line.dropped) for line in lines} == {
        ("01.09.2026", "20.09.2026"),
        ("", "01.11.2026"),
        ("Дисциплина", "Программа по физике"),
        ("нет", "да"),
    }


def test_merge_people_brings_an_archived_row_back_where_the_other_is_in_the_list(organization, curator):
    kept_row = make_mentor_entry(organization=organization, is_archived=True)
    row = make_mentor_entry(organization=organization)

    merge_people(kept_row.person, row.person, by=curator)

    kept_row.refresh_from_db()
    assert not kept_row.is_archived


@pytest.mark.parametrize(("first", "second"), [("listed", "turned_down"), ("turned_down", "listed")])
def test_merge_people_lists_who_is_listed_by_one_of_the_files(organization, curator, first, second):
    kept, dropped = make_person(organization=organization), make_person(organization=organization)
    LongTermMentor.objects.create(person=kept, status=first, listed_on=date(2025, 9, 1), note="один")
    LongTermMentor.objects.create(person=dropped, status=second, listed_on=date(2024, 9, 1), note="два")

    assert [line.outcome for line in preview_merge(kept, dropped, by=curator).lines] == ["в долгосрочном реестре"]
    merge_people(kept, dropped, by=curator)

    row = LongTermMentor.objects.get()
    assert (row.status, row.note) == ("listed", "один\nдва")


def test_merge_people_leaves_one_consent_of_a_kind_in_force(organization, curator):
    kept, dropped = make_person(organization=organization), make_person(organization=organization)
    today = timezone.localdate()
    make_consent(person=kept, given_on=today - timedelta(days=60), valid_until=today + timedelta(days=30))
    longest = make_consent(person=dropped, given_on=today - timedelta(days=90))

    lines = preview_merge(kept, dropped, by=curator).lines
    kept = merge_people(kept, dropped, by=curator)

    assert len(lines) == 1
    assert list(kept.consents.in_force(today)) == [longest]
    assert kept.consents.filter(status="given").count() == 2


@pytest.mark.parametrize(
    ("chosen", "forms"),
    [
        ([], {"genitive": "Ивановой"}),
        (["last_name", "first_name"], {"genitive": "Петровой"}),
        (["last_name"], {}),
    ],
)
def test_merge_people_takes_the_cases_of_the_chosen_name(organization, curator, chosen, forms):
    kept = make_person(
        organization=organization, last_name="Иванова", first_name="Мария", name_forms={"genitive": "Ивановой"}
    )
    dropped = make_person(
        organization=organization, last_name="Петрова", first_name="Марья", name_forms={"genitive": "Петровой"}
    )

    kept = merge_people(kept, dropped, by=curator, from_dropped=chosen)

    assert kept.name_forms == forms


def test_merge_people_keeps_the_answered_invitation(organization, curator):
    survey = make_survey(program=make_program(organization=organization))
    make_response(survey=survey)
    answered = survey.invitations.get().person
    silent = make_invitation(survey=survey).person

    merge_people(silent, answered, by=curator)

    invitation = survey.invitations.get()
    assert (invitation.person, invitation.is_answered, survey.responses.count()) == (silent, True, 1)


def test_merge_people_joins_two_accounts_into_the_one_that_stays(organization, curator):
    kept, dropped = (make_person(organization=organization, user=make_user()) for _number in range(2))
    other_user = dropped.user
    other_user.memberships.create(organization=organization, role="staff")

    kept = merge_people(kept, dropped, by=curator)

    other_user.refresh_from_db()
    assert [member.role for member in kept.user.memberships.all()] == ["staff"]
    assert not other_user.is_active


@pytest.mark.parametrize("is_kept", [True, False])
@pytest.mark.parametrize("whose", ["superuser", "own", "coordinator", "curator elsewhere", "begins later elsewhere"])
def test_merge_people_refuses_accounts_over_which_the_curator_has_no_power(organization, curator, whose, is_kept):
    other = make_person(organization=organization)
    if whose == "own":
        guarded = curator.people.get()
    else:
        user = make_user(is_superuser=whose == "superuser")
        guarded = make_person(organization=organization, user=user)
        roles = {
            "coordinator": {"organization": organization, "role": "coordinator"},
            "curator elsewhere": {"organization": make_organization(), "role": "curator"},
            "begins later elsewhere": {
                "organization": make_organization(),
                "role": "head",
                "starts_on": timezone.localdate() + timedelta(days=3),
            },
        }
        if whose in roles:
            user.memberships.create(**roles[whose])
    files = (guarded, other) if is_kept else (other, guarded)

    with pytest.raises(ValidationError, match=guarded.user.email):
        merge_people(*files, by=curator)

    guarded.user.refresh_from_db()
    assert (guarded.user.is_active, Person.objects.filter(pk__in=[guarded.pk, other.pk]).count()) == (True, 2)


def test_merge_people_leaves_an_ended_role_elsewhere_alone(organization, curator):
    kept, dropped = make_person(organization=organization), make_person(organization=organization, user=make_user())
    elsewhere = dropped.user.memberships.create(
        organization=make_organization(), role="head", starts_on=date(2020, 1, 1), ends_on=date(2021, 1, 1)
    )

    kept = merge_people(kept, dropped, by=curator)

    elsewhere.refresh_from_db()
    assert (kept.user, elsewhere.user) == (dropped.user, dropped.user)


def test_merge_preview_shows_the_accounts_with_their_roles(organization, curator):
    kept, dropped = make_person(organization=organization), make_person(organization=organization, user=make_user())
    dropped.user.memberships.create(organization=organization, role="head")
    dropped.user.memberships.create(organization=make_organization(), role="staff")

    accounts = preview_merge(kept, dropped, by=curator).accounts

    assert accounts == (None, AccountOfFile(dropped.user.email, ["руководитель"], 1))


def test_merge_people_refuses_a_mentor_and_his_mentee(organization, curator):
    pair = make_pair(program=make_program(organization=organization))

    with pytest.raises(ValidationError, match="пар"):
        merge_people(pair.mentor, pair.mentees[0], by=curator)

    assert Person.objects.filter(pk=pair.mentees[0].pk).exists()


def test_merge_people_refuses_files_of_two_organizations(organization, curator):
    kept, dropped = make_person(organization=organization), make_person()

    assert preview_merge(kept, dropped, by=curator).hindrances != []
    with pytest.raises(ValidationError):
        merge_people(kept, dropped, by=curator)


def test_merge_pages_lead_from_the_choice_to_one_file(client, organization, curator):
    kept = make_person(organization=organization, last_name="Верхотурова", position="учитель физики")
    dropped = make_person(organization=organization, last_name="Верхотурова", position="учитель химии")
    address = reverse("participants:person-merge", args=[kept.pk])
    client.force_login(curator)

    choice = client.get(address)
    preview = client.get(address, {"other": dropped.pk})
    done = client.post(address, {"other": dropped.pk, "field-position": "dropped"}, follow=True)
    old_link = client.get(reverse("participants:person", args=[dropped.pk]))

    assert list(choice.context["offered"]) == [dropped]
    assert [field.name for field in preview.context["preview"].fields if field.differs] == ["position"]
    assert done.context["person"].position == "учитель химии"
    assert old_link.url == kept.get_absolute_url()


def test_merge_page_offers_nobody_of_another_organization(client, organization, curator):
    kept, foreign = make_person(organization=organization), make_person()
    client.force_login(curator)

    response = client.post(reverse("participants:person-merge", args=[kept.pk]), {"other": foreign.pk})

    assert response.status_code == 422
    assert Person.objects.filter(pk=foreign.pk).exists()


# --- depersonalization --------------------------------------------------------------------------------------------------
def places_of(*words):
    """(model, field) of every row of the database that holds one of the words; ё, case and tables of sessions aside."""
    found = []
    for model in apps.get_models():
        if model._meta.app_label in {"sessions", "django_celery_beat"}:
            continue
        for row in model._base_manager.all():
            for field in model._meta.concrete_fields:
                text = str(getattr(row, field.attname)).casefold()
                if any(word in text for word in words):
                    found.append((model._meta.label, field.name))
    return sorted(set(found))


def counts_of(program):
    """Rows of every kind that figures are counted from, and the figures of the programme themselves."""
    models = (Person, MentorEntry, MenteeEntry, Pair, PairMentee, Meeting, ProgressReport, Invitation, Response)
    attended = Meeting.attendees.through.objects.count()
    return [model.objects.count() for model in models], attended, program_counts(program, today=TODAY)


def test_depersonalize_leaves_the_name_nowhere_and_every_count(organization, curator):
    person, pair = make_full_file(organization)
    survey = make_survey(program=pair.program)
    make_invitation(survey=survey, person=person, is_answered=True)
    make_response(survey=survey, text="Верхотурова помогла больше всех")
    person.consents.create(
        kind="processing",
        text=text_for(organization, "processing"),
        status="asked",
        representative_name="Верхотуров Тихон Ильич",
    )
    words = ("верхотуров", "аглая", "тихонов", "verhoturova", "79120001010")
    counts = counts_of(pair.program)
    assert ("participants.Person", "last_name") in places_of(*words)

    act = depersonalize(person, ground="Цель достигнута", by=curator, today=TODAY)

    assert places_of(*words) == []
    assert counts_of(pair.program) == counts
    paper = pdf_text(act.pdf.read())
    assert "АКТ" in paper
    assert "Верхотуров" not in paper


def test_depersonalize_leaves_no_name_of_former_times_either(organization, curator, django_capture_on_commit_callbacks):
    """A joined file, a former name, an import, steps, letters to others, a declined application, notes."""
    first, pair = make_full_file(organization)
    second = make_person(organization=organization, last_name="Семёнова", first_name="Аглая", patronymic="Тихоновна")
    second.position = "бывшая Семёнова"
    second.save()
    person = merge_people(first, second, by=curator)
    person = change_name(
        person, NameParts("Коловратова", "Аглая", "Тихоновна"), changed_on=date(2026, 3, 8), by=curator, today=TODAY
    )
    make_meeting(pair=pair, held_on=date(2025, 11, 6), done="Показала Семенова А.Т., потом Верхотурова")
    other_entry = make_mentee_entry(organization=organization, school_year=2025, request="План от Коловратовой")
    pair.events.create(status="ended", actor=curator, comment="Коловратова Аглая Тихоновна: нет согласия")
    consent = make_consent(person=person, status="withdrawn")
    consent.events.create(status="withdrawn", actor=curator, comment="Аглая Тихоновна позвонила")
    consent.removal_tasks.create(what="Убрать имя: Коловратова Аглая Тихоновна", due_on=date(2026, 11, 1))
    LongTermMentor.objects.create(person=person, listed_on=date(2026, 9, 1), note="Верхотурова ведёт кружок")
    letters = {
        "curator@example.org": "Коловратова Аглая Тихоновна отозвала согласие",
        "VERHOTUROVA@example.org": "Коловратова, задайте пароль",
    }
    for recipient, body in letters.items():
        OutboxLetter.objects.create(
            organization=organization, name="x", recipient=recipient, subject="Письмо", body=body
        )
    OutboxLetter.objects.create(name="password", recipient="verhoturova@example.org", subject="Пароль", body="Ссылка")
    call = make_call(organization=organization)
    names = {"last_name": "Верхотурова", "first_name": "Аглая", "patronymic": "Тихоновна"}
    declined = make_application(call=call, status="declined", words="Веду кружок", phone=person.phone, **names)
    declined.events.create(status="declined", actor=curator, comment="Верхотурова уже участвует")
    words = ("верхотуров", "аглая", "тихонов", "коловратов", "семёнов", "семенов", "79120001010")
    assert len(places_of(*words)) > 15

    with django_capture_on_commit_callbacks(execute=True):
        act = depersonalize(person, ground="Цель достигнута", by=curator, today=TODAY)

    other_entry.refresh_from_db()
    assert (places_of(*words), act.left) == ([], [])
    assert other_entry.request == f"План от Участник № {person.pk}"
    assert leads_to(second.pk) == person.pk
    assert set(OutboxLetter.objects.values_list("recipient", flat=True)) == {"curator@example.org"}


def leads_to(key):
    """Where a link to a joined file leads."""
    return PersonMerge.objects.get(former_key=key).person_id


@pytest.mark.parametrize(
    ("confirmed", "cell"),
    [(True, "ВЕРХОТУРОВА АГЛАЯ ТИХОНОВНА"), (False, "ВЕРХОТУРОВА АГЛАЯ"), (False, "Верхотурова А.Т.")],
)
def test_depersonalize_destroys_the_imports_that_hold_the_person(
    client, organization, curator, confirmed, cell, django_capture_on_commit_callbacks
):
    person, _pair = make_full_file(organization)
    kept, destroyed, renamed = (
        receive_file(
            workbook(["ФИО наставника", "Должность"], [who, "учитель"]),
            name,
            kind="mentors",
            organization=organization,
            school_year=2025,
            by=curator,
        )
        for who, name in (("Орлов Иван", "база.xlsx"), (cell, "база.xlsx"), ("Орлов Иван", "ВЕРХОТУРОВА.xlsx"))
    )
    if confirmed:
        begin_writing(
            choose_columns(destroyed, {0: "full_name", 1: "position"}, by=curator), scope="sound_rows", by=curator
        )
    client.force_login(curator)

    with django_capture_on_commit_callbacks() as after_commit:
        depersonalize(person, ground="Цель достигнута", by=curator, today=TODAY)
        assert Path(destroyed.file.path).exists()  # until the transaction is through
    for each in after_commit:
        each()

    assert places_of("верхотуров") == []
    assert [Path(each.file.path).exists() for each in (kept, destroyed, renamed)] == [True, False, False]
    destroyed.refresh_from_db()
    page = client.get(reverse("participants:import-columns", args=[destroyed.pk]), follow=True)
    assert (destroyed.status, page.status_code) == ("confirmed" if confirmed else "unreadable", 200)
    assert [str(message) for message in page.context["messages"]] == ([] if confirmed else [destroyed.refusal])


def test_depersonalize_that_fails_keeps_the_files(
    organization, curator, monkeypatch, django_capture_on_commit_callbacks
):
    person, _pair = make_full_file(organization)
    held = receive_file(
        workbook(["ФИО наставника"], ["Верхотурова Аглая"]),
        "база.xlsx",
        kind="mentors",
        organization=organization,
        school_year=2025,
        by=curator,
    )
    monkeypatch.setattr("participants.depersonalization.render_pdf", _broken)

    with django_capture_on_commit_callbacks(execute=True), pytest.raises(OSError, match="disk"), transaction.atomic():
        depersonalize(person, ground="Цель достигнута", by=curator, today=TODAY)

    held.refresh_from_db()
    assert (bool(held.report), Path(held.file.path).exists()) == (True, True)


def _broken(*arguments, **options):
    raise OSError("disk")


def test_depersonalize_leaves_texts_about_others_as_they_are(organization, curator):
    """A namesake, the particle «ли», a relative: nothing of theirs changes, what is doubtful is listed."""
    program = make_program(
        organization=organization, school_year=2025, starts_on=date(2025, 9, 1), ends_on=date(2026, 5, 31)
    )
    names = {"first_name": "Мария", "patronymic": "Петровна"}
    person = make_person(organization=organization, last_name="Иванова", **names)
    namesake = make_person(organization=organization, last_name="Иванов", first_name="Павел", patronymic="Ильич")
    dates = {"started_on": date(2025, 10, 1), "ended_on": date(2026, 5, 31)}
    dates |= {"planned_from": date(2025, 10, 1), "planned_to": date(2026, 5, 31)}
    pair = make_pair(program=program, mentor=person, mentees=[namesake], status="ended", **dates)
    text = "Урок Иванова П.И., отзыв Ивановой М. П.; план Ивановой; знает ли Иванов"
    meeting = make_meeting(pair=pair, held_on=date(2025, 11, 5), done=text)

    act = depersonalize(person, ground="Цель достигнута", by=curator, today=TODAY)

    meeting.refresh_from_db()
    assert meeting.done == f"Урок Иванова П.И., отзыв Участник № {person.pk}; план Ивановой; знает ли Иванов"
    assert [(line["count"], line["places"]) for line in act.left] == [(1, [meeting.get_absolute_url()])]


def test_depersonalize_page_lists_the_places_to_look_at(client, organization, curator):
    person, pair = make_full_file(organization)
    meeting = make_meeting(pair=pair, held_on=date(2025, 11, 7), done="Потом Аглая ушла")
    activity = make_activity(
        stage=make_stage(roadmap=make_roadmap(organization=organization)), responsible_text="Верхотурова А.Т."
    )
    order = make_order(program=make_program(organization=organization), body="1. Контроль возложить на Верхотурову")
    client.force_login(curator)

    places = client.get(reverse("participants:person-depersonalize", args=[person.pk])).context["places"]
    act = depersonalize(person, ground="Цель достигнута", by=curator, today=TODAY)

    activity.refresh_from_db()
    about_it = LogEntry.objects.get_for_object(activity).values_list("changes", flat=True)
    assert "Верхотуров" not in str(list(about_it))  # what was put right beforehand is not kept in the history
    assert {(place.url, place.excerpt) for place in places} == {
        (meeting.get_absolute_url(), "Потом Аглая ушла"),
        (activity.stage.roadmap.get_absolute_url(), "Верхотурова А.Т."),
        (order.get_absolute_url(), "1. Контроль возложить на Верхотурову"),
    }
    assert activity.responsible_text == "Верхотурова А.Т."  # imported text is kept as written
    assert sum(line["count"] for line in act.left) == 3
    paper = pdf_text(act.pdf.read())
    assert "Оставлено для просмотра вручную" in paper
    assert "Установить" not in paper


def test_depersonalize_ends_the_consents_and_keeps_what_proves_them(organization, curator):
    office = make_organization(kind="education_office")
    organization.parent = office
    organization.save()
    coordinator = make_coordinator(office)
    person = make_person(organization=organization)
    today = timezone.localdate()
    make_consent(person=person, kind="upward", given_on=today)
    by_link = make_consent(
        person=person,
        given_on=today - timedelta(days=30),
        way="link",
        given_by="representative",
        representative_name="Верхотуров Тихон Ильич",
    )
    make_consent(person=person, kind="publication", status="refused")
    make_consent(person=person, kind="participation", status="asked")
    assert list(Person.objects.passed_upward_to(coordinator)) == [person]

    act = depersonalize(person, ground="Цель достигнута", by=curator, today=TODAY)

    by_link.refresh_from_db()
    assert list(Person.objects.passed_upward_to(coordinator)) == []
    assert (by_link.is_in_force(today), by_link.representative_name) == (False, "Верхотуров Тихон Ильич")
    assert [line["count"] for line in act.kept] == [3]


def test_depersonalized_person_is_shown_whole_where_names_are_short(organization, curator):
    person = depersonalize(make_person(organization=organization), ground="x", by=curator, today=TODAY).person

    assert (person.short_name, person.signature) == (f"Участник № {person.pk}",) * 2


def test_depersonalize_keeps_approved_orders_and_names_them_in_the_act(organization, curator):
    order = make_order(program=make_program(organization=organization), status="approved")
    pair = order.pairs.get()
    Pair.objects.filter(pk=pair.pk).update(status="ended", ended_on=date(2026, 11, 10))
    name = pair.mentor.last_name

    act = depersonalize(pair.mentor, ground="Цель достигнута", by=curator, today=TODAY)

    order.refresh_from_db()
    assert name in json.dumps(order.snapshot, ensure_ascii=False)
    assert [(line["what"], line["count"]) for line in act.kept] == [
        ("утверждённые приказы", 1),
        ("соглашения, составленные по приказам", 1),
    ]


def test_depersonalize_refuses_a_person_who_takes_part(organization, curator):
    person, _pair = make_full_file(organization, is_ended=False)

    with pytest.raises(ValidationError):
        depersonalize(person, ground="Цель достигнута", by=curator, today=TODAY)

    person.refresh_from_db()
    assert (person.last_name, DepersonalizationAct.objects.count()) == ("Верхотурова", 0)


@pytest.mark.parametrize("whose", ["superuser", "own", "here", "elsewhere", "begins later"])
def test_depersonalize_refuses_whose_account_is_needed(organization, curator, whose):
    person = make_person(organization=organization, user=make_user(is_superuser=whose == "superuser"))
    later = timezone.localdate() + timedelta(days=3)
    roles = {
        "here": {"organization": organization, "role": "staff"},
        "elsewhere": {"organization": make_organization(), "role": "coordinator"},
        "begins later": {"organization": make_organization(), "role": "head", "starts_on": later},
    }
    if whose in roles:
        person.user.memberships.create(**roles[whose])
    by = person.user if whose == "own" else curator

    with pytest.raises(ValidationError) as refusal:
        depersonalize(person, ground="Цель достигнута", by=by, today=TODAY)

    person.user.refresh_from_db()
    assert (len(refusal.value.messages), person.user.is_active, DepersonalizationAct.objects.count()) == (1, True, 0)


def test_depersonalize_page_asks_for_the_ground_and_leads_to_the_act(client, organization, curator):
    person, _pair = make_full_file(organization)
    address = reverse("participants:person-depersonalize", args=[person.pk])
    client.force_login(curator)

    refused = client.post(address, {"ground": "purpose"})
    done = client.post(address, {"ground": "purpose", "is_sure": "on"}, follow=True)
    again = client.post(address, {"ground": "purpose", "is_sure": "on"})

    assert (refused.status_code, again.status_code) == (422, 422)
    assert done.context["act"].organization == organization
    assert client.get(done.request["PATH_INFO"], {"format": "pdf"}).content[:5] == b"%PDF-"


def make_depersonalized(organization, curator):
    entry = make_mentor_entry(organization=organization)
    person = depersonalize(entry.person, ground="Цель достигнута", by=curator, today=TODAY).person
    entry.refresh_from_db()
    return person, entry


@pytest.mark.parametrize(
    "name",
    [
        "participants:person-edit",
        "documents:person-cases",
        "participants:person-name",
        "participants:person-merge",
        "participants:person-invite",
    ],
)
def test_depersonalized_file_is_closed_on_every_page(client, organization, curator, name):
    person, entry = make_depersonalized(organization, curator)
    client.force_login(curator)

    responses = [
        client.post(reverse(name, args=[person.pk]), {"last_name": "Иванова"}),
        client.post(entry.get_absolute_url(), {}),
        client.post(reverse("participants:registry-remove", args=["mentors", entry.pk])),
        client.post(f"{reverse('participants:registry-add', args=['mentees'])}?person={person.pk}", {}),
        client.post(reverse("participants:consent-ask", args=[person.pk, "processing"])),
        client.post(reverse("admin:participants_person_change", args=[person.pk]), {}),
        client.post(reverse("admin:participants_mentorentry_change", args=[entry.pk]), {}),
    ]

    assert [response.status_code for response in responses] == [403] * len(responses)


def test_depersonalized_file_is_marked_and_offers_nothing(client, organization, curator):
    person, _entry = make_depersonalized(organization, curator)
    client.force_login(curator)

    page = client.get(person.get_absolute_url())
    acts = client.get(reverse("participants:depersonalization-acts"))

    act = person.depersonalization_acts.get()
    shown = page.content.decode()
    assert (page.context["may_manage"], list(page.context["acts"])) == (False, [act])
    assert act.get_absolute_url() in shown
    for name in ("edit", "name", "merge", "invite", "depersonalize"):
        assert reverse(f"participants:person-{name}", args=[person.pk]) not in shown
    assert len(page.context["lines"]) > 0
    assert list(acts.context["page"]) == [act]


def test_depersonalized_file_takes_nothing_by_any_function(organization, curator):
    person, _entry = make_depersonalized(organization, curator)
    other = make_person(organization=organization)
    program = make_program(organization=organization)
    mentee = make_mentee_entry(organization=organization).person
    acts = [
        lambda: change_name(person, NameParts("А", "Б", ""), changed_on=date(2026, 3, 8), by=curator, today=TODAY),
        lambda: merge_people(person, other, by=curator),
        lambda: merge_people(other, person, by=curator),
        lambda: invite(person, by=curator, role="staff"),
        lambda: ask_consent(person, "processing", by=curator, today=TODAY),
        lambda: give_consent(person, "processing", by=curator, given_on=date(2026, 11, 1)),
        lambda: create_pair(program, mentor=person, mentees=[mentee], form=make_form(), by=curator),
    ]

    for act in acts:
        with pytest.raises(ValidationError, match="Участник"):
            act()


# --- history ------------------------------------------------------------------------------------------------------------
def test_history_of_the_file_holds_pairs_meetings_reports_and_agreements(organization, curator):
    program = make_program(organization=organization)
    mentor = make_mentor_entry(organization=organization).person
    mentees = [make_mentee_entry(organization=organization).person for _number in range(2)]
    pair = create_pair(program, mentor=mentor, mentees=mentees, form=make_form(), by=curator)
    meeting = make_meeting(pair=pair)
    make_report(pair=pair)
    make_order(program=program, pairs=[pair], status="approved")
    meeting.delete()

    for person in (mentor, mentees[0]):
        lines = [(line.subject, line.action) for line in all_lines_of(person)]
        assert {
            ("пара или группа", "добавлено"),
            ("наставляемый пары", "добавлено"),
            ("встреча", "добавлено"),
            ("встреча", "удалено"),
            ("отчёт наставника", "добавлено"),
            ("соглашение", "добавлено"),
        } <= set(lines)
    attendance = next(line for line in all_lines_of(mentor) if line.subject == "встреча" and line.changes)
    assert attendance.changes[0][2] == ", ".join(person.full_name for person in sorted(mentees, key=str))


def test_history_of_the_file_holds_the_account_without_secrets(client, organization, curator):
    person = make_person(organization=organization, email="new@example.org")
    client.force_login(curator)

    client.post(reverse("participants:person-invite", args=[person.pk]), {"role": "staff"})
    person.refresh_from_db()
    person.user.email = "other@example.org"
    person.user.set_password("portal-tests-2")
    person.user.save()

    changes = [change for line in all_lines_of(person) for change in line.changes]
    assert ("электронная почта", "new@example.org", "other@example.org") in changes
    history = str(list(LogEntry.objects.values_list("changes", "object_repr")))
    assert person.user.password not in history
    assert person.user.account_invitations.get().token not in history
    assert LogEntry.objects.get_for_model(AccountInvitation).get().additional_data["person"] == person.pk


@pytest.mark.parametrize(
    "model", [*OF_PERSONS, Person, User, RegistryImport, Pair, PairMentee, Meeting, ProgressReport]
)
def test_history_is_kept_of_every_model_with_personal_data(model):
    assert auditlog.contains(model)


def test_history_can_be_changed_by_nobody_in_the_admin(client, db):
    client.force_login(make_user(is_superuser=True))
    make_mentee_entry()
    entry = LogEntry.objects.latest("pk")

    shown = client.get(reverse("admin:auditlog_logentry_change", args=[entry.pk]))
    changed = client.post(reverse("admin:auditlog_logentry_change", args=[entry.pk]), {"object_repr": "x"})
    removed = client.post(reverse("admin:auditlog_logentry_delete", args=[entry.pk]), {"post": "yes"})

    assert (shown.status_code, changed.status_code, removed.status_code) == (200, 403, 403)
    assert client.get(reverse("admin:auditlog_logentry_changelist"), {"q": "Иванова"}).status_code == 200


@pytest.mark.django_db
def test_uploaded_roadmaps_that_name_the_person_are_counted_in_the_act_for_a_look_by_hand():
    person = make_person(last_name="Кустодиева", first_name="Вера", patronymic="Ильинична")
    plans = {
        "план.txt": "Этап\tСрок\nОтветственная Кустодиева В.И.\tоктябрь",
        "чужой.txt": "Этап\tСрок\nОтветственный завуч\tоктябрь",
        "битый.docx": "PK\x03\x04 это не документ",
    }
    uploads = [
        RoadmapImport.objects.create(
            organization=person.organization,
            school_year=2026,
            file_name=name,
            file=SimpleUploadedFile(name, text.encode()),
        )
        for name, text in plans.items()
    ]
    (lost,) = RoadmapImport.objects.bulk_create(
        [RoadmapImport(organization=person.organization, school_year=2026, file_name="нет.txt", file="nowhere.txt")]
    )
    (read,) = RoadmapImport.objects.bulk_create(
        [
            RoadmapImport(
                organization=person.organization,
                school_year=2026,
                file_name="прочитан.txt",
                file="nowhere.txt",
                source=[{"text": "Отв.: Кустодиева В.И."}],
            )
        ]
    )

    act = depersonalize(person, ground="отчисление", by=make_curator(person.organization), today=date(2026, 10, 5))

    shown = {address for line in act.left for address in line["places"]}
    assert shown == {upload.get_absolute_url() for upload in (uploads[0], uploads[2], lost, read)}
    assert "Кустодиева" not in str(act.left)
