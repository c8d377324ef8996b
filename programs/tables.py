"""Tables of the lists."""

import django_tables2 as tables
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from mentorship.templatetags.portal import badge, status_badge
from participants.models.people import NO_BREAK
from programs.meetings import STATE_WORDS, meeting_state
from programs.models import Meeting, Pair, Program, ProgressReport

MAIN = {"td": {"class": "cell--main"}}
WIDE_ONLY = {"td": {"class": "cell--wide-only"}}
NUMBER = {"td": {"class": "number"}, "th": {"class": "number"}}
NUMBER_WIDE_ONLY = {"td": {"class": "number cell--wide-only"}, "th": {"class": "number"}}
STATE_TONES = {"planned": "planned", "held": "done", "unmarked": "due"}


def meeting_badge(meeting, today):
    state = meeting_state(meeting, today)
    return badge(STATE_TONES[state], STATE_WORDS[state])


def linked(url, words):
    return format_html('<a href="{}">{}</a>', url, words)


def names(people):
    return ", ".join(person.full_name for person in people)


class PairTable(tables.Table):
    mentor = tables.Column(linkify=True, order_by=("mentor__sort_name", "pk"), attrs=MAIN)
    mentees = tables.Column(verbose_name=_("Mentees"), orderable=False)
    form = tables.Column(order_by="form__name", attrs=WIDE_ONLY)
    status = tables.Column()
    time = tables.Column(
        verbose_name=_("Time"), empty_values=(), order_by=("started_on", "planned_from"), attrs=WIDE_ONLY
    )
    held_count = tables.Column(verbose_name=_("Meetings held"), attrs=NUMBER_WIDE_ONLY)
    last_met_on = tables.DateColumn(short=True, verbose_name=_("Last meeting"))

    shown_at_first = ("mentees", "form", "status", "time", "held_count", "last_met_on")

    class Meta:
        model = Pair
        fields = ["mentor", "mentees", "form", "status", "time", "held_count", "last_met_on"]
        sequence = fields

    def render_time(self, record):
        """From the start, or the planned one, to the end, or the planned one."""
        starts_on, ends_on = record.started_on or record.planned_from, record.ended_on or record.planned_to
        return f"{starts_on:%d.%m.%Y}{NO_BREAK}– {ends_on:%d.%m.%Y}"

    def render_mentees(self, record):
        return names(record.mentees)

    def render_status(self, record):
        return status_badge(record)


class MeetingTable(tables.Table):
    held_on = tables.DateColumn(short=True, attrs=MAIN)
    pair = tables.Column(orderable=False)
    kind = tables.Column(attrs=WIDE_ONLY)
    topic = tables.Column()
    minutes = tables.Column(verbose_name=_("Minutes"), attrs=NUMBER_WIDE_ONLY)
    came = tables.Column(verbose_name=_("Came"), empty_values=(), orderable=False, attrs=NUMBER)
    state = tables.Column(verbose_name=_("State"), empty_values=(), orderable=False)

    shown_at_first = ("topic", "pair", "kind", "minutes", "came", "state")

    class Meta:
        model = Meeting
        fields = ["held_on", "topic", "pair", "kind", "minutes", "came", "state"]
        sequence = fields

    def __init__(self, *args, today, can_write, **kwargs):
        """`can_write`: rows lead to the line of the log, else to the pair."""
        super().__init__(*args, **kwargs)
        self.today, self.can_write = today, can_write

    def render_topic(self, record):
        return linked(record.get_absolute_url() if self.can_write else record.pair.get_absolute_url(), record.topic)

    def render_came(self, record):
        if not record.is_held(self.today):
            return ""
        return _("%(came)s of %(all)s") % {"came": len(record.attendees.all()), "all": len(record.pair.members.all())}

    def render_state(self, record):
        return meeting_badge(record, self.today)


class ReportTable(tables.Table):
    period = tables.Column(
        verbose_name=_("Report period"), accessor="ends_on", linkify=True, order_by=("ends_on", "starts_on"), attrs=MAIN
    )
    mentor = tables.Column(accessor="pair__mentor", order_by=("pair__mentor__sort_name", "pk"))
    mentees = tables.Column(accessor="pair__mentees", verbose_name=_("Mentees"), orderable=False)
    meetings_count = tables.Column(attrs=NUMBER)
    status = tables.Column()

    class Meta:
        model = ProgressReport
        fields = ["period", "mentor", "mentees", "meetings_count", "status"]

    def render_period(self, record):
        return str(record)

    def render_mentees(self, value):
        return names(value)

    def render_meetings_count(self, record, value):
        return "" if record.is_editable else value

    def render_status(self, record):
        return status_badge(record)


class ProgramTable(tables.Table):
    organization = tables.Column(order_by="organization__short_name")
    title = tables.Column(linkify=True, attrs=MAIN)
    active_count = tables.Column(verbose_name=_("Pairs and groups in force"), attrs=NUMBER)
    proposed_count = tables.Column(verbose_name=_("Pairs proposed"), attrs=NUMBER)
    mentee_count = tables.Column(verbose_name=_("Mentees in them"), attrs=NUMBER)

    class Meta:
        model = Program
        fields = ["title", "organization", "active_count", "proposed_count", "mentee_count"]
        sequence = fields
