"""The rule of `Activity.is_late` as a condition of the database, for sums over the activities of many roadmaps."""

from django.db.models import Max, Q

from roadmap.models import Activity, DeadlineWindow, Occurrence

OPEN = (Activity.Status.PLANNED, Activity.Status.STARTED)
# What lasts or has no date is never overdue.
_DATED = (Activity.DeadlineKind.RANGE, Activity.DeadlineKind.BY, Activity.DeadlineKind.RECURRING)


def late_on(today):
    """A condition on activities: open, and the last day of the last window, or of a time not done, is before `today`."""
    over = DeadlineWindow.objects.order_by().values("activity").annotate(last=Max("ends_on")).filter(last__lt=today)
    times = Occurrence.objects.order_by()
    missed = Q(pk__in=times.filter(done_on=None, ends_on__lt=today).values("activity"))
    once = Q(deadline_kind__in=_DATED, pk__in=over.values("activity")) & ~Q(pk__in=times.values("activity"))
    return Q(status__in=OPEN) & (missed | once)
