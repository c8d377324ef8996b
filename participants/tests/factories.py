"""Objects with every required field; a test names only what it is about."""

from datetime import UTC, date, datetime
from itertools import count

from participants.consent_versions import text_for
from participants.models import (
    Answers,
    Application,
    ApplicationCall,
    Consent,
    Membership,
    MenteeEntry,
    MentorEntry,
    Organization,
    Person,
    Question,
    Questionnaire,
    User,
)
from participants.ready_consent_texts import load_ready_consent_texts

_numbers = count(1)
PASSWORD = "portal-tests-1"


def make_organization(**values):
    number = next(_numbers)
    return Organization.objects.create(
        **{
            "kind": "school",
            "slug": f"school-{number}",
            "full_name": f"Муниципальное общеобразовательное учреждение «Средняя школа № {number}»",
            "short_name": f"МОУ СШ № {number}",
            "place": "г. Кедровск",
            "head_position": f"Директор МОУ СШ № {number}",
        }
        | values
    )


def make_user(**values):
    return User.objects.create_user(**{"email": f"user-{next(_numbers)}@example.org", "password": PASSWORD} | values)


def make_member(organization=None, role="curator", **values):
    """A user with a role in an organization, and the person who stands behind the account."""
    organization = organization or make_organization()
    user = make_user()
    Membership.objects.create(user=user, organization=organization, role=role)
    make_person(organization=organization, user=user, email=user.email, **values)
    return user


def make_curator(organization=None, **values):
    return make_member(organization, "curator", **values)


def make_head(organization=None, **values):
    return make_member(organization, "head", **values)


def make_staff(organization=None, **values):
    return make_member(organization, "staff", **values)


def make_coordinator(organization=None, **values):
    """A coordinator of an education office; organizations with `parent=` that office stand below him."""
    organization = organization or make_organization(kind="education_office")
    return make_member(organization, "coordinator", **values)


def make_person(**values):
    number = next(_numbers)
    values.setdefault("organization", None)
    if values["organization"] is None:
        values["organization"] = make_organization()
    return Person.objects.create(
        **{
            "last_name": f"Иванова{number}",
            "first_name": "Мария",
            "patronymic": "Петровна",
            "gender": "female",
            "position": "учитель математики",
        }
        | values
    )


def make_mentor_entry(*, organization=None, school_year=2026, person=None, **values):
    person = person or make_person(organization=organization)
    return MentorEntry.objects.create(person=person, school_year=school_year, **values)


def make_mentee_entry(*, organization=None, school_year=2026, person=None, **values):
    person = person or make_person(organization=organization)
    return MenteeEntry.objects.create(person=person, school_year=school_year, **values)


def make_questionnaire(*, satisfaction=1, texts=1, **values):
    """A questionnaire with scales that count as satisfaction, and questions answered in words."""
    questionnaire = Questionnaire.objects.create(**{"title": f"Анкета {next(_numbers)}"} | values)
    kinds = [("scale", True)] * satisfaction + [("text", False)] * texts
    for position, (kind, measures) in enumerate(kinds, 1):
        Question.objects.create(
            questionnaire=questionnaire,
            position=position,
            kind=kind,
            text=f"Вопрос {position}",
            measures_satisfaction=measures,
            is_required=kind == "scale",
        )
    return questionnaire


def make_consent(*, person=None, kind="processing", status="given", **values):
    """A consent by the text in use, given on 1 September 2026 by the person unless said otherwise."""
    person = person or make_person()
    if status in {"given", "withdrawn"}:
        values.setdefault("given_on", date(2026, 9, 1))
    if status == "withdrawn":
        values.setdefault("withdrawn_on", date(2026, 10, 1))
    if "text" not in values:
        load_ready_consent_texts()  # a test with real transactions begins on an empty database
        values["text"] = text_for(person.organization, kind)
    return Consent.objects.create(person=person, kind=kind, status=status, **values)


def give_all_consents(*people, **values):
    """Consents to the processing, the participation and the additional duties, as every role needs them."""
    kinds = ("processing", "participation", "extra_duties")
    return [make_consent(person=person, kind=kind, **values) for person in people for kind in kinds]


def make_call(*, organization=None, **values):
    """A page for applications of 2026/2027, open all September to December; adults and pupils apply in both roles."""
    load_ready_consent_texts()  # a test with real transactions begins on an empty database
    values.setdefault("mentor_questionnaire", None)
    values.setdefault("mentee_questionnaire", None)
    for role in ("mentor", "mentee"):
        if values[f"{role}_questionnaire"] is None:
            values[f"{role}_questionnaire"] = make_application_questionnaire(role)
        values.setdefault(f"pupil_{role}_questionnaire", values[f"{role}_questionnaire"])
    return ApplicationCall.objects.create(
        **{
            "organization": organization or make_organization(),
            "school_year": 2026,
            "opens_on": date(2026, 9, 1),
            "closes_on": date(2026, 12, 31),
        }
        | values
    )


def make_application_questionnaire(role="mentor"):
    """Two questions: one in words that must be answered and fills a column, and one that may be left out."""
    questionnaire = Questionnaire.objects.create(purpose=role, title=f"Заявка {next(_numbers)}")
    fills = "competences" if role == "mentor" else "request"
    Question.objects.create(
        questionnaire=questionnaire, position=1, kind="text", text="О чём заявка?", fills=fills, is_required=True
    )
    Question.objects.create(
        questionnaire=questionnaire,
        position=2,
        kind="several",
        text="Когда удобно?",
        options="утром\nвечером",
        is_required=False,
    )
    return questionnaire


def make_application(*, call=None, role="mentor", status="draft", words="Ведёт проекты", **values):
    """A draft with all steps filled in and the consent confirmed; or an application that was sent on 5 October."""
    organization = values.pop("organization", None)
    call = call or (organization and organization.application_calls.first()) or make_call(organization=organization)
    number = next(_numbers)
    sent_at = datetime(2026, 10, 5, 9, tzinfo=UTC)
    kind = values.setdefault("kind", "teacher")
    questionnaire = call.questionnaire_for(role, is_pupil=kind == "pupil")
    given = {str(questionnaire.questions.first().pk): words}
    if status != "draft":
        answers = Answers.objects.create(questionnaire=questionnaire, values=given)
        values = {"submitted_at": sent_at, "answers": answers} | values
        given = given if status == "asked" else {}
    return Application.objects.create(
        **{
            "call": call,
            "role": role,
            "status": status,
            "email": f"applicant-{number}@example.org",
            "last_name": f"Петрова{number}",
            "first_name": "Анна",
            "patronymic": "Игоревна",
            "birth_year": 1990,
            "position": "учитель химии",
            "values": given,
            "consent_text": text_for(call.organization, "processing"),
            "consented_at": sent_at,
        }
        | values
    )
