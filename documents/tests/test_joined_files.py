"""Two files of one person are joined while both stand in one list of a paper."""

from datetime import date

import pytest
from django.utils import timezone
from django.utils.translation import gettext

from documents.consent_papers import Sheet
from documents.models import BatchItem, Familiarization, OrderPerson, PaperBatch, PrintedConsent
from documents.signed_scans import codes_for
from documents.tests.factories import make_filed_order, make_order
from participants.consent_versions import text_for
from participants.holdings import held_about
from participants.merging import merge_people
from participants.models import Consent
from participants.tests.factories import make_curator, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def order():
    return make_order(status="approved")


@pytest.fixture
def files(order):
    return [make_person(organization=order.organization) for _each in "12"]


@pytest.fixture
def join(order, files):
    curator = make_curator(order.organization)
    return lambda: merge_people(*files, by=curator)


def read(order, person, day):
    row = Familiarization(order=order, person=person)
    if day:
        row.read_on, row.way, row.recorded_at = day, Familiarization.Way.SHEET, timezone.now()
    row.save()


@pytest.mark.parametrize(
    ("days", "stays"),
    [
        ((None, None), None),
        ((None, date(2026, 10, 3)), date(2026, 10, 3)),
        ((date(2026, 10, 5), date(2026, 10, 3)), date(2026, 10, 3)),
        ((date(2026, 10, 3), date(2026, 10, 5)), date(2026, 10, 3)),
    ],
)
def test_one_line_of_a_familiarization_list_is_left_with_the_earlier_reading(order, files, join, days, stays):
    for person, day in zip(files, days, strict=True):
        read(order, person, day)

    line = order.familiarizations.get(person=join())

    assert line.read_on == stays
    assert bool(line.recorded_at) is bool(stays)


def test_one_place_in_an_order_is_left_with_the_words_of_both(order, files, join):
    for person, words in zip(files, ("за открытый урок", "за конкурс"), strict=True):
        OrderPerson.objects.create(order=order, person=person, role="rewarded", words=words)

    place = order.named.get(person=join())

    assert place.words == "за открытый урок; за конкурс"


def test_both_printed_codes_lead_to_the_person_and_one_is_printed_from_then_on(order, files, join):
    text = text_for(order.organization, "processing")
    printed = [codes_for([Sheet(person, text, Consent.GivenBy.SUBJECT)])[0] for person in files]

    kept = join()

    assert set(PrintedConsent.objects.filter(person=kept).values_list("code", flat=True)) == set(printed)
    assert codes_for([Sheet(kept, text, Consent.GivenBy.SUBJECT)]) == printed[:1]
    assert [len(each.records) for each in held_about(kept) if each.title == gettext("Printed forms of consents")] == [2]


@pytest.mark.parametrize(("is_made", "left"), [((False, False), 1), ((True, False), 1), ((False, True), 1)])
def test_a_paper_of_a_batch_is_made_once(order, files, join, is_made, left):
    paper = make_filed_order().paper
    batch = PaperBatch.objects.create(organization=order.organization, kind="certificate", token="a")
    for place, (person, made) in enumerate(zip(files, is_made, strict=True), 1):
        BatchItem.objects.create(batch=batch, place=place, person=person, paper=paper if made else None)

    item = batch.items.get(person=join())

    assert batch.items.count() == left
    assert item.paper == (paper if any(is_made) else None)


def test_two_papers_of_a_batch_that_were_made_both_stay_in_it(order, files, join):
    papers = [make_filed_order().paper, make_filed_order().paper]
    batch = PaperBatch.objects.create(organization=order.organization, kind="certificate", token="a")
    for place, (person, paper) in enumerate(zip(files, papers, strict=True), 1):
        BatchItem.objects.create(batch=batch, place=place, person=person, paper=paper)
    name = files[1].full_name

    kept = join()

    assert list(batch.items.values_list("person", "outside", "paper")) == [
        (kept.pk, "", papers[0].pk),
        (None, name, papers[1].pk),
    ]
