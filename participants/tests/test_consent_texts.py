import re
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

from participants.consent_asking import ask_consent
from participants.consent_texts import PLACEHOLDERS, blanks_by_link, check_text, with_processor
from participants.consent_versions import mark_used, save_text, text_for, text_on
from participants.consents import give_consent
from participants.models import Consent, ConsentText
from participants.ready_consent_texts import READY, load_ready_consent_texts
from participants.tests.factories import make_consent, make_curator, make_organization, make_person

# What art. 9 part 4 of 152-ФЗ asks of the text; names, addresses, documents and signatures stand around it.
ASKED_BY_LAW = {
    "operator": r"\{организация\}\{реквизиты\}, адрес: \{адрес организации\}",
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


def test_blanks_by_link_names_what_is_not_entered_and_what_is_left_to_the_hand():
    text = "Даю согласие ({адрес организации}, {сайт}).\n1. Кому: ________\n_________\n2. По поручению: {обработчик}"

    unknown, by_hand = blanks_by_link(text, {"адрес организации": "г. Кедровск", "сайт": ""})

    assert (unknown, by_hand) == ([str(PLACEHOLDERS["сайт"])], ["1. Кому"])


def test_the_line_of_former_texts_for_the_processor_is_no_blank():
    former = (
        "4. По поручению оператора данные обрабатывает: ________________ "
        "(наименование и адрес; если поручения нет, ставится прочерк)."
    )

    assert with_processor(former) == "4. По поручению оператора данные обрабатывает: {обработчик}."
    assert blanks_by_link(former, {}) == ([], [])


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
def test_a_text_that_was_asked_for_by_a_link_is_never_edited_even_after_the_request_is_gone():
    organization = make_organization()
    first = save_text(organization, "processing", by=make_curator(organization), **values())
    ask_consent(make_person(organization=organization), "processing", by=None, today=localdate()).delete()

    second = save_text(organization, "processing", by=make_curator(organization), **values(body="Новый текст."))

    first.refresh_from_db()
    assert (first.body, first.used_at is not None, second.version) == ("Даю согласие.", True, 2)


@pytest.mark.usefixtures("ready_texts")
def test_a_paper_is_not_entered_by_a_version_that_was_written_after_it(time_machine):
    organization = make_organization()
    person = make_person(organization=organization)
    time_machine.move_to("2026-10-05 12:00")
    first = save_text(organization, "processing", by=make_curator(organization), **values())
    mark_used([first])
    time_machine.move_to("2026-11-10 12:00")
    second = save_text(organization, "processing", by=make_curator(organization), **values(body="Новый текст."))

    with pytest.raises(ValidationError) as refusal:
        give_consent(person, "processing", by=None, given_on=date(2026, 11, 9), text=second)
    given = give_consent(person, "processing", by=None, given_on=date(2026, 10, 1), text=first)

    assert refusal.value.code == "later_text"
    assert given.text == first


@pytest.mark.usefixtures("ready_texts")
def test_versions_are_told_apart_by_their_days(time_machine):
    organization = make_organization()
    time_machine.move_to("2026-10-05 12:00")
    text = save_text(organization, "upward", by=make_curator(organization), **values())
    labels = [text.label_with_days]
    time_machine.move_to("2026-10-07 12:00")
    mark_used([text])
    text.refresh_from_db()
    labels.append(text.label_with_days)

    assert ["05.10.2026" in label for label in labels] == [True, True]
    assert ["07.10.2026" in label for label in labels] == [False, True]


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
