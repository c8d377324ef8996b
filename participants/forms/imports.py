"""The forms of an import: the file, the meaning of its columns, what is decided of its rows."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mentorship.forms import PortalForm
from participants.models import RegistryImport
from participants.registry_columns import FIELDS, NAME_FIELDS, SINGLE_FIELDS, Kind
from participants.registry_header import NO_HEADER

NO_FIELD = ("", gettext_lazy("leave out"))


class UploadForm(PortalForm):
    kind = forms.ChoiceField(
        label=gettext_lazy("What the file holds"), choices=RegistryImport.Kind.choices, widget=forms.RadioSelect
    )
    file = forms.FileField(
        label=gettext_lazy("File of the registry"),
        help_text=gettext_lazy(
            "An Excel workbook (xlsx) or csv, up to 20 MB. Columns are told by their headers, in any order."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
    )


class HeaderForm(forms.Form):
    """Another sheet, or another row for the header; `look` is what was found in the file."""

    sheet = forms.TypedChoiceField(label=gettext_lazy("Sheet"), coerce=int, required=False, empty_value=None)
    header_row = forms.TypedChoiceField(
        label=gettext_lazy("Header in row"), coerce=int, required=False, empty_value=None
    )

    def __init__(self, *args, look, **kwargs):
        super().__init__(*args, initial={"sheet": look["sheet"], "header_row": look["header_row"]}, **kwargs)
        self._look = look
        self.fields["sheet"].choices = list(enumerate(look["sheets"]))
        self.fields["header_row"].choices = [
            (NO_HEADER, _("no headers: the first row is a person already")),
            *((place, f"{place + 1}: {text}") for place, text in enumerate(look["rows"]) if text),
        ]
        if not look["sheets"]:
            del self.fields["sheet"]

    def clean(self):
        """The header of another sheet is looked for anew."""
        values = super().clean()
        sheet = values.get("sheet", self._look["sheet"])
        is_other = sheet != self._look["sheet"]
        return {"sheet": sheet, "header_row": None if is_other else values.get("header_row")}


class ColumnsForm(forms.Form):
    """A choice for each column of the header; `cleaned_data["fields"]` is {place of the column: field}."""

    def __init__(self, *args, look, kind, **kwargs):
        super().__init__(*args, **kwargs)
        self._columns, self._fault = look["columns"], look["fault"]
        self._choices = choices = [NO_FIELD, *FIELDS[Kind(kind)].items()]
        for column in self._columns:
            self.fields[f"column-{column['index']}"] = forms.ChoiceField(
                label=column["header"], choices=choices, required=False, initial=column["field"]
            )

    @property
    def rows(self):
        """(column, its field of the form) for the page."""
        return [(column, self[f"column-{column['index']}"]) for column in self._columns]

    def clean(self):
        values = super().clean()
        fields = {column["index"]: values.get(f"column-{column['index']}", "") for column in self._columns}
        if not {"full_name", "last_name"} & set(fields.values()):
            raise ValidationError(_("Say which column holds the names: without it nobody can be added."))
        for name in NAME_FIELDS:
            titles = [column["header"] for column in self._columns if fields[column["index"]] == name]
            if len(set(titles)) > 1 or (self._fault and len(titles) > 1):
                message = _("“%(field)s” is chosen for several columns: one row is one person, leave one of them.")
                raise ValidationError(message, params={"field": dict(self._choices)[name]})
        for name in sorted(SINGLE_FIELDS):
            titles = list(dict.fromkeys(each["header"] for each in self._columns if fields[each["index"]] == name))
            if len(titles) > 1:
                message = _(
                    "“%(field)s” is chosen for several columns (%(columns)s) and keeps one value: leave one of them."
                )
                values = {
                    "field": dict(self._choices)[name],
                    "columns": ", ".join(f"«{title[:60]}»" for title in titles),
                }
                raise ValidationError(message, params=values)
        return {"fields": fields}


class ScopeForm(forms.Form):
    scope = forms.ChoiceField(choices=RegistryImport.Scope.choices, widget=forms.RadioSelect)
