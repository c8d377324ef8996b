"""Depersonalization: when the ground for keeping a person's data has ended, the names go and the counts stay.

152-ФЗ art. 21: the data are destroyed or depersonalized within thirty days after the purpose is reached or the consent
is withdrawn, except what other laws oblige to keep: approved orders and agreements, and the consents themselves (three
years after they have ended, list of Росархив № 236 of 20.12.2019, article 441).
"""

from collections.abc import Collection
from datetime import date, timedelta
from functools import partial

from auditlog.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from mentorship.models import Job, OutboxLetter, StatusEvent
from mentorship.pdf import PAPER_LANGUAGE, render_pdf, sha256_of
from participants.history import HIDDEN, OF_PERSONS, hide_in_history, hide_values, keys_of
from participants.holdings import (
    Forgotten,
    FreeTexts,
    forget,
    hindrances_to_forget,
    left_in_words,
    places_to_look_at,
    sought,
    words_in,
)
from participants.mentions import Sought
from participants.models import (
    AccountInvitation,
    Answers,
    Application,
    ApplicationCall,
    Consent,
    DepersonalizationAct,
    DestructionAct,
    LongTermMentor,
    Membership,
    MenteeEntry,
    MentorEntry,
    Person,
    RegistryImport,
    RemovalTask,
    User,
)
from participants.personal_records import applications_of, letters_to
from participants.registry_import import open_file, step_with_reading
from participants.registry_reading import UnreadableRegistry

YEARS_OF_CONSENTS = 3
DAYS_IN_YEAR = 365
PERSONAL_FIELDS = {
    "patronymic": "", "gender": "", "birth_year": None, "position": "", "workplace": "", "email": "", "phone": "",
    "contact_note": "", "works_since": None, "works_here_since": None, "education": "", "qualification": "",
    "subject": "", "representative_name": "", "representative_email": "", "representative_phone": "", "name_forms": {},
    "position_forms": {}, "former_names": "",
}  # fmt: skip
WAITING = (Application.Status.SUBMITTED, Application.Status.ASKED)


def pseudonym_of(person: Person) -> tuple[str, str]:
    """Last and first name that a depersonalized person bears: «Участник», «№ 17». It leads to nobody."""
    with override(PAPER_LANGUAGE):
        return _("Participant"), _("No. %(number)s") % {"number": person.pk}


@transaction.atomic
def depersonalize(person: Person, *, ground: str, by, today: date) -> DepersonalizationAct:
    """Take the person out of everything that the law does not oblige to keep, and draw up the act.

    Counts stay: rows of registries, pairs and meetings remain, under a number. Raises ValidationError while the person
    takes part (a pair in force or proposed, a role in an organization), is `by` himself or was depersonalized before.
    """
    person = Person.objects.select_for_update(of=("self",)).select_related("organization").get(pk=person.pk)
    if hindrances := hindrances_to_depersonalize(person, by=by):
        raise ValidationError(hindrances)
    last_name, first_name = pseudonym_of(person)
    with override(PAPER_LANGUAGE):
        places = places_to_look_at(person)
        parts = forget(person, f"{last_name} {first_name}")
        act = DepersonalizationAct.objects.create(
            organization=person.organization,
            person=person,
            made_on=today,
            ground=ground,
            removed=_summed(parts),
            kept=[
                {"what": what, "count": count, "why": why} for part in parts for what, count, why in part.kept if count
            ],
            left=left_in_words(places),
            made_by=by,
        )
    content = render_pdf("participants/pdf/depersonalization_act.html", {"act": act})
    act.pdf.save(f"act-{act.pk}.pdf", ContentFile(content), save=False)
    act.pdf_sha256 = sha256_of(content)
    act.save(update_fields=["pdf", "pdf_sha256"])
    return act


def _summed(parts):
    """[{"what", "count"}] of what the floors removed; what two of them name alike is one line."""
    sums = {}
    for what, count in (line for part in parts for line in part.removed):
        sums[what] = sums.get(what, 0) + count
    return [{"what": what, "count": count} for what, count in sums.items() if count]


