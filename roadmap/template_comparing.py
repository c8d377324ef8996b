"""What differs between two editions of a template, and between an edition and the roadmap made of it. No writing here.

Three states meet: the edition that the organization took (`base`), the one offered now (`theirs`) and its own roadmap
(`mine`). What the office has changed is offered line by line; a line in which the organization has words of its own is
not ticked for it.
"""

import hashlib
from dataclasses import dataclass, field, replace

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from roadmap.models import Activity, ActivityLink, Stage
from roadmap.printed_tables import columns_of
from roadmap.redating import reading_of
from roadmap.template_content import (
    FACTS,
    FIELDS,
    STAGE_FACTS,
    facts_of,
    lines_of,
    links_in,
    stage_facts_of,
    values_of,
)

ADDED, CHANGED, REMOVED, DROPPED_HERE = "added", "changed", "removed", "dropped_here"
LINK, WHOLE = "link", "whole"
KINDS_OF_STAGE = dict(Stage._meta.get_field("kind").choices)


@dataclass(frozen=True)
class UpdateLine:
    """One thing that the office has changed.

    `key` names it in the form. `leader` is the key of the activity that a changed link leads from. `before`, `theirs`,
    `mine` are texts for people: as taken, as offered, as it stands in the organization. `is_own`: the organization has
    changed it, or the activity is under way there.
    """

    key: str
    what: str
    activity_key: int
    name: str
    label: str
    before: str
    theirs: str
    mine: str = ""
    is_own: bool = False
    leader: int = 0


@dataclass
class ChangedActivity:
    """The lines of one activity under its text; `own` is the organization's Activity, None where it has none."""

    text: str
    stage_title: str
    own: Activity | None = None
    lines: list = field(default_factory=list)


def differences(before, after):
    """[ChangedActivity] between two contents of a template, removed ones at the end."""
    old, new = lines_of(before), lines_of(after)
    titles = _titles(new, old)
    found = _changed_facts(facts_of(before), facts_of(after))
    found += _changed_stages(stage_facts_of(before), stage_facts_of(after))
    relinked = _relinked(before, after, new)
    for key, line in new.items():
        changed = ChangedActivity(_text(line), line.stage_title)
        if key not in old:
            changed.lines.append(_whole(ADDED, line, theirs=_summary(line)))
        for name in _differing(old[key].values, line.values) if key in old else ():
            changed.lines.append(_field(name, old[key], line, "", titles))
        changed.lines += relinked.get(key, ())
        if changed.lines:
            found.append(changed)
    for key, line in old.items():
        if key not in new:
            removed = [_whole(REMOVED, line, before=_summary(line))]
            found.append(ChangedActivity(_text(line), line.stage_title, lines=removed))
    return found


@dataclass
class Update:
    """What an organization is offered: `fingerprint` is sent back with what it has chosen."""

    offer: object
    activities: list

    @property
    def lines(self):
        return [line for activity in self.activities for line in activity.lines]

    @property
    def fingerprint(self):
        shown = repr([self.offer.edition_id, self.offer.taken_edition_id, self.lines])
        return hashlib.sha256(shown.encode()).hexdigest()[:24]


def update_of(offer):
    """The Update of a taken offer; its queries do not grow with the plan."""
    roadmap, organization = offer.roadmap, offer.organization
    base = lines_of(offer.taken_edition.content, organization, roadmap.school_year)
    theirs = lines_of(offer.edition.content, organization, roadmap.school_year)
    mine = own_activities(roadmap)
    titles = _titles(theirs, base)
    stages = {stage.origin: stage for stage in roadmap.stages.filter(origin__isnull=False)}
    before, after = offer.taken_edition.content, offer.edition.content
    facts = (facts_of(content, organization, roadmap.school_year) for content in (before, after))
    stage_facts = (stage_facts_of(content, organization, roadmap.school_year) for content in (before, after))
    found = _changed_facts(*facts, own_facts(roadmap)) + _changed_stages(*stage_facts, stages)
    relinked = _relinked(before, after, theirs, own_links(mine))
    for key, line in theirs.items():
        own = mine.get(key)
        changed = ChangedActivity(_text(line), line.stage_title, own)
        if key not in base:
            if own is None:
                changed.lines.append(_whole(ADDED, line, theirs=_summary(line)))
        elif own is None:
            if base[key].values != line.values:
                dropped = {"before": _summary(base[key]), "theirs": _summary(line), "is_own": True}
                changed.lines.append(_whole(DROPPED_HERE, line, **dropped))
        else:
            changed.lines += _changes(base[key], line, own, titles)
            changed.lines += relinked.get(key, ())
        if changed.lines:
            found.append(changed)
    for key, line in base.items():
        own = mine.get(key)
        if key not in theirs and own is not None and own.is_open:  # what is done stays
            is_own = own.is_under_way or values_of_own(own) != line.values
            removed = _whole(REMOVED, line, before=_summary(line), mine=str(own), is_own=is_own)
            found.append(ChangedActivity(_text(line), line.stage_title, own, [removed]))
    return Update(offer, found)


