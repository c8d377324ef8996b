import io
import re
from datetime import date, timedelta

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from documents.drafting import draft_order
from documents.models import Agreement, LegalAct, Order
from documents.orders import return_order
from documents.tests.factories import make_filed_order, make_order
from documents.views import approving
from mentorship.models import OutboxLetter
from participants.models import Person
from participants.tests.factories import (
    make_coordinator,
    make_curator,
    make_head,
    make_mentee_entry,
    make_organization,
    make_person,
    make_staff,
    make_user,
)
from programs.tests.factories import make_pair, make_program

pytestmark = pytest.mark.django_db


def sign_in(client, user):
    client.force_login(user)
    return client


# --- who may open what ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["order", "order-names", "order-draft-file"])
@pytest.mark.parametrize("make_person", [make_curator, make_head, make_staff])
def test_an_order_is_read_by_those_in_charge(client, name, make_person):
    order = make_order(status="submitted")
    sign_in(client, make_person(order.organization))

    assert client.get(reverse(f"documents:{name}", args=[order.pk])).status_code == 200


@pytest.mark.parametrize(
    "name", ["order", "order-names", "order-draft-file", "order-edit", "order-delete", "order-approve", "order-file"]
)
@pytest.mark.parametrize("make_person", [make_curator, make_head, make_coordinator, make_user])
def test_an_order_of_another_organization_is_not_there(client, name, make_person):
    order = make_order(status="submitted")
    sign_in(client, make_person())

    assert client.get(reverse(f"documents:{name}", args=[order.pk])).status_code == 404


@pytest.mark.parametrize("name", ["order-edit", "order-delete"])
@pytest.mark.parametrize("make_person", [make_head, make_staff])
def test_changing_an_order_is_the_curators(client, name, make_person):
    order = make_order()
    sign_in(client, make_person(order.organization))

    assert client.get(reverse(f"documents:{name}", args=[order.pk])).status_code == 403


@pytest.mark.parametrize("make_person", [make_curator, make_staff])
@pytest.mark.parametrize("name", ["order-approve", "order-return"])
def test_deciding_is_the_heads(client, name, make_person):
    order = make_order(status="submitted")
    sign_in(client, make_person(order.organization))

    assert client.post(reverse(f"documents:{name}", args=[order.pk]), {"comment": "нет"}).status_code == 403


@pytest.mark.parametrize("make_person", [make_head, make_staff])
def test_drafting_and_submitting_are_the_curators(client, make_person):
    order = make_order()
    sign_in(client, make_person(order.organization))

    assert client.get(reverse("documents:order-draft", args=[order.program_id])).status_code == 403
    assert client.post(reverse("documents:order-submit", args=[order.pk])).status_code == 403


@pytest.mark.parametrize(
    ("make_person", "status"), [(make_head, 200), (make_curator, 403), (make_staff, 403), (make_coordinator, 403)]
)
def test_the_inbox_is_the_heads(client, make_person, status):
    sign_in(client, make_person())

    assert client.get(reverse("documents:inbox")).status_code == status


@pytest.mark.parametrize(
    ("make_person", "status"), [(make_head, 200), (make_curator, 200), (make_staff, 200), (make_coordinator, 403)]
)
def test_the_journal_is_for_those_in_charge(client, make_person, status):
    sign_in(client, make_person())

    assert client.get(reverse("documents:order-list")).status_code == status


def test_a_mentee_opens_his_own_agreement_alone(client):
    order = make_filed_order(pairs=2)
    mine, other = order.agreements.all()
    mentee = make_user()
    Person.objects.filter(pk=mine.mentee.person_id).update(user=mentee)
    sign_in(client, mentee)

    assert client.get(reverse("documents:agreement-file", args=[mine.pk])).status_code == 200
    assert client.get(reverse("documents:agreement-file", args=[other.pk])).status_code == 404
    assert client.get(reverse("documents:order", args=[order.pk])).status_code == 404


# --- lists ------------------------------------------------------------------------------------------------------------
def queries_of(client, url, django_assert_max_num_queries):
    with django_assert_max_num_queries(100) as counted:
        assert client.get(url).status_code == 200
    return len(counted)


