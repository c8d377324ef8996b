"""The texts of consents in an organization: which version counts, a new one, and what a version leaves to a pen."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from participants.consent_givers import email_of
from participants.consent_texts import blanks_by_link
from participants.models import Application, Consent, ConsentKind, ConsentText


def texts_of(organization):
    """The texts by which people of the organization may have signed: its own and the ready ones."""
    texts = ConsentText.objects.filter(Q(organization=organization) | Q(organization=None))
    return texts.order_by("kind", F("organization").asc(nulls_last=True), "-version")


def text_for(organization, kind):
    """The text that is printed and asked for now: the latest of the organization, else the ready one."""
    return texts_of(organization).filter(kind=kind).first()


def text_on(organization, kind, day):
    """The text that a paper of that day was printed by: the latest written by then, else the first ready one."""
    texts = texts_of(organization).filter(kind=kind)
    found = texts.filter(created_at__date__lte=day).first()
    return found or texts.filter(organization=None).order_by("version").first()


@transaction.atomic
def save_text(organization, kind, *, by, title, body, body_of_representative, valid_months):
    """Keep a text of the organization: a new version, or the latest one of its own while nobody has got it.

    A text equal to the one in use changes nothing. Returns the ConsentText in use afterwards. Raises ValidationError.
    """
    type(organization).objects.select_for_update().get(pk=organization.pk)
    values = {
        "title": title,
        "body": body,
        "body_of_representative": body_of_representative,
        "valid_months": valid_months,
    }
    used = text_for(organization, kind)
    if used is not None and all(getattr(used, name) == value for name, value in values.items()):
        return used
    own = ConsentText.objects.filter(organization=organization, kind=kind).order_by("-version").first()
    text = own if own is not None and not is_used(own) else None
    if text is None:
        text = ConsentText(organization=organization, kind=kind, version=own.version + 1 if own else 1)
    for name, value in {**values, "created_by": by, "created_at": timezone.now()}.items():
        setattr(text, name, value)
    text.full_clean()
    text.save()
    return text


def is_used(text):
    """Whether the version was printed, shown by a link or signed: then it stays as it is."""
    return text.used_at is not None or text.consents.exists() or Application.objects.filter(consent_text=text).exists()


def mark_used(texts):
    """From now on the versions are in the hands of people: they are never edited any more."""
    keys = [text.pk for text in texts if text.used_at is None]
    if keys:
        ConsentText.objects.filter(pk__in=keys, used_at=None).update(used_at=timezone.now())


MUST_BE_WHOLE = (ConsentKind.PUBLICATION, ConsentKind.EXTRA_DUTIES)


def known_of(person, given_by):
    """What the portal knows for the placeholders that a text confirmed by the link must not leave blank."""
    organization = person.organization
    office = organization.parent
    contacts = [person.phone, email_of(person, given_by)]
    if given_by == Consent.GivenBy.REPRESENTATIVE:
        contacts = [person.representative_phone, person.representative_email]
    return {
        "адрес организации": organization.address,
        "получатель": office.full_name if office else "",
        "адрес получателя": office.address if office else "",
        "сайт": organization.site_url,
        "контакты": ", ".join(filter(None, contacts)),
    }


def blanks_in(text, person, given_by):
    """Words for what keeps a text from being confirmed by the link; empty where nothing does.

    A publication without its places, and work whose content, term and pay are not said, cannot be agreed to by a tick;
    of the other kinds the blanks are left out on the screen.
    """
    if text.kind not in MUST_BE_WHOLE:
        return ""
    body = text.body_of_representative if given_by == Consent.GivenBy.REPRESENTATIVE else text.body
    unknown, by_hand = blanks_by_link(body, known_of(person, given_by))
    said = []
    if unknown:
        said.append(_("not entered: %(what)s") % {"what": ", ".join(unknown)})
    if by_hand:
        said.append(_("to be filled by hand: %(what)s") % {"what": "; ".join(f"«{head}»" for head in by_hand)})
    return "; ".join(said)


def check_is_whole(consent):
    """Raise ValidationError with what has to be filled in, where only a paper can be signed (`blanks_in`)."""
    if blanks := blanks_in(consent.text, consent.person, consent.given_by):
        raise ValidationError(
            _(
                "“%(title)s” cannot be confirmed by the link, its text has blanks (%(blanks)s). Enter what is missing in "
                "the requisites of the organization, or print the paper."
            ),
            code="blank",
            params={"title": consent.text.title, "blanks": blanks},
        )
