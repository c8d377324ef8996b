"""Depersonalization: when the ground for keeping a person's data has ended, the names go and the counts stay.

152-ФЗ art. 21: the data are destroyed or depersonalized within thirty days after the purpose is reached or the consent
is withdrawn, except what other laws oblige to keep: approved orders and agreements, and the consents themselves (three
years after they have ended, list of Росархив № 236 of 20.12.2019, article 441).
"""

from datetime import date

from auditlog.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from mentorship.models import OutboxLetter
from mentorship.pdf import PAPER_LANGUAGE, render_pdf, sha256_of
from participants.history import OF_PERSONS
from participants.holdings import Forgotten, forget, hindrances_to_forget
from participants.models import Consent, DepersonalizationAct, Membership, Person, RegistryImport

YEARS_OF_CONSENTS = 3
PERSONAL_FIELDS = {
    "patronymic": "", "gender": "", "birth_year": None, "position": "", "workplace": "", "email": "", "phone": "",
    "contact_note": "", "works_since": None, "works_here_since": None, "education": "", "qualification": "",
    "subject": "", "representative_name": "", "representative_email": "", "representative_phone": "", "name_forms": {},
    "position_forms": {},
}  # fmt: skip
HIDDEN = "—"


def pseudonym_of(person: Person) -> tuple[str, str]:
    """Last and first name that a depersonalized person bears: «Участник», «№ 17». It leads to nobody."""
    with override(PAPER_LANGUAGE):
        return _("Participant"), _("No. %(number)s") % {"number": person.pk}


@transaction.atomic
def depersonalize(person: Person, *, ground: str, by, today: date) -> DepersonalizationAct:
    """Take the person out of everything that the law does not oblige to keep, and draw up the act.

    Counts stay: rows of registries, pairs and meetings remain, under a number. Raises ValidationError while the person
    takes part (a pair in force or proposed, a role in the organization) or was depersonalized before.
    """
    person = Person.objects.select_for_update(of=("self",)).select_related("organization").get(pk=person.pk)
    if person.depersonalized_on:
        raise ValidationError(_("The person was depersonalized already."))
    if hindrances := hindrances_to_forget(person):
        raise ValidationError(hindrances)
    last_name, first_name = pseudonym_of(person)
    with override(PAPER_LANGUAGE):
        parts = forget(person, f"{last_name} {first_name}")
        act = DepersonalizationAct.objects.create(
            organization=person.organization,
            person=person,
            made_on=today,
            ground=ground,
            removed=[{"what": what, "count": count} for part in parts for what, count in part.removed if count],
            kept=[
                {"what": what, "count": count, "why": why} for part in parts for what, count, why in part.kept if count
            ],
            made_by=by,
        )
    content = render_pdf("participants/pdf/depersonalization_act.html", {"act": act})
    act.pdf.save(f"act-{act.pk}.pdf", ContentFile(content), save=False)
    act.pdf_sha256 = sha256_of(content)
    act.save(update_fields=["pdf", "pdf_sha256"])
    return act


# --- this floor -------------------------------------------------------------------------------------------------------
def hindrances_of_people_floor(person: Person):
    """Roles and requests that are not over."""
    if (
        person.user
        and Membership.objects.in_force().filter(user=person.user, organization=person.organization).exists()
    ):
        yield _("The person has a role in the organization: end it first.")
    if person.applications.filter(status__in=["submitted", "asked"]).exists():
        yield _("An application of the person waits for a decision.")