def hindrances_to_depersonalize(person: Person, *, by) -> list[str]:
    """Why the user `by` cannot depersonalize the person now; nothing when he can."""
    if person.depersonalized_on:
        return [_("The person was depersonalized already.")]
    own = [_("This is your own file: another curator depersonalizes it.")] if person.user and person.user == by else []
    return own + hindrances_to_forget(person)


# --- this floor -------------------------------------------------------------------------------------------------------
def hindrances_of_people_floor(person: Person):
    """Roles and requests that are not over; the account would be closed with the file."""
    if person.user and person.user.is_superuser:
        yield _("The person is an administrator of the portal.")
    roles = Membership.objects.not_over().filter(user=person.user) if person.user else Membership.objects.none()
    if roles.filter(organization=person.organization_id).exists():
        yield _("The person has a role in the organization: end it first.")
    if roles.exclude(organization=person.organization_id).exists():
        yield _("The account of the person has a role in another organization: it must end there first.")
    if any(application.status in WAITING for application in applications_of(person)):
        yield _("An application of the person waits for a decision.")
    under_way = RegistryImport.objects.filter(
        organization=person.organization, status__in=[RegistryImport.Status.READING, RegistryImport.Status.WRITING]
    )
    keys, who = keys_of(person), sought(person)
    if any(holds_person(each, keys, who) for each in under_way):
        yield _("A registry with the person is being imported: wait until it is done.")


def texts_of_people_floor(person: Person):
    """Where others have written of the person: rows of others, letters, comments of steps, answers, tasks."""
    organization = person.organization
    others = {"person__organization": organization}
    for model in (MentorEntry, MenteeEntry):
        rows = model.objects.filter(**others).exclude(person=person)
        yield FreeTexts(_("mentions in the registries"), rows, tuple(_texts_of(model)))
    notes = LongTermMentor.objects.filter(**others).exclude(person=person)
    yield FreeTexts(_("mentions in the registries"), notes, ("note",), address=_file_of)
    tasks = RemovalTask.objects.filter(consent__person__organization=organization)
    for is_own in (True, False):
        rows = tasks.filter(consent__person=person) if is_own else tasks.exclude(consent__person=person)
        yield FreeTexts(_("tasks after withdrawals"), rows, ("what", "note"), is_own=is_own, address=_removal_tasks)
    letters = OutboxLetter.objects.filter(organization=organization)
    letters = letters.exclude(pk__in=[letter.pk for letter in letters_to(person)])
    yield FreeTexts(_("mentions in letters to others"), letters, ("subject", "body", "html"))
    own_steps = steps_of(Consent, person.consents.values("pk"))
    yield FreeTexts(_("comments of steps"), own_steps, ("comment",), is_own=True, address=_of_step)
    applications = [application.pk for application in applications_of(person)]
    answers = Answers.objects.filter(application__call__organization=organization)
    answers = answers.exclude(application__in=applications).select_related("application")
    yield FreeTexts(_("mentions in applications of others"), answers, ("values",), address=_application_of)
    jobs = Job.objects.filter(organization=organization)
    yield FreeTexts(_("titles of long work"), jobs, ("title", "result"))
    calls = ApplicationCall.objects.filter(organization=organization)
    why = _("it is a text of the organization itself: change it where it should be changed")
    yield FreeTexts(_("pages for applications"), calls, ("introduction",), kept_because=why, address=_call_page)
    files = organization.people.exclude(pk=person.pk).filter(depersonalized_on=None)
    why = _("it is part of the file of another person")
    yield FreeTexts(_("files of others"), files, ("representative_name", "contact_note", "workplace"), kept_because=why)


def steps_of(model, keys):
    """The recorded steps with a comment of the rows of a model; `keys` is a queryset of keys or a list."""
    content_type = ContentType.objects.get_for_model(model)
    return StatusEvent.objects.filter(content_type=content_type, object_id__in=keys).exclude(comment="")


def _texts_of(model):
    return [each.name for each in model._meta.fields if each.get_internal_type() in ("TextField", "CharField")]


def _file_of(row):
    return row.person.get_absolute_url()


def _of_step(step):
    return step.subject.get_absolute_url() if step.subject else ""


def _removal_tasks(task):
    return reverse("participants:removal-tasks")


