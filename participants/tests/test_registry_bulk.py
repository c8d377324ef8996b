"""Acts on several rows of a registry: the question, the act, its history, the way back."""

import re
from datetime import date

import pytest
from auditlog.models import LogEntry
from django.core import mail
from django.urls import reverse

from mentorship.models import OutboxLetter
from participants import registry_bulk
from participants.models import MenteeEntry, MentorEntry
from participants.registry_bulk import set_field
from participants.registry_export import WRITERS
from participants.tests.factories import (
    make_curator,
    make_head,
    make_mentee_entry,
    make_mentor_entry,
    make_organization,
    make_person,
    make_staff,
)

pytestmark = pytest.mark.django_db
MENTORS = reverse("participants:registry-mentors")


@pytest.fixture(autouse=True)
def autumn(time_machine):
    time_machine.move_to("2026-10-05 12:00")


@pytest.fixture
def organization():
    return make_organization()


@pytest.fixture
def curator(client, organization):
    curator = make_curator(organization)
    client.force_login(curator)
    return curator


@pytest.fixture
def entries(organization):
    return [
        make_mentor_entry(person=make_person(organization=organization, last_name=name))
        for name in ("Абрамова", "Белова", "Ветрова")
    ]


def address(name, kind="mentors"):
    return reverse(f"participants:registry-bulk-{name}", args=[kind])


def rows(*entries, **values):
    return {"row": [entry.pk for entry in entries], **values}


def undo(client, kind="mentors"):
    return client.post(reverse("participants:registry-undo", args=[kind]), follow=True)


def levels(response):
    return [message.level_tag for message in response.context["messages"]]


# --- ticks and the bar ------------------------------------------------------------------------------------------------
def test_a_curator_has_ticks_and_acts_and_those_who_look_on_only_print(client, organization, entries):
    acts = {}
    for name, user in {"curator": make_curator(organization), "head": make_head(organization)}.items():
        client.force_login(user)
        acts[name] = [act.address.split("/")[-2] for act in client.get(MENTORS).context["bulk"]["acts"]]

    assert acts == {"curator": ["print", "set", "next-year", "invite", "archive"], "head": ["print"]}


@pytest.mark.parametrize(("tick", "checked"), [("", 0), ("page", 3), ("all", 3)])
def test_links_tick_rows_without_a_script(client, curator, entries, tick, checked):
    response = client.get(MENTORS, {"tick": tick})

    page = response.content.decode()
    ticked = [box.count(" checked") for box in re.findall(r'<input type="checkbox" form="ticked"[^>]*>', page)]
    assert (len(ticked), sum(ticked)) == (3, checked)
    assert (response.context["bulk"]["count"], page.count('name="all" value="yes"')) == (checked, int(tick == "all"))


def test_the_bar_keeps_the_filter_when_all_that_it_shows_is_ticked(client, curator, entries):
    response = client.get(MENTORS, {"tick": "all", "q": "бел", "who": "teacher"})

    assert response.context["kept"] == [("q", "бел"), ("who", "teacher")]
    assert response.context["bulk"]["all_count"] == 1


def test_all_of_the_filter_is_more_than_the_page(client, curator, organization):
    for _number in range(55):
        make_mentor_entry(organization=organization)
    make_mentor_entry(person=make_person(organization=organization, last_name="Другая"))

    question = client.get(address("archive"), {"all": "yes", "q": "Иванова"})
    client.post(address("archive"), {"all": "yes", "q": "Иванова"})

    assert question.context["sent"] == [("all", "yes"), ("q", "Иванова")]
    assert list(MentorEntry.objects.filter(is_archived=False).values_list("person__last_name", flat=True)) == ["Другая"]


@pytest.mark.parametrize("key", ["0", "-1", "x", "9" * 30, ""])
def test_a_key_of_no_row_ticks_nobody(client, curator, entries, key):
    response = client.post(address("archive"), {"row": [key]}, follow=True)

    assert (levels(response), MentorEntry.objects.filter(is_archived=True).count()) == (["warning"], 0)


