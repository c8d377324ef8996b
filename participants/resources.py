"""Tables of the administration pages: people and registry rows out of the portal and back into it.

The organization and the school year come from the workspace of the user, never from the file. Headers are Russian in
every language, so that a file written in one can be read in the other.
"""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from import_export import fields, resources, widgets

from participants.models import Consent, ConsentKind, MenteeEntry, MentorEntry, Person
from participants.names import NameParts
from participants.people import KnownPeople, Who
from participants.registry_contacts import read_phone

NAME_HEADERS = ("Фамилия", "Имя", "Отчество")
BIRTH_YEAR, EMAIL, PHONE = "Год рождения", "Эл. почта", "Телефон"


def text_field(attribute, header):
    """A column of text, in which an empty cell is an empty text."""
    return fields.Field(attribute, header, widget=widgets.CharWidget(coerce_to_string=True, allow_blank=True))


class ChoiceWidget(widgets.CharWidget):
    """A value of a closed list as its label; reads the label in any letter case, and the value itself."""

    def __init__(self, choices):
        super().__init__(coerce_to_string=True)
        self.choices = choices

    def render(self, value, obj=None, **kwargs):
        return str(dict(self.choices).get(value, value or ""))

    def clean(self, value, row=None, **kwargs):
        text = str(value or "").strip().casefold()
        for key, label in self.choices:
            if text in (str(key).casefold(), str(label).casefold()):
                return key
        if not text:
            return ""
        allowed = ", ".join(str(label) for _key, label in self.choices)
        raise ValueError(_("“%(text)s” is not one of: %(allowed)s.") % {"text": value, "allowed": allowed})


class PhoneWidget(widgets.CharWidget):
    def clean(self, value, row=None, **kwargs):
        text = str(value or "").strip()
        phone = read_phone(text) if text else ""
        if text and not phone:
            raise ValueError(_("This is no phone number. Write it with the code: +7 999 123-45-67."))
        return phone


class YearWidget(widgets.IntegerWidget):
    def clean(self, value, row=None, **kwargs):
        try:
            return super().clean(value, row, **kwargs)
        except (TypeError, ValueError) as error:
            raise ValueError(_("“%(text)s” is not a year.") % {"text": value}) from error


class DayWidget(widgets.DateWidget):
    """A day as 31.12.2025; Excel hands days over as moments."""

    def __init__(self):
        super().__init__("%d.%m.%Y")

    def clean(self, value, row=None, **kwargs):
        if isinstance(value, datetime):
            return value.date()
        try:
            return super().clean(value, row, **kwargs)
        except ValueError as error:
            message = _("“%(text)s” is not a date. Write it as 31.12.2025.")
            raise ValueError(message % {"text": value}) from error


class YesNoWidget(widgets.CharWidget):
    def render(self, value, obj=None, **kwargs):
        return "да" if value else ""

    def clean(self, value, row=None, **kwargs):
        return str(value or "").strip().casefold() in {"да", "+", "1", "yes", "true"}


class OfOrganization(resources.ModelResource):
    """A resource of one organization; for an export the rows given are all that is written."""

    def __init__(self, *, organization=None, school_year=None, **kwargs):
        super().__init__(**kwargs)
        self.organization, self.school_year = organization, school_year
        self._people = None

    def before_import(self, dataset, **kwargs):
        missing = [header for header in NAME_HEADERS[:2] if header not in (dataset.headers or [])]
        if missing:
            raise ValidationError(
                _("The table has no column “%(column)s”: an exported file shows how columns are called.")
                % {"column": missing[0]}
            )
        self._people = KnownPeople.of(self.organization)

    def person_of(self, row):
        """The organization's person of a row, or None. Raises ValidationError where several fit."""
        name = NameParts(*(str(row.get(header) or "").strip() for header in NAME_HEADERS))
        year = str(row.get(BIRTH_YEAR) or "").partition(".")[0]
        who = Who(
            name=name,
            birth_year=int(year) if year.isdecimal() else None,
            email=str(row.get(EMAIL) or "").strip(),
            phone=read_phone(str(row.get(PHONE) or "")),
        )
        found = self._people.same(who)
        if len(found) > 1:
            raise ValidationError(_("Several people of the organization fit: give the birth year or the e-mail."))
        return found[0] if found else None


