"""Asking for consents: the request, the personal link, the letter that brings it."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mentorship.transitions import move, record
from participants import emails
from participants.consent_givers import checked_giver, email_of, is_overtaken
from participants.consent_rules import LACKING, State, state_among
from participants.consent_versions import check_is_whole, mark_used, text_for
from participants.models import Consent, Person

LINK_DAYS = 30  # a link that was not used for so long asks for nothing any more


@transaction.atomic
def ask_consent(person, kind, *, by, today, given_by=None):
    """Open a request for a consent, answered by its personal link or on paper. Returns the Consent.

    A request that is open already is returned as it is; one that went to the wrong person is cancelled. `given_by` says
    who answers; without it the birth year does.
    Raises ValidationError where a consent is in force for longer than a month, or nobody can answer.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    person.check_is_open()
    own = list(person.consents.filter(kind=kind))
    for consent in own:
        if consent.status == Consent.Status.ASKED and not is_overtaken(consent, year=today.year):
            return consent
        if consent.status == Consent.Status.ASKED:
            move(consent, Consent.Status.CANCELLED, by=by, comment=_("It went to somebody who may not answer it."))
    if state_among(own, today) == State.VALID:
        raise ValidationError(_("%(person)s: this consent is in force already."), params={"person": person})
    text = text_for(person.organization, kind)
    giver, name = checked_giver(person, kind, text, year=today.year, given_by=given_by)
    consent = Consent(
        person=person, kind=kind, text=text, given_by=giver, representative_name=name, way=Consent.Way.LINK
    )
    check_is_whole(consent)
    consent.full_clean()
    consent.save()
    mark_used([text])
    record(consent, by=by)
    return consent


def send_links(consents, *, now):
    """One letter with the links of the open requests of one person, to whoever answers. Returns the address, or "".

    Nothing is sent where there is no address, or where the links went less than ten minutes ago.
    """
    consents = [each for each in consents if not each.sent_at or now - each.sent_at > timedelta(minutes=10)]
    if not consents or not (address := address_of(consents[0])):
        return ""
    Consent.objects.filter(pk__in=[consent.pk for consent in consents]).update(sent_at=now)
    emails.consents_asked(consents, address, answer_by=timezone.localdate(now) + timedelta(days=LINK_DAYS))
    return address


def address_of(consent):
    """Where the link of a request goes."""
    return email_of(consent.person, consent.given_by)


def link_ends_on(consent):
    """The last day on which the personal link answers, or None where it has none."""
    if consent.status in (Consent.Status.ASKED, Consent.Status.REFUSED):
        return timezone.localdate(consent.sent_at or consent.created_at) + timedelta(days=LINK_DAYS)
    return consent.valid_until if consent.status == Consent.Status.GIVEN else None


def ask_by_letter(standing, kinds, *, by, now):
    """Ask a person for those of the kinds that he lacks, by one letter; what only a paper can have is left out of it.

    Returns (how many letters were written: 0 or 1, sentences that say why not). Who has refused or withdrawn is not
    asked again this way.
    """
    today = timezone.localdate(now)
    wanted = (*LACKING, State.EXPIRING)
    consents, reasons = [], []
    with transaction.atomic():
        for kind in kinds:
            if standing.states[kind] in wanted:
                try:
                    consents.append(ask_consent(standing.person, kind, by=by, today=today))
                except ValidationError as error:
                    reasons += error.messages
        if not consents or send_links(consents, now=now):
            return int(bool(consents)), list(dict.fromkeys(reasons))
    sentence = _("%(person)s: no e-mail in the file; the request waits, hand over the link or the paper.")
    if address_of(consents[0]):
        sentence = _("%(person)s: the link was sent some minutes ago.")
    return 0, [*dict.fromkeys(reasons), sentence % {"person": standing.person}]