def test_rows_of_others_cannot_be_ticked(client, curator):
    stranger = make_mentor_entry()
    former = make_mentor_entry(organization=curator.people.get().organization, school_year=2025)

    client.post(address("archive"), rows(stranger, former))

    assert MentorEntry.objects.filter(is_archived=True).count() == 0


@pytest.mark.parametrize("name", ["set", "next-year", "archive", "bring-back", "invite"])
def test_acts_are_for_curators(client, organization, entries, name):
    statuses = []
    for user in (make_staff(organization), make_head(organization)):
        client.force_login(user)
        statuses.append(client.post(address(name), rows(*entries, choice="results", value="x")).status_code)

    assert statuses == [403, 403]


def test_acts_know_two_registries(client, curator):
    for name in ("set", "next-year", "archive", "print", "invite"):
        assert client.get(reverse(f"participants:registry-bulk-{name}", args=["teachers"])).status_code == 404


# --- a field ----------------------------------------------------------------------------------------------------------
def test_set_field_asks_first_and_names_the_people(client, curator, entries):
    entries[0].results = "Есть"
    entries[0].save()

    response = client.get(address("set"), rows(*entries, choice="results"))

    assert (response.status_code, response.context["named"]) == (
        200,
        ["Абрамова Мария Петровна", "Белова Мария Петровна", "Ветрова Мария Петровна"],
    )
    assert len(response.context["sentences"]) == 2
    assert list(response.context["form"].fields) == ["value", "only_empty"]
    assert 'name="value"' in response.content.decode()


def test_set_field_fills_only_what_is_empty_and_can_be_taken_back(client, curator, entries):
    entries[0].results = "Своё"
    entries[0].save()

    client.post(address("set"), rows(*entries, choice="results", value="Готово", only_empty="on"))
    filled = list(MentorEntry.objects.order_by("person__last_name").values_list("results", flat=True))
    said = client.get(MENTORS).context["undo"]["said"]
    back = undo(client)

    assert filled == ["Своё", "Готово", "Готово"]
    assert list(MentorEntry.objects.order_by("person__last_name").values_list("results", flat=True)) == ["Своё", "", ""]
    assert (bool(said), levels(back), back.context["undo"]["said"]) == (True, ["success"], "")


def test_set_field_replaces_where_it_is_told_to_and_keeps_the_history(client, curator, entries):
    entries[0].joined_on = date(2026, 9, 1)
    entries[0].save()

    client.post(address("set"), rows(*entries[:2], choice="joined_on", value="2026-09-15"))

    entry = MentorEntry.objects.get(pk=entries[0].pk)
    last = LogEntry.objects.get_for_object(entry).first()
    assert (entry.joined_on, MentorEntry.objects.get(pk=entries[2].pk).joined_on) == (date(2026, 9, 15), None)
    assert (last.actor, last.changes, last.additional_data) == (
        curator,
        {"joined_on": ["2026-09-01", "2026-09-15"]},
        {"person": entry.person_id},
    )


def test_set_field_marks_mentees_as_completed(client, curator, organization):
    entry = make_mentee_entry(organization=organization)

    client.post(address("set", "mentees"), rows(entry, choice="is_completed", value="on"))
    marked = MenteeEntry.objects.get().is_completed
    undo(client, "mentees")

    assert (marked, MenteeEntry.objects.get().is_completed) == (True, False)


@pytest.mark.parametrize(
    ("name", "value"), [("joined_on", "завтра"), ("joined_on", ""), ("completed_on", "2026-08-01")]
)
def test_set_field_says_what_is_wrong_and_changes_nobody(client, curator, entries, name, value):
    MentorEntry.objects.filter(pk=entries[0].pk).update(joined_on=date(2026, 9, 1))

    response = client.post(address("set"), rows(*entries, choice=name, value=value))

    assert (response.status_code, list(response.context["form"].errors)) == (422, ["value"])
    assert MentorEntry.objects.filter(completed_on=None).count() == 3
    assert response.context["sent"] == [("row", str(entry.pk)) for entry in entries]


