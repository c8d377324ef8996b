"""What is answered to a request for a consent: given, refused, withdrawn, on paper or by the personal link.

Who needs which kind is said in consent_rules.py, who gives it in consent_givers.py; consent_asking.py asks,
consent_standing.py tells who has which.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from mentorship.transitions import move, record
from participants import emails
from participants.consent_days import check_day, day_in_words
from participants.consent_filing import keep_paper, scan_values
from participants.consent_givers import checked_giver, is_overtaken
from participants.consent_removals import leave_tasks
from participants.consent_rules import last_day
from participants.consent_versions import check_is_whole, mark_used, text_for, text_on
from participants.models import Consent, ConsentText, Person

GIVEN, ASKED = Consent.Status.GIVEN, Consent.Status.ASKED


@transaction.atomic
def give_consent(
    person,
    kind,
    *,
    by,
    given_on,
    valid_until=None,
    given_by=None,
    representative_name="",
    way=Consent.Way.PAPER,
    text=None,
    scan=None,
):
    """Record that a consent was given: the open request is answered, or a consent without one is entered.

    The paper of a consent that is in force by the link alone is kept with that one. `by` is None for who answers by the
    link. Without `valid_until` the text says how long, longer is refused; without `text` it is the one of that day.
    `scan` is a file that `scans.check_scan` has let pass. Returns the Consent. Raises ValidationError for a day in the
    future, a wrong giver, or a consent of that kind and day that is entered already.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    person.check_is_open()
    check_day(given_on)
    own = person.consents.filter(kind=kind)
    consent = own.filter(status=ASKED).first()
    text = text or (consent.text if consent else text_on(person.organization, kind, given_on))
    _check_text(text, given_on)
    giver, name = checked_giver(
        person, kind, text, year=given_on.year, given_by=given_by, representative_name=representative_name
    )
    unsigned = _unsigned(own, text) if way == Consent.Way.PAPER and not valid_until else None
    if unsigned is not None:
        return keep_paper(unsigned, by=by, signed_on=given_on, scan=scan)
    if own.filter(status=GIVEN, given_on=given_on).exists():
        raise ValidationError(
            _("%(person)s: the consent of %(day)s is entered already."),
            code="entered_already",
            params={"person": person, "day": date_format(given_on, "SHORT_DATE_FORMAT")},
        )
    last = last_day(given_on, text.valid_months)
    if valid_until and last and valid_until > last:
        raise ValidationError(
            _("By this text the consent holds for %(months)s months, till %(day)s at most."),
            code="too_long",
            params={"months": text.valid_months, "day": day_in_words(last)},
        )
    values = {
        "text": text,
        "given_by": giver,
        "representative_name": name,
        "way": way,
        "given_on": given_on,
        "valid_until": valid_until or last,
        **scan_values(scan),
    }
    if name and not person.representative_name:
        person.representative_name = name
        person.save(update_fields=["representative_name"])
    mark_used([text])
    if consent:
        return move(consent, GIVEN, by=by, **values)
    consent = Consent(person=person, kind=kind, status=GIVEN, **values)
    consent.full_clean()
    consent.save()
    record(consent, by=by)
    return consent


def _unsigned(own, text):
    """The consent in force of the text that was confirmed by the link alone: the paper that came back is its paper."""
    for consent in own.filter(status=GIVEN, way=Consent.Way.LINK, text=text):
        if not consent.has_paper and consent.is_in_force(timezone.localdate()):
            return consent
    return None


@transaction.atomic
def give_by_link(consent, *, by, today):
    """The answer “yes” by the personal link, also of who refused before. Returns the Consent.

    Raises ValidationError where another one has to answer by now (`is_overtaken`).
    """
    person = Person.objects.select_for_update().get(pk=consent.person_id)
    consent = person.consents.select_related("text").get(pk=consent.pk)
    if is_overtaken(consent, year=today.year):
        raise ValidationError(
            _("By the birth year in the file this consent is not yours to give. Ask the curator for a new link."),
            code="overtaken",
        )
    check_is_whole(consent)
    values = {"given_on": today, "valid_until": last_day(today, consent.text.valid_months), "way": Consent.Way.LINK}
    return move(consent, GIVEN, by=by, **values)


def refuse_by_link(consent, *, by):
    """The answer “no” by the personal link; the link lets change it to “yes” while it works. Returns the Consent."""
    return move(consent, Consent.Status.REFUSED, by=by)


@transaction.atomic
def refuse_consent(person, kind, *, by, comment=""):
    """Record that the consent was refused: the open request is answered, or the refusal is entered without one.

    Returns the Consent. Raises ValidationError where one is in force: that one is withdrawn, not refused.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    person.check_is_open()
    consent = person.consents.filter(kind=kind, status=ASKED).first()
    if consent:
        return move(consent, Consent.Status.REFUSED, by=by, comment=comment)
    today = timezone.localdate()
    if person.consents.filter(kind=kind).in_force(today).exists():
        raise ValidationError(_("%(person)s: the consent is in force. Withdraw it."), params={"person": person})
    text = text_for(person.organization, kind)
    giver, name = checked_giver(person, kind, text, year=today.year)
    consent = Consent(
        person=person,
        kind=kind,
        text=text,
        status=Consent.Status.REFUSED,
        given_by=giver,
        representative_name=name,
    )
    consent.full_clean()
    consent.save()
    record(consent, by=by, comment=comment)
    return consent


@transaction.atomic
def withdraw_consent(consent, *, by, withdrawn_on, comment=""):
    """Record a withdrawal; from that day the person is out of what the consent was for.

    Other consents of the same kind that are given end with it. Makes a RemovalTask of all that the floors hold for the
    purpose, due thirty days after (152-ФЗ art. 21 part 5), what is published three working days; what an earlier
    withdrawal has left to do already is left once. Writes to the curators. `by` is None for who withdraws
    by the link. Returns the Consent. Raises ValidationError for a day in the future or before the consent was given.
    """
    check_day(withdrawn_on)
    person = Person.objects.select_for_update().get(pk=consent.person_id)
    consent = move(consent, Consent.Status.WITHDRAWN, by=by, comment=comment, withdrawn_on=withdrawn_on)
    for other in person.consents.filter(kind=consent.kind, status=GIVEN):
        last = max(withdrawn_on, other.given_on)
        move(other, Consent.Status.WITHDRAWN, by=by, comment=comment, withdrawn_on=last)
    tasks = leave_tasks(consent, person, withdrawn_on)
    emails.consent_withdrawn(consent, tasks)
    return consent


def _check_text(text, given_on):
    """Nobody has signed a version before it was written, unless it is the first: papers were there before the portal."""
    written_on = timezone.localdate(text.created_at)
    earlier = ConsentText.objects.filter(organization=text.organization_id, kind=text.kind, version__lt=text.version)
    if given_on < written_on and earlier.exists():
        raise ValidationError(
            _("%(text)s was written on %(written)s, after the paper of %(day)s: choose the version that was signed."),
            code="later_text",
            params={"text": capfirst(text.label), "written": day_in_words(written_on), "day": day_in_words(given_on)},
        )
