"""The plan edited in place: each change is a small page of its own, which htmx puts in the place of what it changes."""

import json

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRedirect

from mentorship.permissions import get_visible, workspace_organization
from roadmap import editing
from roadmap.forms import ActivityForm, ItemForm, NewRoadmapForm, StageForm
from roadmap.linking import proposed_moves
from roadmap.models import Activity, ActivityItem, Roadmap, Stage
from roadmap.progress import shown_activity, stages_of
from roadmap.witnesses import suggestion_for


def _activity(request, pk):
    rows = Activity.objects.select_related("stage__roadmap__organization")
    return get_visible(rows, request.user, pk=pk, allowed="roadmap.change_roadmap")


def _stage(request, pk):
    rows = Stage.objects.select_related("roadmap__organization")
    return get_visible(rows, request.user, pk=pk, allowed="roadmap.change_roadmap")


def roadmap_new(request):
    """A roadmap from scratch."""
    organization = workspace_organization(request, "roadmap.import_roadmap")
    year = request.workspace.school_year
    form = NewRoadmapForm(
        request.POST or None,
        initial={
            "title": _("Roadmap of mentorship for %(year)s") % {"year": year},
            "starts_on": year.starts_on,
            "ends_on": year.ends_on,
        },
    )
    if request.method == "POST" and form.is_valid():
        try:
            roadmap = editing.make_roadmap(organization, school_year=year.start, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("The roadmap is made: add its stages and activities."))
            return redirect(roadmap)
    return render(request, "roadmap/roadmap_new.html", {"form": form}, status=422 if form.errors else 200)


def activity_edit(request, pk):
    """The texts of an activity; where somebody changed them meanwhile, both are shown to choose from."""
    activity = _activity(request, pk)
    form = ActivityForm(request.POST or None, initial=_values_of(activity))
    status, theirs, differing = 200, None, []
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        version, seen = values.pop("version"), values.pop("seen")
        try:
            editing.change_activity(activity, values, version=version, by=request.user)
        except editing.ChangedMeanwhile as changed:
            theirs, status = changed.current, 409
            form, differing = _upon_theirs(theirs, values, seen)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            return _after_change(request, activity, is_moved=values["deadline_text"] != activity.deadline_text)
    elif request.method == "POST":
        status = 422
    context = {
        "activity": activity,
        "roadmap": activity.stage.roadmap,
        "form": form,
        "theirs": theirs,
        "differing": differing,
    }
    template = "roadmap/_activity_form.html" if request.htmx else "roadmap/activity_edit.html"
    return render(request, template, context, status=status)


def _after_change(request, activity, *, is_moved):
    """The activity as it stands now; where its days have moved, first the followers that no longer fit."""
    if is_moved and proposed_moves(activity):
        address = reverse("roadmap:followers", args=[activity.pk])
        return HttpResponseClientRedirect(address) if request.htmx else redirect(address)
    if request.htmx:
        return _article(request, activity.pk)
    messages.success(request, _("The activity is changed."))
    return redirect(activity)


def _values_of(activity):
    texts = {name: getattr(activity, name) for name in editing.EDITED}
    return texts | {"version": activity.version, "seen": texts}


def _told_apart(text):
    """A text as two of them are compared: a browser writes the ends of lines in its own way, a form strips the text."""
    return text if text is None else str(text).replace("\r\n", "\n").strip()


def _upon_theirs(theirs, values, seen):
    """The form of the second person upon the change of the first, and what differs; what he left alone is theirs."""
    own = {name: text for name, text in values.items() if _told_apart(text) != _told_apart(seen.get(name))}
    stands = _values_of(theirs)
    form = ActivityForm(stands | {"seen": json.dumps(stands["seen"])} | own, initial=stands)
    form.is_valid()
    return form, _differing(form, theirs, own, seen)


def _differing(form, theirs, own, seen):
    """[(label, their text, mine)] of the fields that either person changed; mine is None where only they did."""
    lines = []
    for name in editing.EDITED:
        their_text, was = _told_apart(getattr(theirs, name)), _told_apart(seen.get(name))
        if their_text != (_told_apart(own[name]) if name in own else was):
            field = form.fields[name]
            texts = [their_text, own.get(name)]
            if name == "frequency":
                texts = [None if text is None else str(dict(field.choices)[text]) for text in texts]
            lines.append((field.label, *texts))
    return lines


def activity_shown(request, pk):
    """An activity as the list shows it: the way back from the form."""
    activity = _activity(request, pk)
    return _article(request, pk) if request.htmx else redirect(activity)


def _article(request, pk):
    activity = shown_activity(pk, request.workspace.today)
    is_template = activity.stage.roadmap.is_template
    if not is_template:
        suggestion_for(activity, request.workspace.today)
    context = {
        "activity": activity,
        "may_change": True,
        "statuses": Activity.Status.choices,
        "is_template": is_template,
    }
    return render(request, "roadmap/_activity.html", context)


