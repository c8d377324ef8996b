from xml.etree import ElementTree

import pytest

from monitoring.charts import targets_chart
from monitoring.indicator_table import indicator_rows
from monitoring.models import Indicator
from monitoring.tests.factories import TODAY, ready_indicator
from programs.tests.factories import make_pair, make_program

pytestmark = pytest.mark.django_db
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def rows():
    ready_indicator("mentee_share")
    program = make_program(teachers_count=4)
    make_pair(program=program, status="active")
    return indicator_rows(program.organization, 2026, today=TODAY)


def test_chart_has_no_scripts_and_asks_nobody(rows):
    picture = targets_chart(rows)

    tags = {node.tag for node in ElementTree.fromstring(picture).iter()}
    assert f"{SVG}script" not in tags
    assert picture.count("http") == picture.count("http://www.w3.org/")


def test_chart_is_told_to_a_screen_reader(rows):
    root = ElementTree.fromstring(targets_chart(rows))

    titles = [node.get("id") for node in root if node.tag in {f"{SVG}title", f"{SVG}desc"}]
    assert (root.get("role"), root.get("aria-labelledby"), titles) == (
        "img",
        "chart-title chart-desc",
        ["chart-title", "chart-desc"],
    )


def test_chart_prints_the_values(rows):
    texts = {node.text for node in ElementTree.fromstring(targets_chart(rows)).iter(f"{SVG}text")}

    assert {"\xa025,0\xa0%", "\xa070,0\xa0%"} <= texts


def test_chart_escapes_titles(rows):
    Indicator.objects.filter(pk=rows[0].indicator.pk).update(short_title="<script>")
    rows[0].indicator.refresh_from_db()

    assert "<script>" not in targets_chart(rows)


def test_chart_of_nothing_is_empty():
    assert targets_chart([]) == ""
