"""Parts of pages that upper floors add to pages of lower ones.

A page names a place («home:curator», «person», «program»); each app registers, when it starts, what it shows there.
The lower floor never learns who does.
"""

from collections import defaultdict

from django.template.loader import render_to_string
from django.utils.html import format_html_join

_parts = defaultdict(list)


def register(place, template, build, *, order=100):
    """Show `template` at `place`, with the dictionary that `build(request, **objects)` returns; None shows nothing."""
    _parts[place].append((order, template, build))
    _parts[place].sort(key=lambda part: part[0])


def render_panels(place, request, **objects):
    """The parts registered for `place`, as HTML, in their order."""
    rendered = []
    for _order, template, build in _parts[place]:
        context = build(request, **objects)
        if context is not None:
            rendered.append(render_to_string(template, {**objects, **context}, request=request))
    return format_html_join("\n", "{}", ((part,) for part in rendered))
