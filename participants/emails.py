"""Every letter that this app sends; invitations to the portal are written by accounts.py."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from mentorship.outbox import write_letter
from participants.models import Consent, Membership


def consents_asked(consents, address, *, answer_by):
    """To who gives the consents, the person or the representative: a link for each paper, in one letter."""
    person, organization = consents[0].person, consents[0].organization
    is_representative = consents[0].given_by == Consent.GivenBy.REPRESENTATIVE
    context = {
        "person": person,
        "organization": organization,
        "is_representative": is_representative,
        "greeted": consents[0].representative_name if is_representative else person.salutation,
        "requests": [(each, f"{settings.PORTAL_URL}{reverse('consent-link', args=[each.token])}") for each in consents],
        "answer_by": answer_by,
    }
    write_letter("consent-asked", address, context, organization=organization)


def consent_withdrawn(consent, tasks):
    """To each curator: what stops at once, and what is to be taken down or destroyed until when."""
    context = {
        "consent": consent,
        "person": consent.person,
        "organization": consent.organization,
        "tasks": tasks,
        "address": f"{settings.PORTAL_URL}{reverse('participants:removal-tasks')}",
    }
    for email in curators_of(consent.organization):
        write_letter("consent-withdrawn", email, context, organization=consent.organization)


def curators_of(organization):
    """The addresses of today's curators."""
    curators = Membership.objects.in_force().filter(organization=organization, role=Membership.Role.CURATOR)
    return list(curators.order_by("pk").values_list("user__email", flat=True))


# --- applications -----------------------------------------------------------------------------------------------------
# They belong to no organization: nobody but its writer may see the personal link of a draft.
def application_begun(application):
    """To who began an application: the personal link by which it is gone on with."""
    write_letter("application-begun", application.email, _application_context(application))


def application_links(drafts):
    """To an address with several unfinished applications: all their links in one letter."""
    context = {**_application_context(drafts[0]), "drafts": [(each, _personal_link(each)) for each in drafts]}
    write_letter("application-links", drafts[0].email, context)


def application_chased(application):
    """To who left an application unfinished: once."""
    write_letter("application-chased", application.email, _application_context(application))


def application_submitted(application):
    """To who applied: it has arrived, and where to look what became of it."""
    write_letter("application-submitted", application.email, _application_context(application))


def applications_waiting(organization, today):
    """To each curator, once a day at most: applications wait for a decision."""
    context = {
        "organization": organization,
        "address": f"{settings.PORTAL_URL}{reverse('participants:applications')}",
    }
    for email in curators_of(organization):
        key = f"applications-waiting:{organization.pk}:{email}:{today.isoformat()}"
        write_letter("application-waiting", email, context, organization=organization, key=key[:150])


def application_withdrawn(application):
    """To each curator: somebody took an application back; who it was is destroyed with it."""
    context = {
        "organization": application.organization,
        "role": application.get_role_display(),
        "sent_on": timezone.localdate(application.submitted_at),
        "address": f"{settings.PORTAL_URL}{reverse('participants:applications')}",
    }
    for email in curators_of(application.organization):
        write_letter("application-withdrawn", email, context, organization=application.organization)


def application_asked(application):
    """To who applied: what is missing, in the curator's words."""
    _write_about(application, "application-asked")


def application_accepted(application):
    """To who applied: taken into the programme; the signed paper of the consent is still wanted."""
    consent = application.consent
    address = f"{settings.PORTAL_URL}{reverse('consent-link', args=[consent.token])}" if consent else ""
    _write_about(application, "application-accepted", consent_address=address)


def application_declined(application):
    """To who applied: the curator's letter as it was edited."""
    _write_about(application, "application-declined")


def _write_about(application, name, **more):
    context = {**_application_context(application), **more}
    write_letter(name, application.email, context, organization=application.organization)


def _application_context(application):
    return {
        "application": application,
        "call": application.call,
        "organization": application.organization,
        "greeted": application.representative_name or application.salutation,
        "address": _personal_link(application),
    }


def _personal_link(application):
    return f"{settings.PORTAL_URL}{reverse('application', args=[application.token])}"
