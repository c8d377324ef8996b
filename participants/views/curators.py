"""The registry of curators, and the order by which each was appointed."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from mentorship.permissions import get_visible, workspace_organization
from participants.curators import curator_line, curators_of
from participants.filters import CuratorFilter
from participants.forms.registries import AppointmentForm
from participants.models import Membership
from participants.registry_export import PrintedRegistry, signatory_of
from participants.registry_layouts import CURATORS
from participants.tables import CuratorTable
from participants.views.joint import joint_tabs
from participants.views.printable import PrintableList, people_tabs


class CuratorList(PrintableList):
    """Curators of the workspace's organization; for a coordinator, of all organizations below."""

    template_name = "participants/curators.html"
    table_class = CuratorTable
    filterset_class = CuratorFilter
    layout_kind = CURATORS

    def queryset_for(self, request):
        self.organization = workspace_organization(request, "participants.view_curators")
        self.is_coordinator = request.workspace.role_name == "coordinator"
        members = curators_of(self.organization)
        return members if self.is_coordinator else members.filter(organization=self.organization)

    def get_filterset_kwargs(self, filterset_class):
        return {**super().get_filterset_kwargs(filterset_class), "today": self.request.workspace.today}

    def get_table_kwargs(self):
        return {"in_charge": self.request.user.organizations_in_charge}

    def registry(self, rows, layout):
        role = "coordinator" if self.is_coordinator else "curator"
        signatory = signatory_of(self.organization, role, self.request.workspace.today)
        lines = [curator_line(member) for member in rows]
        return PrintedRegistry(layout, lines, self.organization, signatory=signatory, role=role)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        tabs = joint_tabs(CURATORS) if self.is_coordinator else people_tabs(self.request, CURATORS)
        return context | {"tabs": tabs, "organization": self.organization}


def curator_edit(request, pk):
    """The number and the date of the order by which the curator was appointed."""
    rows = Membership.objects.filter(role=Membership.Role.CURATOR).select_related("organization", "user")
    member = get_visible(rows, request.user, pk=pk, allowed="participants.change_appointment")
    form = AppointmentForm(request.POST or None, instance=member)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("The order of appointment is saved: %(person)s.") % {"person": member.user})
        return redirect("participants:curators")
    context = {"member": member, "form": form}
    return render(request, "participants/curator_edit.html", context, status=422 if form.errors else 200)
