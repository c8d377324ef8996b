"""Fields of the wizard of orders that choose people: one, several, several with words of each."""

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from documents.models import OrderPerson
from mentorship.forms import LongSelect
from participants.models import Person
from programs.forms.people import person_label

LONGEST_WORDS = OrderPerson._meta.get_field("words").max_length


def employees_of(people, named=()):
    """Those who work here: neither a pupil nor a partner appoints, controls or certifies; who was `named` before stays."""
    return people.filter(Q(kind=Person.Kind.TEACHER) | Q(pk__in=[each.person_id for each in named]))


class PersonField(forms.ModelChoiceField):
    """One person by name and position: two people of one name are told apart."""

    widget = LongSelect

    def label_from_instance(self, person):
        return person_label(person, {})


class PeopleField(forms.ModelMultipleChoiceField):
    """People to tick, in the same way."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, person):
        return person_label(person, {})


class WordsBeside(forms.widgets.ChoiceWidget):
    """People to tick, with a line of words beside each; its value is {key: words}. The line shows with the tick.

    Not one of Django's checkboxes: those crispy-forms would draw itself, without the lines.
    """

    allow_multiple_selected = use_fieldset = True

    def id_for_label(self, id_, index=None):
        return ""

    def value_from_datadict(self, data, files, name):
        keys = data.getlist(name) if hasattr(data, "getlist") else data.get(name, [])
        return {str(key): data.get(f"{name}_{key}", "").strip() for key in keys}

    def value_omitted_from_data(self, data, files, name):
        return False

    def render(self, name, value, attrs=None, renderer=None):
        said = {str(key): words for key, words in (value or {}).items()}
        lines = (
            (
                key,
                name,
                mark_safe(" checked") if str(key) in said else "",
                label,
                said.get(str(key), ""),
                f"{self.words_label}: {label}",
                _("as for all"),
                LONGEST_WORDS,
            )
            for key, label in self.choices
        )
        line = (
            '<div class="form-check words-beside"><input type="checkbox" class="form-check-input" name="{1}" value="{0}"'
            ' id="id_{1}_{0}"{2}> <label class="form-check-label" for="id_{1}_{0}">{3}</label>'
            '<input type="text" class="form-control form-control-sm" name="{1}_{0}" value="{4}" aria-label="{5}"'
            ' placeholder="{6}" maxlength="{7}"></div>'
        )
        return format_html('<div id="id_{}">{}</div>', name, format_html_join("", line, lines))


class PeopleWithWordsField(PeopleField):
    """People to tick, each with words of his own; cleaned: [(person, words)], without words where none are typed."""

    def __init__(self, *args, words_label, **kwargs):
        super().__init__(*args, widget=WordsBeside, **kwargs)
        self.widget.words_label = words_label

    def prepare_value(self, value):
        return value if isinstance(value, dict) else super().prepare_value(value)

    def clean(self, value):
        people = super().clean(list(value or {}))
        if long := [person.full_name for person in people if len(value.get(str(person.pk), "")) > LONGEST_WORDS]:
            raise ValidationError(
                _("Longer than %(limit)s letters: %(people)s."),
                params={"limit": LONGEST_WORDS, "people": ", ".join(long)},
            )
        return [(person, value.get(str(person.pk), "")) for person in people]