def test_lists_make_as_many_queries_for_three_orders_as_for_one(client, django_assert_max_num_queries):
    first = make_order(status="submitted", pairs=1)
    curator, head = first.created_by, make_head(first.organization)
    pages = [(curator, reverse("documents:order-list")), (head, reverse("documents:inbox"))]
    pages += [(user, reverse("home")) for user in (curator, head)]
    pages += [(curator, reverse("documents:order-draft", args=[first.program_id]))]
    before = [queries_of(sign_in(client, user), url, django_assert_max_num_queries) for user, url in pages]

    for _number in range(2):
        make_order(program=first.program, by=curator, pairs=2, status="submitted")

    after = [queries_of(sign_in(client, user), url, django_assert_max_num_queries) for user, url in pages]
    assert after == before


@pytest.mark.parametrize("status", ["submitted", "approved"])
def test_an_order_page_makes_as_many_queries_for_three_pairs_as_for_one(client, status, django_assert_max_num_queries):
    program = make_program()
    curator = make_curator(program.organization)
    make_head(program.organization)
    orders = [make_order(program=program, pairs=count, status=status, by=curator) for count in (1, 3)]
    sign_in(client, curator)

    counts = [queries_of(client, order.get_absolute_url(), django_assert_max_num_queries) for order in orders]

    assert counts[0] == counts[1]


def test_the_page_of_an_order_that_ends_pairs_makes_as_many_queries_for_three(client, django_assert_max_num_queries):
    program = make_program()
    curator = make_curator(program.organization)
    begun = make_order(program=program, pairs=4, status="approved", by=curator)
    pairs = list(begun.pairs.all())
    values = {"последний день": "2026-11-30", "причина": "завершением работы"}
    orders = [
        draft_order(program, kind="ending_order", by=curator, ended_pairs=ended, values=values)
        for ended in (pairs[:1], pairs[1:])
    ]
    sign_in(client, curator)

    counts = [queries_of(client, order.get_absolute_url(), django_assert_max_num_queries) for order in orders]

    assert counts[0] == counts[1]


def test_the_journal_finds_by_number_heading_and_name(client):
    program = make_program()
    curator = make_curator(program.organization)
    pair = make_pair(program=program)
    Person.objects.get(pk=pair.mentor_id).save()
    found = make_order(program=program, pairs=[pair], by=curator, status="approved")
    make_order(program=program, by=curator)
    sign_in(client, curator)

    for text in ("№ 1-ОД", pair.mentor.last_name):
        response = client.get(reverse("documents:order-list"), {"q": text})
        assert [row.record for row in response.context["table"].rows] == [found]
    everything = client.get(reverse("documents:order-list"), {"q": "закреплении", "school_year": "2026"})
    assert len(everything.context["table"].rows) == 2


def test_the_journal_is_filtered_by_status(client):
    order = make_order(status="submitted")
    draft = make_order(program=order.program, by=order.created_by)
    sign_in(client, order.created_by)

    response = client.get(reverse("documents:order-list"), {"status": "draft"})

    assert [row.record for row in response.context["table"].rows] == [draft]


def test_the_journal_goes_to_excel_as_the_filter_shows_it(client):
    order = make_order(status="approved")
    make_order(program=order.program, by=order.created_by)
    sign_in(client, order.created_by)

    response = client.get(reverse("documents:order-list"), {"export": "xlsx", "status": "approved"})

    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
    assert [sheet.max_row, sheet.cell(2, 1).value] == [2, "1-од"]


# --- the curator ------------------------------------------------------------------------------------------------------
def test_order_draft_makes_an_order_of_the_ticked_pairs(client):
    program = make_program(pairs=3)
    chosen = list(program.pairs.all())[:2]
    sign_in(client, make_curator(program.organization))

    response = client.post(reverse("documents:order-draft", args=[program.pk]), {"pairs": [pair.pk for pair in chosen]})

    order = Order.objects.get()
    assert response.url == order.get_absolute_url()
    assert set(order.pairs.all()) == set(chosen)


def test_order_draft_sent_twice_makes_one_order(client):
    program = make_program(pairs=1)
    url, data = reverse("documents:order-draft", args=[program.pk]), {"pairs": [program.pairs.get().pk]}
    sign_in(client, make_curator(program.organization))

    answers = [client.post(url, data).status_code for _time in range(2)]

    assert (answers, Order.objects.count()) == ([302, 422], 1)


