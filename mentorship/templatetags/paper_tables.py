"""Tables of papers: what stays together where a page ends, and which words must be broken to stay on the sheet."""

import re

from django import template

register = template.Library()

MOST_LETTERS = {True: 110, False: 72}  # of the longest words of all columns, on a sheet across and upright


@register.filter
def row_groups(rows):
    """The rows in groups that no page tears: a heading with the first row below it, every other row by itself.

    Of one group for all the printer would take rows back at the end of a page and leave the place of them within the lines.
    """
    groups, waits = [], False
    for row in rows:
        if waits:
            groups[-1].append(row)
        else:
            groups.append([row])
        waits = bool(_part(row, "heading"))
    return groups


@register.simple_tag
def is_overfull(columns, rows, is_across):
    """Whether the longest words of the columns do not stand side by side: the table must keep its widths and break them."""
    longest = [_longest_word(_part(column, "title")) for column in columns]
    for row in rows:
        for place, cell in enumerate(_part(row, "cells") or ()):
            longest[place] = max(longest[place], _longest_word(_part(cell, "text")))
    return sum(longest) > MOST_LETTERS[bool(is_across)]


def _longest_word(text):
    return max(map(len, re.split(r"[\s-]", str(text))))


def _part(thing, name):
    """Of a row or cell kept as JSON, or of one that is read from the roadmap."""
    return thing.get(name) if isinstance(thing, dict) else getattr(thing, name, None)
