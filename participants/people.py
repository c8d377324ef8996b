"""Finding a person in an organization's files: the same one under another spelling, or one who may be the same."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from participants.models import Person
from participants.models.people import fold_for_search
from participants.names import NameParts, fold_name
from participants.registry_names import may_be_same_name, short_key

SUGGESTED = 5
COMPARED = 20  # of people with one name, or one last name and one initial, so many are compared one by one


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
        self._by_name_and_year: dict[tuple[str, int], list[Person]] = defaultdict(list)
        self._by_email: dict[str, list[Person]] = defaultdict(list)
        self._by_phone: dict[str, list[Person]] = defaultdict(list)
        self._by_words: dict[str, list[Person]] = defaultdict(list)
        self._by_initial: dict[str, list[Person]] = defaultdict(list)
        for person in people:
            self.add(person)

    @classmethod
    def of(cls, organization, *, without=None) -> "KnownPeople":
        """Everybody in the organization's files, `without` a person who is being edited."""
        return cls(organization.people.exclude(pk=without.pk) if without else organization.people.all())

    def add(self, person: Person) -> None:
        folded = fold_name(person.full_name)
        self._by_name[folded].append(person)
        if person.birth_year:
            self._by_name_and_year[folded, person.birth_year].append(person)
        self._by_words[_sorted_words(folded)].append(person)
        self._by_initial[short_key(name_of(person))].append(person)
        if person.email:
            self._by_email[person.email.casefold()].append(person)
        if person.phone:
            self._by_phone[person.phone].append(person)

    def same(self, who: Who) -> list[Person]:
        """Those who are the person: one name and no contradicting birth year, or a contact and a name that fits.

        More than one means that the data do not tell them apart.
        """
        folded = fold_name(who.name.full)
        namesakes = [*self._by_name_and_year.get((folded, who.birth_year), ())[:COMPARED]]
        namesakes += self._by_name.get(folded, ())[:COMPARED]
        found = {id(person): person for person in namesakes}
        for person in self._with_contact(who):
            if may_be_same_name(name_of(person), who.name):
                found[id(person)] = person
        fitting = [person for person in found.values() if not _years_differ(person, who)]
        best = max((_agreement(person, who) for person in fitting), default=0)
        return [person for person in fitting if _agreement(person, who) == best]

    def similar(self, who: Who) -> list[Person]:
        """Those who may be the person: the same, and owners of the e-mail or the phone whatever their name."""
        found = {id(person): person for person in [*self.same(who), *self._with_contact(who)]}
        return list(found.values())

    def namesakes(self, who: Who) -> list[Person]:
        """Those of the same full name whatever their birth year, which may have been mistyped; five at most."""
        return self._by_name.get(fold_name(who.name.full), [])[:SUGGESTED]

    def perhaps(self, who: Who) -> list[Person]:
        """Those whom a person should compare with this one, the likeliest first, five at most.

        Beyond `similar`: the parts of the name in another order («Мария Иванова»), and a name of which one spelling
        may be the short form of the other («Иванова М. П.», «Иванова Мария»); no birth year may contradict.
        """
        turned = self._by_words.get(_sorted_words(fold_name(who.name.full)), ())[:COMPARED]
        alike = self._by_initial.get(short_key(who.name), ())[:COMPARED]
        if not (turned or alike or self._with_contact(who)):
            return []
        short = [person for person in alike if may_be_same_name(name_of(person), who.name)]
        fitting = [person for person in [*turned, *short] if not _years_differ(person, who)]
        found = {id(person): person for person in [*self.similar(who), *fitting]}
        return sorted(found.values(), key=lambda person: -_agreement(person, who))[:SUGGESTED]

    def _with_contact(self, who: Who) -> list[Person]:
        by_email = self._by_email.get(who.email.casefold(), ())[:COMPARED] if who.email else ()
        return [*by_email, *(self._by_phone.get(who.phone, ())[:COMPARED] if who.phone else ())]


def name_of(person) -> NameParts:
    """The name of a person, or of a row of a registry file, in parts."""
    return NameParts(person.last_name, person.first_name, person.patronymic)


def suggest(organization, last_name: str, first_name: str = "") -> list[Person]:
    """People of the organization whose last and first name begin so; nothing for less than two letters."""
    if len(last_name.strip()) < 2:
        return []
    begins = organization.people.filter(search_text__startswith=fold_for_search(last_name), depersonalized_on=None)
    return list(begins.matching(first_name).in_order()[:SUGGESTED])


def _sorted_words(folded: str) -> str:
    return " ".join(sorted(folded.split()))


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
