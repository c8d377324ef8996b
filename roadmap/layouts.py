"""By which columns a roadmap can be printed: those of its document, the ready layouts, own ones, those of offices above.

Headers are the words of papers and stay Russian in every language of the portal. A stored layout (RoadmapLayout) may
rename them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mentorship.column_sets import Chosen
from mentorship.workbooks import Column
from participants.models import Organization
from roadmap.models import Roadmap, RoadmapLayout
from roadmap.printed_tables import NAMING, columns_of

DOCUMENT, PLAN, STAGES, CONTROL = "document", "plan", "stages", "control"
READY_NAMES = {
    PLAN: gettext_lazy("plan of activities"),
    STAGES: gettext_lazy("with a column for the stage"),
    CONTROL: gettext_lazy("for control, with marks"),
}
# Every column that can be printed; its key is the role by which roadmap/printed_tables.py fills it.
COLUMNS: dict[str, Column] = {
    "number": Column("№", "number", 5),
    "stage": Column("Наименование этапа", "stage", 22),
    "group": Column("Мероприятия", "group", 26),
    "content": Column("Содержание деятельности", "content", 44),
    "deadline": Column("Сроки", "deadline", 18),
    "dates": Column("Даты", "dates", 20),
    "responsible": Column("Ответственные", "responsible", 22),
    "owners": Column("Исполнители поимённо", "owners", 24),
    "document": Column("Результат, вид документа", "document", 28),
    "state": Column("Состояние", "state", 14),
    "done_on": Column("Дата выполнения", "done_on", 13),
    "proofs": Column("Подтверждение", "proofs", 26),
    "mark": Column("Отметка о выполнении", "mark", 18),
    "rest": Column("Примечание", "rest", 22),
}
READY: dict[str, Sequence[str]] = {
    PLAN: ["number", "content", "deadline", "responsible", "document"],
    STAGES: ["number", "stage", "group", "content", "deadline", "responsible"],
    CONTROL: ["number", "content", "dates", "responsible", "state", "done_on", "mark"],
}


@dataclass(frozen=True)
class Layout:
    """A layout to print by: the columns of the document, a ready one, or a stored one (its key is that of the row)."""

    key: str
    name: str
    chosen: tuple[Chosen, ...] = ()
    office: str = ""  # the name of the office above that offers it
    is_own: bool = False

    @property
    def column_count(self):
        return len(self.chosen)

    def columns(self, *, names_people: bool):
        """The columns as roadmap/printed_tables.py takes them; None for those of the document itself."""
        if self.key == DOCUMENT:
            return None
        return [
            {"role": each.key, "title": each.header, "width": each.width}
            for each in self.chosen
            if names_people or each.key not in NAMING
        ]


def as_chosen(key: str) -> Chosen:
    """A column as it is usually printed."""
    return Chosen(key, COLUMNS[key].header, COLUMNS[key].width)


def ready_layouts() -> list[Layout]:
    return [Layout(key, str(name), tuple(map(as_chosen, READY[key]))) for key, name in READY_NAMES.items()]


def stored_layout(row: RoadmapLayout, organization: Organization) -> Layout:
    """A stored layout as it is used in `organization`; columns that the portal knows no more are left out."""
    chosen = [Chosen(each["key"], each["header"], each["width"]) for each in row.columns if each.get("key") in COLUMNS]
    is_own = row.organization_id == organization.pk
    return Layout(str(row.pk), row.name, tuple(chosen), "" if is_own else row.organization.short_name, is_own)


def layouts_for(organization: Organization) -> list[Layout]:
    """What the organization may print by beside a document's own columns: its layouts, the ready ones, its offices'."""
    offices = Organization.objects.above(organization).values("pk")
    rows = RoadmapLayout.objects.filter(Q(organization=organization) | Q(organization__in=offices))
    stored = [stored_layout(row, organization) for row in rows.select_related("organization")]
    return [*filter(lambda each: each.is_own, stored), *ready_layouts(), *(each for each in stored if each.office)]


def layouts_of(roadmap: Roadmap) -> list[Layout]:
    """All by which a roadmap may be printed; the columns of its document first."""
    columns = tuple(Chosen(each["role"], each["title"], 0) for each in columns_of(roadmap))
    name = _("columns of the document") if roadmap.columns else _("usual columns")
    return [Layout(DOCUMENT, name, columns), *layouts_for(roadmap.organization)]


def make_layout(organization: Organization, *, name: str, start: str = PLAN) -> RoadmapLayout:
    """A new layout that starts as one of `layouts_for`, else as the plan. Raises ValidationError where the name is taken."""
    layouts = {layout.key: layout for layout in layouts_for(organization)}
    row = RoadmapLayout(organization=organization, name=name.strip())
    return save_layout(row, name=name, chosen=layouts.get(start, layouts[PLAN]).chosen)


def save_layout(row: RoadmapLayout, *, name: str, chosen: Sequence[Chosen]) -> RoadmapLayout:
    """Store a layout. Raises ValidationError by fields."""
    row.name = name.strip()
    row.columns = [{"key": each.key, "header": each.header, "width": each.width} for each in chosen]
    row.full_clean()
    row.save()
    return row


def require_content(chosen: Sequence[Chosen]) -> None:
    """Raise ValidationError where nothing says what is to be done."""
    if not any(each.key == "content" for each in chosen):
        raise ValidationError(_("Tick the column with the activity itself: without it the plan says nothing."))
