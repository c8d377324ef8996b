"""Which of the seven stages of the target model a stage is, by its title. Pure.

The seven are those of the methodical recommendations (Р-145) and of the ready roadmaps; documents call them in many ways:
«Формирование банка наставников», «Методическое сопровождение /обучение наставников». A title that says nothing of them
is no kind: a curator may name the kind by hand (`Stage.kind`).
"""

import re
from enum import StrEnum
from functools import cache

from roadmap.witness_words import plain


class StageKind(StrEnum):
    """The seven stages, in their order."""

    CONDITIONS = "conditions"
    MENTEES = "mentees"
    MENTORS = "mentors"
    TRAINING = "training"
    PAIRS = "pairs"
    WORK = "work"
    RESULTS = "results"


_BASE = r"(?:баз|банк|реестр|спис|перечн|перечен|набор)"
# In this order: «Завершение персонализированных программ» is no work, «Обучение наставников» is no base of mentors.
_KNOWN = [
    (kind, re.compile(pattern))
    for kind, pattern in (
        (
            StageKind.PAIRS,
            r"(?:формир|образован|создан|складыва|подбор|закреплен)\w*(?:[ ,]\S+){0,2} (?:пар\b|пары|групп|тандем)",
        ),
        (StageKind.RESULTS, r"заверш|\bитог|мониторинг|оценка результат|подвед"),
        (
            StageKind.TRAINING,
            r"обуч|отбор|\bучи(?:м|ть)|методическ\w+ сопровожд|подготовк\w+ наставник|повышени\w+ квалиф",
        ),
        (
            StageKind.MENTEES,
            rf"{_BASE}\w*(?: \S+){{0,2}} наставляем|(?:поиск|выявлен)\w* (?:\S+ )?наставляем|запрос|нужда",
        ),
        (
            StageKind.MENTORS,
            rf"{_BASE}\w*(?: \S+){{0,2}} наставник|(?:поиск|ищем|привлечен)\w* (?:\S+ )?наставник|готов помочь",
        ),
        (StageKind.WORK, r"\bработ\w*(?: \S+){0,2} (?:пар\b|пар[ /-]|групп|тандем)|\bработаем|реализаци\w+ программ"),
        (StageKind.CONDITIONS, r"услови|подготовк|подготовит|готовим|нормативн|запуск"),
    )
]


@cache
def kind_of_title(title: str) -> StageKind | None:
    """The kind of a stage by its title; None for one that names none of the seven."""
    compared = plain(title)
    return next((kind for kind, pattern in _KNOWN if pattern.search(compared)), None)
