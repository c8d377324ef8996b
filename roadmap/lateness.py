"""The rule of `Activity.is_late` as a condition of the database, for sums over the activities of many roadmaps."""

from collections import defaultdict

from django.db.models import Count, Max, Q

from roadmap.models import Activity, DeadlineWindow, Occurrence
from roadmap.progress import Tally

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


def counted_by(field, rows, today):
    """{value of the field: Tally of total, done and late} of activities, cancelled ones left out; one query."""
    done, late = Q(status=Activity.Status.DONE), late_on(today)
    counted = rows.exclude(status=Activity.Status.CANCELLED).order_by().values(field)
    counted = counted.annotate(total=Count("pk"), done=Count("pk", filter=done), late=Count("pk", filter=late))
    found = defaultdict(Tally)
    found.update({row[field]: Tally(total=row["total"], done=row["done"], late=row["late"]) for row in counted})
    return found
