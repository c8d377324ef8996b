from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import ngettext

from participants.tests.factories import make_curator, make_head, make_organization, make_person
from roadmap.activities import confirm_deadline
from roadmap.linking import link_activities
from roadmap.models import Activity, Roadmap
from roadmap.next_year import copy_roadmap, propose_copy
from roadmap.occurring import make_occurrences
from roadmap.owning import set_owners
from roadmap.proofs import add_note
from roadmap.tests.factories import make_activity, make_roadmap, make_stage

pytestmark = pytest.mark.django_db


def copied(roadmap, *, school_year=None, title="План на следующий год", **values):
    """The copy for the next year (or another), made as it was shown."""
    school_year = school_year or roadmap.school_year + 1
    shown = propose_copy(roadmap, school_year=school_year, **values).fingerprint
    return copy_roadmap(roadmap, school_year=school_year, title=title, by=None, shown=shown, **values)


def activities_of(roadmap):
    return list(Activity.objects.filter(stage__roadmap=roadmap).in_order())


def windows_of(activity):
    return [(window.starts_on, window.ends_on) for window in activity.windows.all()]


def codes_of(roadmap):
    return sorted(roadmap.remarks.values_list("code", flat=True))


@pytest.mark.parametrize(
    ("school_year", "phrase", "text", "windows"),
    [
        (2026, "октябрь", "октябрь", [(date(2027, 10, 1), date(2027, 10, 31))]),
        (2026, "февраль", "февраль", [(date(2028, 2, 1), date(2028, 2, 29))]),
        (2027, "февраль", "февраль", [(date(2029, 2, 1), date(2029, 2, 28))]),
        (2026, "до 25 мая 2027 г.", "до 25 мая 2028 г.", [(None, date(2028, 5, 25))]),
        (2027, "до 29 февраля 2028 г.", "до 28 февраля 2029 г.", [(None, date(2029, 2, 28))]),
        (2026, "март, май 2027 г.", "март, май 2028 г.", [
            (date(2028, 3, 1), date(2028, 3, 31)),
            (date(2028, 5, 1), date(2028, 5, 31)),
        ]),
        (2026, "по отдельному графику", "по отдельному графику", []),
    ],
)  # fmt: skip
def test_deadlines_are_read_for_the_new_year(school_year, phrase, text, windows):
    roadmap = make_roadmap(
        school_year=school_year, starts_on=date(school_year, 9, 1), ends_on=date(school_year + 1, 8, 31)
    )
    make_activity(stage=make_stage(roadmap=roadmap), deadline_text=phrase)

    copy = copied(roadmap)

    (activity,) = activities_of(copy)
    assert (activity.deadline_text, windows_of(activity)) == (text, windows)
    assert (copy.school_year, copy.starts_on, copy.ends_on) == (
        school_year + 1,
        date(school_year + 1, 9, 1),
        date(school_year + 2, 8, 31),
    )
    assert codes_of(copy) == []


def test_leap_day_without_a_year_becomes_a_remark():
    roadmap = make_roadmap(school_year=2027, starts_on=date(2027, 9, 1), ends_on=date(2028, 8, 31))
    make_activity(stage=make_stage(roadmap=roadmap), deadline_text="до 29 февраля")

    copy = copied(roadmap)

    assert windows_of(activities_of(copy)[0]) == []
    assert codes_of(copy) == ["deadline_unread"]


def test_days_set_by_hand_move_by_a_year_and_ask_for_a_look():
    curator = make_curator()
    roadmap = make_roadmap(organization=curator.memberships.get().organization, activities=1)
    (old,) = activities_of(roadmap)
    confirm_deadline(old, [(date(2026, 10, 5), date(2026, 10, 9))], by=curator)

    copy = copied(roadmap)

    (activity,) = activities_of(copy)
    assert windows_of(activity) == [(date(2027, 10, 5), date(2027, 10, 9))]
    assert activity.deadline_confirmed_by is None
    assert activity.deadline_confidence < 0.8
    assert activity.deadline_remark
    assert codes_of(copy) == ["deadline_moved"]
    assert copy.remarks.get().activity == activity

    confirm_deadline(activity, windows_of(activity), by=curator)
    assert copy.remarks.get().is_settled


def test_copy_takes_the_plan_and_leaves_what_was_done():
    roadmap = make_roadmap()
    stage, empty = make_stage(roadmap=roadmap, title="Работа пар в 2026 году"), make_stage(roadmap=roadmap)
    first = make_activity(
        stage=stage,
        status="done",
        done_on=date(2026, 10, 5),
        items=["Собрать анкеты 2026 года"],
        extra={"Прим.": "до 2027"},
    )
    second = make_activity(
        stage=stage, content="Итоги 2026–2027 учебного года", document_text="Справка", frequency="monthly"
    )
    make_activity(stage=stage, status="cancelled", content="Поход")
    link_activities(first, second, kind="after", lag_days=2)
    make_occurrences(second)
    set_owners([first], roles=["head"])
    person, left = make_person(organization=roadmap.organization), make_person(organization=make_organization())
    set_owners([second], roles=["mentors"], people=[person, left])
    add_note(first, "Проведено", by=None)

    copy = copied(roadmap)

    assert list(copy.stages.values_list("title", flat=True)) == ["Работа пар в 2027 году", empty.title]
    one, two = activities_of(copy)
    assert (one.status, one.done_on, one.proofs.count()) == ("planned", None, 0)
    assert one.items.get().text == "Собрать анкеты 2027 года"
    assert not one.items.get().is_done
    assert one.extra == {"Прим.": "до 2028"}
    assert (two.content, two.document_text) == ("Итоги 2027–2028 учебного года", "Справка")
    assert two.occurrences.exists()
    assert two.links_from.get().leader == one
    assert [owner.role or owner.person for owner in (*one.owners.all(), *two.owners.all())] == [
        "head",
        "mentors",
        person,
    ]
    assert (copy.columns, copy.source_name, copy.approved_on) == (roadmap.columns, "", None)
    assert [
        activity.content for activity in activities_of(copied(roadmap, title="С отменёнными", with_cancelled=True))
    ][-1] == "Поход"


