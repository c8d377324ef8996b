"""Forms of the registries as wholes: a field for several rows, a layout and its columns."""

from copy import deepcopy

from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from mentorship.column_sets import ColumnSetFormMixin
from mentorship.forms import PortalForm, PortalModelForm
from participants.forms.people import ENTRY_FORMS
from participants.models import LongTermMentor, Membership, RegistryLayout
from participants.registry_layouts import COLUMNS, layouts_for


class SetFieldForm(PortalForm):
    """The value that a field of several rows gets."""

    only_empty = forms.BooleanField(label=_("Only where nothing stands yet"), required=False, initial=True)

    def __init__(self, *args, kind, name, **kwargs):
        super().__init__(*args, **kwargs)
        value = deepcopy(ENTRY_FORMS[kind].base_fields[name])
        value.required = not isinstance(value, forms.BooleanField)
        self.fields = {"value": value, "only_empty": self.fields["only_empty"]}
        if isinstance(value, forms.BooleanField):
            value.initial = True
            del self.fields["only_empty"]
        if isinstance(value, forms.DateField):
            value.widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        self.helper.layout = Layout(*self.fields)

    def values(self):
        return {"value": self.cleaned_data["value"], "only_empty": self.cleaned_data.get("only_empty", False)}


class NewLayoutForm(PortalForm):
    """From what a new layout starts, and how it is called."""

    start = forms.ChoiceField(label=_("Begin with"))
    name = forms.CharField(
        label=_("Name of the layout"), max_length=100, help_text=_("For example: form of the education office, 2026")
    )

    def __init__(self, *args, organization, kind, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["start"].choices = [
            (each.key, f"{each.name} ({each.office})" if each.office else each.name)
            for each in layouts_for(organization, kind)
        ]


class LayoutForm(ColumnSetFormMixin, PortalModelForm):
    """The name, the title and the columns of a layout."""

    class Meta:
        model = RegistryLayout
        fields = ["name", "title", "is_default"]

    @property
    def known_columns(self):
        return COLUMNS[self.instance.kind]


class AppointmentForm(PortalModelForm):
    """The order by which a curator was appointed."""

    class Meta:
        model = Membership
        fields = ["order_number", "ordered_on"]


class LongTermForm(PortalModelForm):
    """Since when somebody stands in the long-term registry, and until when."""

    class Meta:
        model = LongTermMentor
        fields = ["listed_on", "left_on", "note"]
