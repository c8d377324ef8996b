"""The check page of an import: the fate of each row, what may be decided of it, what is promised to be written."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from participants.models import RegistryImport
from participants.registry_matching import (
    AS_NEW,
    REFUSED,
    REPEATED,
    ROW,
    SAME,
    SKIP,
    SKIPPED,
    STORED,
    UNCLEAR,
    UPDATE,
    Plan,
    match_people,
)
from participants.registry_reading import RegistryReading, RegistryRow

Status = RegistryImport.Status


def rows_of(report) -> list[RegistryRow]:
    """The accepted rows of a report, as they were read."""
    return [RegistryRow.from_kept(values) for values in report["rows"]]


def full_report(reading_report, plan: Plan) -> dict:
    """The report of the reading with what the matching adds; rows that stay unclear move to the refused ones."""
    unclear = plan.of_fate(UNCLEAR)
    numbers = {planned.row.row for planned in unclear}
    refused = [{"row": planned.row.row, "column": "", "text": " ".join(planned.notes)} for planned in unclear]
    notes = [
        {"row": planned.row.row, "column": "", "text": note}
        for planned in plan.of_fate(*STORED)
        for note in planned.notes
    ]
    return {
        **reading_report,
        "accepted": [number for number in reading_report["accepted"] if number not in numbers],
        "refused": sorted([*reading_report["refused"], *refused], key=lambda each: each["row"]),
        "remarks": sorted([*reading_report["remarks"], *notes], key=lambda each: each["row"]),
        "rows": [values for values in reading_report["rows"] if values["row"] not in numbers],
        "created": plan.created,
        "updated": plan.updated,
    }


def check_rows(report, plan: Plan) -> list[dict]:
    """The rows of the check page in the order of the sheet: number, name, fate, notes, changes, whom to compare with."""
    remarks: dict[int, list[str]] = {}
    for remark in report["remarks"]:
        text = f"{remark['column']}: {remark['text']}" if remark["column"] else remark["text"]
        remarks.setdefault(remark["row"], []).append(text)
    rows = [
        {
            "row": planned.row.row,
            "name": planned.row.full_name,
            "fate": planned.fate,
            "person": planned.person.pk if planned.person else None,
            "notes": [*planned.notes, *remarks.get(planned.row.row, ())],
            "changes": [list(change) for change in planned.changes],
            "candidates": planned.candidates,
        }
        for planned in plan.rows
    ]
    decided = {planned.row.row for planned in plan.rows}
    first_of = _first_of(report["duplicates"])
    names = report.get("names", {})
    rows += [_row_without_person(each, REFUSED, names) for each in report["refused"]]
    rows += [
        {**_row_without_person(each, REPEATED, names), "candidates": [f"r{first_of[each['row']]}"]}
        if each["row"] in first_of
        else _row_without_person(each, SKIPPED, names)
        for each in report["skipped"]
        if each["row"] not in decided
    ]
    return sorted(rows, key=lambda each: each["row"])


def _row_without_person(reported, fate, names):
    text = f"{reported['column']}: {reported['text']}" if reported.get("column") else reported["text"]
    return {
        "row": reported["row"],
        "name": names.get(str(reported["row"]), ""),
        "fate": fate,
        "person": None,
        "notes": [text],
        "changes": [],
        "candidates": [],
    }


def table_remarks(report) -> list[str]:
    """What is to be said of whole columns and of the sheet."""
    return [
        f"{each['column']}: {each['text']}" if each["column"] else each["text"]
        for each in report["remarks"]
        if each["row"] == report["header_row"]
    ]


def options_of(checked_row) -> list[str]:
    """What a curator may decide of a row of the check page: «same:12», «update:12», «row:5», «new», «skip»."""
    options = []
    for candidate in checked_row["candidates"]:
        kind, key = candidate[0], candidate[1:]
        options += [f"{SAME}:{key}", f"{UPDATE}:{key}"] if kind == "p" else [f"{ROW}:{key}"]
    return [*options, AS_NEW, SKIP] if options else []


def decide(registry_import: RegistryImport, decisions: Mapping[int, str], *, by) -> RegistryImport:
    """Keep what the curator says of rows that may be somebody known, and match the file anew.

    `decisions` is {row: option}; "" takes a decision back. Raises ValidationError for an option that the row has not.
    """
    rows = {each["row"]: each for each in registry_import.report["plan"]}
    kept = dict(registry_import.decisions)
    for number, decision in decisions.items():
        if decision and decision not in options_of(rows[number]):
            raise ValidationError(_("Row %(row)s has no such choice."), params={"row": number})
        kept[str(number)] = decision
    kept = {number: decision for number, decision in kept.items() if decision}
    plan = match_again(registry_import, decisions=kept)
    report = {**registry_import.report, **promise(registry_import.report, plan)}
    with transaction.atomic():
        locked = RegistryImport.objects.select_for_update().get(pk=registry_import.pk)
        if locked.status != Status.CHECKED:
            raise ValidationError(_("The import is no longer at its check page."), code="wrong_state")
        locked.decisions, locked.report = kept, report
        locked.save(update_fields=["decisions", "report"])
    return locked


def match_reading(reading: RegistryReading, organization, kind, school_year, *, advance=None) -> Plan:
    """The plan of a file as it was read, before anybody has decided anything."""
    repeated = [row for _first, row in reading.repeated]
    rows, first_of = _with_repeated(reading.rows, repeated, _first_of(reading.duplicates), {})
    return match_people(rows, organization, kind, school_year, first_of=first_of, advance=advance)


def match_again(registry_import, *, decisions=None, broken=None, progress=None) -> Plan:
    """The plan of a file that was read, by the decisions given, else by those that are kept."""
    decisions = registry_import.decisions if decisions is None else decisions
    report = registry_import.report
    repeated = [RegistryRow.from_kept(values) for values in report["repeated"]]
    rows, first_of = _with_repeated(rows_of(report), repeated, _first_of(report["duplicates"]), decisions)
    return match_people(
        rows,
        registry_import.organization,
        registry_import.kind,
        registry_import.school_year,
        first_of=first_of,
        decisions=decisions,
        broken=broken,
        advance=progress.advance if progress else None,
    )


def _with_repeated(rows, repeated, first_of, decisions):
    """(the rows to match, first_of) with those of the repeated rows that say otherwise, or of which something was said."""
    if not repeated:
        return rows, {}
    accepted = {row.row: row for row in rows}
    asked = [row for row in repeated if str(row.row) in decisions or row.differences(accepted[first_of[row.row]])]
    return sorted([*rows, *asked], key=lambda row: row.row), {row.row: first_of[row.row] for row in asked}


def _first_of(duplicates):
    """{row: the row in which its person stands first}."""
    return {number: numbers[0] for numbers in duplicates for number in numbers[1:]}


def promise(report, plan: Plan) -> dict:
    """What the check page shows of a plan, and by what it is known to be the same when it is written."""
    return {"plan": check_rows(report, plan), "promised": plan.promise, "broken": plan.broken}
