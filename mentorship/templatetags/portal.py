"""Tags and filters that every page uses: state badges, days left, figures, the repeated title."""

import re
from decimal import ROUND_HALF_UP, Decimal

from django import template
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mentorship.school_year import SchoolYear

register = template.Library()

MONTHS = "января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря"
# Grey draft · blue waits for somebody · green in force, done · amber soon · red late, refused · struck through ended.
TONES = {
    "draft": "draft",
    "planned": "draft",
    "proposed": "draft",
    "waiting": "waits",
    "running": "waits",
    "uploaded": "draft",
    "reading": "waits",
    "writing": "waits",
    "submitted": "waits",
    "sending": "waits",
    "checked": "waits",
    "open": "waits",
    "started": "soon",
    "due": "soon",
    "active": "good",
    "in_force": "good",
    "approved": "good",
    "accepted": "good",
    "agreed": "good",
    "done": "good",
    "sent": "good",
    "confirmed": "good",
    "returned": "bad",
    "failed": "bad",
    "unreadable": "bad",
    "late": "bad",
    "refused": "bad",
    "declined": "bad",
    "ended": "over",
    "superseded": "over",
    "repealed": "over",
    "undone": "over",
    "closed": "over",
    "cancelled": "over",
    "asked": "waits",
    "given": "good",
    "withdrawn": "over",
}
ICONS = {
    "draft": "bi-pencil",
    "waits": "bi-hourglass-split",
    "soon": "bi-clock",
    "good": "bi-check-circle",
    "bad": "bi-exclamation-triangle",
    "over": "bi-slash-circle",
}


@register.simple_tag(takes_context=True)
def repeat_block(context, name):
    """The content of a block once more: the page's heading and the browser's title are the same words."""
    block = context.render_context[BLOCK_CONTEXT_KEY].get_block(name)
    return block.nodelist.render(context) if block else ""


@register.simple_tag
def badge(status, label):
    """A state as word, shape and colour: `{% badge order.status order.get_status_display %}`."""
    tone = TONES[str(status)]
    return format_html(
        '<span class="state state--{}"><i class="bi {}" aria-hidden="true"></i>{}</span>', tone, ICONS[tone], label
    )


@register.simple_tag
def status_badge(subject):
    """The badge of an object with `status`; of an order that a later one has repealed, that it is.

    What has days of its own beside its status says both as `dated_state`.
    """
    if state := getattr(subject, "dated_state", None):
        return badge(*state)
    if getattr(subject, "is_repealed", False):
        return badge("repealed", _("repealed"))
    return badge(subject.status, subject.get_status_display())


@register.filter
def days_left(day):
    """«через 5 дней», «сегодня», «опоздание 2 дня»; nothing for no date."""
    if not day:
        return ""
    days = (day - timezone.localdate()).days
    if days == 0:
        return _("today")
    if days > 0:
        return ngettext("in %(days)s day", "in %(days)s days", days) % {"days": days}
    return ngettext("%(days)s day late", "%(days)s days late", -days) % {"days": -days}


@register.filter
def school_year(start):
    """2023 as «2023/2024»."""
    return str(SchoolYear(int(start)))


@register.filter
def keep_year(text):
    """«5 сентября», «2026 г.» and «№ 5» on one line: no-break spaces, for print alone."""
    return re.sub(r"№ (?=\d)", "№\xa0", re.sub(rf"(\d) (гг?\.|год|{MONTHS})", "\\1\xa0\\2", text))


@register.simple_tag
def share(numerator, denominator):
    """«30,8 % · 12 из 39»; «нет данных» for an empty denominator."""
    if not denominator:
        return _("no data")
    # number_format cuts digits off, it does not round.
    percent = (Decimal(100 * numerator) / denominator).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return _("%(percent)s %% · %(numerator)s of %(denominator)s") % {
        "percent": number_format(percent, decimal_pos=1),
        "numerator": numerator,
        "denominator": denominator,
    }


@register.simple_tag(takes_context=True)
def query(context, **changes):
    """The query string of the page with some parameters changed; None or "" removes one."""
    parameters = context["request"].GET.copy()
    for name, value in changes.items():
        if value in (None, ""):
            parameters.pop(name, None)
        else:
            parameters[name] = value
    return f"?{parameters.urlencode()}" if parameters else "?"


@register.simple_tag(takes_context=True)
def query_without(context, name):
    """The query string of the page without one parameter, back on the first page of the list."""
    return query(context, **{name: None, "page": None})
