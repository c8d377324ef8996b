from datetime import date
from xml.etree import ElementTree

from roadmap.timeline import Band, Bar, draw, pages_of

YEAR = (date(2026, 9, 1), date(2027, 8, 31))
TODAY = date(2026, 11, 10)
SVG = "{http://www.w3.org/2000/svg}"


def picture(*bars, today=TODAY):
    return ElementTree.fromstring(draw([Band("Этап 1", bars)], *YEAR, today, label="План"))


def test_draw_gives_a_bar_for_each_span_and_a_diamond_for_a_date():
    october = (date(2026, 10, 1), date(2026, 10, 31))
    plain = len(picture().findall(f".//{SVG}rect"))

    drawn = picture(Bar("Собрание", "planned", [october, october]), Bar("Отчёт", "late", [(None, date(2027, 5, 25))]))

    assert len(drawn.findall(f".//{SVG}rect")) == plain + 2
    assert len(drawn.findall(f".//{SVG}polygon")) == 1


def test_draw_escapes_what_people_write():
    drawn = picture(Bar('<script>alert("ё")</script> & 🎉', "done", []))

    assert drawn.find(f".//{SVG}g/{SVG}title").text == '<script>alert("ё")</script> & 🎉'


def test_today_is_drawn_within_the_period_alone():
    assert "stroke-dasharray" in ElementTree.tostring(picture(), encoding="unicode")
    assert "stroke-dasharray" not in ElementTree.tostring(picture(today=date(2028, 1, 1)), encoding="unicode")


def test_pages_cut_a_long_stage_and_repeat_its_title():
    bars = [Bar(str(number), "planned", []) for number in range(30)]

    pages = pages_of([Band("Этап 1", bars), Band("Этап 2", bars[:3])], 20)

    assert [[(band.title, len(band.bars)) for band in page] for page in pages] == [
        [("Этап 1", 19)],
        [("Этап 1", 11), ("Этап 2", 3)],
    ]
