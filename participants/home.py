"""What this floor shows on home pages and finds in the search."""

from django.urls import reverse

from mentorship.search import Hit
from participants.application_tables import waits_in_words
from participants.models import Application, MenteeEntry, MentorEntry, Person

FOUND = 10
APPLICATIONS_SHOWN = 5


def people_panel(request):
    """How many people the registries of the year hold, and how many of them cannot sign in yet."""
    organization, school_year = request.workspace.organization, request.workspace.school_year.start
    people = Person.objects.filter(organization=organization)
    mentors = MentorEntry.objects.of_year(organization, school_year)
    mentees = MenteeEntry.objects.of_year(organization, school_year)
    registered = people.filter(pk__in=mentors.values("person")) | people.filter(pk__in=mentees.values("person"))
    return {
        "mentors_count": mentors.count(),
        "mentees_count": mentees.count(),
        "without_account_count": registered.filter(user=None).count(),
        "may_manage": request.user.has_perm("participants.manage_registry", organization),
    }


def waiting_applications(request):
    """The applications that wait for the curator, the oldest first; nothing where none does."""
    workspace = request.workspace
    waiting = Application.objects.waiting().filter(call__organization=workspace.organization).for_list()
    shown = list(waiting[:APPLICATIONS_SHOWN])
    if not shown:
        return None
    return {
        "applications": [(each, waits_in_words(each, workspace.today)) for each in shown],
        "count": waiting.count(),
        "queue_url": f"{reverse('participants:applications')}?status={Application.Status.SUBMITTED}",
    }


def find_people(user, text):
    """People whose names, contacts or positions hold every word."""
    people = Person.objects.visible_to(user).matching(text).select_related("organization").in_order()
    return [
        Hit(person.full_name, person.get_absolute_url(), ", ".join(filter(None, [person.position, person.affiliation])))
        for person in people[:FOUND]
    ]


def find_applications(user, text):
    """Applications by name, e-mail or phone, the newest first; drafts are their writers' alone."""
    sent = Application.objects.visible_to(user).exclude(status=Application.Status.DRAFT).matching(text)
    found = sent.for_list().order_by("-submitted_at", "-pk")
    return [
        Hit(
            str(application),
            application.get_absolute_url(),
            f"{application.get_role_display()}, {application.call.year}, {application.get_status_display()}",
        )
        for application in found[:FOUND]
    ]
