"""Each page by each kind of person: 200 who may, 403 who sees but may not, 404 to whom it does not exist."""

import pytest
from django.urls import reverse

from programs.models import Meeting, Pair, ProgressReport

KINDS = [
    "curator",
    "head",
    "staff",
    "coordinator",
    "mentor",
    "other mentor",
    "mentee",
    "other mentee",
    "foreign curator",
    "no role",
]
OPEN, NO, NONE, ELSEWHERE = 200, 403, 404, 302
PAGES = {
    # page: an answer for each of KINDS
    "program-list": [OPEN, OPEN, OPEN, OPEN, OPEN, OPEN, OPEN, OPEN, OPEN, NONE],
    "program-open": [ELSEWHERE, NO, NO, NO, NO, NO, NO, NO, OPEN, NONE],
    "program": [OPEN, OPEN, OPEN, OPEN, OPEN, OPEN, OPEN, OPEN, NONE, NONE],
    "program-edit": [OPEN, NO, NO, NO, NO, NO, NO, NO, NONE, NONE],
    "pair-add": [OPEN, NO, NO, NO, NO, NO, NO, NO, NONE, NONE],
    "pair-list": [OPEN, OPEN, OPEN, NO, OPEN, OPEN, OPEN, OPEN, OPEN, NONE],
    "pair": [OPEN, OPEN, OPEN, NONE, OPEN, NONE, OPEN, NONE, NONE, NONE],
    "pair-edit": [OPEN, NO, NO, NONE, NONE, NO, NONE, NO, NONE, NONE],
    "pair-delete": [OPEN, NO, NO, NONE, NONE, NO, NONE, NO, NONE, NONE],
    "meeting-list": [OPEN, OPEN, OPEN, NO, OPEN, OPEN, OPEN, OPEN, OPEN, NONE],
    "meeting-choose": [ELSEWHERE, NO, NO, NO, ELSEWHERE, OPEN, NO, NO, OPEN, NONE],
    "meeting-add": [OPEN, NO, NO, NONE, OPEN, NONE, NO, NONE, NONE, NONE],
    "meeting-edit": [OPEN, NO, NO, NONE, OPEN, NONE, NO, NONE, NONE, NONE],
    "report-list": [OPEN, OPEN, OPEN, NO, OPEN, OPEN, NO, NO, OPEN, NONE],
    "report": [OPEN, OPEN, OPEN, NONE, OPEN, NONE, NONE, NONE, NONE, NONE],
    "report-add": [NO, NO, NO, NONE, OPEN, NONE, NO, NONE, NONE, NONE],
    "report-edit": [NO, NO, NO, NONE, OPEN, NONE, NONE, NONE, NONE, NONE],
    "my-plan": [NO, NO, NO, NO, NO, NO, OPEN, OPEN, NO, NONE],
}
BUTTONS = {
    # button: who may press it; everybody else is refused
    "pair-delete": ["curator"],
    "pair-find": ["curator"],
    "meeting-delete": ["curator", "mentor"],
    "meeting-restore": ["curator", "mentor"],
    "report-refill": ["mentor"],
    "report-submit": ["mentor"],
    "report-delete": ["mentor"],
    "report-accept": ["curator"],
    "report-return": ["curator"],
}


def address(name, school):
    subjects = {
        "program": school.program,
        "program-edit": school.program,
        "pair-add": school.program,
        "pair-find": school.program,
        "pair": school.pair,
        "pair-edit": school.proposed,
        "pair-delete": school.proposed,
        "meeting-add": school.pair,
        "meeting-restore": school.pair,
        "meeting-edit": school.meeting,
        "meeting-delete": school.meeting,
        "report-add": school.pair,
    }
    subject = subjects.get(name, school.report if name.startswith("report-") or name == "report" else None)
    if subject is None or name == "report-list":
        return reverse(f"programs:{name}")
    return reverse(f"programs:{name}", args=[subject.pk])


@pytest.mark.parametrize("name", PAGES)
def test_page_answers_each_kind_of_person(client, school, name):
    answers = []

    for kind in KINDS:
        client.force_login(school.users[kind])
        answers.append(client.get(address(name, school)).status_code)

    assert dict(zip(KINDS, answers, strict=True)) == dict(zip(KINDS, PAGES[name], strict=True))


@pytest.mark.parametrize("name", BUTTONS)
def test_button_refuses_whoever_may_not_press_it(client, school, name):
    before = _state()

    for kind in set(KINDS) - set(BUTTONS[name]):
        client.force_login(school.users[kind])
        assert client.post(address(name, school)).status_code in {403, 404}, kind

    assert _state() == before


@pytest.mark.parametrize("name", sorted(set(BUTTONS) - {"pair-delete"}))
def test_button_is_not_a_link(client, school, name):
    client.force_login(school.users["curator"])

    assert client.get(address(name, school)).status_code == 405


@pytest.mark.parametrize("name", PAGES)
def test_page_asks_strangers_to_sign_in(client, school, name):
    assert client.get(address(name, school)).status_code == 302


def _state():
    return [list(model.objects.order_by("pk").values()) for model in (Pair, Meeting, ProgressReport)]


def test_mentor_sees_on_the_page_of_the_programme_his_own_pairs_alone(sign_in, school):
    response = sign_in("mentor").get(school.program.get_absolute_url())

    assert [row.record for row in response.context["table"].rows] == [school.pair]


def test_coordinator_sees_counts_and_no_names(sign_in, school):
    client = sign_in("coordinator")

    pages = [client.get(url).content.decode() for url in (school.program.get_absolute_url(), "/programs/", "/home/")]

    assert [school.pair.mentor.last_name in page for page in pages] == [False] * 3


def test_mentee_sees_the_contacts_of_the_mentor_but_not_of_another_mentee(sign_in, school):
    other = school.proposed.mentees[0]
    school.pair.members.create(person=other)
    type(other).objects.filter(pk=other.pk).update(phone="+79990000001")
    type(other).objects.filter(pk=school.pair.mentor_id).update(phone="+79990000002")

    page = sign_in("mentee").get(school.pair.get_absolute_url()).content.decode()

    assert ("+79990000001" in page, "+79990000002" in page) == (False, True)
