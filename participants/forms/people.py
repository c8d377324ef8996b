"""Forms of a person and of his row in a registry."""

import re

from crispy_forms.layout import HTML, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mentorship.forms import PortalForm, PortalModelForm
from participants.models import Membership, MenteeEntry, MentorEntry, Person
from participants.names import guess_gender_by_patronymic, restore_cyrillic, tidy_name_case, tidy_text
from participants.people import KnownPeople, Who, name_of
from participants.registries import MENTEES, MENTORS
from participants.registry_contacts import read_phone
from participants.registry_days import read_birth_year
from participants.registry_storing import digest

ANOTHER = "another"
NAME = re.compile(r"[^\W\d_][^\W\d_ .’'-]*(?:[ .’'-]+[^\W\d_]+)*\.?")
EARLIEST_WORK = 1950
# Roles that a curator gives; a coordinator belongs to an education office and is appointed there.
WORKING_ROLES = [
    (role.value, role.label) for role in (Membership.Role.STAFF, Membership.Role.HEAD, Membership.Role.CURATOR)
]


class PersonFieldsMixin:
    """How a person's fields are read, whoever types them: names put in order, birth year and phone checked."""

    def clean_last_name(self):
        return self._tidy_name("last_name")

    def clean_first_name(self):
        return self._tidy_name("first_name")

    def clean_patronymic(self):
        return self._tidy_name("patronymic")

    def _tidy_name(self, name):
        tidied = tidy_name_case(restore_cyrillic(tidy_text(self.cleaned_data[name])))
        if tidied and not NAME.fullmatch(tidied):
            raise ValidationError(
                _("A name is written in letters; a hyphen, an apostrophe and a full stop may stand in it.")
            )
        return tidied

    def clean_birth_year(self):
        year = self.cleaned_data["birth_year"]
        if year is not None:
            reading = read_birth_year(year, today=timezone.localdate())
            if reading.value is None:
                raise ValidationError(str(reading.remark))
        return year

    def clean_phone(self):
        return self._checked_phone("phone")

    def _checked_phone(self, name):
        written = self.cleaned_data[name]
        phone = read_phone(written) if written else ""
        if written and not phone:
            raise ValidationError(_("This is no phone number. Write it with the code: +7 999 123-45-67."))
        return phone


class SeenMixin:
    """Two people, or two tabs, at one row: who saves second is told, and nothing of the first is written over.

    The page carries a mark of the row as it was shown, in a hidden field named `seen_as`.
    """

    seen_as = "seen"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self._shown = digest(self.instance)
            self.fields[self.seen_as] = forms.CharField(required=False, widget=forms.HiddenInput, initial=self._shown)

    def clean(self):
        cleaned = super().clean()
        seen = cleaned.get(self.seen_as)
        if seen and seen != self._shown:
            raise ValidationError(
                _("The record was changed meanwhile, perhaps in another tab. Open the page anew: nothing was saved."),
                code="changed",
            )
        return cleaned


