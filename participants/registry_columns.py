"""What a column of a registry means, told by the words of its header.

The columns are those of the two official forms (base of mentors, base of mentees), of the teachers' variant with
position, education and experience, and the ways in which organizations rename them. Order of columns never counts.
"""

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext_lazy as _

from participants.names import restore_cyrillic, tidy_text

Rule = tuple[str, re.Pattern[str], re.Pattern[str] | None]

NUMBER = "number"
DERIVED = "derived"  # the portal fills such a column itself, from pairs and orders
UNKNOWN = ""
# The column that refused_rows adds; an uploaded workbook may hold it again.
REASONS_HEADER = "Почему строка не внесена"

NAME_FIELDS = frozenset({"full_name", "last_name", "first_name", "patronymic", "first_and_patronymic"})
# A bare «Должность» behind «ФИО наставника» is the position of the person named there, not of the row's own person.
PERSONAL_FIELDS = frozenset(
    {"position", "workplace", "class_name", "education", "qualification", "experience_years", "subject"}
    | {"experience_here_years", "total_experience"}
)
SHARED_PERSONAL_FIELDS = frozenset({"contact", "birth_year"})
# Of these one column counts, or the first of several that is filled; of others the cells are put together.
SINGLE_FIELDS = frozenset(
    {"birth_year", "experience_years", "experience_here_years", "joined_on", "completed_on", "period", "case_url"}
)
# Read only where the column that says it better is absent.
FALLBACKS = {"total_experience": "experience_years", "person_word": "full_name"}


class Kind(StrEnum):
    """Which registry a file holds."""

    MENTORS = "mentors"
    MENTEES = "mentees"

    @property
    def other(self) -> "Kind":
        return Kind.MENTEES if self is Kind.MENTORS else Kind.MENTORS


PARTY = {
    Kind.MENTORS: re.compile(r"\bнаставник"),
    Kind.MENTEES: re.compile(r"\bнаставляем|\bподопечн|\bмолод\w+ (?:специалист|педагог|учител|воспитател)"),
}
# Columns that only one of the two forms has.
EVIDENCE = {
    Kind.MENTORS: frozenset({"competences", "achievements", "interests", "preferred_age", "time_resource"}),
    Kind.MENTEES: frozenset({"request", "difficulties", "completion_mark", "representative", "representative_contact"}),
}
# What a column can mean, in the words of the page on which a curator chooses; in the order of that page.
_NAMES: dict[str, Any] = {
    "full_name": _("Last name, first name, patronymic"),
    "last_name": _("Last name"),
    "first_name": _("First name"),
    "patronymic": _("Patronymic"),
    "first_and_patronymic": _("First name and patronymic"),
}
_ABOUT_PERSON: dict[str, Any] = {
    "birth_year": _("Birth year"),
    "contact": _("Phone, e-mail"),
    "representative": _("Legal representative"),
    "representative_contact": _("Phone, e-mail of the representative"),
    "position": _("Position"),
    "class_name": _("Class or group"),
    "workplace": _("Place of work or study"),
    "education": _("Education"),
    "qualification": _("Qualification category"),
    "experience_years": _("Teaching experience, years"),
    "experience_here_years": _("Experience in this organization, years"),
    "subject": _("Subject or age group"),
}
_OF_KIND: dict[Kind, dict[str, Any]] = {
    Kind.MENTORS: {
        "competences": _("Main competences"),
        "achievements": _("Achievements"),
        "interests": _("Interests"),
        "preferred_age": _("Wished age of mentees"),
        "time_resource": _("Time for the programme"),
        "courses": _("Courses on mentoring"),
    },
    Kind.MENTEES: {
        "request": _("Main request"),
        "difficulties": _("Professional difficulties"),
        "completion_mark": _("Mark of completion"),
    },
}
_ABOUT_PROGRAM: dict[str, Any] = {
    "joined_on": _("Joined the programme on"),
    "completed_on": _("Completed the programme on"),
    "period": _("Period of the programme"),
    "results": _("Results"),
    "case_url": _("Link to the case or review"),
}
_BESIDE: dict[str, Any] = {
    NUMBER: _("Number of the row"),
    DERIVED: _("The portal fills it itself from pairs and orders"),
}
FIELDS: dict[Kind, Mapping[str, Any]] = {
    kind: {**_NAMES, **_ABOUT_PERSON, **_OF_KIND[kind], **_ABOUT_PROGRAM, **_BESIDE} for kind in Kind
}

