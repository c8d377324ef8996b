"""What consents show on home pages and in a person's file, and what this floor holds for each purpose."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from mentorship import panels
from mentorship.school_year import SchoolYear
from participants.consent_removals import Removal, register_removal
from participants.consent_rules import LACKING, State
from participants.consent_standing import people_of_year, standings
from participants.consent_storage import due_for_destruction
from participants.models import Consent, ConsentKind, RemovalTask

TASKS_SHOWN = 5


def register_consents():
    """Called once, when the app starts."""
    panels.register("home:curator", "participants/_home_consents.html", consents_of_organization, order=30)
    for role in ("mentor", "mentee"):
        panels.register(f"home:{role}", "participants/_home_own_consents.html", own_consents, order=15)
    panels.register("person", "participants/_person_consents.html", consents_of_person, order=30)
    register_removal(ConsentKind.PUBLICATION, published_cases)
    register_removal(ConsentKind.UPWARD, joint_registry)
    register_removal(ConsentKind.PROCESSING, data_of_person)


# --- panels -----------------------------------------------------------------------------------------------------------
def consents_of_organization(request):
    """How many people lack a needed consent, or will soon, the tasks that withdrawals have left, what is to be destroyed."""
    workspace = request.workspace
    people = people_of_year(workspace.organization, workspace.school_year.start)
    found = standings(people, school_year=workspace.school_year.start, day=workspace.today).values()
    missing = sum(any(each.states[kind] in LACKING for kind in each.needed) for each in found)
    expiring = sum(any(each.states[kind] == State.EXPIRING for kind in each.needed) for each in found)
    tasks = RemovalTask.objects.open().filter(consent__person__organization=workspace.organization)
    tasks = list(tasks.select_related("consent__person"))
    may_manage = request.user.has_perm("participants.manage_consents", workspace.organization)
    due_count = len(due_for_destruction(workspace.organization, workspace.today)) if may_manage else 0
    if not (missing or expiring or tasks or due_count):
        return None
    lines = [(task, task.is_late(workspace.today)) for task in tasks[:TASKS_SHOWN]]
    return {"missing": missing, "expiring": expiring, "tasks": lines, "task_count": len(tasks), "due_count": due_count}


def own_consents(request):
    """What the user is asked for, and what he has given and may withdraw, each by his own link."""
    today = request.workspace.today
    mine = Consent.objects.filter(person__user=request.user, given_by=Consent.GivenBy.SUBJECT)
    asked = list(mine.filter(status=Consent.Status.ASKED).select_related("text"))
    given = list(mine.in_force(today).filter(status=Consent.Status.GIVEN).select_related("text"))
    return {"asked": asked, "given": given} if asked or given else None


def consents_of_person(request, person, **objects):
    """The state of each kind, for those in charge."""
    if not request.user.has_perm("participants.view_consents", person):
        return None
    workspace = request.workspace
    standing = standings([person], school_year=workspace.school_year.start, day=workspace.today)[person.pk]
    consents = [
        (kind, state, kind in standing.needed, standing.consents.get(kind), kind in standing.asked_again)
        for kind, state in standing.states.items()
        if state != State.NOT_NEEDED
    ]
    return {"consents": consents}


# --- what the registries hold -----------------------------------------------------------------------------------------
def published_cases(person):
    """The cases and reviews on the organization's site, named in the registries."""
    for entries in (person.mentor_entries, person.mentee_entries):
        for entry in entries.exclude(case_url=""):
            text = _("Take down from the site the case or review of %(year)s: %(address)s")
            year = SchoolYear(entry.school_year)
            what = text % {"year": year, "address": entry.case_url}
            yield Removal(what, entry.get_absolute_url(), is_published=True)


def joint_registry(person):
    """The lists by name that the education office has got."""
    given = person.consents.filter(~Q(given_on=None), kind=ConsentKind.UPWARD)
    if given.exists() and person.organization.parent_id:
        text = _(
            "Tell the education office to take %(name)s out of its lists; the portal shows the name there no more."
        )
        yield Removal(text % {"name": person.full_name}, person.get_absolute_url())


def data_of_person(person):
    """The file of the person itself, and the signed papers."""
    text = _("Destroy or depersonalize the data of %(name)s in the portal, except for what the law obliges to keep.")
    yield Removal(text % {"name": person.full_name}, person.get_absolute_url())
    text = _("Destroy questionnaires and other papers of %(name)s that are kept outside of the portal.")
    address = reverse("participants:consent-kind", args=[person.pk, ConsentKind.PROCESSING])
    yield Removal(text % {"name": person.full_name}, address)