def test_leftovers_of_other_years_and_organizations_become_remarks():
    organization = make_organization(short_name="МБОУ «СОШ № 3»", full_name="МБОУ «Средняя школа № 3»")
    roadmap = make_roadmap(organization=organization, title="План на 2026/2027 учебный год")
    stage = make_stage(roadmap=roadmap)
    make_activity(stage=stage, content="Разобрать итоги 2024-2025 учебного года", responsible_text="Куратор")
    make_activity(stage=stage, content="Встреча в МБОУ «Ромашка»")
    make_activity(stage=stage, content="Изучить приказ от 01.09.2026 № 7")
    make_activity(stage=stage, deadline_text="октябрь 2022 г.")

    proposed = propose_copy(roadmap, school_year=2027)
    copy = copied(roadmap)

    assert proposed.reading.title == "План на 2027/2028 учебный год"
    told = {(remark.code, remark.activity.position) for remark in copy.remarks.all()}
    assert {("other_years", 1), ("foreign_name", 2), ("kept_year", 3), ("outside_period", 4)} <= told
    assert {code for code, position in told if position < 4} == {"other_years", "foreign_name", "kept_year"}
    assert not copy.remarks.exclude(row=None).exists()
    assert not copy.remarks.filter(activity=None).exists()


def test_copy_is_refused_where_the_plan_changed_or_stands_already():
    roadmap = make_roadmap(activities=1)
    shown = propose_copy(roadmap, school_year=2027).fingerprint
    copied(roadmap, title="План")

    with pytest.raises(ValidationError):
        copied(roadmap, title="План")
    make_activity(stage=roadmap.stages.get())
    with pytest.raises(ValidationError):
        copy_roadmap(roadmap, school_year=2027, title="Второй", by=None, shown=shown)
    for year in (2026, 2025, 2040):
        with pytest.raises(ValidationError):
            propose_copy(roadmap, school_year=year)

    assert Roadmap.objects.count() == 2


def test_next_year_page_shows_old_words_beside_new_ones_and_makes_the_copy(client):
    roadmap = make_roadmap(activities=2, title="План на 2026/2027 учебный год")
    address = reverse("roadmap:next-year", args=[roadmap.pk])
    client.force_login(make_curator())
    assert client.get(address).status_code == 404
    client.force_login(make_head(roadmap.organization))
    assert client.get(address).status_code == 403

    client.force_login(make_curator(roadmap.organization))
    response = client.get(address)
    page = response.content.decode()
    assert "октябрь 2026 г." in page
    assert "октябрь 2027 г." in page
    values = {"title": "План на 2027/2028 учебный год", "shown": response.context["copy"].fingerprint}
    assert client.post(address, values | {"shown": ""}).status_code == 422
    made = client.post(address, values)
    again = client.post(address, values)

    assert made.status_code == 302
    assert again.status_code == 422
    assert client.get(made.url).status_code == 200
    assert Roadmap.objects.get(school_year=2027).title == values["title"]


def test_copy_of_a_large_plan_takes_a_constant_number_of_queries(django_assert_max_num_queries):
    roadmap = make_roadmap(activities=30)

    with django_assert_max_num_queries(16):
        propose_copy(roadmap, school_year=2027)


def test_approver_is_the_head_as_he_is_now_and_may_be_changed(client):
    organization = make_organization(short_name="МБОУ «Школа № 3»", head_position="Директор МБОУ «Школа № 3»")
    roadmap = make_roadmap(
        organization=organization,
        activities=1,
        approver_position="Директор МБОУ «Школа № 9»",
        approver_name="Н.П. Старая",
        approved_on=date(2026, 9, 1),
    )
    kept = propose_copy(roadmap, school_year=2027)
    assert kept.reading.approval.name == "Н.П. Старая"
    assert {"approver_kept", "foreign_name"} <= {remark.code for remark in kept.other_remarks}

    head = make_head(organization)
    person = head.people.get()
    copy = propose_copy(roadmap, school_year=2027)
    assert (copy.reading.approval.position, copy.reading.approval.name) == (
        organization.head_position,
        person.signature,
    )
    assert not copy.other_remarks

    client.force_login(make_curator(organization))
    address = reverse("roadmap:next-year", args=[roadmap.pk])
    page = client.get(address).content.decode()
    assert "Н.П. Старая" in page
    assert person.signature in page
    values = {"title": "Новый", "shown": copy.fingerprint, "approver_position": "Врио директора", "approver_name": "А"}
    client.post(address, values)
    made = Roadmap.objects.get(title="Новый")
    assert (made.approver_position, made.approver_name, made.approved_on) == ("Врио директора", "А", None)


def test_remarks_of_a_copy_are_not_called_those_of_an_import(client):
    roadmap = make_roadmap(activities=1)
    make_activity(stage=roadmap.stages.get(), content="Изучить приказ от 01.09.2026 № 7")
    copy = copied(roadmap)
    client.force_login(make_curator(roadmap.organization))

    page = client.get(copy.get_absolute_url()).content.decode()
    words = ngettext(
        "%(found)s place left of the plan from which this one was copied",
        "%(found)s places left of the plan from which this one was copied",
        1,
    )
    assert words % {"found": 1} in page
