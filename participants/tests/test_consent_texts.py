import re

import pytest
from django.core.exceptions import ValidationError

from participants.consent_texts import PLACEHOLDERS, check_text
from participants.consents import save_text, text_for, text_on
from participants.models import Consent, ConsentText
from participants.ready_consent_texts import READY, load_ready_consent_texts
from participants.tests.factories import make_consent, make_curator, make_organization, make_person

# What art. 9 part 4 of 152-ФЗ asks of the text; names, addresses, documents and signatures stand around it.
ASKED_BY_LAW = {
    "operator": r"\{организация\}, адрес: \{адрес организации\}",
    "purpose": r"[Цц]ель",
    "data": r"[Пп]еречень данных",
    "actions": r"хранени",
    "ways": r"средств автоматизации",
    "processor": r"По поручению оператора данные обрабатывает",
    "term": r"\{срок\}",
    "withdrawal": r"можно отозвать",
}


@pytest.fixture
def ready_texts(db):
    """The texts that the migrations load; a test with real transactions leaves an empty database behind."""
    load_ready_consent_texts()


def values(**changed):
    return {"title": "Согласие", "body": "Даю согласие.", "body_of_representative": "", "valid_months": 12} | changed


def test_check_text_names_the_lines_with_what_nobody_fills():
    with pytest.raises(ValidationError) as refusal:
        check_text("Даю согласие {организации}.\nСрок: {дата}.\nЦель: {субъекта")

    assert [int(re.search(r"\d", message)[0]) for message in refusal.value.messages] == [2, 3]
    assert "{дата}" in refusal.value.messages[0]


@pytest.mark.parametrize("name", PLACEHOLDERS)
def test_check_text_knows_its_placeholders_in_any_letter_case(name):
    check_text(f"{{{name}}} и {{ {name.upper()} }}")


@pytest.mark.usefixtures("ready_texts")
def test_ready_texts_are_there_from_the_first_day_with_known_placeholders():
    texts = ConsentText.objects.filter(organization=None)

    assert {text.kind for text in texts} == set(READY)
    for text in texts:
        check_text(text.body)
        check_text(text.body_of_representative)


@pytest.mark.usefixtures("ready_texts")
@pytest.mark.parametrize("kind", ["processing", "publication", "upward"])
@pytest.mark.parametrize("variant", ["body", "body_of_representative"])
def test_ready_texts_about_data_say_all_that_the_law_asks(kind, variant):
    body = getattr(text_for(make_organization(), kind), variant)

    assert [name for name, words in ASKED_BY_LAW.items() if not re.search(words, body)] == []


@pytest.mark.usefixtures("ready_texts")
def test_load_ready_consent_texts_leaves_what_is_there():
    ConsentText.objects.filter(kind="upward").update(title="Своё")
    load_ready_consent_texts()

    assert ConsentText.objects.count() == len(READY)
    assert ConsentText.objects.get(kind="upward").title == "Своё"


@pytest.mark.usefixtures("ready_texts")
def test_save_text_makes_a_version_of_the_organization_and_keeps_the_ready_one():
    organization = make_organization()

    text = save_text(organization, "processing", by=make_curator(organization), **values())

    assert (text.organization, text.version) == (organization, 1)
    assert text_for(organization, "processing") == text
    assert text_for(make_organization(), "processing").organization is None


@pytest.mark.usefixtures("ready_texts")
def test_save_text_edits_an_unsigned_version_and_never_a_signed_one():
    organization = make_organization()
    curator = make_curator(organization)
    first = save_text(organization, "processing", by=curator, **values())
    again = save_text(organization, "processing", by=curator, **values(body="Даю согласие на всё названное."))
    make_consent(person=make_person(organization=organization), text=again)

    second = save_text(organization, "processing", by=curator, **values(body="Новый текст."))

    assert (again.pk, second.version) == (first.pk, 2)
    assert ConsentText.objects.get(pk=first.pk).body == "Даю согласие на всё названное."


@pytest.mark.usefixtures("ready_texts")
def test_save_text_without_a_change_makes_no_version():
    organization = make_organization()
    ready = text_for(organization, "upward")
    same = {name: getattr(ready, name) for name in values()}

    assert save_text(organization, "upward", by=make_curator(organization), **same) == ready


@pytest.mark.usefixtures("ready_texts")
def test_text_on_a_day_before_the_own_version_is_the_ready_one(time_machine):
    organization = make_organization()
    time_machine.move_to("2026-10-05 12:00")
    own = save_text(organization, "processing", by=make_curator(organization), **values())

    assert text_on(organization, "processing", own.created_at.date()) == own
    assert text_on(organization, "processing", own.created_at.date().replace(month=9)).organization is None
    assert Consent.objects.count() == 0
