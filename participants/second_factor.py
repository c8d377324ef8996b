"""The second factor of a person at the moment of a weighty step; a confirmed one holds for some minutes."""

import time

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import ReauthenticateForm
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError

CONFIRMED_AT = "second_factor_at"
CONFIRMED_FOR = 5 * 60  # seconds: several decisions one after another ask once


def has_second_factor(user):
    """Whether the user can type a code: of an application, or one of the recovery codes."""
    return get_adapter().is_mfa_enabled(user, types=[Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES])


def is_confirmed(request):
    """Whether the user of the request has typed a code in this session in the last minutes."""
    age = time.time() - request.session.get(CONFIRMED_AT, 0)
    return 0 <= age < CONFIRMED_FOR


def confirm(request, code):
    """Check the code and remember it in the session. Raises ValidationError for a wrong or used one, or too many."""
    form = ReauthenticateForm({"code": code}, user=request.user)
    if not form.is_valid():
        raise ValidationError({"code": form.errors["code"].as_data()})
    form.save()
    request.session[CONFIRMED_AT] = time.time()
