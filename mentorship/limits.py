"""How often a page without sign-in may be asked: counted in the cache, by the visitor's address or by a key."""

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.shortcuts import render


def is_too_often(name, key, *, limit, seconds):
    """Count one more attempt of `key` at `name`; whether there were more than `limit` in the last `seconds`.

    A window begins with its first attempt. Two attempts at one moment may count as one: this holds back floods, it is
    no lock.
    """
    slot = f"limit:{name}:{key}"
    if cache.add(slot, 1, timeout=seconds):
        return limit < 1
    try:
        return cache.incr(slot) > limit
    except ValueError:  # the window ended in between
        cache.set(slot, 1, timeout=seconds)
        return limit < 1


def visitor_of(request):
    """The visitor's address, as the sign-in pages count it: behind trusted proxies the one that they pass on."""
    return get_adapter(request).get_client_ip(request)


def too_many(request, *, seconds=300):
    """The page that asks to wait until a window of so many seconds is over."""
    return render(request, "429.html", {"hours": seconds // 3600, "minutes": seconds // 60}, status=429)
