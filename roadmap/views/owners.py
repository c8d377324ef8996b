"""Owners in bulk, proofs and links of one activity."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from mentorship.lists import MAX_KEY_LENGTH
from mentorship.permissions import get_visible
from participants.scans import CONTENT_TYPES
from roadmap import linking, owning, proofs
from roadmap.forms import LinkForm, OwnersForm, ProofForm
from roadmap.models import Activity, ActivityLink, Proof, Roadmap
from roadmap.progress import stages_of
from roadmap.views.editing import place_of


def _activity(request, pk, allowed="roadmap.change_roadmap"):
    rows = Activity.objects.select_related("stage__roadmap__organization")
    return get_visible(rows, request.user, pk=pk, allowed=allowed)


def owners(request, pk):
    """Who answers for what: tick activities, choose roles and people, give them at once."""
    roadmap = get_visible(
        Roadmap.objects.select_related("organization"), request.user, pk=pk, allowed="roadmap.change_roadmap"
    )
    form = OwnersForm(request.POST or None, organization=roadmap.organization)
    if request.method == "POST" and "propose" in request.POST:
        count = owning.propose_owners(roadmap)
        text = ngettext("%(count)s activity has got its roles.", "%(count)s activities have got their roles.", count)
        messages.success(request, text % {"count": count})
        return redirect("roadmap:owners", pk)
    keys = {int(key) for key in request.POST.getlist("row") if key.isdecimal() and len(key) <= MAX_KEY_LENGTH}
    if request.method == "POST" and form.is_valid():
        rows = Activity.objects.filter(stage__roadmap=roadmap, pk__in=keys)
        count = owning.set_owners(
            rows,
            roles=form.cleaned_data["roles"],
            people=form.cleaned_data["people"],
            is_added=form.cleaned_data["is_added"],
        )
        if not count:
            messages.error(request, _("Tick the activities first."))
        else:
            text = ngettext(
                "%(count)s activity has its responsible people.",
                "%(count)s activities have their responsible people.",
                count,
            )
            messages.success(request, text % {"count": count})
            return redirect("roadmap:owners", pk)
    only_unowned = request.GET.get("show") == "unowned"
    context = {
        "roadmap": roadmap,
        "form": form,
        "stages": stages_of(roadmap, request.workspace.today),
        "only_unowned": only_unowned,
        "ticked": keys,
    }
    return render(request, "roadmap/owners.html", context)


def activity_proofs(request, pk):
    """Proofs of an activity: those that are there, and a form for one more."""
    activity = _activity(request, pk, "roadmap.work_on_activity")
    roadmap = activity.stage.roadmap
    papers = proofs.offered_papers(roadmap, request.user)
    is_sent = request.method == "POST"
    form = ProofForm(request.POST if is_sent else None, request.FILES if is_sent else None, papers=papers)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            if given["file"]:
                proofs.add_file(activity, given["file"], title=given["title"], by=request.user)
            if given["url"]:
                proofs.add_link(activity, given["url"], title=given["title"], by=request.user)
            if given["paper"]:
                proofs.add_paper(activity, given["paper"], by=request.user)
            if given["title"] and not (given["file"] or given["url"] or given["paper"]):
                proofs.add_note(activity, given["title"], by=request.user)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("The proof is added."))
            return redirect("roadmap:activity-proofs", pk)
    context = {
        "activity": activity,
        "roadmap": roadmap,
        "form": form,
        "proofs": activity.proofs.select_related("added_by"),
    }
    return render(request, "roadmap/activity_proofs.html", context, status=422 if form.errors else 200)


def proof_file(request, pk):
    """The file of a proof, for who sees the plan in its organization."""
    proof = get_visible(Proof.objects.select_related("activity__stage__roadmap__organization"), request.user, pk=pk)
    may_see = request.user.has_perm("roadmap.see_who_changed", proof) or request.user.has_perm(
        "roadmap.work_on_activity", proof.activity
    )
    if not proof.file or not may_see:
        raise Http404
    return FileResponse(proof.file.open("rb"), content_type=CONTENT_TYPES[proof.file_kind])


@require_POST
def proof_remove(request, pk):
    proof = get_visible(Proof, request.user, pk=pk)
    activity = _activity(request, proof.activity_id, "roadmap.work_on_activity")
    proofs.remove_proof(proof)
    messages.success(request, _("The proof is removed."))
    return redirect("roadmap:activity-proofs", activity.pk)


def activity_links(request, pk):
    """What the activity follows, what follows it, and a form for one more link."""
    activity = _activity(request, pk)
    roadmap = activity.stage.roadmap
    others = Activity.objects.filter(stage__roadmap=roadmap).exclude(pk=activity.pk).select_related("stage").in_order()
    form = LinkForm(request.POST or None, activities=others)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            linking.link_activities(given["leader"], activity, kind=given["kind"], lag_days=given["lag_days"])
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("The activities are linked."))
            return after_dates(request, given["leader"], back="roadmap:activity-links", back_to=activity)
    context = {
        "activity": activity,
        "roadmap": roadmap,
        "form": form,
        "follows": activity.links_from.select_related("leader"),
        "followed": activity.links_to.select_related("follower"),
    }
    return render(request, "roadmap/activity_links.html", context, status=422 if form.errors else 200)


@require_POST
def link_remove(request, pk):
    link = ActivityLink.objects.filter(pk=pk).first()
    if link is None:
        raise Http404
    activity = _activity(request, link.follower_id)
    link.delete()
    messages.success(request, _("The link is removed."))
    return redirect("roadmap:activity-links", activity.pk)


def after_dates(request, activity, *, back=None, back_to=None):
    """Where to go after the days of an activity have changed: to its followers, where some have to move."""
    if linking.proposed_moves(activity):
        return redirect("roadmap:followers", activity.pk)
    return redirect(back, back_to.pk) if back else redirect(place_of(activity))


def followers(request, pk):
    """The moves that the followers need, before and after, applied at one press."""
    activity = _activity(request, pk)
    if request.method == "POST":
        try:
            count = linking.move_followers(activity, shown=request.POST.get("shown", ""), by=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect("roadmap:followers", pk)
        text = ngettext("%(count)s activity moved.", "%(count)s activities moved.", count)
        messages.success(request, text % {"count": count})
        return redirect(place_of(activity))
    moves = linking.proposed_moves(activity)
    context = {
        "activity": activity,
        "roadmap": activity.stage.roadmap,
        "moves": moves,
        "fingerprint": linking.fingerprint(moves),
    }
    return render(request, "roadmap/followers.html", context)