class PersonResource(OfOrganization):
    last_name = text_field("last_name", NAME_HEADERS[0])
    first_name = text_field("first_name", NAME_HEADERS[1])
    patronymic = text_field("patronymic", NAME_HEADERS[2])
    gender = fields.Field("gender", "Пол", widget=ChoiceWidget(Person.Gender.choices))
    birth_year = fields.Field("birth_year", BIRTH_YEAR, widget=YearWidget())
    kind = fields.Field("kind", "Кто", widget=ChoiceWidget(Person.Kind.choices), default=Person.Kind.TEACHER)
    position = text_field("position", "Должность или класс")
    workplace = text_field("workplace", "Место работы или учёбы")
    email = text_field("email", EMAIL)
    phone = fields.Field("phone", PHONE, widget=PhoneWidget())
    contact_note = text_field("contact_note", "Другие контакты")
    works_since = fields.Field("works_since", "Педагог с года", widget=YearWidget())

    class Meta:
        model = Person
        fields = [
            "last_name", "first_name", "patronymic", "gender", "birth_year", "kind", "position", "workplace", "email",
            "phone", "contact_note", "works_since",
        ]  # fmt: skip
        import_id_fields = ["last_name", "first_name"]
        skip_unchanged = clean_model_instances = use_transactions = True

    def get_instance(self, instance_loader, row):
        return self.person_of(row)

    def init_instance(self, row=None):
        return Person(organization=self.organization)


class EntryResource(OfOrganization):
    """Rows of a registry; the person must be in the portal already, by name, birth year or e-mail.

    A link to what is published leaves the portal only with the person's consent to that; the empty cell that stands in
    its place takes nothing away when the table comes back.
    """

    last_name = fields.Field("person__last_name", NAME_HEADERS[0], readonly=True)
    first_name = fields.Field("person__first_name", NAME_HEADERS[1], readonly=True)
    patronymic = fields.Field("person__patronymic", NAME_HEADERS[2], readonly=True)
    birth_year = fields.Field("person__birth_year", BIRTH_YEAR, readonly=True)
    email = fields.Field("person__email", EMAIL, readonly=True)
    joined_on = fields.Field("joined_on", "Дата вхождения в программу", widget=DayWidget())
    completed_on = fields.Field("completed_on", "Дата завершения программы", widget=DayWidget())
    results = text_field("results", "Результаты программы")
    case_url = text_field("case_url", "Ссылка на кейс или отзыв")

    def get_instance(self, instance_loader, row):
        person = self.person_of(row)
        if person is None:
            raise ValidationError(_("There is no such person in the organization: import the people first."))
        self._person = person
        return self._meta.model.objects.filter(person=person, school_year=self.school_year).first()

    def init_instance(self, row=None):
        return self._meta.model(person=self._person, school_year=self.school_year)

    def before_export(self, queryset, **kwargs):
        super().before_export(queryset, **kwargs)
        consents = Consent.objects.to_use_on(timezone.localdate(), ConsentKind.PUBLICATION)
        people = consents.filter(person__in=queryset.order_by().values("person"))
        self._published = set(people.values_list("person", flat=True))

    def dehydrate_case_url(self, entry):
        return entry.case_url if entry.person_id in self._published else ""

    def import_field(self, field, instance, row, is_m2m=False, **kwargs):
        if field.attribute != "case_url" or row.get(field.column_name):
            super().import_field(field, instance, row, is_m2m, **kwargs)


PERSON_COLUMNS = ["last_name", "first_name", "patronymic", "birth_year", "email"]


class MentorEntryResource(EntryResource):
    competences = text_field("competences", "Основные компетенции")
    achievements = text_field("achievements", "Важные для программы достижения")
    interests = text_field("interests", "Интересы")
    preferred_age = text_field("preferred_age", "Желаемый возраст наставляемых")
    time_resource = text_field("time_resource", "Ресурс времени на программу")

    class Meta:
        model = MentorEntry
        fields = [
            *PERSON_COLUMNS, "competences", "achievements", "interests", "preferred_age", "time_resource", "joined_on",
            "completed_on", "results", "case_url",
        ]  # fmt: skip
        import_id_fields = ["last_name", "first_name"]
        skip_unchanged = clean_model_instances = use_transactions = True


class MenteeEntryResource(EntryResource):
    request = text_field("request", "Основной запрос")
    is_completed = fields.Field("is_completed", "Отметка о прохождении программы", widget=YesNoWidget())

    class Meta:
        model = MenteeEntry
        fields = [*PERSON_COLUMNS, "request", "joined_on", "completed_on", "is_completed", "results", "case_url"]
        import_id_fields = ["last_name", "first_name"]
        skip_unchanged = clean_model_instances = use_transactions = True