def test_order_draft_refuses_a_foreign_pair_and_an_empty_choice(client):
    program, foreign = make_program(pairs=1), make_pair()
    url = reverse("documents:order-draft", args=[program.pk])
    sign_in(client, make_curator(program.organization))

    answers = [client.post(url, data).status_code for data in ({"pairs": [foreign.pk]}, {}, {"pairs": ["x"]})]

    assert (answers, Order.objects.count()) == ([422] * 3, 0)


def test_order_edit_keeps_what_was_typed_beside_the_fault(client):
    order = make_order()
    sign_in(client, order.created_by)
    data = {"title": "О парах", "body": "1. Прошу {директора}", "pairs": [order.pairs.get().pk]}

    response = client.post(reverse("documents:order-edit", args=[order.pk]), data)

    assert response.status_code == 422
    assert "1. Прошу {директора}</textarea>" in response.content.decode()


def test_order_edit_changes_text_and_pairs(client):
    order = make_order()
    other = make_pair(program=order.program)
    sign_in(client, order.created_by)
    data = {"title": "О парах", "body": "1. Закрепить:\n{пары}", "pairs": [other.pk]}

    response = client.post(reverse("documents:order-edit", args=[order.pk]), data)

    order.refresh_from_db()
    assert (response.status_code, order.title, list(order.pairs.all())) == (302, "О парах", [other])


def test_order_edit_of_a_submitted_order_goes_back_to_it(client):
    order = make_order(status="submitted")
    sign_in(client, order.created_by)

    response = client.get(reverse("documents:order-edit", args=[order.pk]))

    assert response.url == order.get_absolute_url()


def test_order_submit_twice_moves_it_once(client):
    order = make_order()
    make_head(order.organization)
    sign_in(client, order.created_by)

    for _time in range(2):
        assert client.post(reverse("documents:order-submit", args=[order.pk])).url == order.get_absolute_url()

    order.refresh_from_db()
    assert (order.status, OutboxLetter.objects.count()) == ("submitted", 1)


def test_a_returned_order_shows_the_heads_comment(client):
    order = make_order(status="submitted")
    return_order(order, by=make_head(order.organization), comment="Исправьте сроки")
    sign_in(client, order.created_by)

    pages = [client.get(reverse(f"documents:{name}", args=[order.pk])) for name in ("order", "order-edit")]

    assert ["Исправьте сроки" in page.content.decode() for page in pages] == [True, True]


def test_order_delete_asks_first(client):
    order = make_order()
    url = reverse("documents:order-delete", args=[order.pk])
    sign_in(client, order.created_by)

    assert (client.get(url).status_code, Order.objects.count()) == (200, 1)
    assert (client.post(url).url, Order.objects.count()) == (order.program.get_absolute_url(), 0)


# --- the head ---------------------------------------------------------------------------------------------------------
def test_the_inbox_shows_what_waits_the_oldest_first(client):
    organization = make_organization()
    program = make_program(organization=organization)
    orders = [make_order(program=program, status="submitted") for _number in range(2)]
    make_order(program=program)
    sign_in(client, make_head(organization))

    response = client.get(reverse("documents:inbox"))

    assert list(response.context["orders"]) == orders


def test_order_approve_says_first_what_will_happen(client):
    order = make_order(status="submitted", pairs=2)
    sign_in(client, make_head(order.organization))

    response = client.get(reverse("documents:order-approve", args=[order.pk]), {"approved_on": "2026-10-01"})

    order.refresh_from_db()
    context = response.context
    assert (order.status, context["number"], context["pair_count"], context["agreement_count"]) == (
        "submitted",
        "1-од",
        2,
        2,
    )


def test_names_of_files_have_no_slash(client):
    order = make_filed_order()
    sign_in(client, make_curator(order.organization))

    named = client.get(reverse("documents:paper-word", args=[order.paper.pk])).headers["Content-Disposition"]

    assert "/" in order.title
    assert "/" not in named


