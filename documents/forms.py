"""Forms of orders; what they may choose from is given by the view, what they mean is in documents/orders.py."""

from collections import Counter
from datetime import date

from crispy_forms.layout import Layout
from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from documents.models import ApprovalStep, Familiarization, LegalAct, NumberSeries, Order, OrderLink
from documents.numbering import clean_number
from documents.order_kinds import CONTROLLER
from documents.orders import check_date
from documents.paper_texts import check_placeholders
from documents.people_fields import (
    LONGEST_WORDS,
    PeopleField,
    PeopleWithWordsField,
    PersonField,
    employees_of,
)
from documents.registration import check_is_free, kept_numbers
from mentorship.forms import LongSelect, PortalForm, PortalModelForm
from programs.models import Pair

A_DAY_OF_JOURNALS = [MinValueValidator(date(2000, 1, 1)), MaxValueValidator(date(2100, 12, 31))]
LONGEST_JOURNAL = 5  # years


class PairsField(forms.ModelMultipleChoiceField):
    """Pairs to tick, each with its form and dates."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, pair):
        return f"{pair} · {pair.form} · {pair.planned_from:%d.%m.%Y} – {pair.planned_to:%d.%m.%Y}"


class ActsField(forms.ModelMultipleChoiceField):
    """Acts to tick, each with the days of its force; one that is not in force today says so."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, act):
        label = f"{act}, {act.force}"
        if act.is_in_force(timezone.localdate()):
            return label
        return _("%(act)s – not in force today") % {"act": label}


