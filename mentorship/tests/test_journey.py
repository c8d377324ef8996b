"""A year in one walk: the six kinds of people of the demo do in a browser what they come to the portal for."""

import io
import re
import subprocess

import pytest
from django.utils import timezone
from openpyxl import Workbook

from monitoring.demo.loading import load_demo
from monitoring.demo.people import LEAST_PEOPLE, PASSWORD
from monitoring.demo.places import SLUGS

MENTOR, MENTEE = "Землякова Лариса Романовна", "Одинцова Полина Глебовна"


def workbook(*rows):
    """An xlsx of the rows, as a file for an upload field."""
    book = Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return {
        "name": "реестр.xlsx",
        "mimeType": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "buffer": out.getvalue(),
    }


def sign_in(page, email):
    page.goto("/accounts/login/")
    page.get_by_label("Адрес электронной почты").fill(email)
    page.get_by_label("Пароль").fill(PASSWORD)
    page.get_by_role("button", name="Войти").click()
    page.wait_for_url("**/home/")
    return page


def press(page, name):
    page.locator("main").get_by_role("button", name=name).first.click()


def follow(page, name):
    page.get_by_role("link", name=name).first.click()


# --- the steps --------------------------------------------------------------------------------------------------------
def import_registry(page, kind, row):
    page.goto("/people/import/")
    page.get_by_label(kind, exact=True).check()
    page.get_by_label("Файл реестра").set_input_files(files=[workbook(["№", "ФИО", "Должность"], row)])
    press(page, "Загрузить и проверить")
    press(page, "Прочитать строки")
    press(page, re.compile("Записать в реестр"))
    assert row[1] in page.locator("main").inner_text()


def make_pair(page):
    page.goto("/programs/")
    follow(page, "Составить пару или группу")
    mentor = page.get_by_label("Наставник", exact=False).locator("option", has_text=MENTOR)
    page.locator("select[name=mentor]").select_option(value=mentor.get_attribute("value"))
    page.get_by_label(re.compile(MENTEE)).check()
    page.locator("select[name=form]").select_option(index=1)
    press(page, "Предложить пару")


def draft_order(page):
    page.goto("/programs/")
    follow(page, re.compile("Подготовить приказ"))
    page.get_by_label(re.compile("Землякова")).check()
    press(page, "Подготовить приказ")
    text = page.locator("main").inner_text()
    press(page, "Отправить на утверждение")
    return page.url, text


def approve_order(page, address):
    page.goto("/documents/inbox/")
    page.goto(address)
    press(page, re.compile("^Утвердить"))
    press(page, re.compile("^Утвердить приказ №"))
    address = page.get_by_role("link", name="Скачать приказ (PDF)").first.get_attribute("href")
    return pdf_text(page.request.get(address).body())


def log_meeting(page):
    page.goto("/home/")
    follow(page, "Записать встречу")
    page.get_by_label("Тема").fill("Разбор открытого урока")
    page.get_by_label("Что сделано").fill("Посмотрели запись, составили список вопросов.")
    press(page, "Записать в журнал")
    assert "Разбор открытого урока" in page.locator("main").inner_text()


def submit_report(page):
    page.goto("/programs/reports/?status=draft")
    page.locator("table.list tbody a").first.click()
    if page.locator("textarea[name=results]").count() == 0:
        follow(page, "Изменить отчёт")
    page.locator("textarea[name=results]").fill("Уверенно проводит урок, сама планирует контроль.")
    press(page, "Сохранить и прочитать отчёт")
    press(page, "Отправить куратору")
    return page.url


def accept_report(page, address):
    page.goto(address)
    assert "Уверенно проводит урок" in page.locator("main").inner_text()
    press(page, "Принять отчёт")
    return page.locator("main").inner_text()


def answer_survey(page):
    page.goto("/monitoring/surveys/mine/")
    link = page.get_by_role("link", name="Ответить").first.get_attribute("href")
    stranger = page.context.browser.new_context(base_url=page.url).new_page()
    stranger.goto(link)  # by the personal link, without signing in
    for question in stranger.locator("fieldset").all():
        question.get_by_role("radio").last.check()
    press(stranger, "Отправить ответы")
    text = stranger.locator("main").inner_text()
    stranger.context.close()
    return text


def download_roadmap(page):
    page.goto("/roadmap/")
    page.locator("table.list tbody a").first.click()
    address = page.get_by_role("link", name="Печать (PDF)").get_attribute("href")
    return pdf_text(page.request.get(address).body())


def pdf_text(content):
    done = subprocess.run(["pdftotext", "-", "-"], input=content, capture_output=True, check=True)
    return " ".join(done.stdout.decode().split())


# --- the walk ---------------------------------------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
def test_a_year_of_the_demo_walks_through_all_six_kinds_of_people(page):
    load_demo(organizations=len(SLUGS), people=LEAST_PEOPLE, now=timezone.now())

    curator = sign_in(page(), "curator@demo-school.example")
    import_registry(curator, "наставники", [1, MENTOR, "учитель истории"])
    import_registry(curator, "наставляемые", [1, MENTEE, "учитель биологии"])
    make_pair(curator)
    order, draft = draft_order(curator)
    assert "ПРИКАЗЫВАЮ" in draft
    assert MENTOR in draft

    head = sign_in(page(), "head@demo-school.example")
    approved = approve_order(head, order)
    assert "ПРИКАЗЫВАЮ" in approved
    assert MENTEE in approved

    mentor = sign_in(page(), "mentor@demo-school.example")
    log_meeting(mentor)
    report = submit_report(mentor)
    assert "принят" in accept_report(curator, report)

    mentee = sign_in(page(width=360), "mentee@demo-school.example")
    assert "ваши ответы получены" in answer_survey(mentee)

    staff = sign_in(page(), "staff@demo-school.example")
    roadmap = download_roadmap(staff)
    assert "УТВЕРЖДЕНО" in roadmap

    coordinator = sign_in(page(), "coordinator@demo-office.example")
    coordinator.goto("/monitoring/indicators/")
    figures = coordinator.locator("main").inner_text()
    assert "МБОУ СШ № 12" in figures
    assert MENTOR.split()[0] not in figures
