"""What was imported comes out cell for cell: the five real documents, stored and exported in the format they came in."""

import csv
import io

import pytest

from participants.tests.factories import make_organization
from roadmap.exporting import export_roadmap
from roadmap.importing import headings_of, store_reading
from roadmap.reading import blocks_from_file, read_document
from roadmap.tests.made_documents import FORMATS
from roadmap.tests.test_formats import COLUMNS, rows_of

pytestmark = [pytest.mark.django_db, pytest.mark.files]
SEEDS = ["000", "001", "002", "003", "004"]


def stored(reading):
    organization = make_organization(head_position="", short_name="Организация")
    return store_reading(reading, organization=organization, school_year=2023, source_name="план")


def everything_of(reading):
    """Title, columns, all cells of the activities, those of other columns too, and the lines that name stages."""
    return {
        "title": reading.title,
        "period": reading.period_text,
        "columns": reading.columns,
        "cells": rows_of(reading),
        "others": [activity.extra for activity in reading.activities],
        "points": [activity.items for activity in reading.activities],
        "stages": [(stage.number, stage.title) for stage in reading.stages],
    }


@pytest.mark.parametrize("file_format", ["docx", "xlsx"])
@pytest.mark.parametrize("seed", SEEDS)
def test_a_document_comes_out_as_it_was(seeds, seed, file_format):
    source = FORMATS[file_format](blocks_from_file(next(seeds.glob(f"{seed}_*.txt"))))
    before = read_document(blocks_from_file(source, f"plan.{file_format}"))

    exported = export_roadmap(stored(before), file_format)

    after = read_document(blocks_from_file(exported, f"plan.{file_format}"))
    assert everything_of(after) == everything_of(before)
    assert headings_in(after) == headings_in(before)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_text_table_comes_out_as_it_was(seeds, seed):
    reading = read_document(blocks_from_file(next(seeds.glob(f"{seed}_*.txt"))))

    rows = csv.DictReader(io.StringIO(export_roadmap(stored(reading), "tsv").decode()), delimiter="\t")

    assert [tuple(row[name] for name in COLUMNS) for row in rows] == rows_of(reading)


def headings_in(reading):
    """The lines that name stages, letter for letter."""
    return list(headings_of(reading).values())
