"""Subject access: everything held about a person, as one paper and as data (152-ФЗ art. 14)."""

import json
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mentorship.models import OutboxLetter
from mentorship.pdf import render_pdf
from participants.history import all_lines_of
from participants.holdings import Section, held_about, in_words, record_of
from participants.models import Application, Person


def subject_access_pdf(person: Person, *, on: date) -> bytes:
    """The paper that the person is handed: every record that the portal holds, by kinds."""
    context = {"person": person, "sections": held_about(person), "on": on}
    return render_pdf("participants/pdf/subject_access.html", context)


def subject_access_json(person: Person, *, on: date) -> str:
    """The same records for a machine, as indented JSON in UTF-8."""
    held = {
        "organization": person.organization.full_name,
        "person": person.full_name,
        "made_on": on.isoformat(),
        "sections": [{"title": section.title, "records": section.records} for section in held_about(person)],
    }
    return json.dumps(held, ensure_ascii=False, indent=2)


# --- what this floor holds --------------------------------------------------------------------------------------------
def tell_people_floor(person: Person) -> list[Section]:
    """Data, names, registries, consents, applications, account and letters, readings of the file."""
    entries_left_out = ("person",)
    return [
        Section(_("Data"), [record_of(person, leave_out=("user",))]),
        Section(_("Former names"), [record_of(each, leave_out=entries_left_out) for each in person.name_changes.all()]),
        Section(
            _("Registry of mentors"),
            [record_of(each, leave_out=entries_left_out) for each in person.mentor_entries.all()],
        ),
        Section(
            _("Registry of mentees"),
            [record_of(each, leave_out=entries_left_out) for each in person.mentee_entries.all()],
        ),
        Section(
            _("Long-term registry of mentors"),
            [record_of(person.long_term_mentor, leave_out=entries_left_out)]
            if hasattr(person, "long_term_mentor")
            else [],
        ),
        Section(_("Consents"), [_of_consent(each) for each in person.consents.select_related("text")]),
        Section(_("Applications"), [_of_application(each) for each in person.applications.select_related("answers")]),
        Section(_("Account and roles"), _of_account(person)),
        Section(_("Letters"), _of_letters(person)),
        Section(_("Readings and changes of the file"), [_of_line(line) for line in all_lines_of(person)]),
    ]


def _of_consent(consent):
    return record_of(consent, leave_out=("person", "scan_sha256"))


def _of_application(application: Application):
    record = record_of(application, leave_out=("person", "values", "answers", "consent_text", "call"))
    answers = application.answers.values if application.answers else application.values
    questionnaire = application.questionnaire
    for question in questionnaire.questions.all() if questionnaire else ():
        if words := in_words(answers.get(str(question.pk))):
            record[question.text] = words
    return record


def _of_account(person):
    if not person.user:
        return []
    account = {_("E-mail"): person.user.email, _("Last signed in"): in_words(person.user.last_login)}
    members = person.user.memberships.filter(organization=person.organization_id)
    return [
        {label: words for label, words in account.items() if words},
        *(record_of(each, leave_out=("user",)) for each in members),
    ]


def _of_letters(person):
    addresses = {person.email, person.representative_email, person.user.email if person.user else ""} - {""}
    letters = OutboxLetter.objects.filter(recipient__in=addresses, organization=person.organization_id)
    return [record_of(each, leave_out=("organization", "html", "name", "attempt_count", "error")) for each in letters]


def _of_line(line):
    return {
        _("When"): date_format(line.at, "SHORT_DATETIME_FORMAT"),
        _("Who"): line.actor,
        _("What"): " ".join(filter(None, [line.action, line.subject])),
    }