_CONTACT = (
    r"контакт|телефон|\bтел\b|\bмоб\b|мобильн|сотов|^(?:раб|дом)$|\bзвонить\b"
    r"|\bэл (?:почт|адрес)|электрон|\bпочта\b|mail|майл|\bсвяз|whats ?app|вотсап"
    r"|ватсап|telegram|телеграм|мессендж|соц\w* сет"
)
_WORDS_FOR_PERSON = (
    r"наставник\w*|наставляем\w*|педагог(?:и|а|ов)?|учител\w*|воспитател\w*|сотрудник\w*|работник\w*|участник\w*"
    r"|ребен\w*|обучающ\w*|учащ\w*|ученик\w*|воспитанник\w*|студент\w*|молод\w+ (?:специалист\w*|педагог\w*)"
)
_WORDS_FOR_REPRESENTATIVE = (
    r"представител|\bродител|\bмам[аы]\b|\bпап[аы]\b|\bмат(?:ь|ери)\b|\bот(?:ец|ца)\b"
    r"|\bбабушк|\bдедушк|\bопекун|\bпопечител"
)

# (field, words that tell it, words that rule it out); the first line that fits wins.
_FIRST_RULES = (
    (NUMBER, r"^почему строка не внесена$", None),
    (NUMBER, r"^(?:(?:№+|n|no|#|номер)(?: ?(?:п ?п|по порядку|строки|записи))?|п ?п)$", None),
    (
        UNKNOWN,
        r"согласи|снилс|паспорт|\bинн\b|^пол$|классн\w* руковод|почтов\w+ адрес|место жительств|прописк",
        r"электрон|mail",
    ),
    (DERIVED, r"\bприказ|распоряж|основани\w* закреп|\bдоговор|соглашени", None),
    (DERIVED, r"^(?:количество|число|кол во) ", r"час|свободн"),
    (
        "period",
        r"дат\w* (?:начал|вхожд).*(?:оконч|заверш|выход)|\bпериод|\bсроки? (?:реализ|наставнич|программ|участ|закреп)",
        None,
    ),
    (
        "completed_on",
        r"\bдат\w* .*(?:заверш|оконч|выход|выбыт|исключ|снят|прохожд)|^(?:заверш|оконч|выход|выбыт)",
        r"вуз|заведен|рожд|курс|отметк|обучени|колледж",
    ),
    (
        "joined_on",
        (
            r"\bдат\w* .*(?:вхожд|вступл|включен|начал|закреп|зачисл|входа\b|назначен|участи|поступл\w* .*(?:программ|наставнич))"
            r"|^(?:вхожд|вступл|включен|начал)\w* .*(?:программ|наставнич|участи|работ)"
        ),
        r"должност|трудов|рожд",
    ),
    ("case_url", r"\bкейс|\bссылк|\bотзыв|\burl\b|публикац\w* .*сайт", None),
    (
        "completion_mark",
        (
            r"\bотметк|прохожден\w* программ|(?:прошел|прошла|завершил\w*) .*программ"
            r"|статус (?:прохожд|участи|программ)|программа (?:пройдена|завершена|выполнена)"
        ),
        None,
    ),
    (
        DERIVED,
        (
            r"\bформ[аы]\w* (?:\w+ )?(?:наставнич|взаимодейств|программ|работы)|^форма$|ролев\w+ модел"
            r"|(?:\bвид|\bтип|модел|вариант)\w* (?:\w+ )?(?:наставнич|взаимодейств|программ)"
        ),
        r"результат",
    ),
    ("preferred_age", r"возраст.*наставляем|(?:желаем|предпоч)\w*.*возраст|возраст.*(?:желаем|предпоч)", None),
    ("results", r"результат|^итог|динамик|эффект", None),
    ("time_resource", r"ресурс|\bврем[яе]|\bчасов\b|\bчасы в|график", r"курс|обучен|квалиф"),
)

