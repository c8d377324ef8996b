"""Forms of orders; what they may choose from is given by the view, what they mean is in documents/orders.py."""

from django import forms
from django.utils.translation import gettext_lazy as _

from documents.models import Order
from documents.numbering import clean_number
from documents.orders import check_date
from documents.paper_texts import PLACEHOLDERS, check_placeholders
from documents.registration import check_is_free
from mentorship.forms import PortalForm
from programs.models import Pair


class PairsField(forms.ModelMultipleChoiceField):
    """Pairs to tick, each with its form and dates."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, pair):
        return f"{pair} · {pair.form} · {pair.planned_from:%d.%m.%Y} – {pair.planned_to:%d.%m.%Y}"


class OrderDraftForm(PortalForm):
    pairs = PairsField(queryset=Pair.objects.none(), label=_("Pairs and groups"))

    def __init__(self, *args, pairs, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["pairs"].queryset = pairs
        self.fields["pairs"].initial = [pair.pk for pair in pairs]


class OrderForm(PortalForm):
    title = forms.CharField(
        label=_("Heading"), max_length=300, help_text=_("“О закреплении …”, without a full stop at the end.")
    )
    body = forms.CharField(
        label=_("Text"),
        widget=forms.Textarea(attrs={"rows": 22}),
        help_text=_("The ground first, then the points, each on a line of its own with its number: “1.”, “1.1.”."),
    )
    pairs = PairsField(queryset=Pair.objects.none(), label=_("Pairs and groups"))

    def __init__(self, *args, order, pairs, **kwargs):
        chosen = [pair.pk for pair in order.pairs.all()]
        kwargs["initial"] = {"title": order.title, "body": order.body, "pairs": chosen}
        super().__init__(*args, **kwargs)
        self.fields["pairs"].queryset = pairs

    @property
    def placeholders(self):
        return [f"{{{name}}}" for name in PLACEHOLDERS["assignment_order"]]

    def clean_body(self):
        check_placeholders(self.cleaned_data["body"], "assignment_order")
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

    def clean_approved_on(self):
        check_date(self.cleaned_data["approved_on"], self.order.program)
        return self.cleaned_data["approved_on"]

    def clean_number(self):
        number = clean_number(self.cleaned_data["number"])
        approved_on = self.cleaned_data.get("approved_on")
        if number and approved_on:
            check_is_free(self.order, number, year=approved_on.year)
        return number


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
