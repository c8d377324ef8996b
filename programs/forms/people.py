"""Choices of people."""

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import ModelChoiceIterator

LONGEST_KEY = 18  # digits; what is longer is nobody's key, and SQLite cannot even compare it


class PeopleField(forms.ModelMultipleChoiceField):
    """People to tick, by full name."""

    widget = forms.CheckboxSelectMultiple

    def clean(self, value):
        for key in value or ():
            if len(str(key)) > LONGEST_KEY:
                raise ValidationError(
                    self.error_messages["invalid_choice"], code="invalid_choice", params={"value": key}
                )
        return super().clean(value)


def person_label(person, remarks):
    """Full name, position and what `remarks` ({person's key: words}) say."""
    return ", ".join(filter(None, [person.full_name, person.position, remarks.get(person.pk)]))


class GroupedByConsents(ModelChoiceIterator):
    """First those with all their papers, then those without, under a heading that names what is missing."""

    def __iter__(self):
        if self.field.empty_label is not None:
            yield "", self.field.empty_label
        groups = {"": []}
        for person in self.queryset.all():
            groups.setdefault(self.field.lacking.get(person.pk, ""), []).append(self.choice(person))
        yield from groups.pop("")
        yield from sorted(groups.items())


class RemarkedPersonField(forms.ModelChoiceField):
    """One person by full name and position; a form may set `remarks` that stand after it.

    `lacking` says of whom which consents are missing: {person's key: heading}; such people stand apart.
    """

    iterator = GroupedByConsents
    remarks = {}
    lacking = {}

    def label_from_instance(self, person):
        return person_label(person, self.remarks)


class RemarkedPeopleField(PeopleField):
    """Several people, labelled and grouped in the same way."""

    iterator = GroupedByConsents
    remarks = {}
    lacking = {}

    def label_from_instance(self, person):
        return person_label(person, self.remarks)
