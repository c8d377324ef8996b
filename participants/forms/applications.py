"""Forms of applications: the page for them, the first step, what one writes about oneself, decisions."""

from crispy_forms.layout import Layout
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from mentorship.forms import PortalForm, PortalModelForm
from participants.applications import ABOUT_FIELDS, age_of, offered_questionnaires
from participants.consent_rules import Age
from participants.forms.people import PersonFieldsMixin
from participants.models import Application, ApplicationCall, Person, Questionnaire
from participants.names import restore_cyrillic, tidy_text

QUESTIONNAIRES = {
    "mentor_questionnaire": Questionnaire.Purpose.MENTOR_APPLICATION,
    "mentee_questionnaire": Questionnaire.Purpose.MENTEE_APPLICATION,
    "pupil_mentor_questionnaire": Questionnaire.Purpose.MENTOR_APPLICATION,
    "pupil_mentee_questionnaire": Questionnaire.Purpose.MENTEE_APPLICATION,
}
MENTOR, MENTEE = Application.Role.MENTOR, Application.Role.MENTEE
PARTS = {
    (MENTOR, False): _("I want to be a mentor"),
    (MENTEE, False): _("I want a mentor"),
    (MENTOR, True): _("I am a pupil and want to be a mentor"),
    (MENTEE, True): _("I am a pupil and want a mentor"),
}
LONGEST_WORDS = 4000
# Years. Labour Code art. 63: a contract from 16 on; a mentee of a kindergarten may be three, a mentor is a pupil already.
LEAST_AGES = {Person.Kind.TEACHER: 16, Person.Kind.OUTSIDE: 16, Person.Kind.STUDENT: 14}
LEAST_AGE_OF_PUPILS = {MENTOR: 7, MENTEE: 3}
MOST_AGE_OF_PUPILS = 40  # of an evening school; beyond it the year is a slip


class CallForm(PortalModelForm):
    """The page for applications of a school year."""

    class Meta:
        model = ApplicationCall
        fields = ["introduction", *QUESTIONNAIRES, "opens_on", "closes_on"]
        widgets = {"introduction": forms.Textarea(attrs={"rows": 6})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, purpose in QUESTIONNAIRES.items():
            self.fields[name].queryset = offered_questionnaires(self.instance.organization, purpose)
            self.fields[name].empty_label = _("they do not apply")

    def clean(self):
        cleaned = super().clean()
        if not any(cleaned.get(name) for name in QUESTIONNAIRES):
            raise ValidationError(_("Choose at least one questionnaire: otherwise nobody can apply."))
        return cleaned


class StartForm(PortalForm):
    """The first step: as whom, and where the personal link goes. `website` is a trap for programs that fill in all."""

    part = forms.ChoiceField(label=_("What do you want?"), widget=forms.RadioSelect)
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )
    website = forms.CharField(label=_("Leave this field empty"), required=False)

    def __init__(self, *args, parts, **kwargs):
        super().__init__(*args, **kwargs)
        self.parts = {f"{role}{'-pupil' if is_pupil else ''}": (role, is_pupil) for role, is_pupil in parts}
        self.fields["part"].choices = [(key, PARTS[part]) for key, part in self.parts.items()]
        self.fields["part"].error_messages["required"] = _("Choose one of the lines.")
        if any(is_pupil for _role, is_pupil in parts):
            self.fields["email"].help_text = _(
                "The personal link and the answer come here. For a pupil under 18: the address of a parent."
            )
        else:
            self.fields["email"].help_text = _("The personal link and the answer come here.")

    @property
    def is_trapped(self):
        return bool(self.cleaned_data["website"])

    @property
    def role(self):
        return self.parts[self.cleaned_data["part"]][0]

    @property
    def is_pupil(self):
        return self.parts[self.cleaned_data["part"]][1]


