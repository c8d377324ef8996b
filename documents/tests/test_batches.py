"""Many papers by one job: each once, whatever happens, in one file and one zip."""

import io
import zipfile
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from pypdf import PdfReader

from documents import batches, filing
from documents.batches import go_on, make_batch, make_items, start_batch
from documents.filing import file_order_papers
from documents.letter_kinds import LETTER_KINDS
from documents.models import BatchItem, Letter, Paper, PaperBatch
from documents.tests.factories import make_order
from mentorship.jobs import JobCancelled, Unwatched, run_job
from mentorship.models import Job
from mentorship.pdf import PaperError
from participants.tests.factories import make_curator, make_head, make_person
from programs.tests.factories import make_program

pytestmark = pytest.mark.django_db
VALUES = {
    "text": "Спасибо.",
    "layout": "portrait",
    "has_background": False,
    "dated_on": date(2026, 11, 20),
    "word": "СЕРТИФИКАТ",
}


@pytest.fixture
def program():
    program = make_program()
    make_head(program.organization)
    return program


@pytest.fixture
def curator(program):
    return make_curator(program.organization)


@pytest.fixture
def start(program, curator):
    def begin(count=3, *, token="a", kind="certificate", **values):
        people = [make_person(organization=program.organization) for _number in range(count)]
        return start_batch(
            kind, program.organization, by=curator, token=token, program=program, people=people, values=VALUES, **values
        )

    return begin


def test_a_batch_makes_a_file_for_each_and_one_of_all(start, program):
    batch, _job = start(3, outside=["ООО «Рассвет»: партнёру / другу"])
    make_batch(Unwatched(), batch=batch.pk)
    batch.refresh_from_db()

    with batch.merged.open() as file:
        assert len(PdfReader(file).pages) == 4
    with zipfile.ZipFile(io.BytesIO(batch.zipped.read())) as archive:
        names = archive.namelist()
        assert archive.testzip() is None
    assert len(names) == 4
    assert names[0].startswith("1 Сертификат- ")
    assert "/" not in "".join(names)
    assert [letter.paper.number for letter in Letter.objects.order_by("pk")] == ["1", "2", "3", "4"]


def test_the_same_form_sent_twice_is_one_batch(start, program, curator):
    first, job = start()
    again, no_job = start()

    assert again == first
    assert job
    assert no_job is None


def test_nothing_chosen_is_refused(start):
    with pytest.raises(ValidationError):
        start(0)


def test_a_job_that_was_killed_goes_on_and_makes_none_twice(start, monkeypatch):
    batch, _job = start(4)
    made, make_letter = [], batches.make_letter

    def die_at_the_third(*args, **kwargs):
        if len(made) == 2:
            raise KeyboardInterrupt  # within the transaction of the third
        made.append(make_letter(*args, **kwargs))
        return made[-1]

    monkeypatch.setattr(batches, "make_letter", die_at_the_third)
    with pytest.raises(KeyboardInterrupt):
        make_batch(Unwatched(), batch=batch.pk)
    monkeypatch.setattr(batches, "make_letter", make_letter)
    make_batch(Unwatched(), batch=batch.pk)
    make_batch(Unwatched(), batch=batch.pk)

    assert Letter.objects.count() == Paper.objects.exclude(pdf="").count() == 4
    assert sorted(Paper.objects.values_list("number", flat=True)) == ["1", "2", "3", "4"]


def test_a_paper_has_one_place_in_a_batch(start):
    batch, _job = start(2)
    make_items(batch, Unwatched())
    first, second = batch.items.all()

    with pytest.raises(IntegrityError), transaction.atomic():
        BatchItem.objects.filter(pk=second.pk).update(paper=first.paper)


def test_what_cannot_be_made_is_named_and_the_rest_is_made(program, curator):
    order = make_order(program=program, pairs=2, status="approved", by=curator)
    pairs = list(order.pairs.for_register())
    values = {field.name: field.usual for field in LETTER_KINDS["addendum"].fields}
    values |= {"starts_on": None, "ends_on": None, "dated_on": date(2026, 10, 1)}
    begin = {"by": curator, "program": program, "values": values}
    first, _job = start_batch("addendum", program.organization, token="a", pairs=pairs[:1], **begin)
    make_batch(Unwatched(), batch=first.pk)
    second, _job = start_batch("addendum", program.organization, token="b", pairs=pairs, **begin)
    outcome = make_batch(Unwatched(), batch=second.pk)

    assert second.items.get(place=1).refusal
    assert Letter.objects.count() == 2
    assert "1" in outcome.text


def test_agreements_of_an_order_come_in_one_file(program, curator):
    order = make_order(program=program, pairs=2, status="approved", by=curator)
    batch, _job = start_batch(
        "agreement", program.organization, by=curator, token="a", program=program, pairs=order.pairs.all()
    )
    make_batch(Unwatched(), batch=batch.pk)
    file_order_papers(order)
    batch.refresh_from_db()

    with batch.merged.open() as file:
        assert len(PdfReader(file).pages) >= 4
    assert not Letter.objects.exists()


def test_papers_that_cannot_be_printed_fail_the_job_with_their_number(start, monkeypatch):
    batch, _job = start(2)

    def refuse(paper):
        raise PaperError

    monkeypatch.setattr(filing, "file_paper", refuse)
    with pytest.raises(ValidationError):
        make_batch(Unwatched(), batch=batch.pk)


def test_a_cancelled_batch_says_what_is_kept_and_can_go_on(start, curator):
    batch, job = start(2)

    class Cancelled(Unwatched):
        def advance(self, steps=1):
            raise JobCancelled

    with pytest.raises(JobCancelled, match=r"kept|сохранен"):
        make_batch(Cancelled(), batch=batch.pk)
    assert Letter.objects.count() == 1
    Job.objects.filter(pk=job.pk).update(status="cancelled")
    again = go_on(batch, by=curator)
    run_job(again.pk)
    assert Letter.objects.count() == 2
    batch.refresh_from_db()
    assert go_on(batch, by=curator) is None


def test_the_pages_of_a_batch(client, program, curator, start):
    client.force_login(curator)
    form = client.get(reverse("documents:batch-new", args=["certificate", program.pk]))
    assert all(f'name="{name}"' in form.content.decode() for name in ("token", "outside", "word", "dated_on"))
    data = {"token": "t", "outside": "ООО «Рассвет»", "word": "ДИПЛОМ", "text": "за помощь", "layout": "landscape"}
    client.post(reverse("documents:batch-new", args=["certificate", program.pk]), data | {"dated_on": "2026-11-20"})
    batch = PaperBatch.objects.get()
    make_batch(Unwatched(), batch=batch.pk)

    assert client.get(batch.get_absolute_url()).status_code == 200
    for kind in ("merged", "zipped"):
        assert client.get(reverse("documents:batch-file", args=[batch.pk, kind])).status_code == 200
    client.force_login(make_curator())
    assert client.get(batch.get_absolute_url()).status_code == 404
    assert client.get(reverse("documents:batch-file", args=[batch.pk, "merged"])).status_code == 404