def _changed_facts(before, after, own=None):
    """[ChangedActivity] with the title, period and columns that differ; `own` are those of an organization."""
    lines = []
    for name, label in FACTS.items():
        if before[name] == after[name] or (own is not None and own[name] == after[name]):
            continue
        mine = shown_fact(name, own[name]) if own is not None else ""
        texts = (str(label), shown_fact(name, before[name]), shown_fact(name, after[name]), mine)
        is_own = own is not None and own[name] != before[name]
        lines.append(UpdateLine(f"{WHOLE}:{name}", CHANGED, 0, name, *texts, is_own=is_own))
    return [ChangedActivity(_("The roadmap as a whole"), "", lines=lines)] if lines else []


def own_facts(roadmap):
    """What is compared of an organization's roadmap as a whole."""
    columns = tuple((column["role"], column["title"]) for column in columns_of(roadmap))
    return {"title": roadmap.title, "period": (roadmap.starts_on, roadmap.ends_on), "columns": columns}


def shown_fact(name, value):
    """A fact of the whole as a text for people."""
    if name == "period":
        return " – ".join(_day(day) for day in value)
    return ", ".join(title for _role, title in value) if name == "columns" else value


def own_links(mine):
    """{(leader, follower): (kind, days)} of an organization's activities, given and named by their keys in the template."""
    keys = {activity.pk: key for key, activity in mine.items()}
    rows = ActivityLink.objects.filter(leader__in=keys, follower__in=keys)
    return {
        (keys[leader], keys[follower]): (kind, days)
        for leader, follower, kind, days in rows.values_list("leader", "follower", "kind", "lag_days")
    }


def _relinked(before, after, lines, own=None):
    """{key of the follower: [UpdateLine]} of links that were set, changed or taken away between activities of both contents.

    Those of a new activity come with it. `own` are the links of an organization.
    """
    old, new, stood = links_in(before), links_in(after), lines_of(before)
    found = {}
    for pair in dict.fromkeys([*new, *old]):
        leader, follower = pair
        stands = old.get(pair) if own is None else own.get(pair)
        is_everywhere = all(key in lines and key in stood for key in pair)
        if not is_everywhere or old.get(pair) == new.get(pair) or (own is not None and stands == new.get(pair)):
            continue
        name = _text(lines[leader])
        texts = [shown_link(link, name) for link in (old.get(pair), new.get(pair))]
        line = UpdateLine(
            f"{follower}:{LINK}:{leader}",
            CHANGED,
            follower,
            LINK,
            _("Link"),
            *texts,
            mine=shown_link(stands, name),
            is_own=stands != old.get(pair),
            leader=leader,
        )
        found.setdefault(follower, []).append(line)
    return found


def shown_link(link, name):
    """A link (kind, days) from the activity of this name as a text for people; nothing where there is none."""
    if link is None:
        return ""
    kind, days = link
    if kind == ActivityLink.Kind.AFTER:
        if not days:
            return _("begins on the day when “%(name)s” ends") % {"name": name}
        text = ngettext(
            "begins %(days)s day after the end of “%(name)s”", "begins %(days)s days after the end of “%(name)s”", days
        )
        return text % {"days": days, "name": name}
    if not days:
        return _("begins together with “%(name)s”") % {"name": name}
    text = ngettext(
        "begins %(days)s day after the beginning of “%(name)s”",
        "begins %(days)s days after the beginning of “%(name)s”",
        days,
    )
    return text % {"days": days, "name": name}


