"""What the annexes of an order print, as plain data: numbers, headings, tables, sections, attached files.

Each kind of annex has a builder; a floor above registers its own when it starts (`register`). The approval freezes what
the builders give, so a roadmap or a register that changes later changes nothing in the filed order.
"""

from dataclasses import dataclass, field

from documents.annex_kinds import (
    AGREEMENT,
    ANNEX_KINDS,
    CITATIONS,
    FILE,
    FORMS,
    GROUP,
    PAIRS,
    PROGRAMS,
    REGULATION,
    ROADMAP,
    citations_of,
)
from documents.models import OrderAnnex
from documents.order_words import named_in
from documents.paper_kinds import AGREEMENT as AGREEMENT_TEXT
from documents.paper_kinds import paper_kind
from documents.paper_texts import fill, placeholders_of, points
from documents.regulations import regulation_content
from documents.text_versions import paper_text
from documents.wording import in_copies, organization_in, position_in, quoted_date, short_date
from mentorship.school_year import SchoolYear
from participants.registries import MENTEES, MENTORS
from participants.registry_layouts import layout_for
from programs.models import Pair
from roadmap.exporting import columns_of, table_of, widths_of

BLANK_ROWS = 3
BLANK = "______________________________"
NO_NUMBER = "№\xa0____"
_builders = {}


@dataclass
class Typed:
    """What is typed in a form and not kept yet; `Order.typed` holds it for a preview."""

    named: list = field(default_factory=list)
    grounds: list = field(default_factory=list)


def register(kind, build):
    """`build(order, annex)` gives what the annex prints as a dictionary, or None where there is nothing to print."""
    _builders[kind] = build


def annexes_of(order):
    """The OrderAnnex rows of an order; of one that holds pairs and no rows, the list of the pairs."""
    rows = list(order.annexes.for_paper()) if order.pk else default_annexes(order)
    if not rows and order.kind_of_order.takes_pairs:
        rows = [OrderAnnex(order=order, kind=PAIRS, place=1)]
    return rows


def default_annexes(order):
    """What a new order of its kind annexes, not saved: the draft of the regulation, the roadmap of the year."""
    rows = [OrderAnnex(order=order, kind=key, place=place) for place, key in enumerate(order.kind_of_order.annexes, 1)]
    for row in rows:
        row.edition, row.roadmap = usual_papers(order, row.kind)
    return rows


def usual_papers(order, kind):
    """(edition, roadmap) that an annex of the kind takes where nobody has chosen: the newest edition, the year's roadmap."""
    if kind == REGULATION:
        return order.organization.regulations.exclude(status="superseded").order_by("-number").first(), None
    if kind == ROADMAP:
        years = order.organization.roadmaps.filter(school_year=order.program.school_year)
        return None, years.order_by("-pk").first()
    return None, None


def annex_sheets(order, pairs=()):
    """The sheets behind the order as JSON data: with the number that the mark prints, nothing for a single one."""
    rows = annexes_of(order)
    sheets = []
    for row in rows:
        kind = row.kind_of_annex
        built = ({} if pairs else None) if row.kind == PAIRS else _builders[row.kind](order, row)
        if row.kind == PAIRS and built is None:
            continue
        sheet = {"kind": row.kind, "title": row.title or kind.heading, "is_landscape": kind.is_landscape}
        sheets.append({**sheet, "is_missing": built is None, **(built or {})})
        if row.title:
            sheets[-1]["title"] = row.title
    for number, sheet in enumerate(sheets, 1):
        sheet["number"] = str(number) if len(sheets) > 1 else ""
    return sheets


def citations_in(sheets):
    """{placeholder: words}: «(приложение № 2)», «приложении № 2»; what is not there gets a line to fill."""
    values = {}
    for key, kind in ANNEX_KINDS.items():
        own = [sheet for sheet in sheets if sheet["kind"] == key]
        for place in range(1, max(len(own), 9 if kind.may_repeat else 1) + 1):
            number = own[place - 1]["number"] if place <= len(own) else "____"
            mark = f" №\xa0{number}" if number else ""
            values |= {
                name: f"(приложение{mark})" if citation == CITATIONS[0] else f"{citation}{mark}"
                for citation, name in zip(CITATIONS, citations_of(key, place), strict=True)
            }
    return values


# --- what each kind prints --------------------------------------------------------------------------------------------
def _regulation(order, annex):
    return {"regulation": regulation_content(annex.edition), "title": annex.edition.title} if annex.edition else None


def _roadmap(order, annex):
    if annex.roadmap is None:
        return None
    columns = columns_of(annex.roadmap)
    rows = [
        {"heading": row.heading}
        if row.heading
        else {
            "cells": [{"text": cell.text, "is_merged": cell.is_merged} for cell in row.cells],
            "continues": row.continues,
        }
        for row in table_of(annex.roadmap)
    ]
    widths = widths_of(columns)
    return {"title": annex.roadmap.title, "tables": [_table([each["title"] for each in columns], rows, widths)]}


