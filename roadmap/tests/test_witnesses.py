"""Suggestions by the word of witnesses: when they are made, confirmed, declined; what they cost."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from participants.tests.factories import make_coordinator, make_curator, make_head, make_staff
from roadmap import witnesses
from roadmap.models import Activity
from roadmap.tests.factories import make_activity, make_roadmap, make_stage
from roadmap.witness_words import Words
from roadmap.witnesses import Evidence, Witness, confirm_suggestion, decline_suggestion, suggest, suggestion_for

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 10)
OCTOBER, MAY = (date(2026, 10, 1), date(2026, 10, 31)), (date(2027, 5, 1), date(2027, 5, 31))


@pytest.fixture
def seen(monkeypatch):
    """What the witness «garden» answers; the list of roadmaps it was asked for is `seen.asked`."""

    class Seen(list):
        asked = []

    seen = Seen([Evidence("Сад посажен", date(2026, 10, 9), "/")])
    seen.asked = []

    def find(roadmap, today):
        seen.asked.append(roadmap)
        return list(seen)

    known = {
        "garden": Witness(Words(r"посадить сад", r"не посадить"), find),
        "care": Witness(Words(r"поливать"), find, is_lasting=True),
        "fence": Witness(Words(r"забор"), lambda roadmap, today: None),
    }
    monkeypatch.setattr(witnesses, "_witnesses", known)
    witnesses.kinds_of.cache_clear()
    yield seen
    witnesses.kinds_of.cache_clear()


def make(content="Посадить сад", **values):
    return make_activity(content=content, **values)


def test_evidence_is_suggested(seen):
    suggestion = suggestion_for(make(), TODAY)

    assert suggestion.evidence["garden"].sentence == "Сад посажен"
    assert suggestion.done_on == date(2026, 10, 9)


@pytest.mark.parametrize(
    "values",
    [
        {"content": "Не посадить сад"},
        {"content": "Посадить сад и поставить забор"},  # the other half is not to be seen
        {"document_text": "Забор"},
        {"windows": [MAY]},  # what was done in October is not that of May
        {"windows": [OCTOBER, MAY]},
        {"deadline_kind": "recurring"},
        {"status": "cancelled"},
        {"status": "done", "done_on": TODAY},
        {"content": "Поливать", "windows": [(date(2026, 10, 1), date(2027, 5, 31))]},  # it lasts until May
    ],
)
def test_nothing_is_suggested(seen, values):
    assert suggestion_for(make(**values), TODAY) is None


def test_what_lasts_is_suggested_at_its_end(seen):
    assert suggestion_for(make("Поливать", windows=[OCTOBER]), TODAY)


def test_evidence_of_another_year_or_of_tomorrow_is_none(seen):
    seen[:] = [Evidence("Давно", date(2025, 10, 9), "/"), Evidence("Завтра", date(2026, 11, 11), "/")]

    assert suggestion_for(make(windows=()), TODAY) is None


def test_points_that_nobody_can_see_are_counted(seen):
    activity = make(items=["Посадить сад", "Полюбоваться", "Спеть"])

    assert suggestion_for(activity, TODAY).unseen == 2


def test_confirmed_it_is_done_with_its_proof_once(seen):
    activity = make()
    curator = make_curator(activity.organization)

    confirmed = confirm_suggestion(activity, by=curator, today=TODAY)

    assert (confirmed.status, confirmed.done_on) == ("done", date(2026, 10, 9))
    assert "Сад посажен" in activity.proofs.get().title
    assert "Сад посажен" in activity.events.get().comment
    with pytest.raises(ValidationError):
        confirm_suggestion(activity, by=curator, today=TODAY)
    assert activity.proofs.count() == 1


def test_evidence_that_is_gone_confirms_nothing(seen):
    activity = make()
    seen.clear()

    with pytest.raises(ValidationError):
        confirm_suggestion(activity, by=None, today=TODAY)

    assert Activity.objects.get(pk=activity.pk).status == "planned"


def test_declined_it_is_not_suggested_again(seen):
    activity = make()

    declined = decline_suggestion(activity, today=TODAY)
    decline_suggestion(activity, today=TODAY)

    assert declined.declined_witnesses == ["garden"]
    assert suggestion_for(Activity.objects.get(pk=activity.pk), TODAY) is None


def test_declined_suggestion_is_taken_back(client, seen):
    activity = make()
    decline_suggestion(activity, today=TODAY)
    address = reverse("roadmap:suggestion", args=[activity.pk])
    client.force_login(make_head(activity.organization))
    assert client.post(address, {"act": "resume"}).status_code == 403

    client.force_login(make_curator(activity.organization))
    assert 'value="resume"' in client.get(activity.stage.roadmap.get_absolute_url()).content.decode()
    client.post(address, {"act": "resume"})

    activity.refresh_from_db()
    assert activity.declined_witnesses == []
    assert suggestion_for(activity, TODAY)


def test_witness_is_asked_once_for_a_roadmap_and_not_without_need(seen):
    stage = make_stage()
    activities = [make(stage=stage), make(stage=stage), make("Спеть", stage=stage)]

    assert suggest(stage.roadmap, activities, TODAY) == 2
    assert len(seen.asked) == 1


@pytest.mark.parametrize("count", [1, 10])
def test_query_count_of_the_page_does_not_grow(client, seen, count, django_assert_max_num_queries):
    roadmap = make_roadmap()
    stage = make_stage(roadmap=roadmap)
    for _number in range(count):
        make(stage=stage)
    client.force_login(make_curator(roadmap.organization))
    with django_assert_max_num_queries(18):
        client.get(roadmap.get_absolute_url())


def test_curator_alone_sees_and_answers_it(client, seen):
    activity = make()
    page, address = activity.stage.roadmap.get_absolute_url(), reverse("roadmap:suggestion", args=[activity.pk])
    organization = activity.organization
    for user, status in [(make_head(organization), 403), (make_staff(organization), 403), (make_curator(), 404)]:
        client.force_login(user)
        assert "Сад посажен" not in client.get(page).content.decode()
        assert client.post(address, {"act": "confirm"}).status_code == status
    assert Activity.objects.get(pk=activity.pk).status == "planned"

    client.force_login(make_curator(organization))
    assert "Сад посажен" in client.get(page, {"show": "suggested"}).content.decode()
    assert client.get(address).status_code == 405
    client.post(address, {"act": "decline"})
    assert "Сад посажен" not in client.get(page).content.decode()


def test_coordinator_sees_no_suggestion(client, seen):
    activity = make()
    office = activity.organization.parent
    client.force_login(make_coordinator(office) if office else make_coordinator())

    assert "Сад посажен" not in client.get(activity.stage.roadmap.get_absolute_url()).content.decode()