def _application_of(answers):
    return answers.application.get_absolute_url()


def _call_page(call):
    return reverse("participants:application-call-edit")


def forget_in_people_floor(person: Person, pseudonym: str) -> Forgotten:
    """Names, contacts, answers of applications, letters, the words of the history, the account."""
    result, who = Forgotten(), sought(person)
    keys, applications = keys_of(person), [application.pk for application in applications_of(person)]
    result.removed.append((_("letters"), _forget_letters(person)))
    result.removed.append((_("applications with their answers"), _forget_applications(person)))
    result.removed.append((_("words in the registries"), _forget_entries(person)))
    result.removed.append((_("imported files with what was read from them"), _forget_imports(person, keys, who)))
    result.removed.append((_("former names"), _forget_former_names(person, pseudonym)))
    _forget_consents(person, result)
    _forget_account(person, pseudonym, result)
    last_name, first_name = pseudonym_of(person)
    values = {"last_name": last_name, "first_name": first_name, **PERSONAL_FIELDS}
    for name, value in values.items():
        setattr(person, name, value)
    person.depersonalized_on = timezone.localdate()
    person.save()
    result.removed.append((_("name, contacts and data of the file"), 1))
    result.removed.append((_("words of the history"), _forget_history(keys, applications, pseudonym)))
    return result


def _forget_letters(person):
    letters = letters_to(person, of_no_organization=True)
    return OutboxLetter.objects.filter(pk__in=[letter.pk for letter in letters]).delete()[0]


def _forget_applications(person):
    applications = applications_of(person)
    for application in applications:
        answers, application.answers = application.answers, None
        for name in ("last_name", "first_name", "patronymic", "phone", "position", "workplace", "representative_name"):
            setattr(application, name, "")
        application.email, application.birth_year = f"removed-{application.pk}@example.invalid", None
        application.values, application.message, application.person = {}, "", person
        application.save()
        application.events.update(comment="")
        if answers:
            answers.delete()
    return len(applications)


def _forget_entries(person):
    """Rows stay and are counted; what was written in one's own words goes."""
    count = 0
    for rows in (person.mentor_entries.all(), person.mentee_entries.all()):
        for row in rows:
            for name in _texts_of(type(row)):
                setattr(row, name, "")
            row.save()
            count += 1
    if long_term := LongTermMentor.objects.filter(person=person).exclude(note="").first():
        long_term.note = ""
        long_term.save(update_fields=["note"])
        count += 1
    return count


def _forget_imports(person, keys, who):
    """Files of registries that hold the person go as a whole, with all that was read from them; counts stay.

    An import that nobody has confirmed yet cannot be gone on with: its pages say why.
    """
    refusal = _("The file was destroyed: it held a person whose data were depersonalized. Upload the registry anew.")
    count = 0
    for each in RegistryImport.objects.filter(organization=person.organization):
        if not holds_person(each, keys, who):
            continue
        delete_after_commit(each.file)
        counts = {"counts": each.written["counts"]} if "counts" in each.written else {}
        values = {"file": "", "report": {}, "written": counts, "decisions": {}}
        if who.holds_surname(each.file_name):
            values["file_name"] = f"{HIDDEN}.{each.file_name.rpartition('.')[2]}"
        if RegistryImport.Status.UNREADABLE in each.NEXT.get(each.status, ()):
            with step_with_reading(each, RegistryImport.Status.UNREADABLE, by=None) as step:
                step.update(values | {"refusal": refusal})
        else:
            RegistryImport.objects.filter(pk=each.pk).update(**values, refusal=refusal)
        about = Q(content_type=ContentType.objects.get_for_model(RegistryImport), object_id=each.pk)
        hide_in_history(about, lambda text: HIDDEN if who.holds_surname(text) else text)
        count += 1
    return count


