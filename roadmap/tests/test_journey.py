"""From a Word document to a plan with a reminder sent, in the browser: upload, check, confirm, owner, the beat, the mail."""

import pytest
from django.core import mail

from mentorship.tasks import send_digests_task
from participants.tests.factories import make_curator, make_organization
from roadmap.models import Activity
from roadmap.table_files import blocks_from_text
from roadmap.tests.browsing import looked_at, press, words
from roadmap.tests.made_documents import as_docx
from roadmap.tests.test_reading import lines

PLAN = """
УТВЕРЖДАЮ
Директор школы
И.И. Осина
01.09.2026
Дорожная карта наставничества на 2026-2027 учебный год
№ | Мероприятие | Срок | Ответственный | Результат
1 этап. Подготовка | | | |
1 | Назначить куратора и рабочую группу | до 20 ноября 2026 г. | Куратор | Приказ
2 | Провести опрос педагогов и подготовить | октябрь 20264 года | Куратор | Справка
 | справку по его итогам | | |
2 этап. Работа пар | | | |
1 | Открытые занятия наставников | апрель 2027 г. | Завуч | Конспекты
"""
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.fixture
def curator(transactional_db, time_machine):
    """The curator of a school on a Tuesday in November."""
    time_machine.move_to("2026-11-10 09:30+03:00")
    return make_curator(make_organization(short_name="МБОУ СШ № 12", head_position="Директор"))


def test_from_a_document_to_a_reminder(curator, sit_down, axe):
    page = sit_down(curator)

    # The document is brought, and what was read stands beside it.
    page.goto("/roadmap/import/")
    document = {"name": "карта.docx", "mimeType": WORD, "buffer": as_docx(blocks_from_text(lines(PLAN)))}
    page.get_by_label("Файл с дорожной картой").set_input_files(files=[document])
    press(page, "Прочитать дорожную карту")
    page.wait_for_url("**/roadmap/import/*/")
    text = looked_at(page, axe)
    assert "Дорожная карта наставничества на 2026-2027 учебный год" in text
    assert "20264" in text

    # A misprint in the year is corrected by hand.
    page.locator(".check-entry", has_text="20264").get_by_role("link").first.click()
    page.locator("[name=deadline_text]").fill("до 17 ноября 2026 г.")
    press(page, "Сохранить")
    page.wait_for_selector(".check-confirm")
    press(page, "Создать дорожную карту")
    page.wait_for_selector(".plan-views")

    # The roles are read from the words, and the beat sends the letter of the day.
    page.goto(page.url.split("#")[0] + "owners/")
    press(page, "Прочитать роли из документа")
    assert "Куратор" in words(page)
    send_digests_task()
    send_digests_task()

    (letter,) = mail.outbox
    assert (letter.to, "Провести опрос" in letter.body) == ([curator.email], True)
    assert "Открытые занятия" not in letter.body
    activity = Activity.objects.get(content__startswith="Провести опрос")
    assert f"#activity-{activity.pk}" in letter.body

    # From the letter to the activity, on a telephone.
    phone = sit_down(curator, width=360)
    phone.goto(f"/roadmap/{activity.stage.roadmap_id}/#activity-{activity.pk}")
    assert "Провести опрос педагогов и подготовить справку по его итогам" in looked_at(phone, axe)
    phone.goto("/outbox/")
    assert curator.email in words(phone)
