"""What all forms share: the layout of crispy-forms without its form tag, native date fields, checked files."""

from crispy_forms.helper import FormHelper
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _


class LongSelect(forms.Select):
    """A list of hundreds of choices, drawn at once: a template for each would take longer than the page."""

    def render(self, name, value, attrs=None, renderer=None):
        chosen = {str(each) for each in self.format_value(value)}
        options = ((key, mark_safe(" selected") if str(key) in chosen else "", label) for key, label in self.choices)
        return format_html(
            "<select{}>{}</select>",
            flatatt(self.build_attrs(self.attrs, {**(attrs or {}), "name": name})),
            format_html_join("", '<option value="{}"{}>{}</option>', options),
        )


class PortalFormMixin:
    """Laid out by `{% crispy form %}`; the page draws the form tag and the button that says what will happen."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper(self)
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        for field in self.fields.values():
            if isinstance(field, forms.DateField):
                field.widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class PortalForm(PortalFormMixin, forms.Form):
    pass


class PortalModelForm(PortalFormMixin, forms.ModelForm):
    pass


def check_upload(upload, suffixes):
    """Refuse a file that is empty, too large or not of one of the kinds (`{".xlsx", …}`), in words for its owner."""
    name = upload.name.lower()
    if not name.endswith(tuple(suffixes)):
        raise ValidationError(
            _("“%(name)s” is not a file of a kind that can be read here: %(kinds)s."),
            params={"name": upload.name, "kinds": ", ".join(sorted(suffixes))},
        )
    if upload.size == 0:
        raise ValidationError(_("“%(name)s” is empty."), params={"name": upload.name})
    if upload.size > settings.UPLOAD_LIMIT_BYTES:
        raise ValidationError(
            _("“%(name)s” is larger than 20 MB. Save the table without pictures, or in parts."),
            params={"name": upload.name},
        )
    return upload
