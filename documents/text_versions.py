"""Versions of an organization's own texts: written, taken back into force, put out of use for the ready text."""

import difflib

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.models import PaperText
from documents.paper_texts import ready_text
from documents.text_kinds import text_kind
from mentorship.permissions import require
from participants.models import Organization


def text_in_force(organization, kind):
    """The organization's version that new papers are made from, or None: then it is the ready text."""
    return PaperText.objects.in_force().filter(organization=organization, kind=kind).first()


def wording_of(organization, kind):
    """(the text that new papers of the kind are made from, what they keep of its origin as JSON data)."""
    own = text_in_force(organization, kind)
    return (own.text if own else ready_text(kind)), origin_of(own, kind)


def paper_text(organization, kind):
    """The organization's own text of a paper, else the ready one."""
    return wording_of(organization, kind)[0]


def origin_of(version, kind):
    """What a paper keeps of the text it was made from: the own version with its day, or the edition of the ready one."""
    if version is None:
        known = text_kind(kind)
        return {"edition": known.edition if known else 1}
    return {"id": version.pk, "version": version.version, "of": f"{timezone.localtime(version.created_at):%d.%m.%Y}"}


@transaction.atomic
def save_text(organization, kind, text, *, by, note="", based_on=None):
    """Make the next version and put it into force; the same text makes none. Returns the version in force.

    `based_on` is the key of the version that the editor was opened with, 0 for the ready text. Raises ValidationError
    for a faulty text, and where somebody else has put another text into force meanwhile.
    """
    require(by, "documents.manage_texts", organization)
    _lock(organization)
    used = text_in_force(organization, kind)
    text = _as_kept(text)
    if text == (used.text if used else ready_text(kind)):
        return used
    if based_on is not None and based_on != (used.pk if used else 0):
        raise ValidationError(
            _("Somebody has changed this text since you opened it. Compare with the text in force, then save again."),
            code="changed",
        )
    last = PaperText.objects.filter(organization=organization, kind=kind).aggregate(last=Max("version"))["last"] or 0
    new = PaperText(
        organization=organization, kind=kind, version=last + 1, text=text, note=note, created_by=by, is_in_force=False
    )
    new.full_clean()
    new.save()
    return _put_in_force(new)


@transaction.atomic
def take_back(version, *, by):
    """Put an old version into force again. Returns it."""
    require(by, "documents.manage_texts", version.organization)
    _lock(version.organization)
    version.clean()  # what the text may name may have changed since
    return _put_in_force(PaperText.objects.get(pk=version.pk))


@transaction.atomic
def return_to_ready(organization, kind, *, by):
    """New papers are made from the ready text again; the own versions stay to be read."""
    require(by, "documents.manage_texts", organization)
    _lock(organization)
    _put_out_of_force(organization, kind)


def difference(old, new):
    """[(sign, line)] of what changed between two texts: "-" was there, "+" is new, " " stayed."""
    rows = difflib.ndiff(old.splitlines(), new.splitlines())
    return [(row[0], row[2:]) for row in rows if row[0] != "?"]


def _put_in_force(version):
    if not version.is_in_force:
        _put_out_of_force(version.organization, version.kind)
        version.is_in_force, version.in_force_since = True, timezone.now()
        version.save(update_fields=["is_in_force", "in_force_since"])
    return version


def _put_out_of_force(organization, kind):
    for used in PaperText.objects.in_force().filter(
        organization=organization, kind=kind
    ):  # one at most; for the history
        used.is_in_force = False
        used.save(update_fields=["is_in_force"])


def _lock(organization):
    """Two people who save at one moment come one after the other."""
    Organization.objects.select_for_update().get(pk=organization.pk)


def _as_kept(text):
    return "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")).strip()
