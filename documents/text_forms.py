"""Forms of texts and of the letterhead; what they mean is in documents/text_versions.py and documents/blanks.py."""

from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from documents.blank_pictures import printable_picture
from documents.models import Blank
from documents.paper_texts import check_placeholders, misnumbered, points
from documents.text_kinds import text_kind
from mentorship.forms import PortalForm, PortalModelForm


class PaperTextForm(PortalForm):
    """The text of a paper; `based_on` is the version that the editor was opened with."""

    text = forms.CharField(label=_("Text"), strip=False, widget=forms.Textarea(attrs={"rows": 26, "lang": "ru"}))
    note = forms.CharField(
        label=_("What is changed"),
        max_length=250,
        required=False,
        help_text=_("For those who read the versions later."),
    )
    based_on = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, kind, **kwargs):
        super().__init__(*args, **kwargs)
        self.kind = kind
        if text_kind(kind).is_title:
            self.fields["text"].widget.attrs["rows"] = 3

    def clean_text(self):
        text = self.cleaned_data["text"].replace("\r\n", "\n").replace("\r", "\n")
        check_placeholders(text, self.kind)
        return text

    @property
    def wrong_number(self):
        """The first number out of turn, for a warning; numbers between parts cannot be judged."""
        text = self.cleaned_data.get("text", "")
        return None if "{если" in text or "{для" in text else misnumbered(points(text))


class BlankForm(PortalModelForm):
    requisites = forms.MultipleChoiceField(
        label=_("Requisites that are printed"),
        choices=Blank.Requisite.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("What is not entered in the data of the organization is left out."),
    )
    upload = forms.FileField(
        label=_("Picture"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg"}),
        help_text=_("PNG or JPEG, up to 5 MB and 40 million dots. A new picture takes the place of the former one."),
    )

    class Meta:
        model = Blank
        exclude = ["organization", "picture", "background_portrait", "background_landscape", "has_seal_place"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout(
            Fieldset(
                _("Letterhead"),
                "picture_kind",
                "upload",
                "placing",
                "founder",
                "requisites",
                "kpp",
                css_id="letterhead",
            ),
            Fieldset(
                _("Signature and pairs"),
                "signature",
                "acting",
                "assignment_way",
                "is_countersigned",
                css_id="signing",
            ),
            Fieldset(_("Layout"), "standard", "font_size", "spacing", "date_place", css_id="layout"),
            Fieldset(
                _("Own values, where the layout is “own values”"),
                "margin_left",
                "margin_left_kept_long",
                "margin_right",
                "margin_top",
                "margin_bottom",
                "annex_side",
                "grif_side",
                "page_numbers",
                css_id="own-values",
            ),
        )

    def clean_upload(self):
        upload = self.cleaned_data["upload"]
        return printable_picture(upload) if upload else None

    def clean(self):
        cleaned = super().clean()
        wants = cleaned.get("picture_kind", Blank.PictureKind.NONE) != Blank.PictureKind.NONE
        if wants and "upload" not in self.errors and not cleaned.get("upload") and not self.instance.picture_id:
            raise ValidationError({"upload": _("Choose the file of the picture.")})
        return cleaned
