"""Which columns a registry can print, and the layouts to choose from: the ready ones, own ones, those of offices above.

Headers and titles are the words of the official forms («База наставников», «База наставляемых») and of their variant
for teachers; they stay Russian in every language of the portal. A stored layout (RegistryLayout) may rename them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mentorship.column_sets import Chosen
from mentorship.workbooks import Column
from participants.models import Organization, RegistryLayout
from participants.registries import MENTEES, MENTORS

CURATORS, LONG_TERM = RegistryLayout.Kind.CURATORS.value, RegistryLayout.Kind.LONG_TERM.value
OFFICIAL, TEACHERS = "official", "teachers"
READY_NAMES = {OFFICIAL: gettext_lazy("official form"), TEACHERS: gettext_lazy("variant for teachers")}
FORM_TITLES = {
    MENTORS: "База наставников",
    MENTEES: "База наставляемых",
    CURATORS: "База кураторов",
    LONG_TERM: "Долгосрочный реестр наставников",
}
ORGANIZATION = "organization"


def _person(name):
    return lambda line: getattr(line.person, name)


def _entry(name):
    return lambda line: getattr(line.entry, name)


# --- every column that can be printed, by its key ---------------------------------------------------------------------
OF_A_PERSON = {
    ORGANIZATION: Column("Организация", "organization", 24),
    "position": Column("Должность", _person("position"), 20),
    "education": Column("Образование", _person("education"), 22),
    "qualification": Column("Квалификационная категория", _person("qualification"), 16),
    "experience": Column("Педагогический стаж, лет", "experience", 11),
    "experience_here": Column("Стаж в данной организации, лет", "experience_here", 11),
    "subject": Column("Предмет / возрастная группа", _person("subject"), 18),
    "order": Column("Приказ о закреплении (№, дата)", "orders", 20),
    "kind": Column("Категория участника", "kind", 16),
    "phone": Column("Телефон", "phone", 18),
    "email": Column("Электронная почта", _person("email"), 22),
}
COLUMNS: dict[str, dict[str, Column]] = {
    MENTORS: {
        "name": Column("ФИО наставника", "full_name", 28),
        "contacts": Column("Контактные данные для связи", "contacts", 26),
        "affiliation": Column("Место работы/учёбы наставника", _person("affiliation"), 24),
        "competences": Column("Основные компетенции наставника", _entry("competences"), 32),
        "achievements": Column("Важные для программы достижения наставника", _entry("achievements"), 32),
        "interests": Column("Интересы наставника", _entry("interests"), 24),
        "preferred_age": Column("Желаемый возраст наставляемых", _entry("preferred_age"), 14),
        "time_resource": Column("Ресурс времени на программу наставничества", _entry("time_resource"), 16),
        "joined_on": Column("Дата вхождения в программу", _entry("joined_on"), 13),
        "partners": Column("ФИО наставляемого (наставляемых)", "partners", 28),
        "forms": Column("Форма наставничества", "forms", 18),
        "partner_places": Column("Место работы/учёбы наставляемого", "partner_places", 24),
        "completed_on": Column("Дата завершения программы", _entry("completed_on"), 13),
        "results": Column("Результаты программы", _entry("results"), 30),
        "case_url": Column("Ссылка на кейс/отзыв наставника, размещённые на сайте организации", "case_url", 24),
        "courses": Column("Курсы по наставничеству (год, часы)", _entry("courses"), 26),
        "birth_year": Column("Год рождения наставника", _person("birth_year"), 12),
        **OF_A_PERSON,
    },
    MENTEES: {
        "name": Column("ФИО наставляемого", "full_name", 28),
        "contacts": Column("Контактные данные для связи (данные представителя)", "contacts", 26),
        "birth_year": Column("Год рождения наставляемого", _person("birth_year"), 12),
        "request": Column("Основной запрос наставляемого", _entry("request"), 36),
        "joined_on": Column("Дата вхождения в программу", _entry("joined_on"), 13),
        "partners": Column("ФИО наставника", "partners", 28),
        "forms": Column("Форма наставничества", "forms", 18),
        "partner_places": Column("Место работы/учёбы наставника", "partner_places", 24),
        "completed_on": Column("Дата завершения программы", _entry("completed_on"), 13),
        "results": Column("Результаты программы", _entry("results"), 30),
        "case_url": Column("Ссылка на кейс/отзыв наставляемого, размещённые на сайте организации", "case_url", 24),
        "completion_mark": Column("Отметка о прохождении программы", "completion_mark", 14),
        "difficulties": Column("Профессиональные затруднения", _entry("difficulties"), 32),
        "affiliation": Column("Место работы/учёбы наставляемого", _person("affiliation"), 24),
        "representative": Column("Законный представитель", "representative", 26),
        **OF_A_PERSON,
    },
    CURATORS: {
        ORGANIZATION: Column("Организация", "organization", 34),
        "name": Column("ФИО куратора", "name", 30),
        "position": Column("Должность", "position", 28),
        "contacts": Column("Контакты", "contacts", 34),
        "order": Column("Приказ о назначении (№, дата)", "order", 24),
        "since": Column("Куратор с", "starts_on", 13),
        "until": Column("Куратор по", "ends_on", 13),
    },
    LONG_TERM: {
        "name": Column("ФИО наставника", _person("full_name"), 30),
        "position": Column("Должность", _person("position"), 26),
        "affiliation": Column("Место работы/учёбы наставника", _person("affiliation"), 26),
        "contacts": Column("Контактные данные для связи", "contacts", 26),
        "years": Column("Учебные годы в программе", "years", 22),
        "mentees": Column("Наставляемых всего", "mentees", 13),
        "finished": Column("Завершённых пар (групп)", "finished", 13),
        "was_mentee": Column("Был наставляемым, учебные годы", "mentee_years", 20),
        "listed_on": Column("В реестре с", "listed_on", 13),
        "left_on": Column("Вышел из реестра", "left_on", 13),
        "note": Column("Примечание", "note", 24),
        "education": Column("Образование", _person("education"), 22),
        "qualification": Column("Квалификационная категория", _person("qualification"), 16),
        "subject": Column("Предмет / возрастная группа", _person("subject"), 18),
    },
}

# --- ready layouts: the keys in the order of the form; its first column, the number, is always printed ----------------
# The variant for teachers has all columns of the official form and those that schools add for their teachers.
READY: dict[str, dict[str, Sequence[str]]] = {
    MENTORS: {
        OFFICIAL: list(COLUMNS[MENTORS])[:15],
        TEACHERS: [
            "name", "contacts", "affiliation", "position", "education", "qualification", "experience",
            "experience_here", "subject", "courses", "competences", "achievements", "interests", "preferred_age",
            "time_resource", "joined_on", "partners", "forms", "partner_places", "order", "completed_on", "results",
            "case_url",
        ],
    },
    MENTEES: {
        OFFICIAL: list(COLUMNS[MENTEES])[:12],
        TEACHERS: [
            "name", "contacts", "birth_year", "position", "education", "qualification", "experience",
            "experience_here", "subject", "difficulties", "request", "joined_on", "partners", "forms",
            "partner_places", "order", "completed_on", "results", "case_url", "completion_mark",
        ],
    },
    CURATORS: {OFFICIAL: [ORGANIZATION, "name", "position", "contacts", "order"]},
    LONG_TERM: {
        OFFICIAL: [
            "name", "position", "contacts", "years", "mentees", "finished", "was_mentee", "listed_on", "note",
        ],
    },
}  # fmt: skip

# What the consent to the transfer upward covers; the rest of a form is the organization's own.
PASSED_UPWARD = frozenset(
    {
        ORGANIZATION, "name", "birth_year", "affiliation", "position", "qualification", "kind", "forms", "partners",
        "partner_places", "order", "joined_on", "completed_on", "results", "completion_mark",
    }
)  # fmt: skip


@dataclass(frozen=True)
class Layout:
    """A layout to print by: ready (its key is OFFICIAL or TEACHERS) or stored (its key is that of the row)."""

    key: str
    kind: str
    name: str
    title: str
    chosen: tuple[Chosen, ...]
    is_default: bool = False
    office: str = ""  # the name of the office above that offers it

    @property
    def keys(self):
        return [each.key for each in self.chosen]

    @property
    def column_count(self):
        """As the paper counts: with the number."""
        return len(self.chosen) + 1

    @property
    def columns(self) -> list[Column]:
        """The columns ready to be written."""
        known = COLUMNS[self.kind]
        return [known[each.key]._replace(header=each.header, width=each.width) for each in self.chosen]

    def passed_upward(self) -> "Layout":
        """The layout for rows of several organizations at an office: the organization first, then what may be passed."""
        kept = [each for each in self.chosen if each.key in PASSED_UPWARD]
        if ORGANIZATION not in self.keys:
            kept.insert(0, as_chosen(self.kind, ORGANIZATION))
        return Layout(self.key, self.kind, self.name, self.title, tuple(kept), self.is_default, self.office)


def as_chosen(kind: str, key: str) -> Chosen:
    """A column as the official form has it."""
    column = COLUMNS[kind][key]
    return Chosen(key, column.header, column.width)


def ready_layout(kind: str, key: str) -> Layout:
    """A ready layout. Raises KeyError where the kind has none of that key."""
    columns = tuple(as_chosen(kind, each) for each in READY[kind][key])
    return Layout(key, kind, str(READY_NAMES[key]), FORM_TITLES[kind], columns)


def stored_layout(row: RegistryLayout, *, organization: Organization | None = None) -> Layout:
    """A stored layout as it is used in `organization`; columns that the portal knows no more are left out."""
    known = COLUMNS[row.kind]
    columns = tuple(
        Chosen(each["key"], each["header"], each["width"]) for each in row.columns if each.get("key") in known
    )
    is_own = organization is None or row.organization_id == organization.pk
    return Layout(
        key=str(row.pk),
        kind=row.kind,
        name=row.name,
        title=row.title or FORM_TITLES[row.kind],
        chosen=columns or ready_layout(row.kind, OFFICIAL).chosen,
        is_default=is_own and row.is_default,
        office="" if is_own else row.organization.short_name,
    )


def layouts_for(organization: Organization, kind: str) -> list[Layout]:
    """What the organization may print by: its own layouts, the ready ones, those of the offices above it."""
    offices = Organization.objects.above(organization).values("pk")
    rows = RegistryLayout.objects.filter(Q(organization=organization) | Q(organization__in=offices), kind=kind)
    stored = [stored_layout(row, organization=organization) for row in rows.select_related("organization")]
    own = [layout for layout in stored if not layout.office]
    ready = [ready_layout(kind, key) for key in READY[kind]]
    return [*own, *ready, *(layout for layout in stored if layout.office)]


def layout_for(organization: Organization, kind: str, key: str = "") -> Layout:
    """The layout of the key, else the organization's default one, else the official form."""
    layouts = layouts_for(organization, kind)
    default = next((each for each in layouts if each.is_default), ready_layout(kind, OFFICIAL))
    return next((each for each in layouts if each.key == key), default)