class PersonForm(SeenMixin, PersonFieldsMixin, PortalModelForm):
    """A person's data. Names are put in order, the gender is proposed from the patronymic, the phone is checked."""

    class Meta:
        model = Person
        fields = [
            "last_name", "first_name", "patronymic", "gender", "birth_year", "kind", "position", "workplace",
            "email", "phone", "contact_note", "representative_name", "representative_email", "representative_phone",
            "education", "qualification", "subject", "works_since", "works_here_since",
        ]  # fmt: skip
        widgets = {
            "last_name": forms.TextInput(attrs={"autocomplete": "off"}),
            "first_name": forms.TextInput(attrs={"autocomplete": "off"}),
            "phone": forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
            "representative_phone": forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
            "birth_year": forms.NumberInput(attrs={"inputmode": "numeric"}),
            "works_since": forms.NumberInput(attrs={"inputmode": "numeric"}),
            "works_here_since": forms.NumberInput(attrs={"inputmode": "numeric"}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["gender"].choices = [("", _("by the patronymic")), *Person.Gender.choices]
        if "representative_name" in self.fields:
            self.fields["representative_name"].help_text = _("For those under eighteen: a parent or guardian.")

    def clean_representative_phone(self):
        return self._checked_phone("representative_phone")

    def clean_works_since(self):
        return self._checked_year("works_since")

    def clean_works_here_since(self):
        return self._checked_year("works_here_since")

    def _checked_year(self, name):
        year = self.cleaned_data[name]
        if year is not None and not EARLIEST_WORK <= year <= timezone.localdate().year:
            raise ValidationError(_("Write the calendar year in which the work began, for example 2019."))
        return year

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("gender"):
            cleaned["gender"] = guess_gender_by_patronymic(cleaned.get("patronymic", ""))
        since, here_since = cleaned.get("works_since"), cleaned.get("works_here_since")
        if since and here_since and here_since < since:
            self.add_error("works_here_since", _("The work here cannot have begun before the work as a teacher."))
        return cleaned


class NewPersonForm(PersonForm):
    """A new person of an organization; whoever may be there already is pointed out, and the user decides.

    `same_person` is the answer: the key of the known person, or ANOTHER; the page draws it from `similar`.
    """

    same_person = forms.CharField(required=False)

    def __init__(self, *args, organization, **kwargs):
        super().__init__(*args, **kwargs)
        self.organization, self.similar = organization, []
        self.instance.organization = organization
        self.helper.layout = Layout(*self._meta.fields)

    def clean(self):
        cleaned = super().clean()
        if self.errors:
            return cleaned
        name = name_of(Person(**{part: cleaned[part] for part in ("last_name", "first_name", "patronymic")}))
        who = Who(name, cleaned.get("birth_year"), cleaned["email"], cleaned.get("phone", ""))
        self.similar = KnownPeople.of(self.organization).similar(who)
        if self.similar and not self.is_another and self.known_person is None:
            raise ValidationError(_("The organization has such a person already. Say whether this is the same one."))
        return cleaned

    @property
    def is_another(self):
        return self.cleaned_data.get("same_person") == ANOTHER

    @property
    def known_person(self):
        """The person of the organization whom the user recognized, or None."""
        chosen = self.cleaned_data.get("same_person")
        return next((person for person in self.similar if str(person.pk) == chosen), None)

    def save_person(self):
        """The new person saved, or the recognized one with his gaps filled by what was typed."""
        person = self.known_person
        if person is None:
            return self.save()
        typed = {name: self.cleaned_data[name] for name in self._meta.fields if name in self.cleaned_data}
        gaps = [name for name, value in typed.items() if value and not getattr(person, name)]
        for name in gaps:
            setattr(person, name, typed[name])
        if gaps:
            person.save(update_fields=gaps)
        return person


class RegistryPersonForm(NewPersonForm):
    """A new person for a registry; people whose names begin as typed are offered beside the fields."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        names, rest = self._meta.fields[:3], self._meta.fields[3:]
        self.helper.layout = Layout(*names, HTML('<div id="suggestions" aria-live="polite"></div>'), *rest)
        suggest = {
            "hx-get": reverse_lazy("participants:suggest"),
            "hx-trigger": "input changed delay:400ms",
            "hx-target": "#suggestions",
            "hx-include": "#id_last_name, #id_first_name",
        }
        for name in ("last_name", "first_name"):
            self.fields[name].widget.attrs.update(suggest)


class EntryForm(SeenMixin, PortalModelForm):
    seen_as = "seen_row"
    case_url = forms.URLField(
        label=MentorEntry._meta.get_field("case_url").verbose_name, required=False, assume_scheme="https"
    )

    def clean(self):
        cleaned = super().clean()
        joined, completed = cleaned.get("joined_on"), cleaned.get("completed_on")
        if joined and completed and completed < joined:
            raise ValidationError({"completed_on": _("The programme cannot be completed before it was joined.")})
        return cleaned


class MentorEntryForm(EntryForm):
    class Meta:
        model = MentorEntry
        fields = [
            "competences", "achievements", "interests", "preferred_age", "time_resource", "courses", "joined_on",
            "completed_on", "results", "case_url",
        ]  # fmt: skip
        widgets = {
            name: forms.Textarea(attrs={"rows": 3})
            for name in ("competences", "achievements", "interests", "courses", "results")
        }


class MenteeEntryForm(EntryForm):
    class Meta:
        model = MenteeEntry
        fields = ["request", "difficulties", "joined_on", "completed_on", "is_completed", "results", "case_url"]
        widgets = {name: forms.Textarea(attrs={"rows": 3}) for name in ("request", "difficulties", "results")}


ENTRY_FORMS = {MENTORS: MentorEntryForm, MENTEES: MenteeEntryForm}


class InviteForm(PortalForm):
    """Which role in the organization the invited person gets; mentors and mentees need none."""

    role = forms.ChoiceField(
        label=_("Role in the organization"),
        required=False,
        choices=[
            ("", _("none: mentor or mentee by the registry")),
            *WORKING_ROLES,
        ],
    )
