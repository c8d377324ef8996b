"""The signed paper of a consent: its day, its scan, and an entry made by mistake taken back."""

import hashlib
from pathlib import PurePosixPath

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from mentorship.transitions import move, record
from participants.consent_days import check_day
from participants.models import Consent, Person
from participants.models.accounts import new_token


@transaction.atomic
def keep_paper(consent, *, by, signed_on, scan=None):
    """Record that the paper of a consent confirmed by the link was signed, with its scan or without. Returns the Consent.

    The answer by the link stays the beginning of the term. Raises ValidationError for a day in the future, and where
    the paper is there already.
    """
    consent = Consent.objects.select_for_update().get(pk=consent.pk)
    check_day(signed_on)
    if consent.status != Consent.Status.GIVEN or consent.has_paper:
        raise ValidationError(_("The signed paper of this consent is there already, or it is not in force."))
    write_fields(consent, paper_on=signed_on, **scan_values(scan))
    record(consent, previous=consent.status, by=by, comment=_("The signed paper came back."))
    return consent


@transaction.atomic
def keep_scan(consent, scan, *, by, why=""):
    """File the scan of the signed paper; `scan` has passed `scans.check_scan`. Returns the Consent.

    A scan in place of another one wants a reason (`why`): the history keeps it with the SHA-256 of the former file,
    which is deleted. Raises ValidationError without the reason, and for a consent that was never given.
    """
    consent = Consent.objects.select_for_update().get(pk=consent.pk)
    if consent.status not in (Consent.Status.GIVEN, Consent.Status.WITHDRAWN):
        raise ValidationError(_("A scan is kept with a consent that was given."))
    said = _("The scan is filed.")
    if consent.scan:
        if not why:
            raise ValidationError(
                _("The consent has its scan already. Say why another one takes its place."), code="why"
            )
        said = _("The scan is replaced: %(why)s. SHA-256 of the former file: %(sha)s")
        said = said % {"why": why.rstrip("."), "sha": consent.scan_sha256}
        _delete_on_commit(consent.scan)
    write_fields(consent, **scan_values(scan))
    record(consent, previous=consent.status, by=by, comment=said)
    return consent


@transaction.atomic
def undo_entry(consent, *, by):
    """Take back what was entered by mistake: a consent from paper, or the paper of one that was confirmed by the link.

    A request that it answered is open again, else the consent is cancelled; its scan goes, the history stays. Returns
    the Consent. Raises ValidationError for what was withdrawn meanwhile.
    """
    person = Person.objects.select_for_update().get(pk=consent.person_id)
    consent = person.consents.select_for_update(of=("self",)).get(pk=consent.pk)
    scan, said = consent.scan, _("Entered by mistake.")
    values = {"scan": "", "scan_sha256": ""}
    if consent.way == Consent.Way.LINK and consent.status == Consent.Status.GIVEN:
        write_fields(consent, paper_on=None, **values)
        record(consent, previous=consent.status, by=by, comment=said)
    elif consent.events.filter(status=Consent.Status.GIVEN, previous=Consent.Status.ASKED).exists():
        values |= {"given_on": None, "valid_until": None, "way": Consent.Way.LINK}
        consent = move(consent, Consent.Status.ASKED, by=by, comment=said, **values)
    else:
        consent = move(consent, Consent.Status.CANCELLED, by=by, comment=said, **values)
    if scan:
        _delete_on_commit(scan)
    return consent


def write_fields(consent, **values):
    for name, value in values.items():
        setattr(consent, name, value)
    consent.full_clean()
    consent.save(update_fields=list(values))


def _delete_on_commit(scan):
    """A file goes once the row no longer names it for good."""
    storage, name = scan.storage, scan.name
    transaction.on_commit(lambda: storage.delete(name))


def scan_values(scan):
    """Fields of a scan: a name that tells nothing, and the SHA-256 of the content."""
    if scan is None:
        return {}
    scan.seek(0)
    content = scan.read()
    suffix = PurePosixPath(scan.name.lower()).suffix
    file = ContentFile(content, name=f"{new_token()}{suffix}")
    return {"scan": file, "scan_sha256": hashlib.sha256(content).hexdigest()}
