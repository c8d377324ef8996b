"""The title of a roadmap among the lines above its table, which may also hold a grif, aims, an explanatory note, headings."""

import re
from collections.abc import Iterator, Sequence

from roadmap.blocks import Paragraph
from roadmap.deadline_words import DASHES
from roadmap.headings import begins_small, stage_heading
from roadmap.segments import LINES_OF_TITLE, OTHER_PAPER, TITLE_WORDS

GRIF = re.compile(r"\W*(?:утвержд(?:аю|ено|ён|ен|ена)|у\s*т\s*в\s*е\s*р\s*ж\s*д\s*а\s*ю)\b", re.IGNORECASE)
TITLE_YEARS = re.compile(r"20\d\d")
# A line that begins a title by itself: «ДОРОЖНАЯ КАРТА», «ПЛАН», with what it is a plan of below.
NAME_OF_PAPER = re.compile(
    r"\W*(?:план(?:-график)?|дорожная карта|циклограмма|комплекс мер|программа)(?:\s*\W*(?:дорожная карта)\W*)?",
    re.IGNORECASE,
)
BEGINS_TITLE = re.compile(
    r"\W*(?:(?:муниципальн|региональн|перспективн|годов|рабоч|календарн|комплексн)\w*\s+){0,2}(?:план|дорожн|комплекс|"
    r"циклограмм|программ)",
    re.IGNORECASE,
)
# What stands under a title and is none: aims, an explanatory note, the heading of the next part.
BODY = re.compile(
    r"\W*(?:цел[ьи]\b|задач[аи]\b|пояснительн|введени[ея]\b|актуальност|содержани[ея] (?:деятельн|работ|мероприят|план)|"
    r"ожидаем|планируем|основани[ея]\b|нормативн|участник|составител|автор|разработ|куратор\b|форма наставнич|"
    r"срок\w* реализ|этап\w* реализ|раздел\b|глава\b|\d{1,2}[.)]\s?\D|[-–—•·▪]\s)",
    re.IGNORECASE,
)
NAMES_ITS_BODY = re.compile(r"\b(?:цел[ьи]|задач[аи]|этап\w*)\b[^«»]*:", re.IGNORECASE)
LINES_OF_NAME = 8
LINES_ABOVE = 80
MAX_TITLE = 500


def title_of(before: Sequence[Paragraph]) -> str:
    """The title above the table: the lines that name a roadmap, else the bold lines just above."""
    lines = before[-LINES_ABOVE:]
    starts = [at for at, line in enumerate(lines) if _begins(lines, at) and not _is_sentence(line.text)]
    if starts:
        # of two the one that names the years is the title of the paper, the other a heading within it; else the last
        titles = [" ".join(_title_from(lines, at)) for at in _firsts(starts)]
        dated = [title for title in titles if TITLE_YEARS.search(title)]
        return (dated or titles)[-1][:MAX_TITLE].strip()
    return " ".join(_bold_or_dated(lines[-LINES_OF_TITLE:]))[:MAX_TITLE].strip()


def _begins(lines: Sequence[Paragraph], at: int) -> bool:
    """Whether the line names a roadmap, by itself or with the one below: «ПЛАН», «работы по наставничеству»."""
    text = lines[at].text
    if TITLE_WORDS.search(text):
        return len(lines) - at <= LINES_OF_TITLE or BEGINS_TITLE.match(text) is not None
    return NAME_OF_PAPER.fullmatch(text) is not None and at + 1 < len(lines) and not BODY.match(lines[at + 1].text)


def _firsts(starts: list[int]) -> Iterator[int]:
    """The first of each run of lines that follow each other."""
    return (at for place, at in enumerate(starts) if not place or starts[place - 1] != at - 1)


def _title_from(lines: Sequence[Paragraph], start: int) -> list[str]:
    """The lines of a title from its first on, to the end of its sentence or of its type."""
    kept = [lines[start].text]
    for line in lines[start + 1 : start + LINES_OF_NAME]:
        goes_on = begins_small(line.text)
        if _ends(kept[-1], goes_on=goes_on) or _is_body(line.text) or OTHER_PAPER.match(line.text):
            break
        if lines[start].bold and not line.bold and not goes_on and not TITLE_YEARS.search(line.text):
            break
        if not GRIF.match(line.text):
            kept.append(line.text)
    return kept


def _ends(text: str, *, goes_on: bool) -> bool:
    """Whether a title ends with the line: its school year, or a full stop."""
    year = re.search(r"20\d\d\s*(?:уч\S*\s*)?(?:г\S*)?\W*$", text.translate(DASHES), re.IGNORECASE)
    return not goes_on and (bool(year) or text.rstrip().endswith("."))


def _is_body(text: str) -> bool:
    if BODY.match(text) or text.endswith((":", ";")) or stage_heading(text):
        return True
    return NAMES_ITS_BODY.search(text) is not None or len(text) > 300


def _is_sentence(text: str) -> bool:
    return len(text) > 300 or re.match(r"\d+\.\s", text) is not None or text[:1].islower() or text.endswith(":")


def _bold_or_dated(lines: Sequence[Paragraph]) -> list[str]:
    """The bold lines just above; a sheet or a csv has no bold type: those just above that name the years."""
    end = len(lines)
    while end and _is_body(lines[end - 1].text):
        end -= 1
    start = end
    while start and lines[start - 1].bold and not _is_body(lines[start - 1].text):
        start -= 1
    if start != end:
        return [line.text for line in lines[start:end]]
    while start and end - start < 3 and _is_short_text(lines[start - 1].text):
        start -= 1
    named = any(re.search(r"20\d\d\s*[-/]\s*(?:20)?\d\d", line.text.translate(DASHES)) for line in lines[start:end])
    return [line.text for line in lines[start:end]] if named else []


def _is_short_text(text: str) -> bool:
    return len(text) < 200 and not GRIF.match(text) and "___" not in text  # the place of a signature
