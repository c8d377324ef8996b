"""What is to be taken down and destroyed after withdrawals."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mentorship.permissions import get_visible, workspace_organization
from participants.consent_removals import finish_task
from participants.forms.consents import DoneForm
from participants.models import RemovalTask
from participants.views.consents import DONE_SHOWN


def removal_tasks(request):
    """What is to be taken down or destroyed, the earliest last day first; what is done stands below."""
    organization = workspace_organization(request, "participants.view_consents")
    tasks = RemovalTask.objects.visible_to(request.user).filter(consent__person__organization=organization)
    tasks = tasks.select_related("consent__person", "done_by").prefetch_related("done_by__people")
    return _render_tasks(request, organization, tasks)


@require_POST
def removal_task_done(request, pk):
    task = get_visible(RemovalTask, request.user, pk=pk, allowed="participants.manage_consents")
    form = DoneForm(request.POST, prefix=f"task-{task.pk}")
    if form.is_valid():
        try:
            finish_task(task, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            if task.done_on:  # another tab was quicker, and the form is on the page no more
                messages.error(request, f"{task.what}: {' '.join(error.messages)}")
                return redirect("participants:removal-tasks")
            form.add_error(None, error)
        else:
            messages.success(request, _("Done: %(what)s") % {"what": task.what})
            return redirect("participants:removal-tasks")
    organization = task.organization
    tasks = RemovalTask.objects.visible_to(request.user).filter(consent__person__organization=organization)
    return _render_tasks(request, organization, tasks.select_related("consent__person", "done_by"), refused=form)


def _render_tasks(request, organization, tasks, refused=None):
    today = request.workspace.today
    may_manage = request.user.has_perm("participants.manage_consents", organization)
    lines = []
    for task in tasks.open():
        prefix = f"task-{task.pk}"
        is_refused = refused is not None and refused.prefix == prefix
        form = refused if is_refused else DoneForm(prefix=prefix, initial={"done_on": today})
        lines.append({"task": task, "form": form, "is_late": task.is_late(today)})
    context = {
        "lines": lines,
        "done": tasks.exclude(done_on=None).order_by("-done_on", "-pk")[:DONE_SHOWN],
        "may_manage": may_manage,
    }
    return render(request, "participants/removal_tasks.html", context, status=422 if refused else 200)
