"""The form of an act on which orders rest (documents/acts.py)."""

from datetime import date

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

from documents.models import LegalAct
from mentorship.forms import PortalModelForm

A_DAY_OF_ACTS = [MinValueValidator(date(1990, 1, 1)), MaxValueValidator(date(2100, 12, 31))]


class ActForm(PortalModelForm):
    class Meta:
        model = LegalAct
        fields = ["name", "words", "in_force_from", "in_force_to", "proposed"]
        widgets = {"words": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("in_force_from", "in_force_to"):
            self.fields[name].validators += A_DAY_OF_ACTS