def activity_new(request, pk):
    """A new activity in a stage."""
    stage = _stage(request, pk)
    form = ActivityForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = {name: form.cleaned_data[name] for name in editing.EDITED}
        try:
            activity = editing.add_activity(stage, values)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("The activity is added."))
            return redirect(activity)
    context = {"stage": stage, "roadmap": stage.roadmap, "form": form}
    return render(request, "roadmap/activity_new.html", context, status=422 if form.errors else 200)


def activity_delete(request, pk):
    """Asked once more: what stands on the activity goes with it."""
    activity = _activity(request, pk)
    roadmap = activity.stage.roadmap
    if request.method == "POST":
        editing.delete_activity(activity)
        messages.success(request, _("The activity is deleted."))
        return redirect(activity.stage)
    context = {"activity": activity, "roadmap": roadmap, "proof_count": activity.proofs.count()}
    return render(request, "roadmap/activity_delete.html", context)


@require_POST
def activity_move(request, pk):
    """One place up or down, or, dragged, before another activity or to the end of a stage."""
    activity = _activity(request, pk)
    to, stage_key, before = (request.POST.get(name, "") for name in ("to", "stage", "before"))
    if to in {"up", "down"}:
        editing.step_activity(activity, -1 if to == "up" else 1)
    elif stage_key.isdecimal() and len(stage_key) < 18:
        stage = _stage(request, int(stage_key))
        others = list(stage.activities.exclude(pk=activity.pk).order_by("position").values_list("pk", flat=True))
        place = others.index(int(before)) if before.isdecimal() and int(before) in others else len(others)
        try:
            editing.place_activity(activity, stage, place)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
    return redirect(activity)


@require_POST
def item_new(request, pk):
    """A point of an activity."""
    activity = _activity(request, pk)
    form = ItemForm(request.POST)
    if form.is_valid():
        editing.add_item(activity, form.cleaned_data["text"])
    else:
        messages.error(request, _("Write the text of the point."))
    return redirect(activity)


@require_POST
def item_delete(request, pk):
    item = ActivityItem.objects.filter(pk=pk).first()
    if item is None:
        raise Http404
    activity = _activity(request, item.activity_id)
    editing.delete_item(item)
    messages.success(request, _("The point “%(point)s” is deleted.") % {"point": item})
    return redirect(activity)


def stage_new(request, pk):
    roadmap = get_visible(Roadmap, request.user, pk=pk, allowed="roadmap.change_roadmap")
    form = StageForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        stage = editing.add_stage(roadmap, **form.cleaned_data)
        messages.success(request, _("The stage is added."))
        return redirect(stage)
    context = {"roadmap": roadmap, "form": form}
    return render(request, "roadmap/stage_edit.html", context, status=422 if form.errors else 200)


def stage_edit(request, pk):
    """Name and kind of a stage; htmx puts the form in the place of its heading."""
    stage = _stage(request, pk)
    form = StageForm(request.POST or None, initial={"number": stage.number, "title": stage.title, "kind": stage.kind})
    if request.method == "POST" and form.is_valid():
        editing.change_stage(stage, **form.cleaned_data)
        if request.htmx:
            return _stage_head(request, stage)
        messages.success(request, _("The stage is changed."))
        return redirect(stage)
    template = "roadmap/_stage_form.html" if request.htmx else "roadmap/stage_edit.html"
    context = {"roadmap": stage.roadmap, "stage": stage, "form": form}
    return render(request, template, context, status=422 if form.errors else 200)


def stage_shown(request, pk):
    """The heading of a stage as the list shows it: the way back from the form."""
    stage = _stage(request, pk)
    return _stage_head(request, stage) if request.htmx else redirect(stage)


def _stage_head(request, stage):
    found = stages_of(stage.roadmap, request.workspace.today)
    progress = next(each for each in found if each.stage == stage)
    context = {"progress": progress, "is_template": stage.roadmap.is_template, "may_change": True}
    return render(request, "roadmap/_stage_head.html", context)


@require_POST
def stage_move(request, pk):
    """One place up or down, or, dragged, before another stage or to the end."""
    stage = _stage(request, pk)
    to, before = request.POST.get("to", ""), request.POST.get("before", "")
    if to in {"up", "down"}:
        editing.step_stage(stage, -1 if to == "up" else 1)
    elif "before" in request.POST:
        others = list(stage.roadmap.stages.exclude(pk=stage.pk).order_by("position").values_list("pk", flat=True))
        place = others.index(int(before)) if before.isdecimal() and int(before) in others else len(others)
        editing.place_stage(stage, place)
    return redirect(stage)


@require_POST
def stage_delete(request, pk):
    stage = _stage(request, pk)
    try:
        editing.delete_stage(stage)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("The stage is deleted."))
    return redirect(stage.roadmap)
