"""The plan as a timeline, a calendar, one's own tasks, against what was approved; calendar addresses, reminders."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from mentorship.digests import set_stopped
from mentorship.lists import as_download
from mentorship.models import DigestReader
from mentorship.permissions import get_visible, workspace_organization
from mentorship.workdays import is_workday
from roadmap import baselines, feeds, plan_views
from roadmap.forms import BaselineForm, ReminderRuleForm
from roadmap.models import Activity, CalendarFeed, Occurrence, ReminderRule, Roadmap
from roadmap.occurring import tick_occurrence
from roadmap.owning import tasks_of
from roadmap.progress import stages_of, state_of


def _roadmap(request, pk, allowed=None):
    return get_visible(Roadmap.objects.select_related("organization"), request.user, pk=pk, allowed=allowed)


def _pdf(content, name):
    return as_download(HttpResponse(content, content_type="application/pdf"), f"{name}.pdf", inline=True)


def timeline(request, pk):
    """The Gantt picture with its table behind; `?format=pdf` prints it."""
    roadmap, today = _roadmap(request, pk), request.workspace.today
    if request.GET.get("format") == "pdf":
        return _pdf(plan_views.timeline_pdf(roadmap, today), f"timeline-{roadmap.pk}")
    stages = stages_of(roadmap, today)
    context = {"roadmap": roadmap, "stages": stages, "place": "timeline"}
    context["picture"] = plan_views.timeline_of(roadmap, stages, today, label=_("Timeline of the roadmap"))
    return render(request, "roadmap/timeline.html", context)


def state(request, pk):
    """The list with states, owners and proofs, printed."""
    roadmap = _roadmap(request, pk, "roadmap.see_who_changed")
    return _pdf(plan_views.state_pdf(roadmap, request.workspace.today), f"state-{roadmap.pk}")


def month(request, pk):
    """The calendar of a month: what ends on its days, and what lasts over it."""
    roadmap, today = _roadmap(request, pk), request.workspace.today
    shown = plan_views.month_of(request.GET.get("month", ""), today, roadmap)
    activities = [each for progress in stages_of(roadmap, today) for each in progress.activities]
    activities = [each for each in activities if each.status != Activity.Status.CANCELLED]
    if request.GET.get("format") == "pdf":
        return _pdf(plan_views.calendar_pdf(roadmap, shown, activities, today, is_workday), f"calendar-{shown:%Y-%m}")
    context = {
        "roadmap": roadmap,
        "place": "calendar",
        "month": shown,
        "previous": plan_views.month_beside(shown, -1),
        "following": plan_views.month_beside(shown, 1),
        "weeks": plan_views.weeks_of(shown, activities, today, is_workday),
        "lasting": plan_views.lasting_in(shown, activities),
    }
    return render(request, "roadmap/calendar.html", context)


def my_tasks(request):
    """What the user answers for, over all roadmaps: late, this week, later."""
    today = request.workspace.today
    tasks = sorted(tasks_of(request.user, today), key=lambda task: (task.due_on() is None, task.due_on() or today))
    for task in tasks:
        task.state_today = state_of(task, today)
        task.open_occurrence = next((each for each in task.occurrences.all() if each.done_on is None), None)
    if request.GET.get("format") == "pdf":
        return _pdf(plan_views.tasks_pdf(tasks, request.user, today), "tasks")
    reader = DigestReader.objects.filter(user=request.user).first()
    context = {
        "tasks": tasks,
        "feed": _address(CalendarFeed.objects.filter(user=request.user, roadmap=None).first()),
        "reader": reader,
    }
    return render(request, "roadmap/my_tasks.html", context)


@require_POST
def occurrence_tick(request, pk):
    """Tick one time of a repeated activity, or take the tick away."""
    occurrence = get_visible(Occurrence, request.user, pk=pk)
    rows = Activity.objects.select_related("stage__roadmap__organization")
    activity = get_visible(rows, request.user, pk=occurrence.activity_id, allowed="roadmap.work_on_activity")
    tick_occurrence(occurrence, done_on=request.workspace.today if request.POST.get("is_done") == "1" else None)
    if request.POST.get("next") == "tasks":
        return redirect("roadmap:my-tasks")
    return redirect(activity)


def baseline(request, pk):
    """The plan as approved against the plan as it is; a curator fixes a new approved plan here."""
    roadmap = _roadmap(request, pk)
    today = request.workspace.today
    form = BaselineForm(request.POST or None, initial={"made_on": roadmap.approved_on or today})
    if request.method == "POST":
        if not request.user.has_perm("roadmap.change_roadmap", roadmap):
            raise Http404
        if form.is_valid():
            baselines.approve_baseline(roadmap, on=form.cleaned_data["made_on"], by=request.user)
            messages.success(request, _("The plan is fixed as approved: later changes will be seen beside it."))
            return redirect("roadmap:baseline", pk)
    kept = list(roadmap.baselines.all())
    wanted = request.GET.get("kept", "")
    shown = next((each for each in kept if str(each.pk) == wanted), kept[0] if kept else None)
    if shown and request.GET.get("format") == "pdf":
        return _pdf(plan_views.baseline_pdf(shown, today), f"approved-{roadmap.pk}")
    context = {
        "roadmap": roadmap,
        "place": "baseline",
        "baselines": kept,
        "shown": shown,
        "differences": baselines.differences(shown) if shown else [],
        "form": form,
        "may_change": request.user.has_perm("roadmap.change_roadmap", roadmap),
    }
    return render(request, "roadmap/baseline.html", context)


def _address(feed):
    return f"{settings.PORTAL_URL}{reverse('calendar-feed', args=[feed.token])}" if feed else ""


def feed(request, pk=None):
    """The calendar address of a roadmap, or of one's own tasks: open, replace, close."""
    roadmap = _roadmap(request, pk) if pk else None
    if request.method == "POST":
        act = request.POST.get("act")
        if act == "close":
            feeds.close_feed(request.user, roadmap)
            messages.success(request, _("The address is closed: calendars that read it get nothing more."))
        elif act == "renew":
            feeds.renew_feed(request.user, roadmap)
            messages.success(request, _("There is a new address; the old one is closed."))
        else:
            feeds.open_feed(request.user, roadmap)
        return redirect(request.path)
    found = CalendarFeed.objects.filter(user=request.user, roadmap=roadmap).first()
    return render(request, "roadmap/feed.html", {"roadmap": roadmap, "address": _address(found)})


@login_not_required
@never_cache
def feed_file(request, token):
    """What a calendar program reads; a closed or unknown address is not there."""
    found = get_object_or_404(CalendarFeed.objects.select_related("user"), token=token)
    if not found.user.is_active:
        raise Http404
    content = feeds.feed_content(found, today=timezone.localdate())
    return HttpResponse(content, content_type="text/calendar; charset=utf-8")


def reminder_rule(request):
    """When the organization reminds of its plan."""
    organization = workspace_organization(request, "roadmap.import_roadmap")
    rule = ReminderRule.objects.filter(organization=organization).first() or ReminderRule(organization=organization)
    form = ReminderRuleForm(request.POST or None, instance=rule)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("The rule of reminders is kept."))
        return redirect("roadmap:reminder-rule")
    return render(request, "roadmap/reminder_rule.html", {"form": form}, status=422 if form.errors else 200)


@login_not_required
def digest_stop(request, token):
    """One button stops the daily letters, the other lets them come again. A visit alone changes nothing."""
    reader = get_object_or_404(DigestReader, token=token)
    if request.method == "POST":
        set_stopped(reader, request.POST.get("act") != "resume")
        reader.refresh_from_db()
    return render(request, "roadmap/digest_stop.html", {"reader": reader})
