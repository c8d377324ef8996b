"""What programmes add to home, to a person's file, to search and to the registries."""

from datetime import date

import pytest
from django.test import RequestFactory
from django.urls import reverse

from mentorship.search import search
from participants.models import MenteeEntry, MentorEntry
from participants.registries import PairCells
from participants.tests.factories import make_curator
from participants.workspace import Workspace
from programs.figures import next_steps, program_counts
from programs.models import Meeting, ProgressReport
from programs.panels import pairs_of_person, registry_cells
from programs.tests.factories import make_meeting, make_pair, make_program


def home(client):
    response = client.get(reverse("home"))
    assert response.status_code == 200
    return response.content.decode()


def test_home_of_a_mentor_offers_the_log_and_says_what_is_due(sign_in, school):
    make_meeting(pair=school.pair, held_on=date(2026, 12, 1), attendees=[], topic="Открытый урок")
    forgotten = make_meeting(pair=school.pair, held_on=date(2026, 11, 1), attendees=[])
    ProgressReport.objects.update(status="returned")

    page = home(sign_in("mentor"))

    assert reverse("programs:meeting-add", args=[school.pair.pk]) in page
    assert "Открытый урок" in page
    assert forgotten.get_absolute_url() in page
    assert school.report.get_absolute_url() in page


def test_home_of_a_mentor_asks_for_a_report_that_is_due(sign_in, school):
    school.report.ends_on = date(2026, 10, 31)
    school.report.save()
    type(school.pair).objects.filter(pk=school.pair.pk).update(planned_to=date(2026, 11, 30))

    assert reverse("programs:report-add", args=[school.pair.pk]) in home(sign_in("mentor"))


def test_home_of_a_mentee_names_the_mentor(sign_in, school):
    assert school.pair.mentor.full_name in home(sign_in("mentee"))


def test_home_of_a_curator_lists_reports_that_wait(sign_in, school):
    ProgressReport.objects.update(status="submitted")

    assert school.report.get_absolute_url() in home(sign_in("curator"))


def test_home_of_a_curator_without_a_programme_offers_to_open_it(client, db, november):
    client.force_login(make_curator())

    assert reverse("programs:program-open") in home(client)


@pytest.mark.parametrize("role", ["head", "staff", "coordinator"])
def test_home_of_those_who_look_on_leads_to_the_programme(sign_in, school, role):
    target = reverse("programs:program-list") if role == "coordinator" else school.program.get_absolute_url()

    assert f'href="{target}"' in home(sign_in(role))


def test_counts_and_steps_of_a_programme(school, november):
    make_pair(program=school.program, mentees=2, status="active", started_on=date(2026, 11, 10))
    counts = program_counts(school.program, today=november)

    assert counts == {
        "mentors": 3,
        "mentees": 4,
        "without_pair": 0,
        "pairs": 1,
        "groups": 1,
        "proposed": 1,
        "ended": 0,
        "meetings": 1,
        "quiet": 1,
        "reports_waiting": 0,
    }
    assert [step.url for step in next_steps(school.program, counts)] == [
        f"{reverse('programs:pair-list')}?status=proposed",
        f"{reverse('programs:pair-list')}?log=quiet",
        reverse("programs:program-edit", args=[school.program.pk]),
    ]


def test_quiet_pair_is_quiet_no_more_after_a_meeting(school, november):
    Meeting.objects.update(held_on=date(2026, 11, 1))

    assert program_counts(school.program, today=november)["quiet"] == 0


def test_search_finds_pairs_by_both_names_within_what_the_user_sees(school):
    text = f"{school.pair.mentor.last_name} {school.pair.mentees[0].last_name}"

    found = {role: search(user, text) for role, user in school.users.items()}

    seeing = {
        role
        for role, groups in found.items()
        for _label, hits in groups
        if school.pair.get_absolute_url() in [hit.url for hit in hits]
    }
    assert seeing == {"curator", "head", "staff", "mentor", "mentee"}


def test_person_panel_lists_pairs_in_both_parts(school, rf: RequestFactory):
    mentor = school.pair.mentor
    as_mentee = make_pair(program=school.program, mentees=[mentor])
    request = rf.get("/")
    request.user = school.users["curator"]
    request.workspace = Workspace(request.user, {}, date(2026, 11, 20))

    assert set(pairs_of_person(request, mentor)["pairs"]) == {school.pair, as_mentee}


@pytest.mark.parametrize("count", [1, 3])
def test_registry_cells_come_from_pairs_in_force_with_constant_queries(db, django_assert_num_queries, count):
    program = make_program()
    pairs = [make_pair(program=program, mentees=2, status="active") for _number in range(count)]
    make_pair(program=program)
    entries = {
        "mentors": list(MentorEntry.objects.of_year(program.organization, 2026).for_register()),
        "mentees": list(MenteeEntry.objects.of_year(program.organization, 2026).for_register()),
    }

    with django_assert_num_queries(4):
        cells = {kind: registry_cells(kind, rows) for kind, rows in entries.items()}

    first = pairs[0]
    mentor_entry = first.mentor.mentor_entries.get()
    mentee_entry = first.mentees[0].mentee_entries.get()
    names = ", ".join(person.full_name for person in first.mentees)
    organization = program.organization.short_name
    (line,) = cells["mentors"][mentor_entry.pk]
    assert line == PairCells(
        partner=names,
        form=first.form.name,
        affiliation=organization,
        url=first.get_absolute_url(),
        key=first.pk,
        people=tuple((person.pk, person.full_name) for person in first.mentees),
    )
    assert [each[:4] for each in cells["mentees"][mentee_entry.pk]] == [
        (first.mentor.full_name, first.form.name, organization, first.get_absolute_url())
    ]
    assert {kind: len(rows) for kind, rows in cells.items()} == {"mentors": count, "mentees": 2 * count}


def test_registry_cells_put_the_pair_in_force_first(db):
    program = make_program()
    ended = make_pair(program=program, status="ended", ended_on=date(2026, 11, 1))
    active = make_pair(program=program, mentor=ended.mentor, status="active", started_on=date(2026, 11, 2))
    entry = ended.mentor.mentor_entries.get()

    cells = registry_cells("mentors", [entry])

    assert [cell.url for cell in cells[entry.pk]] == [active.get_absolute_url(), ended.get_absolute_url()]
