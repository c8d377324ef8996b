"""A person's file: data, years in the registries, account, history; invitations."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from mentorship.panels import render_panels
from mentorship.permissions import get_visible, workspace_organization
from participants.accounts import invite, invite_many
from participants.forms.people import InviteForm, PersonForm
from participants.history import history_of, note_reading
from participants.models import DepersonalizationAct, Person, PersonMerge
from participants.registries import MENTEES, MENTORS

MAX_KEY_LENGTH = 18  # a longer number is no key of any row


def person(request, pk):
    """What the organization keeps about a person; each reading is recorded. A joined file leads to the one that stayed."""
    if merge := PersonMerge.objects.filter(former_key=pk).select_related("person").first():
        return redirect(merge.person)
    found = get_visible(
        Person.objects.select_related("organization", "user"),
        request.user,
        pk=pk,
        allowed="participants.view_person_file",
    )
    note_reading(found)
    may_manage = request.user.has_perm("participants.manage_registry", found)
    may_view_history = request.user.has_perm("participants.view_history", found)
    entries = [(MENTORS, entry) for entry in found.mentor_entries.order_by("-school_year")]
    entries += [(MENTEES, entry) for entry in found.mentee_entries.order_by("-school_year")]
    context = {
        "person": found,
        "entries": sorted(entries, key=lambda each: -each[1].school_year),
        "members": list(found.user.memberships.filter(organization=found.organization)) if found.user else [],
        "invitation": found.user.account_invitations.filter(used_at=None).first() if found.user else None,
        "invite_form": InviteForm(),
        "may_manage": may_manage,
        "may_view_history": may_view_history,
        "may_hand_out": request.user.has_perm("participants.hand_out_file", found),
        "panels": render_panels("person", request, person=found),
        "acts": DepersonalizationAct.objects.visible_to(request.user).filter(person=found),
        "lines": history_of(found) if may_view_history else [],
    }
    return render(request, "participants/person.html", context)


def person_edit(request, pk):
    found = get_visible(Person, request.user, pk=pk, allowed="participants.manage_registry")
    if request.method == "GET":
        note_reading(found)
    form = PersonForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("The data are saved."))
        return redirect(found)
    context = {"person": found, "form": form}
    return render(request, "participants/person_edit.html", context, status=422 if form.errors else 200)


@require_POST
def person_invite(request, pk):
    """Send a person the letter by which the first password is set, with a role where one is chosen."""
    found = get_visible(Person, request.user, pk=pk, allowed="participants.invite")
    form = InviteForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose a role from the list."))
        return redirect(found)
    try:
        invitation = invite(found, by=request.user, role=form.cleaned_data["role"])
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, invited_in_words(found, invitation, form.cleaned_data["role"]))
    return redirect(found)


def invited_in_words(person, invitation, role):
    """What an invitation has done, for the one who pressed the button."""
    if invitation:
        return _("The invitation was sent to %(email)s.") % {"email": invitation.user.email}
    if role:
        return _("%(person)s has an account already; the role was added.") % {"person": person}
    return _("%(person)s has an account already and can sign in.") % {"person": person}


def invitations(request):
    """People of both registries who cannot sign in yet; those ticked get an invitation."""
    organization = workspace_organization(request, "participants.invite")
    people = Person.objects.waiting_for_account(organization, request.workspace.school_year.start)
    if request.method == "POST":
        sent, refused = invite_many(people.filter(pk__in=_keys(request.POST)), by=request.user)
        if sent:
            message = ngettext("%(count)s invitation was sent.", "%(count)s invitations were sent.", len(sent))
            messages.success(request, message % {"count": len(sent)})
        for reason in refused:
            messages.error(request, reason)
        if not sent and not refused:
            messages.warning(request, _("Nobody was ticked: nothing was sent."))
        return redirect("participants:invitations")
    with_email = [each for each in people if each.email]
    without_email = [each for each in people if not each.email]
    context = {"people": with_email, "without_email": without_email}
    return render(request, "participants/invitations.html", context)


def _keys(posted):
    return [key for key in posted.getlist("person") if key.isdecimal() and len(key) < MAX_KEY_LENGTH]