# Words about the other party end here; what follows is about the row's own person.
_OWN_RULES = (
    ("last_name", r"^фамили\w*$|\bф ?и ?о\b.* фамили\w*$", None),
    ("first_and_patronymic", r"^имя (?:и )?отчеств\w*$|\bф ?и ?о\b.* имя (?:и )?отчеств\w*$", None),
    ("first_name", r"^имя$|\bф ?и ?о\b.* имя$", None),
    ("patronymic", r"^отчеств\w*|\bф ?и ?о\b.* отчеств\w*$", None),
    (
        "full_name",
        r"\bф ?и(?: ?о)?\b|\bфамили\w*.*(?:\bимя|инициал)|^фамили\w* и о$|^имя фамили|полное имя",
        r"телефон|контакт|рожд",
    ),
    ("birth_year", r"\bрожд|\bг ?р\b|^д ?р$", None),
    ("contact", _CONTACT, r"почтов\w+ адрес"),
    ("representative", rf"{_WORDS_FOR_REPRESENTATIVE}|законн", None),
    ("position", r"должност|^кем (?:трудится|работает)", r"стаж|дат"),
    ("courses", r"\bкурс\w* .*(?:наставн|квалиф)|повышени\w* квалиф|обучени\w* .*наставн|^курсы\b|\bк?пк\b", None),
    ("difficulties", r"затруднен|дефицит|трудност", None),
    ("request", r"запрос|потребност|ожидан|^цел[ьи]\b|проблем", None),
    ("experience_years", r"\bпед(?:агог\w*)? (?:.* )?стаж|стаж.*\bпед(?:агог|\b)", None),
    ("experience_here_years", r"стаж.*(?:данн|этой|настоящ|учрежд|организ|\bо[уо]\b|\bм?[бак]?д?оу\b|школ)", None),
    (UNKNOWN, r"\b(?:общ|трудов)\w* (?:.* )?стаж|\bстаж.* (?:общ|трудов)", None),  # of all work, not of teaching alone
    ("total_experience", r"\bстаж|опыт работ", None),
    ("qualification", r"квалиф|^категори|\bкв категори|аттестац", r"возраст"),
    ("education", r"\bобразовани[ея]\b|\bвуз|учебн\w+ заведен|диплом", r"управлени|место|дополнит"),
    ("achievements", r"достижен|наград|заслуг|\bзвани", None),
    ("competences", r"компетен|умени|навык|сильные стороны|^чему (?:на)?учит", None),
    ("interests", r"интерес|хобби|увлечен", None),
    ("subject", r"предмет|дисциплин|преподава|возрастн\w* групп|объединени|кружок|\bпрофиль", None),
    ("class_name", r"^класс\b|\bкласс$|^групп[аы]\b|\bгруппа$|^курс$", None),
    ("workplace", r"\bмест[оа] .*(?:работ|учеб|обуч)|организац|учрежден|^школа|\bо[уо]$|^\w*доу$|предприяти", None),
    ("position", r"професси|специальност", None),
    ("person_word", rf"^(?:{_WORDS_FOR_PERSON}|кто)$", None),
)


def _compiled(rules: tuple[tuple[str, str, str | None], ...]) -> list[Rule]:
    return [(field, re.compile(words), re.compile(without) if without else None) for field, words, without in rules]


FIRST_RULES = _compiled(_FIRST_RULES)
OWN_RULES = _compiled(_OWN_RULES)
OWN_PARTY_WORDS = re.compile(rf"\b(?:{_WORDS_FOR_PERSON})(?=\s|$)")
NAME_WORDS = re.compile(r"\bф ?и(?: ?о)?\b|\bфамили")
CONTACT_WORDS = re.compile(_CONTACT)
REPRESENTATIVE_WORDS = re.compile(_WORDS_FOR_REPRESENTATIVE)
OFFICIAL_CONTACT = re.compile(r"для связи|контактные данные .*данные")


@lru_cache(maxsize=4096)
def fold_header(text: str) -> str:
    """A header as words to compare: small letters, «е» for «ё», one line, no signs between the words."""
    line = restore_cyrillic(tidy_text(text)).casefold().replace("ё", "е")
    return " ".join(re.sub(r"[^\w№#]", " ", line).replace("_", " ").split())


@lru_cache(maxsize=4096)
def column_field(header: str, kind: Kind) -> str:
    """The field of a registry row that a folded header names: a name of RegistryRow, «contact», «full_name»,
    «representative_contact», «first_and_patronymic», «period», NUMBER, DERIVED, or UNKNOWN.
    """
    if not header or len(header) > 200:
        return UNKNOWN
    field = _match(header, FIRST_RULES)
    if field is not None:
        return DERIVED if field == "preferred_age" and kind is Kind.MENTEES else field
    speaks_of_own = bool(PARTY[kind].search(header))
    if not speaks_of_own and (PARTY[kind.other].search(header) or re.search(r"\bкуратор", header)):
        own = _match(header, OWN_RULES)
        # «Запрос к наставнику», «Ожидания от наставника» are the mentee's own words.
        return own if own in ("request", "difficulties") and kind is Kind.MENTEES else DERIVED
    if REPRESENTATIVE_WORDS.search(header):
        if not CONTACT_WORDS.search(header):
            return "representative"
        # «Контактные данные для связи (данные представителя)» is the one column of contacts of the official form.
        return "contact" if OFFICIAL_CONTACT.search(header) else "representative_contact"
    without_party = " ".join(OWN_PARTY_WORDS.sub(" ", header).split())
    return _match(without_party or header, OWN_RULES) or _match(header, OWN_RULES) or UNKNOWN


def speaks_of(header: str, kind: Kind) -> bool:
    """Whether a folded header names the mentor (or the mentee) in so many words."""
    return bool(PARTY[kind].search(header))


def is_name_header(header: str) -> bool:
    """Whether a folded header asks for a name: «ФИО …», «Фамилия …»."""
    return bool(NAME_WORDS.search(header))


def _match(header: str, rules: list[Rule]) -> str | None:
    for field, words, without in rules:
        if words.search(header) and not (without and without.search(header)):
            return field
    return None
