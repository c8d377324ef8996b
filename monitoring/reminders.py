"""Reminders of surveys: to the silent alone, not too often and not too many times; safe when run twice or by two workers."""

from django.db import transaction
from django.db.models import F

from monitoring.models import Invitation
from monitoring.surveys import write_survey_letter


def send_reminders(now):
    """Remind everybody who is due at the moment `now` (aware). Returns how many letters were written."""
    due = Invitation.objects.to_remind(now).values_list("pk", "reminder_count")
    return sum(remind(key, count, now) for key, count in list(due))


@transaction.atomic
def remind(invitation_id, count, now):
    """Write the reminder that follows `count` earlier ones, unless another worker did. Returns whether it was this call.

    The claim names columns of its own row alone: a database that waits for the other worker's row looks at these again,
    and not at what a subquery said before.
    """
    claim = Invitation.objects.filter(
        pk=invitation_id, reminder_count=count, is_answered=False, is_reminding_stopped=False
    )
    if not claim.update(reminder_count=F("reminder_count") + 1, last_sent_at=now):
        return False
    write_survey_letter("survey-reminder", invitation_id, key=f"survey-reminder:{invitation_id}:{count + 1}")
    return True


def stop_reminding(invitation):
    """No more reminders of this survey to this person, at the person's wish."""
    Invitation.objects.filter(pk=invitation.pk).update(is_reminding_stopped=True)
