"""Kinds of papers beside orders and agreements (domain.md §3.5, §3.10, §3.11, §3.14, §8.4): what the form of each asks.

Data and no more: what each prints stands in documents/letters_of_….py, ready texts in templates/documents/texts/.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

# What a paper is about; the page of which one it is made from.
PAIR, PERSON, PROGRAM, ORDER = "pair", "person", "program", "order"

ADDENDUM, PETITION, HANDOVER = "addendum", "petition", "handover"
MINUTES, ATTENDANCE = "minutes", "attendance"
THANKS, CERTIFICATE = "thanks", "certificate"
ORDER_EXTRACT, ORDER_COPY, WORK_EXTRACT = "order_extract", "order_copy", "work_extract"

QUESTIONS_OF_MINUTES = 5


@dataclass(frozen=True)
class Field:
    """Something that the form asks. Kinds: words, text, lines, date, person, people, points, choice, count, tick."""

    name: str
    label: Any
    kind: str = "words"
    is_required: bool = True
    usual: str = ""  # what stands there at first
    help: Any = ""
    choices: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True)
class LetterKind:
    """A kind of paper: its key is that of its text and of its filed papers."""

    key: str
    name: Any
    about: Any
    public_name: str  # as the check page calls it, in Russian, with nothing of who is named in it
    subject: str
    fields: tuple[Field, ...]
    template: str = "documents/pdf/letter.html"
    placeholders: tuple[str, ...] = ()  # of what is typed into the form; those of kept texts: documents/letter_texts.py
    series: str = ""  # papers without one have no number of their own
    number_template: str = "{n}"
    copies: int = 1
    bulk: str = ""  # PAIR or PERSON: many may be made by one job

    @property
    def has_number(self) -> bool:
        return bool(self.series)


def _question_fields() -> tuple[Field, ...]:
    """Of the minutes: what was heard, spoken and decided on each question; empty ones are left out."""
    parts = [
        ("question", _("question of the agenda"), "words", ""),
        ("heard", _("heard: who, about what"), "text", ""),
        ("spoke", _("spoke"), "lines", ""),
        ("decided", _("decided, a line for each point"), "lines", ""),
        ("votes", _("how it was voted"), "words", "единогласно"),
    ]
    return tuple(
        Field(
            f"{name}_{place}",
            format_lazy("{place}. {label}", place=place, label=label),
            kind,
            is_required=place == 1 and name in ("question", "decided"),
            usual=usual,
        )
        for place in range(1, QUESTIONS_OF_MINUTES + 1)
        for name, label, kind, usual in parts
    )


_CERTIFIED = (Field("certified_by", _("Who certifies"), "person", help=_("Position and name stand below “Верно”.")),)
_PRINTED = (
    Field(
        "layout",
        _("Sheet"),
        "choice",
        usual="portrait",
        choices=(("portrait", _("upright")), ("landscape", _("across"))),
    ),
    Field("has_background", _("On the background of the organization"), "tick", is_required=False, usual="yes"),
)

_ALL = (
    LetterKind(
        ADDENDUM,
        _("addendum to the labour contract"),
        _("For a mentor who is an employee: content, term, form and pay of mentoring; two copies."),
        "дополнительное соглашение к трудовому договору",
        PAIR,
        (
            Field(
                "contract_number",
                _("Number of the labour contract"),
                is_required=False,
                help=_("Empty: a line to be filled by hand."),
            ),
            Field("contract_on", _("Date of the labour contract"), "date", is_required=False),
            Field(
                "task",
                _("Content of the work, a line for each point"),
                "lines",
                usual="помогать наставляемому осваивать приёмы и порядок работы;\n"
                "проводить индивидуальные встречи и консультации, посещать занятия наставляемого и разбирать их с ним;\n"
                "составить вместе с наставляемым персонализированную программу наставничества и вести учёт встреч;\n"
                "представить куратору отчёт о ходе и результатах работы",
            ),
            Field("starts_on", _("From"), "date"),
            Field("ends_on", _("Last day"), "date"),
            Field(
                "work_form",
                _("Form of the work"),
                "text",
                usual="очно, в рабочее время, без освобождения от основной работы",
            ),
            Field(
                "pay",
                _("Pay: amount and order"),
                "text",
                usual="Работнику устанавливается доплата в размере ____________ рублей в месяц. Она выплачивается вместе с "
                "заработной платой за дни, в которые работа по наставничеству выполнялась",
            ),
        ),
        series="addenda",
        copies=2,
        bulk=PAIR,
    ),
    LetterKind(
        PETITION,
        _("petition for another mentor"),
        _("To the head: why the mentor should be replaced, and by whom."),
        "ходатайство",
        PAIR,
        (
            Field("petitioner", _("Who asks"), "person"),
            Field("reason", _("Why"), "text", help=_("It goes on after the words “в связи с тем, что”.")),
            Field("successor", _("Who is proposed instead"), "person", is_required=False),
        ),
    ),
    LetterKind(
        HANDOVER,
        _("act of hand-over"),
        _("What the former mentor gives to the next one: papers, materials, access."),
        "акт приёма-передачи",
        PAIR,
        (
            Field("taken_by", _("Who takes over"), "person"),
            Field(
                "things",
                _("What is handed over, a line for each"),
                "lines",
                usual="персонализированная программа наставничества\nжурнал учёта встреч\nотчёты наставника",
            ),
            Field("remarks", _("Remarks of the sides"), "text", is_required=False),
        ),
        series="handovers",
        copies=2,
    ),
    LetterKind(
        MINUTES,
        _("minutes"),
        _("Of the teachers' council or the council of mentors: agenda, heard, spoke, decided, who was there."),
        "протокол",
        PROGRAM,
        (
            Field(
                "body", _("Of what"), usual="заседания педагогического совета", help=_("«заседания совета наставников»")
            ),
            Field("chair", _("Chair"), "person"),
            Field("secretary", _("Secretary"), "person"),
            Field("present", _("Who was there"), "people", is_required=False),
            Field("others", _("Others who were there, a line for each"), "lines", is_required=False),
            *_question_fields(),
        ),
        series="minutes",
    ),
    LetterKind(
        ATTENDANCE,
        _("attendance sheet"),
        _("For a meeting or an event: names with lines to sign, and empty lines."),
        "лист регистрации",
        PROGRAM,
        (
            Field("event", _("Event")),
            Field("held_at", _("Where"), is_required=False),
            Field("people", _("Who is expected"), "people", is_required=False),
            Field("empty", _("Empty lines"), "count", is_required=False, usual="5"),
        ),
    ),
    LetterKind(
        THANKS,
        _("letter of thanks"),
        _("To mentors, mentees and partners outside; one, or many at once."),
        "благодарственное письмо",
        PERSON,
        (
            Field(
                "text",
                _("What we thank for"),
                "text",
                help=_("{организации} and {учебный год} are filled in."),
            ),
            *_PRINTED,
        ),
        template="documents/pdf/certificate.html",
        placeholders=("организации", "учебный год"),
        bulk=PERSON,
    ),
    LetterKind(
        CERTIFICATE,
        _("certificate"),
        _("Of taking part in the programme; one, or many at once."),
        "сертификат",
        PERSON,
        (
            Field("word", _("Word on top"), help=_("«СЕРТИФИКАТ», «ДИПЛОМ», «ГРАМОТА»")),
            Field(
                "text",
                _("Text below the name"),
                "text",
                help=_("{организации} and {учебный год} are filled in."),
            ),
            *_PRINTED,
        ),
        template="documents/pdf/certificate.html",
        placeholders=("организации", "учебный год"),
        series="certificates",
        bulk=PERSON,
    ),
    LetterKind(
        ORDER_EXTRACT,
        _("extract from an order"),
        _("Chosen points, of one person only: the names of others stay out."),
        "выписка из приказа",
        ORDER,
        (
            Field("person", _("For whom"), "person"),
            Field("points", _("Points"), "points"),
            *_CERTIFIED,
        ),
    ),
    LetterKind(
        ORDER_COPY,
        _("certified copy of an order"),
        _("The order as it was filed, with “Верно”, the position, the name and the date."),
        "копия приказа",
        ORDER,
        (*_CERTIFIED, Field("kept_at", _("Where the original is kept"), is_required=False)),
        template="documents/pdf/order_copy.html",
    ),
    LetterKind(
        WORK_EXTRACT,
        _("extract of a mentor's work"),
        _("For attestation: mentees, orders, meetings, hours and results of a period."),
        "справка о наставнической деятельности",
        PERSON,
        (
            Field("starts_on", _("From"), "date"),
            Field("ends_on", _("Last day"), "date"),
            Field("purpose", _("Where it goes"), usual="для предъявления в аттестационную комиссию", is_required=False),
        ),
        series="work-extracts",
    ),
)
LETTER_KINDS = {kind.key: kind for kind in _ALL}


def kinds_about(subject: str) -> list[LetterKind]:
    """The kinds that are made from the page of a pair, a person, a programme or an order."""
    return [kind for kind in _ALL if kind.subject == subject]
