"""Organizations: the tree below a coordinator, an organization's own data, the people who work in the portal."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mentorship.panels import render_panels
from mentorship.permissions import get_visible, workspace_organization
from participants.accounts import end_membership, invite
from participants.acting_heads import appoint_acting_head
from participants.forms.organizations import ActingHeadForm, NewMemberForm, OrganizationForm
from participants.history import history_of_organization
from participants.models import Membership, Organization
from participants.organizations import figure_headers, rows_below
from participants.views.people import invited_in_words


def organization_list(request):
    """The organizations below the coordinator's own, with their figures of the year."""
    own = workspace_organization(request, "participants.view_organizations_below")
    rows = rows_below(own, request.workspace.school_year.start)
    context = {"own": own, "rows": rows, "figure_headers": figure_headers()}
    return render(request, "participants/organization_list.html", context)


def organization(request, slug):
    """An organization's data; its people with roles for those in charge, figures alone for a coordinator."""
    found = get_visible(Organization.objects.select_related("parent"), request.user, slug=slug)
    may_view_members = request.user.has_perm("participants.view_members", found)
    may_manage = request.user.has_perm("participants.manage_organization", found)
    context = {
        "organization": found,
        "members": Membership.objects.of_organization(found) if may_view_members else [],
        "may_view_members": may_view_members,
        "may_manage": may_manage,
        "may_name_acting": request.user.has_perm("participants.manage_acting_head", found),
        "panels": render_panels("organization", request, organization=found),
        "lines": history_of_organization(found) if may_manage else [],
    }
    return render(request, "participants/organization.html", context)


def organization_edit(request, slug):
    found = get_visible(Organization, request.user, slug=slug, allowed="participants.manage_organization")
    form = OrganizationForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("The data of the organization are saved; papers made from now on will use them."))
        return redirect(found)
    context = {"organization": found, "form": form}
    return render(request, "participants/organization_edit.html", context, status=422 if form.errors else 200)


def member_add(request, slug):
    """Invite somebody to work in the portal for the organization."""
    found = get_visible(Organization, request.user, slug=slug, allowed="participants.manage_organization")
    form = NewMemberForm(request.POST or None, organization=found)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                person = form.save_person()
                invitation = invite(person, by=request.user, role=form.cleaned_data["role"])
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, invited_in_words(person, invitation, form.cleaned_data["role"]))
            return redirect(found)
    context = {"organization": found, "form": form}
    return render(request, "participants/member_add.html", context, status=422 if form.errors else 200)


def acting_head_add(request, slug):
    """Name who acts as the head from a day to a day."""
    found = get_visible(Organization, request.user, slug=slug, allowed="participants.manage_acting_head")
    form = ActingHeadForm(request.POST or None, organization=found)
    if request.method == "POST" and form.is_valid():
        try:
            member = appoint_acting_head(by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            text = _("%(person)s acts as the head from %(first)s to %(last)s; orders of these days print it.")
            days = {"first": f"{member.starts_on:%d.%m.%Y}", "last": f"{member.ends_on:%d.%m.%Y}"}
            messages.success(request, text % {"person": member.user, **days})
            return redirect(found)
    context = {"organization": found, "form": form}
    return render(request, "participants/acting_head_add.html", context, status=422 if form.errors else 200)


@require_POST
def member_end(request, slug, pk):
    """End a role: from now on it gives nothing, the record stays."""
    found = get_visible(Organization, request.user, slug=slug, allowed="participants.manage_organization")
    member = get_object_or_404(found.memberships, pk=pk)
    try:
        end_membership(member)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("The role has ended: %(person)s.") % {"person": member.user})
    return redirect(found)
