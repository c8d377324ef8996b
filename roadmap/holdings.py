"""What this floor holds about a person: lines of roadmaps and uploaded files that name him, kept as they were written."""

from functools import partial

from django.utils.translation import gettext as _

from participants import holdings, merging
from participants.holdings import Forgotten, FreeTexts, KeptFile, Section, sought, words_in
from participants.models import Person
from roadmap.importing import words_of
from roadmap.models import (
    Activity,
    ActivityItem,
    ActivityOwner,
    Baseline,
    ImportRemark,
    Proof,
    Roadmap,
    RoadmapImport,
    TemplateEdition,
    TemplateOffer,
)


def register_holdings():
    """Called once, when the app starts."""
    holdings.register_teller(tell, order=30)
    holdings.register_texts(texts)
    holdings.register_files(files)
    holdings.register_forgetter(forget, order=30)
    # Both files answer for one activity: one of the two says it all.
    merging.register_clash(ActivityOwner, lambda row, kept: row.delete())


def texts(person: Person):
    """The plans of the organization, from the approval down to the remarks of an import."""
    why = _("a roadmap keeps its text as it was written or imported: change the line where the name must go")
    of_organization = {"stage__roadmap__organization": person.organization}
    activities = Activity.objects.filter(**of_organization).select_related("stage__roadmap")
    items = ActivityItem.objects.filter(activity__in=activities.values("pk")).select_related("activity__stage__roadmap")
    remarks = ImportRemark.objects.filter(roadmap__organization=person.organization).select_related("roadmap")
    roadmaps = Roadmap.objects.filter(organization=person.organization)
    what = _("lines of roadmaps")
    fields = ("group", "content", "responsible_text", "document_text", "extra", "source_texts")
    proofs = Proof.objects.filter(activity__in=activities.values("pk")).select_related("activity__stage__roadmap")
    approved = Baseline.objects.filter(roadmap__organization=person.organization).select_related("roadmap")
    yield FreeTexts(what, activities, fields, kept_because=why, address=lambda row: _page(row.stage.roadmap))
    yield FreeTexts(what, items, ("text",), kept_because=why, address=lambda row: _page(row.activity.stage.roadmap))
    yield FreeTexts(what, proofs, ("title",), kept_because=why, address=lambda row: _page(row.activity.stage.roadmap))
    yield FreeTexts(what, approved, ("lines",), kept_because=why, address=lambda row: _page(row.roadmap))
    yield FreeTexts(what, remarks, ("text",), kept_because=why, address=lambda row: _page(row.roadmap))
    yield FreeTexts(what, roadmaps, ("approver_name",), kept_because=why)
    editions = TemplateEdition.objects.filter(template__organization=person.organization).select_related("template")
    offers = TemplateOffer.objects.filter(organization=person.organization)
    yield FreeTexts(what, editions, ("content", "note"), kept_because=why, address=lambda row: _page(row.template))
    yield FreeTexts(what, offers, ("reason",), kept_because=why, address=_page)


def files(person: Person):
    """The uploaded files of the organization's roadmaps; scans within them have no words to look through."""
    why = _("an uploaded file stays as it is: look through it by hand, the administrator of the portal can delete it")
    for each in RoadmapImport.objects.filter(organization=person.organization).select_related("roadmap"):
        yield KeptFile(_("files of roadmaps"), why, _page(each.roadmap or each), partial(words_of, each))


def forget(person: Person, pseudonym: str) -> Forgotten:
    """The person answers for nothing any more; the activities stay."""
    owned = ActivityOwner.objects.filter(person=person)
    removed = [(str(ActivityOwner._meta.verbose_name_plural), owned.count())]
    owned.delete()
    return Forgotten(removed=removed)


def _page(roadmap):
    return roadmap.get_absolute_url()


def tell(person: Person) -> list[Section]:
    """The activities whose line names the person, with the roadmap that they stand in."""
    who = sought(person)
    activities = Activity.objects.filter(stage__roadmap__organization=person.organization).select_related(
        "stage__roadmap"
    )
    owned = set(person.owned_activities.values_list("activity", flat=True))
    named = [
        each
        for each in activities
        if each.pk in owned
        or any(map(who.find, words_in([each.content, each.responsible_text, each.document_text, each.extra])))
    ]
    return [
        Section(
            _("Lines of roadmaps"),
            [
                {
                    _("Roadmap"): str(each.stage.roadmap),
                    _("Activity"): each.content,
                    _("Responsible"): each.responsible_text or "—",
                }
                for each in named
            ],
        )
    ]
