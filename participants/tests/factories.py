"""Objects with every required field; a test names only what it is about."""

from itertools import count

from participants.models import (
    Membership,
    MenteeEntry,
    MentorEntry,
    Organization,
    Person,
    Question,
    Questionnaire,
    User,
)

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
