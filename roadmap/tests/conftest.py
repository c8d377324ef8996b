import pytest
from django.conf import settings
from django.test import Client


@pytest.fixture
def sit_down(page, live_server):
    """`sit_down(user)`: a page of the browser at which the user has signed in; further values are those of `page`."""

    def open_for(user, **values):
        client = Client()
        client.force_login(user)
        opened = page(**values)
        key = client.cookies[settings.SESSION_COOKIE_NAME].value
        opened.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": live_server.url}])
        return opened

    return open_for
