"""The joint registry of an education office."""

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from mentorship.permissions import workspace_organization
from participants.filters import JOINT_FILTERS
from participants.joint_pages import RowsByName
from participants.joint_registry import (
    counts_of,
    entries_below,
    named_entries,
    organizations_below,
    print_joint_registry,
)
from participants.registries import MENTEES, MENTORS, TITLES
from participants.tables import JOINT_TABLES
from participants.views.printable import CURATORS, PrintableList

ADDRESSES = {MENTORS: "participants:joint", MENTEES: "participants:joint-mentees"}


class JointRegistry(PrintableList):
    """Mentors or mentees of all organizations below the coordinator's office, for the school year.

    Those without a name stand at the end: they are counted for the last page and for print.
    """

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
        self.below = organizations_below(self.organization)
        self.entries = entries_below(self.kind, self.below, request.workspace.school_year.start)
        return named_entries(self.entries, request.workspace.today)

    def get_filterset_kwargs(self, filterset_class):
        kwargs = super().get_filterset_kwargs(filterset_class)
        return {**kwargs, "organizations": list(self.below.items())}

    def get_table_data(self):
        return RowsByName(super().get_table_data())

    def get_table(self, **kwargs):
        table = super().get_table(**kwargs)
        table.load_pairs(self.request.workspace.today)
        return table

    @cached_property
    def counts(self):
        """Named and unnamed rows of the organizations that the filters show; none beside a search by name."""
        if self.request.GET.get("q", "").strip():
            return []
        shown = self.filterset_class(
            self.request.GET, queryset=self.entries, request=self.request, organizations=list(self.below.items())
        )
        return counts_of(shown.qs, self.below, self.request.workspace.today)

    def registry(self, rows, layout):
        return print_joint_registry(
            self.kind,
            rows,
            self.counts,
            office=self.organization,
            school_year=self.request.workspace.school_year.start,
            layout=layout,
            day=self.request.workspace.today,
        )

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        is_last_page = not context["table"].page.has_next()
        unnamed = [each for each in self.counts if each.unnamed] if is_last_page else []
        return context | {
            "kind": self.kind,
            "last_page": None if is_last_page else context["table"].paginator.num_pages,
            "unnamed": unnamed,
            "unnamed_count": sum(each.unnamed for each in unnamed),
            "tabs": joint_tabs(self.kind),
        }


def joint_tabs(here):
    tabs = [(kind, TITLES[kind], address) for kind, address in ADDRESSES.items()]
    tabs.append((CURATORS, _("Curators"), "participants:curators"))
    return [(label, reverse(address), name == here) for name, label, address in tabs]
