import re
from datetime import UTC, date, datetime
from functools import partial

import pytest
from django.urls import reverse

from documents.contents import people_of
from documents.faults import approval_faults, order_faults
from documents.models import LegalAct, Order
from documents.orders import pairs_of
from documents.symbol_faults import symbol_findings
from documents.tests.factories import make_addenda, make_approved, make_order
from participants.models import Person
from participants.tests.factories import give_all_consents, make_consent, make_head
from programs.consents import lacks_of
from programs.models import Pair
from programs.tests.factories import make_pair, make_program

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 9, 20, 12, tzinfo=UTC)


def faults_of(order):
    order = Order.objects.get(pk=order.pk)
    return order_faults(order, pairs_of(order))


def make_order_with_consents(**values):
    order = make_order(**values)
    give_all_consents(*people_of(order, pairs_of(order)))
    make_addenda(order)
    return order


def make_sound_order(**values):
    order = make_order_with_consents(**values)
    make_head(order.organization)
    return order


def test_a_sound_order_has_no_faults():
    assert faults_of(make_sound_order()) == []


def test_an_order_without_a_head_cannot_be_approved():
    order = make_order_with_consents()

    assert [fault.url for fault in faults_of(order)] == [order.organization.get_absolute_url()]


def test_a_person_without_position_is_named():
    order = make_sound_order()
    mentor = order.pairs.get().mentor
    Person.objects.filter(pk=mentor.pk).update(position="")

    (fault,) = faults_of(order)

    assert mentor.full_name in fault.text


def test_a_name_that_may_decline_wrongly_is_named():
    order = make_sound_order()
    mentor = order.pairs.get().mentor
    Person.objects.filter(pk=mentor.pk).update(first_name="Айыран", last_name="Монгуш", patronymic="", gender="")

    (fault,) = faults_of(order)

    assert "Монгуш Айыран" in fault.text
    assert fault.url == reverse("documents:person-cases", args=[mentor.pk])


def test_a_position_that_may_decline_wrongly_is_named_until_it_is_said():
    order = make_sound_order()
    mentor = order.pairs.get().mentor
    Person.objects.filter(pk=mentor.pk).update(position="наставляльщик")

    doubtful = [fault.url for fault in faults_of(order)]
    forms = dict.fromkeys(["genitive", "accusative", "instrumental"], "наставляльщика")
    Person.objects.filter(pk=mentor.pk).update(position_forms=forms)

    assert (doubtful, faults_of(order)) == ([reverse("documents:person-cases", args=[mentor.pk])], [])


def test_names_of_the_organization_that_may_decline_wrongly_are_named():
    order = make_sound_order()
    organization = order.organization
    organization.full_name, organization.head_position = "Кванториум № 1", "Заведующий детского сада № 1"
    organization.save()

    faults = faults_of(order)

    assert [fault.url for fault in faults] == [reverse("documents:organization-cases", args=[organization.slug])] * 2
    assert "Кванториум № 1" in faults[0].text


def test_dates_outside_of_the_programme_are_named():
    order = make_sound_order()
    order.pairs.update(planned_to=date(2027, 8, 31))

    assert len(faults_of(order)) == 1


def test_a_pair_that_is_no_proposal_any_more_is_named():
    order = make_sound_order()
    order.pairs.update(status=Pair.Status.ACTIVE, started_on=date(2026, 10, 1))

    assert len(faults_of(order)) == 1


@pytest.mark.parametrize(
    ("body", "count"),
    [
        ("Закон\n1. {Приложение: пары}\n3. Б", 1),
        ("1. {Приложение: пары}\n2. Б", 1),
        ("Закон\n1. {Приложение: пары}\n2. Б", 0),
    ],
)
def test_text_without_ground_or_order_of_numbers_is_named(body, count):
    order = make_sound_order()
    Order.objects.filter(pk=order.pk).update(body=body)

    assert len(faults_of(order)) == count


def test_faults_of_numbering_and_ground_lead_to_their_place():
    order = make_sound_order()
    Order.objects.filter(pk=order.pk).update(body="{Основание}\n1. {Приложение: пары}\n2. Б\n4. В")
    act = LegalAct.objects.create(name="Закон", words="законом", in_force_from="2010-01-01", in_force_to="2020-01-01")
    order.grounds.set([act])

    assert [fault.place for fault in faults_of(order)] == ["point-3", "ground-1"]


@pytest.mark.parametrize(("title", "count"), [("О утверждении пар", 1), ("Об утверждении пар", 0), ("Приказ", 0)])
def test_a_heading_with_the_wrong_preposition_is_named(title, count):
    order = make_sound_order()
    Order.objects.filter(pk=order.pk).update(title=title)

    assert len(faults_of(order)) == count


# --- consents ---------------------------------------------------------------------------------------------------------
def test_missing_consents_are_named_with_the_board_of_consents():
    order = make_order(pairs=1)
    make_head(order.organization)
    pair = order.pairs.get()
    give_all_consents(pair.mentor)
    make_addenda(order)

    (fault,) = faults_of(order)

    assert pair.mentees[0].full_name in fault.text
    assert fault.url.startswith(reverse("participants:consents"))


def test_a_withdrawn_consent_is_named_too():
    order = make_sound_order()
    mentor = order.pairs.get().mentor
    mentor.consents.filter(kind="extra_duties").update(status="withdrawn", withdrawn_on=date(2026, 9, 15))

    (fault,) = faults_of(order)

    assert mentor.full_name in fault.text


