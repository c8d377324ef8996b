"""The list of roadmaps, a roadmap with its stages, its papers."""

from urllib.parse import parse_qs, urlsplit

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from mentorship.lists import PAGE_SIZE
from mentorship.models import StatusEvent
from mentorship.permissions import get_visible
from participants.models.people import fold_for_search
from roadmap.activities import confirm_deadline, set_status, tick_item
from roadmap.editing import ChangedMeanwhile
from roadmap.forms import RoadmapForm, StatusForm, window_formset
from roadmap.models import Activity, ActivityItem, ImportRemark, Roadmap, TemplateOffer
from roadmap.owning import tasks_of
from roadmap.plan_pages import number_of, pages_of
from roadmap.progress import complete, for_tally, stages_of, sum_of
from roadmap.views.owners import after_dates
from roadmap.witnesses import confirm_suggestion, decline_suggestion, resume_suggestions, suggest_in_stages

# What the list may be narrowed to, in the words of the page.
FILTERS = {
    "late": gettext_lazy("late"),
    "due": gettext_lazy("due now"),
    "week": gettext_lazy("to be done this week"),
    "unowned": gettext_lazy("without a responsible person"),
    "planned": Activity.Status.PLANNED.label,
    "started": Activity.Status.STARTED.label,
    "done": Activity.Status.DONE.label,
    "suggested": gettext_lazy("the portal sees them done"),
}


def roadmap_list(request):
    """Roadmaps of the organization (of those below, for a coordinator) with how far they are."""
    roadmaps = (
        Roadmap.objects.visible_to(request.user)
        .plans()
        .select_related("organization")
        .annotate(
            total_count=Count("stages__activities", filter=~Q(stages__activities__status="cancelled")),
            done_count=Count("stages__activities", filter=Q(stages__activities__status="done")),
        )
        .order_by("-school_year", "organization__short_name", "-pk")
    )
    text = " ".join(request.GET.get("q", "").split())
    wanted = fold_for_search(text)  # not in the database: SQLite compares Cyrillic letters with regard to their case
    if wanted:
        titles = roadmaps.values_list("pk", "title", "organization__short_name")
        fitting = [pk for pk, *words in titles if wanted in fold_for_search(" ".join(words))]
        roadmaps = roadmaps.filter(pk__in=fitting)
    page = Paginator(roadmaps, PAGE_SIZE).get_page(request.GET.get("page"))
    may_import = request.workspace.organization and request.user.has_perm(
        "roadmap.import_roadmap", request.workspace.organization
    )
    organization = request.workspace.organization
    is_office = bool(organization and organization.is_office and may_import)
    offers = TemplateOffer.objects.filter(organization=organization).waiting()
    context = {
        "roadmaps": page.object_list,
        "page": page,
        "may_import": may_import,
        "text": text,
        "is_office": is_office,
        "offer_count": offers.count() if may_import and not is_office else 0,
    }
    return render(request, "roadmap/roadmap_list.html", context)


def roadmap_page(request, pk):
    """Stages, what is done, due and late; a curator sets statuses here."""
    roadmap = get_visible(Roadmap.objects.select_related("organization"), request.user, pk=pk)
    stages = stages_of(roadmap, request.workspace.today, rows=for_tally())
    shown = request.GET.get("show", "")
    shown = shown if shown in FILTERS else ""
    may_change = request.user.has_perm("roadmap.change_roadmap", roadmap)
    is_suggested = may_change and not roadmap.is_template
    suggested_count = suggest_in_stages(roadmap, stages, request.workspace.today) if is_suggested else 0
    page = _page_of(stages, shown, request.GET)
    context = {
        "roadmap": roadmap,
        "place": "table",
        "suggested_count": suggested_count,
        "own_tasks": () if may_change else _own_tasks(request, roadmap),
        "stages": stages,
        "page": page,
        "parts": page.object_list[0],
        "stages_here": {part.stage.pk for part in page.object_list[0] if not part.is_continued},
        "whole": sum_of(stages),
        "remarks": list(roadmap.remarks.filter(is_settled=False)),
        "may_change": may_change,
        "may_export": request.user.has_perm("roadmap.export_roadmap", roadmap),
        "statuses": Activity.Status.choices,
        "shown": shown,
        "shown_words": FILTERS.get(shown, ""),
        "events": _events_of(roadmap),
        "hides_people": not request.user.has_perm("roadmap.see_who_changed", roadmap),
        "offer": _offer_of(roadmap) if may_change else None,
        "may_hand_down": request.user.has_perm("roadmap.hand_down", roadmap) and roadmap.organization.is_office,
        "may_copy_as_template": _may_copy(request, roadmap),
    }
    return render(request, "roadmap/roadmap.html", context)


def _page_of(stages, shown, asked):
    """The page of the plan that is asked for: by its number, or by what it is to show."""
    pages = pages_of(stages, shown)
    named = number_of(pages, activity=asked.get("activity", ""), stage=asked.get("stage", ""))
    page = Paginator(pages, 1).get_page(asked.get("page") or named)
    complete([activity for part in page.object_list[0] for activity in part.activities])
    return page


def _offer_of(roadmap):
    """The office's template from which the roadmap was made, or None."""
    rows = TemplateOffer.objects.filter(roadmap=roadmap).select_related(
        "template__organization", "organization", "edition"
    )
    return rows.first()


