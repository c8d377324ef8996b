"""Counts of a programme and what its curator should do next."""

from collections import Counter
from datetime import timedelta
from typing import NamedTuple

from django.db.models import Count, Max, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from participants.models import MenteeEntry, MentorEntry
from programs.models import Meeting, Pair, PairMentee, ProgressReport

QUIET_AFTER = timedelta(days=30)  # a pair that has not met for so long is pointed out


class Step(NamedTuple):
    """Something to do next: a sentence and where to do it."""

    sentence: str
    url: str


def program_counts(program, *, today):
    """Numbers of the programme, each a count of rows that a list can show."""
    sizes = program.pairs.annotate(size=Count("members")).values_list("status", "size")
    kinds = Counter((status, size > 1) for status, size in sizes)
    registered = {"person__organization": program.organization_id, "school_year": program.school_year}
    without_pair = MenteeEntry.objects.filter(**registered).exclude(
        person__in=PairMentee.objects.filter(pair__in=program.pairs.not_ended()).values("person")
    )
    return {
        "mentors": MentorEntry.objects.filter(**registered).count(),
        "mentees": MenteeEntry.objects.filter(**registered).count(),
        "without_pair": without_pair.count(),
        "pairs": kinds["active", False],
        "groups": kinds["active", True],
        "proposed": kinds["proposed", False] + kinds["proposed", True],
        "ended": kinds["ended", False] + kinds["ended", True],
        "meetings": Meeting.objects.filter(pair__program=program).held_by(today).count(),
        "quiet": program.pairs.quiet_since(today - QUIET_AFTER).count(),
        "reports_waiting": ProgressReport.objects.filter(
            pair__program=program, status=ProgressReport.Status.SUBMITTED
        ).count(),
    }


def next_steps(program, counts):
    """What the curator does next, by the counts of `program_counts`; papers are said by the floor that makes them."""
    pairs, reports = reverse("programs:pair-list"), reverse("programs:report-list")
    steps = []
    if not counts["mentors"]:
        steps.append(Step(_("The registry of mentors is empty: fill it first."), _registry("mentors")))
    if not counts["mentees"]:
        steps.append(Step(_("The registry of mentees is empty: fill it first."), _registry("mentees")))
    if count := counts["reports_waiting"]:
        words = ngettext("%(count)s report waits for you.", "%(count)s reports wait for you.", count)
        steps.append(Step(words % {"count": count}, f"{reports}?status=submitted"))
    if counts["mentors"] and (count := counts["without_pair"]):
        words = ngettext("%(count)s mentee has no pair yet.", "%(count)s mentees have no pair yet.", count)
        steps.append(Step(words % {"count": count}, reverse("programs:pair-add", args=[program.pk])))
    if count := counts["proposed"]:
        words = ngettext(
            "%(count)s pair is proposed: it comes into force by an order.",
            "%(count)s pairs are proposed: they come into force by an order.",
            count,
        )
        steps.append(Step(words % {"count": count}, f"{pairs}?status=proposed"))
    if count := counts["quiet"]:
        words = ngettext("%(count)s pair has not met for a month.", "%(count)s pairs have not met for a month.", count)
        steps.append(Step(words % {"count": count}, f"{pairs}?log=quiet"))
    if not program.teachers_count:
        steps.append(
            Step(
                _("The number of teachers is not given: the share of mentees cannot be counted."),
                reverse("programs:program-edit", args=[program.pk]),
            )
        )
    return steps


def _registry(kind):
    return reverse(f"participants:registry-{kind}")


def with_log(pairs, *, today):
    """Pairs with `held_count` and `last_met_on` of their held meetings."""
    held = Q(meetings__held_on__lte=today, meetings__attendees__isnull=False)
    return pairs.annotate(
        held_count=Count("meetings", filter=held, distinct=True), last_met_on=Max("meetings__held_on", filter=held)
    )


def with_pair_counts(programs):
    """Programmes with `active_count`, `proposed_count` and `mentee_count` (people in pairs in force)."""
    is_active = Q(pairs__status=Pair.Status.ACTIVE)
    return programs.annotate(
        active_count=Count("pairs", filter=is_active, distinct=True),
        proposed_count=Count("pairs", filter=Q(pairs__status=Pair.Status.PROPOSED), distinct=True),
        mentee_count=Count("pairs__members__person", filter=is_active, distinct=True),
        pair_count=Count("pairs", distinct=True),
    )


def pairs_in_force(organizations, school_year):
    """{organization's key: how many pairs and groups are in force}, for the coordinator's list."""
    active = Pair.objects.filter(
        status=Pair.Status.ACTIVE, program__organization__in=organizations, program__school_year=school_year
    )
    return Counter(active.values_list("program__organization", flat=True))
