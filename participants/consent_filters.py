"""Search and filters of the board of consents."""

import django_filters
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from participants.consent_rules import State
from participants.models import ConsentKind, Person
from participants.templatetags.consents import STATE_CHOICES


class ConsentFilter(django_filters.FilterSet):
    """`standings` are those of everybody on the board; a state without a kind is looked for among the needed kinds."""

    q = django_filters.CharFilter(label=_("Name, e-mail or phone"), method="find")
    kind = django_filters.ChoiceFilter(
        label=_("Consent"),
        choices=[(kind.value, capfirst(kind.label)) for kind in ConsentKind],
        method="of_kind",
        empty_label=_("all that are needed"),
    )
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=STATE_CHOICES, method="in_state", empty_label=_("all")
    )
    role = django_filters.ChoiceFilter(
        label=_("Who"),
        choices=[("mentor", _("mentors")), ("mentee", _("mentees"))],
        method="in_role",
        empty_label=_("all"),
    )

    class Meta:
        model = Person
        fields = []

    def __init__(self, *args, standings, **kwargs):
        super().__init__(*args, **kwargs)
        self.standings = standings
        self.form.fields["q"].widget.input_type = "search"

    def find(self, people, name, text):
        return people.matching(text)

    def of_kind(self, people, name, kind):
        """Those whom the kind concerns."""
        return self._keep(people, lambda standing: standing.states[kind] != State.NOT_NEEDED)

    def in_state(self, people, name, state):
        kind = self.form.cleaned_data.get("kind")
        return self._keep(
            people,
            lambda standing: any(standing.states[each] == state for each in ([kind] if kind else standing.needed)),
        )

    def in_role(self, people, name, role):
        return self._keep(people, lambda standing: standing.is_mentor if role == "mentor" else standing.is_mentee)

    def _keep(self, people, fits):
        return people.filter(pk__in=[key for key, standing in self.standings.items() if fits(standing)])