def _may_copy(request, roadmap):
    """Whether the reader works for an office, and this is the roadmap of an organization below it."""
    office = request.workspace.organization
    return (
        office is not None
        and office.pk != roadmap.organization_id
        and request.user.has_perm("roadmap.hand_down", office)
    )


def _own_tasks(request, roadmap):
    """Keys of the activities that the reader may tick without being the curator."""
    tasks = tasks_of(request.user, request.workspace.today).filter(stage__roadmap=roadmap)
    return set(tasks.prefetch_related(None).values_list("pk", flat=True))


def _events_of(roadmap):
    """The last steps of the roadmap's activities."""
    activities = Activity.objects.filter(stage__roadmap=roadmap).values("pk")
    return (
        StatusEvent.objects.filter(content_type__app_label="roadmap", content_type__model="activity")
        .filter(object_id__in=activities)
        .select_related("actor", "content_type")
        .prefetch_related("subject", "actor__people")[:15]
    )


def roadmap_edit(request, pk):
    """Title, period and grif."""
    roadmap = get_visible(Roadmap, request.user, pk=pk, allowed="roadmap.change_roadmap")
    form = RoadmapForm(request.POST or None, instance=roadmap)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("The roadmap is changed."))
        return redirect(roadmap)
    return render(
        request, "roadmap/roadmap_edit.html", {"roadmap": roadmap, "form": form}, status=422 if form.errors else 200
    )


def _activity(request, pk, allowed="roadmap.work_on_activity"):
    rows = Activity.objects.select_related("stage__roadmap__organization")
    return get_visible(rows, request.user, pk=pk, allowed=allowed)


def _back(request, activity):
    """The list from which a button was pressed: one's own tasks, the plan under its filter, or the plan at the activity."""
    if request.POST.get("next") == "tasks":
        return redirect("roadmap:my-tasks")
    came_from = urlsplit(request.META.get("HTTP_REFERER", ""))
    shown = parse_qs(came_from.query).get("show", [""])[-1]
    plan = activity.stage.roadmap.get_absolute_url()
    if shown in FILTERS and came_from.path == plan:
        return redirect(f"{plan}?show={shown}#stage-{activity.stage_id}")
    return redirect(activity)


@require_POST
def activity_status(request, pk):
    """Set the status of an activity."""
    activity = _activity(request, pk)
    form = StatusForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose a state from the list."))
    elif form.cleaned_data["status"] != activity.status:
        try:
            activity = set_status(activity, form.cleaned_data["status"], by=request.user, today=request.workspace.today)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(
                request,
                _("“%(activity)s” – %(status)s.") % {"activity": activity, "status": activity.get_status_display()},
            )
    return _back(request, activity)


@require_POST
def suggestion(request, pk):
    """The curator's word on what the portal suggests: it is done, or suggest it no more."""
    activity = _activity(request, pk, "roadmap.change_roadmap")
    today = request.workspace.today
    if request.POST.get("act") == "decline":
        decline_suggestion(activity, today=today)
        text = _("The portal will not suggest this again. You can take that back: “More about it” of the activity.")
        messages.success(request, text)
        return _back(request, activity)
    if request.POST.get("act") == "resume":
        resume_suggestions(activity)
        messages.success(request, _("The portal suggests this activity again when it sees it done."))
        return _back(request, activity)
    try:
        activity = confirm_suggestion(activity, by=request.user, today=today)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("The activity is marked as done, what proves it is kept."))
    return _back(request, activity)


@require_POST
def item_tick(request, pk):
    """Tick a point of an activity or take the tick away."""
    items = ActivityItem.objects.select_related("activity__stage__roadmap__organization")
    item = items.filter(pk=pk).first()
    if item is None:
        raise Http404
    activity = _activity(request, item.activity_id)
    tick_item(item, is_done=request.POST.get("is_done") == "1")
    return _back(request, activity)


def activity_dates(request, pk):
    """The days of an activity: what was read from the text, and the word of a person on it."""
    activity = _activity(request, pk, "roadmap.change_roadmap")
    formset = window_formset(request.POST or None, windows=activity.windows.all())
    status, is_theirs = 422 if request.method == "POST" else 200, False
    if request.method == "POST" and formset.is_valid():
        seen = request.POST.get("version", "")
        try:
            confirm_deadline(
                activity, formset.windows, by=request.user, version=int(seen) if seen.isdecimal() else None
            )
        except ChangedMeanwhile as changed:
            activity.version = changed.current.version
            status, is_theirs = 409, True
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("The dates are confirmed."))
            return after_dates(request, activity)
    context = {"activity": activity, "roadmap": activity.stage.roadmap, "formset": formset, "is_theirs": is_theirs}
    return render(request, "roadmap/activity_dates.html", context, status=status)


@require_POST
def remark_settle(request, pk):
    """Tick off a remark of the import."""
    remark = ImportRemark.objects.select_related("roadmap__organization").filter(pk=pk).first()
    if remark is None:
        raise Http404
    roadmap = get_visible(Roadmap, request.user, pk=remark.roadmap_id, allowed="roadmap.change_roadmap")
    remark.is_settled = True
    remark.save(update_fields=["is_settled"])
    messages.success(request, _("The remark is settled."))
    return redirect(roadmap)
