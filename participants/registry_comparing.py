"""People side by side: a row of a file and those who may be the same person, with what is known of each."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from participants.models import Person
from participants.registry_check import options_of
from participants.registry_matching import AS_NEW, ROW, SAME, SKIP, UPDATE
from participants.registry_reading import RegistryRow


@dataclass(frozen=True)
class Comparison:
    """The side-by-side view of one row: the headings of its columns, lines of (label, values, they differ), choices."""

    headings: list[tuple[str, str]]  # words, address of the person's file or ""
    lines: list[tuple[str, list[str], bool]]
    options: list[tuple[str, str, bool]]  # decision, words, is it chosen


def cards_of(registry_import, shown_rows) -> dict[int, Comparison]:
    """{row: Comparison} for those rows of a check page that may be somebody known; one query for all of them."""
    asked = [each for each in shown_rows if each["candidates"]]
    keys = {int(key[1:]) for each in asked for key in each["candidates"] if key[0] == "p"}
    people = Person.objects.filter(organization=registry_import.organization_id).in_bulk(keys)
    report = registry_import.report
    wanted = {each["row"] for each in asked}
    wanted |= {int(key[1:]) for each in asked for key in each["candidates"] if key[0] == "r"}
    rows = {
        values["row"]: RegistryRow.from_kept(values)
        for values in [*report["rows"], *report["repeated"]]
        if values["row"] in wanted
    }
    decisions = registry_import.decisions
    return {
        each["row"]: _comparison(each, rows, people, decisions.get(str(each["row"]), ""))
        for each in asked
        if each["row"] in rows
    }


def _comparison(checked_row, rows, people, decision):
    own = rows[checked_row["row"]]
    headings, sides, options = [(_("Row %(row)s of the file") % {"row": own.row}, "")], [_facts(own)], []
    may_be_updated = checked_row["fate"] != "unchanged"
    for candidate in checked_row["candidates"]:
        kind, key = candidate[0], int(candidate[1:])
        if kind == "p" and key in people:
            person = people[key]
            headings.append((_("In the portal"), person.get_absolute_url()))
            sides.append(_facts(person))
            values = {"name": person.short_name}
            if may_be_updated:
                options.append((f"{UPDATE}:{key}", _("This is %(name)s: take the values of the file") % values))
            options.append((f"{SAME}:{key}", _("This is %(name)s: keep what the portal holds") % values))
        elif kind == "r" and key in rows:
            headings.append((_("Row %(row)s of the file") % {"row": key}, ""))
            sides.append(_facts(rows[key]))
            options.append(
                (f"{ROW}:{key}", _("The same person as in row %(row)s: add the values to it") % {"row": key})
            )
    if AS_NEW in options_of(checked_row):
        options.append((AS_NEW, _("Another person: add as new")))
        options.append((SKIP, _("Leave this row out")))
    labels = [label for label, _value in sides[0]]
    lines = [(label, [side[place][1] for side in sides]) for place, label in enumerate(labels)]
    return Comparison(
        headings,
        [(label, values, len(set(filter(None, values))) > 1) for label, values in lines if any(values)],
        [(value, words, value == decision) for value, words in options],
    )


def _facts(who):
    """What tells people apart, of a person or of a row of the file alike."""
    position = who.position or getattr(who, "class_name", "")
    return [
        (_("Name"), who.full_name),
        (_("Birth year"), str(who.birth_year or "")),
        (_("Position or class"), position),
        (_("Phone"), who.phone),
        (_("E-mail"), who.email),
        (_("Other contacts"), who.contact_note),
    ]
