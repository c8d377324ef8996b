"""Search over the whole portal: each app registers what it can find, already narrowed to what the person may see."""

from dataclasses import dataclass

_sources = []
SHORTEST = 2
LIMIT = 10


@dataclass(frozen=True)
class Hit:
    """One thing found: the words of the link, its address, a line beneath it."""

    title: str
    url: str
    detail: str = ""


def register(label, find, *, order=100):
    """`find(user, text)` returns Hits, the likeliest first; `label` heads them on the page."""
    _sources.append((order, label, find))
    _sources.sort(key=lambda source: source[0])


def search(user, text):
    """(label, hits) of every source that found something; nothing for a text shorter than two letters."""
    text = " ".join(text.split())
    if len(text) < SHORTEST:
        return []
    found = [(label, list(find(user, text)[:LIMIT])) for _order, label, find in _sources]
    return [(label, hits) for label, hits in found if hits]
