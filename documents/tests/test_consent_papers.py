import shutil
import subprocess
from datetime import date

import pytest
from django.urls import reverse

from documents.consent_papers import consent_content, consents_pdf, sheets_for, term_in_words
from participants.consent_standing import standings
from participants.consent_versions import save_text, text_for
from participants.models import ConsentText
from participants.ready_consent_texts import load_ready_consent_texts
from participants.tests.factories import (
    make_consent,
    make_coordinator,
    make_curator,
    make_mentee_entry,
    make_mentor_entry,
    make_organization,
    make_person,
    make_staff,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)
PRINT = reverse("documents:consents-print")


@pytest.fixture(autouse=True)
def november(time_machine):
    time_machine.move_to("2026-11-20 12:00")


@pytest.fixture(autouse=True)
def ready_texts(db):
    """The texts that the migrations load; a test with real transactions leaves an empty database behind."""
    load_ready_consent_texts()


@pytest.fixture(scope="session")
def pages_of(tmp_path_factory):
    """`pages_of(content)`: the words of each page of a PDF, with single spaces."""
    if not shutil.which("pdftotext"):
        pytest.skip("no pdftotext on this machine: install poppler-utils")

    def read(content):
        path = tmp_path_factory.mktemp("pdf") / "paper.pdf"
        path.write_bytes(content)
        shown = subprocess.run(["pdftotext", "-raw", str(path), "-"], capture_output=True, check=True)
        return [" ".join(page.split()) for page in shown.stdout.decode().split("\f")[:-1]]

    return read


def make_school(**values):
    office = make_organization(kind="education_office", full_name="Управление образования Кедровска")
    return make_organization(parent=office, address="г. Кедровск, ул. Школьная, д. 7", **values)


def make_pupil(organization, **values):
    names = {"last_name": "Одинцов", "first_name": "Павел", "patronymic": "Глебович", "gender": "male"}
    values = {"kind": "pupil", "birth_year": 2011, "representative_name": "Одинцова Ольга Игоревна"} | values
    return make_mentee_entry(person=make_person(organization=organization, **names | values)).person


def sheets_of(person, kind):
    standing = standings([person], school_year=2026, day=TODAY)[person.pk]
    return sheets_for(standing, kind, text_for(person.organization, kind), today=TODAY)


def content_of(person, kind="processing"):
    (sheet,) = sheets_of(person, kind)
    return consent_content(sheet, school_year=2026, today=TODAY)


def test_paper_of_a_minor_is_the_representatives_with_the_child_in_the_genitive():
    content = content_of(make_pupil(make_school()))

    assert (content["is_representative"], content["representative"]) == (True, "Одинцова Ольга Игоревна")
    assert (content["name_genitive"], content["signs_too"]) == ("Одинцова Павла Глебовича", True)
    assert "персональных данных Одинцова Павла Глебовича" in content["points"][0]["text"]


@pytest.mark.parametrize(("birth_year", "signs_too"), [(2012, True), (2013, False), (None, True)])
def test_paper_has_the_minors_own_line_from_14_on(birth_year, signs_too):
    assert content_of(make_pupil(make_school(), birth_year=birth_year))["signs_too"] is signs_too


def test_paper_of_an_adult_names_the_operator_with_the_address_and_the_term():
    person = make_mentor_entry(person=make_person(organization=make_school())).person

    words = " ".join(" ".join(point["text"] for point in content_of(person)["points"]).split())

    assert person.organization.full_name in words
    assert "г. Кедровск, ул. Школьная, д. 7" in words
    assert "в течение 12 месяцев" in words
    assert "{" not in words


def test_paper_to_the_education_office_names_it():
    person = make_mentor_entry(person=make_person(organization=make_school())).person

    assert "Управление образования Кедровска" in content_of(person, "upward")["points"][0]["text"]


def test_who_turns_18_gets_both_papers_and_both_say_so():
    sheets = sheets_of(make_pupil(make_school(), birth_year=2008), "processing")

    assert [(sheet.given_by, sheet.is_one_of_two) for sheet in sheets] == [("representative", True), ("subject", True)]


