"""Who can sign in to the demo, for whoever has just started it."""

from monitoring.demo.people import PASSWORD
from monitoring.demo.places import OFFICE_SLUG, SLUGS
from participants.models import Organization, Person

ROLES = {
    "curator": "keeps the registries, pairs, roadmap, surveys",
    "head": "approves orders",
    "staff": "takes papers and registries",
    "mentor": "logs meetings, writes reports",
    "mentee": "sees the plan, answers surveys",
}


def accounts_in_words() -> str:
    """The organizations of the demo and one account per role, a line each."""
    organizations = Organization.objects.filter(parent__slug=OFFICE_SLUG)
    people = Person.objects.filter(organization__in=organizations).count()
    coordinator = f"coordinator@{OFFICE_SLUG}.example"
    office_head = f"head@{OFFICE_SLUG}.example"
    others = ", ".join(slug for slug in SLUGS if slug != "demo-school")
    return "\n".join(
        [
            f"{organizations.count()} organizations with {people} people, below {OFFICE_SLUG}.",
            f"Sign in with the password {PASSWORD} as one of these:",
            f"  {coordinator:36} the education office, all organizations below",
            f"  {office_head:36} approves orders of the office",
            *(f"  {f'{role}@demo-school.example':36} {what}" for role, what in ROLES.items()),
            f"The same people are in {others}: curator@{others.split(', ')[0]}.example and so on.",
        ]
    )
