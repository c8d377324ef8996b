"""Letters: written into the outbox within the caller's transaction, sent by the worker after it.

A letter is a name and a context: `templates/emails/<name>-subject.txt`, `-body.txt` and, where it exists, `-body.html`.
"""

import logging
import smtplib
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import F, Q
from django.template import TemplateDoesNotExist
from django.template.loader import render_to_string
from django.utils import timezone, translation

from mentorship.models import OutboxLetter

logger = logging.getLogger(__name__)
ATTEMPTS = 5
CLAIM_LASTS = timedelta(minutes=10)


def write_letter(name, recipient, context, *, organization=None, key=None):
    """Put a letter into the outbox; it is sent once the transaction is committed.

    `key` names what must be said once: when a letter with that key is there already, that letter is returned and
    nothing is sent. Returns the OutboxLetter.
    """
    with translation.override(settings.LANGUAGE_CODE):
        context = {"portal_url": settings.PORTAL_URL, **context}
        text = {
            "subject": " ".join(render_to_string(f"emails/{name}-subject.txt", context).split()),
            "body": render_to_string(f"emails/{name}-body.txt", context).strip() + "\n",
            "html": _html(name, context),
        }
    values = {"organization": organization, "name": name, "recipient": recipient, **text}
    if key is None:
        letter, is_new = OutboxLetter.objects.create(**values), True
    else:
        letter, is_new = OutboxLetter.objects.get_or_create(key=key, defaults=values)
    if is_new:
        from mentorship.tasks import send_letter_task

        send_letter_task.delay_on_commit(letter.pk)
    return letter


def _html(name, context):
    try:
        return render_to_string(f"emails/{name}-body.html", context)
    except TemplateDoesNotExist:
        return ""


def send_letter(letter_id):
    """Send a waiting letter; whoever wins the claim sends, so two workers never send one letter twice."""
    now = timezone.now()
    claimable = Q(status=OutboxLetter.Status.WAITING) | Q(
        status=OutboxLetter.Status.SENDING, claimed_at__lt=now - CLAIM_LASTS
    )
    won = OutboxLetter.objects.filter(claimable, pk=letter_id).update(
        status=OutboxLetter.Status.SENDING, claimed_at=now, attempt_count=F("attempt_count") + 1
    )
    if not won:
        return
    letter = OutboxLetter.objects.get(pk=letter_id)
    message = EmailMultiAlternatives(letter.subject, letter.body, settings.DEFAULT_FROM_EMAIL, [letter.recipient])
    if letter.html:
        message.attach_alternative(letter.html, "text/html")
    try:
        message.send()
    except (smtplib.SMTPException, OSError) as error:
        logger.warning("Letter %s was not sent: %s", letter.pk, error)
        letter.status = OutboxLetter.Status.FAILED if letter.attempt_count >= ATTEMPTS else OutboxLetter.Status.WAITING
        letter.error = str(error)
    else:
        letter.status, letter.sent_at, letter.error = OutboxLetter.Status.SENT, timezone.now(), ""
    letter.save(update_fields=["status", "sent_at", "error"])


def send_waiting_letters(*, now=None):
    """Try again the letters that a lost task or a mail server's refusal left behind. Returns how many were tried."""
    now = now or timezone.now()
    waiting = OutboxLetter.objects.filter(
        Q(status=OutboxLetter.Status.WAITING, created_at__lt=now - timedelta(minutes=1))
        | Q(status=OutboxLetter.Status.SENDING, claimed_at__lt=now - CLAIM_LASTS)
    )
    letter_ids = list(waiting.order_by("pk").values_list("pk", flat=True)[:500])
    for letter_id in letter_ids:
        send_letter(letter_id)
    return len(letter_ids)


def retry_letter(letter):
    """Send a failed letter once more, at the wish of a person."""
    again = OutboxLetter.objects.filter(pk=letter.pk, status=OutboxLetter.Status.FAILED)
    if again.update(status=OutboxLetter.Status.WAITING, attempt_count=0, error=""):
        from mentorship.tasks import send_letter_task

        send_letter_task.delay_on_commit(letter.pk)
