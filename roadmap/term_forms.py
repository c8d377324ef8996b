"""The form of the school year's quarters, trimesters and half-years."""

from datetime import date
from itertools import pairwise

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from mentorship.forms import PortalForm
from roadmap.models import SchoolTerm
from roadmap.school_calendar import COUNTS


class TermsForm(PortalForm):
    """Two dates for each part of the year; both may be left empty where the organization has no such parts."""

    def __init__(self, *args, school_year, spans, **kwargs):
        super().__init__(*args, **kwargs)
        self.school_year = school_year
        kept = {(kind, number): (first, last) for kind, number, first, last in spans}
        for kind, number in self.parts():
            first, last = kept.get((kind, number), (None, None))
            for side, day, label in (("from", first, _("from")), ("to", last, _("to"))):
                self.fields[f"{kind}_{number}_{side}"] = forms.DateField(
                    label=label,
                    required=False,
                    initial=day,
                    widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "form-control"}),
                )

    @staticmethod
    def parts():
        return [(kind, number) for kind, count in COUNTS.items() for number in range(1, count + 1)]

    def rows(self):
        """(name of the kind, [(number, field, field)]) for the page."""
        return [
            (
                SchoolTerm.Kind(kind).label,
                [(n, self[f"{kind}_{n}_from"], self[f"{kind}_{n}_to"]) for n in range(1, count + 1)],
            )
            for kind, count in COUNTS.items()
        ]

    def clean(self):
        cleaned = super().clean()
        opens, closes = date(self.school_year.start, 8, 1), self.school_year.ends_on
        for kind, number in self.parts():
            first, last = cleaned.get(f"{kind}_{number}_from"), cleaned.get(f"{kind}_{number}_to")
            last_name = f"{kind}_{number}_to"
            if (
                bool(first) != bool(last)
                and last_name not in self.errors
                and f"{kind}_{number}_from" not in self.errors
            ):
                self.add_error(last_name, _("Give both dates or neither."))
            elif first and last and last <= first:
                self.add_error(last_name, _("The end date is before the start date."))
            elif first and last and not (opens <= first and last <= closes):
                self.add_error(last_name, _("The dates are outside the school year."))
        if not self.errors:
            for kind in COUNTS:
                spans = [span for span in self.spans if span[0] == kind]
                for (_kind, _number, _first, before), (_k, number, first, _last) in pairwise(spans):
                    if first <= before:
                        raise ValidationError(
                            _("%(kind)s %(number)s begins before the one before it ends."),
                            params={"kind": SchoolTerm.Kind(kind).label.capitalize(), "number": number},
                        )
        return cleaned

    @property
    def spans(self):
        """(kind, number, first day, last day) of the parts that have days."""
        values = [
            (kind, n, self.cleaned_data.get(f"{kind}_{n}_from"), self.cleaned_data.get(f"{kind}_{n}_to"))
            for kind, n in self.parts()
        ]
        return [value for value in values if value[2] and value[3]]
