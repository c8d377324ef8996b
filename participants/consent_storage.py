"""Consents whose storage term is over: found by the day, destroyed by a person with an act, never silently.

A consent proves that data were lawfully kept: it stays for three years after it has ended (list of Росархив № 236 of
20.12.2019, article 441), then it is destroyed with an act, which is itself kept for three years (order of Роскомнадзор
№ 179 of 28.10.2022). The fact that a consent was there stays in the person's file as long as the file does: what
goes is the scan, the representative's name and the words of its steps; the paper is destroyed by hand.
"""

from datetime import date

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from mentorship.models import StatusEvent
from mentorship.pdf import render_pdf, sha256_of
from mentorship.school_year import SchoolYear
from mentorship.transitions import record
from participants.consent_rules import years_later
from participants.depersonalization import YEARS_OF_CONSENTS, delete_after_commit, steps_of
from participants.history import HIDDEN
from participants.models import Consent, DestructionAct, MenteeEntry, MentorEntry, Organization, RemovalTask


def ended_on(consent: Consent, last_year: int | None) -> date:
    """The day on which the consent's purpose ended: withdrawn, refused, run out, or the person's last school year over.

    `last_year` is that of the person's latest row in a registry.
    """
    if consent.status == Consent.Status.WITHDRAWN:
        return consent.withdrawn_on
    if consent.status == Consent.Status.GIVEN:
        year_over = SchoolYear(last_year).ends_on if last_year else consent.given_on
        return consent.ends_on or max(year_over, consent.given_on)
    return timezone.localdate(consent.created_at)


def kept_until(consent: Consent, last_year: int | None) -> date:
    """The last day of the storage term."""
    return years_later(ended_on(consent, last_year), YEARS_OF_CONSENTS)


def due_for_destruction(organization: Organization, today: date) -> list[Consent]:
    """Consents of the organization that nothing obliges to keep any more, the longest over first; each with `kept_until`.

    Open requests are none yet; a withdrawal that has left something to do waits until it is done.
    """
    old = years_later(today, -YEARS_OF_CONSENTS)
    tasks = RemovalTask.objects.open().filter(consent=OuterRef("pk"))
    consents = (
        Consent.objects.filter(person__organization=organization, destroyed_on=None)
        .exclude(status=Consent.Status.ASKED)
        .filter(Q(given_on__lte=old) | Q(given_on=None, created_at__date__lte=old), ~Exists(tasks))
        .select_related("person", "text")
    )
    years = _last_years(organization)
    found = []
    for consent in consents:
        consent.kept_until = kept_until(consent, years.get(consent.person_id))
        if consent.kept_until < today:
            found.append(consent)
    return sorted(found, key=lambda each: (each.kept_until, each.person.sort_name, each.pk))


def _last_years(organization):
    """{person.pk: the latest school year of his rows}."""
    years: dict[int, int] = {}
    for model in (MentorEntry, MenteeEntry):
        rows = model.objects.filter(person__organization=organization).order_by().values("person")
        for key, year in rows.annotate(last=Max("school_year")).values_list("person", "last"):
            years[key] = max(year, years.get(key, year))
    return years


@transaction.atomic
def destroy_consents(organization: Organization, keys, *, by, today: date) -> DestructionAct:
    """Destroy those of the consents that are due, and draw up the act. Returns the act, with its file.

    Raises ValidationError where none of them is due: somebody else was quicker, or the term is not over.
    """
    Organization.objects.select_for_update().get(pk=organization.pk)
    chosen = set(keys)
    consents = [each for each in due_for_destruction(organization, today) if each.pk in chosen]
    if not consents:
        raise ValidationError(_("Nothing is to be destroyed: tick consents whose storage term is over."))
    act = DestructionAct.objects.create(
        organization=organization,
        made_on=today,
        made_by=by,
        lines=[{"consent": consent.pk, "person": consent.person_id} for consent in consents],
    )
    lines = [
        {
            "person": consent.person.full_name,
            "kind": consent.get_kind_display(),
            "given_on": consent.given_on,
            "kept_until": consent.kept_until,
            "has_scan": bool(consent.scan),
            "is_paper": consent.has_paper,
        }
        for consent in consents
    ]
    content = render_pdf("participants/pdf/destruction_act.html", {"act": act, "lines": lines})
    act.pdf.save(f"destruction-{act.pk}.pdf", ContentFile(content), save=False)
    act.pdf_sha256 = sha256_of(content)
    act.save(update_fields=["pdf", "pdf_sha256"])
    StatusEvent.objects.filter(pk__in=steps_of(Consent, [each.pk for each in consents]).values("pk")).update(comment="")
    for consent in consents:
        delete_after_commit(consent.scan)
        consent.scan = consent.scan_sha256 = ""
        consent.representative_name = HIDDEN if consent.representative_name else ""
        consent.destroyed_on = today
        consent.save(update_fields=["scan", "scan_sha256", "representative_name", "destroyed_on"])
        record(consent, previous=consent.status, by=by, comment=_("Destroyed after the storage term: %s") % act)
    return act
