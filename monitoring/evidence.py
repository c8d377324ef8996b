"""What stands behind a figure, for the eyes that may see it."""

from dataclasses import dataclass, field

from monitoring.indicator_formulas import satisfaction
from participants.models import Organization, Person


@dataclass(frozen=True)
class Evidence:
    """Lists behind an indicator; `sees_names` says whether people may be named to this user."""

    sees_names: bool
    people: list = field(default_factory=list)
    # [(mean, whether it counts as satisfied)] of each who answered, without names.
    means: list = field(default_factory=list)
    # [(Organization, Outcome)]: what the sum of an office is made of; left out: [(Organization, reason)].
    parts: list = field(default_factory=list)
    left_out: list = field(default_factory=list)


def evidence_of(outcome, indicator, organization, *, user):
    """The Evidence of an Outcome of the organization for a user."""
    if outcome.parts:
        below = Organization.objects.in_bulk(outcome.parts)
        ordered = sorted(below.values(), key=lambda place: place.short_name)
        return Evidence(
            sees_names=False,
            parts=[(place, outcome.parts[place.pk]) for place in ordered if place.pk not in outcome.left_out],
            left_out=[(place, outcome.left_out[place.pk]) for place in ordered if place.pk in outcome.left_out],
        )
    sees_names = user.has_perm("monitoring.see_names_behind_figures", organization)
    if not sees_names or outcome.is_upward_only:
        return Evidence(sees_names=sees_names)
    people = Person.objects.visible_to(user).filter(pk__in=outcome.numerator).in_order()
    means = [(value, satisfaction([value], threshold=indicator.threshold).numerator == 1) for value in outcome.means]
    return Evidence(sees_names=True, people=list(people), means=means)
