"""Tags of what is printed."""

from django import template

from documents import honour_sizes
from documents.backgrounds import as_address

register = template.Library()


@register.simple_tag
def background(name):
    """The kept picture as a `data:` address: a printed page loads nothing else from outside of the static files."""
    return as_address(name)


@register.filter
def honour_size(content):
    """How large the letters of a letter of thanks or a certificate are: documents/honour_sizes.py."""
    return honour_sizes.honour_size(content)
