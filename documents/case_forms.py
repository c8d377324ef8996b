"""The pages on which all forms of a person or of an organization are seen and corrected, as Django forms."""

from dataclasses import dataclass

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from documents.declension import CASES
from documents.doubts import in_words
from documents.kept_forms import forms_to_keep
from documents.slots import phrases_by_case
from documents.wording import (
    Form,
    initials_in,
    name_form,
    organization_forms,
    organization_phrases,
    position_form,
)
from mentorship.forms import PortalForm

OBLIQUE = CASES[1:]
LONG = 60  # letters: longer texts get a field of several lines
CASE_LABELS = {
    "nominative": _("Nominative (who?)"),
    "genitive": _("Genitive (of whom?)"),
    "dative": _("Dative (to whom?)"),
    "accusative": _("Accusative (whom?)"),
    "instrumental": _("Instrumental (by whom?)"),
    "prepositional": _("Prepositional (about whom?)"),
}


@dataclass(frozen=True)
class CaseField:
    """A form with the field in which another one is typed."""

    field: BoundField
    form: Form

    @property
    def why(self):
        return in_words(self.form.doubts)


@dataclass(frozen=True)
class CaseRow:
    """Everything about one case: phrases of papers, initials, the fields."""

    label: str
    phrases: list[str]
    initials: list[str]
    fields: list[CaseField]


class CasesForm(PortalForm):
    """A field for each subject and oblique case; an empty one leaves the form to the portal's proposal.

    Subclasses say what declines: `subjects` is {prefix: (label, name of the model's field, text in the nominative)}.
    """

    confirmed = forms.BooleanField(
        label=_("I have checked the forms that are not sure: print them as proposed"), required=False
    )

    def __init__(self, *args, instance, **kwargs):
        self.instance = instance
        self.subjects = {key: values for key, values in self.get_subjects().items() if values[2]}
        self.case_forms = {case: self.get_forms(case) for case in CASES}
        kwargs["initial"] = {
            f"{prefix}_{case}": form.text
            for case in OBLIQUE
            for prefix, form in self.case_forms[case].items()
            if form.is_own
        }
        super().__init__(*args, **kwargs)
        for prefix, (label, _field, text) in self.subjects.items():
            for case in OBLIQUE:
                attrs = {"placeholder": self.case_forms[case][prefix].proposal, "lang": "ru", "class": "form-control"}
                widget = forms.Textarea(attrs | {"rows": 4}) if len(text) > LONG else forms.TextInput(attrs)
                self.fields[f"{prefix}_{case}"] = forms.CharField(
                    label=label, required=False, max_length=400, widget=widget
                )
        if not self.has_unsure:
            del self.fields["confirmed"]

    def get_subjects(self):
        raise NotImplementedError

    def get_forms(self, case):
        """{prefix: Form} of the instance in the case."""
        raise NotImplementedError

    def get_phrases(self):
        """{case: phrases of papers}."""
        raise NotImplementedError

    def get_initials(self, case):
        return []

    @property
    def has_unsure(self):
        return any(form.is_unsure for forms_of in self.case_forms.values() for form in forms_of.values())

    @property
    def has_own(self):
        return any(form.is_own for forms_of in self.case_forms.values() for form in forms_of.values())

    @property
    def rows(self):
        """A CaseRow for every case, the nominative first and without fields."""
        phrases = self.get_phrases()
        for case in CASES:
            fields = [] if case == "nominative" else self._case_fields(case)
            yield CaseRow(CASE_LABELS[case], phrases[case], self.get_initials(case), fields)

    def save(self):
        """Keep what was typed, and what was confirmed of the doubtful proposals."""
        for prefix, (_label, field, text) in self.subjects.items():
            given = {case: self._given(prefix, case) for case in OBLIQUE}
            setattr(self.instance, field, forms_to_keep(text, given))
        self.instance.save(update_fields=[field for _label, field, _text in self.subjects.values()])

    def reset(self):
        """Forget all own forms: the portal's proposals are printed again."""
        for _label, field, _text in self.subjects.values():
            setattr(self.instance, field, {})
        self.instance.save(update_fields=[field for _label, field, _text in self.subjects.values()])

    def _given(self, prefix, case):
        form = self.case_forms[case][prefix]
        is_confirmed = self.cleaned_data.get("confirmed") and form.doubts
        typed = " ".join(self.cleaned_data[f"{prefix}_{case}"].split())
        return typed or (form.proposal if is_confirmed else "")

    def _case_fields(self, case):
        return [CaseField(self[f"{prefix}_{case}"], self.case_forms[case][prefix]) for prefix in self.subjects]


class PersonCasesForm(CasesForm):
    """How a person's name and position decline."""

    def get_subjects(self):
        return {
            "name": (_("Name"), "name_forms", self.instance.full_name),
            "position": (_("Position or class"), "position_forms", self.instance.position),
        }

    def get_forms(self, case):
        forms_of = {"name": name_form(self.instance, case), "position": position_form(self.instance, case)}
        return {prefix: forms_of[prefix] for prefix in self.subjects}

    def get_phrases(self):
        return phrases_by_case(self.instance, self.instance.organization)

    def get_initials(self, case):
        styles = ("surname_first", "initials_first")
        return [initials_in(self.instance, case, self.instance.organization, style) for style in styles]


class OrganizationCasesForm(CasesForm):
    """How the names of an organization and the position of its head decline."""

    def get_subjects(self):
        return {
            "full": (_("Full name"), "name_forms", self.instance.full_name),
            "short": (_("Short name"), "short_name_forms", self.instance.short_name),
            "head": (_("Position of the head"), "head_position_forms", self.instance.head_position),
        }

    def get_forms(self, case):
        return organization_forms(self.instance, case)

    def get_phrases(self):
        return organization_phrases(self.instance)
