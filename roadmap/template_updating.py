"""A newer edition of a template brought into the roadmap of an organization: the lines that it has chosen, no others."""

from contextlib import suppress

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Min
from django.utils import timezone
from django.utils.translation import gettext as _

from mentorship.permissions import require
from roadmap import editing
from roadmap.activities import confirm_deadline, set_status
from roadmap.linking import link_activities
from roadmap.models import Activity, ActivityItem, ActivityLink, ActivityOwner, Roadmap, Stage, TemplateOffer
from roadmap.naming import require_new_title
from roadmap.occurring import make_occurrences
from roadmap.responsibles import roles_of
from roadmap.template_comparing import (
    ADDED,
    CHANGED,
    DROPPED_HERE,
    LINK,
    REMOVED,
    own_activities,
    update_of,
)
from roadmap.template_content import FACTS, STAGE_FACTS, facts_of, lines_of, links_in, stage_facts_of

_PLAIN = {"number", "content", "responsible_text", "document_text", "frequency"}


@transaction.atomic
def apply_update(offer, chosen, *, shown, by, today):
    """Bring the chosen lines (keys of UpdateLine) into the organization's roadmap; the edition counts as taken.

    `shown` is the fingerprint of what the person saw. What was not chosen is offered again only when the office changes
    it anew. Returns how many lines were brought in. Raises ValidationError where either side has changed since.
    """
    require(by, "roadmap.change_roadmap", offer.roadmap)
    Roadmap.objects.select_for_update().get(pk=offer.roadmap_id)
    rows = TemplateOffer.objects.select_for_update(of=("self",))
    offer = rows.select_related("edition", "taken_edition", "roadmap", "organization").get(pk=offer.pk)
    update = update_of(offer)
    if not offer.has_update or update.fingerprint != shown:
        raise ValidationError(_("The plan or the template has changed meanwhile: look the changes through once more."))
    lines = [line for line in update.lines if line.key in chosen]
    writer = _Writer(offer, by, today)
    for line in lines:
        writer.write(line)
    writer.finish()
    offer.taken_edition, offer.decided_at = offer.edition, timezone.now()
    offer.save(update_fields=["taken_edition", "decided_at"])
    return len(lines)


