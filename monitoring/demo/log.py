"""The logs of pairs and the reports that mentors write from them."""

from datetime import date, timedelta
from random import Random

from monitoring.demo.days import DemoDays, meeting_days, next_workday
from monitoring.demo.happenings import happening
from monitoring.demo.meeting_texts import FIRST_MEETINGS, REGULAR_MEETINGS
from monitoring.demo.people import Staff
from monitoring.demo.texts import DIFFICULTIES, RESULTS, RETURN_COMMENT, audience_of
from programs.meetings import log_meeting
from programs.models import Meeting, Pair, ProgressReport
from programs.reports import accept_report, change_report, draft_report, return_report, submit_report

EVERY, EVERY_LAST_YEAR = 13, 38
FIRST_KINDS = [Meeting.Kind.ORGANIZATIONAL, Meeting.Kind.TRIAL, Meeting.Kind.PLANNING]
LENGTHS = (40, 45, 45, 60, 90)
PLANNED_AHEAD = (3, 17)
FORGETFUL = 1  # the place of the pair that has not marked who came


class LogWriter:
    """Writes the log of one pair; each call goes on with the next topic."""

    def __init__(self, pair: Pair, *, staff: Staff, rng: Random) -> None:
        self.pair, self.rng = pair, rng
        self.mentees = pair.mentees
        regular = REGULAR_MEETINGS[audience_of(staff.place.kind, pair.mentor.kind)]
        begin = rng.randrange(len(regular))
        self.regular = [*regular[begin:], *regular[:begin]]
        self.count = 0

    def hold(self, day: date) -> None:
        """A meeting that took place; to a group now and then somebody did not come."""
        came = [person for person in self.mentees if self.rng.random() < 0.9] or self.mentees
        text = self._text()
        self._log(day, came, day, done=text.done, agreed=text.agreed)

    def plan(self, day: date, *, seen_from: date) -> None:
        """A meeting that lay ahead when it was written down; nobody is marked."""
        self._log(day, [], seen_from)

    def _text(self):
        texts = [*FIRST_MEETINGS, *self.regular]
        return texts[self.count] if self.count < len(texts) else self.regular[(self.count - 3) % len(self.regular)]

    def _log(self, day, came, today, **words):
        kind = FIRST_KINDS[self.count] if self.count < len(FIRST_KINDS) else Meeting.Kind.REGULAR
        log_meeting(
            self.pair,
            held_on=day,
            attendees=came,
            today=today,
            minutes=self.rng.choice(LENGTHS),
            kind=kind,
            mode=self.rng.choice([Meeting.Mode.IN_PERSON] * 4 + [Meeting.Mode.REMOTE]),
            topic=self._text().topic,
            **words,
        )
        self.count += 1


def log_last_year(staff: Staff, pairs: list[Pair], rng: Random) -> None:
    """Every pair met about once a month and closed the year with a final meeting."""
    for pair in pairs:
        writer = LogWriter(pair, staff=staff, rng=rng)
        for day in meeting_days(pair.started_on, pair.planned_to - timedelta(days=5), every=EVERY_LAST_YEAR, rng=rng):
            writer.hold(day)
        Meeting.objects.filter(pk=pair.meetings.order_by("-held_on").values("pk")[:1]).update(kind=Meeting.Kind.FINAL)


def log_this_year(staff: Staff, pairs: list[Pair], days: DemoDays, rng: Random) -> None:
    """Meetings until today, and the next ones. The pair whose mentor does not sign in has been quiet for long."""
    for place, pair in enumerate(pairs):
        writer = LogWriter(pair, staff=staff, rng=rng)
        is_quiet = pair.mentor.user is None
        until = pair.started_on + timedelta(days=12) if is_quiet else days.today - timedelta(days=2)
        for day in meeting_days(pair.started_on, min(until, days.today), every=EVERY, rng=rng):
            writer.hold(day)
        if place == FORGETFUL and days.today - timedelta(days=1) > pair.started_on:
            writer.plan(days.today - timedelta(days=1), seen_from=pair.started_on)
        if not is_quiet:
            ahead = (next_workday(days.today + timedelta(days=wait + place % 3)) for wait in PLANNED_AHEAD)
            for day in [day for day in ahead if day <= pair.last_day]:
                writer.plan(day, seen_from=days.today)


# --- reports ----------------------------------------------------------------------------------------------------------
def report_last_year(staff: Staff, pairs: list[Pair], days: DemoDays, rng: Random) -> None:
    """One accepted report of the whole year from each mentor who signs in."""
    for pair in pairs:
        if pair.mentor.user is None:
            continue
        written_on = pair.planned_to - timedelta(days=rng.randint(2, 6))
        report = write_report(pair, pair.planned_to, written_on, days=days, rng=rng)
        submit(report, written_on, days=days)
        with happening(days.moment(written_on + timedelta(days=1), 10), by=staff.curator, now=days.now):
            accept_report(report, by=staff.curator)


def report_this_year(staff: Staff, pairs: list[Pair], days: DemoDays, rng: Random) -> None:
    """Four mentors: a draft, a report that waits, an accepted and a returned one."""
    ends_on = end_of_period(days)
    states = ProgressReport.Status
    writing = [pair for pair in pairs if pair.mentor.user]
    met = [pair for pair in writing if pair.meetings.in_period(pair.started_on, ends_on).held_by(days.today).exists()]
    wanted = [states.DRAFT, states.SUBMITTED, states.ACCEPTED, states.RETURNED]
    for pair, state in zip(met, wanted, strict=False):
        written_on = days.ago(3, not_before=ends_on)
        report = write_report(pair, ends_on, written_on, days=days, rng=rng, is_whole=state != states.DRAFT)
        if state == states.DRAFT:
            continue
        submit(report, written_on, days=days)
        if state == states.SUBMITTED:
            continue
        with happening(days.moment(days.ago(2, not_before=ends_on), 10), by=staff.curator, now=days.now):
            if state == states.ACCEPTED:
                accept_report(report, by=staff.curator)
            else:
                return_report(report, by=staff.curator, comment=RETURN_COMMENT)


def end_of_period(days: DemoDays) -> date:
    """The last day that the reports of this year cover: of the half-year, of the last month, else today."""
    half_year = date(days.year.start, 12, 31)
    if days.today > half_year:
        return half_year
    last_of_month = days.today.replace(day=1) - timedelta(days=1)
    return last_of_month if last_of_month > days.launch_of(days.year) + timedelta(days=14) else days.today


def write_report(pair, ends_on, written_on, *, days, rng, is_whole=True) -> ProgressReport:
    """A report of the mentor from the start of the pair; without `is_whole` only what the log gives."""
    author = pair.mentor.user
    with happening(days.moment(written_on, 19), by=author, now=days.now):
        report = draft_report(pair, starts_on=pair.started_on, ends_on=ends_on, by=author, today=written_on)
        if is_whole:
            words = {"results": rng.choice(RESULTS), "difficulties": rng.choice(DIFFICULTIES)}
            report = change_report(report, **words)
    return report


def submit(report: ProgressReport, on: date, *, days: DemoDays) -> None:
    author = report.pair.mentor.user
    with happening(days.moment(on, 19, 30), by=author, now=days.now):
        submit_report(report, by=author, today=on)
