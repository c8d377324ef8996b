"""Putting what the demo does into the past: the portal's functions write their steps with the clock's time."""

from contextlib import contextmanager
from datetime import timedelta

from auditlog.context import set_actor
from auditlog.models import LogEntry
from django.db.models import Max

from mentorship.models import OutboxLetter, StatusEvent

FRESH = timedelta(hours=40)


@contextmanager
def happening(moment, *, by, now):
    """What is written within the block was written by the user `by` at `moment`.

    Its letters left then, too; those of yesterday and today are still in the outbox and will be sent.
    """
    before = {model: _last(model) for model in (StatusEvent, OutboxLetter, LogEntry)}
    with set_actor(by):
        yield
    StatusEvent.objects.filter(pk__gt=before[StatusEvent]).update(at=moment)
    LogEntry.objects.filter(pk__gt=before[LogEntry]).update(timestamp=moment)
    letters = OutboxLetter.objects.filter(pk__gt=before[OutboxLetter])
    letters.update(created_at=moment)
    if now - moment > FRESH:
        letters.update(status=OutboxLetter.Status.SENT, sent_at=moment, attempt_count=1)


def _last(model):
    return model.objects.aggregate(last=Max("pk"))["last"] or 0
