"""The public application on a telephone, from the first page to the queue, with scripts and without."""

from datetime import date

import pytest

from participants.models import Application, Questionnaire
from participants.ready_application_questionnaires import (
    PUPIL_MENTEE,
    TEACHER_MENTOR,
    load_ready_application_questionnaires,
)
from participants.ready_consent_texts import load_ready_consent_texts
from participants.tests.factories import make_call, make_organization

PHONE = 360


@pytest.fixture
def call(transactional_db, time_machine):
    """The page of a school with the ready questionnaires, open today."""
    time_machine.move_to("2026-10-05 12:00")
    load_ready_consent_texts()
    load_ready_application_questionnaires()
    ready = {each.title: each for each in Questionnaire.objects.filter(organization=None)}
    return make_call(
        organization=make_organization(short_name="МОУ СШ № 1 г. Кедровска"),
        mentor_questionnaire=ready[TEACHER_MENTOR],
        pupil_mentee_questionnaire=ready[PUPIL_MENTEE],
        closes_on=date(2026, 12, 31),
    )


def press(page, name):
    page.locator("main").get_by_role("button", name=name).click()


def fill_in(page, **fields):
    for name, text in fields.items():
        page.locator(f"[name={name}]").fill(text)


def answer_all(page):
    """The first line of every choice, a mark of eight, words in every field."""
    for box in page.locator("fieldset.question-box").all():
        choices = box.locator("input")
        choices.nth(7 if choices.count() > 9 else 0).check()
    for field in page.locator(".question-box textarea").all():
        field.fill("Проектная работа, подготовка к олимпиаде по химии")


class Walk:
    """Steps of one application; after each the page is looked at."""

    def __init__(self, page, look):
        self.page, self.look = page, look

    def begin(self, call, part):
        self.page.goto(call.get_absolute_url())
        self.look(self.page)
        self.page.get_by_label(part, exact=True).check()
        fill_in(self.page, email="anna.petrova@example.org")
        press(self.page, "Начать заявку")

    def about(self, **fields):
        press(self.page, "Перейти к согласию")
        assert "Нужно исправить" in self.page.locator("main").inner_text()
        self.look(self.page)
        fill_in(self.page, **fields)
        press(self.page, "Перейти к согласию")

    def consent(self):
        self.look(self.page)
        self.page.locator("#is_read").check()
        press(self.page, "Подтвердить согласие и продолжить")

    def questions(self):
        self.look(self.page)
        answer_all(self.page)
        press(self.page, "Перейти к проверке")

    def send(self):
        self.look(self.page)
        text = self.page.locator("main").inner_text()
        press(self.page, "Отправить заявку")
        self.look(self.page)
        return text, self.page.locator("main").inner_text()


@pytest.mark.parametrize("javascript", [True, False])
def test_application_is_written_and_sent_on_a_telephone(page, axe, call, javascript):
    def look(opened):
        if javascript:
            assert axe(opened) == []
            assert opened.evaluate("document.documentElement.scrollWidth") <= PHONE

    walk = Walk(page(width=PHONE, javascript=javascript), look)
    walk.begin(call, "Хочу стать наставником")
    walk.page.locator("[name=kind]").select_option("teacher")
    walk.about(last_name="петрова", first_name="Анна", patronymic="Игоревна", position="учитель химии")
    walk.consent()
    walk.questions()
    check, state = walk.send()

    application = Application.objects.get()
    assert ("Петрова Анна Игоревна" in check, "Проектная работа" in check) == (True, True)
    assert "ждёт куратора" in state
    assert (application.status, application.questionnaire.title) == ("submitted", TEACHER_MENTOR)


def test_application_of_a_pupil_is_left_and_resumed(page, axe, call):
    def look(opened):
        assert axe(opened) == []

    walk = Walk(page(width=PHONE), look)
    walk.begin(call, "Я учусь, и мне нужен наставник")
    walk.page.wait_for_url("**/about/")  # loaded, scripts included
    fill_in(walk.page, last_name="Петров")
    walk.page.locator("[name=first_name]").fill("Лев")
    walk.page.locator("[name=birth_year]").focus()
    walk.page.get_by_text("Сохранено в").wait_for()
    link = Application.objects.get().personal_url

    walk.page = page(width=PHONE)
    walk.page.goto(link)
    look(walk.page)
    walk.page.get_by_role("link", name="Продолжить: О себе").click()
    kept = [walk.page.locator(f"[name={name}]").input_value() for name in ("last_name", "first_name")]
    walk.about(birth_year="2013", position="7 «А»", representative_name="Петрова Анна Игоревна")
    walk.consent()
    walk.questions()
    walk.send()

    application = Application.objects.get()
    assert kept == ["Петров", "Лев"]
    assert (application.status, application.representative_name) == ("submitted", "Петрова Анна Игоревна")
