"""Search and filters of the board of consents."""

import django_filters
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from participants.consent_rules import State
from participants.consent_versions import texts_of
from participants.models import Consent, ConsentKind, ConsentText, Person
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
    paper = django_filters.ChoiceFilter(
        label=_("Paper"),
        choices=[
            ("to_sign", _("confirmed by the link, to be signed")),
            ("to_scan", _("signed, no scan")),
        ],
        method="with_paper",
        empty_label=_("all"),
    )
    text = django_filters.ModelChoiceFilter(
        label=_("By which text"), queryset=ConsentText.objects.none(), method="by_text", empty_label=_("all texts")
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

    def __init__(self, *args, standings, organization, **kwargs):
        super().__init__(*args, **kwargs)
        self.standings = standings
        self.form.fields["text"].queryset = texts_of(organization)
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

    def with_paper(self, people, name, answer):
        """Those in whose consents (of the kind, or of any) the paper is to be signed yet, or its scan is missing."""
        kind = self.form.cleaned_data.get("kind")

        def fits(standing):
            kinds = standing.without_paper if answer == "to_sign" else standing.without_scan
            return kind in kinds if kind else bool(kinds)

        return self._keep(people, fits)

    def by_text(self, people, name, text):
        """Those whose consent, or its open request, is by the version."""
        return self._keep(people, lambda standing: any(each.text_id == text.pk for each in standing.consents.values()))

    def in_role(self, people, name, role):
        return self._keep(people, lambda standing: standing.is_mentor if role == "mentor" else standing.is_mentee)

    def _keep(self, people, fits):
        return people.filter(pk__in=[key for key, standing in self.standings.items() if fits(standing)])


class ConsentRegisterFilter(django_filters.FilterSet):
    """Filters of the list of all consents that `organization` keeps."""

    q = django_filters.CharFilter(label=_("Name, e-mail or phone"), method="find")
    kind = django_filters.ChoiceFilter(
        label=_("Consent"),
        choices=[(kind.value, capfirst(kind.label)) for kind in ConsentKind],
        empty_label=_("all"),
    )
    text = django_filters.ModelChoiceFilter(
        label=_("By which text"), queryset=ConsentText.objects.none(), empty_label=_("all texts")
    )
    status = django_filters.ChoiceFilter(label=_("State"), choices=Consent.Status.choices, empty_label=_("all"))
    way = django_filters.ChoiceFilter(label=_("How"), choices=Consent.Way.choices, empty_label=_("all"))
    scan = django_filters.ChoiceFilter(
        label=_("Scan"), choices=[("yes", _("yes")), ("no", _("no"))], method="with_scan", empty_label=_("all")
    )

    class Meta:
        model = Consent
        fields = []

    def __init__(self, *args, organization, **kwargs):
        super().__init__(*args, **kwargs)
        self.form.fields["text"].queryset = texts_of(organization)
        self.form.fields["q"].widget.input_type = "search"

    def find(self, consents, name, text):
        return consents.filter(person__in=Person.objects.matching(text))

    def with_scan(self, consents, name, answer):
        """Of what was given: refusals and requests have no paper to be scanned."""
        given = consents.exclude(given_on=None)
        return given.exclude(scan="") if answer == "yes" else given.filter(scan="")
