"""Forms of letters, made by what their kind asks; what they mean is in documents/letters.py."""

from uuid import uuid4

from crispy_forms.layout import Layout
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from documents.backgrounds import check_background
from documents.forms import A_DAY_OF_JOURNALS, PairsField, PeopleField, PersonField
from documents.letter_kinds import ADDENDUM, ATTENDANCE, PAIR, WORK_EXTRACT
from documents.letter_naming import others_named, points_naming
from documents.letter_texts import typed_at_first
from documents.models import Blank
from documents.numbering import clean_number
from documents.paper_texts import MOST_FAULTS, fault_in_words
from documents.people_fields import employees_of
from documents.template_language import Scope, faults_of
from mentorship.forms import PortalForm, PortalModelForm
from mentorship.school_year import SchoolYear
from participants.models import Person
from programs.models import Pair

LONGEST_TEXT = 4000
MOST_EMPTY_LINES = 100
# Of one paper only: many addenda have each the contract and the term of its own pair.
OF_ONE = {"contract_number", "contract_on"}
OPEN_IN_BULK = {"starts_on", "ends_on"}
OFFICIALS = {"certified_by", "chair", "secretary"}


class _LetterFields(PortalForm):
    """The fields of a kind."""

    def __init__(self, *args, kind, organization, today, is_bulk=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.people = organization.people.filter(depersonalized_on=None).in_order()
        for field in kind.fields:
            if is_bulk and field.name in OF_ONE:
                continue
            made = self._field(field, organization)
            made.label, made.help_text = field.label, field.help
            made.required = field.is_required and field.kind != "tick"
            if is_bulk and kind.key == ADDENDUM and field.name in OPEN_IN_BULK:
                made.required, made.help_text = False, _("Empty: the term of each pair.")
            self.fields[field.name] = made
            if field.usual:
                self.initial.setdefault(field.name, field.usual)
        for name, words in typed_at_first(organization, kind).items():
            self.initial.setdefault(name, words)
        self.fields["dated_on"] = forms.DateField(
            label=_("Date of the paper"),
            validators=A_DAY_OF_JOURNALS,
            widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        )
        self.initial.setdefault("dated_on", today)
        if kind.has_number and not is_bulk:
            self.fields["number"] = forms.CharField(
                label=_("Number"), max_length=40, required=False, help_text=_("Empty: the next one of these papers.")
            )

    def _field(self, field, organization):
        if field.kind == "date":
            widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
            return forms.DateField(validators=A_DAY_OF_JOURNALS, widget=widget)
        if field.kind in ("text", "lines"):
            rows = 5 if field.usual or (field.kind == "lines" and field.is_required) else 3
            return forms.CharField(max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": rows}))
        if field.kind == "person":
            return PersonField(employees_of(self.people) if field.name in OFFICIALS else self.people)
        if field.kind == "people":
            return PeopleField(self.people)
        if field.kind == "choice":
            return forms.ChoiceField(choices=field.choices)
        if field.kind == "count":
            return forms.IntegerField(min_value=0, max_value=MOST_EMPTY_LINES)
        if field.kind == "tick":
            return forms.BooleanField()
        if field.kind == "points":
            return forms.TypedMultipleChoiceField(coerce=int, widget=forms.CheckboxSelectMultiple)
        return forms.CharField(max_length=250)

    def clean_text(self):
        text = self.cleaned_data["text"]
        if faults := faults_of(text, Scope(frozenset(self.kind.placeholders), {})):
            raise ValidationError([fault_in_words(fault) for fault in faults[:MOST_FAULTS]])
        return text

    def clean_number(self):
        return clean_number(self.cleaned_data["number"])

    def clean(self):
        values = super().clean()
        starts_on, ends_on = values.get("starts_on"), values.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", _("The end date is before the start date."))
        return values


class LetterForm(_LetterFields):
    """One paper about its subject."""

    def __init__(self, *args, kind, subject, today, curator=None, **kwargs):
        super().__init__(*args, kind=kind, organization=subject.organization, today=today, **kwargs)
        self.subject = subject
        for name in ("certified_by", "petitioner", "secretary"):
            if name in self.fields and curator:
                self.initial.setdefault(name, curator.pk)
        if kind.key == ADDENDUM:
            pair = subject.pair
            self.initial.setdefault("starts_on", pair.started_on or pair.planned_from)
            self.initial.setdefault("ends_on", pair.planned_to)
        if kind.key == WORK_EXTRACT:
            self.initial.setdefault("starts_on", SchoolYear.of(today).starts_on)
            self.initial.setdefault("ends_on", today)
        if kind.key == ATTENDANCE and subject.program:
            pairs = Pair.objects.filter(program=subject.program).not_ended().for_register()
            people = {person.pk for pair in pairs for person in (pair.mentor, *pair.mentees)}
            self.initial.setdefault("people", list(people))
        if "points" in self.fields:
            self._set_points()
        self.helper.layout = Layout(*self.fields)

    def _set_points(self):
        points = self.subject.order.paper.content["points"]
        self.fields["points"].choices = [
            (place, f"{point['number']} {point['text']}".strip()) for place, point in enumerate(points)
        ]
        named = Person.objects.filter(papers=self.subject.order.paper).in_order()
        self.fields["person"].queryset = named
        person = named.filter(pk=self.initial["person"]).first() if self.initial.get("person") else None
        if person:
            self.initial.setdefault("points", points_naming(person, points))

    def clean(self):
        values = super().clean()
        if "points" in self.fields and values.get("person") and values.get("points"):
            points = [self.subject.order.paper.content["points"][place] for place in values["points"]]
            if others := others_named(self.subject.order, values["person"], points):
                names = ", ".join(person.full_name for person in others[:5])
                self.add_error(
                    "points",
                    ValidationError(_("These points name others, too: %(names)s."), params={"names": names}),
                )
        return values


class BatchForm(_LetterFields):
    """Many papers of a kind: for ticked pairs, or for ticked people and those outside."""

    token = forms.CharField(max_length=40, widget=forms.HiddenInput)
    field_order = ("token", "pairs", "people", "outside")

    def __init__(self, *args, kind, program, pairs, people, today, **kwargs):
        super().__init__(*args, kind=kind, organization=program.organization, today=today, is_bulk=True, **kwargs)
        self.initial.setdefault("token", uuid4().hex)
        if kind.bulk == PAIR:
            self.fields["pairs"] = PairsField(queryset=pairs, label=_("Pairs and groups"))
            self.initial.setdefault("pairs", [pair.pk for pair in pairs])
        else:
            self.fields["people"] = PeopleField(people, label=_("People"), required=False)
            self.fields["outside"] = forms.CharField(
                label=_("Partners outside, a line for each"),
                required=False,
                max_length=LONGEST_TEXT,
                widget=forms.Textarea(attrs={"rows": 3}),
                help_text=_("As the paper shall print them: «директору ООО „Рассвет“ Петрову Ивану Сергеевичу»."),
            )
        self.order_fields(self.field_order)
        self.helper.layout = Layout(*self.fields)

    def clean_outside(self):
        lines = [" ".join(line.split()) for line in self.cleaned_data["outside"].splitlines()]
        if [line for line in lines if len(line) > 300]:
            raise ValidationError(_("A line is longer than 300 letters."))
        return [line for line in lines if line]

    def clean(self):
        values = super().clean()
        if self.kind.bulk != PAIR and not self.errors and not values.get("people") and not values.get("outside"):
            self.add_error("people", _("Choose at least one."))
        return values


class AgreementsForm(PortalForm):
    """Agreements that are made already, together in one file."""

    token = forms.CharField(max_length=40, widget=forms.HiddenInput)
    pairs = PairsField(queryset=Pair.objects.none(), label=_("Pairs and groups"))

    def __init__(self, *args, pairs, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["pairs"].queryset = pairs
        self.initial.setdefault("pairs", [pair.pk for pair in pairs])
        self.initial.setdefault("token", uuid4().hex)


class BackgroundForm(PortalModelForm):
    """The pictures below letters of thanks and certificates, the place for the seal."""

    class Meta:
        model = Blank
        fields = ["background_portrait", "background_landscape", "has_seal_place"]
        help_texts = {
            "background_portrait": _("JPEG or PNG with the sides of A4, 1240 × 1754 dots are enough."),
            "background_landscape": _("JPEG or PNG with the sides of A4 that lies, 1754 × 1240 dots are enough."),
        }

    def clean_background_portrait(self):
        return self._checked("portrait")

    def clean_background_landscape(self):
        return self._checked("landscape")

    def _checked(self, layout):
        name = f"background_{layout}"
        upload = self.cleaned_data[name]
        return check_background(upload, layout=layout) if name in self.files and upload else upload
