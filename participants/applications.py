"""Applications from the side of who applies: begun, kept as a draft, consented to, submitted, chased, destroyed.

What the curator decides stands in application_decisions.py. Nobody signs in here: the personal link is the key.
"""

from datetime import timedelta

from auditlog.context import disable_auditlog
from auditlog.models import LogEntry
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mentorship.models import OutboxLetter
from mentorship.transitions import lock_for_step, move
from participants import emails
from participants.consent_givers import REPRESENTATIVE, SUBJECT
from participants.consent_rules import Age, age_in
from participants.consent_versions import text_for
from participants.models import Answers, Application, ApplicationCall, ConsentKind, Person
from participants.questionnaires import offered_to
from participants.questions_form import QuestionsForm

Status = Application.Status
DRAFT, ASKED, SUBMITTED, DECLINED = Status.DRAFT, Status.ASKED, Status.SUBMITTED, Status.DECLINED
DRAFTS_PER_EMAIL = 3  # brothers and sisters apply from one address of their parents
CHASED_AFTER = timedelta(days=3)
DESTROYED_AFTER_DAYS = 30

ABOUT, CONSENT, QUESTIONS, CHECK = "about", "consent", "questions", "check"
STEPS = {
    ABOUT: gettext_lazy("About you"),
    CONSENT: gettext_lazy("Consent"),
    QUESTIONS: gettext_lazy("Questionnaire"),
    CHECK: gettext_lazy("Check"),
}
# Who consents to what about whom: another name or age is another consent.
IDENTITY = ("last_name", "first_name", "patronymic", "birth_year", "kind", "representative_name")
ABOUT_FIELDS = (*IDENTITY, "phone", "position", "workplace")


class TooManyDraftsError(ValidationError):
    """The address has as many unfinished applications to the page as it may have."""


# --- the page ---------------------------------------------------------------------------------------------------------
def parts_of(call):
    """[(role, is_pupil)] of those who may apply by the page, adults first."""
    every = [(role, is_pupil) for is_pupil in (False, True) for role in Application.Role.values]
    return [(role, is_pupil) for role, is_pupil in every if call.questionnaire_for(role, is_pupil=is_pupil)]


@transaction.atomic
def save_call(call):
    """Keep a new or a changed page for applications. Raises ValidationError, also where the year has one already."""
    type(call.organization).objects.select_for_update().get(pk=call.organization_id)
    call.full_clean()
    call.save()
    return call


def offered_questionnaires(organization, purpose):
    """What a page may ask: the ready questionnaires and the organization's own that have questions."""
    return offered_to(organization, purpose=purpose).exclude(questions=None).distinct()


# --- a draft ----------------------------------------------------------------------------------------------------------
@transaction.atomic
def start_application(call, *, role, is_pupil, email, today):
    """Begin an application and send its personal link. Returns the Application.

    Raises ValidationError where the page takes no applications of this kind today, and TooManyDraftsError where the
    address has begun as many as it may; then the letter with the links of those was sent instead.
    """
    call = ApplicationCall.objects.select_for_update().get(pk=call.pk)  # a form sent twice waits here
    if not call.is_open(today) or not call.questionnaire_for(role, is_pupil=is_pupil):
        raise ValidationError(_("The page takes no such applications."))
    email = email.strip().lower()
    drafts = list(call.applications.filter(status=DRAFT, email=email).order_by("pk"))
    if len(drafts) >= DRAFTS_PER_EMAIL:
        raise TooManyDraftsError(_("From this address enough applications have been begun."))
    kind = Person.Kind.PUPIL if is_pupil else ""
    application = Application(call=call, role=role, email=email, kind=kind)
    application.full_clean()
    with disable_auditlog():  # a draft is its writer's alone
        application.save()
    emails.application_begun(application)
    return application


def send_links_again(call, email):
    """One letter with the links of all drafts of an address; nothing where there are none."""
    drafts = list(call.applications.filter(status=DRAFT, email=email.strip().lower()).order_by("pk"))
    if drafts:
        emails.application_links(drafts)


def can_be_changed(application, today):
    """Whether the applicant may go on writing: a draft while the page is open, and whatever was sent back to him."""
    is_asked = application.status == ASKED
    is_open_draft = application.status == DRAFT and application.call.is_open(today)
    return (is_asked or is_open_draft) and application.questionnaire is not None


def _locked(application, today):
    found = Application.objects.select_for_update(of=("self",)).select_related("call__organization", "answers")
    found = found.get(pk=application.pk)
    if not can_be_changed(found, today):
        raise ValidationError(_("The application cannot be changed any more."))
    return found


def age_of(application, year):
    """What the birth year tells in a calendar year of who consents; see consent_rules."""
    return age_in(year, application.birth_year, person_kind=application.kind)


def giver_of(application, year):
    """Who consents: the representative of a minor; of who turns 18 this year, the one who is named."""
    age = age_of(application, year)
    is_named = bool(application.representative_name)
    return REPRESENTATIVE if age == Age.MINOR or (age == Age.TURNS_18 and is_named) else SUBJECT


@transaction.atomic
def keep_about(application, values, *, today):
    """Keep what was written about oneself; another name or age asks for the consent anew. Returns the Application.

    `values` are some of ABOUT_FIELDS. Raises ValidationError where the application cannot be changed any more.
    """
    application = _locked(application, today)
    changed = {name for name, value in values.items() if getattr(application, name) != value}
    for name in changed:
        setattr(application, name, values[name])
    if changed & set(IDENTITY):
        application.consent_text = None
        if application.status == DRAFT:
            application.consented_at = None
    _save(application, [*changed, "consent_text", "consented_at"])
    return application


