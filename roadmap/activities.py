"""What happens to an activity of the plan: its status, its points, its dates."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mentorship.transitions import move
from roadmap.editing import ChangedMeanwhile
from roadmap.models import Activity, DeadlineWindow
from roadmap.occurring import make_occurrences


def set_status(activity, status, *, by, today):
    """Record what became of an activity; done ones remember the day. Returns the saved Activity.

    Raises ValidationError where the step is not possible.
    """
    done_on = today if status == Activity.Status.DONE else None
    return move(activity, status, by=by, done_on=done_on)


def tick_item(item, *, is_done):
    """Tick a point of an activity, or take the tick away; the activity itself is finished by a person."""
    item.is_done = is_done
    item.save(update_fields=["is_done"])


@transaction.atomic
def confirm_deadline(activity, windows, *, by, version=None):
    """Set the days of an activity by a person's word: `windows` is a list of (from, to), either side may be None.

    The text as written stays. With no windows the activity has no date. Raises ValidationError for a window that ends
    before it starts or that has neither side; ChangedMeanwhile where the person had another `version` before his eyes.
    """
    activity = Activity.objects.select_for_update().get(pk=activity.pk)
    if version is not None and version != activity.version:
        raise ChangedMeanwhile(activity)
    if any(starts_on is None and ends_on is None for starts_on, ends_on in windows):
        raise ValidationError(_("Give at least one of the two dates."))
    activity.windows.all().delete()
    for starts_on, ends_on in windows:
        window = DeadlineWindow(activity=activity, starts_on=starts_on, ends_on=ends_on)
        window.full_clean()
        window.save()
    activity.deadline_kind = kind_of(windows, activity.deadline_kind)
    activity.deadline_confidence = 1
    activity.deadline_remark = ""
    activity.deadline_confirmed_by = by
    activity.version += 1
    activity.save(
        update_fields=["deadline_kind", "deadline_confidence", "deadline_remark", "deadline_confirmed_by", "version"]
    )
    make_occurrences(activity)
    activity.remarks.filter(code__startswith="deadline").update(is_settled=True)
    return activity


def kind_of(windows, read):
    """The kind of a deadline whose days a person has set: what is repeated or lasting stays so."""
    kinds = Activity.DeadlineKind
    if not windows:
        return kinds.UNSCHEDULED
    if read in {kinds.RECURRING, kinds.ONGOING}:
        return read
    return kinds.BY if all(starts_on is None for starts_on, _ends_on in windows) else kinds.RANGE
