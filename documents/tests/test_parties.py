"""Who is the party of an agreement, and who signs it, where the mentor or the mentee is a minor."""

from datetime import date

import pytest

from documents.contents import agreement_content
from documents.filing import words_of
from documents.models import Blank
from documents.parties import party_of, party_words
from documents.printing import paper_html
from documents.tests.factories import make_order
from documents.text_versions import paper_text
from participants.models import Person
from participants.tests.factories import make_organization
from programs.tests.factories import make_pair, make_program


def person(birth_year, *, kind="pupil", representative="Петрова Анна Ивановна", gender="male"):
    return Person(
        organization=make_organization_unsaved(),
        last_name="Петров",
        first_name="Иван",
        patronymic="Сергеевич",
        gender=gender,
        kind=kind,
        position="7 «А» класс" if kind == "pupil" else "учитель",
        birth_year=birth_year,
        representative_name=representative,
    )


def make_organization_unsaved():
    from participants.models import Organization

    return Organization(short_name="МОУ СШ № 7")


@pytest.mark.parametrize(
    ("birth_year", "kind", "words"),
    [
        (2014, "pupil", "обучающимся 7 «А» класса, в лице законного представителя Петровой Анны Ивановны"),
        (2011, "pupil", "класса, действующим с согласия законного представителя Петровой Анны Ивановны"),
        (None, "pupil", "класса, действующим с согласия законного представителя Петровой Анны Ивановны"),
        (2000, "teacher", "Петровым Иваном Сергеевичем, учителем"),
        (2007, "pupil", "Петровым Иваном Сергеевичем, обучающимся 7 «А» класса"),
    ],
)
def test_the_party_in_the_words_of_the_agreement(birth_year, kind, words):
    assert party_words(person(birth_year, kind=kind), year=2026).endswith(words)


@pytest.mark.parametrize(
    ("birth_year", "signs", "with_representative"),
    [(2014, False, True), (2012, True, True), (2008, True, True), (2007, True, False)],
)
def test_who_signs(birth_year, signs, with_representative):
    party = party_of(person(birth_year), make_organization_unsaved(), year=2026)

    assert (party["signs"], party["needs_representative"]) == (signs, with_representative)


def test_an_unknown_representative_is_a_line():
    assert party_words(person(2014, representative=""), year=2026).endswith("представителя ____________________")


@pytest.mark.django_db
def test_the_curator_signs_where_the_organization_has_it_so():
    organization = make_organization()
    order = make_order(program=make_program(organization=organization), pairs=1)
    pair = order.pairs.get()

    def words():
        text = paper_text(organization, "agreement")
        content = agreement_content(pair, pair.mentees[0], order=order, text=text, approved_on=date(2026, 10, 1))
        return words_of(paper_html("agreement", content))

    assert "Куратор программы наставничества" not in words()
    Blank.objects.create(organization=organization, is_countersigned=True)
    assert words().count("Куратор программы наставничества") == 2


@pytest.mark.django_db
def test_a_group_has_an_agreement_for_each_mentee():
    program = make_program()
    order = make_order(program=program, pairs=[make_pair(program=program, mentees=3)], status="approved")

    assert order.agreements.count() == 3
