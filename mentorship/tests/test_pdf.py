"""Papers are read back with the tools of poppler-utils."""

import re
import shutil
import subprocess
import zlib
from copy import deepcopy
from datetime import date

import pytest
from django.utils import translation

from mentorship.pdf import PaperError, pdf_from_html, render_pdf, sha256_of, with_endless_words_marked

DOT = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
STYLES = ["", "font-weight: bold", "font-style: italic", "font-weight: bold; font-style: italic"]


@pytest.fixture
def read_back(tmp_path):
    """`read_back("pdftotext", pdf, …)`: what a tool of poppler-utils says about the bytes."""

    def run(tool, pdf, *options):
        if not shutil.which(tool):
            pytest.skip(f"no {tool} on this machine: install poppler-utils (on Debian: apt-get install poppler-utils)")
        path = tmp_path / "paper.pdf"
        path.write_bytes(pdf)
        output = ["-"] if tool == "pdftotext" else []
        done = subprocess.run([tool, *options, str(path), *output], capture_output=True, check=True, text=True)
        return done.stdout

    return run


@pytest.fixture
def template(settings, tmp_path):
    """`template(html)`: the name of a template of this test."""

    def write(html):
        (tmp_path / "paper.html").write_text(html)
        return "paper.html"

    settings.TEMPLATES = deepcopy(settings.TEMPLATES)
    settings.TEMPLATES[0]["DIRS"] = [tmp_path]
    return write


def pages_of(text):
    return [page.split() for page in text.split("\f")[:-1]]


def test_render_pdf_fills_the_template_in_russian(template, read_back):
    name = template("{% load i18n %}<title>Приказ № {{ number }}</title><p>{{ on|date:'j E Y' }} {% translate 'Yes' %}")

    with translation.override("en"):
        pdf = render_pdf(name, {"number": "56-од", "on": date(2025, 10, 1)})

    assert read_back("pdftotext", pdf).split() == ["1", "октября", "2025", "Да"]
    assert "Title:           Приказ № 56-од" in read_back("pdfinfo", pdf).splitlines()


@pytest.mark.parametrize(
    "style", ["", "font-weight: bold", "font-style: italic", "font-weight: bold; font-style: italic"]
)
def test_pdf_holds_russian_and_tuvan_letters_in_its_own_fonts(style, read_back):
    text = "Съешь ещё этих мягких булок, ЁЛКА: № 5 – 7 — «Чаңгыс Өзен үжүүрү» ҢӨҮ, School № 1 (100 %), „лапки“…"

    pdf = pdf_from_html(f'<p style="{style}; text-align: left">{text}</p>')

    fonts = [line.split()[0].partition("+")[2] for line in read_back("pdffonts", pdf).splitlines()[2:]]
    assert " ".join(read_back("pdftotext", pdf).split()) == text
    assert [font for font in fonts if not font.startswith("Tinos-")] == []


def test_pdf_keeps_no_break_spaces_together(read_back):
    initials = "М.П.\u00a0Ларина " * 200

    pdf = pdf_from_html(f"<p>{initials}</p>")

    lines = [line for page in read_back("pdftotext", pdf, "-layout").split("\f") for line in page.splitlines()]
    assert [line for line in lines if line.endswith("М.П.") or line.lstrip().startswith("Ларина")] == []


def test_pdf_is_the_same_for_the_same_input():
    html = '<title>Приказ</title><meta name="dcterms.created" content="2025-10-01"><p><b>Чаңгыс</b> <i>№ 5</i></p>'

    assert sha256_of(pdf_from_html(html)) == sha256_of(pdf_from_html(html))


def test_pdf_says_its_date_only_when_the_template_does(read_back):
    dated = pdf_from_html('<meta name="dcterms.created" content="2025-10-01"><p>Текст</p>')
    undated = pdf_from_html("<p>Текст</p>")

    dates = [
        [line for line in read_back("pdfinfo", pdf, "-rawdates").splitlines() if "Date" in line]
        for pdf in (dated, undated)
    ]
    assert dates == [["CreationDate:    D:20251001"], []]


@pytest.mark.parametrize(
    ("html", "language"), [("<p>Текст</p>", b"/Lang (ru)"), ('<html lang="en"><p>Text</p>', b"/Lang (en)")]
)
def test_pdf_names_its_language(html, language):
    pdf = pdf_from_html(html)

    packed = re.findall(rb"stream\n(.*?)\nendstream", pdf, re.DOTALL)
    assert [language in unpacked for unpacked in map(zlib.decompress, packed)].count(True) == 1


