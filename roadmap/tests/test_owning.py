from datetime import date

import pytest
import time_machine
from django.urls import reverse

from participants.depersonalization import depersonalize
from participants.merging import merge_people
from participants.tests.factories import (
    make_coordinator,
    make_curator,
    make_head,
    make_mentor_entry,
    make_organization,
    make_person,
    make_staff,
    make_user,
)
from roadmap.models import Activity
from roadmap.owning import propose_owners, set_owners, tasks_of
from roadmap.proofs import add_note
from roadmap.tests.factories import make_activity, make_roadmap

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 10)


def owners_of(activity):
    return [owner.role or owner.person for owner in activity.owners.all()]


def test_propose_owners_reads_the_roles_and_leaves_those_that_are_set():
    roadmap = make_roadmap(activities=1)
    activity = Activity.objects.get()
    person = make_person(organization=roadmap.organization)
    other = make_activity(stage=activity.stage, responsible_text="Директор, классные руководители")
    set_owners([activity], people=[person])

    assert propose_owners(roadmap) == 1
    assert (owners_of(activity), owners_of(other)) == ([person], ["head", "class_teachers"])


def test_set_owners_replaces_or_adds():
    activity = make_activity()
    set_owners([activity], roles=["curator"])
    set_owners([activity], roles=["curator", "head"], is_added=True)
    assert owners_of(activity) == ["curator", "head"]

    set_owners([activity], roles=["mentors"])
    assert owners_of(activity) == ["mentors"]


@pytest.mark.parametrize(("role", "make_member"), [("head", make_head), ("curator", make_curator)])
def test_tasks_fall_to_who_has_the_role_there(role, make_member):
    activity = make_activity()
    set_owners([activity], roles=[role])

    assert list(tasks_of(make_member(activity.organization), TODAY)) == [activity]
    assert list(tasks_of(make_member(), TODAY)) == []
    assert list(tasks_of(make_staff(activity.organization), TODAY)) == []


def test_tasks_fall_to_mentors_of_the_year_and_to_the_office_above():
    organization = make_organization(parent=make_organization(kind="education_office"))
    activity = make_roadmap(organization=organization, activities=1).stages.get().activities.get()
    set_owners([activity], roles=["mentors", "office"])
    mentor, old = make_user(), make_user()
    make_mentor_entry(person=make_person(organization=organization, user=mentor), school_year=2026)
    make_mentor_entry(person=make_person(organization=organization, user=old), school_year=2025)

    assert list(tasks_of(mentor, TODAY)) == [activity]
    assert list(tasks_of(old, TODAY)) == []
    assert list(tasks_of(make_coordinator(organization.parent), TODAY)) == [activity]


def test_owners_page_sets_them_in_bulk(client):
    roadmap = make_roadmap(activities=3)
    foreign = make_activity()
    client.force_login(make_curator(roadmap.organization))
    keys = list(Activity.objects.filter(stage__roadmap=roadmap).values_list("pk", flat=True))

    response = client.post(
        reverse("roadmap:owners", args=[roadmap.pk]), {"row": [*keys[:2], foreign.pk, "x"], "roles": ["head"]}
    )

    assert response.status_code == 302
    assert Activity.objects.filter(owners__role="head").count() == 2


@time_machine.travel("2026-11-10 10:00Z")
def test_unowned_filter_shows_what_nobody_answers_for(client):
    roadmap = make_roadmap(activities=2)
    set_owners(Activity.objects.all()[:1], roles=["head"])
    client.force_login(make_curator(roadmap.organization))

    response = client.get(roadmap.get_absolute_url(), {"show": "unowned"})

    assert response.context["whole"].unowned == 1
    assert response.content.decode().count("<article") == 1


@time_machine.travel("2026-11-10 10:00Z")
def test_owner_marks_his_task_done_and_nobody_elses(client):
    activity, other = (make_roadmap(activities=1).stages.get().activities.get() for _each in range(2))
    user = make_staff(activity.organization)
    set_owners([activity], people=[user.people.get()])
    client.force_login(user)

    response = client.post(reverse("roadmap:activity-status", args=[activity.pk]), {"status": "done", "next": "tasks"})
    refused = client.post(reverse("roadmap:activity-status", args=[other.pk]), {"status": "done"})

    assert response.url == reverse("roadmap:my-tasks")
    assert refused.status_code == 404
    assert client.get(response.url).context["tasks"] == []
    assert Activity.objects.get(pk=activity.pk).status == "done"


def test_two_files_of_one_person_answer_once_and_a_forgotten_one_for_nothing():
    organization = make_organization()
    activity = make_roadmap(organization=organization, activities=1).stages.get().activities.get()
    kept, dropped = (make_person(organization=organization) for _each in range(2))
    set_owners([activity], people=[kept, dropped])
    curator = make_curator(organization)

    merge_people(kept, dropped, by=curator)
    assert owners_of(activity) == [kept]
    depersonalize(kept, ground="ground", by=curator, today=TODAY)
    assert owners_of(activity) == []


@pytest.mark.parametrize(("make_reader", "is_named"), [(make_staff, True), (make_coordinator, False)])
def test_names_of_owners_and_proofs_stay_in_the_organization(client, make_reader, is_named):
    organization = make_organization(parent=make_organization(kind="education_office"))
    roadmap = make_roadmap(organization=organization, activities=1)
    set_owners(Activity.objects.all(), people=[make_person(organization=organization, last_name="Корзинкина")])
    add_note(Activity.objects.get(), "Лист Корзинкиной", by=None)
    client.force_login(make_reader(organization if is_named else organization.parent))

    assert ("Корзинкин" in client.get(roadmap.get_absolute_url()).content.decode()) == is_named
