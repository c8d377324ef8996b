"""One letter a day at most with everything that the portal reminds a person of.

Each app registers what it has to say (`register`); nobody is written to on weekends and holidays, and nobody who has
stopped such letters by the link in them. Running it twice a day writes no second letter.
"""

from dataclasses import dataclass
from datetime import date, time

from django.contrib.auth import get_user_model
from django.utils import timezone

from mentorship.models import DigestReader, OutboxLetter
from mentorship.outbox import write_letter
from mentorship.workdays import is_workday

EARLIEST = time(8, 0)
_sources = []


@dataclass(frozen=True)
class DigestLine:
    """A line of the digest: what, by which day, where it opens."""

    title: str
    due_on: date
    address: str
    detail: str = ""


def register(collect):
    """`collect(today)` gives {key of a user: [DigestLine]}."""
    _sources.append(collect)


def send_digests(now):
    """Write the digests of the day of `now` (aware). Returns how many letters were written."""
    moment = timezone.localtime(now)
    today = moment.date()
    if not is_workday(today) or moment.time() < EARLIEST:
        return 0
    lines = {}
    for collect in _sources:
        for user_key, found in collect(today).items():
            lines.setdefault(user_key, []).extend(found)
    stopped = set(DigestReader.objects.filter(is_stopped=True).values_list("user", flat=True))
    users = get_user_model().objects.filter(pk__in=lines.keys() - stopped, is_active=True).order_by("pk")
    return sum(_write(user, lines[user.pk], today) for user in users)


def _write(user, lines, today):
    reader, _is_new = DigestReader.objects.get_or_create(user=user)
    lines = sorted(lines, key=lambda line: line.due_on)
    context = {
        "person": user,
        "late": [line for line in lines if line.due_on < today],
        "coming": [line for line in lines if line.due_on >= today],
        "reader": reader,
        "count": len(lines),
    }
    key = f"digest:{user.pk}:{today:%Y-%m-%d}"
    if OutboxLetter.objects.filter(key=key).exists():
        return False
    write_letter("digest", user.email, context, key=key)
    return True


def set_stopped(reader, is_stopped):
    """Stop or resume the letters of a reader."""
    DigestReader.objects.filter(pk=reader.pk).update(is_stopped=is_stopped)
