"""An office's template: made, handed down to organizations in editions, taken by each as its own roadmap or declined."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from mentorship.outbox import write_letter
from mentorship.permissions import require
from mentorship.transitions import move, record
from participants.models import Membership, Organization
from roadmap.importing import store_reading
from roadmap.models import Activity, ActivityLink, Roadmap, Stage, TemplateEdition, TemplateOffer
from roadmap.moved_years import moved_day
from roadmap.naming import require_new_title
from roadmap.occurring import make_occurrences_of
from roadmap.owning import propose_owners
from roadmap.redating import Redater, look_through
from roadmap.roadmap_reading import RoadmapReading
from roadmap.template_comparing import differences
from roadmap.template_content import as_reading, content_of, redated


# --- the office -------------------------------------------------------------------------------------------------------
@transaction.atomic
def mark_template(roadmap, is_template):
    """Let a roadmap of an office be a template, or a plan of the office again.

    Raises ValidationError for the roadmap of another kind of organization, and for a template that was handed down.
    """
    roadmap = Roadmap.objects.select_for_update(of=("self",)).select_related("organization").get(pk=roadmap.pk)
    if not roadmap.organization.is_office:
        raise ValidationError(_("Templates are kept by an education office."))
    if not is_template and roadmap.editions.exists():
        raise ValidationError(_("The template was handed down already: organizations rest on it."))
    roadmap.is_template = is_template
    roadmap.save(update_fields=["is_template"])
    return roadmap


@transaction.atomic
def template_from(roadmap, *, office, title, by):
    """A template of the office with the stages and activities of a roadmap that the user may see; texts as they stand.

    Raises ValidationError where the office has a roadmap of this title in the year.
    """
    if not office.is_office:
        raise ValidationError(_("Templates are kept by an education office."))
    require_new_title(office, roadmap.school_year, title)
    content = content_of(roadmap)
    stages = [
        Redater((0, 0), 0).stage(
            each, each["number"], each["title"], [(row, as_reading(row)) for row in each["activities"]]
        )
        for each in content["stages"]
    ]
    made = _store(stages, content, organization=office, school_year=roadmap.school_year, title=title, by=by)
    made.is_template = True
    made.save(update_fields=["is_template"])
    _link(content["links"], _by_origin(made))
    Stage.objects.filter(roadmap=made).update(origin=None)
    Activity.objects.filter(stage__roadmap=made).update(origin=None)
    return made


def changes_to_hand_down(template):
    """(the last edition or None, [ChangedActivity] since it)."""
    last = template.editions.first()
    return last, differences(last.content, content_of(template)) if last else []


@transaction.atomic
def hand_down(template, organizations, *, note, by):
    """Offer the template as it stands now to organizations below its office; their curators are written to.

    A new edition is kept where something has changed since the last one. Returns the offers that are new or got a newer
    edition. Raises ValidationError for an empty template, for nobody chosen, and where there is nothing new for anybody.
    """
    require(by, "roadmap.hand_down", template)
    template = Roadmap.objects.select_for_update(of=("self",)).select_related("organization").get(pk=template.pk)
    if not template.is_template:
        raise ValidationError(_("This is not a template."))
    allowed = Organization.objects.below(template.organization).working()
    chosen = list(allowed.filter(pk__in=[each.pk for each in organizations]))
    if not chosen:
        raise ValidationError(_("Choose at least one organization."))
    content = content_of(template)
    if not any(stage["activities"] for stage in content["stages"]):
        raise ValidationError(_("The template has no activities yet."))
    edition = template.editions.first()
    if edition is None or edition.content != content:
        number = (template.editions.aggregate(last=Max("number"))["last"] or 0) + 1
        edition = TemplateEdition(template=template, number=number, note=note, content=content, handed_by=by)
        edition.full_clean()
        edition.save()
    offers = _offer(template, edition, chosen, by)
    if not offers:
        raise ValidationError(_("These organizations have the template as it stands already."))
    _tell_curators(template, edition, offers, note)
    return offers


def _offer(template, edition, organizations, by):
    """The offers of the organizations that were made, brought to the edition, or made again after a refusal."""
    known = {offer.organization_id: offer for offer in template.offers.select_for_update()}
    changed = []
    for organization in organizations:
        offer = known.get(organization.pk)
        if offer is None:
            offer = TemplateOffer.objects.create(template=template, organization=organization, edition=edition)
            record(offer, by=by)
        elif offer.status == TemplateOffer.Status.DECLINED:
            offer = move(offer, TemplateOffer.Status.OFFERED, by=by, edition=edition, reason="")
        elif offer.edition_id != edition.pk:
            offer.edition = edition
            offer.save(update_fields=["edition"])
        else:
            continue
        offer.organization = organization  # loaded already: its names stand in the letter
        changed.append(offer)
    return changed


def _tell_curators(template, edition, offers, note):
    by_organization = {offer.organization_id: offer for offer in offers}
    curators = Membership.objects.in_force().filter(organization__in=by_organization, role=Membership.Role.CURATOR)
    for member in curators.select_related("user", "organization"):
        offer = by_organization[member.organization_id]
        context = {"person": member.user, "template": template, "office": template.organization, "offer": offer}
        key = f"template:{offer.pk}:{edition.pk}:{member.user_id}:{offer.events.count()}"
        write_letter(
            "template-offered", member.user.email, context | {"note": note}, organization=member.organization, key=key
        )


# --- the organization -------------------------------------------------------------------------------------------------
def propose_taking(offer, school_year):
    """(RoadmapReading with what asks for a look, [RedatedStage]): the roadmap as it would be; nothing is stored.

    Raises ValidationError for a year before that of the template.
    """
    content, organization = offer.edition.content, offer.organization
    by = school_year - content["school_year"]
    if not 0 <= by <= 10:
        raise ValidationError(_("A template is taken for its own school year or a later one."))
    redater, stages = redated(content, organization, school_year)
    reading = _reading(stages, content, school_year, redater.text(content["title"]))
    look_through(reading, [each for stage in stages for each in stage.activities], organization, redater.remarks)
    return reading, stages


def _reading(stages, content, school_year, title):
    by = school_year - content["school_year"]
    return RoadmapReading(
        title=title,
        columns=[(column["role"], column["title"]) for column in content["columns"]],
        stages=[stage.reading for stage in stages],
        school_year=school_year,
        period=tuple(moved_day(date.fromisoformat(content[name]), by) for name in ("starts_on", "ends_on")),
    )


@transaction.atomic
def take_offer(offer, *, school_year, title, edition, by):
    """Make the organization's own roadmap of a template; `edition` is the key of the one that the person looked at.

    Dates are those of the year, owners follow the words, leftovers become remarks. Returns the Roadmap. Raises
    ValidationError where it is taken already, the office has handed down a newer edition, or the title is there.
    """
    require(by, "roadmap.import_roadmap", offer.organization)
    require_new_title(offer.organization, school_year, title)
    offer.refresh_from_db()
    if offer.edition_id != edition:
        raise ValidationError(_("The office has handed down a newer edition meanwhile: look it through once more."))
    reading, stages = propose_taking(offer, school_year)
    made = _store(
        stages, offer.edition.content, organization=offer.organization, school_year=school_year, title=title, by=by,
        remarks=reading.remarks,
    )  # fmt: skip
    _link(offer.edition.content["links"], _by_origin(made))
    propose_owners(made)
    values = {"roadmap": made, "taken_edition": offer.edition, "decided_at": timezone.now(), "reason": ""}
    move(offer, TemplateOffer.Status.TAKEN, by=by, **values)
    return made


def _store(stages, content, *, organization, school_year, title, by, remarks=()):
    """The roadmap of RedatedStage rows whose sources are those of a content; each row keeps its key there."""
    reading = _reading(stages, content, school_year, title)
    reading.remarks = list(remarks)
    made = store_reading(reading, organization=organization, school_year=school_year, source_name="", by=by)
    made.remarks.update(row=None)  # there is no file whose lines they could name
    rows = list(made.stages.order_by("position"))
    for stage, row in zip(stages, rows, strict=True):
        row.origin, row.kind = stage.source["key"], stage.source["kind"]
    Stage.objects.bulk_update(rows, ["origin", "kind"])
    activities = list(Activity.objects.filter(stage__roadmap=made).select_related("stage__roadmap").in_order())
    sources = [each.source for stage in stages for each in stage.activities]
    for source, activity in zip(sources, activities, strict=True):
        activity.origin, activity.frequency = source["key"], source["frequency"]
    Activity.objects.bulk_update(activities, ["origin", "frequency"], batch_size=500)
    make_occurrences_of(made)
    return made


def _by_origin(roadmap):
    rows = Activity.objects.filter(stage__roadmap=roadmap, origin__isnull=False)
    return dict(rows.values_list("origin", "pk"))


def _link(links, keys):
    """Links of a content between the activities that are there; those that stand already stay."""
    ActivityLink.objects.bulk_create(
        [
            ActivityLink(leader_id=keys[leader], follower_id=keys[follower], kind=kind, lag_days=days)
            for leader, follower, kind, days in links
            if leader in keys and follower in keys
        ],
        ignore_conflicts=True,
    )


def decline_offer(offer, *, reason, by):
    """The organization does not take the template. Raises ValidationError where it has taken it."""
    require(by, "roadmap.import_roadmap", offer.organization)
    return move(offer, TemplateOffer.Status.DECLINED, by=by, comment=reason, reason=reason, decided_at=timezone.now())
