"""Whom the points of an order name: an extract is of one person, the names of the others stay out."""

from participants.holdings import sought
from participants.models import Person

STEM = 3  # letters at least by which a surname is looked for before its forms are


def points_naming(person, points):
    """Places (from 0) of the points that name the person, with the points that they stand below."""
    who = sought(person)
    found = [
        place for place, point in enumerate(points) if _has_stem(person, point["text"]) and who.find(point["text"])
    ]
    above = {
        place
        for place, point in enumerate(points)
        for named in found
        if place < named
        and point["number"]
        and points[named]["number"].startswith(point["number"])
        and points[named]["number"] != point["number"]
    }
    return sorted(above | set(found))


def others_named(order, person, points):
    """People of the order whom the points name beside the person; who stands in a pair with him belongs to him."""
    text = "\n".join(point["text"] for point in points)
    pairs = [*order.pairs.for_register(), *order.ended_pairs.for_register()]
    own = {person.pk}
    for pair in pairs:
        members = {pair.mentor_id, *(each.pk for each in pair.mentees)}
        own |= members if person.pk in members else set()
    others = Person.objects.filter(papers=order.paper).exclude(pk__in=own).in_order()
    near = [each for each in others if _has_stem(each, text)]
    return [each for each in near if any(mention.is_sure for mention in sought(each).find(text))]


def _has_stem(person, text):
    """Whether the beginning of the surname, which no case changes, is in the text at all."""
    stem = person.last_name[: max(STEM, len(person.last_name) - 3)]
    return stem.casefold() in text.casefold()
