"""Tags of programmes: the state of a meeting on a day."""

from django import template

from programs import meetings, tables

register = template.Library()


@register.simple_tag
def meeting_badge(meeting, today):
    """«planned», «held» or «not marked», as word, shape and colour."""
    return tables.meeting_badge(meeting, today)


@register.simple_tag
def meeting_state(meeting, today):
    """The key of that state: «planned», «held» or «unmarked»."""
    return meetings.meeting_state(meeting, today)
