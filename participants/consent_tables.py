"""The board of consents as a table: people × kinds."""

import django_tables2 as tables
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mentorship.lists import DayColumn
from participants.consent_register import giver_in_words, state_of_one
from participants.consent_rules import State
from participants.models import Consent, ConsentKind, Person
from participants.templatetags.consents import consent_kind, consent_state

ROLES = {
    (True, False): pgettext_lazy("role in the registry", "mentor"),
    (False, True): pgettext_lazy("role in the registry", "mentee"),
    (True, True): pgettext_lazy("role in the registry", "mentor and mentee"),
}


HEADINGS = {
    ConsentKind.PROCESSING: pgettext_lazy("column of consents", "Data"),
    ConsentKind.PARTICIPATION: pgettext_lazy("column of consents", "Participation"),
    ConsentKind.EXTRA_DUTIES: pgettext_lazy("column of consents", "Mentor’s work"),
    ConsentKind.PUBLICATION: pgettext_lazy("column of consents", "Publication"),
    ConsentKind.UPWARD: pgettext_lazy("column of consents", "Education office"),
}


def _cell_class(record, table, bound_column):
    """What asks for nothing is left out of the cards on a phone."""
    standing, kind = table.standings[record.pk], bound_column.name
    state = standing.states[kind]
    is_quiet = state == State.NOT_NEEDED or (state == State.MISSING and kind not in standing.needed)
    return "consents__cell cell--wide-only" if is_quiet else "consents__cell"


class KindColumn(tables.Column):
    """The state of one kind with its day, a link to the page of the person and the kind."""

    def __init__(self, kind, **kwargs):
        attrs = {"td": {"class": _cell_class}}
        super().__init__(
            verbose_name=HEADINGS[kind], empty_values=(), orderable=False, attrs=attrs, accessor="pk", **kwargs
        )
        self.kind = kind.value

    def render(self, record, table):
        standing = table.standings[record.pk]
        state, consent = standing.states[self.kind], standing.consents.get(self.kind)
        if state == State.NOT_NEEDED:
            return format_html('<span class="muted">{}</span>', pgettext_lazy("consent", "not needed"))
        address = reverse("participants:consent-kind", args=[record.pk, self.kind])
        badge = consent_state(state, self.kind in standing.needed, self.kind in standing.asked_again)
        more = self._more(standing, state, consent, table.day) if consent else ""
        return format_html('<a href="{}">{}</a>{}', address, badge, more)

    def _more(self, standing, state, consent, day):
        """What stands below the badge: until when, since when, and what is not in order with the paper or the request."""
        lines = []
        if state in (State.VALID, State.EXPIRING):
            if consent.is_to_renew(day):
                lines.append(_("turns 18: to be renewed"))
            elif consent.ends_on:
                lines.append(_("till %(day)s") % {"day": date_format(consent.ends_on, "SHORT_DATE_FORMAT")})
            if self.kind in standing.without_paper:
                lines.append(_("by the link, paper to be signed"))
            elif self.kind in standing.without_scan:
                lines.append(_("no scan"))
        elif state == State.MISSING and consent.ends_on:
            lines.append(_("ran out on %(day)s") % {"day": date_format(consent.ends_on, "SHORT_DATE_FORMAT")})
        elif state == State.WITHDRAWN:
            lines.append(date_format(consent.withdrawn_on, "SHORT_DATE_FORMAT"))
        if self.kind in standing.overtaken:
            lines.append(_("the link is void, ask anew"))
        return format_html('<div class="cell__more">{}</div>', ", ".join(map(str, lines))) if lines else ""


class ConsentTable(tables.Table):
    tick = tables.Column(
        verbose_name=_("Tick"),
        empty_values=(),
        orderable=False,
        accessor="pk",
        attrs={"th": {"class": "consents__tick"}},
    )
    person = tables.Column(
        verbose_name=_("Name of the person"),
        accessor="pk",
        attrs={"td": {"class": "cell--main"}},
        order_by=("sort_name", "pk"),
    )

    class Meta:
        model = Person
        fields = ()
        sequence = ("tick", "person", "...")

    def __init__(self, *args, standings, day, is_ticked=False, **kwargs):
        self.standings, self.day, self.is_ticked = standings, day, is_ticked
        columns = [(kind.value, KindColumn(kind)) for kind in ConsentKind]
        super().__init__(*args, extra_columns=columns, **kwargs)

    def render_tick(self, record):
        box = '<input type="checkbox" form="ticked" name="person" value="{}" aria-label="{}" checked>'
        return format_html(box if self.is_ticked else box.replace(" checked", ""), record.pk, record.full_name)

    def render_person(self, record):
        standing = self.standings[record.pk]
        role = ROLES.get((standing.is_mentor, standing.is_mentee), "")
        more = ", ".join(filter(None, [record.position, str(role)]))
        return format_html(
            '<a href="{}">{}</a><div class="cell__more">{}</div>', record.get_absolute_url(), record.full_name, more
        )


class ConsentRegisterTable(tables.Table):
    """Every consent for itself: who, by which text, when, until when, by whom, how."""

    person = tables.Column(
        verbose_name=_("Name of the person"),
        attrs={"td": {"class": "cell--main"}},
        order_by=("person__sort_name", "pk"),
    )
    kind = tables.Column(verbose_name=_("Consent"))
    status = tables.Column(verbose_name=_("State"), empty_values=())
    text = tables.Column(verbose_name=_("By which text"), accessor="text__label", order_by=("text", "pk"))
    given_on = DayColumn(verbose_name=_("Given on"))
    valid_until = DayColumn(verbose_name=_("Valid until"))
    given_by = tables.Column(verbose_name=_("Who consents"), empty_values=())
    way = tables.Column(verbose_name=_("How"), empty_values=())

    class Meta:
        model = Consent
        fields = ()

    def __init__(self, *args, day, **kwargs):
        self.day = day
        super().__init__(*args, **kwargs)

    def render_person(self, record):
        address = reverse("participants:consent-kind", args=[record.person_id, record.kind])
        return format_html('<a href="{}#consent-{}">{}</a>', address, record.pk, record.person.full_name)

    def render_kind(self, record):
        return consent_kind(record.kind)

    def render_status(self, record):
        state = state_of_one(record, self.day)
        if state == State.MISSING:
            return format_html('<span class="state state--over">{}</span>', _("has run out"))
        if record.withdrawn_on:
            day = date_format(record.withdrawn_on, "SHORT_DATE_FORMAT")
            return format_html('{}<div class="cell__more">{}</div>', consent_state(state), day)
        return consent_state(state)

    def render_given_by(self, record):
        return giver_in_words(record)

    def render_way(self, record):
        if record.given_on is None:
            return ""
        if not record.scan:
            return record.get_way_display()
        address = reverse("participants:consent-scan", args=[record.pk])
        return format_html('{}, <a href="{}">{}</a>', record.get_way_display(), address, _("scan"))
