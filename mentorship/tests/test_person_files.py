"""A person's file through all floors: handed out, renamed, joined with another, depersonalized."""

import json
from datetime import date

import pytest
from auditlog.models import LogEntry
from django.apps import apps
from django.core.exceptions import ValidationError
from django.urls import reverse

from documents.tests.factories import make_order
from mentorship.models import OutboxLetter
from mentorship.tests.papers import pdf_text
from monitoring.tests.factories import make_invitation, make_response, make_survey
from participants.consents import text_for
from participants.depersonalization import depersonalize
from participants.holdings import held_about
from participants.merging import merge_people, preview_merge
from participants.models import DepersonalizationAct, MentorEntry, Person, PersonMerge
from participants.name_changes import change_name
from participants.names import NameParts
from participants.subject_access import subject_access_json, subject_access_pdf
from participants.tests.factories import (
    make_curator,
    make_mentee_entry,
    make_mentor_entry,
    make_organization,
    make_person,
    make_user,
)
from programs.models import Meeting, Pair
from programs.tests.factories import make_meeting, make_pair, make_program, make_report

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


@pytest.mark.parametrize(("who", "status"), [("curator", 200), ("person", 200), ("stranger", 404)])
def test_person_held_is_for_the_curator_and_the_person(client, organization, curator, who, status):
    person, _pair = make_full_file(organization)
    person.user = make_user()
    person.save()
    client.force_login({"curator": curator, "person": person.user, "stranger": make_curator()}[who])

    for kind in ("", "pdf", "json"):
        response = client.get(reverse("participants:person-held", args=[person.pk]), {"format": kind} if kind else {})
        assert response.status_code == status

    readings = LogEntry.objects.filter(action=LogEntry.Action.ACCESS, object_id=person.pk).count()
    assert readings == (3 if status == 200 else 0)


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
    [("Иванова", date(2026, 3, 8)), ("Петрова", date(2026, 11, 21)), ("Петрова", date(2024, 1, 1))],
)
def test_change_name_refuses_what_cannot_be(organization, curator, last_name, changed_on):
    person = make_person(organization=organization, last_name="Иванова")
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
    assert (entry.person, entry.competences, entry.interests) == (kept, "математика", "шахматы")


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


def test_merge_people_refuses_a_mentor_and_his_mentee(organization, curator):
    pair = make_pair(program=make_program(organization=organization))

    with pytest.raises(ValidationError, match="пар"):
        merge_people(pair.mentor, pair.mentees[0], by=curator)

    assert Person.objects.filter(pk=pair.mentees[0].pk).exists()


def test_merge_people_refuses_files_of_two_organizations(organization, curator):
    kept, dropped = make_person(organization=organization), make_person()

    assert preview_merge(kept, dropped).hindrances != []
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


def test_depersonalize_leaves_the_name_nowhere_and_every_count(organization, curator):
    person, pair = make_full_file(organization)
    survey = make_survey(program=pair.program)
    make_invitation(survey=survey, person=person)
    person.consents.create(
        kind="processing",
        text=text_for(organization, "processing"),
        status="asked",
        representative_name="Верхотуров Тихон Ильич",
    )
    words = ("верхотуров", "аглая", "тихонов", "verhoturova", "79120001010")
    counts = [model.objects.count() for model in (Person, MentorEntry, Pair, Meeting)]
    assert ("participants.Person", "last_name") in places_of(*words)

    act = depersonalize(person, ground="Цель достигнута", by=curator, today=TODAY)

    assert places_of(*words) == []
    assert [model.objects.count() for model in (Person, MentorEntry, Pair, Meeting)] == counts
    paper = pdf_text(act.pdf.read())
    assert "АКТ" in paper
    assert "Верхотуров" not in paper


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


# --- history ------------------------------------------------------------------------------------------------------------
def test_history_can_be_changed_by_nobody_in_the_admin(client, db):
    client.force_login(make_user(is_superuser=True))
    make_mentee_entry()
    entry = LogEntry.objects.latest("pk")

    shown = client.get(reverse("admin:auditlog_logentry_change", args=[entry.pk]))
    changed = client.post(reverse("admin:auditlog_logentry_change", args=[entry.pk]), {"object_repr": "x"})
    removed = client.post(reverse("admin:auditlog_logentry_delete", args=[entry.pk]), {"post": "yes"})

    assert (shown.status_code, changed.status_code, removed.status_code) == (200, 403, 403)
    assert client.get(reverse("admin:auditlog_logentry_changelist"), {"q": "Иванова"}).status_code == 200