def test_an_order_dated_before_a_consent_is_named(time_machine):
    time_machine.move_to("2026-11-20 12:00")
    order = make_sound_order()
    mentor = order.pairs.get().mentor
    mentor.consents.filter(kind="extra_duties").delete()
    make_consent(person=mentor, kind="extra_duties", given_on=date(2026, 10, 5))
    Order.objects.filter(pk=order.pk).update(created_at=NOON)
    order = Order.objects.get(pk=order.pk)

    days = [date(2026, 10, 4), date(2026, 10, 5)]
    faults = [approval_faults(order, pairs_of(order), number="", approved_on=day) for day in days]

    boards = [[fault for fault in found if "consents" in fault.url] for found in faults]
    assert [len(found) for found in boards] == [1, 0]
    assert mentor.full_name in boards[0][0].text


@pytest.mark.parametrize("count", [1, 3])
def test_faults_of_consents_take_as_many_queries_for_three_pairs(count, django_assert_num_queries):
    order = make_sound_order(pairs=count)
    pairs = pairs_of(order)
    lacks = partial(lacks_of, [pair.mentor for pair in pairs], [pair.mentees[0] for pair in pairs])

    with django_assert_num_queries(3):
        lacks(school_year=2026, day=date(2026, 11, 20))


def test_faults_of_consents_that_many_lack_are_one_sentence_with_their_board():
    order = make_order(pairs=11)

    faults = [fault for fault in faults_of(order) if "consents" in fault.url]

    names = [person.full_name for person in people_of(order, pairs_of(order))]
    assert [sum(name in fault.text for name in names) for fault in faults] == [
        5,
        5,
    ]  # mentors and mentees need different ones
    assert [bool(re.search(r"\b11\b", fault.text)) for fault in faults] == [True, True]


# --- addenda ----------------------------------------------------------------------------------------------------------
def addenda_page(order):
    return reverse("documents:batch-new", args=["addendum", order.program_id])


def test_mentors_without_an_addendum_are_named_in_one_sentence():
    order = make_order(pairs=7)

    (fault,) = [fault for fault in faults_of(order) if fault.url == addenda_page(order)]

    names = [pair.mentor.full_name for pair in pairs_of(order)]
    assert [name in fault.text for name in names] == [True] * 5 + [False] * 2
    assert re.search(r"\b7\b", fault.text)


def test_a_pupil_led_by_a_teacher_needs_no_addendum():
    order = make_order()
    Person.objects.filter(pk__in=[each.pk for each in pairs_of(order)[0].mentees]).update(kind=Person.Kind.PUPIL)

    assert addenda_page(order) not in [fault.url for fault in faults_of(order)]


def test_an_order_dated_before_the_addendum_is_named():
    order = make_old_order()
    make_addenda(order, dated_on=date(2026, 10, 5))

    days = [date(2026, 10, 4), date(2026, 10, 5)]
    found = [approval_faults(order, pairs_of(order), number="", approved_on=day) for day in days]

    assert [addenda_page(order) in [fault.url for fault in faults] for faults in found] == [True, False]


def test_the_page_of_an_approved_order_goes_on_telling_of_addenda(client):
    order = make_approved(make_order(status="submitted"))
    client.force_login(order.created_by)

    before = client.get(order.get_absolute_url()).content.decode()
    make_addenda(order)
    after = client.get(order.get_absolute_url()).content.decode()

    assert (addenda_page(order) in before, addenda_page(order) in after) == (True, False)


# --- approval ---------------------------------------------------------------------------------------------------------
def faults_of_approval(order, *, number="", approved_on=date(2026, 10, 1)):
    return approval_faults(order, pairs_of(order), number=number, approved_on=approved_on)


def make_old_order(**values):
    """An order that was drafted before every date of these tests."""
    order = make_order(status="submitted", **values)
    Order.objects.filter(pk=order.pk).update(created_at="2026-09-01T08:00:00+03:00")
    return Order.objects.get(pk=order.pk)


def test_an_ordinary_date_has_no_faults():
    assert faults_of_approval(make_old_order()) == []


def test_pairs_planned_before_the_order_are_named():
    assert len(faults_of_approval(make_old_order(), approved_on=date(2026, 10, 2))) == 1


def test_a_date_before_the_programme_and_the_draft_is_named_twice():
    assert len(faults_of_approval(make_old_order(), approved_on=date(2026, 8, 20))) == 2


def test_a_term_that_is_over_is_named():
    program = make_program()
    pair = make_pair(program=program, planned_from=date(2026, 9, 1), planned_to=date(2026, 9, 30))

    assert len(faults_of_approval(make_old_order(program=program, pairs=[pair]))) == 2


def test_left_out_numbers_and_a_later_order_are_named():
    order = make_old_order()
    make_order(program=order.program, status="approved")

    faults = faults_of_approval(order, number="9-од", approved_on=date(2026, 9, 25))

    assert [fault.place for fault in faults] == ["id_top_number", "id_top_approved_on"]


@pytest.mark.parametrize(("number", "places"), [("1-од", []), ("1", ["id_top_number"]), ("7/1", ["id_top_number"])])
def test_a_number_of_another_form_than_the_series_is_named(number, places):
    order = make_old_order()

    faults = faults_of_approval(order, number=number, approved_on=date(2026, 9, 25))

    assert [fault.place for fault in faults] == places


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Поощрить 👍🎉 участников", "👍 🎉"),
        ("Прикaз о награждении", "Прикaз"),
        ("Приказ № 5, 20 °C, класс 7A, раздел IX, Word", ""),
        ("Кужугет Чөүңө Үүлдүрүм-ооловна", ""),
    ],
)
def test_signs_that_do_not_print_and_mixed_alphabets_are_named(text, found):
    findings = list(symbol_findings([("point-3", text)]))

    assert [place for _sentence, place in findings] == ["point-3"] * bool(found)
    assert all(found in sentence for sentence, _place in findings)
