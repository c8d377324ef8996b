"""From where a step is made: the address of the computer, and how the person was known. Kept with each step."""

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace

from allauth.account.adapter import get_adapter
from django.core.exceptions import PermissionDenied

from mentorship.models import StatusEvent


@dataclass(frozen=True)
class Origin:
    """`address` is None and `means` empty for what the portal does by itself: the worker, a command."""

    address: str | None = None
    means: str = ""


NOBODY = Origin()
_origin: ContextVar[Origin] = ContextVar("origin", default=NOBODY)


def current_origin() -> Origin:
    return _origin.get()


def known_origin(get_response):
    """Middleware: steps of this request are of its address and, for who is signed in, of his session."""

    def middleware(request):
        means = StatusEvent.Means.SESSION if request.user.is_authenticated else ""
        token = _origin.set(Origin(_address_of(request), means))
        try:
            return get_response(request)
        finally:
            _origin.reset(token)

    return middleware


@contextmanager
def by_second_factor(*, is_used=True):
    """Steps within are made by somebody who has just proved to be himself by a second factor, where `is_used`."""
    origin = _origin.get()
    token = _origin.set(replace(origin, means=StatusEvent.Means.SECOND_FACTOR) if is_used else origin)
    try:
        yield
    finally:
        _origin.reset(token)


def _address_of(request):
    try:
        return get_adapter().get_client_ip(request)  # knows how many proxies stand before the portal
    except PermissionDenied:
        return None
