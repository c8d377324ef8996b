"""iCalendar feeds: activities as events of whole days, for calendar programs that read a secret address."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from icalendar import Calendar, Event

from roadmap.models import Activity, CalendarFeed, Roadmap
from roadmap.owning import tasks_of


def open_feed(user, roadmap=None):
    """The calendar address of a user: of a roadmap, or of his own tasks. The same one each time until it is closed."""
    feed, _is_new = CalendarFeed.objects.get_or_create(user=user, roadmap=roadmap)
    return feed


@transaction.atomic
def renew_feed(user, roadmap=None):
    """Close the address and open another one: who knows the old one sees nothing any more."""
    CalendarFeed.objects.filter(user=user, roadmap=roadmap).delete()
    return CalendarFeed.objects.create(user=user, roadmap=roadmap)


def close_feed(user, roadmap=None):
    CalendarFeed.objects.filter(user=user, roadmap=roadmap).delete()


def feed_content(feed, *, today):
    """The feed as bytes; empty where its user may see the roadmap no longer."""
    if feed.roadmap_id is None:
        return ics_of(tasks_of(feed.user, today), "Мои задачи")
    roadmap = Roadmap.objects.visible_to(feed.user).filter(pk=feed.roadmap_id).first()
    rows = Activity.objects.none() if roadmap is None or not feed.user.is_active else roadmap_activities(roadmap)
    return ics_of(rows, roadmap.title if roadmap else "")


def roadmap_activities(roadmap):
    rows = Activity.objects.filter(stage__roadmap=roadmap).exclude(status=Activity.Status.CANCELLED)
    return rows.select_related("stage__roadmap__organization").prefetch_related("windows", "occurrences").in_order()


def ics_of(activities, title):
    """Activities as an iCalendar file; a UID belongs to the activity and its place, so that a change moves the event."""
    book = Calendar()
    book.add("prodid", "-//Mentorship portal//roadmap//RU")
    book.add("version", "2.0")
    book.add("method", "PUBLISH")
    book.add("x-wr-calname", title)
    host = settings.PORTAL_URL.rpartition("/")[2].partition(":")[0]
    for activity in activities:
        rows = activity.occurrences.all()
        kind = "o" if rows else "w"
        for place, row in enumerate(rows or activity.windows.all(), 1):
            last = row.ends_on or row.starts_on
            event = Event()
            mark = f"{row.starts_on:%Y%m%d}" if kind == "o" else str(place)
            event.add("uid", f"activity-{activity.pk}-{kind}{mark}@{host}")
            event.add("dtstamp", activity_stamp(activity))
            event.add("sequence", activity.version)
            event.add("dtstart", row.starts_on or last)
            event.add("dtend", last + timedelta(days=1))
            event.add("summary", ("✓ " if activity.status == Activity.Status.DONE else "") + activity.in_words[:200])
            event.add("description", "\n".join(filter(None, [activity.deadline_text, activity.responsible_text])))
            event.add("url", f"{settings.PORTAL_URL}{activity.get_absolute_url()}")
            event.add("transp", "TRANSPARENT")
            book.add_component(event)
    return book.to_ical()


def activity_stamp(activity):
    """The moment that iCalendar wants: when the roadmap was made; the version says what is newer."""
    return activity.stage.roadmap.created_at
