"""The way back from an act, for ten minutes: what it takes is kept in the cache, one act for each list of a user.

A list shows `last_act`; its view of the way back calls `take_back`, which gives the kept data out once.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.core.cache import cache
from django.utils import timezone

LASTS = timedelta(minutes=10)


def remember_act(user: Any, name: str, *, said: str, data: Mapping[str, Any]) -> None:
    """Keep what the way back from an act on the list `name` needs; `said` is the sentence of what was done.

    A later act on the same list takes the place of this one.
    """
    kept = {"said": said, "data": dict(data), "until": timezone.now() + LASTS}
    cache.set(_key(user, name), kept, LASTS.total_seconds())


def last_act(user: Any, name: str) -> str:
    """The sentence of the act that can be taken back yet; empty when there is none."""
    kept = _kept(user, name)
    return kept["said"] if kept else ""


def take_back(user: Any, name: str) -> dict[str, Any] | None:
    """What was kept, given out once; None when ten minutes are over or it was taken back already."""
    kept = _kept(user, name)
    return kept["data"] if kept and cache.delete(_key(user, name)) else None


def _kept(user: Any, name: str) -> dict[str, Any] | None:
    """What is in the cache and not over yet: the cache's own clock may be another machine's."""
    kept = cache.get(_key(user, name))
    return kept if kept and timezone.now() < kept["until"] else None


def _key(user: Any, name: str) -> str:
    return f"last-act-{user.pk}-{name}"
