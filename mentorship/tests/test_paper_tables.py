"""Tables of papers as the printer lays them out: the widths of their columns, where a page ends, words without a break."""

import pytest
from django.template.loader import render_to_string
from weasyprint import CSS, HTML

from mentorship.pdf import reading_of
from mentorship.sealed_fetcher import STATIC_SCHEME, SealedFetcher
from mentorship.templatetags.paper_tables import is_overfull, row_groups

COLUMNS = [{"title": title, "width": width} for title, width in (("№ п/п", "5"), ("Мероприятие", "65"), ("Срок", "30"))]


def row(*texts):
    return {"cells": [{"text": text, "is_merged": False} for text in texts]}


def laid_out(rows):
    """The boxes of the table on its pages: [(width of each column, foot of the last row, foot of the table)]."""
    table = {"columns": COLUMNS, "rows": rows, "column_count": len(COLUMNS)}
    html = render_to_string("documents/pdf/_annex_table.html", {"table": table, "is_landscape": False})
    fetcher = SealedFetcher({})
    style = CSS(url=f"{STATIC_SCHEME}css/document.css", url_fetcher=fetcher)
    page = HTML(string=f"<body>{html}</body>", base_url=STATIC_SCHEME, url_fetcher=fetcher)
    document = page.render(stylesheets=[style], **reading_of(html))
    return [_measured(sheet._page_box) for sheet in document.pages]


def _measured(sheet):
    table = next(box for box in sheet.descendants() if box.element_tag == "table" and hasattr(box, "column_widths"))
    rows = [box for box in table.descendants() if box.element_tag == "tr"]
    inside = sum(table.column_widths)
    shares = [round(100 * width / inside) for width in table.column_widths]
    foot = table.position_y + table.border_height()
    return shares, round(max(each.position_y + each.height for each in rows)), round(foot)


def test_columns_are_as_wide_as_the_table_says():
    ((shares, _last_row, _foot),) = laid_out([row("1.", "Собрание", "до 5 сентября 2026 г.")])

    assert shares == [8, 63, 29]  # a narrow number is as wide as its heading


def test_a_word_without_a_break_widens_no_column():
    ((shares, _last_row, _foot),) = laid_out([row("1.", "Ы" * 200, "май")])

    assert shares == [5, 65, 30]


@pytest.mark.parametrize("count", [36, 37, 38, 39])
def test_lines_close_below_the_last_row_of_every_page(count):
    rows = [row(str(place), "Встреча", "май") for place in range(count)]

    pages = laid_out([*rows, {"heading": "Следующий этап"}, *rows])

    assert [foot - last_row for _shares, last_row, foot in pages] == [1] * len(pages)


def test_a_heading_stays_with_the_row_below_it():
    first, second, third = row("1"), row("2"), row("3")

    groups = row_groups([first, {"heading": "Этап"}, second, third, {"heading": "Без дел"}])

    assert groups == [[first], [{"heading": "Этап"}, second], [third], [{"heading": "Без дел"}]]


@pytest.mark.parametrize(
    ("text", "is_across", "expected"),
    [("Ы" * 70, False, True), ("Ы" * 60, True, False), ("педагог-психолог " * 20, False, False), ("", False, False)],
)
def test_only_words_that_do_not_stand_side_by_side_are_broken(text, is_across, expected):
    assert is_overfull(COLUMNS, [row("1", text, "")], is_across) == expected
