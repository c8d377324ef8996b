"""Workbooks of the lists: what the filter shows, ready for print and for further work in Excel."""

from django.utils.translation import gettext as _

from mentorship.workbooks import list_workbook
from programs.meetings import STATE_WORDS, meeting_state
from programs.tables import names

NARROW, MIDDLE, WIDE = 12, 24, 42


def pairs_sheet(pairs):
    """Bytes of an xlsx: pairs of `for_register` with the counts of `with_log`."""
    heads = [
        (_("No."), 6),
        (_("Mentor"), MIDDLE),
        (_("Position or class of the mentor"), MIDDLE),
        (_("Mentees"), WIDE),
        (_("Form of mentoring"), MIDDLE),
        (_("Topic or request"), WIDE),
        (_("State"), NARROW),
        (_("Planned from"), NARROW),
        (_("Planned to"), NARROW),
        (_("In force from"), NARROW),
        (_("Ended"), NARROW),
        (_("Meetings held"), NARROW),
        (_("Last meeting"), NARROW),
    ]
    rows = (
        [
            pair.mentor.full_name,
            pair.mentor.position,
            names(pair.mentees),
            pair.form.name,
            pair.topic,
            pair.get_status_display(),
            pair.planned_from,
            pair.planned_to,
            pair.started_on,
            pair.ended_on,
            pair.held_count,
            pair.last_met_on,
        ]
        for pair in pairs
    )
    return list_workbook(rows, heads, title=_("Pairs and groups"))


def meetings_sheet(meetings, *, today):
    """Bytes of an xlsx: the log in the columns of its paper form."""
    heads = [
        (_("No."), 6),
        (_("Date"), NARROW),
        (_("Minutes"), NARROW),
        (_("Mentor"), MIDDLE),
        (_("Mentees"), WIDE),
        (_("Kind of meeting"), MIDDLE),
        (_("Topic"), WIDE),
        (_("How"), NARROW),
        (_("What was done"), WIDE),
        (_("What was agreed, and by when"), WIDE),
        (_("Who came"), WIDE),
        (_("State"), NARROW),
    ]
    rows = (
        [
            meeting.held_on,
            meeting.minutes,
            meeting.pair.mentor.full_name,
            names(meeting.pair.mentees),
            meeting.get_kind_display(),
            meeting.topic,
            meeting.get_mode_display(),
            meeting.done,
            meeting.agreed,
            names(meeting.attendees.all()),
            STATE_WORDS[meeting_state(meeting, today)],
        ]
        for meeting in meetings
    )
    return list_workbook(rows, heads, title=_("Log of meetings"))


def reports_sheet(reports):
    """Bytes of an xlsx: the reports with their texts."""
    heads = [
        (_("No."), 6),
        (_("Period from"), NARROW),
        (_("Period to"), NARROW),
        (_("Mentor"), MIDDLE),
        (_("Mentees"), WIDE),
        (_("State"), NARROW),
        (_("Meetings"), NARROW),
        (_("Minutes in all"), NARROW),
        (_("What was done"), WIDE),
        (_("Results"), WIDE),
        (_("Difficulties"), WIDE),
        (_("Recommendation"), MIDDLE),
    ]
    rows = (
        [
            report.starts_on,
            report.ends_on,
            report.pair.mentor.full_name,
            names(report.pair.mentees),
            report.get_status_display(),
            None if report.is_editable else report.meetings_count,
            None if report.is_editable else report.minutes_total,
            report.done,
            report.results,
            report.difficulties,
            report.get_recommendation_display(),
        ]
        for report in reports
    )
    return list_workbook(rows, heads, title=_("Progress reports"))