def forget_in_people_floor(person: Person, pseudonym: str) -> Forgotten:
    """Names, contacts, answers of applications, letters, the words of the history, the account."""
    result = Forgotten()
    addresses = {person.email, person.representative_email, person.user.email if person.user else ""} - {""}
    result.removed.append((_("letters"), _forget_letters(person, addresses)))
    result.removed.append((_("former names"), person.name_changes.count() + person.merges.count()))
    person.name_changes.all().delete()
    person.merges.all().delete()
    result.removed.append((_("applications with their answers"), _forget_applications(person)))
    result.removed.append((_("words in the registries"), _forget_entries(person)))
    result.removed.append((_("readings of imported files"), _forget_imports(person)))
    _forget_consents(person, result)
    result.removed.append((_("accounts"), _forget_account(person)))
    last_name, first_name = pseudonym_of(person)
    values = {"last_name": last_name, "first_name": first_name, **PERSONAL_FIELDS}
    for name, value in values.items():
        setattr(person, name, value)
    person.depersonalized_on = timezone.localdate()
    person.save()
    result.removed.append((_("name, contacts and data of the file"), 1))
    result.removed.append((_("words of the history"), _forget_history(person, pseudonym)))
    return result


def _forget_letters(person, addresses):
    return OutboxLetter.objects.filter(recipient__in=addresses, organization=person.organization).delete()[0]


def _forget_applications(person):
    count = 0
    for application in person.applications.all():
        answers, application.answers = application.answers, None
        for name in ("last_name", "first_name", "patronymic", "phone", "position", "workplace", "representative_name"):
            setattr(application, name, "")
        application.email, application.birth_year = f"removed-{application.pk}@example.invalid", None
        application.values, application.message = {}, ""
        application.save()
        if answers:
            answers.delete()
        count += 1
    return count


def _forget_entries(person):
    """Rows stay and are counted; what was written in one's own words goes."""
    count = 0
    for rows in (person.mentor_entries.all(), person.mentee_entries.all()):
        for row in rows:
            for field in row._meta.fields:
                if field.get_internal_type() in ("TextField", "CharField"):
                    setattr(row, field.name, "")
            row.save()
            count += 1
    return count


def _forget_imports(person):
    """The check page of an import keeps the rows of its file for a month: those that hold the person go as a whole."""
    imports = RegistryImport.objects.filter(organization=person.organization).exclude(file="").only("pk", "report")
    holding = [each.pk for each in imports if person.last_name and person.last_name in str(each.report)]
    for each in RegistryImport.objects.filter(pk__in=holding):
        each.file.delete(save=False)
    return RegistryImport.objects.filter(pk__in=holding).update(report={}, written={}, decisions={}, file="")


def _forget_consents(person, result):
    """A consent proves that the data were lawfully kept: with its scan it stays for three years after its end."""
    kept = 0
    for consent in person.consents.all():
        if consent.status == Consent.Status.ASKED:
            consent.delete()
            continue
        ended_on = consent.withdrawn_on or consent.valid_until or timezone.localdate()
        if consent.scan and (timezone.localdate() - ended_on).days > 365 * YEARS_OF_CONSENTS:
            consent.scan.delete(save=False)
            consent.scan_sha256 = ""
        else:
            kept += bool(consent.scan)
        consent.representative_name = HIDDEN if consent.representative_name else ""
        consent.save()
    why = _("Kept for three years after the consent has ended: list of Росархив No. 236 of 20.12.2019, article 441")
    result.kept.append((_("scans of consents"), kept, why))


def _forget_account(person):
    user, person.user = person.user, None
    if user is None:
        return 0
    if user.people.exclude(pk=person.pk).exists():
        return 0  # the account belongs to the person's file in another organization, too
    user.email = f"removed-{user.pk}@example.invalid"
    user.is_active = False
    user.set_unusable_password()
    user.save()
    user.emailaddress_set.all().delete()
    return 1


def _forget_history(person, pseudonym):
    """Who, when and what stay; the values that stood there go."""
    types = ContentType.objects.get_for_models(Person, *OF_PERSONS)
    about = Q(content_type=types[Person], object_id=person.pk) | Q(
        content_type__in=[types[model] for model in OF_PERSONS], additional_data__person=person.pk
    )
    entries = list(LogEntry.objects.filter(about))
    for entry in entries:
        entry.object_repr = pseudonym
        entry.changes = {name: [HIDDEN, HIDDEN] for name in entry.changes_dict or {}}
    LogEntry.objects.bulk_update(entries, ["object_repr", "changes"], batch_size=500)
    return len(entries)