class ReadersField(forms.ModelMultipleChoiceField):
    """People to tick in the list of an order."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, line):
        return ", ".join(filter(None, [line.person.full_name, line.person.position]))  # two may be of one name


class OrderDraftForm(PortalForm):
    pairs = PairsField(queryset=Pair.objects.none(), label=_("Pairs and groups"))

    def __init__(self, *args, pairs, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["pairs"].queryset = pairs
        self.fields["pairs"].initial = [pair.pk for pair in pairs]


class NamedForm(PortalForm):
    """What an order names, by its kind: pairs, people with what is said of each, dates and words."""

    def __init__(self, *args, kind, program, pairs, order=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.kind = kind
        people = program.organization.people.filter(depersonalized_on=None).in_order()
        for slot in kind.people:
            self._add_slot(slot, people, order)
        for value in kind.values:
            self._add_value(value, order, program)
        self._add_controller(people, order)
        if kind.ends_pairs:
            active = program.pairs.filter(status=Pair.Status.ACTIVE).for_register()
            nobody = "" if active else _("No pair of this programme is in force.")
            self.fields["ended_pairs"] = PairsField(
                queryset=active, label=_("Pairs and groups that end"), help_text=nobody
            )
            self.initial["ended_pairs"] = [pair.pk for pair in order.ended_pairs.all()] if order else []
        if kind.takes_pairs:
            nobody = "" if pairs else _("There are no proposed pairs: make them first.")
            self.fields["pairs"] = PairsField(queryset=pairs, label=_("Pairs and groups that begin"), help_text=nobody)
            chosen = order.pairs.all() if order else pairs
            self.initial["pairs"] = [pair.pk for pair in chosen]
        self.fields["grounds"] = ActsField(
            LegalAct.objects.offered_in(program.organization),
            label=_("On which acts the order rests"),
            required=False,
            help_text=_(
                "Nothing ticked: the portal takes those that fit the pairs. They stand in place of {основание}."
            ),
        )
        self.helper.layout = Layout(*self.fields)

    def _add_slot(self, slot, people, order):
        named = list(order.named.filter(role=slot.role).order_by("pk")) if order else []
        name = f"people_{slot.role}"
        if slot.is_employee:
            people = employees_of(people, named)
        if slot.words_label:
            self._add_words(slot, people, named)
        elif slot.is_list:
            self.fields[name] = PeopleField(people, label=slot.label, required=False, help_text=slot.help)
            self.initial[name] = [each.person_id for each in named]
        else:
            self.fields[name] = PersonField(people, label=slot.label, required=False, help_text=slot.help)
            self.initial[name] = named[0].person_id if named else None

    def _add_words(self, slot, people, named):
        """The people with a line beside each, and what is said of those whose line is empty."""
        common = Counter(each.words for each in named if each.words).most_common(1)
        common = common[0][0] if common else slot.usual_words
        name, words = f"people_{slot.role}", f"words_{slot.role}"
        self.fields[name] = PeopleWithWordsField(
            people,
            label=slot.label,
            required=False,
            words_label=slot.words_label,
            help_text=_("Beside the name of whoever is ticked you may write words of his own."),
        )
        self.initial[name] = {each.person_id: "" if each.words == common else each.words for each in named}
        self.fields[words] = forms.CharField(
            label=slot.words_label,
            required=False,
            max_length=LONGEST_WORDS,
            help_text=_("Of everybody ticked beside whose name nothing is written."),
        )
        self.initial[words] = common

    def _add_controller(self, people, order):
        named = order.named.filter(role=CONTROLLER).first() if order else None
        self.fields["controller"] = PersonField(
            employees_of(people, [named] if named else []),
            label=_("Who controls the execution"),
            required=False,
            empty_label=_("the head himself: «оставляю за собой»"),
        )
        self.initial["controller"] = named.person_id if named else None

    def _add_value(self, value, order, program):
        name = f"value_{value.placeholder.replace(' ', '_')}"
        typed = order.values.get(value.placeholder, "") if order else value.usual
        if not order and value.kind == "date" and typed:
            typed = getattr(program, typed)
        if value.kind == "date":
            field = forms.DateField(
                widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
                label=value.label,
                required=False,
                validators=A_DAY_OF_JOURNALS,
                help_text=value.help,
            )
        elif value.kind == "lines":
            widget = forms.Textarea(attrs={"rows": 5})
            field = forms.CharField(
                label=value.label, required=False, max_length=4000, widget=widget, help_text=value.help
            )
        else:
            field = forms.CharField(label=value.label, required=False, max_length=400, help_text=value.help)
        self.fields[name] = field
        self.initial[name] = typed

    @property
    def single_choices(self):
        """Names of fields that hold one object, not several."""
        return {name for name, field in self.fields.items() if type(field) in (forms.ModelChoiceField, PersonField)}

    @property
    def named(self):
        """What `draft_order` and `change_order` take beside the text."""
        cleaned = self.cleaned_data
        found = {name: list(cleaned[name]) for name in ("pairs", "ended_pairs") if name in self.fields}
        found["people"] = {slot.role: self._named_of(slot) for slot in self.kind.people}
        controller = cleaned["controller"]
        found["people"][CONTROLLER] = [(controller, "")] if controller else []
        values = {value: cleaned[f"value_{value.placeholder.replace(' ', '_')}"] for value in self.kind.values}
        found["values"] = {
            value.placeholder: typed.isoformat() if isinstance(typed, date) else " ".join(typed.split(" ")).strip()
            for value, typed in values.items()
            if typed
        }
        return found

    def _named_of(self, slot):
        chosen = self.cleaned_data[f"people_{slot.role}"]
        if slot.words_label:
            common = self.cleaned_data[f"words_{slot.role}"].strip() or slot.usual_words
            return [(person, words or common) for person, words in chosen]
        return [(person, "") for person in (chosen if slot.is_list else [chosen] * bool(chosen))]


class OrderForm(NamedForm):
    """The text of an order, its series and grounds, and what its kind names."""

    title = forms.CharField(
        label=_("Heading"), max_length=300, help_text=_("“О закреплении …”, without a full stop at the end.")
    )
    body = forms.CharField(
        label=_("Text"),
        widget=forms.Textarea(attrs={"rows": 22}),
        help_text=_("The ground first, then the points, each on a line of its own with its number: “1.”, “1.1.”."),
    )
    number_series = forms.ModelChoiceField(
        NumberSeries.objects.none(),
        label=_("Series of numbers"),
        required=False,
        empty_label=_("the main one: orders on the main activity"),
    )
    # The version that is being changed: another one's change is not overwritten.
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, order, pairs, **kwargs):
        kwargs["initial"] = {
            "seen": order.version,
            "title": order.title,
            "body": order.body,
            "number_series": order.number_series,
            "grounds": [act.pk for act in order.grounds.all()],
        }
        super().__init__(*args, kind=order.kind_of_order, program=order.program, pairs=pairs, order=order, **kwargs)
        self.fields["number_series"].queryset = NumberSeries.objects.filter(organization=order.organization)
        if not self.fields["number_series"].queryset.exists():
            del self.fields["number_series"]
        self.order_fields(["title", "body", "number_series", "grounds"])
        self.helper.layout = Layout(*self.fields)

    @property
    def placeholders(self):
        return [f"{{{name}}}" for name in self.kind.shown_placeholders]

    @property
    def text(self):
        """What `change_order` takes beside what the order names."""
        names = ("title", "body", "number_series", "grounds", "seen")
        return {name: self.cleaned_data[name] for name in names if name in self.fields}

    def clean_body(self):
        check_placeholders(self.cleaned_data["body"], self.kind.key)
        return self.cleaned_data["body"]


class OrderApproveForm(PortalForm):
    """Number and date; without a number the next one is given."""

    approved_on = forms.DateField(label=_("Date of the order"))
    number = forms.CharField(
        label=_("Number"), max_length=Order._meta.get_field("number").max_length, required=False, strip=True
    )

    def __init__(self, *args, order, next_number, **kwargs):
        super().__init__(*args, **kwargs)
        self.order = order
        self.fields["number"].help_text = _("Empty: the next one is given, now it is No. %s.") % next_number
        kept = kept_numbers(order, year=timezone.localdate().year)
        if lines := [f"{each.number} ({each.purpose})" for each in kept]:
            self.fields["number"].help_text += " " + _("Kept: %s.") % "; ".join(lines)

    def clean_approved_on(self):
        check_date(self.cleaned_data["approved_on"], self.order.program)
        return self.cleaned_data["approved_on"]

    def clean_number(self):
        number = clean_number(self.cleaned_data["number"])
        approved_on = self.cleaned_data.get("approved_on")
        if number and approved_on:
            check_is_free(self.order, number, year=approved_on.year)
        return number


class CodeForm(PortalForm):
    """The second factor at the moment of an approval."""

    code = forms.CharField(
        label=_("Code of the second factor"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
        help_text=_("From the application on your telephone, or one of your recovery codes."),
    )


class ApprovalDateForm(PortalForm):
    """One date for several orders."""

    approved_on = forms.DateField(label=_("Date of the orders"))


class StepForm(PortalModelForm):
    class Meta:
        model = ApprovalStep
        fields = ["name", "kind", "position", "recorder", "needs_minutes", "mark", "printed"]


class StepDecisionForm(PortalForm):
    """What a step says of an order: its minutes, where it has some, and a word of its own."""

    minutes_number = forms.CharField(label=_("Number of the minutes"), max_length=40, required=False)
    minutes_on = forms.DateField(label=_("Date of the minutes"), required=False)
    comment = forms.CharField(
        label=_("Opinion or comment"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args, step, **kwargs):
        super().__init__(*args, **kwargs)
        if not step.needs_minutes:
            del self.fields["minutes_number"], self.fields["minutes_on"]
        self.helper.layout = Layout(*self.fields)


class LinkForm(PortalForm):
    """An earlier order that a draft repeals or changes."""

    earlier = forms.ModelChoiceField(Order.objects.none(), label=_("Earlier order"), widget=LongSelect)
    action = forms.ChoiceField(label=_("What is done with it"), choices=OrderLink.Action)
    items = forms.CharField(
        label=_("Which points, and how"),
        max_length=300,
        required=False,
        help_text=_("«пункт 2», «в пункте 3 слова … заменить словами …». Empty: the whole order is repealed."),
    )

    def __init__(self, *args, earlier, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["earlier"].queryset = earlier


class ReadersForm(PortalForm):
    """Who has signed the familiarization sheet on paper."""

    lines = ReadersField(Familiarization.objects.none(), label=_("Who has signed the sheet"), required=False)
    read_on = forms.DateField(label=_("Date of the signatures"))
    scan = forms.FileField(
        label=_("Scan of the signed sheet"), required=False, help_text=_("PDF, JPEG or PNG, at most 20 MB.")
    )

    def __init__(self, *args, lines, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["lines"].queryset = lines


class SeriesForm(PortalModelForm):
    class Meta:
        model = NumberSeries
        fields = ["name", "template"]


class KeepNumberForm(PortalForm):
    """A number for a paper to come: the next one, or a typed one."""

    series = forms.ChoiceField(label=_("Series of numbers"))
    purpose = forms.CharField(
        label=_("For what"), max_length=250, help_text=_("The journal names it until the paper is there.")
    )
    number = forms.CharField(
        label=_("Number"), max_length=40, required=False, help_text=_("Empty: the next one is kept.")
    )

    def __init__(self, *args, series, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["series"].choices = series


class JournalForm(PortalForm):
    """Which journal over which days."""

    series = forms.ChoiceField(label=_("Series of numbers"))
    first = forms.DateField(label=_("From"), validators=A_DAY_OF_JOURNALS)
    last = forms.DateField(label=_("to"), validators=A_DAY_OF_JOURNALS)

    def __init__(self, *args, series, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["series"].choices = series

    def clean(self):
        cleaned = super().clean()
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and last < first:
            self.add_error("last", _("The end date is before the start date."))
        elif first and last and last.year - first.year > LONGEST_JOURNAL:
            self.add_error("last", _("A journal holds five years at most."))
        return cleaned


class OrderReturnForm(PortalForm):
    comment = forms.CharField(
        label=_("What has to be mended"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The curator reads this and the order goes back to him."),
    )


def add_broken_rule(form, error):
    """Put the ValidationError of a function on the form: beside the fields it names, else on top."""
    by_field = error.update_error_dict({})
    for name, errors in by_field.items():
        form.add_error(name if name in form.fields else None, errors)
