"""Orders of all kinds: what they name, how they read, what their approval brings about."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from documents.contents import named_people, order_content
from documents.faults import order_faults
from documents.forms import NamedForm
from documents.models import Agreement, Order, OrderPerson
from documents.order_kinds import KINDS
from documents.orders import approve_order, change_order, draft_order, ended_pairs_of, pairs_of, submit_order
from documents.paper_texts import check_placeholders, misnumbered, points, ready_text
from documents.printing import draft_order_pdf
from documents.repealing import link_order
from documents.tests.factories import make_annexed, make_approved, make_order
from participants.models import Membership
from participants.tests.factories import (
    make_coordinator,
    make_curator,
    make_head,
    make_organization,
    make_person,
    make_user,
)
from programs.tests.factories import make_pair, make_program

pytestmark = pytest.mark.django_db
OTHERS = [key for key, kind in KINDS.items() if key != "assignment_order" and not kind.is_municipal]
MUNICIPAL = [key for key, kind in KINDS.items() if kind.is_municipal]
APPROVED_ON = date(2026, 10, 1)


@pytest.fixture(autouse=True)
def autumn(time_machine):
    time_machine.move_to("2026-11-20 12:00", tick=False)


@pytest.fixture
def organization():
    return make_organization(short_name="МОУ СШ № 7", full_name="Средняя школа № 7", head_position="Директор")


@pytest.fixture
def program(organization):
    make_head(organization)
    return make_program(organization=organization)


@pytest.fixture
def curator(organization):
    return make_curator(
        organization, last_name="Куратова", first_name="Анна", patronymic="Ильинична", position="методист"
    )


@pytest.fixture
def ivanova(organization):
    return make_person(
        organization=organization,
        last_name="Иванова",
        first_name="Мария",
        patronymic="Петровна",
        position="учитель физики",
        user=make_user(),
    )


def named_for(kind, person, program):
    """What an order of the kind needs, filled in."""
    typed = {"date": "2026-11-30", "words": "завершением работы", "lines": "Первое\nВторое"}
    named = {
        "people": {slot.role: [(person, slot.usual_words)] for slot in kind.people},
        "values": {value.placeholder: typed[value.kind] for value in kind.values},
    }
    if kind.ends_pairs:
        pair = make_pair(program=program)
        make_approved(make_order(program=program, pairs=[pair], status="submitted"), approved_on=APPROVED_ON)
        pair.refresh_from_db()
        named["ended_pairs"] = [pair]
    if kind.takes_pairs:
        named["pairs"] = [make_pair(program=program)]
    return named


def words_of(order):
    content = order_content(order, pairs_of(order), ended_pairs=ended_pairs_of(order))
    return "\n".join(f"{point['number']} {point['text']}" for point in [*content["ground"], *content["points"]])


# --- texts ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("key", KINDS)
def test_ready_texts_name_what_their_kind_knows_and_count_rightly(key):
    body, title = ready_text(key), ready_text(f"{key}_title")

    check_placeholders(body, key)
    check_placeholders(title, key)
    assert misnumbered(points(body.partition("ПРИКАЗЫВАЮ:")[2])) is None
    assert (title.startswith("О"), title.endswith(".")) == (True, False)
    assert all(f"{{{name}}}" in body for slot in KINDS[key].people for name in [slot.placeholder])
    assert all(f"{{{value.placeholder}}}" in body for value in KINDS[key].values)


@pytest.mark.parametrize("key", OTHERS)
def test_every_kind_goes_from_draft_to_approval(key, program, curator, ivanova, organization):
    make_annexed(program, by=curator)
    make_pair(program=program, status="active")
    order = draft_order(program, kind=key, by=curator, **named_for(KINDS[key], ivanova, program))
    if KINDS[key].names_earlier:
        earlier = make_approved(make_order(program=program, status="submitted"), approved_on=APPROVED_ON)
        link_order(order, earlier, action="repeals", by=curator)
    words = words_of(order)
    submit_order(order, by=curator)

    approved = approve_order(order, by=organization.head(), approved_on=date(2026, 11, 20))

    assert (approved.status, bool(approved.number)) == ("approved", True)
    assert "{" not in words
    assert "____" not in words
    assert draft_order_pdf(approved).startswith(b"%PDF")


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("curator_order", "1. Назначить учителя физики Иванову Марию Петровну куратором"),
        ("award_order", "1.1. Ивановой Марии Петровне, учителю физики, – благодарственное письмо."),
        ("group_order", "1.1. Иванова Мария Петровна, учитель физики, – член рабочей группы."),
        ("monitoring_order", "2.1. Иванову Марию Петровну, учителя физики."),
        ("monitoring_order", "с 30 ноября 2026 г. по 30 ноября 2026 г."),
        ("results_order", "2.1. Первое;\n2.2. Второе."),
        ("results_order", "0 наставников и 0 наставляемых"),
        ("ending_order", "в связи с завершением работы"),
    ],
)
def test_words_stand_in_their_cases(key, expected, program, curator, ivanova):
    order = draft_order(program, kind=key, by=curator, **named_for(KINDS[key], ivanova, program))

    assert expected in words_of(order).replace("\xa0", " ")


def test_pairs_that_end_are_named_with_the_order_that_put_them_in_force(program, curator, ivanova):
    order = draft_order(program, kind="ending_order", by=curator, **named_for(KINDS["ending_order"], ivanova, program))

    (pair,) = order.ended_pairs.all()
    sentence = f"{pair.mentor.full_name} (наставник) – {pair.mentees[0].full_name} (наставляемый)"
    assert f"1.1. {sentence}, закреплены приказом от 01.10.2026 № 1-од." in words_of(order).replace("\xa0", " ")


def test_of_several_orders_that_name_a_pair_the_first_approved_one_put_it_in_force(program, curator, ivanova):
    order = draft_order(program, kind="ending_order", by=curator, **named_for(KINDS["ending_order"], ivanova, program))
    (pair,) = order.ended_pairs.all()
    later = make_order(program=program, status="submitted")
    make_approved(later, approved_on=date(2026, 11, 5))
    for other in (later, make_order(program=program)):
        other.pairs.add(pair)

    assert "закреплены приказом от 01.10.2026 № 1-од." in words_of(order).replace("\xa0", " ")


# --- what is needed ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("key", ["curator_order", "award_order", "results_order", "monitoring_order"])
def test_an_order_is_not_submitted_before_it_is_filled_in(key, program, curator):
    order = draft_order(program, kind=key, by=curator, people={}, values={})

    with pytest.raises(ValidationError) as error:
        submit_order(order, by=curator)

    needed = [*KINDS[key].values, *KINDS[key].people]
    assert all(str(each.label) in " ".join(error.value.messages) for each in needed)
    assert "____" in words_of(order)


def test_people_of_other_organizations_are_not_named(program, curator):
    stranger = make_person(organization=make_organization(slug="other"))

    with pytest.raises(ValidationError):
        draft_order(program, kind="award_order", by=curator, people={"rewarded": [(stranger, "грамота")]})

    assert not Order.objects.exists()


@pytest.mark.parametrize("status", ["proposed", "ended"])
def test_only_pairs_in_force_are_ended(status, program, curator):
    with pytest.raises(ValidationError):
        draft_order(program, kind="ending_order", by=curator, ended_pairs=[make_pair(program=program, status=status)])


def test_what_an_order_names_is_changed_with_its_text(program, curator, ivanova, organization):
    other = make_person(organization=organization, last_name="Орлова")
    order = draft_order(program, kind="award_order", by=curator, people={"rewarded": [(ivanova, "грамота")]})

    changed = change_order(
        order,
        title=order.title,
        body=order.body,
        by=curator,
        people={"rewarded": [(other, "благодарность")]},
        values={"за что": "помощь новичкам"},
    )

    assert list(OrderPerson.objects.values_list("person", "words")) == [(other.pk, "благодарность")]
    assert "помощь новичкам" in words_of(changed)


# --- what follows -----------------------------------------------------------------------------------------------------
def approved(kind, program, curator, **named):
    order = draft_order(program, kind=kind, by=curator, **named)
    submit_order(order, by=curator)
    return approve_order(order, by=program.organization.head(), approved_on=date(2026, 11, 20))


def test_a_replacement_ends_the_old_pair_and_puts_the_new_one_in_force(program, curator, ivanova):
    named = named_for(KINDS["replacement_order"], ivanova, program)

    order = approved("replacement_order", program, curator, **named)

    (old,), (new,) = named["ended_pairs"], named["pairs"]
    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.status, old.ended_on) == ("ended", date(2026, 11, 30))
    assert (new.status, Agreement.objects.filter(order=order).count()) == ("active", 1)


def test_an_approval_that_cannot_end_a_pair_changes_nothing(program, curator, ivanova):
    named = named_for(KINDS["replacement_order"], ivanova, program)
    named["values"]["последний день"] = "2026-09-01"

    with pytest.raises(ValidationError):
        approved("replacement_order", program, curator, **named)

    named["pairs"][0].refresh_from_db()
    assert (named["pairs"][0].status, Order.objects.filter(kind="replacement_order", number="").count()) == (
        "proposed",
        1,
    )


def test_a_curator_is_appointed_by_the_order(program, curator, ivanova, organization):
    named = named_for(KINDS["curator_order"], ivanova, program)

    order = approved("curator_order", program, curator, **named)

    member = Membership.objects.get(user=ivanova.user, role="curator")
    assert (member.organization, member.starts_on) == (organization, date(2026, 11, 30))
    assert (member.order_number, member.ordered_on) == (order.number, order.approved_on)


def test_who_has_no_account_is_not_appointed_and_the_fault_says_so(program, curator, organization):
    person = make_person(organization=organization, last_name="Безлогина")
    named = named_for(KINDS["curator_order"], person, program)
    order = draft_order(program, kind="curator_order", by=curator, **named)

    assert any("Безлогина" in fault.text for fault in order_faults(order, []))
    with pytest.raises(ValidationError):
        approved("curator_order", program, curator, **named)
    assert not Membership.objects.filter(role="curator").exclude(user=curator).exists()


def test_an_award_stands_in_the_persons_file(client, program, curator, ivanova):
    order = approved("award_order", program, curator, **named_for(KINDS["award_order"], ivanova, program))
    client.force_login(curator)

    text = client.get(ivanova.get_absolute_url()).content.decode()

    assert "благодарственное письмо" in text
    assert order.get_absolute_url() in text


# --- pages ------------------------------------------------------------------------------------------------------------
def test_the_kinds_are_offered_and_each_has_its_page(client, program, curator):
    client.force_login(curator)
    kinds = client.get(reverse("documents:order-kinds", args=[program.pk]))

    pages = [client.get(reverse("documents:order-draft-kind", args=[program.pk, key])) for key in OTHERS]

    assert len(kinds.context["kinds"]) == len(OTHERS) + 1
    assert [page.status_code for page in pages] == [200] * len(OTHERS)
    assert client.get(reverse("documents:order-draft-kind", args=[program.pk, "no-order"])).status_code == 404


def test_an_award_order_is_drafted_and_changed_in_the_browser(client, program, curator, ivanova):
    client.force_login(curator)
    address = reverse("documents:order-draft-kind", args=[program.pk, "award_order"])
    client.post(
        address,
        {"people_rewarded": [ivanova.pk], "words_rewarded": "почётная грамота", "value_за_что": "победы учеников"},
    )
    order = Order.objects.get(kind="award_order")
    edit = reverse("documents:order-edit", args=[order.pk])
    form = client.get(edit).context["form"]

    client.post(
        edit,
        {
            "title": order.title,
            "body": order.body,
            "people_rewarded": [ivanova.pk],
            "words_rewarded": "благодарность",
            "value_за_что": "победы учеников",
        },
    )

    assert (form.initial["words_rewarded"], form.initial["value_за_что"]) == ("почётная грамота", "победы учеников")
    assert list(order.named.values_list("words", flat=True)) == ["благодарность"]


def test_each_member_of_the_council_has_a_field_of_his_own(client, program, curator, ivanova):
    chair = make_person(organization=program.organization, last_name="Яковлева")
    absent = make_person(organization=program.organization, last_name="Абрамова")
    client.force_login(curator)
    client.post(
        reverse("documents:order-draft-kind", args=[program.pk, "introduction_order"]),
        {
            "people_member": [chair.pk, ivanova.pk],
            f"people_member_{chair.pk}": " председатель совета ",
            f"people_member_{absent.pk}": "секретарь",
            "words_member": "член совета",
        },
    )
    order = Order.objects.get(kind="introduction_order")
    page = client.get(reverse("documents:order-edit", args=[order.pk]))
    form = page.context["form"]

    assert dict(order.named.values_list("person", "words")) == {
        chair.pk: "председатель совета",
        ivanova.pk: "член совета",
    }
    assert form.initial["people_member"] == {chair.pk: "председатель совета", ivanova.pk: ""}
    assert f'name="people_member_{chair.pk}" value="председатель совета"' in page.content.decode()


def test_words_of_a_member_that_do_not_fit_are_refused_and_stay(client, program, curator, ivanova):
    client.force_login(curator)
    data = {"people_member": [ivanova.pk], f"people_member_{ivanova.pk}": "ж" * 251}

    response = client.post(reverse("documents:order-draft-kind", args=[program.pk, "introduction_order"]), data)

    assert (response.status_code, Order.objects.count()) == (422, 0)
    assert ivanova.full_name in " ".join(response.context["form"].errors["people_member"])
    assert f'value="{"ж" * 251}"' in response.content.decode()


def test_the_coordinator_signs_only_where_the_order_of_the_office_names_her():
    office = make_organization(kind="education_office")
    coordinator = make_coordinator(office)
    program = make_program(organization=office)
    order = draft_order(program, by=coordinator, kind="municipal_monitoring_order")
    silent = named_people(order, [])
    order.body += "\n9. Возложить на {Куратора} сбор сведений."

    assert (silent, [person.user for person in named_people(order, [])]) == ([], [coordinator])


@pytest.mark.parametrize("data", [{}, {"ended_pairs": [0]}, {"value_последний_день": "завтра"}])
def test_an_order_on_nothing_is_refused_with_a_sentence(client, program, curator, data):
    client.force_login(curator)

    response = client.post(reverse("documents:order-draft-kind", args=[program.pk, "ending_order"]), data)

    assert (response.status_code, Order.objects.count()) == (422, 0)


def test_a_pupil_is_neither_appointed_nor_controls_but_may_sit_in_the_council():
    program = make_program()
    teacher = make_person(organization=program.organization)
    pupil = make_person(organization=program.organization, kind="pupil")

    form = NamedForm(kind=KINDS["introduction_order"], program=program, pairs=[])

    offered = {name: set(form.fields[name].queryset) for name in ("people_curator", "controller", "people_member")}
    assert offered == {"people_curator": {teacher}, "controller": {teacher}, "people_member": {teacher, pupil}}
