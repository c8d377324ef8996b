"""Form of a meeting."""

from django import forms
from django.utils.translation import gettext_lazy as _

from mentorship.forms import PortalModelForm
from participants.models import Person
from programs.forms.people import PeopleField
from programs.meetings import TEXT_FIELDS
from programs.models import Meeting


class MeetingForm(PortalModelForm):
    attendees = PeopleField(
        queryset=Person.objects.none(),
        label=_("Who came"),
        required=False,
        help_text=_("Does not matter while the meeting is only planned."),
    )

    class Meta:
        model = Meeting
        fields = ["held_on", "kind", "topic", "minutes", "mode", "done", "agreed"]
        widgets = {"done": forms.Textarea(attrs={"rows": 4}), "agreed": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"held_on": _("A day to come plans the meeting.")}

    field_order = ["held_on", "attendees", "kind", "topic", "minutes", "mode", "done", "agreed"]

    def __init__(self, *args, pair, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.pair = pair
        mentees = Person.objects.in_order().filter(pairs_as_mentee__pair=pair)
        self.fields["attendees"].queryset = mentees
        came = list(self.instance.attendees.all()) if self.instance.pk else []
        self.fields["attendees"].initial = [person.pk for person in came or mentees]

    def values(self):
        """What `log_meeting` and `change_meeting` take."""
        return {name: self.cleaned_data[name] for name in ["held_on", "attendees", *TEXT_FIELDS]}
