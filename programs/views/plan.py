"""The mentee's page: the mentor, what comes next, what was agreed."""

from django.shortcuts import render

from mentorship.panels import render_panels
from participants.workspace import MENTEE
from programs.plans import plans_at
from programs.workplace import require_role


def my_plan(request):
    require_role(request.workspace, MENTEE)
    context = {
        "plans": plans_at(request.workspace),
        "panels": render_panels("my-plan", request),
        "today": request.workspace.today,
    }
    return render(request, "programs/my_plan.html", context)