# --- making and changing ----------------------------------------------------------------------------------------------
def make_layout(organization: Organization, kind: str, *, start: str, name: str) -> RegistryLayout:
    """A new layout of the organization that starts as another one that it may print by, or as the official form.

    Raises ValidationError where the name is taken.
    """
    layout = layout_for(organization, kind, start or OFFICIAL)
    columns = [{"key": each.key, "header": each.header, "width": each.width} for each in layout.chosen]
    title = "" if layout.title == FORM_TITLES[kind] else layout.title
    row = RegistryLayout(organization=organization, kind=kind, name=name.strip(), title=title, columns=columns)
    row.full_clean()
    row.save()
    return row


@transaction.atomic
def save_layout(row: RegistryLayout, *, name: str, title: str, chosen: Sequence[Chosen], is_default: bool) -> None:
    """Change a stored layout; where it becomes the default one, the former default is so no more.

    Raises ValidationError by fields.
    """
    if not chosen:
        raise ValidationError({"columns": _("Choose at least one column.")})
    if is_default:
        others = RegistryLayout.objects.filter(organization=row.organization_id, kind=row.kind, is_default=True)
        for other in others.exclude(pk=row.pk).select_for_update():
            other.is_default = False
            other.save(update_fields=["is_default"])
    row.name, row.title, row.is_default = name.strip(), title.strip(), is_default
    row.columns = [{"key": each.key, "header": each.header, "width": each.width} for each in chosen]
    row.full_clean()
    row.save()
