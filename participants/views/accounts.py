"""First password by invitation; the switch of role and school year."""

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from participants.accounts import accept_invitation
from participants.forms.accounts import FirstPasswordForm
from participants.models import AccountInvitation

YEAR_DIGITS = 4


@login_not_required
def account_invitation(request, token):
    """Set the first password by the personal link of the letter."""
    invitation = get_object_or_404(AccountInvitation.objects.select_related("user", "organization"), token=token)
    if invitation.used_at or invitation.is_expired(timezone.now()):
        return render(request, "participants/invitation_over.html", {"invitation": invitation}, status=410)
    form = FirstPasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = accept_invitation(invitation, form.cleaned_data["password"])
        except ValidationError as error:
            form.add_error("password", error)
        else:
            login(request, user, backend="participants.accounts.PortalBackend")
            messages.success(request, _("Your password is set. Welcome."))
            return redirect("home")
    return render(
        request,
        "participants/invitation.html",
        {"form": form, "invitation": invitation},
        status=422 if form.errors else 200,
    )


@require_POST
def choose_workspace(request):
    """Change the role or the school year in which the user works, and stay on the page where it makes sense."""
    if key := request.POST.get("role"):
        request.workspace.choose_role(key)
        return redirect("home")
    year = request.POST.get("school_year", "")
    if year.isdecimal() and len(year) == YEAR_DIGITS:
        request.workspace.choose_year(int(year))
    address = request.POST.get("next", "")
    if not (address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts={request.get_host()})):
        address = "/home/"
    return redirect(address)