def test_who_turns_18_and_has_the_representatives_consent_gets_his_own_paper():
    person = make_pupil(make_school(), birth_year=2008)
    make_consent(person=person, given_by="representative", representative_name="Одинцова Ольга")

    assert [(sheet.given_by, sheet.is_one_of_two) for sheet in sheets_of(person, "processing")] == [("subject", False)]


def test_what_was_confirmed_by_the_link_is_printed_as_it_was_confirmed():
    person = make_pupil(make_school())
    confirmed = make_consent(person=person, way="link", given_by="representative", representative_name="Одинцов Глеб")
    ConsentText.objects.create(
        organization=person.organization, kind="processing", title="Новое", body="Да.", body_of_representative="Да."
    )

    (sheet,) = sheets_of(person, "processing")

    assert (sheet.text, sheet.representative_name) == (confirmed.text, "Одинцов Глеб")


@pytest.mark.parametrize(
    ("months", "kind", "words"),
    [
        (1, "processing", "в течение 1\xa0месяца"),
        (24, "processing", "в течение 24\xa0месяцев"),
        (None, "processing", "до достижения цели обработки"),
        (None, "participation", "до отзыва"),
    ],
)
def test_term_in_words_reads_after_the_day_of_the_signature(months, kind, words):
    assert term_in_words(ConsentText(kind=kind, valid_months=months)) == words


@pytest.mark.parametrize("kind", ["processing", "participation", "publication", "upward"])
def test_ready_papers_fit_one_page_with_all_lines_for_the_hand(kind, pages_of):
    person = make_pupil(make_school())

    pages = pages_of(consents_pdf(sheets_of(person, kind), school_year=2026, today=TODAY))

    assert len(pages) == 1
    wanted = ["адрес:", "документ:", "законный представитель: Одинцова Павла Глебовича", "на основании:", "подпись"]
    assert [words for words in wanted if words not in pages[0]] == []
    assert pages[0].count("адрес:") >= 2


def test_paper_prints_what_the_organization_has_entered(pages_of):
    organization = make_school(
        inn="7701234567",
        ogrn="1027701234567",
        data_processor="ООО «Облако», г. Кедровск",
        site_url="https://school.example/",
        publication_conditions="без указания класса",
    )
    person = make_pupil(organization, representative_phone="+79270000001")

    (data,) = pages_of(consents_pdf(sheets_of(person, "processing"), school_year=2026, today=TODAY))
    (publication,) = pages_of(consents_pdf(sheets_of(person, "publication"), school_year=2026, today=TODAY))

    assert "ИНН 7701234567, ОГРН 1027701234567, адрес: г. Кедровск" in data
    assert "обрабатывает: ООО «Облако», г. Кедровск." in data
    assert "реквизиты документов, удостоверяющих личность" in data
    assert "О.И. Одинцова" in data
    words = ["https://school.example/", "без указания класса", "+79270000001", "запрещаю публиковать"]
    assert [word for word in words if word not in publication] == []


def test_a_word_of_three_hundred_letters_stays_on_the_paper(pages_of):
    person = make_pupil(make_school(), representative_name="Щ" * 200)

    pages = pages_of(consents_pdf(sheets_of(person, "participation"), school_year=2026, today=TODAY))

    assert "".join(pages).replace(" ", "").count("Щ") == 400  # above the text and beside the signature


def test_paper_of_an_employee_names_the_position_and_asks_for_no_passport(pages_of):
    person = make_mentor_entry(person=make_person(organization=make_school(), position="учитель истории")).person

    (page,) = pages_of(consents_pdf(sheets_of(person, "extra_duties"), school_year=2026, today=TODAY))

    assert "должность: учитель истории" in page
    assert "351.8" in page
    assert "паспорт" not in page


def test_text_with_names_that_look_like_markup_is_printed_as_it_is(pages_of):
    person = make_pupil(make_school(), representative_name="<b>Ли & сын</b>")

    (page,) = pages_of(consents_pdf(sheets_of(person, "processing"), school_year=2026, today=TODAY))

    assert "<b>Ли & сын</b>" in page


# --- pages ------------------------------------------------------------------------------------------------------------
@pytest.fixture
def organization():
    return make_school()


