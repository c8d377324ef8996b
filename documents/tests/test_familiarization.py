import io
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from documents.familiarization import confirm_reading, familiarization_pdf, mark_readers, remind_readers
from documents.models import Familiarization, FamiliarizationSheet
from documents.tests.factories import make_filed_order, make_order
from mentorship.models import OutboxLetter
from participants.models import Person
from participants.tests.factories import make_curator, make_staff, make_user

pytestmark = pytest.mark.django_db
DAY = date(2026, 10, 5)


def with_reader(order):
    """(an account of the mentee whom the order names, his line)."""
    mentee = order.pairs.first().mentees[0]
    user = make_user()
    Person.objects.filter(pk=mentee.pk).update(user=user)
    return user, order.familiarizations.get(person=mentee)


def picture():
    out = io.BytesIO()
    Image.new("L", (40, 40)).save(out, "PNG")
    return SimpleUploadedFile("лист.pdf", out.getvalue())


def test_everybody_named_stands_in_the_list_of_the_approved_order():
    order = make_order(status="approved")
    pair = order.pairs.get()

    named = {line.person for line in order.familiarizations.all()}

    assert named == {pair.mentor, *pair.mentees, order.created_by.people.get()}
    assert [letter.recipient for letter in OutboxLetter.objects.filter(name="order-to-read")] == [
        order.created_by.email
    ]


def test_the_reader_opens_only_an_order_that_names_him_and_confirms_once(client):
    order, other = make_filed_order(), make_order(status="approved")
    user, line = with_reader(order)
    client.force_login(user)
    url = reverse("documents:order-read", args=[order.pk])

    assert client.get(url).status_code == 200
    assert client.get(reverse("documents:order-read-file", args=[order.pk])).status_code == 200
    assert client.get(reverse("documents:order-read", args=[other.pk])).status_code == 404
    for name in ("order", "order-file", "readers", "readers-print", "approval-sheet"):
        assert client.get(reverse(f"documents:{name}", args=[order.pk])).status_code == 404
    client.post(url)
    line.refresh_from_db()
    assert line.read_on is None
    client.post(url, {"has_read": "1"})
    line.refresh_from_db()
    first = line.recorded_at
    client.post(url, {"has_read": "1"})
    line.refresh_from_db()
    assert (line.way, line.recorded_by, line.recorded_at, line.address) == ("portal", user, first, "127.0.0.1")


def test_nobody_confirms_for_another():
    line = make_order(status="approved").familiarizations.first()

    with pytest.raises(ValidationError):
        confirm_reading(line, by=make_user())


def test_the_curator_records_signatures_with_the_scan(client):
    order = make_order(status="approved")
    lines = list(order.familiarizations.all())
    client.force_login(order.created_by)
    sent = {"lines": [lines[0].pk, lines[1].pk], "read_on": "2026-10-05", "scan": picture()}

    assert client.post(reverse("documents:readers", args=[order.pk]), sent).status_code == 302

    assert [line.read_on for line in order.familiarizations.all()] == [DAY, DAY, None]
    sheet = FamiliarizationSheet.objects.get()
    assert sheet.scan.name.endswith(".png")
    answer = client.get(reverse("documents:sheet-file", args=[sheet.pk]))
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/png")
    client.force_login(make_curator())
    assert client.get(reverse("documents:sheet-file", args=[sheet.pk])).status_code == 404


@pytest.mark.parametrize(
    ("day", "scan"), [(date(2099, 1, 1), None), (date(2026, 9, 30), None), (DAY, SimpleUploadedFile("a.pdf", b"MZ"))]
)
def test_wrong_days_and_files_are_refused(day, scan):
    order = make_order(status="approved")

    with pytest.raises(ValidationError):
        mark_readers(order, list(order.familiarizations.all()), read_on=day, by=order.created_by, scan=scan)

    assert order.familiarizations.waiting().count() == 3
    assert not FamiliarizationSheet.objects.exists()


def test_staff_read_the_list_and_record_nothing(client):
    order = make_order(status="approved")
    client.force_login(make_staff(order.organization))
    url = reverse("documents:readers", args=[order.pk])

    assert client.get(url).status_code == 200
    assert client.post(url, {"read_on": "2026-10-05"}).status_code == 403
    assert client.post(reverse("documents:readers-remind", args=[order.pk])).status_code == 403


def test_the_silent_are_reminded_once():
    order = make_order(status="approved")
    with_reader(order)
    confirm_reading(Familiarization.objects.get(person__user=order.created_by), by=order.created_by)

    assert [remind_readers(order, by=order.created_by) for _time in range(2)] == [1, 0]
    assert OutboxLetter.objects.filter(name="order-read-reminder").count() == 1


def test_the_printed_list_has_the_days(pdf_text):
    order = make_order(status="approved")
    mark_readers(order, list(order.familiarizations.all())[:1], read_on=DAY, by=order.created_by)

    words = pdf_text(familiarization_pdf(order))

    assert "05.10.2026" in words
    assert order.familiarizations.last().person.last_name in words