@pytest.mark.parametrize("name", ["person", "school_year", "is_archived", "id", ""])
def test_set_field_knows_only_its_fields(client, curator, entries, name):
    assert client.post(address("set"), rows(*entries, choice=name, value="1")).status_code == 404


def test_the_way_back_leaves_what_somebody_has_changed_since(client, curator, entries):
    client.post(address("set"), rows(*entries, choice="results", value="Готово"))
    MentorEntry.objects.filter(pk=entries[0].pk).update(results="Поправлено")

    response = undo(client)

    assert sorted(MentorEntry.objects.values_list("results", flat=True)) == ["", "", "Поправлено"]
    assert levels(response) == ["success", "warning"]


def test_the_way_back_is_closed_after_ten_minutes_and_after_its_use(client, curator, entries, time_machine):
    client.post(address("set"), rows(*entries, choice="results", value="Готово"))
    time_machine.move_to("2026-10-05 12:11")

    late = undo(client)
    again = undo(client)

    assert (levels(late), levels(again)) == (["warning"], ["warning"])
    assert set(MentorEntry.objects.values_list("results", flat=True)) == {"Готово"}


# --- the next year ----------------------------------------------------------------------------------------------------
def test_move_on_makes_rows_of_the_next_year_and_says_who_is_there(client, curator, organization, entries):
    MentorEntry.objects.filter(pk=entries[0].pk).update(
        competences="методика", results="итоги", joined_on=date(2026, 9, 1), case_url="https://x.example"
    )
    make_mentor_entry(person=entries[1].person, school_year=2027)

    question = client.get(address("next-year"), rows(*entries[:2]))
    client.post(address("next-year"), rows(*entries[:2]))

    moved = MentorEntry.objects.get(person=entries[0].person, school_year=2027)
    assert len(question.context["sentences"]) == 3
    assert question.context["sentences"][1].count("Белова Мария Петровна") == 1
    assert (moved.competences, moved.results, moved.joined_on, moved.case_url) == ("методика", "", None, "")
    assert MentorEntry.objects.filter(school_year=2027).count() == 2


def test_move_on_can_be_taken_back_but_for_rows_changed_since(client, curator, entries):
    client.post(address("next-year"), rows(*entries))
    MentorEntry.objects.filter(person=entries[0].person, school_year=2027).update(results="уже работает")

    response = undo(client)

    assert [entry.person for entry in MentorEntry.objects.filter(school_year=2027)] == [entries[0].person]
    assert levels(response) == ["success", "warning"]
    assert MentorEntry.objects.filter(school_year=2026).count() == 3


def test_move_on_twice_makes_rows_once(client, curator, entries):
    for _press in range(2):
        client.post(address("next-year"), rows(*entries))

    assert MentorEntry.objects.filter(school_year=2027).count() == 3


# --- the archive ------------------------------------------------------------------------------------------------------
def test_archived_rows_leave_the_list_and_come_back(client, curator, entries):
    client.post(address("archive"), rows(entries[0]))
    shown = {name: len(client.get(MENTORS, {"archived": name}).context["table"].rows) for name in ("", "only", "all")}
    shown["nothing said"] = len(client.get(MENTORS).context["table"].rows)
    client.post(address("bring-back"), rows(entries[0]))

    assert shown == {"": 2, "only": 1, "all": 3, "nothing said": 2}
    assert MentorEntry.objects.filter(is_archived=True).count() == 0


def test_archiving_can_be_taken_back(client, curator, entries):
    client.post(address("archive"), rows(*entries))

    undo(client)

    assert MentorEntry.objects.filter(is_archived=True).count() == 0


