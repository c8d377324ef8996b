"""Which pages are open without signing in: this list and no other."""

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

OPEN = {
    "front-page",
    "healthz",
    "language",
    "consent-link",
    "consent-link-give",
    "consent-link-refuse",
    "consent-link-withdraw",
    "consent-link-paper",
    "survey-answer",
    "survey-stop",
    "account-invitation",
    "calendar-feed",
    "digest-stop",
    "application-call",
    "application",
    "application-about",
    "application-consent",
    "application-consent-paper",
    "application-questions",
    "application-check",
    "application-keep",
    "application-delete",
    "paper-check",
    "paper-check-code",
}
# The libraries guard their own pages.
FOREIGN = ("account_", "mfa_", "admin:")


def named_views(resolver, namespace=""):
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from named_views(pattern, inner)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield f"{namespace}{pattern.name}", pattern.callback


def test_only_the_listed_pages_are_open_without_signing_in():
    views = {name: view for name, view in named_views(get_resolver()) if not name.startswith(FOREIGN)}

    unguarded = {name for name, view in views.items() if not getattr(view, "login_required", True)}

    assert unguarded - OPEN == set()
    assert {"home", "outbox", "participants:registry-mentors", "documents:inbox"} - views.keys() == set()


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/home/", "/outbox/", "/people/mentors/", "/documents/inbox/", "/roadmap/"])
def test_a_page_asks_a_stranger_to_sign_in(client, address):
    response = client.get(address)

    assert response.status_code == 302
    assert response.url.startswith("/accounts/login/?next=")
