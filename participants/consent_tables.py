"""The board of consents as a table: people × kinds."""

import django_tables2 as tables
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from participants.consent_rules import State
from participants.models import Consent, ConsentKind, Person
from participants.templatetags.consents import consent_state

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
        badge = consent_state(state, self.kind in standing.needed)
        return format_html('<a href="{}">{}</a>{}', address, badge, self._day(state, consent))

    @staticmethod
    def _day(state, consent):
        """What stands below the badge: until when, since when, and that the signed paper is not there yet."""
        if consent is None:
            return ""
        lines = []
        if state in (State.VALID, State.EXPIRING):
            if consent.valid_until:
                lines.append(_("till %(day)s") % {"day": date_format(consent.valid_until, "SHORT_DATE_FORMAT")})
            if consent.way == Consent.Way.LINK and not consent.scan:
                lines.append(_("by the link, no paper"))
        elif state == State.MISSING and consent.valid_until:
            lines.append(_("ran out on %(day)s") % {"day": date_format(consent.valid_until, "SHORT_DATE_FORMAT")})
        elif state == State.WITHDRAWN:
            lines.append(date_format(consent.withdrawn_on, "SHORT_DATE_FORMAT"))
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
        order_by=("last_name", "first_name", "patronymic", "pk"),
    )

    class Meta:
        model = Person
        fields = ()
        sequence = ("tick", "person", "...")

    def __init__(self, *args, standings, is_ticked=False, **kwargs):
        self.standings, self.is_ticked = standings, is_ticked
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
