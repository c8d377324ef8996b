"""An order in the browser: drafted, agreed, returned with comments, mended, approved by a code, frozen, repealed."""

import pytest
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.conf import settings
from django.test import Client

from documents.faults import NUMBER_FIELD
from documents.models import ApprovalStep, Order
from documents.orders import draft_order
from documents.tests.factories import make_order
from participants.tests.factories import make_curator, make_head, make_organization
from programs.tests.factories import make_program

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture
def school(transactional_db, time_machine):
    """A school in autumn."""
    time_machine.move_to("2026-10-05 12:00")
    return make_organization(short_name="МОУ СШ № 1 г. Кедровска", head_position="Директор")


@pytest.fixture
def curator(school):
    return make_curator(school, last_name="Лаптева", first_name="Юлия", patronymic="Игоревна")


@pytest.fixture
def head(school):
    """The head, with an application for codes on his telephone."""
    user = make_head(school, last_name="Орлов", first_name="Пётр", patronymic="Ильич", gender="male")
    TOTP.activate(user, SECRET)
    return user


def code_now():
    """What the application shows."""
    return format_hotp_value(hotp_value(SECRET, next(yield_hotp_counters_from_time())))


@pytest.fixture
def sit_down(page, live_server):
    """`sit_down(user)`: a page of the portal in which the user has signed in."""

    def open_for(user, **values):
        client = Client()
        client.force_login(user)
        opened = page(**values)
        key = client.cookies[settings.SESSION_COOKIE_NAME].value
        opened.context.set_default_timeout(60_000)  # the approval makes the files before it answers here
        opened.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": live_server.url}])
        return opened

    return open_for


@pytest.fixture
def look(axe):
    """Every page is accessible and no wider than the window."""

    def look_at(page):
        page.wait_for_load_state("networkidle")  # the preview beside a form comes after the page
        assert axe(page) == [], page.url
        width = page.viewport_size["width"]
        assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url

    return look_at


def press(page, name):
    page.locator("main").get_by_role("button", name=name).first.click()


def words(page):
    return page.locator("body").inner_text()


def open_order(page, order, look):
    page.goto(order.get_absolute_url())
    look(page)


def submit(page, order, look):
    open_order(page, order, look)
    press(page, "Отправить на утверждение")


def agree(page, order, look):
    open_order(page, order, look)
    page.locator("#steps [name=minutes_number]").fill("3")
    page.locator("#steps [name=minutes_on]").fill("2026-10-02")
    press(page, "Записать: согласовано")
    look(page)


def return_with_comment(page, order, look):
    page.goto(f"{order.get_absolute_url()}points/")
    look(page)
    page.locator("textarea").nth(2).fill("Назовите срок")
    press(page, "Вернуть с этими замечаниями")


def mend(page, order, look):
    open_order(page, order, look)
    assert "Назовите срок" in words(page)
    press(page, "Отметить исправленным")
    page.goto(f"{order.get_absolute_url()}edit/")
    look(page)
    body = page.locator("[name=body]")
    body.fill(body.input_value() + "\n6. Отчитаться до 31 мая 2027 г.")
    page.locator("main form button[type=submit], main form button:not([type])").first.click()
    page.wait_for_url(lambda address: address.endswith(order.get_absolute_url()))


def approve(page, order, look):
    page.goto(f"{order.get_absolute_url()}approve/")
    look(page)
    press(page, "Утвердить приказ №")
    look(page)


@pytest.mark.parametrize("javascript", [True, False])
def test_an_order_goes_back_and_forth_and_is_frozen_and_repealed(sit_down, look, school, curator, head, javascript):
    look = look if javascript else (lambda page: None)
    ApprovalStep.objects.create(organization=school, name="Педагогический совет", recorder="curator")
    program = make_program(organization=school)
    order = make_order(program=program, by=curator)
    at_curator = sit_down(curator, javascript=javascript)
    at_head = sit_down(head, width=360, javascript=javascript)

    submit(at_curator, order, look)
    agree(at_curator, order, look)
    return_with_comment(at_head, order, look)
    mend(at_curator, order, look)
    submit(at_curator, order, look)
    at_head.goto(f"{order.get_absolute_url()}approve/")
    refused = words(at_head)
    agree(at_curator, order, look)
    approve(at_head, order, look)
    approved = Order.objects.get(pk=order.pk)
    at_curator.goto(f"{order.get_absolute_url()}edit/")
    frozen = words(at_curator)

    assert "Педагогический совет" in refused  # the changed order is agreed anew
    assert (approved.status, "Отчитаться до 31" in str(approved.snapshot)) == ("approved", True)
    assert (at_curator.url.endswith(order.get_absolute_url()), "уже нельзя изменить" in frozen) == (True, True)

    later = draft_order(program, kind="repealing_order", by=curator, values={})
    at_curator.goto(f"{later.get_absolute_url()}earlier/")
    look(at_curator)
    at_curator.locator("[name=earlier]").select_option(value=str(order.pk))
    press(at_curator, "Указать этот приказ")
    submit(at_curator, later, look)
    agree(at_curator, later, look)
    approve(at_head, later, look)
    open_order(at_head, order, look)

    later = Order.objects.get(pk=later.pk)
    assert f"Отменён приказом № {later.number}" in words(at_head)
    assert Order.objects.get(pk=order.pk).snapshot == approved.snapshot


def test_several_orders_are_approved_at_once_by_a_code(sit_down, look, school, curator, head):
    school.approval_needs_second_factor = True
    school.save()
    program = make_program(organization=school)
    orders = [make_order(program=program, by=curator, status="submitted") for _number in range(3)]
    page = sit_down(head)

    page.goto("/documents/inbox/")
    look(page)
    page.locator(f"#order-{orders[0].pk}").check()
    page.locator(f"#order-{orders[2].pk}").check()
    press(page, "Проверить и утвердить отмеченные…")
    look(page)
    page.locator("[name=code]").fill("000000")
    press(page, "Утвердить 2 приказа")
    refused = (Order.objects.filter(status="approved").count(), page.locator("[name=code]").count())
    look(page)
    page.locator("[name=code]").fill(code_now())
    press(page, "Утвердить 2 приказа")
    look(page)

    statuses = [Order.objects.get(pk=order.pk).status for order in orders]
    assert refused == (0, 1)
    assert statuses == ["approved", "submitted", "approved"]
    assert Order.objects.get(pk=orders[0].pk).events.latest("at").means == "second_factor"


def test_a_head_without_a_second_factor_is_told_how_to_set_it_up(sit_down, look, school, curator):
    school.approval_needs_second_factor = True
    school.save()
    order = make_order(program=make_program(organization=school), by=curator, status="submitted")
    page = sit_down(make_head(school), width=360)

    page.goto(f"{order.get_absolute_url()}approve/")
    look(page)

    assert page.get_by_role("link", name="Настроить второй фактор").count() == 1


def test_a_link_to_the_number_leads_below_the_bar(sit_down, school, head):
    order = make_order(program=make_program(organization=school), status="submitted")
    at_head = sit_down(head)

    at_head.goto(f"{order.get_absolute_url()}#{NUMBER_FIELD}")
    at_head.wait_for_function("window.scrollY > 0")

    bar = at_head.locator(".topbar").bounding_box()
    assert at_head.locator(f"#{NUMBER_FIELD}").bounding_box()["y"] >= bar["y"] + bar["height"]
