"""Search and filters of the registries."""

import re

import django_filters
from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from mentorship.forms import LongSelect
from participants.curators import matching_curators
from participants.models import Membership, MenteeEntry, MentorEntry, Person
from participants.registries import MENTEES, MENTORS

YES_NO = [("yes", _("yes")), ("no", _("no"))]
FEW = 500
CONTACT_SIGNS = re.compile(r"[0-9A-Za-z@+]")
ARCHIVED = [("only", _("archived ones")), ("all", _("all, archived ones too"))]


class AlwaysInForce:
    """A filter that says something even where the address says nothing."""

    def __init__(self, data=None, *args, **kwargs):
        super().__init__(QueryDict() if data is None else data, *args, **kwargs)


class RegistryFilter(AlwaysInForce, django_filters.FilterSet):
    q = django_filters.CharFilter(label=_("Name, e-mail or phone"), method="find")
    who = django_filters.ChoiceFilter(
        label=_("Who"), field_name="person__kind", choices=Person.Kind.choices, empty_label=_("all")
    )
    account = django_filters.ChoiceFilter(
        label=_("Account"), choices=YES_NO, method="with_account", empty_label=_("all")
    )
    completed = django_filters.ChoiceFilter(
        label=_("Programme completed"), choices=YES_NO, method="with_completion", empty_label=_("all")
    )

    archived = django_filters.ChoiceFilter(
        label=_("Archive"), choices=ARCHIVED, method="with_archived", empty_label=_("without archived ones")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.form.fields["q"].widget.input_type = "search"

    def filter_queryset(self, queryset):
        """Archived rows are left out unless somebody asks for them."""
        rows = super().filter_queryset(queryset)
        return rows if self.form.cleaned_data.get("archived") else rows.filter(is_archived=False)

    def with_archived(self, rows, name, answer):
        return rows.filter(is_archived=True) if answer == "only" else rows

    def find(self, rows, name, text):
        return rows.matching(text)

    def with_account(self, rows, name, answer):
        return rows.filter(person__user__isnull=answer == "no")

    def with_completion(self, rows, name, answer):
        return rows.filter(self.completion) if answer == "yes" else rows.exclude(self.completion)


class MentorFilter(RegistryFilter):
    completion = Q(completed_on__isnull=False)

    class Meta:
        model = MentorEntry
        fields = []


class MenteeFilter(RegistryFilter):
    completion = Q(completed_on__isnull=False) | Q(is_completed=True)

    class Meta:
        model = MenteeEntry
        fields = []


FILTERS = {MENTORS: MentorFilter, MENTEES: MenteeFilter}


def found_first(people):
    """The people for a condition: few by their keys, so that the names of a whole district are looked through once."""
    keys = list(people.order_by().values_list("pk", flat=True)[: FEW + 1])
    return keys if len(keys) <= FEW else people


class JointFilter(django_filters.FilterSet):
    """Search by name alone: by contacts, which are not passed upward, nobody is found."""

    q = django_filters.CharFilter(label=_("Name"), method="find")
    organization = django_filters.ChoiceFilter(
        label=_("Organization"), field_name="person__organization", empty_label=_("all"), widget=LongSelect
    )
    who = django_filters.ChoiceFilter(
        label=_("Who"), field_name="person__kind", choices=Person.Kind.choices, empty_label=_("all")
    )
    completed = django_filters.ChoiceFilter(
        label=_("Programme completed"), choices=YES_NO, method="with_completion", empty_label=_("all")
    )

    def __init__(self, *args, organizations, **kwargs):
        """`organizations` are [(key, name)] to choose from."""
        super().__init__(*args, **kwargs)
        self.filters["organization"].extra["choices"] = organizations
        self.form.fields["q"].widget.input_type = "search"

    def find(self, rows, name, text):
        if CONTACT_SIGNS.search(text):
            return rows.none()
        return rows.filter(person__in=found_first(Person.objects.matching(text)))

    def with_completion(self, rows, name, answer):
        return rows.filter(self.completion) if answer == "yes" else rows.exclude(self.completion)


class JointMentorFilter(JointFilter):
    completion = MentorFilter.completion

    class Meta:
        model = MentorEntry
        fields = []


class JointMenteeFilter(JointFilter):
    completion = MenteeFilter.completion

    class Meta:
        model = MenteeEntry
        fields = []


JOINT_FILTERS = {MENTORS: JointMentorFilter, MENTEES: JointMenteeFilter}


class LongTermFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label=_("Name, e-mail or phone"), method="find")
    now = django_filters.ChoiceFilter(
        label=_("In the registry"),
        choices=[("yes", _("still")), ("no", _("has left"))],
        method="with_standing",
        empty_label=_("all"),
    )

    class Meta:
        model = Person
        fields = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.form.fields["q"].widget.input_type = "search"

    def find(self, people, name, text):
        return people.matching(text)

    def with_standing(self, people, name, answer):
        has_left = Q(long_term_mentor__left_on__isnull=False)
        return people.exclude(has_left) if answer == "yes" else people.filter(has_left)


class ProposalFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label=_("Name, e-mail or phone"), method="find")

    class Meta:
        model = Person
        fields = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.form.fields["q"].widget.input_type = "search"

    def find(self, people, name, text):
        return people.matching(text)


class CuratorFilter(AlwaysInForce, django_filters.FilterSet):
    q = django_filters.CharFilter(label=_("Name or organization"), method="find")
    ended = django_filters.ChoiceFilter(
        label=_("Time"),
        choices=[("all", _("former ones too"))],
        method="with_ended",
        empty_label=_("curators of today"),
    )

    class Meta:
        model = Membership
        fields = []

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        self.form.fields["q"].widget.input_type = "search"

    def filter_queryset(self, queryset):
        """Those whose time is over are left out unless somebody asks for them."""
        members = super().filter_queryset(queryset)
        return members if self.form.cleaned_data.get("ended") else members.in_force(self.today)

    def find(self, members, name, text):
        return matching_curators(members, text)

    def with_ended(self, members, name, answer):
        return members