@pytest.mark.parametrize(
    "html",
    [
        '<img src="https://example.org/logo.png">',
        '<img src="//example.org/logo.png">',
        '<img src="logo.png">',
        '<img src="/static/logo.png">',
        '<img src="file:///etc/hostname">',
        '<img src="ftp://example.org/logo.png">',
        '<img src="static:no-such-file.png">',
        '<img src="static:../mentorship/settings.py">',
        '<img src="static:%2e%2e/mentorship/settings.py">',
        '<img src="static:css">',
        '<link rel="stylesheet" href="https://example.org/style.css">',
        '<style>@import "https://example.org/style.css";</style>',
        '<style>@font-face { font-family: Own; src: url("https://example.org/own.woff") }</style>',
        '<p style="background: url(https://example.org/paper.png)">Текст</p>',
        '<link rel="attachment" href="file:///etc/hostname">',
        "<img src=\"data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'><image href='file:///etc/hostname'/></svg>\">",
    ],
)
def test_pdf_refuses_addresses_outside_of_the_portal(html):
    with pytest.raises(PaperError):
        pdf_from_html(html)


def test_pdf_refuses_an_unknown_style():
    with pytest.raises(PaperError, match=r"No such static file: css/none\.css"):
        pdf_from_html("<p>Текст</p>", stylesheets=["css/none.css"])


def test_pdf_takes_pictures_given_in_the_page(read_back):
    pdf = pdf_from_html(f'<img src="{DOT}">')

    assert len(read_back("pdfimages", pdf, "-list").splitlines()[2:]) >= 1


def test_pdf_leaves_links_alone(read_back):
    pdf = pdf_from_html('<p><a href="https://example.org/">ссылка</a></p>')

    assert read_back("pdftotext", pdf).split() == ["ссылка"]


def test_pdf_repeats_the_head_of_a_table_and_numbers_pages_from_the_second(read_back):
    rows = "".join(f"<tr><td>{n}.</td></tr>" for n in range(1, 101))

    pdf = pdf_from_html(f"<table><thead><tr><th>Наставник</th></tr></thead><tbody>{rows}</tbody></table>")

    pages = pages_of(read_back("pdftotext", pdf))
    assert [page[: 1 if number == 1 else 2] for number, page in enumerate(pages, 1)] == [
        ["Наставник"],
        *[[str(number), "Наставник"] for number in range(2, len(pages) + 1)],
    ]
    assert [word for page in pages for word in page if word.endswith(".")] == [f"{n}." for n in range(1, 101)]


def test_pdf_does_not_tear_a_row(read_back):
    rows = "".join(f"<tr><td>начало{n} {'текст ' * 180} конец{n}</td></tr>" for n in range(1, 12))

    pages = pages_of(read_back("pdftotext", pdf_from_html(f"<table>{rows}</table>")))

    torn = [n for n in range(1, 12) for page in pages if (f"начало{n}" in page) != (f"конец{n}" in page)]
    assert torn == []


def test_pdf_shows_all_of_a_row_longer_than_a_page(read_back):
    pdf = pdf_from_html(f"<table><tr><td>{'слово ' * 3000} конец</td></tr></table>")

    assert read_back("pdftotext", pdf).split().count("слово") == 3000


def test_pdf_turns_the_page_for_a_long_table_only(read_back):
    pdf = pdf_from_html('<p>Приказ</p><section class="annex page-landscape"><p>Приложение</p></section><p>Конец</p>')

    lines = [line.split() for line in read_back("pdfinfo", pdf, "-l", "9").splitlines()]
    sizes = [(line[3], line[5]) for line in lines if line[0] == "Page" and line[2] == "size:"]
    assert sizes == [("595.276", "841.89"), ("841.89", "595.276"), ("595.276", "841.89")]


def test_pdf_counts_the_pages_of_each_copy_by_itself(read_back):
    copies = "".join(
        f'<section class="copy"><p class="copy-mark">экземпляр-{n}</p>{"<p>Текст</p>" * 70}</section>' for n in (1, 2)
    )

    pages = pages_of(read_back("pdftotext", pdf_from_html(copies)))

    assert [page[0] for page in pages] == ["экземпляр-1", "2", "экземпляр-2", "2"]


def test_sha256_of_is_hexadecimal():
    assert sha256_of(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


PIECE = "аааааааа\N{ZERO WIDTH SPACE}"


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>Иванова-Петрова Мария</p>", "<p>Иванова-Петрова Мария</p>"),
        (
            f"<p class='{'b' * 40}'>{'а' * 33}</p>",
            f"<p class='{'b' * 40}'><span class=\"endless\">{4 * PIECE}а</span></p>",
        ),
        (
            "<td>Константинопольская-Верхнеуральская, учитель</td>",
            '<td><span class="endless">Константинопольская-Верхнеуральская</span>, учитель</td>',
        ),
        (
            f"<style>.{'x' * 40} {{}}</style><title>{'а' * 40}</title>",
            f"<style>.{'x' * 40} {{}}</style><title>{'а' * 40}</title>",
        ),
        (f"<p>{'_' * 60} {'1' * 40}</p>", f"<p>{'_' * 60} {'1' * 40}</p>"),
    ],
)
def test_only_words_that_no_line_holds_may_be_broken(html, expected):
    assert with_endless_words_marked(html) == expected
