"""Forms of the registries as wholes: a field for several rows, a layout and its columns."""

from copy import deepcopy

from crispy_forms.layout import Layout
from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from mentorship.forms import PortalForm, PortalModelForm
from participants.forms.people import ENTRY_FORMS
from participants.models import LongTermMentor, Membership, RegistryLayout
from participants.registry_layouts import (
    COLUMNS,
    HEADER_LENGTH,
    LEAST_WIDTH,
    MOST_WIDTH,
    Chosen,
    as_chosen,
    layouts_for,
)

UP, DOWN = "up", "down"


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


class LayoutForm(PortalModelForm):
    """The name, the title and the columns of a layout.

    The rows of the columns come in the order of the page, as lists `key`, `header` and `width`; `shown` names those
    that are printed. `moved` is a row that a button has moved: "up:results".
    """

    class Meta:
        model = RegistryLayout
        fields = ["name", "title", "is_default"]

    def clean(self):
        cleaned = super().clean()
        if not self.chosen:
            raise ValidationError(_("Choose at least one column."))
        wrong = [row["header"] for row in self.rows if row["is_shown"] and row["error"]]
        if wrong:
            raise ValidationError(
                _("The width is a number from %(least)s to %(most)s: %(columns)s"),
                params={"least": LEAST_WIDTH, "most": MOST_WIDTH, "columns": ", ".join(wrong)},
            )
        return cleaned

    @cached_property
    def rows(self):
        """All columns of the kind as the page shows them: key, header, width, whether it is printed, what is wrong."""
        return self._posted_rows() if self.is_bound else self._kept_rows()

    @property
    def chosen(self):
        """The columns to print, as [Chosen, …]; a width that is no number is the usual one."""
        return [Chosen(row["key"], row["header"], row["number"]) for row in self.rows if row["is_shown"]]

    def _kept_rows(self):
        known = COLUMNS[self.instance.kind]
        kept = [each for each in self.instance.columns if each.get("key") in known]
        rest = [key for key in known if key not in {each["key"] for each in kept}]
        shown = [self._row(each["key"], each["header"], str(each["width"]), True) for each in kept]
        return shown + [self._row(key, known[key].header, str(known[key].width), False) for key in rest]

    def _posted_rows(self):
        known = COLUMNS[self.instance.kind]
        shown = set(self.data.getlist("shown"))
        posted = zip(self.data.getlist("key"), self.data.getlist("header"), self.data.getlist("width"), strict=False)
        rows = {key: self._row(key, header, width, key in shown) for key, header, width in posted if key in known}
        for key in known:
            rows.setdefault(key, self._row(key, known[key].header, str(known[key].width), False))
        rows = list(rows.values())
        self._move(rows, *self.data.get("moved", "").partition(":")[::2])
        return rows

    @staticmethod
    def _move(rows, where, key):
        place = next((index for index, row in enumerate(rows) if row["key"] == key), None)
        target = {UP: -1, DOWN: 1}.get(where)
        if place is None or target is None or not 0 <= place + target < len(rows):
            return
        rows[place], rows[place + target] = rows[place + target], rows[place]

    def _row(self, key, header, width, is_shown):
        usual = as_chosen(self.instance.kind, key)
        header = " ".join(header.split())[:HEADER_LENGTH] or usual.header
        width = width.strip().replace(",", ".")
        is_number = width.replace(".", "", 1).isdecimal()
        number = float(width if is_number else usual.width)
        is_right = is_number and LEAST_WIDTH <= number <= MOST_WIDTH
        return {
            "key": key,
            "header": header,
            "usual": usual.header,
            "width": width.removesuffix(".0"),
            "number": int(number) if number.is_integer() else number,
            "is_shown": is_shown,
            "error": not is_right,
        }


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
