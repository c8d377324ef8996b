"""The log of a pair: what may be written into it, and the way back from a deletion."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from programs.models import Meeting, Pair

STATE_WORDS = {
    "planned": pgettext_lazy("meeting", "planned"),
    "held": pgettext_lazy("meeting", "held"),
    "unmarked": pgettext_lazy("meeting", "not marked"),
}
TEXT_FIELDS = ["minutes", "kind", "mode", "topic", "done", "agreed"]


def meeting_state(meeting, today):
    """«held»; «planned» for today or a day to come; «unmarked» for a past day of which it is not marked who came."""
    if meeting.is_held(today):
        return "held"
    return "planned" if meeting.held_on >= today else "unmarked"


def check_log_is_open(pair, today=None):
    """Raise ValidationError unless the pair is in force, or ends on a day that is not over: only then its log is written."""
    if pair.status == Pair.Status.PROPOSED:
        raise ValidationError(
            _("The pair is not in force yet: meetings are logged once its order is approved."), code="wrong_state"
        )
    if not pair.works_on(today or timezone.localdate()):
        raise ValidationError(
            _("The pair ended on %(day)s: its log is closed."),
            code="wrong_state",
            params={"day": date_format(pair.ended_on, "SHORT_DATE_FORMAT")},
        )


def check_day(pair, day, today=None):
    """Raise ValidationError unless the pair is in force and met, or will meet, within its time."""
    check_log_is_open(pair, today)
    if day < pair.started_on:
        raise ValidationError(
            {
                "held_on": _("The pair is in force from %(day)s: a meeting cannot be earlier.")
                % {"day": date_format(pair.started_on, "SHORT_DATE_FORMAT")}
            }
        )
    if day > pair.last_day:
        raise ValidationError(
            {
                "held_on": _("The pair works until %(day)s: a meeting cannot be later.")
                % {"day": date_format(pair.last_day, "SHORT_DATE_FORMAT")}
            }
        )


def log_meeting(pair, *, held_on, attendees=(), today, **values):
    """A new line of the log; a day after `today` plans a meeting. `values` are the other fields.

    Raises ValidationError: outside of the pair's time, nobody came, or the line is there already.
    """
    return _write(Meeting(pair=pair), held_on=held_on, attendees=attendees, today=today, **values)


def change_meeting(meeting, *, held_on, attendees=(), today, **values):
    """Change a line of the log; see `log_meeting`."""
    return _write(meeting, held_on=held_on, attendees=attendees, today=today, **values)


@transaction.atomic
def _write(meeting, *, attendees, today, **values):
    # The lock makes the second of two equal requests find the line of the first.
    meeting.pair = Pair.objects.select_for_update(of=("self",)).select_related("program").get(pk=meeting.pair_id)
    for name, value in values.items():
        setattr(meeting, name, value)
    check_day(meeting.pair, meeting.held_on, today)
    came = list(attendees)
    if meeting.is_planned(today):
        came = []  # nobody has come yet
    elif not came:
        raise ValidationError(
            {"attendees": _("Mark who came. A meeting that did not take place is moved to another day or deleted.")}
        )
    if {person.pk for person in came} - set(meeting.pair.members.values_list("person", flat=True)):
        raise ValidationError({"attendees": _("Only mentees of the pair can be marked.")})
    meeting.full_clean()
    meeting.save()
    meeting.attendees.set(came)
    return meeting


@transaction.atomic
def delete_meeting(meeting):
    """Delete a line of the log. Returns what `restore_meeting` needs, as plain values for the session."""
    check_log_is_open(meeting.pair)
    kept = {name: getattr(meeting, name) for name in TEXT_FIELDS}
    kept |= {
        "pair": meeting.pair_id,
        "held_on": meeting.held_on.isoformat(),
        "attendees": list(meeting.attendees.values_list("pk", flat=True)),
    }
    meeting.delete()
    return kept


@transaction.atomic
def restore_meeting(pair, kept):
    """Put back the line that `delete_meeting` returned, as it was."""
    held_on = date.fromisoformat(kept["held_on"])
    check_day(pair, held_on)
    meeting = Meeting(pair=pair, held_on=held_on, **{name: kept[name] for name in TEXT_FIELDS})
    meeting.full_clean()
    meeting.save()
    meeting.attendees.set(pair.members.filter(person__in=kept["attendees"]).values_list("person", flat=True))
    return meeting
