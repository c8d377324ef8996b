"""How a consent stands, as word, shape and colour: the same word on every page."""

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import pgettext_lazy

from participants.consent_rules import State
from participants.consent_standing import state_of
from participants.models import ConsentKind

register = template.Library()

# state: tone of the badge, icon, word
STATES = {
    State.VALID: ("good", "bi-check-circle", pgettext_lazy("consent", "in force")),
    State.EXPIRING: ("soon", "bi-clock", pgettext_lazy("consent", "ends soon")),
    State.ASKED: ("waits", "bi-hourglass-split", pgettext_lazy("consent", "asked for")),
    State.MISSING: ("bad", "bi-exclamation-triangle", pgettext_lazy("consent", "missing")),
    State.REFUSED: ("bad", "bi-x-octagon", pgettext_lazy("consent", "refused")),
    State.WITHDRAWN: ("over", "bi-slash-circle", pgettext_lazy("consent", "withdrawn")),
    State.STOPPED: ("over", "bi-pause-circle", pgettext_lazy("consent", "stopped with the processing")),
    State.NOT_NEEDED: ("draft", "bi-dash", pgettext_lazy("consent", "not needed")),
}
STATE_CHOICES = [(state.value, words[2]) for state, words in STATES.items() if state != State.NOT_NEEDED]
ASKED_AGAIN = {
    State.REFUSED: pgettext_lazy("consent", "refused, asked again"),
    State.WITHDRAWN: pgettext_lazy("consent", "withdrawn, asked again"),
}
NOT_ASKED = ("draft", "bi-dash-circle", pgettext_lazy("consent", "not asked for"))
KINDS = dict(ConsentKind.choices)


@register.simple_tag
def consent_state(state, is_needed=True, is_asked_again=False):
    """The badge of a State; what nobody must give is “not asked for” where it is missing."""
    words = NOT_ASKED if state == State.MISSING and not is_needed else STATES[state]
    if is_asked_again:
        words = (*words[:2], ASKED_AGAIN[state])
    return format_html(
        '<span class="state state--{}"><i class="bi {}" aria-hidden="true"></i>{}</span>', words[0], words[1], words[2]
    )


@register.simple_tag
def may_be_published(person):
    """Whether the person has agreed to be published, for the page that shows a link to what is."""
    return state_of(person, ConsentKind.PUBLICATION, timezone.localdate()) in (State.VALID, State.EXPIRING)


@register.filter
def consent_kind(kind):
    """The words of a kind, with a capital."""
    return capfirst(KINDS[kind])