def holds_person(registry_import: RegistryImport, keys: Collection[int], who: Sought) -> bool:
    """Whether an import knows the person by a key, or its reading, its file or its name holds the surname.

    A file of which nothing was read yet is looked through; one that cannot be opened is taken for one that does.
    """
    report, written = registry_import.report, registry_import.written.get("people", {})
    known = {row[0] for rows in (written.get("created", ()), written.get("changed", ())) for row in rows}
    known |= {row.get("person") for row in report.get("plan", ())}
    if known & set(keys) or who.holds_surname(registry_import.file_name):
        return True
    if any(who.holds_surname(text) for text in words_in([report, registry_import.decisions])):
        return True
    if not registry_import.file or "plan" in report:
        return False
    try:
        sheets = open_file(registry_import)
    except (UnreadableRegistry, OSError):
        return True
    return any(who.holds_surname(str(cell)) for sheet in sheets for row in sheet.rows for cell in row)


def _forget_former_names(person, pseudonym):
    """Former names go; of joined files the keys stay, so that links and the history still lead to this one."""
    count = person.name_changes.count() + person.merges.count()
    for change in person.name_changes.all():
        change.delete()
    for merge in person.merges.all():
        merge.former_name = pseudonym
        merge.save(update_fields=["former_name"])
    return count


def _forget_consents(person, result):
    """A consent proves that the data were lawfully kept: with its scan it stays for three years after its end.

    It ends today: a person without a name takes part in nothing and stands in no list.
    """
    today = timezone.localdate()
    kept = scans = 0
    for consent in person.consents.all():
        if consent.status == Consent.Status.ASKED:
            consent.delete()
            continue
        ended_on = consent.withdrawn_on or consent.valid_until or today
        is_old = (today - ended_on).days > DAYS_IN_YEAR * YEARS_OF_CONSENTS
        if consent.scan and is_old:
            delete_after_commit(consent.scan)
            consent.scan, consent.scan_sha256 = "", ""
        if consent.representative_name and (is_old or consent.scan):
            consent.representative_name = HIDDEN  # the scan has it; without one, by the link, the name is the evidence
        if consent.status == Consent.Status.GIVEN and (consent.valid_until is None or consent.valid_until >= today):
            consent.valid_until = max(consent.given_on, today - timedelta(days=1))
        consent.save()
        kept += 1
        scans += bool(consent.scan)
    why = _("Kept for three years after the consent has ended: list of Росархив No. 236 of 20.12.2019, article 441")
    result.kept.append((_("consents, refusals and withdrawals with their dates"), kept, why))
    result.kept.append((_("scans of consents"), scans, why))
    acts = DestructionAct.objects.filter(organization=person.organization).values_list("lines", flat=True)
    named = sum(any(line["person"] == person.pk for line in lines) for lines in acts)
    why = _("Kept for three years: order of Роскомнадзор No. 179 of 28.10.2022")
    result.kept.append((_("acts of destruction of consents"), named, why))


def _forget_account(person, pseudonym, result):
    user, person.user = person.user, None
    if user is None:
        return
    if user.people.exclude(pk=person.pk).exists():
        why = _("It is of the person's file in another organization, too")
        result.kept.append((_("accounts"), 1, why))
        return
    LogEntry.objects.filter(actor=user).update(actor_email=None, remote_addr=None)
    for invitation in user.account_invitations.all():
        invitation.delete()
    user.email = f"removed-{user.pk}@example.invalid"
    user.is_active = False
    user.set_unusable_password()
    user.save()
    user.emailaddress_set.all().delete()
    types = ContentType.objects.get_for_models(User, AccountInvitation)
    about = Q(content_type=types[User], object_id=user.pk) | Q(
        content_type=types[AccountInvitation], additional_data__user=user.pk
    )
    hide_values(about, pseudonym)
    result.removed.append((_("accounts"), 1))


def delete_after_commit(file):
    """Delete a stored file once the transaction is committed: what is rolled back keeps its file."""
    if file:
        transaction.on_commit(partial(file.storage.delete, file.name))


def _forget_history(keys, applications, pseudonym):
    """Who, when and what stay; the values that stood there go. An application was written before it had a person."""
    types = ContentType.objects.get_for_models(Person, *OF_PERSONS)
    return hide_values(
        Q(content_type=types[Person], object_id__in=keys)
        | Q(content_type=types[Application], object_id__in=applications)
        | Q(content_type__in=[types[model] for model in OF_PERSONS], additional_data__person__in=keys),
        pseudonym,
    )
