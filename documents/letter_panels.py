"""What letters add to the pages of others: the programme, the pair, the person's file."""

from documents.letter_kinds import PAIR, PERSON, PROGRAM
from documents.letters import pairs_without_addendum
from documents.models import Letter
from mentorship import panels

SHOWN = 5


def register_letter_panels():
    """Called once, when the app starts."""
    panels.register("program", "documents/panels/letters.html", letters_of_program, order=25)
    panels.register("pair", "documents/panels/letters.html", letters_of_pair, order=25)
    panels.register("person", "documents/panels/letters.html", letters_of_person, order=65)


def letters_of_program(request, program, **objects):
    return _panel(request, PROGRAM, program, program.organization, Letter.objects.filter(program=program))


def letters_of_pair(request, pair, **objects):
    panel = _panel(request, PAIR, pair, pair.organization, Letter.objects.filter(pair=pair))
    if panel and panel["may_make"]:
        panel["needs_addendum"] = bool(pair.status != pair.Status.ENDED and pairs_without_addendum([pair]))
    return panel


def letters_of_person(request, person, **objects):
    if person.depersonalized_on:
        return None
    return _panel(request, PERSON, person, person.organization, Letter.objects.of_person(person))


def _panel(request, about, found, organization, letters):
    """What the panel shows; nothing for those who do not read the papers of the organization."""
    if not request.user.has_perm("documents.view_papers", organization):
        return None
    may_make = request.user.has_perm("documents.make_letters", organization)
    shown = list(letters.for_list()[:SHOWN])
    if not shown and not may_make:
        return None
    return {"letters": shown, "about": about, "key": found.pk, "may_make": may_make}