def test_order_approve_gives_number_and_date(client):
    order = make_order(status="submitted")
    sign_in(client, make_head(order.organization))
    data = {"approved_on": "2026-10-01", "number": "№ 56"}

    response = client.post(reverse("documents:order-approve", args=[order.pk]), data)

    order.refresh_from_db()
    assert response.url == order.get_absolute_url()
    assert (order.status, order.number, order.approved_on) == ("approved", "56", date(2026, 10, 1))


def test_order_approve_sent_twice_gives_one_number(client):
    order = make_order(status="submitted")
    url = reverse("documents:order-approve", args=[order.pk])
    sign_in(client, make_head(order.organization))

    answers = [client.post(url, {"approved_on": "2026-10-01"}).status_code for _time in range(2)]

    order.refresh_from_db()
    assert (answers, order.number, Agreement.objects.count()) == ([302, 302], "1-од", 1)


@pytest.mark.parametrize("act", ["approved", "returned"])
def test_a_head_who_comes_second_sees_the_order_as_the_first_has_left_it(client, monkeypatch, act):
    order = make_order(status="submitted")
    head = make_head(order.organization)
    sign_in(client, head)
    decide = approving.approve_order

    def come_second(waiting, **values):
        if act == "approved":
            decide(waiting, **values)
        else:
            return_order(waiting, by=head, comment="Исправьте.")
        return decide(waiting, **values)

    monkeypatch.setattr(approving, "approve_order", come_second)
    response = client.post(reverse("documents:order-approve", args=[order.pk]), {"approved_on": "2026-10-01"})

    assert (response.status_code, response.context["order"].status) == (422, act)
    assert "documents/order.html" in [template.name for template in response.templates]
    assert [message.level_tag for message in response.context["messages"]] == ["error"]


def test_a_head_who_has_read_an_earlier_version_is_shown_the_new_one(client):
    order = make_order(status="submitted")
    sign_in(client, make_head(order.organization))
    Order.objects.filter(pk=order.pk).update(version=7, title="О новом")

    url = reverse("documents:order-approve", args=[order.pk])
    response = client.post(url, {"approved_on": "2026-10-01", "seen": order.version})

    assert (response.status_code, response.context["order"].title) == (422, "О новом")
    assert "documents/order.html" in [template.name for template in response.templates]


@pytest.mark.parametrize("method", ["get", "post"])
def test_order_approve_refuses_a_date_to_come_and_a_taken_number(client, method):
    taken = make_order(status="approved", pairs=1)
    order = make_order(program=taken.program, status="submitted")
    url = reverse("documents:order-approve", args=[order.pk])
    sign_in(client, order.organization.head())
    tomorrow = timezone.localdate() + timedelta(days=1)
    faulty = [{"approved_on": tomorrow.isoformat()}, {"approved_on": "2026-10-01", "number": "1-ОД"}, {"number": "5"}]

    answers = [getattr(client, method)(url, data).status_code for data in faulty]

    order.refresh_from_db()
    assert (answers, order.status) == ([422] * 3, "submitted")


def test_order_return_asks_for_a_comment_on_the_same_page(client):
    order = make_order(status="submitted")
    sign_in(client, make_head(order.organization))

    response = client.post(reverse("documents:order-return", args=[order.pk]), {"comment": " "})

    order.refresh_from_db()
    assert (response.status_code, order.status) == (422, "submitted")


def test_order_return_sends_it_back(client):
    order = make_order(status="submitted")
    sign_in(client, make_head(order.organization))

    response = client.post(reverse("documents:order-return", args=[order.pk]), {"comment": "Уточните"})

    order.refresh_from_db()
    assert (response.url, order.status) == (order.get_absolute_url(), "returned")


# --- panels and search ------------------------------------------------------------------------------------------------
def test_the_pages_of_others_show_the_papers(client):
    order = make_filed_order()
    pair, curator = order.pairs.get(), order.created_by
    free = make_pair(program=order.program)
    sign_in(client, curator)

    program = client.get(order.program.get_absolute_url()).content.decode()
    pages = [client.get(page.get_absolute_url()).content.decode() for page in (pair, pair.mentor)]

    assert order.get_absolute_url() in program
    assert reverse("documents:order-draft", args=[order.program_id]) in program
    assert [order.agreements.get().get_absolute_url() in page for page in pages] == [True, True]
    assert free.orders.count() == 0


