"""Middleware of the shared ground."""

from http import HTTPStatus
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest
from django.db import DataError
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers


def chosen_language(get_response):
    """Russian unless the person chose another language: a school's browser may be English, its reader is not."""
    known = dict(settings.LANGUAGES)

    def middleware(request):
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        language = chosen if chosen in known else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = get_response(request)
            if hasattr(response, "render") and not response.is_rendered:
                response.render()
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ["Cookie"])
        return response

    return middleware


def no_nul_characters(get_response):
    """400 for an address with a NUL character: PostgreSQL takes none, no link of the portal holds one.

    Fields of forms refuse it by themselves.
    """

    def middleware(request):
        if "\x00" in request.path_info or "\x00" in unquote(request.META.get("QUERY_STRING", "")):
            raise BadRequest
        return get_response(request)

    return middleware


class NumbersWithinBounds:
    """400 for a number in an address or a form that is larger than any key: no link of the portal holds one.

    SQLite and PostgreSQL refuse it in their own ways, in the middle of a query.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, error):
        is_sqlite = isinstance(error, OverflowError) and "SQLite INTEGER" in str(error)
        is_postgresql = isinstance(error, DataError) and "out of range" in str(error)
        if is_sqlite or is_postgresql:
            from mentorship.views import bad_request

            return bad_request(request, error)
        return None


class LoginRequired(LoginRequiredMiddleware):
    """After a sign-in in the middle of pressing a button the person returns to the page with the button.

    The address of the button itself takes no visit: what was pressed would meet an empty page.
    """

    def handle_no_permission(self, request, view_func):
        if request.method in {"GET", "HEAD"}:
            return super().handle_no_permission(request, view_func)
        page = urlsplit(request.headers.get("Referer", ""))
        return redirect_to_login(page.path if page.netloc == request.get_host() else reverse("home"))


def told_refusal_of_method(get_response):
    """A page of words for 405: a button's address that was opened as a link."""

    def middleware(request):
        response = get_response(request)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and not response.content:
            told = render(request, "errors/405.html", status=HTTPStatus.METHOD_NOT_ALLOWED)
            told.headers["Allow"] = response.headers["Allow"]
            return told
        return response

    return middleware
