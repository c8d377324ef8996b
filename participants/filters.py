"""Search and filters of the registries."""

import django_filters
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from participants.models import MenteeEntry, MentorEntry, Person

YES_NO = [("yes", _("yes")), ("no", _("no"))]


class RegistryFilter(django_filters.FilterSet):
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

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.form.fields["q"].widget.input_type = "search"

    def find(self, rows, name, text):
        return rows.filter(person__in=Person.objects.matching(text))

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