@transaction.atomic
def confirm_consent(application, text, *, now):
    """Keep the moment at which the consent was confirmed, and by which text. Returns the Application."""
    application = _locked(application, timezone.localdate(now))
    if not has_about(application, timezone.localdate(now).year):
        raise ValidationError(_("Fill in first whom the consent is about."))
    application.consent_text, application.consented_at = text, now
    _save(application, ["consent_text", "consented_at"])
    return application


@transaction.atomic
def keep_answers(application, values, *, today):
    """Keep the answers so far, as Answers keeps them. Returns the Application."""
    application = _locked(application, today)
    application.values = values
    _save(application, ["values"])
    return application


def _save(application, fields):
    """What is written before it is submitted leaves no trace in the history."""
    if application.status == DRAFT:
        with disable_auditlog():
            application.save(update_fields=[*fields, "changed_at"])
    else:
        application.save(update_fields=[*fields, "changed_at"])


def text_of_consent(application):
    """The text that was confirmed, else the one that is asked for now."""
    return application.consent_text or text_for(application.organization, ConsentKind.PROCESSING)


# --- is it complete? --------------------------------------------------------------------------------------------------
def has_about(application, year):
    needed = [application.last_name, application.first_name, application.kind, application.position]
    age = age_of(application, year)
    if application.is_pupil:
        needed.append(application.birth_year)
    if age == Age.MINOR:
        needed.append(application.representative_name)
    return all(needed) and (age != Age.ADULT or not application.representative_name)


def has_consent(application):
    return bool(application.consent_text_id and application.consented_at)


def has_answers(application):
    return QuestionsForm.with_answers(application.questionnaire, application.values).is_valid()


def first_open_step(application, year):
    """The step at which the applicant goes on: the first that is not complete."""
    if not has_about(application, year):
        return ABOUT
    if not has_consent(application):
        return CONSENT
    return CHECK if has_answers(application) else QUESTIONS


# --- submitted --------------------------------------------------------------------------------------------------------
@transaction.atomic
def submit_application(application, *, now):
    """Send the application, or the completed one once more, to the curator. Returns the Application.

    Raises ValidationError where a step is not complete or the application was sent already.
    """
    today = timezone.localdate(now)
    application = lock_for_step(application, SUBMITTED)
    if not can_be_changed(application, today):
        raise ValidationError(_("The page takes no applications any more."))
    if first_open_step(application, today.year) != CHECK:
        raise ValidationError(_("Something is still missing: look through the steps."))
    questionnaire, given = application.questionnaire, application.values
    if application.answers:
        application.answers.values = given
        application.answers.save(update_fields=["values"])
        answers = application.answers
    else:
        answers = Answers.objects.create(questionnaire=questionnaire, values=given)
    application = move(application, SUBMITTED, by=None, answers=answers, values={}, submitted_at=now)
    emails.application_submitted(application)
    emails.applications_waiting(application.organization, today)
    return application


# --- left alone -------------------------------------------------------------------------------------------------------
def chase_drafts(now):
    """One letter, once, about each draft that was not touched for three days. Returns how many were written."""
    today = timezone.localdate(now)
    left = Application.objects.filter(
        status=DRAFT,
        chased_at=None,
        changed_at__lt=now - CHASED_AFTER,
        call__opens_on__lte=today,
        call__closes_on__gte=today,
    )
    return sum(_chase(key, now) for key in left.values_list("pk", flat=True))


@transaction.atomic
def _chase(application_id, now):
    """Whoever wins the update writes, however many workers try. Returns whether it was this call."""
    mine = Application.objects.filter(
        pk=application_id, status=DRAFT, chased_at=None, changed_at__lt=now - CHASED_AFTER
    )
    if not mine.update(chased_at=now):
        return False
    emails.application_chased(Application.objects.select_related("call__organization").get(pk=application_id))
    return True


# --- the end ----------------------------------------------------------------------------------------------------------
def destroy_old_applications(now):
    """Destroy the drafts that nobody touched and the declined applications of thirty days ago; returns how many.

    What was declined serves no purpose any more (152-ФЗ, art. 21 part 4: thirty days).
    """
    before = now - timedelta(days=DESTROYED_AFTER_DAYS)
    drafts = Q(status=DRAFT, changed_at__lt=before)
    old = Application.objects.filter(drafts | Q(status=DECLINED, decided_at__lt=before))
    return sum(_destroy(application, {DRAFT, DECLINED}) for application in old)


def withdraw_application(application):
    """Destroy an application at the wish of its writer, who sees it last: a draft, or one that is not decided yet.

    Returns whether it could still be taken back. The curators who wait for it are told, without the name.
    """
    if not _destroy(application, {DRAFT, SUBMITTED, ASKED}):
        return False
    if application.status != DRAFT:
        emails.application_withdrawn(application)
    return True


@transaction.atomic
def _destroy(application, statuses):
    """Remove the application with its answers, its letters and its history. Returns whether it was in the statuses."""
    held = Application.objects.select_for_update().filter(pk=application.pk, status__in=statuses).first()
    if held is None:
        return False
    about_it = Q(body__contains=held.token)
    if held.message:  # the letter that declines is the curator's own words, without the link
        about_it |= Q(name__startswith="application-", body__contains=held.message)
    OutboxLetter.objects.filter(about_it, recipient=held.email).delete()
    LogEntry.objects.get_for_object(held).delete()
    with disable_auditlog():
        held.events.all().delete()
        held.delete()
        if held.answers:
            held.answers.delete()
    return True


def destroyed_on(application):
    """The day on which a draft that nobody touches, or a declined application, is destroyed."""
    since = application.decided_at if application.status == DECLINED else application.changed_at
    return timezone.localdate(since) + timedelta(days=DESTROYED_AFTER_DAYS)
