"""Who has read an approved order: confirmed in the portal by the reader, or on paper and recorded by the curator.

Labour Code art. 22: an employee is made familiar with the acts that concern his work against his signature.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from documents import emails
from documents.contents import named_people
from documents.models import Familiarization, FamiliarizationSheet, Order
from mentorship.origin import current_origin
from mentorship.pdf import render_pdf, sha256_of
from mentorship.permissions import require
from participants.scans import check_scan


def begin_familiarization(order):
    """A line for everybody whom the approved order names, and a letter to those with an account."""
    people = named_people(order, list(order.pairs.for_register()), list(order.ended_pairs.for_register()))
    for person in people:
        Familiarization.objects.create(order=order, person=person)
        if has_account(person):
            emails.order_to_read(order, person)


def lines_of(order):
    """The list of an order, with the people; who has not read it yet stands first."""
    lines = order.familiarizations.select_related("person__user", "recorded_by").prefetch_related("recorded_by__people")
    return sorted(lines, key=lambda line: (line.read_on is not None, line.pk))


def has_account(person):
    """Whether the person can open the portal and confirm by himself."""
    return person.user is not None and person.user.is_active


@transaction.atomic
def confirm_reading(line, *, by):
    """The reader confirms that he has read the order. Returns the saved line; a second time changes nothing."""
    line = Familiarization.objects.select_for_update(of=("self",)).select_related("person", "order").get(pk=line.pk)
    if line.person.user_id != by.pk:
        raise ValidationError(_("Only the person himself confirms that he has read the order."))
    if line.read_on is None:
        _keep(line, Familiarization.Way.PORTAL, timezone.localdate(), by)
    return line


@transaction.atomic
def mark_readers(order, lines, *, read_on, by, scan=None):
    """Record that people have signed on paper on a day, with the scan of the sheet where there is one.

    `lines` are Familiarizations of the order; those who have read it already stay as they are. Raises ValidationError
    for a day to come or before the order, a scan that is no scan, and where nobody is chosen. Returns how many.
    """
    require(by, "documents.record_familiarization", order)
    if not order.is_approved:
        raise ValidationError(_("The order is not approved yet: nobody can have read it."))
    if not lines and scan is None:
        raise ValidationError({"lines": _("Tick those who have signed.")})
    _check_day(order, read_on)
    if scan is not None:
        add_sheet(order, scan, by=by)
    waiting = order.familiarizations.select_for_update().waiting().filter(pk__in=[line.pk for line in lines])
    for line in waiting:
        _keep(line, Familiarization.Way.SHEET, read_on, by)
    return len(waiting)


def add_sheet(order, upload, *, by):
    """Keep the scan of a signed sheet, known by what is inside. Raises ValidationError for what is no scan."""
    try:
        scan = check_scan(upload)
    except ValidationError as error:
        raise ValidationError({"scan": error}) from error
    content = scan.read()
    scan.seek(0)
    sheet = FamiliarizationSheet(order=order, sha256=sha256_of(content), added_by=by)
    sheet.scan.save(f"order-{order.pk}-{scan.name}", scan, save=False)
    sheet.save()
    return sheet


@transaction.atomic
def remind_readers(order, *, by):
    """Write once to those with an account who have not read the order. Returns how many letters are new."""
    require(by, "documents.record_familiarization", order)
    lines = order.familiarizations.waiting().select_related("person__user")
    return sum(emails.reading_reminded(order, line) for line in lines if has_account(line.person))


def familiarization_pdf(order):
    """The list with the dates, as it is printed; who has not read it yet has lines to sign."""
    lines = order.familiarizations.select_related("person").order_by("pk")
    return render_pdf("documents/pdf/familiarization.html", {"order": order, "lines": lines})


def waiting_for(user):
    """The orders that the user has to read yet, the oldest first."""
    lines = Familiarization.objects.of_reader(user).waiting().filter(order__status=Order.Status.APPROVED)
    return lines.order_by("order__approved_on", "pk")


def _keep(line, way, read_on, by):
    line.way, line.read_on, line.recorded_by, line.recorded_at = way, read_on, by, timezone.now()
    line.address = current_origin().address
    line.save(update_fields=["way", "read_on", "recorded_by", "recorded_at", "address"])


def _check_day(order, day):
    if day > timezone.localdate():
        raise ValidationError({"read_on": _("This day has not come yet.")})
    if day < order.approved_on:
        raise ValidationError(
            {
                "read_on": _("The order is of %(day)s: nobody can have read it before.")
                % {"day": date_format(order.approved_on, "SHORT_DATE_FORMAT")}
            }
        )
