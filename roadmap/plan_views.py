"""The plan seen as a timeline and as a calendar of months."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from mentorship.pdf import render_pdf
from roadmap.baselines import differences
from roadmap.exporting import approver_of
from roadmap.progress import stages_of
from roadmap.timeline import Band, Bar, draw, pages_of

ROWS_ON_SHEET = 24
PLAN_STYLES = ("css/document.css", "css/roadmap-print.css")


def bands_of(stages, *, has_links=False):
    """Bands of the timeline from `stages_of`, with or without links to the activities in their plan."""
    return [
        Band(
            str(progress.stage),
            [
                Bar(
                    f"{activity.number} {activity.in_words}".strip(),
                    activity.state_today,
                    spans_of_activity(activity),
                    activity.get_absolute_url() if has_links else "",
                )
                for activity in progress.activities
            ],
        )
        for progress in stages
    ]


def spans_of_activity(activity):
    """The days of an activity: its occurrences where it has some, else its windows."""
    rows = activity.occurrences.all() or activity.windows.all()
    return [(row.starts_on, row.ends_on) for row in rows]


def timeline_of(roadmap, stages, today, *, label):
    return draw(bands_of(stages, has_links=True), roadmap.starts_on, roadmap.ends_on, today, label=label)


def timeline_pdf(roadmap, today):
    """The timeline on sheets across, each with its months and stages."""
    pages = pages_of(bands_of(stages_of(roadmap, today)), ROWS_ON_SHEET)
    pictures = [draw(page, roadmap.starts_on, roadmap.ends_on, today, label=roadmap.title) for page in pages]
    context = {"roadmap": roadmap, "pictures": pictures, "approver": approver_of(roadmap), "today": today}
    return render_pdf("roadmap/pdf/timeline.html", context, stylesheets=PLAN_STYLES)


@dataclass(frozen=True)
class Day:
    """A day of the calendar with what ends on it; `is_other` days fill the first and the last week."""

    day: date
    is_other: bool
    is_today: bool
    is_rest: bool
    activities: list


def month_of(text, today, roadmap):
    """The first day of the month «2026-10»; of another text, this month, or the first one of the plan."""
    try:
        year, month = text.split("-")
        # A year that no roadmap has would end the calendar's own range.
        return date(min(max(int(year), 2000), 2110), int(month), 1)
    except ValueError:
        day = today if roadmap.starts_on <= today <= roadmap.ends_on else roadmap.starts_on
        return day.replace(day=1)


def weeks_of(month, activities, today, is_workday):
    """Weeks of Days of a month; an activity stands on the last day of each of its spans."""
    by_day = {}
    for activity in activities:
        for starts_on, ends_on in spans_of_activity(activity):
            day = ends_on or starts_on
            if day and activity not in by_day.setdefault(day, []):
                by_day[day].append(activity)
    return [
        [Day(day, day.month != month.month, day == today, not is_workday(day), by_day.get(day, [])) for day in week]
        for week in calendar.Calendar().monthdatescalendar(month.year, month.month)
    ]


def lasting_in(month, activities):
    """Activities under way in a month that do not end in it: they would stand on no day of the calendar."""
    next_month = (month.replace(day=28) + timedelta(days=4)).replace(day=1)
    found = []
    for activity in activities:
        spans = spans_of_activity(activity)
        ends_here = any(month <= (ends_on or starts_on) < next_month for starts_on, ends_on in spans)
        holds = any(
            (starts_on is None or starts_on < next_month) and (ends_on is None or ends_on >= next_month)
            for starts_on, ends_on in spans
            if starts_on is not None
        )
        if holds and not ends_here:
            found.append(activity)
    return found


def calendar_pdf(roadmap, month, activities, today, is_workday):
    """A month of the plan on one sheet across."""
    context = {
        "roadmap": roadmap,
        "month": month,
        "weeks": weeks_of(month, activities, today, is_workday),
        "lasting": lasting_in(month, activities),
    }
    return render_pdf("roadmap/pdf/calendar.html", context, stylesheets=PLAN_STYLES)


def state_pdf(roadmap, today):
    """How the plan stands: state, who answers, proofs of every activity; the document itself is exported elsewhere."""
    context = {"roadmap": roadmap, "stages": stages_of(roadmap, today), "today": today}
    return render_pdf("roadmap/pdf/state.html", context, stylesheets=PLAN_STYLES)


def baseline_pdf(baseline, today):
    """The plan as it was approved beside the plan as it stands."""
    context = {"roadmap": baseline.roadmap, "shown": baseline, "differences": differences(baseline), "today": today}
    return render_pdf("roadmap/pdf/baseline.html", context, stylesheets=PLAN_STYLES)


def tasks_pdf(lines, person, today):
    """One's own tasks as a list with boxes to tick."""
    return render_pdf(
        "roadmap/pdf/tasks.html", {"lines": lines, "person": person, "today": today}, stylesheets=PLAN_STYLES
    )


def month_beside(month, step):
    """The first day of the month before (-1) or after (1)."""
    number = month.year * 12 + month.month - 1 + step
    return date(number // 12, number % 12 + 1, 1)