def _changed_stages(before, after, own=None):
    """[ChangedActivity] of stages with another number, title or kind; of an organization, those that it has (`own` by key)."""
    found = []
    for key, stage in after.items():
        stands = own.get(key) if own is not None else None
        if key not in before or (own is not None and stands is None):
            continue
        lines = []
        for name, label in STAGE_FACTS.items():
            old, new, mine = before[key][name], stage[name], getattr(stands, name, None)
            if new in (old, mine):
                continue
            texts = (str(label), *(shown_stage_fact(name, value) for value in (old, new, mine or "")))
            line = UpdateLine(f"{key}:stage_{name}", CHANGED, key, f"stage_{name}", *texts)
            lines.append(replace(line, is_own=stands is not None and mine != old))
        if lines:
            found.append(ChangedActivity(stage["title"], stage["title"], lines=lines))
    return found


def shown_stage_fact(name, value):
    """A fact of a stage as a text for people."""
    return str(KINDS_OF_STAGE.get(value, "")) if name == "kind" else value


def own_activities(roadmap):
    """{key in the template: Activity} of the activities of a roadmap that came from a template."""
    rows = Activity.objects.filter(stage__roadmap=roadmap, origin__isnull=False)
    found = {}
    for row in rows.select_related("stage").prefetch_related("windows", "items", "proofs", "occurrences").in_order():
        row.is_under_way = row.status != Activity.Status.PLANNED or _has_work(row)
        found.setdefault(row.origin, row)
    return found


def _has_work(row):
    return bool(
        row.proofs.all()
        or any(item.is_done for item in row.items.all())
        or any(each.done_on for each in row.occurrences.all())
    )


def values_of_own(activity):
    """What is compared of an activity of an organization."""
    return values_of(reading_of(activity), activity.stage.origin, activity.frequency)


def _changes(base, line, own, titles):
    stands = values_of_own(own)
    found = []
    for name in _differing(base.values, line.values):
        if stands[name] == line.values[name]:
            continue  # it stands so already
        mine = own.stage.title if name == "stage" else shown(name, stands[name], titles)
        is_own = stands[name] != base.values[name]
        found.append(_field(name, base, line, mine, titles, is_own=is_own))
    return found


def _differing(old, new):
    return [name for name in FIELDS if old[name] != new[name]]


def _titles(*contents):
    return {line.stage: line.stage_title for lines in reversed(contents) for line in lines.values()}


def _whole(what, line, **values):
    texts = {"before": "", "theirs": ""} | values
    return UpdateLine(f"{line.key}:{what}", what, line.key, "", "", **texts)


def _field(name, old, new, mine, titles, **values):
    before, theirs = (shown(name, each.values[name], titles) for each in (old, new))
    return UpdateLine(f"{new.key}:{name}", CHANGED, new.key, name, str(FIELDS[name]), before, theirs, mine, **values)


def _text(line):
    return f"{line.values['number']} {line.values['content']}".strip()


def _summary(line):
    """An activity in a line: its text, deadline, who answers."""
    deadline = shown("deadline", line.values["deadline"], {})
    return " · ".join(filter(None, [_text(line), deadline, line.values["responsible_text"]]))


def shown(name, value, titles):
    """A compared value as a text for people."""
    if name == "stage":
        return titles.get(value, "")
    if name == "points":
        return "; ".join(f"{number} {text}".strip() for number, text in value)
    if name == "extra":
        return "; ".join(f"{title}: {text}" for title, text in value)
    if name == "frequency":
        return str(dict(Activity._meta.get_field("frequency").choices).get(value, "")) or _("as the deadline says")
    if name == "deadline":
        text, days = value
        spans = ["–".join(_day(day) for day in window) for window in days or ()]
        return f"{text} ({', '.join(spans)})" if spans else text
    return value


def _day(day):
    return date_format(day, "SHORT_DATE_FORMAT") if day else "…"
