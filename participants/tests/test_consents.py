from datetime import UTC, date, datetime

import pytest
from auditlog.models import LogEntry
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db.models import Q

from mentorship.models import OutboxLetter
from participants import consent_removals
from participants.consent_asking import ask_by_letter, ask_consent, link_ends_on, send_links
from participants.consent_filing import keep_paper, keep_scan, undo_entry
from participants.consent_removals import Removal, finish_task, register_removal
from participants.consent_rules import State
from participants.consent_standing import people_of_year, people_with_consent, standings, state_of
from participants.consents import give_by_link, give_consent, refuse_by_link, refuse_consent, withdraw_consent
from participants.models import Consent, Person, RemovalTask
from participants.ready_consent_texts import load_ready_consent_texts
from participants.tests.factories import (
    make_consent,
    make_coordinator,
    make_curator,
    make_mentee_entry,
    make_mentor_entry,
    make_organization,
    make_person,
    make_user,
)

pytestmark = pytest.mark.django_db
TODAY, NOW = date(2026, 11, 20), datetime(2026, 11, 20, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def november(time_machine):
    time_machine.move_to(NOW)


@pytest.fixture(autouse=True)
def ready_texts(db):
    """The texts that the migrations load; a test with real transactions leaves an empty database behind."""
    load_ready_consent_texts()


@pytest.fixture
def removals(monkeypatch):
    """The registered removals, empty for this test."""
    found = consent_removals._removals.__class__(list)
    monkeypatch.setattr(consent_removals, "_removals", found)
    return found


def make_pupil(**values):
    return make_person(
        **{
            "kind": "pupil",
            "birth_year": 2012,
            "position": "8 «А» класс",
            "representative_name": "Иванова Ольга Сергеевна",
            "representative_email": "parent@example.org",
        }
        | values
    )


def make_author(**values):
    """Somebody whose publication can be agreed to by the link: the places of it and the contacts are known."""
    organization = make_organization(address="г. Кедровск, ул. Школьная, д. 7", site_url="https://school.example/")
    return make_person(**{"organization": organization, "email": "author@example.org"} | values)


# --- asking -----------------------------------------------------------------------------------------------------------
def test_ask_consent_opens_one_request_by_the_text_in_use():
    person, curator = make_person(email="a@example.org"), make_user()

    first = ask_consent(person, "processing", by=curator, today=TODAY)
    second = ask_consent(person, "processing", by=curator, today=TODAY)

    assert (first.status, first.given_by, first.text.kind) == ("asked", "subject", "processing")
    assert second == first
    assert [(event.status, event.actor) for event in first.events.all()] == [("asked", curator)]


def test_ask_consent_of_a_minor_goes_to_the_representative():
    asked = ask_consent(make_pupil(), "processing", by=make_user(), today=TODAY)

    address = send_links([asked], now=NOW)

    letter = OutboxLetter.objects.get()
    assert (asked.given_by, asked.representative_name) == ("representative", "Иванова Ольга Сергеевна")
    assert (address, letter.recipient, letter.name) == ("parent@example.org", "parent@example.org", "consent-asked")
    assert f"/c/{asked.token}/" in letter.body


@pytest.mark.parametrize(
    ("values", "code"), [({"birth_year": 2008}, "turns_18"), ({"representative_name": ""}, "no_name")]
)
def test_ask_consent_refuses_where_nobody_can_answer(values, code):
    with pytest.raises(ValidationError) as refusal:
        ask_consent(make_pupil(**values), "processing", by=make_user(), today=TODAY)

    assert refusal.value.code == code


def test_ask_consent_in_the_year_of_turning_18_takes_the_word_of_the_curator():
    person = make_pupil(birth_year=2008)

    givers = [
        ask_consent(person, kind, by=make_user(), today=TODAY, given_by=giver).given_by
        for kind, giver in (("processing", "subject"), ("participation", "representative"))
    ]

    assert givers == ["subject", "representative"]


def test_ask_consent_refuses_what_is_in_force_for_long():
    person = make_person()
    make_consent(person=person)

    with pytest.raises(ValidationError):
        ask_consent(person, "processing", by=make_user(), today=TODAY)


def test_send_links_writes_one_letter_and_not_again_within_minutes():
    person = make_person(email="a@example.org")
    asked = [ask_consent(person, kind, by=None, today=TODAY) for kind in ("processing", "upward")]

    sent = [send_links(asked, now=NOW), send_links(Consent.objects.all(), now=NOW)]

    assert sent == ["a@example.org", ""]
    assert OutboxLetter.objects.count() == 1


def test_ask_by_letter_asks_for_what_is_lacking_and_never_who_said_no():
    organization = make_organization()
    lacking, refusing, mute = (
        make_mentee_entry(person=make_person(organization=organization, email=email)).person
        for email in ("a@example.org", "b@example.org", "")
    )
    for kind in ("processing", "participation"):
        make_consent(person=refusing, kind=kind, status="refused")
    found = standings([lacking, refusing, mute], school_year=2026, day=TODAY)

    outcomes = [ask_by_letter(standing, standing.needed, by=None, now=NOW) for standing in found.values()]

    assert [(sent, len(reasons)) for sent, reasons in outcomes] == [(1, 0), (0, 0), (0, 1)]
    assert list(OutboxLetter.objects.values_list("recipient", flat=True)) == ["a@example.org"]
    assert Consent.objects.filter(person=lacking, status="asked").count() == 2


def test_link_ends_with_the_request_and_with_the_consent():
    asked = ask_consent(make_person(), "processing", by=None, today=TODAY)
    given = make_consent(valid_until=date(2027, 5, 1))

    assert [link_ends_on(each) for each in (asked, given, make_consent())] == [
        date(2026, 12, 20),
        date(2027, 5, 1),
        None,
    ]


@pytest.mark.parametrize("gap", ["site_url", "address", "email"])
def test_a_publication_with_blanks_is_not_asked_for_by_the_link(gap):
    person = make_author()
    asked = ask_consent(person, "publication", by=None, today=TODAY)
    holder = person if gap == "email" else person.organization
    setattr(holder, gap, "")
    holder.save()
    other = make_person(organization=person.organization, email="" if gap == "email" else "b@example.org")

    codes = []
    for step in (
        lambda: give_by_link(asked, by=None, today=TODAY),
        lambda: ask_consent(other, "publication", by=None, today=TODAY),
    ):
        with pytest.raises(ValidationError) as refusal:
            step()
        codes.append(refusal.value.code)

    assert codes == ["blank", "blank"]


def test_additional_duties_with_lines_for_the_hand_are_not_asked_for_by_the_link():
    with pytest.raises(ValidationError) as refusal:
        ask_consent(make_author(), "extra_duties", by=None, today=TODAY)

    assert refusal.value.code == "blank"
    assert "Размер и условия оплаты" in refusal.value.messages[0]


# --- answering --------------------------------------------------------------------------------------------------------
def test_give_consent_answers_the_open_request_for_as_long_as_the_text_says():
    person, curator = make_person(), make_user()
    asked = ask_consent(person, "processing", by=curator, today=TODAY)

    given = give_consent(person, "processing", by=curator, given_on=date(2026, 11, 18))

    assert (given.pk, given.status, given.way) == (asked.pk, "given", "paper")
    assert (given.given_on, given.valid_until) == (date(2026, 11, 18), date(2027, 11, 17))
    assert [event.status for event in given.events.all()] == ["given", "asked"]


def test_give_consent_without_a_request_enters_it_and_the_name_into_the_file():
    person = make_pupil(representative_name="")

    given = give_consent(
        person, "participation", by=None, given_on=TODAY, representative_name="Иванов Пётр Ильич", valid_until=TODAY
    )

    person.refresh_from_db()
    assert (given.given_by, given.representative_name, given.valid_until) == (
        "representative",
        "Иванов Пётр Ильич",
        TODAY,
    )
    assert person.representative_name == "Иванов Пётр Ильич"


@pytest.mark.parametrize(
    ("person", "values"),
    [
        ({}, {"given_on": date(2026, 11, 21)}),
        ({}, {"given_on": date(206, 11, 20)}),
        ({}, {"given_by": "representative", "representative_name": "Иванов Пётр"}),
        ({"kind": "pupil", "birth_year": 2012}, {"given_by": "subject"}),
        ({"kind": "pupil", "birth_year": 2012}, {}),
        ({"kind": "pupil", "birth_year": 2008}, {}),
        ({}, {"valid_until": date(2026, 1, 1)}),
    ],
)
def test_give_consent_refuses_what_cannot_be_true(person, values):
    person = make_person(**person)

    with pytest.raises(ValidationError):
        give_consent(person, "processing", by=None, **{"given_on": TODAY} | values)

    assert Consent.objects.count() == 0


def test_give_consent_is_not_entered_twice_for_one_day():
    person = make_person()
    give_consent(person, "processing", by=None, given_on=TODAY)

    with pytest.raises(ValidationError) as refusal:
        give_consent(person, "processing", by=None, given_on=TODAY)

    assert refusal.value.code == "entered_already"


def test_by_the_link_one_may_refuse_then_agree():
    asked = ask_consent(make_author(), "publication", by=None, today=TODAY)

    refused = refuse_by_link(asked, by=None)
    given = give_by_link(refused, by=None, today=TODAY)

    assert (given.status, given.way, given.valid_until) == ("given", "link", date(2029, 11, 19))


def test_refuse_consent_without_a_request_is_entered_and_never_while_one_is_in_force():
    person = make_person()
    refused = refuse_consent(person, "upward", by=None, comment="устно")
    make_consent(person=person, kind="processing")

    with pytest.raises(ValidationError):
        refuse_consent(person, "processing", by=None)

    assert refused.status == "refused"
    assert refused.events.get().comment == "устно"


def test_a_minor_does_not_consent_for_himself_by_an_old_link():
    person = make_pupil(birth_year=2007, email="pupil@example.org")
    old = ask_consent(person, "processing", by=None, today=TODAY)
    person.birth_year = 2012
    person.save()

    with pytest.raises(ValidationError) as refusal:
        give_by_link(old, by=None, today=TODAY)
    before = standings([person], school_year=2026, day=TODAY)[person.pk].overtaken
    new = ask_consent(person, "processing", by=None, today=TODAY)

    old.refresh_from_db()
    assert (refusal.value.code, before) == ("overtaken", {"processing"})
    assert (old.given_by, old.status, new.given_by, new.status) == ("subject", "cancelled", "representative", "asked")
    assert standings([person], school_year=2026, day=TODAY)[person.pk].overtaken == set()


@pytest.mark.parametrize(
    ("birth_year", "states"),
    [
        (2009, [State.VALID, State.EXPIRING, State.MISSING]),
        (2008, [State.EXPIRING, State.MISSING, State.MISSING]),
        (None, [State.VALID] * 3),
    ],
)
def test_a_consent_of_a_representative_is_to_be_renewed_in_the_year_of_turning_18(birth_year, states):
    person = make_pupil(birth_year=birth_year)
    given = make_consent(person=person, given_by="representative", representative_name="Иванова Ольга")
    days = [TODAY, date(2027, 1, 1), date(2028, 1, 1)]

    found = [state_of(person, "processing", day) for day in days]

    assert found == states
    assert [given.is_in_force(day) for day in days] == [state != State.MISSING for state in states]
    assert [Consent.objects.in_force(day).exists() for day in days] == [state != State.MISSING for state in states]


def test_an_own_consent_of_who_turns_18_is_in_force_and_ends_the_renewal():
    person = make_pupil(birth_year=2008)
    make_consent(person=person, given_by="representative", representative_name="Иванова Ольга")

    give_consent(person, "processing", by=None, given_on=TODAY, given_by="subject")

    assert state_of(person, "processing", TODAY) == State.VALID


def test_the_paper_of_a_consent_by_the_link_is_kept_with_it():
    person = make_mentor_entry().person
    given = give_by_link(ask_consent(person, "processing", by=None, today=TODAY), by=None, today=TODAY)
    before = standings([person], school_year=2026, day=TODAY)[person.pk]

    kept = give_consent(person, "processing", by=None, given_on=date(2026, 11, 19))
    after = standings([person], school_year=2026, day=TODAY)[person.pk]

    assert (before.without_paper, before.wants_paper("processing")) == ({"processing"}, True)
    assert (kept.pk, kept.given_on, kept.paper_on, kept.way) == (given.pk, TODAY, date(2026, 11, 19), "link")
    assert (after.without_paper, after.without_scan, after.wants_paper("processing")) == (set(), {"processing"}, False)


@pytest.mark.parametrize(("day", "is_taken"), [(date(2027, 11, 19), True), (date(2027, 11, 20), False)])
def test_give_consent_holds_as_long_as_its_text_and_no_longer(day, is_taken):
    person = make_person()
    codes = []
    try:
        give_consent(person, "processing", by=None, given_on=TODAY, valid_until=day)
    except ValidationError as refusal:
        codes.append(refusal.code)

    assert (Consent.objects.exists(), codes) == ((True, []) if is_taken else (False, ["too_long"]))


# --- mending what was entered -----------------------------------------------------------------------------------------
def scan_of(content, name="scan.pdf"):
    return ContentFile(content, name=name)


def test_keep_scan_replaces_a_wrong_one_only_with_a_reason(django_capture_on_commit_callbacks):
    given = give_consent(make_person(), "processing", by=None, given_on=TODAY, scan=scan_of(b"wrong"))
    storage, former, former_sha = given.scan.storage, given.scan.name, given.scan_sha256
    curator = make_user()

    with pytest.raises(ValidationError):
        keep_scan(given, scan_of(b"right"), by=curator)
    with django_capture_on_commit_callbacks(execute=True):
        kept = keep_scan(given, scan_of(b"right"), by=curator, why="чужой лист")

    assert (storage.exists(former), kept.scan.read()) == (False, b"right")
    event = kept.events.first()
    assert ("чужой лист" in event.comment, former_sha in event.comment, event.actor) == (True, True, curator)


def test_undo_entry_cancels_what_was_entered_without_a_request(django_capture_on_commit_callbacks):
    person = make_person()
    given = give_consent(person, "processing", by=None, given_on=TODAY, scan=scan_of(b"paper"))
    storage, name = given.scan.storage, given.scan.name

    with django_capture_on_commit_callbacks(execute=True):
        undone = undo_entry(given, by=None)

    assert (undone.status, undone.scan.name, storage.exists(name)) == ("cancelled", "", False)
    assert state_of(person, "processing", TODAY) == State.MISSING


def test_undo_entry_opens_the_request_again_and_takes_the_paper_off_a_consent_by_the_link():
    person = make_person()
    ask_consent(person, "processing", by=None, today=TODAY)
    first = undo_entry(give_consent(person, "processing", by=None, given_on=TODAY), by=None)
    state = (first.status, first.given_on, link_ends_on(first) is not None)
    by_link = give_by_link(first, by=None, today=TODAY)
    second = undo_entry(keep_paper(by_link, by=None, signed_on=TODAY), by=None)

    assert state == ("asked", None, True)
    assert (second.status, second.paper_on, second.given_on) == ("given", None, TODAY)


def test_undo_entry_leaves_what_was_withdrawn_meanwhile():
    given = give_consent(make_person(), "processing", by=None, given_on=TODAY)
    withdraw_consent(given, by=None, withdrawn_on=TODAY)

    with pytest.raises(ValidationError):
        undo_entry(given, by=None)

    assert Consent.objects.get().status == "withdrawn"


# --- withdrawing ------------------------------------------------------------------------------------------------------
def test_withdraw_consent_is_in_force_no_more_and_leaves_tasks_with_their_last_day(removals):
    given = make_consent(kind="publication")
    curator = make_curator(given.organization)
    register_removal("publication", lambda person: [Removal(f"Убрать с сайта: {person.last_name}", "/site/")])

    withdrawn = withdraw_consent(given, by=None, withdrawn_on=TODAY)

    task = RemovalTask.objects.get()
    assert (withdrawn.status, withdrawn.withdrawn_on, withdrawn.is_in_force(TODAY)) == ("withdrawn", TODAY, False)
    assert (task.consent, task.url, task.due_on) == (withdrawn, "/site/", date(2026, 12, 20))
    letter = OutboxLetter.objects.get()
    assert (letter.recipient, letter.name) == (curator.email, "consent-withdrawn")
    assert task.what in letter.body


def test_withdraw_processing_takes_the_removals_for_every_purpose_once(removals):
    given = make_consent(kind="processing")
    for kind in ("publication", "participation", "extra_duties"):
        register_removal(kind, lambda person: [Removal("Прекратить пару", "/pair/")])
    register_removal("processing", lambda person: [Removal("Уничтожить данные")])

    withdraw_consent(given, by=None, withdrawn_on=TODAY)

    assert sorted(RemovalTask.objects.values_list("what", flat=True)) == ["Прекратить пару", "Уничтожить данные"]


def test_withdraw_consent_ends_the_renewed_one_of_the_same_kind_too():
    person = make_person()
    first, second = make_consent(person=person), make_consent(person=person, given_on=date(2026, 10, 1))
    other = make_consent(person=person, kind="upward")

    withdraw_consent(first, by=None, withdrawn_on=TODAY)

    assert state_of(person, "processing", TODAY) == State.WITHDRAWN
    assert Consent.objects.get(pk=second.pk).status == "withdrawn"
    assert Consent.objects.get(pk=other.pk).status == "given"


def test_withdrawals_one_after_another_leave_each_task_once(removals):
    person = make_person()
    participation, processing = (make_consent(person=person, kind=kind) for kind in ("participation", "processing"))
    register_removal("participation", lambda person: [Removal("Прекратить пару", "/pair/")])

    withdraw_consent(participation, by=None, withdrawn_on=TODAY)
    withdraw_consent(processing, by=None, withdrawn_on=TODAY)

    assert RemovalTask.objects.count() == 1


@pytest.mark.parametrize("day", [date(2026, 8, 31), date(2026, 11, 21)])
def test_withdraw_consent_refuses_a_day_before_it_was_given_or_in_the_future(day):
    given = make_consent()

    with pytest.raises(ValidationError):
        withdraw_consent(given, by=None, withdrawn_on=day)

    assert Consent.objects.get().status == "given"


def test_the_portal_names_published_cases_and_the_file_for_a_withdrawal():
    person = make_mentor_entry(case_url="https://school.example/case-1").person
    given = make_consent(person=person, kind="publication")

    withdraw_consent(given, by=None, withdrawn_on=TODAY)

    task = RemovalTask.objects.get()
    assert "https://school.example/case-1" in task.what
    assert task.due_on == date(2026, 11, 25)  # three working days after a Friday
    assert task.url == person.mentor_entries.get().get_absolute_url()


def test_finish_task_keeps_who_and_when_and_only_once():
    withdrawn = make_consent(status="withdrawn", withdrawn_on=date(2026, 11, 1))
    task = RemovalTask.objects.create(consent=withdrawn, what="Убрать", due_on=date(2026, 12, 1))
    curator = make_user()

    done = finish_task(task, by=curator, done_on=TODAY, note="удалено")

    assert (done.done_on, done.done_by, done.note, done.is_late(date(2027, 1, 1))) == (TODAY, curator, "удалено", False)
    with pytest.raises(ValidationError):
        finish_task(task, by=curator, done_on=TODAY)


@pytest.mark.parametrize("day", [date(2026, 10, 31), date(2026, 11, 21)])
def test_finish_task_refuses_a_day_before_the_withdrawal_or_in_the_future(day):
    withdrawn = make_consent(status="withdrawn", withdrawn_on=date(2026, 11, 1))
    task = RemovalTask.objects.create(consent=withdrawn, what="Убрать", due_on=date(2026, 12, 1))

    with pytest.raises(ValidationError):
        finish_task(task, by=None, done_on=day)


# --- sets -------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("count", [1, 3])
def test_standings_of_a_registry_take_four_queries(count, django_assert_num_queries):
    organization = make_organization()
    for _n in range(count):
        make_consent(person=make_mentor_entry(organization=organization).person)
        make_mentee_entry(organization=organization)

    with django_assert_num_queries(4):
        found = standings(people_of_year(organization, 2026), school_year=2026, day=TODAY)

    assert len(found) == 2 * count
    assert {standing.states["processing"] for standing in found.values()} == {State.VALID, State.MISSING}


def test_standings_tell_what_each_needs_and_lacks():
    teacher = make_mentor_entry(person=make_person(organization=make_organization())).person
    make_consent(person=teacher, kind="extra_duties", valid_until=date(2026, 12, 1))
    make_consent(person=teacher, kind="publication", status="withdrawn")

    standing = standings([teacher], school_year=2026, day=TODAY)[teacher.pk]

    assert standing.states == {
        "processing": State.MISSING,
        "participation": State.NOT_NEEDED,
        "extra_duties": State.EXPIRING,
        "publication": State.WITHDRAWN,
        "upward": State.MISSING,
    }
    assert (standing.needed, standing.lacks(), standing.said_no()) == (
        ["processing", "extra_duties"],
        ["processing"],
        [],
    )


def test_people_of_year_leaves_out_archived_rows_other_years_and_the_depersonalized():
    organization = make_organization()
    own = make_mentor_entry(organization=organization).person
    make_mentor_entry(organization=organization, is_archived=True)
    make_mentee_entry(organization=organization, school_year=2025)
    make_mentee_entry(person=make_person(organization=organization, depersonalized_on=TODAY))
    make_mentee_entry()

    assert list(people_of_year(organization, 2026)) == [own]


def test_people_with_consent_is_a_condition_on_a_day():
    given = make_consent(valid_until=date(2026, 12, 1))
    withdrawn = make_consent(status="withdrawn", withdrawn_on=date(2026, 11, 1))
    make_consent(status="refused")

    days = [date(2026, 10, 15), TODAY, date(2026, 12, 2)]
    found = [set(Person.objects.filter(people_with_consent("processing", day) & ~Q(pk=None))) for day in days]

    assert found == [{given.person, withdrawn.person}, {given.person}, set()]


def test_passed_upward_are_people_below_the_office_with_a_consent_to_it():
    office = make_organization(kind="education_office")
    coordinator, below = make_coordinator(office), make_organization(parent=office)
    own = make_consent(person=make_person(organization=below), kind="upward").person
    make_person(organization=below)
    make_consent(person=make_person(organization=below), kind="upward", status="withdrawn")
    make_consent(person=make_person(organization=below), kind="processing")
    make_consent(kind="upward")

    assert list(Person.objects.passed_upward_to(coordinator)) == [own]
    assert list(Person.objects.passed_upward_to(make_curator(below))) == []


@pytest.mark.parametrize("status", ["withdrawn", "refused"])
def test_transfer_and_publication_stop_with_the_processing_and_go_on_with_a_new_yes(status):
    office = make_organization(kind="education_office")
    coordinator, person = make_coordinator(office), make_person(organization=make_organization(parent=office))
    for kind in ("upward", "publication"):
        make_consent(person=person, kind=kind)
    found = [list(Person.objects.passed_upward_to(coordinator))]
    make_consent(person=person, kind="processing", status=status)

    found.append(list(Person.objects.passed_upward_to(coordinator)))
    states = [state_of(person, kind, TODAY) for kind in ("upward", "publication")]
    published = list(Person.objects.filter(people_with_consent("publication", TODAY)))
    ask_consent(person, "processing", by=None, today=TODAY)
    found.append(list(Person.objects.passed_upward_to(coordinator)))
    give_consent(person, "processing", by=None, given_on=TODAY)
    found.append(list(Person.objects.passed_upward_to(coordinator)))

    assert found == [[person], [], [], [person]]
    assert (states, published) == ([State.STOPPED] * 2, [])
    assert state_of(person, "upward", TODAY) == State.VALID


def test_standings_show_what_stops_with_the_processing():
    person = make_mentor_entry().person
    make_consent(person=person, kind="upward")
    make_consent(person=person, status="withdrawn")

    states = standings([person], school_year=2026, day=TODAY)[person.pk].states

    assert (states["upward"], states["publication"]) == (State.STOPPED, State.MISSING)


# --- who sees, and what is kept ---------------------------------------------------------------------------------------
def test_consents_and_tasks_are_visible_to_those_in_charge_and_to_the_person():
    withdrawn = make_consent(person=make_person(user=make_user()), status="withdrawn")
    task = RemovalTask.objects.create(consent=withdrawn, what="Убрать", due_on=TODAY)
    curator, stranger = make_curator(withdrawn.organization), make_curator()
    coordinator = make_coordinator()

    seen = [list(Consent.objects.visible_to(user)) for user in (curator, withdrawn.person.user, stranger, coordinator)]

    assert seen == [[withdrawn], [withdrawn], [], []]
    assert [list(RemovalTask.objects.visible_to(user)) for user in (curator, stranger)] == [[task], []]


def test_the_history_of_a_consent_names_the_person_and_never_the_token():
    given = give_consent(make_person(), "processing", by=None, given_on=TODAY)

    entry = LogEntry.objects.get_for_object(given).get()

    assert entry.additional_data == {"person": given.person_id}
    assert "token" not in entry.changes_dict
