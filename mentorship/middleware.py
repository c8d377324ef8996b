"""Middleware of the shared ground."""

from urllib.parse import unquote

from django.conf import settings
from django.core.exceptions import BadRequest
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
