"""Every letter that this app sends."""

from django.conf import settings

from mentorship.outbox import write_letter
from participants.emails import curators_of


def report_submitted(report):
    """To each curator of the organization: a report waits to be read."""
    for email in curators_of(report.organization):
        _write("report-submitted", email, report)


def report_accepted(report):
    """To the mentor: the report is accepted."""
    if email := email_of(report.pair.mentor):
        _write("report-accepted", email, report)


def report_returned(report, *, comment):
    """To the mentor: what has to be mended in the report."""
    if email := email_of(report.pair.mentor):
        _write("report-returned", email, report, comment=comment)


def email_of(person):
    """Where letters to the person go; empty where there is no address."""
    return person.contact_email


def _write(name, email, report, **context):
    context |= {
        "report": report,
        "pair": report.pair,
        "organization": report.organization,
        "address": f"{settings.PORTAL_URL}{report.get_absolute_url()}",
    }
    write_letter(name, email, context, organization=report.organization)