def _forms(order, annex):
    tables = []
    for kind in (MENTORS, MENTEES):
        layout = layout_for(order.organization, kind)
        headers = ["№", *(each.header for each in layout.chosen)]
        # As wide as in the sheet for Excel, but none so narrow that its heading falls into syllables.
        mean = sum(each.width for each in layout.chosen) / len(layout.chosen)
        widths = [mean / 2, *(max(each.width, mean * 3 / 4) for each in layout.chosen)]
        rows = [_row([str(number), *[""] * len(layout.chosen)]) for number in range(1, BLANK_ROWS + 1)]
        shares = [round(100 * width / sum(widths), 2) for width in widths]
        tables.append(_table(headers, rows, shares) | {"title": layout.title, "is_dense": True})
    return {"tables": tables}


def _agreement(order, annex):
    """The agreement with lines to be filled by hand in place of names, dates and numbers."""
    organization = order.organization
    values = dict.fromkeys(placeholders_of(AGREEMENT_TEXT), BLANK) | {
        "организация": organization.full_name,
        "организации": organization_in(organization, "genitive"),
        "учебный год": str(SchoolYear(order.program.school_year)),
        "приказа": f"приказа от {quoted_date()} {NO_NUMBER}",
        "срок": "____ месяцев",
        "начало": quoted_date(),
        "конец": quoted_date(),
        "экземпляры": in_copies(paper_kind(AGREEMENT_TEXT).copies),
    }
    text = fill(paper_text(organization, AGREEMENT_TEXT), values)
    return {
        "place": organization.place,
        "title": "Соглашение о сотрудничестве наставника и наставляемого (форма)",
        "points": points(text),
        "parties": ["Наставник", "Наставляемый (законный представитель)"],
    }


def _group(order, annex):
    """The people whom the order names in lists: the council, the group, the jury, those who are rewarded."""
    lists = [(slot, named_in(order, slot.role)) for slot in order.kind_of_order.people if slot.is_list]
    lists = [(slot, named) for slot, named in lists if named]
    if not lists:
        return None
    tables = [
        _people_table(slot, named) | {"title": slot.annex_title if place else ""}
        for place, (slot, named) in enumerate(lists)
    ]
    return {"title": lists[0][0].annex_title, "tables": tables}


def _people_table(slot, named):
    has_words = bool(slot.words_label)
    headers = ["№", "Фамилия, имя, отчество", "Должность", *([slot.annex_words] if has_words else [])]
    rows = [
        _row([str(number), each.person.full_name, position_in(each.person, "nominative"), *([each.words] * has_words)])
        for number, each in enumerate(named, 1)
    ]
    return _table(headers, rows, [6, 36, 34, 24] if has_words else [6, 47, 47])


def listed_pairs(order):
    """The pairs whose personal programmes the order lists; nothing where it has no such annex."""
    return [pair for annex in annexes_of(order) if annex.kind == PROGRAMS for pair in _pairs_of_list(order, annex)]


def _pairs_of_list(order, annex):
    """Those that were ticked, else all that are in force."""
    chosen = annex.pairs.for_register() if annex.pk else Pair.objects.none()
    return list(chosen) or list(order.program.pairs.filter(status=Pair.Status.ACTIVE).for_register())


def _programs(order, annex):
    pairs = _pairs_of_list(order, annex)
    rows = [
        _row(
            [
                str(number),
                _person(pair.mentor),
                "; ".join(_person(mentee) for mentee in pair.mentees),
                pair.form.name,
                pair.topic,
                f"с\xa0{short_date(pair.started_on or pair.planned_from)} по\xa0{short_date(pair.planned_to)}",
            ]
        )
        for number, pair in enumerate(pairs, 1)
    ]
    headers = ["№", "Наставник", "Наставляемый (наставляемые)", "Форма наставничества", "Тема (запрос)", "Срок"]
    return {"tables": [_table(headers, rows, [5, 21, 24, 16, 20, 14])]} if rows else None


def _file(order, annex):
    if not annex.file:
        return None
    return {"file": annex.file.name, "sha256": annex.file_sha256, "page_count": annex.page_count}


def table_annex(headers, rows, widths):
    """What a builder of another floor gives for one table: `rows` are lists of texts, `widths` percents."""
    return {"tables": [_table(headers, [_row(row) for row in rows], widths)]}


def _person(person):
    return ", ".join(filter(None, [person.full_name, position_in(person, "nominative")]))


def _row(texts):
    return {"cells": [{"text": text, "is_merged": False} for text in texts]}


def _table(headers, rows, widths):
    columns = [{"title": title, "width": str(width)} for title, width in zip(headers, widths, strict=True)]
    return {"columns": columns, "rows": rows, "column_count": len(columns)}


for _kind, _build in {
    REGULATION: _regulation,
    ROADMAP: _roadmap,
    FORMS: _forms,
    AGREEMENT: _agreement,
    GROUP: _group,
    PROGRAMS: _programs,
    FILE: _file,
}.items():
    register(_kind, _build)
