"""Progress reports: drafted from the log, submitted by the mentor, accepted or returned by the curator."""

from datetime import date, timedelta
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Sum
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mentorship.transitions import move, record
from programs import emails
from programs.models import Pair, ProgressReport

Status = ProgressReport.Status
DUE_DAYS_BEFORE = 14  # a report is asked for so many days before its period ends


class Period(NamedTuple):
    """What the next report should cover."""

    starts_on: date
    ends_on: date

    def is_due(self, today):
        return today >= self.ends_on - timedelta(days=DUE_DAYS_BEFORE)


def next_period(pair, reports):
    """The period of the pair's next report, or None: from the last report, or the start of the pair, to the end of the
    half-year, or of the pair. A year has two: to 31 December and to the end of the planned time (domain: reports are
    collected in December and in May).

    `reports` are the pair's reports; a proposed pair has no periods, nor has one that is reported to its end.
    """
    if not pair.started_on:
        return None
    last = max((report.ends_on for report in reports), default=None)
    end = pair.ended_on or pair.planned_to
    if last and last >= end:
        return None
    starts_on = last + timedelta(days=1) if last else pair.started_on
    half_year = date(pair.program.school_year, 12, 31)
    ends_on = half_year if starts_on <= half_year < end else end
    return Period(starts_on, ends_on) if starts_on <= ends_on else None


# --- from the log -----------------------------------------------------------------------------------------------------
def meetings_of(report, *, today):
    """The held meetings of the report's period, the earliest first."""
    held = report.pair.meetings.in_period(report.starts_on, report.ends_on).held_by(today)
    return held.order_by("held_on", "pk")


def figures_from_log(report, *, today):
    """{"meetings_count", "minutes_total"} of the held meetings of the period."""
    found = meetings_of(report, today=today).aggregate(meetings=Count("pk"), minutes=Sum("minutes"))
    return {"meetings_count": found["meetings"], "minutes_total": found["minutes"] or 0}


def lines_from_log(meetings):
    """A line for each meeting: «15.10.2026 – Посещение занятия. Разобрали начало урока»."""
    lines = []
    for meeting in meetings:
        topic, done = meeting.topic.rstrip(". "), " ".join(meeting.done.split())
        lines.append(f"{meeting.held_on:%d.%m.%Y} – {topic}" + (f". {done}" if done else ""))
    return lines


# --- the mentor -------------------------------------------------------------------------------------------------------
@transaction.atomic
def draft_report(pair, *, starts_on, ends_on, by, today):
    """A draft for the period, in which what was done stands as the log has it.

    Raises ValidationError where the pair is not in force or another report covers a day of the period.
    """
    pair = Pair.objects.select_for_update(of=("self",)).select_related("program").get(pk=pair.pk)
    report = ProgressReport(pair=pair, starts_on=starts_on, ends_on=ends_on)
    check_period(report)
    report.done = "\n".join(lines_from_log(meetings_of(report, today=today)))
    report.full_clean()
    report.save()
    record(report, by=by)
    return report


def check_period(report):
    """Raise ValidationError unless the period lies in the pair's time and no other report covers a day of it."""
    pair = report.pair
    if pair.status == Pair.Status.PROPOSED:
        raise ValidationError(_("The pair is not in force yet: there is nothing to report."), code="wrong_state")
    if report.ends_on < report.starts_on:
        raise ValidationError({"ends_on": _("The period ends before it starts.")})
    if report.starts_on > pair.last_day:
        raise ValidationError({"starts_on": _("The period starts after the end of the pair.")})
    if report.ends_on > pair.last_day:
        raise ValidationError(
            {
                "ends_on": _("The pair works until %(day)s: the period cannot end later.")
                % {"day": date_format(pair.last_day, "SHORT_DATE_FORMAT")}
            }
        )
    others = pair.reports.filter(starts_on__lte=report.ends_on, ends_on__gte=report.starts_on).exclude(pk=report.pk)
    if other := others.first():
        raise ValidationError(
            _("The report %(period)s covers some of these days already: a meeting would be counted twice."),
            code="overlap",
            params={"period": other},
        )


@transaction.atomic
def change_report(report, **values):
    """Write what the mentor typed into a draft or returned report. Returns the saved report."""
    report = _locked(report)
    for name, value in values.items():
        setattr(report, name, value)
    check_period(report)
    report.full_clean()
    report.save(update_fields=list(values))
    return report


def refill_report(report, *, today):
    """Add the meetings that the text does not hold yet; nothing typed is lost. Returns how many lines were added."""
    typed = report.done.strip()
    missing = [line for line in lines_from_log(meetings_of(report, today=today)) if line not in typed]
    if missing:
        change_report(report, done="\n".join([typed, *missing] if typed else missing))
    return len(missing)


@transaction.atomic
def submit_report(report, *, by, today):
    """Send the report to the curator; from now on its figures are those that the log has today."""
    report = _locked(report)
    errors = {}
    if not report.done.strip():
        errors["done"] = _("Say what was done: take it from the log or write it yourself.")
    if not report.results.strip():
        errors["results"] = _("Say what has changed for the mentee.")
    if errors:
        raise ValidationError(errors)
    report = move(report, Status.SUBMITTED, by=by, **figures_from_log(report, today=today))
    emails.report_submitted(report)
    return report


@transaction.atomic
def delete_draft(report):
    """Delete a draft that was never submitted."""
    if _locked(report).status != Status.DRAFT:
        raise ValidationError(_("A report that was submitted once stays in the history."), code="wrong_state")
    report.delete()


def _locked(report):
    report = ProgressReport.objects.select_for_update(of=("self",)).select_related("pair__program").get(pk=report.pk)
    if not report.is_editable:
        raise ValidationError(
            _("The report is in the state “%(state)s” and cannot be changed."),
            code="wrong_state",
            params={"state": report.get_status_display()},
        )
    return report


# --- the curator ------------------------------------------------------------------------------------------------------
@transaction.atomic
def accept_report(report, *, by):
    """Accept a submitted report; the mentor gets a letter."""
    report = move(report, Status.ACCEPTED, by=by)
    emails.report_accepted(report)
    return report


@transaction.atomic
def return_report(report, *, by, comment):
    """Give a submitted report back to the mentor, with a comment that says what to mend."""
    if not comment.strip():
        raise ValidationError({"comment": _("Say what has to be mended: the mentor gets it in a letter.")})
    report = move(report, Status.RETURNED, by=by, comment=comment.strip())
    emails.report_returned(report, comment=comment.strip())
    return report
