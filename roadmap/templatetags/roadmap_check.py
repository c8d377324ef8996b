"""Words and cells of the import's check page."""

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from roadmap import check_view
from roadmap.corrections import day_of

register = template.Library()

LEVELS = {
    "sure": ("good", "✓", gettext_lazy("read surely")),
    "check": ("soon", "?", gettext_lazy("to be looked at")),
    "unclear": ("bad", "!", gettext_lazy("not understood")),
    "checked": ("waits", "✎", gettext_lazy("checked by you")),
}
KINDS = {
    "range": "",
    "by": "",
    "set": "",
    "recurring": gettext_lazy("repeated"),
    "ongoing": gettext_lazy("all the time"),
    "unscheduled": gettext_lazy("without a date"),
}


@register.filter
def shown_row(row):
    """The number of a line as its file shows it."""
    return check_view.shown_row(row)


@register.filter
def is_decided(row, upload):
    """Whether a person has said what the line is."""
    return str(row) in upload.corrections.get("rows", {})


@register.filter
def cells_under(line, headings):
    """(heading, text) of the filled cells of a line."""
    headed = [*headings, *[""] * len(line.cells)]
    return [(heading, text) for heading, text in zip(headed, line.cells, strict=False) if text]


@register.filter
def written_day(text):
    """A day of the grif: that of a correction is kept as 2026-08-30, that of the document stays as written."""
    day = day_of(text) if text[:4].isdigit() else None
    return date_format(day, "SHORT_DATE_FORMAT") if day else text


@register.simple_tag
def confidence_badge(level):
    """The word, sign and colour of a confidence."""
    color, sign, words = LEVELS[level]
    return format_html('<span class="state state--{}"><span aria-hidden="true">{}</span> {}</span>', color, sign, words)


@register.simple_tag
def deadline_words(entry):
    """«repeated: 01.09.2023 – 31.05.2024», «by 15.10.2023», «without a date»."""
    windows = "; ".join(_window(window) for window in entry.windows if window != (None, None))
    kind = KINDS.get(entry.kind, "")
    if not windows:
        return kind or _("without a date")
    return f"{kind}: {windows}" if kind else windows


def _window(window):
    first, last = (date_format(side, "SHORT_DATE_FORMAT") if side else "" for side in window)
    if first == last:
        return first
    if not first:
        return _("by %(day)s") % {"day": last}
    return f"{first} – {last or '…'}"
