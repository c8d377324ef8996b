"""Who answers, read from what documents write: «Директор, классные руководители» → head, class teachers.

Every phrase of domain.md §6.6 is known. Pure. Words in one cell may stand without a comma between them, and with slips
(«класные»); each role is found by its own words wherever they stand.
"""

import re
from enum import StrEnum


class OwnerRole(StrEnum):
    """Roles that answer for activities."""

    HEAD = "head"
    DEPUTY = "deputy"
    CURATOR = "curator"
    MENTORS = "mentors"
    MENTEES = "mentees"
    COUNCIL = "council"
    WORKING_GROUP = "working_group"
    CLASS_TEACHERS = "class_teachers"
    SPECIALISTS = "specialists"
    TEACHERS = "teachers"
    OFFICE = "office"
    ORGANIZATION = "organization"


# In this order: what is found is taken out of the text, so that «зам. директора» leaves no head behind it and
# «куратор программы наставничества» no mentor.
_PATTERNS = [
    (OwnerRole.DEPUTY, r"\bзам(?:\.|ест\w*)?\s*(?:зав\w*\.?|дир\w*\.?|руковод\w*)(?:\s+по\s+[\w\-]+)?"),
    (OwnerRole.DEPUTY, r"\bзавуч\w*|\bстарш\w+\s+воспитател\w*"),
    (OwnerRole.CLASS_TEACHERS, r"\bклас{1,2}н\w*\s+руководител\w*|\bкл\.\s*рук\w*\.?"),
    (OwnerRole.WORKING_GROUP, r"(?:\bчлен\w*\s+)?\bрабоч\w+\s+групп\w*(?:\s+по\s+внедрени\w+\s+целев\w+\s+модел\w+)?"),
    (OwnerRole.COUNCIL, r"\bметодическ\w+\s+(?:совет|служб|объединени)\w*|\bсовет\w*\s+наставник\w*|\bмс\b|\bмо\b"),
    (OwnerRole.SPECIALISTS, r"\bпедагог\w*\s*[-–—]\s*психолог\w*|\bпсихолог\w*|\bсоц(?:иальн\w+|\.)\s*педагог\w*"),
    (OwnerRole.OFFICE, r"\bуо\b|\b(?:управлени|отдел)\w*\s+образовани\w*|\bмуниципальн\w+\s+координатор\w*"),
    (OwnerRole.MENTEES, r"\bвсе\s+участник\w*\s+программ\w*|\bнаставляем\w*"),
    (
        OwnerRole.CURATOR,
        r"\bкуратор\w*(?:\s+внедрени\w+(?:\s+(?:целев\w+\s+модел\w+|цмн))?)?(?:\s+программ\w*)?(?:\s+наставничеств\w*)?",
    ),
    (OwnerRole.MENTORS, r"\bнаставник\w*"),
    (OwnerRole.TEACHERS, r"\bпедагог\w*(?:\s+дополнительного\s+образования)?|\bучител\w*|\bвоспитател\w*"),
    (OwnerRole.HEAD, r"\bдиректор\w*|\bзаведующ\w*|\bруководител\w*\s+(?:доу|оо|школы|организации|учреждения)"),
    (OwnerRole.ORGANIZATION, r"\bм[абк]?(?:до|о)у\b|\bмбудо\b|\bмбу\s+до\b|\bадминистраци\w*"),
]
_FOUND = [(role, re.compile(pattern)) for role, pattern in _PATTERNS]
_EVERYBODY = re.compile(r"\bвсе\s+участник\w*\s+программ\w*")


def roles_of(text: str) -> list[OwnerRole]:
    """The roles that a responsible phrase names, in the order of the text; nothing where none is known.

    «Все участники программы» are the curator, mentors and mentees.
    """
    rest = " ".join(text.casefold().replace("ё", "е").replace("\xa0", " ").split())
    found: dict[OwnerRole, int] = {}
    if everybody := _EVERYBODY.search(rest):
        found = {role: everybody.start() for role in (OwnerRole.CURATOR, OwnerRole.MENTORS, OwnerRole.MENTEES)}
    for role, pattern in _FOUND:
        for match in pattern.finditer(rest):
            found[role] = min(match.start(), found.get(role, match.start()))
        # Signs, not nothing: places of what is left must not move.
        rest = pattern.sub(lambda match: "•" * len(match[0]), rest)
    return sorted(found, key=lambda role: found[role])
