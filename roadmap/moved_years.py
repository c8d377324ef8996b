"""Years written inside texts, moved to another year: 2025 → 2026, «2025–2026» → «2026–2027», «25.05.2026» → «25.05.2027».

Pure. Only years of the old plan move. A span that reaches beyond it («программа развития на 2024–2028 годы»), the date of
a law or an order («приказ от 29.08.2025 № 56») and a number («№ 2025») stay: a person looks at them.
"""

import re
from calendar import isleap
from datetime import date

from roadmap.deadline_printing import GENITIVE

MONTH = "|".join(GENITIVE.split())
SIGN = r"\s*(?:г\w*\.?\s*)?(?:[-–—/]|\bпо\b)\s*"
WRITTEN = re.compile(
    rf"(?P<day>(?<![\d.])\d{{1,2}}[»\"”]?)(?P<month>\.\d{{1,2}}\.|\s+(?:{MONTH})\s+)(?P<of_day>20\d\d)(?!\d)"
    rf"|(?<![\d№.,-])(?P<first>20\d\d)(?P<sign>{SIGN})(?P<last>20\d\d|\d\d(?!\s*(?:{MONTH})))(?!\d|[.-]\d)"
    r"|(?<![\d№.,/-])(?P<year>20\d\d)(?!\d|[.,/-]\d)",
    re.IGNORECASE,
)
PAPER = re.compile(
    r"(?:приказ|закон|распоряжени|постановлени|протокол|письм|договор|соглашени|№)[^;\n]{0,90}\bот\s+[«\"“]?\s?$",
    re.IGNORECASE,
)
AFTER_PAPER = re.compile(r"[\s,]*(?:г\w*\.?)?\s*(?:№|N\s?\d)")
BEFORE_PAPER = re.compile(r"\bот\s+[«\"“]?\s?$", re.IGNORECASE)
NUMBER_BEFORE = re.compile(r"№\s*$")
COUNT_AFTER = re.compile(r"\s*(?:руб|тыс|чел|шт|экз|час|балл)", re.IGNORECASE)


def moved(text: str, years: tuple[int, int], by: int) -> tuple[str, list[str]]:
    """(the text with the years of the old plan, `years` from – to, moved; the years that were left and ask for a look)."""
    kept: list[str] = []

    def replaced(match: re.Match[str]) -> str:
        whole = match.group()
        if NUMBER_BEFORE.search(text[: match.start()]) or COUNT_AFTER.match(text, match.end()):
            return whole
        if match["of_day"]:
            is_paper = _is_paper(text, match)
            if is_paper or not years[0] <= int(match["of_day"]) <= years[1]:
                if not is_paper or int(match["of_day"]) >= years[0]:
                    kept.append(whole)
                return whole
            year = int(match["of_day"]) + by
            return _day(match["day"], match["month"], year) + match["month"] + str(year)
        if match["first"]:
            first, last = int(match["first"]), _full(match["last"])
            if not years[0] <= first <= last <= years[1]:
                return whole  # `other_years` of the checks names it
            short = len(match["last"]) == 2
            return f"{first + by}{match['sign']}{str(last + by)[2:] if short else last + by}"
        if not years[0] <= int(match["year"]) <= years[1]:
            kept.append(whole)
            return whole
        return str(int(match["year"]) + by)

    return WRITTEN.sub(replaced, text), kept


def moved_day(day: date, by: int) -> date:
    """The same day so many years later; 29 February becomes 28 where there is none."""
    leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + by, day=28 if leap_day and not isleap(day.year + by) else day.day)


def _is_paper(text: str, match: re.Match[str]) -> bool:
    before = text[: match.start()]
    return bool(PAPER.search(before) or (BEFORE_PAPER.search(before) and AFTER_PAPER.match(text, match.end())))


def _day(day: str, month: str, year: int) -> str:
    is_february = month.strip().lower() == "февраля" or month.strip(".") in ("2", "02")
    return day.replace("29", "28") if is_february and not isleap(year) else day


def _full(year: str) -> int:
    return int(year) + 2000 if len(year) == 2 else int(year)