class AboutForm(PersonFieldsMixin, PortalModelForm):
    """Who applies. A draft may leave fields empty; the representative is asked for where the birth year says so."""

    class Meta:
        model = Application
        fields = ABOUT_FIELDS
        widgets = {
            "last_name": forms.TextInput(attrs={"autocomplete": "family-name"}),
            "first_name": forms.TextInput(attrs={"autocomplete": "given-name"}),
            "patronymic": forms.TextInput(attrs={"autocomplete": "additional-name"}),
            "birth_year": forms.NumberInput(attrs={"inputmode": "numeric"}),
            "phone": forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
            "workplace": forms.TextInput(attrs={"autocomplete": "organization"}),
        }
        help_texts = {"workplace": _("Only where it is another organization.")}

    field_order = [
        "last_name", "first_name", "patronymic", "birth_year", "kind", "position", "workplace", "phone",
        "representative_name",
    ]  # fmt: skip

    def __init__(self, *args, today, is_draft=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.today, self.is_draft = today, is_draft
        self.is_pupil = self.instance.is_pupil
        needed = ["last_name", "first_name", "position"]
        if self.is_pupil:
            needed.append("birth_year")
            del self.fields["kind"], self.fields["workplace"]
            self.fields["position"].label = _("Class")
            self.fields["phone"].label = _("Phone of a parent (legal representative)")
            self.fields["birth_year"].help_text = _("The year alone: more is not needed.")
        else:
            needed.append("kind")
            adults = [each for each in Person.Kind.choices if each[0] != Person.Kind.PUPIL]
            self.fields["kind"].choices = [("", _("choose")), *adults]
            self.fields["position"].label = _("Position or occupation")
            self.fields["birth_year"].help_text = _("Helps not to mix up people of one name. The year alone.")
        representative = self.fields["representative_name"]
        representative.label = _("Parent or other legal representative")
        representative.help_text = _(
            "Last name, first name, patronymic of who gives the consent. Needed up to 18 years."
        )
        if not self._may_need_representative():
            del self.fields["representative_name"]
        for name in needed:
            self.fields[name].required = not is_draft
        self.helper.layout = Layout(*self.fields)

    def _may_need_representative(self):
        """A pupil always; an adult's page asks only where the birth year makes him younger than he seemed."""
        if self.is_pupil or self.instance.representative_name or "representative_name" in self.data:
            return True
        if self.is_bound:
            year = self.data.get("birth_year", "")
            return year.isdecimal() and self._age(int(year[:4]), self.data.get("kind", "")) != Age.ADULT
        return self._age(self.instance.birth_year, self.instance.kind) != Age.ADULT

    def _age(self, birth_year, kind):
        return age_of(Application(birth_year=birth_year, kind=kind), self.today.year)

    def clean_representative_name(self):
        return restore_cyrillic(tidy_text(self.cleaned_data["representative_name"]))

    def clean(self):
        cleaned = super().clean()
        if self.is_draft or "birth_year" not in cleaned:
            return cleaned
        kind = Person.Kind.PUPIL if self.is_pupil else cleaned.get("kind", "")
        birth_year = cleaned["birth_year"]
        self._check_age(birth_year, kind)
        age = self._age(birth_year, kind)
        if age == Age.ADULT:
            cleaned["representative_name"] = ""
        elif age == Age.MINOR and not cleaned.get("representative_name"):
            sentence = _(
                "Up to 18 years the consent is given by a parent or another legal representative: write the name."
            )
            self.add_error("representative_name", sentence)
        return cleaned

    def _check_age(self, birth_year, kind):
        """A slip in the birth year would be kept in the registry: nobody is a teacher at five."""
        least = LEAST_AGE_OF_PUPILS[self.instance.role] if kind == Person.Kind.PUPIL else LEAST_AGES.get(kind)
        if birth_year and least and self.today.year - birth_year < least:
            sentence = _(
                "Check the birth year: by it the age is %(age)s, and such participants are at least %(least)s."
            )
            years = {"age": self.today.year - birth_year, "least": least}
            self.add_error("birth_year", ValidationError(sentence, params=years))
        if birth_year and kind == Person.Kind.PUPIL and self.today.year - birth_year > MOST_AGE_OF_PUPILS:
            sentence = _("Check the birth year: by it the pupil is %(age)s years old.")
            self.add_error("birth_year", ValidationError(sentence, params={"age": self.today.year - birth_year}))

    @property
    def values(self):
        """What `keep_about` takes: the fields that were read without an error."""
        return {name: value for name, value in self.cleaned_data.items() if name in ABOUT_FIELDS}


class AskForm(PortalForm):
    message = forms.CharField(
        label=_("What is missing"),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Goes to the applicant as it stands, with the personal link."),
    )


class DeclineForm(PortalForm):
    letter = forms.CharField(
        label=_("Letter"), max_length=LONGEST_WORDS, widget=forms.Textarea(attrs={"rows": 9}), strip=True
    )


class AcceptForm(PortalForm):
    """Which of the differing fields are replaced, and a few words for the letter."""

    message = forms.CharField(
        label=_("A few words for the letter"),
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("May stay empty: the letter says itself that the application is accepted."),
    )

    def __init__(self, *args, changes, **kwargs):
        super().__init__(*args, **kwargs)
        self.changes = changes

    @property
    def replaced(self):
        """The keys of the changes that were ticked."""
        ticked = self.data.getlist("replaced") if self.is_bound else []
        return {change.key for change in self.changes if change.key in ticked}
