"""What this floor shows on home pages and finds in the search."""

from mentorship.search import Hit
from participants.models import MenteeEntry, MentorEntry, Person

FOUND = 10


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


def find_people(user, text):
    """People whose names, contacts or positions hold every word."""
    people = Person.objects.visible_to(user).matching(text).select_related("organization").in_order()
    return [
        Hit(person.full_name, person.get_absolute_url(), ", ".join(filter(None, [person.position, person.affiliation])))
        for person in people[:FOUND]
    ]