class _Writer:
    """Writes chosen lines into a roadmap, texts of one activity at once."""

    def __init__(self, offer, by, today):
        self.offer, self.roadmap, self.by, self.today = offer, offer.roadmap, by, today
        self.theirs = lines_of(offer.edition.content, offer.organization, self.roadmap.school_year)
        self.stage_facts = stage_facts_of(offer.edition.content, offer.organization, self.roadmap.school_year)
        self.mine = own_activities(self.roadmap)
        self.stages = {stage.origin: stage for stage in self.roadmap.stages.all() if stage.origin}
        self.changed = {}
        self.facts, self.links = set(), set()
        self.left_stages = set()

    def write(self, line):
        if line.name.startswith("stage_"):
            self._change_stage(line.activity_key, line.name.removeprefix("stage_"))
        elif line.name in FACTS:
            self.facts.add(line.name)
        elif line.name == LINK:
            self.links.add((line.leader, line.activity_key))
        elif line.what in (ADDED, DROPPED_HERE):
            self._add(self.theirs[line.activity_key])
        elif line.what == REMOVED:
            self._remove(self.mine[line.activity_key])
        elif line.what == CHANGED:
            self.changed.setdefault(line.activity_key, set()).add(line.name)

    def _change_stage(self, key, name):
        """One fact of a stage as the office has it."""
        stage = self.stages[key]
        stage.refresh_from_db()
        facts = {fact: getattr(stage, fact) for fact in STAGE_FACTS}
        editing.change_stage(stage, **facts | {name: self.stage_facts[key][name]})

    def finish(self):
        for key, names in self.changed.items():
            self._change(self.mine[key], self.theirs[key].values, names)
        self._change_facts()
        rows = own_activities(self.roadmap)
        self._change_links(rows)
        for (leader, follower), (kind, days) in links_in(self.offer.edition.content).items():
            is_new = leader not in self.mine or follower not in self.mine
            if is_new and leader in rows and follower in rows:
                with suppress(ValidationError):  # the organization's own links lead the other way
                    link_activities(rows[leader], rows[follower], kind=kind, lag_days=days)
        empty = Stage.objects.filter(pk__in=self.left_stages, activities=None, origin__isnull=False)
        empty.delete()

    def _change_facts(self):
        """The title, period and columns of the office. Raises ValidationError where another roadmap has the title."""
        if not self.facts:
            return
        roadmap = self.roadmap
        facts = facts_of(self.offer.edition.content, self.offer.organization, roadmap.school_year)
        if "title" in self.facts:
            require_new_title(roadmap.organization, roadmap.school_year, facts["title"])
            roadmap.title = facts["title"]
        if "period" in self.facts:
            roadmap.starts_on, roadmap.ends_on = facts["period"]
        if "columns" in self.facts:
            roadmap.columns = [{"role": role, "title": title} for role, title in facts["columns"]]
        roadmap.full_clean()
        roadmap.save(update_fields=["title", "starts_on", "ends_on", "columns"])

    def _change_links(self, rows):
        """The chosen links as the office has them. Raises ValidationError where the organization's own close a circle."""
        theirs = links_in(self.offer.edition.content)
        pairs = [pair for pair in self.links if all(key in rows for key in pair)]
        for leader, follower in pairs:
            ActivityLink.objects.filter(leader=rows[leader], follower=rows[follower]).delete()
        for leader, follower in pairs:
            if link := theirs.get((leader, follower)):
                link_activities(rows[leader], rows[follower], kind=link[0], lag_days=link[1])

    def _add(self, line):
        values = line.values
        texts = {name: values[name] for name in (*_PLAIN, "group")} | {"deadline_text": values["deadline"][0]}
        stage = self._stage_of(line)
        made = editing.add_activity(stage, texts | {"extra": dict(values["extra"]), "origin": line.key})
        self._set_points(made, values["points"])
        self._set_days(made, values["deadline"][1])
        self._set_roles(made)
        before = self._place_of(line, stage)
        editing.place_activity(made, stage, before)

    def _stage_of(self, line):
        """The organization's stage for a line; a stage that it has not is made at its place in the order of the template."""
        if line.stage not in self.stages:
            source = next(each for each in self.offer.edition.content["stages"] if each["key"] == line.stage)
            stage = editing.add_stage(self.roadmap, number=source["number"], title=line.stage_title)
            stage.origin, stage.kind = source["key"], source["kind"]
            stage.save(update_fields=["origin", "kind"])
            self.stages[line.stage] = stage
            self._move_up(stage)
        return self.stages[line.stage]

    def _move_up(self, stage):
        order = [each["key"] for each in self.offer.edition.content["stages"]]
        later = [self.stages[key].pk for key in order[order.index(stage.origin) + 1 :] if key in self.stages]
        first = self.roadmap.stages.filter(pk__in=later).aggregate(first=Min("position"))["first"]
        while first is not None and stage.position > first:
            editing.step_stage(stage, -1)
            stage.refresh_from_db()

    def _place_of(self, line, stage):
        """After the nearest activity that stands before it in the template and is there, else at the beginning."""
        keys = [key for key, each in self.theirs.items() if each.stage == line.stage]
        before = set(keys[: keys.index(line.key)])
        rows = stage.activities.exclude(origin=line.key).order_by("position").values_list("origin", flat=True)
        return max((place for place, origin in enumerate(rows, 1) if origin in before), default=0)

    def _remove(self, own):
        """What is only planned leaves; what was worked on stays as cancelled, done work is never thrown away."""
        self.left_stages.add(own.stage_id)
        if own.is_under_way:
            set_status(own, Activity.Status.CANCELLED, by=self.by, today=self.today)
        else:
            editing.delete_activity(own)

    def _change(self, own, values, names):
        old_roles = roles_of(own.responsible_text)
        texts = {name: values[name] for name in names & _PLAIN}
        if "deadline" in names:
            texts["deadline_text"] = values["deadline"][0]
        own = editing.change_activity(own, texts, version=own.version, by=self.by)
        if "deadline" in names:
            self._set_days(own, values["deadline"][1])
        # These are the words of the office again: no other document said something else.
        own.source_texts = {name: text for name, text in own.source_texts.items() if name not in texts}
        if "group" in names:
            own.group = values["group"]
        if "extra" in names:
            own.extra = dict(values["extra"])
        own.full_clean()
        own.save(update_fields=["source_texts", "group", "extra"])
        if "points" in names:
            self._set_points(own, values["points"])
        if "responsible_text" in names:
            self._follow_roles(own, old_roles)
        if "stage" in names:
            self.left_stages.add(own.stage_id)
            stage = self._stage_of(self.theirs[own.origin])
            editing.place_activity(own, stage, self._place_of(self.theirs[own.origin], stage))

    def _set_points(self, activity, points):
        """The points of the office; one that stays in the same words keeps its tick."""
        done = set(activity.items.filter(is_done=True).values_list("text", flat=True))
        activity.items.all().delete()
        ActivityItem.objects.bulk_create(
            ActivityItem(activity=activity, position=place, number=number, text=text, is_done=text in done)
            for place, (number, text) in enumerate(points, 1)
        )

    def _set_days(self, activity, days):
        if days is not None:
            confirm_deadline(activity, list(days), by=self.by)
        elif activity.deadline_confirmed_by_id:
            editing.read_deadline(activity)
            make_occurrences(activity)

    def _set_roles(self, activity):
        ActivityOwner.objects.bulk_create(
            ActivityOwner(activity=activity, role=role) for role in roles_of(activity.responsible_text)
        )

    def _follow_roles(self, activity, old_roles):
        """Roles that followed the old words follow the new ones; those that the organization has chosen stay."""
        owners = list(activity.owners.all())
        if all(owner.role for owner in owners) and {owner.role for owner in owners} == set(old_roles):
            activity.owners.all().delete()
            self._set_roles(activity)
