"""The joint registry of an education office."""

from django.urls import reverse
from django.utils.translation import gettext as _

from mentorship.permissions import workspace_organization
from participants.filters import JOINT_FILTERS
from participants.joint_registry import entries_below, named_entries, print_joint_registry, unnamed_counts
from participants.models import Organization
from participants.registries import MENTEES, MENTORS, TITLES
from participants.tables import JOINT_TABLES
from participants.views.printable import CURATORS, PrintableList

ADDRESSES = {MENTORS: "participants:joint", MENTEES: "participants:joint-mentees"}


class JointRegistry(PrintableList):
    """Mentors or mentees of all organizations below the coordinator's office, for the school year."""

    template_name = "participants/joint.html"
    kind = MENTORS

    @property
    def table_class(self):
        return JOINT_TABLES[self.kind]

    @property
    def filterset_class(self):
        return JOINT_FILTERS[self.kind]

    @property
    def layout_kind(self):
        return self.kind

    def queryset_for(self, request):
        self.organization = workspace_organization(request, "participants.view_joint_registry")
        self.entries = entries_below(self.kind, self.organization, request.workspace.school_year.start)
        return named_entries(self.entries, request.user)

    def get_filterset_kwargs(self, filterset_class):
        kwargs = super().get_filterset_kwargs(filterset_class)
        organizations = Organization.objects.below(self.organization).working().order_by("short_name")
        return {**kwargs, "organizations": organizations}

    def get_table(self, **kwargs):
        table = super().get_table(**kwargs)
        table.load_pairs(self.request.user)
        return table

    def unnamed(self):
        """Counts of those without a name in the organizations that the filters show; none beside a search by name."""
        if self.request.GET.get("q", "").strip():
            return []
        kwargs = self.get_filterset_kwargs(self.filterset_class) | {"queryset": self.entries}
        return unnamed_counts(self.filterset_class(**kwargs).qs, self.request.user)

    def registry(self, rows, layout):
        return print_joint_registry(
            self.kind,
            rows,
            self.unnamed(),
            user=self.request.user,
            office=self.organization,
            school_year=self.request.workspace.school_year.start,
            layout=layout,
            day=self.request.workspace.today,
        )

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        unnamed = self.unnamed()
        return context | {
            "kind": self.kind,
            "unnamed": unnamed,
            "unnamed_count": sum(count for _organization, count in unnamed),
            "tabs": joint_tabs(self.kind),
        }


def joint_tabs(here):
    tabs = [(kind, TITLES[kind], address) for kind, address in ADDRESSES.items()]
    tabs.append((CURATORS, _("Curators"), "participants:curators"))
    return [(label, reverse(address), name == here) for name, label, address in tabs]
