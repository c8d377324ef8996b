"""The log: its list, a line, deleting with a way back."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mentorship.lists import PortalListView
from mentorship.permissions import get_visible
from participants.workspace import MENTEE, MENTOR
from programs.filters import MeetingFilter
from programs.forms.meetings import MeetingForm
from programs.meetings import change_meeting, check_log_is_open, delete_meeting, log_meeting, restore_meeting
from programs.models import Meeting, Pair
from programs.sheets import meetings_sheet
from programs.tables import MeetingTable
from programs.undo import deleted_meeting, forget_deleted, remember_deleted
from programs.workplace import IN_CHARGE, meetings_at, pairs_at, require_role

WRITERS = ("curator", MENTOR)


class MeetingList(PortalListView):
    table_class = MeetingTable
    filterset_class = MeetingFilter
    template_name = "programs/meeting_list.html"

    @property
    def export_name(self):
        return _("Log of meetings")

    @property
    def can_write(self):
        return self.request.workspace.role_name in WRITERS

    def queryset_for(self, request):
        require_role(request.workspace, *IN_CHARGE, MENTOR, MENTEE)
        return meetings_at(request.workspace).for_log()

    def get_table_kwargs(self):
        return {"today": self.request.workspace.today, "can_write": self.can_write}

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"can_write": self.can_write}

    def export(self, meetings):
        return meetings_sheet(meetings, today=self.request.workspace.today)


def meeting_choose(request):
    """Of which pair is the meeting? With one pair in force there is nothing to ask."""
    require_role(request.workspace, *WRITERS)
    pairs = list(pairs_at(request.workspace).filter(status=Pair.Status.ACTIVE).for_register())
    if len(pairs) == 1:
        return redirect("programs:meeting-add", pk=pairs[0].pk)
    return render(request, "programs/meeting_choose.html", {"pairs": pairs})


def meeting_add(request, pk):
    """Log a meeting of the pair, or plan one."""
    pair = get_visible(Pair.objects.for_register(), request.user, allowed="programs.log_meeting", pk=pk)
    if refused := _refused(request, pair):
        return refused
    form = MeetingForm(request.POST or None, pair=pair, initial=_first_values(request, pair))
    if request.method == "POST" and form.is_valid():
        try:
            meeting = log_meeting(pair, today=request.workspace.today, **form.values())
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return _after_writing(request, meeting)
    context = {"form": form, "pair": pair}
    return render(request, "programs/meeting_form.html", context, status=422 if form.errors else 200)


def _first_values(request, pair):
    kind = Meeting.Kind.REGULAR if pair.meetings.exists() else Meeting.Kind.ORGANIZATIONAL
    return {"held_on": request.workspace.today, "kind": kind}


def meeting_edit(request, pk):
    meeting = _writable_meeting(request, pk)
    pair = meeting.pair
    if refused := _refused(request, pair):
        return refused
    form = MeetingForm(request.POST or None, pair=pair, instance=meeting)
    if request.method == "POST" and form.is_valid():
        try:
            meeting = change_meeting(meeting, today=request.workspace.today, **form.values())
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return _after_writing(request, meeting)
    context = {"form": form, "pair": pair, "meeting": Meeting.objects.get(pk=meeting.pk)}
    return render(request, "programs/meeting_form.html", context, status=422 if form.errors else 200)


@require_POST
def meeting_delete(request, pk):
    meeting = _writable_meeting(request, pk)
    pair = meeting.pair
    try:
        remember_deleted(request, delete_meeting(meeting))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect(pair)


@require_POST
def meeting_restore(request, pk):
    """Put back the meeting that was deleted from the log of the pair a moment ago."""
    pair = get_visible(Pair.objects.for_register(), request.user, allowed="programs.log_meeting", pk=pk)
    kept = deleted_meeting(request, pair)
    if kept is None:
        messages.error(request, _("The ten minutes are over: the meeting cannot be put back. Log it anew."))
        return redirect(pair)
    try:
        restore_meeting(pair, kept)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("The meeting is back in the log."))
        forget_deleted(request)
    return redirect(pair)


def _writable_meeting(request, pk):
    return get_visible(Meeting.objects.for_log(), request.user, allowed="programs.log_meeting", pk=pk)


def _refused(request, pair):
    """The way back to the pair with the reason, where its log is closed; None where it is open."""
    try:
        check_log_is_open(pair)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(pair)
    return None


def _after_writing(request, meeting):
    if meeting.is_planned(request.workspace.today):
        messages.success(request, _("The meeting is planned."))
    else:
        messages.success(request, _("The meeting is in the log."))
    return redirect(meeting.pair)
