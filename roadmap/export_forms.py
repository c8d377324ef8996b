"""Forms of the export: how a roadmap is laid on paper, and the columns of a layout."""

from crispy_forms.layout import Layout as Laid
from django import forms
from django.utils.translation import gettext_lazy as _

from mentorship.column_sets import ColumnSetFormMixin
from mentorship.forms import PortalForm, PortalModelForm
from roadmap.exporting import ANNEX, GRIF, NO_MARK, Sheet
from roadmap.layouts import COLUMNS, layouts_for, require_content
from roadmap.models import RoadmapLayout

LANDSCAPE, PORTRAIT = "landscape", "portrait"


class SheetForm(PortalForm):
    """Layout, side of the sheet, mark at its top; what is not said is as the plain print has it."""

    layout = forms.ChoiceField(label=_("Columns"), required=False)
    sheet = forms.ChoiceField(
        label=_("Sheet"),
        required=False,
        choices=[(LANDSCAPE, _("landscape")), (PORTRAIT, _("portrait"))],
        widget=forms.RadioSelect,
    )
    mark = forms.ChoiceField(
        label=_("At the top right"),
        required=False,
        choices=[
            (GRIF, _("mark of approval: by the head, or by the order where it is known")),
            (ANNEX, _("mark of an annex: “Annex to the order of … No. …”")),
            (NO_MARK, _("nothing")),
        ],
        widget=forms.RadioSelect,
    )
    annex_number = forms.CharField(
        label=_("Number of the annex"), required=False, max_length=10, help_text=_("Only for the mark of an annex.")
    )

    def __init__(self, data, *, layouts):
        defaults = {"layout": layouts[0].key, "sheet": LANDSCAPE, "mark": GRIF, "annex_number": ""}
        # The form is always bound: a page that is opened by its bare address is the plain print.
        super().__init__({name: data.get(name) or default for name, default in defaults.items()})
        self.layouts = {layout.key: layout for layout in layouts}
        self.fields["layout"].choices = [
            (layout.key, f"{layout.name} ({layout.office})" if layout.office else layout.name) for layout in layouts
        ]

    def sheet_for(self, *, names_people):
        """The chosen `Sheet`, columns that name people left out where they may not be read."""
        values = self.cleaned_data
        return Sheet(
            columns=self.layouts[values["layout"]].columns(names_people=names_people),
            is_landscape=values["sheet"] == LANDSCAPE,
            mark=values["mark"],
            annex_number=values["annex_number"],
        )


class NewLayoutForm(PortalForm):
    """From what a new layout starts, and how it is called."""

    start = forms.ChoiceField(label=_("Begin with"))
    name = forms.CharField(
        label=_("Name of the layout"), max_length=100, help_text=_("For example: form of the education office, 2026")
    )

    def __init__(self, *args, organization, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["start"].choices = [(layout.key, layout.name) for layout in layouts_for(organization)]


class LayoutForm(ColumnSetFormMixin, PortalModelForm):
    """The name and the columns of a layout."""

    known_columns = COLUMNS

    class Meta:
        model = RoadmapLayout
        fields = ["name"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper.layout = Laid("name")

    def clean(self):
        cleaned = super().clean()
        require_content(self.chosen)
        return cleaned
