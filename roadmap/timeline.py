"""The timeline of a roadmap as SVG, drawn here: bands of stages, bars by state, today's line. Pure.

Legible in print and without colour: what is done is filled, what is late has a thick edge and a mark, what is open has
a thin edge, what is repeated is cut into its times. The table behind the picture says the same in words.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

ROW, BAND, HEAD = 22, 24, 34
LABEL, WIDTH = 330, 1120
MONTHS = ("янв", "фев", "мар", "апр", "май", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")
_FILLS = {"done": "#1d6438", "late": "#fbe6e9", "due": "#fdf0d5", "started": "#fdf0d5", "cancelled": "#ffffff"}
_EDGES = {"done": "#1d6438", "late": "#a11a2f", "due": "#7a4b00", "started": "#7a4b00", "cancelled": "#8b98a5"}
_LETTERS = 44


@dataclass(frozen=True)
class Bar:
    """An activity on the timeline: spans of days (either side may be open), the state today; `address` makes a link."""

    title: str
    state: str
    spans: Sequence[tuple[date | None, date | None]]
    address: str = ""


@dataclass(frozen=True)
class Band:
    """A stage with its bars."""

    title: str
    bars: Sequence[Bar]


def draw(
    bands: Sequence[Band], starts_on: date, ends_on: date, today: date, *, label: str, months: Sequence[str] = MONTHS
) -> str:
    """The picture as an <svg> element; `label` is what a screen reader says of it."""
    scale = _Scale(starts_on, ends_on)
    height = HEAD + sum(BAND + ROW * len(band.bars) for band in bands) + 4
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="timeline" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" '
        f'height="{height}" role="img" aria-label="{escape(label)}" font-family="Tinos, Arial, sans-serif" font-size="12">',
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>',
    ]
    parts += _months(scale, height, months)
    top = HEAD
    for band in bands:
        parts.append(f'<rect x="0" y="{top}" width="{WIDTH}" height="{BAND - 2}" fill="#e5eef7"/>')
        title = escape(_cut(band.title, 140))
        parts.append(f'<text x="6" y="{top + 16}" font-weight="bold" fill="#1d2733">{title}</text>')
        top += BAND
        for bar in band.bars:
            parts += _row(bar, scale, top)
            top += ROW
    if starts_on <= today <= ends_on:
        x = scale.at(today)
        parts.append(
            f'<line x1="{x}" y1="{HEAD - 12}" x2="{x}" y2="{height}" stroke="#a11a2f" stroke-width="2" '
            'stroke-dasharray="6 3"/>'
        )
        parts.append(f'<text x="{x}" y="{HEAD - 14}" text-anchor="middle" fill="#a11a2f">{today:%d.%m}</text>')
    parts.append("</svg>")
    return "".join(parts)


class _Scale:
    """Days as places on the picture."""

    def __init__(self, starts_on: date, ends_on: date) -> None:
        self.starts_on, self.ends_on = starts_on, ends_on
        self.step = (WIDTH - LABEL - 6) / max(1, (ends_on - starts_on).days + 1)

    def at(self, day: date) -> float:
        day = min(max(day, self.starts_on), self.ends_on)
        return round(LABEL + (day - self.starts_on).days * self.step, 1)

    def after(self, day: date) -> float:
        return round(self.at(day) + self.step, 1)


def _months(scale: _Scale, height: int, months: Sequence[str]) -> list[str]:
    parts = []
    year, month = scale.starts_on.year, scale.starts_on.month
    while date(year, month, 1) <= scale.ends_on:
        x = scale.at(date(year, month, 1))
        parts.append(f'<line x1="{x}" y1="4" x2="{x}" y2="{height}" stroke="#d6dde4"/>')
        name = f"{months[month - 1]} {year}" if month == 1 or not parts[1:] else months[month - 1]
        parts.append(f'<text x="{x + 3}" y="12" fill="#55616e" font-size="11">{escape(name)}</text>')
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return parts


def _row(bar: Bar, scale: _Scale, top: int) -> list[str]:
    edge, fill = _EDGES.get(bar.state, "#4a5561"), _FILLS.get(bar.state, "#e9edf1")
    mark = {"done": "✓ ", "late": "! "}.get(bar.state, "")
    strike = ' text-decoration="line-through"' if bar.state == "cancelled" else ""
    text = f'<text x="12" y="{top + 15}" fill="#1d2733"{strike}>{escape(mark + _cut(bar.title, _LETTERS))}</text>'
    whole = f"<title>{escape(bar.title)}</title>"
    parts = ["<g>", whole, f'<a href="{escape(bar.address)}">{text}</a>' if bar.address else text]
    width = 2.5 if bar.state == "late" else 1
    for starts_on, ends_on in bar.spans:
        if (starts_on and starts_on > scale.ends_on) or (ends_on and ends_on < scale.starts_on):
            continue
        if starts_on is None and ends_on is not None:  # «by a date»: a mark on the day
            x, y = scale.after(ends_on), top + ROW / 2
            points = f"{x - 6},{y} {x},{y - 6} {x + 6},{y} {x},{y + 6}"
            parts.append(f'<polygon points="{points}" fill="{fill}" stroke="{edge}" stroke-width="{width}"/>')
            continue
        left, right = scale.at(starts_on or scale.starts_on), scale.after(ends_on or scale.ends_on)
        parts.append(
            f'<rect x="{left}" y="{top + 4}" width="{max(3, round(right - left - 1, 1))}" height="{ROW - 8}" rx="2" '
            f'fill="{fill}" stroke="{edge}" stroke-width="{width}"/>'
        )
    parts.append("</g>")
    return parts


def _cut(text: str, letters: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= letters else text[: letters - 1].rstrip() + "…"


def pages_of(bands: Sequence[Band], rows: int) -> list[list[Band]]:
    """The bands cut into pages of so many rows, headings counted; a stage that is cut goes on under its title."""
    pages: list[list[Band]] = [[]]
    left = rows
    for band in bands:
        bars = list(band.bars)
        while True:
            if left < 2:
                pages.append([])
                left = rows
            taken = bars[: left - 1]
            pages[-1].append(Band(band.title, taken))
            left -= 1 + len(taken)
            bars = bars[len(taken) :]
            if not bars:
                break
    return [page for page in pages if page]
