"""What roadmaps add to pages of lower floors."""

from mentorship.search import Hit
from roadmap.models import Activity, Roadmap
from roadmap.progress import stages_of, sum_of

SHOWN = 5


def own_roadmap(request):
    """The newest roadmap of the workspace's organization and year: how far it is, what is late and due."""
    workspace = request.workspace
    roadmap = (
        Roadmap.objects.visible_to(request.user)
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
    return {
        "roadmap": roadmap,
        "whole": sum_of(stages),
        "late": [activity for activity in activities if activity.state_today == "late"][:SHOWN],
        "due": [activity for activity in activities if activity.is_due(workspace.today)][:SHOWN],
    }


def roadmaps_of_program(request, program):
    """Roadmaps of the programme's organization and year."""
    roadmaps = Roadmap.objects.visible_to(request.user).filter(
        organization=program.organization, school_year=program.school_year
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
