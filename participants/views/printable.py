"""What the lists of people share: print and export by a layout, the tabs over them."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from mentorship.lists import PortalListView
from participants.registries import ADDRESSES, TITLES
from participants.registry_export import WRITERS
from participants.registry_layouts import layout_for, layouts_for

# Rows of one file: so that the answer comes within some fifteen seconds. A csv has no end.
AT_ONCE = {"pdf": 1000, "xlsx": 20_000}
CONSENTS, LONG_TERM, CURATORS = "consents", "long_term", "curators"


def too_many(count, file_format):
    """A sentence, where a file of so many rows would keep the reader waiting; else nothing."""
    if count <= AT_ONCE.get(file_format, count):
        return ""
    text = _("%(count)s rows are too many for this kind of file. Narrow the list by a filter, or take the CSV.")
    return text % {"count": count}


class PrintableList(PortalListView):
    """A list that leaves the portal by a layout, as PDF, xlsx and csv: give `registry(rows, layout)`.

    `layout_kind` is a kind of RegistryLayout; the layouts are those of `self.organization`, which `queryset_for` sets.
    """

    export_formats = tuple(WRITERS)
    layout_kind = ""

    @property
    def layout(self):
        """The layout that the address names, else the default one."""
        return layout_for(self.organization, self.layout_kind, self.request.GET.get("layout", ""))

    def exported(self, rows, file_format):
        if refusal := too_many(rows.count(), file_format):
            messages.warning(self.request, refusal)
            shown = self.request.GET.copy()
            shown.pop("export", None)
            return redirect(f"{self.request.path}?{shown.urlencode()}")
        return WRITERS[file_format](self.registry(rows, self.layout))

    @property
    def export_name(self):
        return f"{self.layout.title} {self.organization.short_name}"

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        may_manage = self.request.user.has_perm("participants.manage_layouts", self.organization)
        layouts = layouts_for(self.organization, self.layout_kind)
        return context | {"layouts": layouts, "may_manage_layouts": may_manage}


def people_tabs(request, here):
    """[(label, address, is here)] of the lists of people that the reader has in this workspace."""
    organization = request.workspace.organization
    tabs = [(kind, TITLES[kind], address) for kind, address in ADDRESSES.items()]
    tabs += [
        (LONG_TERM, _("Long-term registry"), "participants:long-term"),
        (CURATORS, _("Curators"), "participants:curators"),
    ]
    if request.user.has_perm("participants.view_consents", organization):
        tabs.append((CONSENTS, _("Consents"), "participants:consents"))
    return [(label, reverse(address), name == here) for name, label, address in tabs]
