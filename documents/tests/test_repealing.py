from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from documents.journal_book import journal_book
from documents.models import MAIN_SERIES
from documents.orders import approve_order, draft_order, return_order, submit_order
from documents.repealing import earlier_orders, link_order, pairs_left_in_force, unlink_order
from documents.tests.factories import make_filed_order, make_order

pytestmark = pytest.mark.django_db
DAY = date(2026, 10, 20)


def make_repealing(earlier, *, action="repeals", items="", status="submitted"):
    order = draft_order(earlier.program, kind="repealing_order", by=earlier.created_by)
    link_order(order, earlier, action=action, items=items, by=earlier.created_by)
    return submit_order(order, by=earlier.created_by) if status == "submitted" else order


def test_a_repeal_stands_on_both_orders_from_the_approval_on_and_the_file_stays():
    earlier = make_filed_order()
    order = make_repealing(earlier)
    earlier.refresh_from_db()
    assert not earlier.is_repealed

    approve_order(order, by=earlier.approved_by, approved_on=DAY)

    digest = earlier.paper.pdf_sha256
    earlier.refresh_from_db()
    order.refresh_from_db()
    assert (earlier.repealed_by, earlier.status, earlier.paper.pdf_sha256) == (order, "approved", digest)
    assert (earlier.paper.ended_by, earlier.paper.ended_on) == (order.paper, DAY)
    assert "2-од" in earlier.events.first().comment
    assert len(pairs_left_in_force(earlier)) == 1
    year = {"first": date(2026, 1, 1), "last": date(2026, 12, 31)}
    line = journal_book(earlier.organization, series=MAIN_SERIES, **year).lines[0]
    assert (line.is_repealed, line.note) == (True, "отменён приказом от 20.10.2026 № 2-од")


def test_the_order_says_what_it_repeals():
    earlier = make_order(status="approved")

    approved = approve_order(make_repealing(earlier), by=earlier.approved_by, approved_on=DAY)

    words = " ".join(point["text"] for point in approved.snapshot["points"])
    assert "Признать утратившим силу приказ от 01.10.2026 №\xa01-од «О закреплении" in words


@pytest.mark.parametrize("action", ["repeals", "changes"])
def test_an_order_that_changes_points_leaves_the_earlier_one_in_force(action):
    earlier = make_order(status="approved")

    order = approve_order(
        make_repealing(earlier, action=action, items="пункт 2"), by=earlier.approved_by, approved_on=DAY
    )

    earlier.refresh_from_db()
    assert not earlier.is_repealed
    assert [link.order for link in earlier.later_links.all()] == [order]
    assert "пункт 2" in earlier.events.first().comment


def test_only_approved_orders_of_the_organization_in_force_are_named():
    order, other, draft = make_order(), make_order(status="approved"), make_order()

    for earlier in (order, other, draft):
        with pytest.raises(ValidationError):
            link_order(order, earlier, action="repeals", by=order.created_by)


def test_what_is_repealed_meanwhile_or_later_dated_is_refused_at_the_approval():
    earlier = make_order(status="approved")
    head = earlier.approved_by
    first, second, early = make_repealing(earlier), make_repealing(earlier), make_repealing(earlier)

    with pytest.raises(ValidationError) as dated:
        approve_order(early, by=head, approved_on=date(2026, 9, 30))
    approve_order(first, by=head, approved_on=DAY)
    with pytest.raises(ValidationError) as repealed:
        approve_order(second, by=head, approved_on=DAY)

    assert "1-од" in str(dated.value)
    assert "1-од" in str(repealed.value)
    assert list(earlier_orders(second)) == [first]


def test_a_change_without_points_and_the_same_order_twice_are_refused():
    earlier = make_order(status="approved")
    order = make_repealing(earlier, status="draft")

    with pytest.raises(ValidationError):
        link_order(order, earlier, action="repeals", by=order.created_by)
    with pytest.raises(ValidationError):
        link_order(order, make_order(program=earlier.program, status="approved"), action="changes", by=order.created_by)


def test_an_order_that_has_left_the_curator_keeps_what_it_names():
    earlier = make_order(status="approved")
    order = make_repealing(earlier)

    with pytest.raises(ValidationError):
        unlink_order(order.links.get(), by=order.created_by)
    return_order(order, by=earlier.approved_by, comment="Уберите")
    unlink_order(order.links.get(), by=order.created_by)

    assert not order.links.exists()
    with pytest.raises(ValidationError):
        submit_order(order, by=order.created_by)


def test_lists_and_pages_say_that_an_order_is_repealed(client):
    earlier = make_order(status="approved")
    approve_order(make_repealing(earlier), by=earlier.approved_by, approved_on=DAY)
    client.force_login(earlier.created_by)

    for url in (reverse("documents:order-list"), earlier.get_absolute_url(), earlier.program.get_absolute_url()):
        page = client.get(url).content.decode()
        assert "state--over" in page
        assert "2-од" in page