def test_the_mentees_plan_offers_the_agreement(client):
    order = make_filed_order()
    agreement, mentee = order.agreements.get(), make_user()
    Person.objects.filter(pk=agreement.mentee.person_id).update(user=mentee)
    sign_in(client, mentee)

    page = client.get(reverse("programs:my-plan")).content.decode()

    assert agreement.get_absolute_url() in page


def test_search_finds_an_order_by_its_number(client):
    order = make_filed_order()
    sign_in(client, order.created_by)

    page = client.get(reverse("search"), {"q": "1-од"}).content.decode()

    assert order.get_absolute_url() in page


def test_search_does_not_find_orders_of_others(client):
    order = make_filed_order()
    sign_in(client, make_curator())

    page = client.get(reverse("search"), {"q": "1-од"}).content.decode()

    assert order.get_absolute_url() not in page


def test_the_order_page_has_no_field_twice(client):
    order = make_order(status="submitted")
    sign_in(client, make_head(order.organization))

    page = client.get(order.get_absolute_url()).content.decode()

    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_names_page_tells_what_is_not_sure(client):
    program = make_program()
    mentee = make_mentee_entry(organization=program.organization).person
    Person.objects.filter(pk=mentee.pk).update(last_name="Монгуш", first_name="Айыран", patronymic="", gender="")
    order = make_order(program=program, pairs=[make_pair(program=program, mentees=[mentee])])
    sign_in(client, order.created_by)

    context = client.get(reverse("documents:order-names", args=[order.pk])).context

    (row,) = [each for each in context["rows"] if each["person"] == mentee]
    assert [name.is_unsure for name, _position in row["forms"]] == [True, True]
    assert [each["why"] for each in context["rows"] if each["person"] != mentee] == ["", ""]
    assert context["organization_doubts"] == []


@pytest.mark.parametrize("seen", ["9" * 5000, "abc", "-1", "²"])
def test_a_version_that_no_draft_has_is_no_error_of_the_portal(client, seen):
    order = make_order(status="submitted")
    client.force_login(make_head(order.organization))

    one = client.get(reverse("documents:order-approve", args=[order.pk]), {"seen": seen})
    many = client.get(reverse("documents:inbox-approve"), {"order": f"{order.pk}:{seen}"})

    assert (one.status_code, many.status_code, many.headers["Location"]) == (200, 302, reverse("documents:inbox"))


def test_the_forms_of_the_order_page_carry_their_token(client):
    order = make_order(status="submitted")
    client.force_login(make_head(order.organization))

    page = client.get(order.get_absolute_url()).content.decode()

    assert page.count('method="post"') <= page.count("csrfmiddlewaretoken")


@pytest.mark.parametrize(("make_person", "is_offered"), [(make_curator, True), (make_staff, False)])
def test_the_journal_leads_to_a_new_order_and_to_letters(client, make_person, is_offered, time_machine):
    time_machine.move_to("2026-11-20 12:00", tick=False)
    program = make_program()
    sign_in(client, make_person(program.organization))

    page = client.get(reverse("documents:order-list")).content.decode()

    assert (reverse("documents:order-kinds", args=[program.pk]) in page) is is_offered
    assert (reverse("documents:letters-of", args=["program", program.pk]) in page) is is_offered


def test_the_wizard_tells_namesakes_apart_and_keeps_the_ticked_grounds(client):
    program = make_program()
    curator = make_curator(program.organization)
    for position in ("учитель физики", "учитель химии"):
        make_person(organization=program.organization, last_name="Смирнова", position=position)
    act = LegalAct.objects.offered_in(program.organization).get(name__contains="МР-42/02")
    sign_in(client, curator)
    address = reverse("documents:order-draft-kind", args=[program.pk, "roadmap_order"])

    group = client.get(reverse("documents:order-draft-kind", args=[program.pk, "group_order"])).content.decode()
    client.post(address, {"grounds": [act.pk]})

    assert ", учитель физики" in group
    assert ", учитель химии" in group
    assert list(Order.objects.get().grounds.all()) == [act]
