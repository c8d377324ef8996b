"""What a text of an order says that may be wrong: foreign organizations, years, annexes, people (domain.md §6.5).

Each finding is a sentence and the place in the paper where it stands. Warned of, never mended silently: the head of
another organization may be named on purpose.
"""

import re
from collections import defaultdict

from django.urls import reverse
from django.utils.translation import gettext as _

from documents.annex_kinds import ANNEX_KINDS, CITATIONS, PAIRS, citations_of
from documents.annexes import annexes_of
from documents.symbol_faults import symbol_findings
from participants.models import Organization, Person

_QUOTED = re.compile(r"«([^«»]{2,80})»")
_ORGANIZATION_WORD = re.compile(
    r"(?:\b[МГКЧФ]?[АБК]?[ДНО]?О[УО]\b|детск\w+ сад\w*|школ\w+|гимнази\w+|лице\w+|колледж\w*|техникум\w*|центр\w*|учреждени\w+)"
    r"[^«»\n.;]{0,60}$",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<![\d.№/-])(?:\d{1,2}\.\d{1,2}\.)?(20\d{2,3}|[013-9]\d{3}(?=\s*(?:г\.|год|учебн)))(?!\d)")
_CITED_ACT = re.compile(r"^\d?\s*(?:г\.?|года)?\s*№")
_CITED_NUMBER = re.compile(r"приложени\w+\s*№\s*(\d{1,2})", re.IGNORECASE)
_CITED_ALONE = re.compile(r"приложени\w+ к (?:настоящему )?приказу", re.IGNORECASE)
_PLACEHOLDER = re.compile(r"\{([^{}\n]*)\}")
_INITIALS = re.compile(r"\b([А-ЯЁӨҮҢ][а-яёөүң-]+)\s+([А-ЯЁӨҮҢ])\.\s?([А-ЯЁӨҮҢ])\.")
_INITIALS_FIRST = re.compile(r"\b([А-ЯЁӨҮҢ])\.\s?([А-ЯЁӨҮҢ])\.\s?([А-ЯЁӨҮҢ][а-яёөүң-]+)")
_FULL = re.compile(r"\b([А-ЯЁӨҮҢ][а-яёөүң-]+)\s+([А-ЯЁӨҮҢ])[а-яёөүң]+\s+([А-ЯЁӨҮҢ])[а-яё]*(?:вич|вн|ичн|ьич)[а-яё]*")
STEM = 4  # letters of a surname that stay in every case
YEARS_AHEAD = {"results_order": 2, "introduction_order": 5, "regulation_order": 10}


def text_findings(order, content, people):
    """(sentence, place in the paper, address to mend it) of everything found; `people` are those whom the order names."""
    places = [(f"point-{number}", point["text"]) for number, point in enumerate(content["points"], 1)]
    edit = reverse("documents:order-edit", args=[order.pk])
    annexes = reverse("documents:order-annexes", args=[order.pk])
    headed = [("order-heading", content["title"]), *places]
    regulations = [each for number, sheet in enumerate(content["annexes"], 1) for each in _regulation_in(sheet, number)]
    return [
        *(
            (text, place, annexes if place.startswith("annex") else edit)
            for text, place in _foreign_organizations(order, [*headed, *regulations], people)
        ),
        *((text, place, annexes) for text, place in symbol_findings(_whole(regulations))),
        *((text, place, edit) for text, place in _years(order, headed)),
        *((text, place, edit) for text, place in _strangers(order, places)),
        *((text, place, edit) for text, place in symbol_findings(headed)),
        *((text, place, annexes) for text, place in _annexes(order, content)),
    ]


def _regulation_in(sheet, number):
    """(place, text) of every line of a regulation that is annexed; what else is annexed has checks of its own."""
    for section in (sheet.get("regulation") or {}).get("sections", ()):
        yield f"annex-{number}", section["title"]
        yield from ((f"annex-{number}", point["text"]) for point in section["points"])


def _whole(places):
    """The lines of each place as one text: a sign is told of once."""
    texts = defaultdict(list)
    for place, text in places:
        texts[place].append(text)
    return [(place, "\n".join(lines)) for place, lines in texts.items()]


# --- organizations ----------------------------------------------------------------------------------------------------
def _foreign_organizations(order, places, people):
    own = _own_organizations(order.organization)
    names = [name for each in own for name in (each.full_name, each.short_name, each.head_position)]
    names += [person.workplace for person in people if person.workplace]
    ours = {_plain(quoted) for name in names for quoted in _QUOTED.findall(name)}
    known = _known_names({each.pk for each in own})
    for place, text in places:
        plain = _plain(text)
        for name in known:
            if _has_name(plain, name) and not any(_has_name(_plain(each), name) for each in names):
                yield _("Another organization is named: %(name)s.") % {"name": name}, place
        for match in _QUOTED.finditer(text):
            if _plain(match[1]) not in ours and _ORGANIZATION_WORD.search(text[: match.start()]):
                words = _("“%(name)s” is not the name of this organization: %(own)s.")
                yield words % {"name": match[1], "own": order.organization.short_name}, place


