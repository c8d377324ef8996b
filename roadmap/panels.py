"""What roadmaps add to pages of lower floors."""

from mentorship.search import Hit
from roadmap.models import Activity, Roadmap, TemplateOffer
from roadmap.owning import tasks_of
from roadmap.progress import stages_of, state_of, sum_of
from roadmap.witnesses import suggest

SHOWN = 5


def own_roadmap(request):
    """The newest roadmap of the workspace's organization and year: how far it is, what is late and due."""
    workspace = request.workspace
    roadmap = (
        Roadmap.objects.visible_to(request.user)
        .plans()
        .filter(organization=workspace.organization, school_year=workspace.school_year.start)
        .order_by("-pk")
        .first()
    )
    if roadmap is None:
        if workspace.role_name != "curator":
            return None
        return {"roadmap": None}
    stages = stages_of(roadmap, workspace.today)
    activities = [activity for progress in stages for activity in progress.activities]
    activities.sort(key=lambda activity: (activity.due_on() is None, activity.due_on() or workspace.today))
    may_change = request.user.has_perm("roadmap.change_roadmap", roadmap)
    return {
        "roadmap": roadmap,
        "suggested_count": suggest(roadmap, activities, workspace.today) if may_change else 0,
        "whole": sum_of(stages),
        "names_people": request.user.has_perm("roadmap.see_who_changed", roadmap),
        "late": [activity for activity in activities if "late" in activity.signs][:SHOWN],
        "week": [activity for activity in activities if "week" in activity.signs][:SHOWN],
        "due": [activity for activity in activities if {"due", "week"} & activity.signs == {"due"}][:SHOWN],
    }


def own_tasks(request):
    """The nearest activities for which the reader answers in this organization; nothing where there are none."""
    today = request.workspace.today
    tasks = list(tasks_of(request.user, today, organization=request.workspace.organization))
    if not tasks:
        return None
    tasks.sort(key=lambda task: (task.due_on() is None, task.due_on() or today))
    for task in tasks[:SHOWN]:
        task.state_today = state_of(task, today)
    return {"tasks": tasks[:SHOWN], "count": len(tasks)}


def office_tasks(request):
    """The same for a coordinator: activities of the organizations below that fall to the office."""
    tasks = tasks_of(request.user, request.workspace.today)
    count = tasks.count()
    if not count:
        return None
    nearest = sorted(tasks[:200], key=lambda task: (task.due_on() is None, task.due_on() or request.workspace.today))
    for task in nearest[:SHOWN]:
        task.state_today = state_of(task, request.workspace.today)
    return {"tasks": nearest[:SHOWN], "count": count}


def templates_offered(request):
    """Templates of the education office on which the organization has not decided, and newer editions of taken ones."""
    waiting = TemplateOffer.objects.visible_to(request.user).filter(organization=request.workspace.organization)
    offers = list(
        waiting.waiting().select_related("template__organization", "organization", "edition", "roadmap")[:SHOWN]
    )
    return {"offers": offers} if offers else None


def roadmaps_of_program(request, program):
    """Roadmaps of the programme's organization and year."""
    roadmaps = (
        Roadmap.objects.visible_to(request.user)
        .plans()
        .filter(organization=program.organization, school_year=program.school_year)
    )
    return {"roadmaps": roadmaps}


def find_activities(user, text):
    """Activities whose text holds the words."""
    activities = Activity.objects.visible_to(user).select_related("stage__roadmap")
    for word in text.split():
        activities = activities.filter(content__icontains=word)
    return [
        Hit(
            str(activity),
            f"{activity.stage.roadmap.get_absolute_url()}#activity-{activity.pk}",
            f"{activity.deadline_text} · {activity.stage.roadmap.title}",
        )
        for activity in activities.order_by("-stage__roadmap__school_year", "stage__position", "position")[:10]
    ]
