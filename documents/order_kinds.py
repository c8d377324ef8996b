"""Kinds of orders (domain.md §3.1): what the wizard asks for each, and what may stand in braces in its text.

Data and no more: what an approval brings about stands in documents/order_effects.py, ready texts are files in
templates/documents/texts/, named by the kind.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from documents import annex_kinds as annexed

CONTROL = "контроль"  # the control item: a common slot of every kind
CONTROLLER = "controller"  # the role of who controls; nobody, where the head does it himself
PAIRS, ENDED_PAIRS, EARLIER = "пары", "прекращаемые пары", "прежние приказы"
COMMON = (
    "основание",
    "организация",
    "организации",
    "учебный год",
    "начало",
    "конец",
    "куратора",
    "куратору",
    "куратором",
    CONTROL,
)


@dataclass(frozen=True)
class Slot:
    """People whom the order names in a role; `placeholder` becomes a point for each, or words where there is one."""

    role: str
    placeholder: str
    label: Any
    case: str  # in which the text wants the name
    is_list: bool = True
    words_label: Any = ""  # what is said of each person; empty, where nothing is
    usual_words: str = ""
    help: Any = ""
    is_employee: bool = False  # the role is work: neither a pupil nor a partner from outside has it
    annex_title: str = "Состав"  # over the list of these people, where it is annexed
    annex_words: str = "Обязанности"  # over the column of what is said of each


@dataclass(frozen=True)
class Value:
    """Something that the curator types; `placeholder` is where it stands. Lines of a list become points."""

    placeholder: str
    label: Any
    kind: str = "words"  # "words", "date", "lines"
    help: Any = ""
    is_required: bool = True
    usual: str = ""  # what the wizard proposes; of a date: the field of the programme that has it


@dataclass(frozen=True)
class OrderKind:
    """A kind of order: its key is that of its text."""

    key: str
    label: Any
    about: Any
    people: tuple[Slot, ...] = ()
    values: tuple[Value, ...] = ()
    takes_pairs: bool = False  # puts proposed pairs in force
    ends_pairs: bool = False
    counts: tuple[str, ...] = ()  # figures of the programme that the text may name
    annexes: tuple[str, ...] = ()  # keys of what a new draft annexes, in their order
    is_municipal: bool = False  # an order of an education office
    is_for_all: bool = False  # of an office as of any other organization
    names_earlier: bool = False  # its text says which earlier orders it repeals or changes

    @property
    def name(self) -> Any:
        """«приказ о назначении куратора», for lists of papers."""
        return format_lazy(_("order {subject}"), subject=self.label)

    @property
    def placeholders(self) -> tuple[str, ...]:
        """What may stand in braces in the text of the kind."""
        own = [*(slot.placeholder for slot in self.people), *(value.placeholder for value in self.values), *self.counts]
        pairs = [PAIRS] * self.takes_pairs + [ENDED_PAIRS] * self.ends_pairs + [EARLIER] * self.names_earlier
        return (*COMMON, *own, *pairs, *self.citations)

    @property
    def citations(self) -> tuple[str, ...]:
        """Placeholders that cite an annex; any order may have any."""
        return annexed.ALL_CITATIONS

    @property
    def shown_placeholders(self) -> list[str]:
        """Those of the list beside the text: of the citations, one for each annex of the kind."""
        cited = [annexed.citations_of(key)[0] for key in self.annexes]
        return [*[name for name in self.placeholders if name not in self.citations], *cited]

    @property
    def lists(self) -> set[str]:
        """Placeholders that become a point for each of their lines."""
        people = {slot.placeholder for slot in self.people if slot.is_list}
        return (
            people
            | {value.placeholder for value in self.values if value.kind == "lines"}
            | {PAIRS, ENDED_PAIRS, EARLIER}
        )


LAST_DAY = Value("последний день", _("Last day of the pairs"), kind="date")
EACH_ON_A_LINE = _("Each on a line of its own.")
KINDS = {
    kind.key: kind
    for kind in (
        OrderKind(
            "introduction_order",
            _("on the introduction of mentorship"),
            _("Begins the work: the terms, the regulation, the roadmap and the forms, the curator, the council."),
            people=(
                Slot(
                    "curator",
                    "назначаемого",
                    _("Who is appointed curator"),
                    "accusative",
                    is_list=False,
                    is_employee=True,
                ),
                Slot(
                    "member",
                    "состав совета",
                    _("Council of mentors"),
                    "nominative",
                    words_label=_("Role in the council"),
                    usual_words="член совета",
                    annex_title="Состав совета наставников",
                    annex_words="Роль в совете",
                ),
            ),
            values=(
                Value("начало внедрения", _("Introduced from"), kind="date", usual="starts_on"),
                Value("конец внедрения", _("to"), kind="date", usual="ends_on"),
                Value(
                    "сроки мониторинга",
                    _("Terms of the monitoring of effectiveness"),
                    kind="lines",
                    help=EACH_ON_A_LINE,
                    usual=(
                        "оценка условий и организации программы – декабрь\n"
                        "оценка результатов и влияния программы на участников – май"
                    ),
                ),
                Value(
                    "планируемые результаты",
                    _("Planned results"),
                    kind="lines",
                    help=EACH_ON_A_LINE,
                    usual=(
                        "каждый наставляемый, подавший запрос, работает с наставником\n"
                        "персонализированные программы наставничества выполнены\n"
                        "значения показателей программы наставничества достигнуты"
                    ),
                ),
            ),
            annexes=(
                annexed.REGULATION,
                annexed.ROADMAP,
                annexed.FORMS,
                annexed.AGREEMENT,
                annexed.INDICATORS,
            ),
        ),
        OrderKind(
            "regulation_order",
            _("on the regulation"),
            _("Approves an edition of the regulation; approved, it is in force and the former one is not."),
            values=(
                Value(
                    "протокол",
                    _("Minutes of the teachers' council"),
                    help=_("In brackets after “решения педагогического совета”: «протокол от 28.08.2026 № 1»"),
                ),
                Value("день введения", _("In force from"), kind="date"),
            ),
            counts=("прежнее положение",),
            annexes=(annexed.REGULATION,),
        ),
        OrderKind(
            "roadmap_order",
            _("on the roadmap of the year"),
            _("Approves the plan of the school year; approved, the roadmap bears its number and date."),
            annexes=(annexed.ROADMAP,),
        ),
        OrderKind(
            "programs_order",
            _("on personal programmes"),
            _("Approves the personal programmes of pairs and groups, by a list."),
            annexes=(annexed.PROGRAMS,),
        ),
        OrderKind(
            "assignment_order",
            _("on pairs and groups"),
            _("Assigns mentors to mentees; approved, it puts the pairs in force and makes the agreements."),
            takes_pairs=True,
            annexes=(annexed.PAIRS,),
        ),
        OrderKind(
            "replacement_order",
            _("on the replacement of a mentor"),
            _("Ends pairs and puts others in their place in force, with new agreements."),
            takes_pairs=True,
            ends_pairs=True,
            annexes=(annexed.PAIRS,),
            values=(
                LAST_DAY,
                Value("причина", _("Why"), help=_("After “в связи с”: «увольнением наставника»")),
            ),
        ),
        OrderKind(
            "ending_order",
            _("on the end of pairs"),
            _("Ends pairs before their term, or at their end."),
            ends_pairs=True,
            values=(
                LAST_DAY,
                Value("причина", _("Why"), help=_("After “в связи с”: «завершением программы наставничества»")),
            ),
        ),
        OrderKind(
            "curator_order",
            _("on the appointment of a curator"),
            _("Names the curator of the programme; approved, it stands in the registry of curators."),
            people=(
                Slot("curator", "назначаемого", _("Who is appointed"), "accusative", is_list=False, is_employee=True),
            ),
            values=(Value("день назначения", _("From which day"), kind="date"),),
        ),
        OrderKind(
            "group_order",
            _("on a working group"),
            _("Names the people who introduce the programme, and their tasks."),
            is_for_all=True,
            people=(
                Slot(
                    "member",
                    "состав группы",
                    _("Members of the group"),
                    "nominative",
                    words_label=_("Role in the group"),
                    usual_words="член рабочей группы",
                    annex_title="Состав рабочей группы по внедрению программы наставничества",
                    annex_words="Роль в группе",
                ),
            ),
            values=(Value("задачи группы", _("Tasks of the group"), kind="lines", help=EACH_ON_A_LINE),),
        ),
        OrderKind(
            "monitoring_order",
            _("on the monitoring"),
            _("Dates, people and papers of the internal monitoring of the programme."),
            people=(
                Slot(
                    "member",
                    "состав группы",
                    _("Who monitors"),
                    "accusative",
                    is_employee=True,
                    annex_title="Состав группы, которая проводит мониторинг",
                ),
            ),
            values=(
                Value("начало мониторинга", _("From"), kind="date"),
                Value("конец мониторинга", _("to"), kind="date"),
                Value("срок справки", _("The results are reported by"), kind="date"),
            ),
        ),
        OrderKind(
            "award_order",
            _("on awards"),
            _("Thanks and rewards the participants; the awards stand in their files."),
            is_for_all=True,
            people=(
                Slot(
                    "rewarded",
                    "награждаемые",
                    _("Who is rewarded"),
                    "dative",
                    words_label=_("Reward"),
                    usual_words="благодарственное письмо",
                    annex_title="Список награждаемых участников программы наставничества",
                    annex_words="Награда",
                ),
            ),
            values=(Value("за что", _("For what"), help=_("After “за”: «результативную работу наставником»")),),
        ),
        OrderKind(
            "results_order",
            _("on the results of the year"),
            _("What the programme of the year has achieved, in figures of the portal, and the tasks of the next one."),
            values=(
                Value("выводы", _("Findings"), kind="lines", help=EACH_ON_A_LINE),
                Value("задачи", _("Tasks of the next year"), kind="lines", help=EACH_ON_A_LINE),
            ),
            counts=("наставников", "наставляемых", "пар и групп", "завершено пар и групп", "встреч"),
        ),
        OrderKind(
            "municipal_work_order",
            _("on mentorship in the municipality"),
            _("Begins the year in all organizations of the office: plan, indicators, coordinator, dates of reports."),
            is_municipal=True,
            people=(
                Slot(
                    "coordinator",
                    "координатора",
                    _("Municipal coordinator"),
                    "accusative",
                    is_list=False,
                    is_employee=True,
                ),
            ),
            values=(
                Value("начало работы", _("From"), kind="date", usual="starts_on"),
                Value("конец работы", _("to"), kind="date", usual="ends_on"),
                Value("срок приказов", _("Organizations issue their orders by"), kind="date"),
                Value("срок сведений", _("Organizations report by"), kind="date"),
            ),
            annexes=(annexed.ROADMAP, annexed.INDICATORS),
        ),
        OrderKind(
            "municipal_contest_order",
            _("on a municipal contest"),
            _("Dates, nominations and jury of a contest of mentors; its regulation is annexed as a file."),
            is_municipal=True,
            people=(
                Slot(
                    "member",
                    "состав жюри",
                    _("Jury"),
                    "nominative",
                    words_label=_("Role in the jury"),
                    usual_words="член жюри",
                    annex_title="Состав жюри конкурса",
                    annex_words="Роль в жюри",
                ),
            ),
            values=(
                Value("название конкурса", _("Name of the contest"), help=_("Without quotes: «Лучший наставник»")),
                Value("начало конкурса", _("From"), kind="date"),
                Value("конец конкурса", _("to"), kind="date"),
                Value("номинации", _("Nominations"), kind="lines", help=EACH_ON_A_LINE),
                Value("срок заявок", _("Applications are taken until"), kind="date"),
            ),
        ),
        OrderKind(
            "municipal_monitoring_order",
            _("on municipal monitoring"),
            _("Dates and people of the monitoring in all organizations of the office."),
            is_municipal=True,
            people=(
                Slot(
                    "member",
                    "состав группы",
                    _("Who monitors"),
                    "accusative",
                    is_employee=True,
                    annex_title="Состав группы, которая проводит мониторинг",
                ),
            ),
            values=(
                Value("начало мониторинга", _("From"), kind="date"),
                Value("конец мониторинга", _("to"), kind="date"),
                Value("срок сведений", _("Organizations report by"), kind="date"),
                Value("срок справки", _("The analytic note is ready by"), kind="date"),
            ),
        ),
        OrderKind(
            "repealing_order",
            _("on the repeal or the change of earlier orders"),
            _("Repeals earlier orders of the organization, or changes points of them; both then name one another."),
            names_earlier=True,
        ),
    )
}


def kinds_of(organization: Any) -> list[OrderKind]:
    """The kinds that the organization issues: an education office others than a school."""
    is_office = organization.is_office
    return [kind for kind in KINDS.values() if kind.is_for_all or kind.is_municipal == is_office]
