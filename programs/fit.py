"""How well a mentor suits a mentee by what both wrote: in applications, in the registry. Pure: no database, no clock.

The words are compared by their beginnings, so that «презентация» and «презентаций» are one; numbers of a wished age by
the age. The result is a proposal with its reasons for a curator who knows both, never a decision.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

STEM = 5  # letters by which words are compared; shorter words say nothing
WORD = re.compile(r"[а-яa-z]{4,}")
NUMBER = re.compile(r"\d{1,2}")
# Beginnings of words that stand in every request and every list of competences.
SAID_BY_ALL = frozenset(
    {
        "работ", "помощ", "помоч", "помог", "учите", "педаг", "наста", "препо", "обуче", "школь", "школе",
        "занят", "урока", "уроки", "умени", "умеет", "навык", "хочет", "нужно", "нужна", "можно", "может",
        "быть", "более", "опыт", "опыта", "разви", "делат", "деяте", "детям", "детей", "ребен", "класс", "свою",
        "своих", "также", "этого", "котор", "первы",
    }
)  # fmt: skip
IN_COMPETENCES, IN_INTERESTS, SAME_SUBJECT, WISHED_AGE, EACH_MENTEE = 2.0, 1.0, 2.0, 1.5, -0.75


@dataclass(frozen=True)
class MentorWords:
    """What a mentor can: `taken` mentees he has already."""

    key: int
    competences: str = ""
    interests: str = ""
    preferred_age: str = ""
    subject: str = ""
    taken: int = 0


@dataclass(frozen=True)
class MenteeWords:
    """What a mentee asks for; `age` in the school year where the birth year is known."""

    key: int
    request: str = ""
    subject: str = ""
    age: int | None = None


@dataclass(frozen=True)
class Fit:
    """How well two suit each other, and the mentor's words that say why."""

    score: float
    words: list[str] = field(default_factory=list)
    is_same_subject: bool = False
    is_wished_age: bool = False

    @property
    def has_reasons(self) -> bool:
        """Whether anything that both wrote speaks for the two."""
        return bool(self.words) or self.is_same_subject or self.is_wished_age


def stems(text: str) -> dict[str, str]:
    """{beginning: the word as it is written} of the words of a text that tell something."""
    words = WORD.findall(text.casefold().replace("ё", "е"))
    return {word[:STEM]: word for word in reversed(words) if word[:STEM] not in SAID_BY_ALL}


def fit(mentor: MentorWords, mentee: MenteeWords) -> Fit:
    """The Fit of a mentor and a mentee; the mentees whom the mentor has already count against it."""
    wanted = stems(mentee.request).keys()
    can, likes = stems(mentor.competences), stems(mentor.interests)
    common = [can[stem] for stem in can if stem in wanted]
    liked = [likes[stem] for stem in likes if stem in wanted and stem not in can]
    is_same_subject = bool(stems(mentor.subject).keys() & stems(mentee.subject).keys())
    is_wished_age = mentee.age is not None and _holds_age(mentor.preferred_age, mentee.age)
    score = IN_COMPETENCES * len(common) + IN_INTERESTS * len(liked) + EACH_MENTEE * mentor.taken
    score += SAME_SUBJECT * is_same_subject + WISHED_AGE * is_wished_age
    return Fit(score, sorted(common + liked), is_same_subject, is_wished_age)


def _holds_age(wish: str, age: int) -> bool:
    """«12–15 лет», «от 7 до 10», «14»: whether the age lies within the numbers of the wish."""
    numbers = [int(number) for number in NUMBER.findall(wish)]
    return bool(numbers) and min(numbers) <= age <= max(numbers)


def propose(
    mentors: Sequence[MentorWords], mentees: Sequence[MenteeWords], *, shown: int, apart: frozenset[tuple[int, int]]
) -> dict[int, list[tuple[int, Fit]]]:
    """{mentee's key: [(mentor's key, Fit)]}: first the mentor of the best assignment of all, then the next best.

    `apart` are (mentor, mentee) who are not to be proposed: a pair already. Nobody is proposed to himself. Mentors get
    as many mentees as all have to take, so that nobody is left; the load that they have counts against them.
    """
    if not mentors or not mentees:
        return {}
    # scipy and numpy take fifty megabytes of every process that has read them: one that proposes nobody does without.
    from programs.matching import UNMATCHED, assign

    fits = [[fit(mentor, mentee) for mentor in mentors] for mentee in mentees]
    allowed = [[m.key != p.key and (m.key, p.key) not in apart for m in mentors] for p in mentees]
    scores = [[each.score for each in row] for row in fits]
    chosen = assign(scores, [-(-len(mentees) // len(mentors))] * len(mentors), allowed)
    found: dict[int, list[tuple[int, Fit]]] = {}
    for place, mentee in enumerate(mentees):
        best = [int(chosen[place])] if chosen[place] != UNMATCHED else []
        others = sorted((-fits[place][at].score, at) for at in range(len(mentors)) if allowed[place][at])
        order = [*best, *(at for _score, at in others if at not in best and fits[place][at].has_reasons)][:shown]
        found[mentee.key] = [(mentors[at].key, fits[place][at]) for at in order]
    return found
