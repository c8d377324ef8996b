import io
import zipfile
from pathlib import Path

import pytest
from django.urls import reverse

from documents.tests.factories import make_filed_order, make_order
from programs.tests.factories import make_pair

pytestmark = pytest.mark.django_db


def sign_in(client, user):
    client.force_login(user)
    return client


def test_order_file_is_the_frozen_one(client):
    order = make_filed_order()
    sign_in(client, order.created_by)

    response = client.get(reverse("documents:order-file", args=[order.pk]))

    assert response.content == order.paper.pdf.read()
    assert response.headers["Content-Disposition"].startswith("attachment")
    inline = client.get(reverse("documents:order-file", args=[order.pk]), {"inline": "1"})
    assert inline.headers["Content-Disposition"].startswith("inline")


def test_order_file_is_not_there_before_the_approval(client):
    order = make_order(status="submitted")
    sign_in(client, order.created_by)

    assert client.get(reverse("documents:order-file", args=[order.pk])).status_code == 404
    assert client.get(reverse("documents:order-agreements", args=[order.pk])).status_code == 404


@pytest.mark.parametrize("name", ["order-file", "order-agreements"])
def test_files_that_are_being_made_say_so(client, name):
    order = make_order(status="approved")
    sign_in(client, order.created_by)

    response = client.get(reverse(f"documents:{name}", args=[order.pk]))

    assert response.status_code == 404
    assert "documents/file_being_prepared.html" in [template.name for template in response.templates]


@pytest.mark.parametrize("damage", ["changed", "missing"])
def test_a_damaged_file_is_not_given_out(client, damage, caplog):
    order = make_filed_order()
    if damage == "changed":
        path = Path(order.paper.pdf.path)
        path.write_bytes(path.read_bytes() + b" ")
    else:
        order.paper.pdf.storage.delete(order.paper.pdf.name)
    sign_in(client, order.created_by)

    response = client.get(reverse("documents:order-file", args=[order.pk]))

    assert response.status_code == 500
    assert "documents/file_damaged.html" in [template.name for template in response.templates]
    assert next(record.name for record in caplog.records if record.levelname == "ERROR") == "documents.integrity"


def test_order_draft_file_of_an_approved_order_is_not_there(client):
    order = make_filed_order()
    member = order.pairs.get().members.get()
    sign_in(client, order.created_by)

    assert client.get(reverse("documents:order-draft-file", args=[order.pk])).status_code == 404
    assert client.get(reverse("documents:agreement-draft-file", args=[order.pk, member.pk])).status_code == 404


def test_agreement_draft_file_is_of_the_orders_own_mentees(client):
    order = make_order()
    member, stranger = order.pairs.get().members.get(), make_pair().members.get()
    sign_in(client, order.created_by)

    answers = [
        client.get(reverse("documents:agreement-draft-file", args=[order.pk, pk])).status_code
        for pk in (member.pk, stranger.pk)
    ]

    assert answers == [200, 404]


def test_order_agreements_come_in_one_zip(client):
    order = make_filed_order(pairs=2)
    sign_in(client, order.created_by)

    response = client.get(reverse("documents:order-agreements", args=[order.pk]))

    with zipfile.ZipFile(io.BytesIO(response.content)) as archive:
        files = [archive.read(name)[:5] for name in archive.namelist()]
    assert files == [b"%PDF-"] * 2
