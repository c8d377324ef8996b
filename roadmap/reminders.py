"""What the daily letter says of roadmaps: to those who answer for an activity, before its end and after it."""

from collections import defaultdict

from mentorship.digests import DigestLine
from mentorship.workdays import days_since_work
from participants.models import Membership, Organization, User
from roadmap.models import Activity, ActivityOwner, ReminderRule
from roadmap.owning import tasks_of
from roadmap.reminder_days import is_reminded


def reminders_of(today):
    """{key of a user: [DigestLine]} of the activities that are reminded of today."""
    days = days_since_work(today)
    rules = {rule.organization_id: rule for rule in ReminderRule.objects.all()}
    wanted = {}
    rows = Activity.objects.filter(stage__roadmap__ends_on__gte=today, owners__isnull=False).distinct()
    rows = rows.filter(status__in=[Activity.Status.PLANNED, Activity.Status.STARTED], stage__roadmap__is_template=False)
    for activity in rows.select_related("stage__roadmap").prefetch_related("windows", "occurrences"):
        rule = rules.get(activity.stage.roadmap.organization_id) or ReminderRule()
        due_on = activity.due_on()
        if rule.is_on and due_on and is_reminded(due_on, days, before=rule.days, is_weekly_after=rule.is_weekly_after):
            wanted[activity.pk] = due_on
    found = defaultdict(list)
    for user in _readers(wanted):
        for activity in tasks_of(user, today).filter(pk__in=wanted):
            roadmap = activity.stage.roadmap
            name = roadmap.organization.short_name
            line = DigestLine(str(activity), wanted[activity.pk], activity.get_absolute_url(), name)
            found[user.pk].append(line)
    return found


def _readers(activity_keys):
    """Users who may answer for some of the activities; `tasks_of` says for which."""
    if not activity_keys:
        return []
    organizations = Organization.objects.filter(roadmaps__stages__activities__in=activity_keys)
    owned = ActivityOwner.objects.filter(activity__in=activity_keys)
    offices = organizations.exclude(parent=None).values("parent")
    users = User.objects.filter(is_active=True)
    ids = set(users.filter(people__owned_activities__in=owned).values_list("pk", flat=True))
    if owned.exclude(role="").exists():
        members = Membership.objects.in_force()
        ids |= set(members.filter(organization__in=organizations).values_list("user", flat=True))
        ids |= set(members.filter(organization__in=offices, role="coordinator").values_list("user", flat=True))
    if owned.filter(role__in=["mentors", "mentees"]).exists():
        in_registry = users.filter(people__organization__in=organizations)
        ids |= set(in_registry.filter(people__mentor_entries__isnull=False).values_list("pk", flat=True))
        ids |= set(in_registry.filter(people__mentee_entries__isnull=False).values_list("pk", flat=True))
    return User.objects.filter(pk__in=ids).order_by("pk")
