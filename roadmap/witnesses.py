"""Witnesses that an activity has been done: each floor registers what it can see, the roadmap knows none by name.

What is seen is a suggestion for the curator, who confirms it or wants to see it no more; nothing closes by itself.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mentorship.transitions import move
from roadmap.models import Activity, Proof
from roadmap.witness_words import Words

# Things are done somewhat before the plan says; what is older belongs to another activity (the survey of the autumn is
# not that of May).
DONE_AHEAD = timedelta(days=14)
# What lasts (meetings of pairs) is suggested when its time is over or nearly so.
NEARLY_OVER = timedelta(days=14)
# What was done before the plan begins prepares it; what is older is another year's. «До 25 мая» says no beginning.
PREPARED_IN = timedelta(days=92)


@dataclass(frozen=True)
class Evidence:
    """What the portal has seen: a sentence without names of people, the day, where to look, the paper if it is one.

    `since` is the oldest of what it counts, where all of it must be of the activity's time.
    """

    sentence: str
    date: date
    url: str
    paper: models.Model | None = None
    since: date | None = None


@dataclass(frozen=True)
class Witness:
    """A kind of activities: known by `words`; `find(roadmap, today)` gives its Evidence, one or several, or None.

    Where an activity is of one of the kinds `closer` too, this one adds nothing: consents of mentors are not those of all.
    """

    words: Words
    find: Callable
    is_lasting: bool = False
    closer: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Suggestion:
    """Evidence by the key of its witness; `unseen` counts the points of the activity that no witness knows."""

    evidence: dict = field(default_factory=dict)
    unseen: int = 0

    @property
    def done_on(self):
        return max(each.date for each in self.evidence.values())


_witnesses = {}


def register(key, witness):
    """Called by a floor when it starts; `key` is kept where a curator wants no such suggestion."""
    _witnesses[key] = witness
    kinds_of.cache_clear()


@lru_cache(maxsize=20_000)
def kinds_of(text):
    """Keys of the witnesses that know the text; kept, since each look at a plan asks for all of its activities."""
    return frozenset(key for key, witness in _witnesses.items() if witness.words.fit(text))


def suggest(roadmap, activities, today):
    """Give each of the activities its `suggestion` (or None). Returns how many there are.

    The activities come with windows, items and occurrences as `progress.for_list` prefetches them; each witness that is
    needed is asked once for the roadmap.
    """
    found = {}
    count = 0
    for activity in activities:
        activity.suggestion = _suggestion(activity, lambda key: _asked(key, found, roadmap, today), today)
        count += activity.suggestion is not None
    return count


def suggest_in_stages(roadmap, stages, today):
    """The same for the StageProgress rows of the roadmap, whose signs then tell what is suggested."""
    activities = [activity for progress in stages for activity in progress.activities]
    count = suggest(roadmap, activities, today)
    for activity in activities:
        if activity.suggestion:
            activity.signs.add("suggested")
    return count


def _asked(key, found, roadmap, today):
    if key not in found:
        answer = _witnesses[key].find(roadmap, today)
        if isinstance(answer, Evidence):
            answer = [answer]
        since = roadmap.starts_on - PREPARED_IN
        fitting = [each for each in answer or () if since <= each.date <= today]
        found[key] = sorted(fitting, key=lambda each: each.date)
    return found[key]


def _suggestion(activity, ask, today):
    """The Suggestion for an activity where all that is known of it has been seen, or None."""
    # Each time of what is repeated is ticked by itself.
    if not activity.is_open or activity.deadline_kind == Activity.DeadlineKind.RECURRING:
        return None
    points = [item.text for item in activity.item_list if not item.is_done] or [activity.content]
    kinds_of_points = [kinds_of(point) for point in points]
    kinds = set().union(*kinds_of_points, kinds_of(activity.document_text))
    kinds = {key for key in kinds if not _witnesses[key].closer & kinds} - set(activity.declined_witnesses)
    evidence = {}
    for key in sorted(kinds):
        seen = None if _is_too_early(activity, key, today) else _fitting(activity, ask(key))
        if seen is None:
            return None
        evidence[key] = seen
    if not evidence:
        return None
    has_points = len(points) > 1
    return Suggestion(evidence, unseen=sum(not kinds for kinds in kinds_of_points) if has_points else 0)


def _is_too_early(activity, key, today):
    if not _witnesses[key].is_lasting:
        return False
    due_on = activity.due_on()
    return due_on is None or due_on - NEARLY_OVER > today


def _fitting(activity, evidence):
    """The first that is not older than the time of the activity; of several times the last one counts."""
    since = max((_begins(window) for window in activity.window_list), default=date.min)
    return next((each for each in evidence if (each.since or each.date) >= since), None)


def _begins(window):
    if window.starts_on is None:
        return window.ends_on - PREPARED_IN
    return window.starts_on - DONE_AHEAD


def suggestion_for(activity, today):
    """The suggestion of one activity as it is now, or None."""
    suggest(activity.stage.roadmap, [activity], today)
    return activity.suggestion


@transaction.atomic
def confirm_suggestion(activity, *, by, today):
    """Mark an activity as done on the word of its witnesses: the evidence stays as proofs and in the history.

    Returns the Activity. Raises ValidationError where nothing is to be seen any more, or somebody has closed it.
    """
    activity = Activity.objects.select_for_update(of=("self",)).select_related("stage__roadmap").get(pk=activity.pk)
    suggestion = suggestion_for(activity, today)
    if suggestion is None:
        raise ValidationError(_("The portal does not suggest this activity any more: look at the plan again."))
    lines = [
        _("%(sentence)s (%(date)s)")
        % {"sentence": each.sentence, "date": date_format(each.date, "SHORT_DATE_FORMAT", use_l10n=True)}
        for each in suggestion.evidence.values()
    ]
    moved = move(activity, Activity.Status.DONE, by=by, comment="\n".join(lines), done_on=suggestion.done_on)
    for each, line in zip(suggestion.evidence.values(), lines, strict=True):
        _keep(moved, each, line, by)
    return moved


def _keep(activity, evidence, line, by):
    """The evidence as a proof of the activity; a paper that is linked already is not linked twice."""
    proof = Proof(activity=activity, kind=Proof.Kind.NOTE, title=line[:300], added_by=by)
    if evidence.paper is not None:
        proof.kind = Proof.Kind.PAPER
        proof.content_type = ContentType.objects.get_for_model(evidence.paper)
        proof.object_id = evidence.paper.pk
        if activity.proofs.filter(content_type=proof.content_type, object_id=proof.object_id).exists():
            return
    proof.full_clean()
    proof.save()


@transaction.atomic
def decline_suggestion(activity, *, today):
    """Suggest this activity no more on the word of the witnesses that speak for it now. Returns the Activity."""
    activity = Activity.objects.select_for_update(of=("self",)).select_related("stage__roadmap").get(pk=activity.pk)
    suggestion = suggestion_for(activity, today)
    if suggestion is not None:
        activity.declined_witnesses = sorted({*activity.declined_witnesses, *suggestion.evidence})
        activity.save(update_fields=["declined_witnesses"])
    return activity


@transaction.atomic
def resume_suggestions(activity):
    """Let the portal suggest this activity again on the word of any witness. Returns the Activity."""
    activity = Activity.objects.select_for_update().get(pk=activity.pk)
    activity.declined_witnesses = []
    activity.save(update_fields=["declined_witnesses"])
    return activity
