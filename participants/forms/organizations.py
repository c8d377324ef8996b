"""Forms of an organization: its own data, and the people who work in the portal for it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from mentorship.forms import PortalModelForm
from participants.forms.people import WORKING_ROLES, NewPersonForm
from participants.models import Organization


class OrganizationForm(PortalModelForm):
    class Meta:
        model = Organization
        fields = [
            "full_name", "full_name_genitive", "short_name", "place", "address", "phone", "email", "head_position",
            "order_number_template",
        ]  # fmt: skip
        widgets = {name: forms.Textarea(attrs={"rows": 2}) for name in ("full_name", "full_name_genitive")}


class NewMemberForm(NewPersonForm):
    """Somebody who will work in the portal for the organization: a name, an e-mail, a role."""

    role = forms.ChoiceField(label=_("Role in the organization"), choices=WORKING_ROLES)

    class Meta(NewPersonForm.Meta):
        fields = ["last_name", "first_name", "patronymic", "gender", "position", "email"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].required = True
        self.fields["email"].help_text = _("The invitation with a personal link goes to this address.")
