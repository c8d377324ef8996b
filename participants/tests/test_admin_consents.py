from datetime import date

import pytest
from django.urls import reverse

from participants.models import Consent, ConsentText, RemovalTask
from participants.tests.factories import make_consent, make_curator, make_organization, make_person

pytestmark = pytest.mark.django_db
MODELS = [Consent, ConsentText, RemovalTask]


@pytest.fixture
def organization():
    return make_organization()


@pytest.fixture
def curator(client, organization):
    curator = make_curator(organization)
    client.force_login(curator)
    return curator


def page_of(model, name, *args):
    return reverse(f"admin:participants_{model._meta.model_name}_{name}", args=args)


def make_row(model, organization):
    if model is ConsentText:
        version = ConsentText.objects.filter(organization=organization).count() + 1
        return ConsentText.objects.create(
            organization=organization, kind="upward", version=version, title="Согласие", body="Текст."
        )
    consent = make_consent(person=make_person(organization=organization), status="withdrawn")
    if model is Consent:
        return consent
    return RemovalTask.objects.create(consent=consent, what="Убрать с сайта", due_on=date(2026, 12, 1))


@pytest.mark.parametrize("model", MODELS)
def test_admin_lists_and_opens_rows_of_own_organization_alone_and_changes_none(client, organization, curator, model):
    own, foreign = make_row(model, organization), make_row(model, make_organization())

    listed = client.get(page_of(model, "changelist")).context["cl"].queryset

    assert (own in listed, foreign in listed) == (True, False)
    assert client.get(page_of(model, "change", own.pk)).status_code == 200
    assert client.get(page_of(model, "change", foreign.pk)).status_code == 302
    assert [
        client.get(page_of(model, "add")).status_code,
        client.post(page_of(model, "change", own.pk)).status_code,
    ] == [
        403,
        403,
    ]


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("count", [1, 3])
def test_admin_list_query_count_does_not_grow(
    client, organization, curator, model, count, django_assert_max_num_queries
):
    for _n in range(count):
        make_row(model, organization)
    client.get(page_of(model, "changelist"))

    with django_assert_max_num_queries(12):
        response = client.get(page_of(model, "changelist"))

    assert response.status_code == 200


def test_admin_never_shows_the_token_of_a_consent(client, organization, curator):
    own = make_row(Consent, organization)

    pages = [client.get(page_of(Consent, name, *args)) for name, args in (("changelist", ()), ("change", (own.pk,)))]

    assert [own.token in page.content.decode() for page in pages] == [False, False]
