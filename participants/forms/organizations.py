"""Forms of an organization: its own data, and the people who work in the portal for it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from mentorship.forms import LongSelect, PortalForm, PortalModelForm
from participants.forms.people import WORKING_ROLES, NewPersonForm
from participants.models import Organization, Person


class OrganizationForm(PortalModelForm):
    class Meta:
        model = Organization
        fields = [
            "full_name", "short_name", "place", "address", "phone", "email", "head_position", "order_number_template",
            "initials_style", "date_style",
        ]  # fmt: skip
        widgets = {"full_name": forms.Textarea(attrs={"rows": 2})}


class ActingHeadForm(PortalForm):
    """Who acts as the head, from a day to a day, by which order."""

    person = forms.ModelChoiceField(Person.objects.none(), label=_("Who"), widget=LongSelect)
    starts_on = forms.DateField(label=_("From"))
    ends_on = forms.DateField(label=_("to"), help_text=_("The last day on which this person may approve orders."))
    order_number = forms.CharField(label=_("number of the order"), max_length=40, required=False)
    ordered_on = forms.DateField(label=_("date of the order"), required=False)

    def __init__(self, *args, organization, **kwargs):
        super().__init__(*args, **kwargs)
        people = organization.people.filter(depersonalized_on=None).exclude(user=None)
        self.fields["person"].queryset = people.exclude(kind=Person.Kind.PUPIL).in_order()
        self.fields["person"].help_text = _("Those who have an account in the portal. Invite the person first.")

    def clean(self):
        cleaned = super().clean()
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The end date is before the start date."))
        return cleaned


class NewMemberForm(NewPersonForm):
    """Somebody who will work in the portal for the organization: a name, an e-mail, a role."""

    role = forms.ChoiceField(label=_("Role in the organization"), choices=WORKING_ROLES)

    class Meta(NewPersonForm.Meta):
        fields = ["last_name", "first_name", "patronymic", "gender", "position", "email"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].required = True
        self.fields["email"].help_text = _("The invitation with a personal link goes to this address.")