@pytest.fixture
def curator(client, organization):
    curator = make_curator(organization)
    client.force_login(curator)
    return curator


def make_teacher(organization, **values):
    return make_mentor_entry(person=make_person(organization=organization, **values)).person


def test_print_for_all_who_lack_it_is_one_file_in_the_order_of_the_registry(client, organization, curator, pages_of):
    for name in ("Яшина", "Абрамова", "Петрова"):
        make_teacher(organization, last_name=name)
    make_consent(person=make_teacher(organization, last_name="Данная"))
    make_consent(person=make_teacher(organization, last_name="Отказавшая"), status="refused")

    response = client.get(f"{PRINT}?kind=processing&lacking=yes")

    assert response.headers["Content-Type"] == "application/pdf"
    pages = pages_of(response.content)
    assert [page.split("Я, ")[1].split()[0] for page in pages] == ["Абрамова", "Петрова", "Яшина"]


def test_print_for_chosen_people_takes_what_each_needs_and_lacks(client, organization, curator, pages_of):
    teacher, other = make_teacher(organization), make_teacher(organization)
    make_consent(person=teacher)

    pages = pages_of(client.get(f"{PRINT}?person={teacher.pk}&person={other.pk}&kind=").content)

    assert ["351.8" in page for page in pages] == [True, False, True]


def test_print_for_one_person_and_kind_whatever_its_state(client, organization, curator, pages_of):
    given = make_consent(person=make_teacher(organization))

    assert len(pages_of(client.get(f"{PRINT}?person={given.person_id}&kind=processing").content)) == 1


@pytest.mark.parametrize("query", ["", "?kind=processing&lacking=yes", "?person=x&kind=upward", "?person=" + "9" * 30])
def test_print_of_nothing_returns_to_the_board(client, organization, curator, query):
    response = client.get(f"{PRINT}{query}")

    assert (response.status_code, response.url) == (302, reverse("participants:consents"))


def test_print_never_shows_people_of_others(client, organization, curator):
    foreign = make_teacher(make_school())

    assert client.get(f"{PRINT}?person={foreign.pk}&kind=processing").status_code == 302
    client.force_login(make_coordinator(organization.parent))
    assert client.get(f"{PRINT}?person={foreign.pk}&kind=processing").status_code == 403


def test_print_names_the_version_at_the_foot_and_freezes_it(client, organization, curator, pages_of):
    make_teacher(organization)
    values = {"title": "Своё", "body": "Даю согласие.", "body_of_representative": "", "valid_months": 12}
    text = save_text(organization, "processing", by=curator, **values)

    (page,) = pages_of(client.get(f"{PRINT}?kind=processing&lacking=yes").content)
    later = save_text(organization, "processing", by=curator, **values | {"body": "Другое."})

    assert page.partition(" Код бланка:")[0].endswith("Текст: версия 1 организации")
    text.refresh_from_db()
    assert (text.body, text.used_at is not None, later.version) == ("Даю согласие.", True, 2)


@pytest.mark.parametrize("count", [1, 3])
def test_print_query_count_does_not_grow(client, organization, curator, count, django_assert_num_queries):
    for _n in range(count):
        make_teacher(organization)
    client.get(f"{PRINT}?kind=processing&lacking=yes")

    with django_assert_num_queries(12):  # two of them give each form its code
        client.get(f"{PRINT}?kind=processing&lacking=yes")


def test_text_is_shown_as_printed_with_lines_in_place_of_a_person(client, organization, pages_of):
    client.force_login(make_staff(organization))
    text = text_for(organization, "processing")
    foreign = ConsentText.objects.create(organization=make_school(), kind="processing", title="Чужое", body="Текст.")

    addresses = [
        reverse("documents:consent-text-print", args=args)
        for args in ((text.pk, "representative"), (text.pk, "nobody"), (foreign.pk, "subject"))
    ]
    responses = [client.get(address) for address in addresses]

    assert [response.status_code for response in responses] == [200, 404, 404]
    (page,) = pages_of(responses[0].content)
    assert page.startswith("Образец.")
    assert ConsentText.objects.get(pk=text.pk).used_at == text.used_at
