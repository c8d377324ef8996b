"""Forms of what is done with a person's file as a whole: another name, joining with another file, depersonalization."""

from django import forms
from django.utils.translation import gettext_lazy as _

from mentorship.forms import PortalForm
from participants.forms.people import PersonFieldsMixin
from participants.models import Person
from participants.names import NameParts

GROUNDS = [
    ("purpose", _("the purpose is reached: the person takes part no more")),
    ("withdrawal", _("the consent to the processing is withdrawn")),
    ("request", _("the person demanded it")),
    ("term", _("the term of keeping has ended")),
]


class NameChangeForm(PersonFieldsMixin, PortalForm):
    """The new name and the day from which it is borne."""

    last_name = forms.CharField(label=_("New last name"), max_length=80)
    first_name = forms.CharField(label=_("First name"), max_length=80)
    patronymic = forms.CharField(label=_("Patronymic"), max_length=80, required=False)
    changed_on = forms.DateField(label=_("Since"), help_text=_("The date in the certificate or the new passport."))

    @property
    def name(self):
        return NameParts(*(self.cleaned_data[part] for part in ("last_name", "first_name", "patronymic")))


class OtherFileForm(PortalForm):
    """Which file is of the same person."""

    other = forms.ModelChoiceField(
        queryset=Person.objects.none(), label=_("The other file"), widget=forms.RadioSelect, empty_label=None
    )

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["other"].queryset = people
        self.fields["other"].label_from_instance = _in_one_line
        self.fields["other"].error_messages = {
            "required": _("Choose the file that is of the same person."),
            "invalid_choice": _("Choose the file that is of the same person."),
        }


def _in_one_line(person):
    facts = [person.full_name, person.birth_year, person.position, person.email, person.phone_for_reading]
    return ", ".join(str(fact) for fact in facts if fact)


class DepersonalizeForm(PortalForm):
    """The ground, and the tick of somebody who has read what goes."""

    ground = forms.ChoiceField(label=_("Ground"), choices=GROUNDS, widget=forms.RadioSelect)
    is_sure = forms.BooleanField(
        label=_("I have looked at the list: the names go for ever, nobody can bring them back"),
        error_messages={"required": _("Tick this: the step cannot be taken back.")},
    )

    @property
    def ground_in_words(self):
        return str(dict(GROUNDS)[self.cleaned_data["ground"]])
