"""What was typed for a paper, as JSON and back: a job that makes five hundred of them keeps it."""

from datetime import date

from participants.models import Person


def packed(kind, values):
    """{name: plain value} of what the form of the LetterKind gave; people become their keys, dates ISO text."""
    kinds = {field.name: field.kind for field in kind.fields} | {"dated_on": "date"}
    return {name: _plain(kinds.get(name, ""), value) for name, value in values.items()}


def unpacked(kind, values):
    """What `packed` was given. People who are gone since are left out."""
    kinds = {field.name: field.kind for field in kind.fields} | {"dated_on": "date"}
    return {name: _back(kinds.get(name, ""), value) for name, value in values.items()}


def with_key_of(kind, values, former_key, key):
    """The packed values where a person's file was joined to another: the key of the one that stays, once in a list."""
    changed = dict(values)
    for field in kind.fields:
        value = values.get(field.name)
        if field.kind == "person" and value == former_key:
            changed[field.name] = key
        elif field.kind == "people" and former_key in (value or ()):
            changed[field.name] = list(dict.fromkeys(key if each == former_key else each for each in value))
    return changed


def _plain(kind, value):
    if kind == "person":
        return value.pk if value else None
    if kind == "people":
        return [person.pk for person in value or ()]
    return value.isoformat() if isinstance(value, date) else value


def _back(kind, value):
    if kind == "person":
        return Person.objects.filter(pk=value).first() if value else None
    if kind == "people":
        return list(Person.objects.filter(pk__in=value).in_order())
    return date.fromisoformat(value) if kind == "date" and value else value
