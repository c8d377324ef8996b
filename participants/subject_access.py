"""Subject access: everything held about a person, as one paper and as data (152-ФЗ art. 14)."""

import json
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mentorship.models import OutboxLetter
from mentorship.pdf import render_pdf
from participants.depersonalization import holds_person, steps_of
from participants.history import all_lines_of, keys_of
from participants.holdings import Section, held_about, record_of, sought
from participants.models import Application, Consent, LongTermMentor, Person, RegistryImport
from participants.personal_records import applications_of, letters_to
from participants.values_in_words import in_words


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
    """Data, names, registries, consents, applications, imports, account and letters, history of the file."""
    without_person = ("person",)
    long_term = LongTermMentor.objects.filter(person=person)
    applications = applications_of(person)
    return [
        Section(_("Data"), [record_of(person, leave_out=("user",))]),
        Section(_("Former names"), _of_former_names(person)),
        Section(
            _("Registry of mentors"),
            [record_of(each, leave_out=without_person) for each in person.mentor_entries.all()],
        ),
        Section(
            _("Registry of mentees"),
            [record_of(each, leave_out=without_person) for each in person.mentee_entries.all()],
        ),
        Section(_("Long-term registry of mentors"), [record_of(each, leave_out=without_person) for each in long_term]),
        Section(_("Consents"), [_of_consent(each) for each in person.consents.select_related("text")]),
        Section(_("Applications"), [_of_application(each) for each in applications]),
        Section(
            _("Comments of steps"),
            [
                *steps_in_words(Consent, person.consents.values("pk")),
                *steps_in_words(Application, [application.pk for application in applications]),
            ],
        ),
        Section(_("Imported files"), _of_imports(person)),
        Section(_("Account and roles"), _of_account(person)),
        Section(_("Letters"), [_of_letter(each) for each in letters_to(person)]),
        Section(_("Readings and changes of the file"), [_of_line(line) for line in all_lines_of(person)]),
    ]


def steps_in_words(model, keys) -> list[dict[str, str]]:
    """The comments that were written when rows of a model went from one state to another."""
    return [
        {
            _("When"): in_words(step.at),
            _("What"): f"{model._meta.verbose_name}: {step.status_label}",
            _("Comment"): step.comment,
        }
        for step in steps_of(model, keys).select_related("content_type").order_by("at", "pk")
    ]


def _of_former_names(person):
    joined = [{_("name in the joined file"): each.former_name} for each in person.merges.all()]
    return [*(record_of(each, leave_out=("person", "recorded_by")) for each in person.name_changes.all()), *joined]


def _of_consent(consent):
    return record_of(consent, leave_out=("person",))


def _of_application(application: Application):
    record = record_of(application, leave_out=("person", "values", "answers", "call", "decided_by"))
    answers = application.answers.in_words() if application.answers else ()
    return record | {question.text: str(words) for question, words in answers}


def _of_imports(person):
    keys, who = keys_of(person), sought(person)
    imports = RegistryImport.objects.filter(organization=person.organization).order_by("created_at", "pk")
    return [_of_import(each, keys) for each in imports if holds_person(each, keys, who)]


def _of_import(registry_import, keys):
    rows = [str(row["row"]) for row in registry_import.report.get("plan", ()) if row.get("person") in keys]
    record = {
        _("File"): registry_import.file_name,
        _("Uploaded"): in_words(registry_import.created_at),
        _("State"): registry_import.get_status_display(),
    }
    return record | ({_("Rows of the person"): ", ".join(rows)} if rows else {})


def _of_account(person):
    if not person.user:
        return []
    account = {_("E-mail"): person.user.email, _("Last signed in"): in_words(person.user.last_login)}
    members = person.user.memberships.filter(organization=person.organization_id)
    return [
        {label: words for label, words in account.items() if words},
        *(record_of(each, leave_out=("user",)) for each in members),
    ]


def _of_letter(letter):
    left_out = ("organization", "html", "name", "body", "attempt_count", "error")
    body = str(OutboxLetter._meta.get_field("body").verbose_name)
    # The paper goes through the hands of those in charge, and a personal link lets anybody act in the person's place.
    return {**record_of(letter, leave_out=left_out), body: letter.text_without_links}


def _of_line(line):
    record = {
        _("When"): date_format(line.at, "SHORT_DATETIME_FORMAT"),
        _("Who"): line.actor,
        _("What"): ": ".join(filter(None, [line.action, line.subject])),
    }
    # What several people share is told where it stands, without the others: not again by the values of its history.
    changes = "; ".join(f"{name}: {old or '—'} → {new or '—'}" for name, old, new in line.changes if line.is_own)
    return record | ({_("Changes"): changes} if changes else {})
