"""The invented organizations: an education office and those below it."""

from typing import NamedTuple

from mentorship.school_year import SchoolYear
from participants.models import Membership, Organization

TOWN = "г. Кедровск"
OFFICE_SLUG = "demo-office"
SLUGS = ["demo-kindergarten", "demo-school", "demo-centre"]
KINDS = [Organization.Kind.KINDERGARTEN, Organization.Kind.SCHOOL, Organization.Kind.CENTRE]
MORE_SLUG = "demo-org-"
GARDEN_NAMES = ["Рябинка", "Светлячок", "Теремок", "Ручеёк", "Капелька", "Журавлик", "Лучик", "Жемчужинка"]
CENTRE_NAMES = ["Созвездие", "Горизонт", "Радуга", "Парус", "Маяк", "Родник", "Импульс", "Вертикаль"]
STREETS = ["Лесная", "Школьная", "Набережная", "Озёрная", "Сосновая", "Речная", "Полевая", "Северная"]


class Place(NamedTuple):
    """What the papers of an organization print about it."""

    slug: str
    kind: str
    full_name: str
    short_name: str
    head_position: str
    order_number_template: str
    address: str
    teachers_count: int

    @property
    def domain(self) -> str:
        return f"{self.slug}.example"


def places(count: int, *, people: int) -> list[Place]:
    """`count` organizations: the three that are always there, then more of the same kinds in turn."""
    return [_place(number, people) for number in range(count)]


def _place(number: int, people: int) -> Place:
    slug = SLUGS[number] if number < len(SLUGS) else f"{MORE_SLUG}{number + 1}"
    build = [_kindergarten, _school, _centre][number % len(KINDS)]
    turn = number // len(KINDS)
    return build(
        turn,
        slug=slug,
        kind=KINDS[number % len(KINDS)],
        address=f"{TOWN}, ул. {STREETS[number % len(STREETS)]}, д. {number * 3 + 4}",
        # Not everybody who teaches stands in the files: the indicators are counted of all.
        teachers_count=[people, people + people // 2, people + people // 3][number % len(KINDS)],
    )


def _kindergarten(turn: int, **values) -> Place:
    name, number = GARDEN_NAMES[turn % len(GARDEN_NAMES)], 7 + 2 * turn
    return Place(
        full_name=f"Муниципальное бюджетное дошкольное образовательное учреждение «Детский сад № {number} «{name}»",
        short_name=f"МБДОУ «Детский сад № {number}»",
        head_position=f"Заведующий МБДОУ «Детский сад № {number}»",
        order_number_template="{n}-од",
        **values,
    )


def _school(turn: int, **values) -> Place:
    number = 12 + turn
    return Place(
        full_name=f"Муниципальное бюджетное общеобразовательное учреждение «Средняя школа № {number}»",
        short_name=f"МБОУ СШ № {number}",
        head_position=f"Директор МБОУ СШ № {number}",
        order_number_template="01-12/{n}",
        **values,
    )


def _centre(turn: int, **values) -> Place:
    name = CENTRE_NAMES[turn % len(CENTRE_NAMES)]
    if turn >= len(CENTRE_NAMES):
        name = f"{name}-{turn // len(CENTRE_NAMES) + 1}"
    return Place(
        full_name=f"Муниципальное бюджетное учреждение дополнительного образования «Центр детского творчества «{name}»",
        short_name=f"МБУ ДО ЦДТ «{name}»",
        head_position=f"Директор МБУ ДО ЦДТ «{name}»",
        order_number_template="{n}",
        **values,
    )


def make_office() -> Organization:
    """The education office above all organizations of the demo."""
    return _saved(
        Organization(
            kind=Organization.Kind.EDUCATION_OFFICE,
            slug=OFFICE_SLUG,
            full_name="Управление образования администрации Кедровского городского округа",
            short_name="Управление образования Кедровска",
            place=TOWN,
            address=f"{TOWN}, пл. Центральная, д. 1",
            phone="+7 (300) 000-01-00",
            email=f"priemnaya@{OFFICE_SLUG}.example",
            head_position="Начальник управления образования",
        )
    )


def make_organization(place: Place, office: Organization, number: int) -> Organization:
    """The organization of a Place, below the office; `number` counts from 0."""
    return _saved(
        Organization(
            parent=office,
            kind=place.kind,
            slug=place.slug,
            full_name=place.full_name,
            short_name=place.short_name,
            place=TOWN,
            address=place.address,
            phone=f"+7 (300) 001-{number // 100:02}-{number % 100:02}",
            email=f"info@{place.domain}",
            head_position=place.head_position,
            order_number_template=place.order_number_template,
        )
    )


def give_role(user, organization: Organization, role: str, since: SchoolYear) -> None:
    """The role of the user in the organization, from the first day of a school year on."""
    member = Membership(user=user, organization=organization, role=role, starts_on=since.starts_on)
    member.full_clean()
    member.save()


def _saved(organization: Organization) -> Organization:
    organization.full_clean()
    organization.save()
    return organization
