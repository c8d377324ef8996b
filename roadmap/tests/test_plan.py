"""Proofs, links, the approved copy, occurrences, views, calendars, the daily letter."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from icalendar import Calendar

from mentorship.digests import send_digests, set_stopped
from mentorship.models import DigestReader, OutboxLetter
from participants.tests.factories import make_coordinator, make_curator, make_head, make_organization, make_staff
from roadmap import editing, linking, proofs
from roadmap.activities import confirm_deadline, set_status
from roadmap.baselines import approve_baseline, differences
from roadmap.feeds import close_feed, feed_content, open_feed, renew_feed
from roadmap.models import Activity, ReminderRule
from roadmap.occurring import make_occurrences, tick_occurrence
from roadmap.owning import set_owners
from roadmap.tests.factories import make_activity, make_roadmap, make_stage

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 10)
NOVEMBER = (date(2026, 11, 1), date(2026, 11, 30))
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


def moscow(*moment):
    return datetime(*moment, tzinfo=ZoneInfo("Europe/Moscow"))


# --- proofs -----------------------------------------------------------------------------------------------------------
def test_file_is_taken_by_its_content():
    activity = make_activity()

    with pytest.raises(ValidationError):
        proofs.add_file(activity, SimpleUploadedFile("scan.pdf", b"<html>"), title="", by=None)

    assert activity.proofs.count() == 0


def test_link_must_be_an_address_of_the_web():
    with pytest.raises(ValidationError):
        proofs.add_link(make_activity(), "javascript:alert(1)", title="x", by=None)


def test_proof_page_takes_a_note_and_shows_it_in_the_plan(client):
    activity = make_activity()
    client.force_login(make_curator(activity.organization))
    address = reverse("roadmap:activity-proofs", args=[activity.pk])

    assert client.post(address, {}).status_code == 422
    client.post(address, {"title": "Протокол № 3"})

    assert "Протокол № 3" in client.get(activity.stage.roadmap.get_absolute_url()).content.decode()


def test_file_of_a_proof_is_not_given_to_others(client):
    organization = make_organization(parent=make_organization(kind="education_office"))
    activity = make_activity(stage=make_stage(roadmap=make_roadmap(organization=organization)))
    proof = proofs.add_file(activity, SimpleUploadedFile("x.png", PNG), title="Лист", by=None)
    address = reverse("roadmap:proof-file", args=[proof.pk])

    expected = [(make_staff(organization), 200), (make_curator(), 404), (make_coordinator(organization.parent), 404)]
    for user, status in expected:
        client.force_login(user)
        assert client.get(address).status_code == status
    proofs.remove_proof(proof)


# --- links ------------------------------------------------------------------------------------------------------------
def make_chain():
    stage = make_stage()
    first = make_activity(stage=stage, content="Приказ", number="1.")
    second = make_activity(stage=stage, content="Пары", number="2.", windows=[NOVEMBER])
    linking.link_activities(first, second, kind="after", lag_days=1)
    return first, second


def test_circle_is_refused_with_its_chain():
    first, second = make_chain()

    with pytest.raises(ValidationError, match=r"«1\. Приказ» → «2\. Пары» → «1\. Приказ»"):
        linking.link_activities(second, first, kind="with", lag_days=0)


def test_moved_activity_proposes_its_followers_and_moves_them_at_one_press(client):
    first, second = make_chain()
    client.force_login(make_curator(first.organization))
    dates = {
        "windows-TOTAL_FORMS": "1",
        "windows-INITIAL_FORMS": "1",
        "windows-0-starts_on": "2026-10-01",
        "windows-0-ends_on": "2026-11-05",
    }

    response = client.post(reverse("roadmap:activity-dates", args=[first.pk]), dates)
    page = client.get(response.url)
    client.post(response.url, {"shown": page.context["fingerprint"]})

    assert [move.days for move in page.context["moves"]] == [5]
    assert second.windows.get().starts_on == date(2026, 11, 6)


def test_moves_are_not_applied_when_the_plan_has_changed_since():
    first, second = make_chain()
    confirm_deadline(first, [(date(2026, 10, 1), date(2026, 11, 5))], by=None)
    shown = linking.fingerprint(linking.proposed_moves(first))
    confirm_deadline(second, [(date(2026, 11, 2), date(2026, 11, 30))], by=None)

    with pytest.raises(ValidationError):
        linking.move_followers(first, shown=shown, by=None)


def test_activities_of_two_roadmaps_are_not_linked():
    with pytest.raises(ValidationError):
        linking.link_activities(make_activity(), make_activity(), kind="after", lag_days=1)


# --- as approved ------------------------------------------------------------------------------------------------------
def test_differences_tell_what_was_moved_added_cancelled_and_removed():
    stage = make_stage()
    moved, removed, dropped, _same = (make_activity(stage=stage) for _each in range(4))
    baseline = approve_baseline(stage.roadmap, on=date(2026, 9, 1))

    confirm_deadline(moved, [(date(2026, 10, 1), date(2026, 11, 3))], by=None)
    editing.add_activity(stage, {"content": "Новое"})
    editing.delete_activity(removed)
    set_status(dropped, "cancelled", by=None, today=TODAY)

    found = [(line.what, line.days) for line in differences(baseline)]
    assert found == [({"moved"}, 3), ({"cancelled"}, 0), ({"added"}, None), ({"removed"}, None)]


# --- occurrences ------------------------------------------------------------------------------------------------------
def make_monthly(**values):
    windows = [(date(2026, 9, 1), date(2026, 12, 31))]
    activity = make_activity(deadline_text="ежемесячно", deadline_kind="recurring", windows=windows, **values)
    make_occurrences(activity)
    return Activity.objects.get(pk=activity.pk)


def test_repeated_activity_is_late_by_its_occurrence():
    activity = make_monthly()
    september, october, *_rest = activity.occurrences.all()

    tick_occurrence(september, done_on=date(2026, 9, 20))
    assert (activity.due_on(), activity.is_late(TODAY)) == (date(2026, 10, 31), True)
    tick_occurrence(october, done_on=TODAY)
    assert (activity.is_late(TODAY), activity.is_due(TODAY)) == (False, True)


def test_another_rule_keeps_what_is_done():
    activity = make_monthly()
    tick_occurrence(activity.occurrences.first(), done_on=date(2026, 9, 20))

    editing.change_activity(activity, {"frequency": "quarterly"}, version=0, by=None)

    days = list(activity.occurrences.values_list("starts_on", "done_on"))
    assert days == [(date(2026, 9, 1), date(2026, 9, 20)), (date(2026, 11, 1), None)]


# --- pages ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["timeline", "calendar", "baseline", "feed", "state"])
def test_views_open_for_the_organization_and_not_for_strangers(client, name):
    roadmap = make_roadmap(activities=2)
    address = reverse(f"roadmap:{name}", args=[roadmap.pk])

    client.force_login(make_head(roadmap.organization))
    assert client.get(address).status_code == 200
    client.force_login(make_head())
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("address", ["timeline", "calendar"])
def test_views_print(client, address):
    roadmap = make_roadmap(activities=2)
    client.force_login(make_curator(roadmap.organization))

    response = client.get(reverse(f"roadmap:{address}", args=[roadmap.pk]), {"format": "pdf"})

    assert response.content[:5] == b"%PDF-"


@pytest.mark.parametrize("month", ["2026-10", "", "x", "0-0", "99999-1", "2026-13"])
def test_calendar_takes_any_month(client, month):
    roadmap = make_roadmap(activities=1)
    client.force_login(make_curator(roadmap.organization))

    assert client.get(reverse("roadmap:calendar", args=[roadmap.pk]), {"month": month}).status_code == 200


@pytest.mark.parametrize("count", [1, 8])
@pytest.mark.parametrize("name", ["timeline", "calendar", "owners"])
def test_query_count_of_the_views_does_not_grow(client, name, count, django_assert_max_num_queries):
    roadmap = make_roadmap(activities=count)
    set_owners(Activity.objects.all(), people=[make_staff(roadmap.organization).people.get()])
    client.force_login(make_curator(roadmap.organization))

    with django_assert_max_num_queries(16):
        assert client.get(reverse(f"roadmap:{name}", args=[roadmap.pk])).status_code == 200


# --- calendars --------------------------------------------------------------------------------------------------------
def events_of(feed):
    return Calendar.from_ical(feed_content(feed, today=TODAY)).walk("VEVENT")


def test_feed_keeps_the_uid_of_an_event_that_moved():
    activity = make_activity(windows=[NOVEMBER])
    feed = open_feed(make_curator(activity.organization), activity.stage.roadmap)
    before = events_of(feed)[0]

    confirm_deadline(activity, [(date(2026, 12, 1), date(2026, 12, 5))], by=None)
    after = events_of(feed)[0]

    assert (before["uid"], before["dtstart"].dt, before["dtend"].dt) == (
        after["uid"], date(2026, 11, 1), date(2026, 12, 1),
    )  # fmt: skip
    assert after["dtstart"].dt == date(2026, 12, 1)
    assert after["sequence"] > before["sequence"]


def test_closed_and_renewed_addresses_give_nothing(client):
    activity = make_activity()
    curator = make_curator(activity.organization)
    old = open_feed(curator)
    new = renew_feed(curator)

    def status_of(feed):
        return client.get(reverse("calendar-feed", args=[feed.token])).status_code

    assert (status_of(old), status_of(new)) == (404, 200)
    close_feed(curator)
    assert status_of(new) == 404


def test_feed_of_somebody_who_left_is_empty():
    activity = make_activity()
    stranger = make_curator()

    assert events_of(open_feed(stranger, activity.stage.roadmap)) == []


# --- the daily letter -------------------------------------------------------------------------------------------------
def make_owned(day, **values):
    activity = make_activity(windows=[(None, day)], deadline_kind="by", **values)
    set_owners([activity], roles=["curator"])
    return activity


def test_digest_is_one_letter_a_day_over_everything():
    activity = make_owned(date(2026, 11, 17))
    make_owned(date(2026, 11, 9), stage=activity.stage)
    make_owned(date(2026, 12, 17), stage=activity.stage)
    curator = make_curator(activity.organization)
    now = moscow(2026, 11, 10, 9)

    with time_machine.travel(now, tick=False):
        assert (send_digests(now), send_digests(now)) == (1, 0)

    letter = OutboxLetter.objects.get(recipient=curator.email)
    assert letter.body.count("#activity-") == 2


@pytest.mark.parametrize(
    "now",
    [moscow(2026, 11, 14, 9), moscow(2026, 11, 4, 9), moscow(2026, 11, 10, 6)],
    ids=["Saturday", "holiday", "night"],
)
def test_digest_is_silent_on_days_off_and_at_night(now):
    activity = make_owned(date(2026, 11, 15))
    make_curator(activity.organization)

    assert send_digests(now) == 0


def test_digest_is_stopped_by_its_link_and_by_the_rule_of_the_organization(client):
    activity = make_owned(date(2026, 11, 11))
    curator = make_curator(activity.organization)
    reader = DigestReader.objects.create(user=curator)
    address = reverse("digest-stop", args=[reader.token])
    now = moscow(2026, 11, 10, 9)

    assert (client.get(address).status_code, client.post(address).status_code) == (200, 200)
    with time_machine.travel(now, tick=False):
        assert send_digests(now) == 0
        set_stopped(reader, False)
        ReminderRule.objects.create(organization=activity.organization, is_on=False)
        assert send_digests(now) == 0
        ReminderRule.objects.update(is_on=True)
        assert send_digests(now) == 1


def test_reminder_rule_takes_numbers_alone(client):
    curator = make_curator()
    client.force_login(curator)
    address = reverse("roadmap:reminder-rule")

    assert client.post(address, {"is_on": "on", "days_before": "неделя"}).status_code == 422
    assert client.post(address, {"is_on": "on", "days_before": "14, 3"}).status_code == 302
    assert ReminderRule.objects.get().days == {14, 3}
