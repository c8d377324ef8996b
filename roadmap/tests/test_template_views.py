"""Pages of templates: who sees and does what, and the way from a ready roadmap to one that was taken."""

import pytest
from django.urls import reverse

from participants.tests.factories import make_coordinator, make_curator, make_head, make_organization
from roadmap.models import Activity, Roadmap, TemplateOffer
from roadmap.tests.factories import make_roadmap

pytestmark = pytest.mark.django_db


def address_of(name, *args):
    return reverse(f"roadmap:{name}", args=args)


@pytest.fixture
def office():
    return make_organization(kind="education_office")


@pytest.fixture
def template(office):
    return make_roadmap(organization=office, is_template=True, activities=2)


def handed_down(client, template, *, whom="all", **values):
    client.force_login(make_coordinator(template.organization))
    return client.post(address_of("hand-down", template.pk), {"whom": whom, "note": "", **values})


def test_from_a_ready_roadmap_to_one_that_was_taken_and_updated(client, office):
    school, garden = (make_organization(parent=office, kind=kind) for kind in ("school", "kindergarten"))
    coordinator = make_coordinator(office)
    client.force_login(coordinator)
    made = client.post(address_of("ready", "school"), {"title": "Образец", "is_template": "on"})
    template = Roadmap.objects.get(organization=office)
    assert (made.url, template.is_template) == (template.get_absolute_url(), True)
    assert client.get(made.url).status_code == 200
    assert "Образец" in client.get(address_of("template-list")).content.decode()
    assert client.get(address_of("hand-down", template.pk)).status_code == 200
    assert client.post(address_of("hand-down", template.pk), {"whom": "school"}).status_code == 302
    assert set(TemplateOffer.objects.values_list("organization", flat=True)) == {school.pk}

    curator = make_curator(school)
    client.force_login(curator)
    offer = TemplateOffer.objects.get()
    assert offer.get_absolute_url() in client.get(reverse("home")).content.decode()
    page = client.get(offer.get_absolute_url())
    assert page.status_code == 200
    taken = client.post(offer.get_absolute_url(), {"title": "Наш план", "edition": offer.edition_id})
    roadmap = Roadmap.objects.get(organization=school)
    assert taken.url == roadmap.get_absolute_url()
    assert client.get(offer.get_absolute_url()).url == roadmap.get_absolute_url()

    activity = Activity.objects.filter(stage__roadmap=template).first()
    client.force_login(coordinator)
    client.post(address_of("activity-edit", activity.pk), {"content": "Иначе", "version": activity.version})
    assert "Иначе" in client.get(address_of("hand-down", template.pk)).content.decode()
    client.post(address_of("hand-down", template.pk), {"whom": "chosen", "row": [school.pk, garden.pk]})

    client.force_login(curator)
    update = address_of("offer-update", offer.pk)
    assert update in client.get(roadmap.get_absolute_url()).content.decode()
    response = client.get(update)
    (line,) = [line for line in response.context["update"].lines if line.name == "content"]
    sent = {"line": line.key, "shown": response.context["update"].fingerprint}
    assert client.post(update, sent | {"shown": "старое"}).status_code == 409
    assert client.post(update, sent).url == roadmap.get_absolute_url()
    assert Activity.objects.get(stage__roadmap=roadmap, origin=activity.pk).content == "Иначе"
    assert client.get(update).url == roadmap.get_absolute_url()


def test_pages_of_the_office_are_its_coordinators(client, office, template):
    school = make_organization(parent=office)
    for user in (make_curator(school), make_coordinator(), make_head(school)):
        client.force_login(user)
        assert client.get(address_of("hand-down", template.pk)).status_code == 404
        assert client.post(address_of("hand-down", template.pk), {"whom": "all"}).status_code == 404
        assert client.post(address_of("template-mark", template.pk), {"is_template": "0"}).status_code == 404
        assert client.get(template.get_absolute_url()).status_code == 404
    client.force_login(make_head(school))
    assert client.get(address_of("template-list")).status_code == 403
    assert not TemplateOffer.objects.exists()


def test_offers_are_the_curators_of_their_organization(client, office, template):
    school = make_organization(parent=office)
    assert handed_down(client, template).status_code == 302
    offer = TemplateOffer.objects.get()
    for user, status in ((make_curator(), 404), (make_head(school), 403), (make_coordinator(office), 403)):
        client.force_login(user)
        for name in ("offer", "offer-update"):
            assert client.get(address_of(name, offer.pk)).status_code == status
        assert client.post(address_of("offer-decline", offer.pk), {"reason": ""}).status_code == status
    offer.refresh_from_db()
    assert offer.status == "offered"


def test_curator_declines_and_may_think_again(client, office, template):
    curator = make_curator(make_organization(parent=office))
    handed_down(client, template)
    offer = TemplateOffer.objects.get()
    client.force_login(curator)
    assert client.get(address_of("offer-decline", offer.pk)).status_code == 405
    client.post(address_of("offer-decline", offer.pk), {"reason": "Есть свой"})

    assert "Есть свой" in client.get(address_of("template-list")).content.decode()
    assert client.get(offer.get_absolute_url()).status_code == 200
    assert client.post(offer.get_absolute_url(), {"title": "", "edition": offer.edition_id}).status_code == 422
    assert client.post(offer.get_absolute_url(), {"title": "План", "edition": "x"}).status_code == 422
    assert client.post(offer.get_absolute_url(), {"title": "План", "edition": offer.edition_id}).status_code == 302


def test_nobody_chosen_and_nothing_new_are_said(client, office, template):
    make_organization(parent=office)
    assert handed_down(client, template, whom="chosen").status_code == 422
    handed_down(client, template)
    assert handed_down(client, template).status_code == 422


def test_template_of_a_roadmap_below_and_of_an_own_plan(client, office):
    source = make_roadmap(organization=make_organization(parent=office), activities=1)
    own = make_roadmap(organization=office, activities=1)
    client.force_login(make_coordinator(office))

    assert address_of("template-copy", source.pk) in client.get(source.get_absolute_url()).content.decode()
    made = client.post(address_of("template-copy", source.pk), {"title": "Образец"})
    assert Roadmap.objects.get(title="Образец").get_absolute_url() == made.url
    client.post(address_of("template-mark", own.pk), {"is_template": "1"})
    own.refresh_from_db()
    assert own.is_template
    assert client.get(address_of("template-copy", make_roadmap().pk)).status_code == 404
    client.force_login(make_curator(source.organization))
    assert client.get(address_of("template-copy", source.pk)).status_code == 403


@pytest.mark.parametrize("count", [1, 5])
def test_queries_of_the_hand_down_page_do_not_grow(client, office, template, count, django_assert_max_num_queries):
    for _number in range(count):
        make_organization(parent=office)
    handed_down(client, template)
    with django_assert_max_num_queries(19):
        assert client.get(address_of("hand-down", template.pk)).status_code == 200