def _own_organizations(organization):
    above = list(Organization.objects.above(organization))
    below = list(Organization.objects.below(organization)) if organization.is_office else []
    return [organization, *above, *below]


def _known_names(own):
    """The short names of the others; one that a single word makes («Школа») would be found everywhere."""
    names = Organization.objects.exclude(pk__in=own).values_list("short_name", flat=True)
    return [name for name in map(_plain, names) if " " in name]


def _has_name(text, name):
    """Whether the name stands there as a whole: «СШ № 1» does not stand in «СШ № 12»."""
    return name in text and bool(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text))


# --- years ------------------------------------------------------------------------------------------------------------
def _years(order, places):
    first = order.program.school_year
    last = first + YEARS_AHEAD.get(order.kind, 1)
    for place, text in places:
        for match in _YEAR.finditer(text.replace("\xa0", " ")):
            behind = text.replace("\xa0", " ")[match.end() : match.end() + 12]
            year = int(match[1])
            if not first <= year <= last and not _CITED_ACT.match(behind):
                values = {"year": match[1], "first": first, "last": first + 1}
                yield _("The year %(year)s lies outside of the programme, %(first)s/%(last)s.") % values, place


# --- people -----------------------------------------------------------------------------------------------------------
def _strangers(order, places):
    """Names that were typed into the text and are of nobody in the organization's files."""
    typed = _plain(_PLACEHOLDER.sub("", order.body))
    found = [
        (match[0], (match[1], match[2], match[3])) for match in (*_INITIALS.finditer(typed), *_FULL.finditer(typed))
    ]
    found += [(match[0], (match[3], match[1], match[2])) for match in _INITIALS_FIRST.finditer(typed)]
    if not found:
        return
    people = Person.objects.filter(organization=order.organization, depersonalized_on=None)
    known = {_key(*names) for names in people.values_list("last_name", "first_name", "patronymic")}
    for words, key in found:
        if _key(*key) not in known:
            place = next((place for place, text in places if words in _plain(text)), "")
            yield _("%(name)s: nobody of this name is in the files of the organization.") % {"name": words}, place


def _key(last_name, first_name, patronymic):
    return last_name[:STEM].casefold().replace("ё", "е"), first_name[:1].upper(), patronymic[:1].upper()


# --- annexes ----------------------------------------------------------------------------------------------------------
def _annexes(order, content):
    sheets = content["annexes"]
    names = {" ".join(name.split()).casefold() for name in _PLACEHOLDER.findall(order.body)}
    there = [sheet["kind"] for sheet in sheets]
    for key, kind in ANNEX_KINDS.items():
        for place in range(1, 10 if kind.may_repeat else 2):
            if names & set(citations_of(key, place)) and there.count(key) < place:
                text = _("The text cites an annex that is not there: %(annex)s.") % {"annex": kind.label}
                yield text, _point_with(content, "____")
    for point, number in _numbers_cited(content):
        if number > len(sheets) and not _is_ours(names, number, sheets):
            yield _("The text cites annex No. %(number)s, there is none.") % {"number": number}, point
    for number, sheet in enumerate(sheets, 1):
        if sheet["is_missing"]:
            yield _("The annex “%(title)s” is empty: choose what it prints.") % sheet, f"annex-{number}"
        elif not _is_cited(order, sheet, number, sheets, names):
            yield _("The text does not cite the annex “%(title)s”.") % sheet, f"annex-{number}"
    for number, row in enumerate(annexes_of(order), 1):
        if row.edition and row.edition.status == "superseded":
            yield _("The annexed edition of the regulation is superseded: %s.") % row.edition, f"annex-{number}"


def _is_cited(order, sheet, number, sheets, names):
    place = [each["kind"] for each in sheets[:number]].count(sheet["kind"])
    if names & set(citations_of(sheet["kind"], place)):
        return True
    typed = _PLACEHOLDER.sub("", order.body)
    if any(int(cited) == number for cited in _CITED_NUMBER.findall(typed)):
        return True
    return (len(sheets) == 1 and bool(_CITED_ALONE.search(typed))) or (
        sheet["kind"] == PAIRS and "{пары}" in order.body
    )


def _numbers_cited(content):
    for number, point in enumerate(content["points"], 1):
        for cited in _CITED_NUMBER.findall(point["text"]):
            yield f"point-{number}", int(cited)


def _is_ours(names, number, sheets):
    """Whether a placeholder itself gave the number: then it is not a slip of who typed it."""
    return number <= len(sheets) and any(name.startswith(CITATIONS) for name in names)


def _point_with(content, words):
    for number, point in enumerate(content["points"], 1):
        if "приложени" in point["text"] and words in point["text"]:
            return f"point-{number}"
    return ""


def _plain(text):
    return " ".join(text.replace("\xa0", " ").split())
