"""Form of a pair or group: people of the registries, what else they are in stands beside their names."""

from collections import Counter, defaultdict

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from mentorship.forms import PortalModelForm
from participants.models import MenteeEntry, MentorEntry, Person
from programs.consents import lacks_of
from programs.forms.people import LONGEST_KEY, RemarkedPeopleField, RemarkedPersonField
from programs.models import MentoringForm, Pair, PairMentee


class PairForm(PortalModelForm):
    """`program` narrows the choices; `wanted` filters the mentees by words, those ticked stay in sight."""

    mentor = RemarkedPersonField(
        queryset=Person.objects.none(),
        label=_("Mentor"),
        empty_label=_("Choose a mentor"),
        error_messages={"required": _("Choose a mentor.")},
    )
    mentees = RemarkedPeopleField(
        queryset=Person.objects.none(),
        label=_("Mentees"),
        help_text=_("One makes a pair, two or more make a group."),
        error_messages={"required": _("Choose at least one mentee.")},
    )
    wanted = forms.CharField(
        label=_("Find a mentee"),
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )

    class Meta:
        model = Pair
        fields = ["mentor", "form", "topic", "planned_from", "planned_to"]
        error_messages = {"form": {"required": _("Choose a form of mentoring.")}}

    def __init__(self, *args, program, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.program = program
        self.registered = registered = {
            "school_year": program.school_year,
            "person__organization": program.organization_id,
        }
        people = Person.objects.filter(depersonalized_on=None).in_order()
        self.fields["mentor"].queryset = people.filter(pk__in=MentorEntry.objects.filter(**registered).values("person"))
        self.fields["mentees"].queryset = people.filter(
            pk__in=MenteeEntry.objects.filter(**registered).values("person")
        )
        self.fields["form"].queryset = MentoringForm.objects.offered_in(program.organization)
        self.fields["form"].empty_label = _("Choose a form")
        self._add_remarks(program)
        self._part_by_consents(program)

    def _part_by_consents(self, program):
        """Who lacks a paper stands apart under its name; who has refused or withdrawn one is not offered."""
        fields = [self.fields["mentor"], self.fields["mentees"]]
        found = lacks_of(*(field.queryset for field in fields), school_year=program.school_year, day=localdate())
        for field, lacks in zip(fields, found, strict=True):
            field.queryset = field.queryset.exclude(pk__in=[key for key, lack in lacks.items() if lack.said_no])
            field.lacking = {key: lack.heading for key, lack in lacks.items() if lack.kinds and not lack.said_no}

    @property
    def is_somebody_lacking(self):
        """Whether papers are missing: the page then offers to print them."""
        return any(self.fields[name].lacking for name in ("mentor", "mentees"))

    def _add_remarks(self, program):
        members = (
            PairMentee.objects.filter(pair__in=Pair.objects.not_ended().filter(program=program))
            .exclude(pair=self.instance.pk)
            .select_related("pair__mentor")
        )
        counts, mentors = Counter(), defaultdict(list)
        for member in members:
            counts[member.pair.mentor_id] += 1
            mentors[member.person_id].append(member.pair.mentor.short_name)
        self.fields["mentor"].remarks = {
            key: ngettext("has %(count)s mentee", "has %(count)s mentees", count) % {"count": count}
            for key, count in counts.items()
        }
        self.fields["mentees"].remarks = {
            key: _("mentor: %(names)s") % {"names": ", ".join(names)} for key, names in mentors.items()
        }

    def show_wanted(self):
        """Leave of the mentees those whom the words find, and those who are ticked; for showing, not for saving."""
        mentees = self.fields["mentees"]
        ticked = {str(value) for value in self["mentees"].value() or ()}  # strings of a form, or keys of an object
        kept = set(mentees.queryset.matching(self["wanted"].value() or "").values_list("pk", flat=True))
        kept |= {key for key in mentees.queryset.values_list("pk", flat=True) if str(key) in ticked}
        mentees.queryset = mentees.queryset.filter(pk__in=kept)

    def chosen_rows(self):
        """(row of the chosen mentor or None, rows of the ticked mentees): what the one can, what the others ask for."""
        people = {name: _keys(self[name].value()) for name in ("mentor", "mentees")}
        mentors = MentorEntry.objects.filter(**self.registered, person__in=people["mentor"])
        mentees = MenteeEntry.objects.filter(**self.registered, person__in=people["mentees"])
        return mentors.for_register().first(), list(mentees.for_register())

    def values(self):
        """What `create_pair` and `change_pair` take."""
        return {name: self.cleaned_data[name] for name in [*self.Meta.fields, "mentees"]}


def _keys(value):
    """Keys of people among what a form or an object holds; anything else is nobody's key."""
    values = value if isinstance(value, list | tuple) else [value]
    return [str(each) for each in values if str(each).isdecimal() and len(str(each)) <= LONGEST_KEY]
