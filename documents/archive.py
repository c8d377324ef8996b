"""The archive: what is found among filed papers, and what is known of each.

PostgreSQL compares Russian stems by the index `paper_by_words`; elsewhere every word of the question, without the ending
of its case, must stand somewhere in the folded words of the paper.
"""

import re

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db import connection
from django.db.models import Case, Exists, OuterRef, Q, When

from documents.models import Paper, SignedCopy
from documents.numbering import comparable_number
from documents.retention import counted_from
from participants.models.people import fold_for_search

_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"(?<!\w)\d+(?:[-/]\w+)+(?!\w)")  # «01-12/203», «56-од»
# Endings of nouns and adjectives; the longest that leaves three letters.
_ENDING = re.compile(
    r"(?<=\w{3})(?:и?(?:ями|ям|ях|ем)|ами|ыми|ими|ого|его|ому|ему|ией|ых|их|ах|ам|ым|им|ом|ов|ев|ей|ой|ий|ый"
    r"|ая|яя|ое|ее|ые|ие|ия|ию|ии|ую|юю|ью|[аеиоуыюяйь])$"
)
MOST_WORDS = 20


def matching(papers, text):
    """The Papers of the queryset by number, heading, person or words; a word may be begun only, its ending be another."""
    folded = fold_for_search(text)
    found = Paper.objects.none()
    if words := _WORD.findall(folded)[:MOST_WORDS]:
        found = _by_index(folded) if connection.vendor == "postgresql" else _by_reading(words)
    typed = text.strip().lstrip("№").strip()
    with_number = Q()
    for spelling in {typed, typed.lower(), typed.upper()} - {""}:
        with_number |= Q(number__contains=spelling)
    if with_number:
        return papers.filter(with_number | Q(pk__in=found.order_by().values("pk")))
    return papers.filter(pk__in=found.order_by().values("pk"))


def by_own_number(papers, text):
    """The Papers with those first whose own number was typed: of an order, before all that cite it; then the newest."""
    number = comparable_number(text)
    is_own = When(number_key=number, then=0) if number else When(pk=None, then=0)
    return papers.order_by(Case(is_own, default=1), "-dated_on", "-pk")


def _by_index(folded):
    """PostgreSQL takes «01-12/203» for three other words than those of the question: numbers are looked for as they are."""
    numbers = _NUMBER.findall(folded)[:MOST_WORDS]
    papers = Paper.objects.filter(*(Q(search_text__contains=number) for number in numbers))
    words = _WORD.findall(_NUMBER.sub(" ", folded))[:MOST_WORDS]
    if not words:
        return papers
    question = SearchQuery(" & ".join(f"{word}:*" for word in words), config="russian", search_type="raw")
    return papers.annotate(words=SearchVector("search_text", config="russian")).filter(words=question)


def _by_reading(words):
    papers = Paper.objects.all()
    for word in words:
        papers = papers.filter(search_text__contains=_ENDING.sub("", word))
    return papers


def for_archive(papers):
    """With what the list shows of each: whether a signed copy came back, from when the storage term is counted."""
    return (
        papers.defer("content", "text", "search_text")
        .select_related("organization", "ended_by", "destroyed_by")
        .annotate(has_signed_copy=Exists(SignedCopy.objects.filter(paper=OuterRef("pk"))), counted_from=counted_from())
        .order_by("-dated_on", "-pk")
    )


def kinds_in(papers):
    """The kinds that are among the papers."""
    return sorted(set(papers.order_by().values_list("kind", flat=True).distinct()))


def years_in(papers):
    """The calendar years in which the papers were made, the latest first."""
    return [day.year for day in papers.order_by().dates("dated_on", "year", order="DESC")]
