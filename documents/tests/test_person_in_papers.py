"""Where papers name a person: told to him, pointed out when he is forgotten, followed when two files are joined."""

from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils.translation import gettext

from documents.consent_papers import Sheet
from documents.letter_kinds import LETTER_KINDS
from documents.models import (
    BatchItem,
    Familiarization,
    FamiliarizationSheet,
    OrderAnnex,
    OrderPerson,
    PaperBatch,
    PrintedConsent,
    ScanPile,
    TrayItem,
    WordCopy,
)
from documents.signed_scans import codes_for
from documents.tests.factories import make_order
from participants.consents import text_for
from participants.depersonalization import depersonalize
from participants.holdings import held_about, places_to_look_at
from participants.merging import merge_people, preview_merge
from participants.models import Consent
from participants.tests.factories import make_curator, make_head, make_person

pytestmark = pytest.mark.django_db
WHO = {"last_name": "Подорожникова", "first_name": "Зоя", "patronymic": "Львовна"}
KIND, FIELD = next(
    (kind.key, field.name) for kind in LETTER_KINDS.values() for field in kind.fields if field.kind == "people"
)


@pytest.fixture
def order():
    return make_order(status="approved")


@pytest.fixture
def person(order):
    return make_person(organization=order.organization, **WHO)


def make_batch(organization, **values):
    return PaperBatch.objects.create(organization=organization, kind=KIND, token="a", **values)


def told(person):
    return {section.title: section.records for section in held_about(person)}


def test_what_is_on_its_way_to_a_paper_is_told(order, person):
    Familiarization.objects.create(order=order, person=person)
    BatchItem.objects.create(batch=make_batch(order.organization), place=1, person=person)
    printed = codes_for([Sheet(person, text_for(order.organization, "processing"), Consent.GivenBy.SUBJECT)])[0]
    pile = ScanPile.objects.create(organization=order.organization, sha256="1", names="scan.pdf")
    consent = PrintedConsent.objects.get(code=printed)
    TrayItem.objects.create(pile=pile, why="consent", first_sheet=1, page_count=2, consent=consent)

    sections = told(person)

    assert sections[gettext("Orders that the person has to read")] == [{gettext("Order"): str(order)}]
    assert sections[gettext("Papers that were to be made in a batch")][0][gettext("State")] == gettext(
        "is not made yet"
    )
    assert sections[gettext("Scans that wait in the tray")][0][gettext("Sheets")] == "2"


def test_files_that_nobody_can_search_are_pointed_out_for_a_look(order, person):
    Familiarization.objects.create(order=order, person=person)
    head = make_head(order.organization)
    FamiliarizationSheet.objects.create(order=order, scan="familiarizations/a.pdf", sha256="1", added_by=head)
    OrderAnnex.objects.create(order=order, place=9, kind="file", file="annexes/a.pdf")
    pile = ScanPile.objects.create(organization=order.organization, sha256="1", names="scan.pdf")
    TrayItem.objects.create(pile=pile, why="unread", first_sheet=1, page_count=1)
    make_order(status="approved")  # of another organization

    places = {(place.what, place.url) for place in places_to_look_at(person)}

    assert places == {
        (gettext("files attached to orders"), order.get_absolute_url()),
        (gettext("signed familiarization lists"), order.get_absolute_url()),
        (gettext("scans in the tray that nobody has put away"), reverse("documents:tray")),
    }


def test_papers_and_word_documents_that_name_the_person_in_their_text_are_pointed_out():
    paper = make_order(status="approved").paper
    person = make_person(organization=paper.organization, **WHO)
    type(paper).objects.filter(pk=paper.pk).update(text="Слово предоставлено Подорожниковой З.Л.")
    copy = WordCopy.objects.create(paper=paper, file=ContentFile(b"1", "a.docx"), sha256="1", text="Подорожникова З.Л.")

    places = {(place.what, place.url) for place in places_to_look_at(person)}

    assert places == {
        (gettext("filed papers on others"), paper.get_absolute_url()),
        (gettext("papers signed in Word"), copy.get_absolute_url()),
    }


def test_a_batch_forgets_who_is_depersonalized(order, person):
    batch = make_batch(order.organization, values={"reason": "по представлению Подорожниковой З.Л."})
    BatchItem.objects.create(batch=batch, place=1, outside="Подорожникова Зоя Львовна")

    curator = make_curator(order.organization)
    depersonalize(person, ground="Цель достигнута", by=curator, today=date(2026, 11, 20))

    batch.refresh_from_db()
    assert "Подорожников" not in f"{batch.values} {batch.items.get().outside}"


def test_a_batch_that_waits_names_the_joined_person_by_the_key_that_stays(order):
    kept, dropped, other = [make_person(organization=order.organization) for _each in "123"]
    batch = make_batch(order.organization, values={FIELD: [dropped.pk, other.pk, kept.pk]})
    BatchItem.objects.create(batch=batch, place=1)

    merge_people(kept, dropped, by=make_curator(order.organization))

    batch.refresh_from_db()
    assert batch.values == {FIELD: [kept.pk, other.pk]}


def test_the_preview_of_joining_says_what_becomes_of_doubled_lines_in_papers(order):
    kept, dropped = [make_person(organization=order.organization) for _each in "12"]
    curator = make_curator(order.organization)
    for person, words in ((kept, "за урок"), (dropped, "за конкурс")):
        OrderPerson.objects.create(order=order, person=person, role="rewarded", words=words)
        Familiarization.objects.create(order=order, person=person)
    batch = make_batch(order.organization)
    for place, person in enumerate((kept, dropped), 1):
        BatchItem.objects.create(batch=batch, place=place, person=person)
    Familiarization.objects.filter(person=dropped).update(
        read_on=date(2026, 10, 3), way="sheet", recorded_at="2026-10-03T10:00Z"
    )

    lines = preview_merge(kept, dropped, by=curator).lines

    assert [(line.what, line.outcome) for line in lines] == [
        (gettext("Place in the order"), gettext("the words of both")),
        (gettext("Familiarization"), gettext("the earlier reading, %(day)s") % {"day": "03.10.2026"}),
        (gettext("Paper of the batch"), gettext("one paper is made")),
    ]
