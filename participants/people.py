"""Finding a person in an organization's files: the same one under another spelling, or one who may be the same."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from participants.models import Person
from participants.models.people import fold_for_search
from participants.names import NameParts, fold_name
from participants.registry_names import may_be_same_name

SUGGESTED = 5


@dataclass(frozen=True)
class Who:
    """What is known of a person before it is clear whether the files hold him."""

    name: NameParts
    birth_year: int | None = None
    email: str = ""
    phone: str = ""


class KnownPeople:
    """The people of one organization, found by folded name, e-mail and phone; read by one query."""

    def __init__(self, people: Iterable[Person]) -> None:
        self._by_name: dict[str, list[Person]] = defaultdict(list)
        self._by_email: dict[str, list[Person]] = defaultdict(list)
        self._by_phone: dict[str, list[Person]] = defaultdict(list)
        for person in people:
            self.add(person)

    @classmethod
    def of(cls, organization, *, without=None) -> "KnownPeople":
        """Everybody in the organization's files, `without` a person who is being edited."""
        return cls(organization.people.exclude(pk=without.pk) if without else organization.people.all())

    def add(self, person: Person) -> None:
        self._by_name[fold_name(person.full_name)].append(person)
        if person.email:
            self._by_email[person.email.casefold()].append(person)
        if person.phone:
            self._by_phone[person.phone].append(person)

    def same(self, who: Who) -> list[Person]:
        """Those who are the person: one name and no contradicting birth year, or a contact and a name that fits.

        More than one means that the data do not tell them apart.
        """
        found = {person.pk: person for person in self._by_name[fold_name(who.name.full)]}
        for person in self._with_contact(who):
            if may_be_same_name(name_of(person), who.name):
                found[person.pk] = person
        fitting = [person for person in found.values() if not _years_differ(person, who)]
        best = max((_agreement(person, who) for person in fitting), default=0)
        return [person for person in fitting if _agreement(person, who) == best]

    def similar(self, who: Who) -> list[Person]:
        """Those who may be the person: the same, and owners of the e-mail or the phone whatever their name."""
        found = {person.pk: person for person in [*self.same(who), *self._with_contact(who)]}
        return list(found.values())

    def _with_contact(self, who: Who) -> list[Person]:
        by_email = self._by_email[who.email.casefold()] if who.email else []
        return [*by_email, *(self._by_phone[who.phone] if who.phone else [])]


def name_of(person) -> NameParts:
    """The name of a person, or of a row of a registry file, in parts."""
    return NameParts(person.last_name, person.first_name, person.patronymic)


def suggest(organization, last_name: str, first_name: str = "") -> list[Person]:
    """People of the organization whose last and first name begin so; nothing for less than two letters."""
    if len(last_name.strip()) < 2:
        return []
    begins = organization.people.filter(search_text__startswith=fold_for_search(last_name))
    return list(begins.matching(first_name).in_order()[:SUGGESTED])


def _years_differ(person: Person, who: Who) -> bool:
    return bool(person.birth_year and who.birth_year and person.birth_year != who.birth_year)


def _agreement(person: Person, who: Who) -> int:
    """In how many of birth year, e-mail and phone the two agree."""
    return sum(
        bool(theirs) and mine == theirs
        for mine, theirs in (
            (person.birth_year, who.birth_year),
            (person.email.casefold(), who.email.casefold()),
            (person.phone, who.phone),
        )
    )