def test_bringing_back_is_offered_where_archived_rows_are_shown(client, curator, entries):
    names = [
        [act.address.split("/")[-2] for act in client.get(MENTORS, {"archived": shown}).context["bulk"]["acts"]][-2:]
        for shown in ("only", "all")
    ]

    assert names == [["invite", "bring-back"], ["archive", "bring-back"]]


# --- print and invite -------------------------------------------------------------------------------------------------
def test_print_takes_only_the_ticked(client, curator, entries, monkeypatch):
    printed = []
    monkeypatch.setitem(
        WRITERS,
        "pdf",
        lambda registry: printed.extend(line.person.last_name for line in registry.lines) or b"%PDF-",
    )

    response = client.get(address("print"), rows(entries[0], entries[2]))

    assert (response.headers["Content-Type"], printed) == ("application/pdf", ["Абрамова", "Ветрова"])


def test_invite_sends_letters_to_those_who_can_get_one(client, curator, organization, entries):
    with_email = make_mentor_entry(person=make_person(organization=organization, email="belova@example.org"))

    question = client.get(address("invite"), rows(*entries, with_email))
    client.post(address("invite"), rows(*entries, with_email))

    assert question.context["named"] == [with_email.person.full_name]
    assert len(question.context["sentences"]) == 2
    assert [letter.recipient for letter in OutboxLetter.objects.all()] == ["belova@example.org"]


def test_invite_without_an_address_says_so(client, curator, entries):
    response = client.get(address("invite"), rows(*entries), follow=True)

    assert (levels(response), len(mail.outbox)) == (["warning"], 0)


# --- closed files -----------------------------------------------------------------------------------------------------
@pytest.fixture
def closed(organization):
    """The row of a person who was depersonalized."""
    person = make_person(organization=organization, last_name="Участник", depersonalized_on=date(2026, 9, 1))
    return make_mentor_entry(person=person)


def test_nothing_is_written_into_the_row_of_a_depersonalized_person(client, curator, entries, closed):
    question = client.get(address("set"), rows(entries[0], closed, choice="results"))
    client.post(address("set"), rows(entries[0], closed, choice="results", value="Новое"))

    assert question.context["sentences"][-1].count("1") == 1
    assert [MentorEntry.objects.get(pk=entry.pk).results for entry in (entries[0], closed)] == ["Новое", ""]


def test_a_depersonalized_person_does_not_go_into_the_next_year(client, curator, entries, closed):
    question = client.get(address("next-year"), rows(entries[0], closed))
    client.post(address("next-year"), rows(entries[0], closed))

    assert question.context["named"] == ["Абрамова Мария Петровна"]
    assert list(MentorEntry.objects.filter(school_year=2027).values_list("person", flat=True)) == [entries[0].person_id]


@pytest.mark.parametrize("name", ["set", "next-year", "invite"])
def test_acts_on_depersonalized_people_alone_are_refused_with_a_sentence(client, curator, closed, name):
    response = client.post(address(name), rows(closed, choice="results", value="Новое"), follow=True)

    assert (levels(response), OutboxLetter.objects.count()) == (["warning"], 0)
    assert list(MentorEntry.objects.values_list("results", "school_year")) == [("", 2026)]


def test_the_row_of_a_depersonalized_person_may_be_archived(client, curator, closed):
    client.post(address("archive"), rows(closed))

    assert MentorEntry.objects.get().is_archived


def test_the_way_back_brings_no_words_back_into_a_closed_file(curator, entries):
    entries[0].results = "Мария Абрамова провела уроки"
    entries[0].save()
    data = set_field("mentors", entries[:1], "results", "", only_empty=False, by=curator)
    entries[0].person.depersonalized_on = date(2026, 10, 5)
    entries[0].person.save()

    counts = registry_bulk.undo(data, by=curator)

    assert (counts, MentorEntry.objects.get(pk=entries[0].pk).results) == ((0, 1), "")
