from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from mentorship import outbox
from mentorship.models import OutboxLetter
from participants.tests.factories import make_organization

TEMPLATES = {
    "emails/hello-subject.txt": "Здравствуйте,\n {{ name }}",
    "emails/hello-body.txt": "Пишет {{ portal_url }}.",
}


@pytest.fixture(autouse=True)
def letters(settings):
    """One kind of letter, without files."""
    settings.TEMPLATES = [
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "OPTIONS": {"loaders": [("django.template.loaders.locmem.Loader", TEMPLATES)]},
        }
    ]


def refuse(*args, **kwargs):
    raise ConnectionRefusedError("почтовый сервер молчит")


@pytest.mark.django_db
def test_write_letter_is_sent_after_the_commit(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        letter = outbox.write_letter("hello", "anna@example.org", {"name": "Анна Петровна"})
        assert mail.outbox == []

    letter.refresh_from_db()
    assert (letter.status, letter.attempt_count) == ("sent", 1)
    assert [(message.subject, message.to) for message in mail.outbox] == [
        ("Здравствуйте, Анна Петровна", ["anna@example.org"])
    ]


@pytest.mark.django_db
def test_write_letter_with_the_same_key_is_written_once(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        first = outbox.write_letter("hello", "anna@example.org", {}, key="reminder:1:1")
        second = outbox.write_letter("hello", "anna@example.org", {}, key="reminder:1:1")

    assert (first.pk, len(mail.outbox)) == (second.pk, 1)


@pytest.mark.django_db
def test_send_letter_twice_sends_once():
    letter = OutboxLetter.objects.create(name="hello", recipient="anna@example.org", subject="Тема", body="Текст")

    outbox.send_letter(letter.pk)
    outbox.send_letter(letter.pk)

    assert len(mail.outbox) == 1


@pytest.mark.django_db
def test_send_letter_keeps_the_refusal_and_gives_up_after_five(monkeypatch):
    letter = OutboxLetter.objects.create(name="hello", recipient="anna@example.org", subject="Тема", body="Текст")
    monkeypatch.setattr("django.core.mail.EmailMultiAlternatives.send", refuse)

    states = []
    for _attempt in range(outbox.ATTEMPTS):
        outbox.send_letter(letter.pk)
        letter.refresh_from_db()
        states.append(letter.status)

    assert states == ["waiting"] * 4 + ["failed"]
    assert letter.error == "почтовый сервер молчит"


@pytest.mark.django_db
def test_send_waiting_letters_takes_what_a_lost_worker_left():
    now = timezone.now()
    organization = make_organization()
    values = {"organization": organization, "name": "hello", "subject": "Тема", "body": "Текст"}
    lost = OutboxLetter.objects.create(
        recipient="lost@example.org", status="sending", claimed_at=now - timedelta(hours=1), **values
    )
    OutboxLetter.objects.create(recipient="busy@example.org", status="sending", claimed_at=now, **values)

    tried = outbox.send_waiting_letters(now=now)

    assert (tried, [message.to for message in mail.outbox]) == (1, [[lost.recipient]])


@pytest.mark.django_db
def test_retry_letter_sends_a_failed_one_again(django_capture_on_commit_callbacks):
    letter = OutboxLetter.objects.create(
        name="hello", recipient="anna@example.org", subject="Тема", body="Текст", status="failed", attempt_count=5
    )

    with django_capture_on_commit_callbacks(execute=True):
        outbox.retry_letter(letter)

    letter.refresh_from_db()
    assert (letter.status, len(mail.outbox)) == ("sent", 1)
