"""The people of the demo: who works and learns in each organization, and who of them can sign in."""

from dataclasses import dataclass, field
from random import Random

from django.contrib.auth.hashers import make_password

from mentorship.school_year import SchoolYear
from monitoring.demo.days import DemoDays
from monitoring.demo.names import HARD_MENTEES, HARD_MENTORS, Name, NameMaker, in_latin
from monitoring.demo.places import Place, give_role
from monitoring.demo.texts import POSITIONS
from participants.models import Membership, Organization, Person, User

PASSWORD = "demo-portal"
LEAST_PEOPLE = 25
ROLES = [Membership.Role.CURATOR, Membership.Role.HEAD, Membership.Role.STAFF]
MEN_AMONG_TEACHERS = 0.15
LEAST_MENTEES = 9
WITHOUT_EMAIL = 2  # the place of the mentor and of the mentee who cannot be written to


@dataclass
class Staff:
    """The people of an organization as Person rows; lists begin with whoever can sign in."""

    place: Place
    organization: Organization
    accounts: dict[str, User]
    mentors: list[Person] = field(default_factory=list)
    mentees: list[Person] = field(default_factory=list)
    pupil_mentors: list[Person] = field(default_factory=list)
    pupil_mentees: list[Person] = field(default_factory=list)
    colleagues: list[Person] = field(default_factory=list)

    @property
    def curator(self) -> User:
        return self.accounts["curator"]

    @property
    def head(self) -> User:
        return self.accounts["head"]

    @property
    def former_mentees(self) -> list[Person]:
        """The mentees of last year, some of them colleagues now and some still in the programme."""
        size = max(LEAST_MENTEES, len(self.mentees) * 2 // 3)
        return [*self.colleagues, *self.mentees][:size]

    @property
    def former_mentors(self) -> list[Person]:
        """The mentors of last year: all but the newest, and nobody who was a mentee then."""
        return self.mentors[:-1]


def password_hash() -> str:
    """The hash of the demo's password; made once, because hashing is slow on purpose."""
    return make_password(PASSWORD)


def make_account(email: str, hashed: str) -> User:
    user = User.objects.create_user(email)
    user.password = hashed
    user.save(update_fields=["password"])
    return user


def make_coordinator(office: Organization, hashed: str, since: SchoolYear) -> User:
    """The municipal coordinator with an account, and the person behind it."""
    user = make_account(f"coordinator@{office.slug}.example", hashed)
    give_role(user, office, Membership.Role.COORDINATOR, since)
    Person.objects.create(
        organization=office,
        user=user,
        last_name="Златопольская",
        first_name="Наталия",
        patronymic="Юрьевна",
        gender=Person.Gender.FEMALE,
        position="главный специалист",
        email=user.email,
    )
    return user


def make_office_head(office: Organization, hashed: str, since: SchoolYear) -> User:
    """The head of the office, who approves its orders; with an account, and the person behind it."""
    user = make_account(f"head@{office.slug}.example", hashed)
    give_role(user, office, Membership.Role.HEAD, since)
    Person.objects.create(
        organization=office,
        user=user,
        last_name="Добролюбов",
        first_name="Аркадий",
        patronymic="Львович",
        gender=Person.Gender.MALE,
        position="начальник управления образования",
        email=user.email,
    )
    return user


class StaffMaker:
    """Fills the files of one organization; the same for the same place, count and Random.

    Mentors sign in by their own addresses, too; `hashed` is the password of all accounts.
    """

    def __init__(self, place: Place, organization: Organization, *, days: DemoDays, rng: Random, hashed: str) -> None:
        self.place, self.organization, self.days, self.rng, self.hashed = place, organization, days, rng, hashed
        self.hard_mentors, self.hard_mentees = HARD_MENTORS[place.kind], HARD_MENTEES[place.kind]
        self.names = NameMaker(rng, [*self.hard_mentors, *self.hard_mentees])
        self.emails: set[str] = set()
        self.count = 0

    def make(self, count: int) -> Staff:
        """`count` people, each role of the portal among them."""
        staff = Staff(self.place, self.organization, {})
        for role in ROLES:
            user = self._role_account(role)
            give_role(user, self.organization, role, self.days.last_year)
            self._person(self.names.make(men=0.2), position=POSITIONS[self.place.kind][role], user=user)
            staff.accounts[role] = user
        mentors, mentees, pupil_mentors, pupil_mentees = shares(count, self.place.kind)
        staff.accounts |= {role: self._role_account(role) for role in ("mentor", "mentee")}
        staff.mentors += self._mentors(mentors, staff.accounts["mentor"])
        staff.mentees += self._mentees(mentees, staff.accounts["mentee"])
        staff.pupil_mentors += [self._pupil(9, 11, has_account=True) for _n in range(pupil_mentors)]
        staff.pupil_mentees += [self._pupil(5, 7) for _n in range(pupil_mentees)]
        while self.count < count:
            name = self.names.make(men=MEN_AMONG_TEACHERS)
            staff.colleagues.append(self._teacher(name, len(staff.colleagues), born=(1970, 1995)))
        return staff

    def _role_account(self, role: str) -> User:
        return make_account(f"{role}@{self.place.domain}", self.hashed)

    def _mentors(self, size: int, account: User) -> list[Person]:
        """The first has the account of the role; one cannot be written to, so that curators log his meetings."""
        first, *others = self._names(size, self.hard_mentors)
        born = (1962, 1984)
        people = [self._teacher(first, 0, born=born, user=account)]
        people += [
            self._teacher(name, place, born=born, has_account=place != WITHOUT_EMAIL)
            for place, name in enumerate(others, 1)
        ]
        self._take_email_away(people[WITHOUT_EMAIL])
        return people

    def _mentees(self, size: int, account: User) -> list[Person]:
        """The first has the account of the role; one cannot be written to and gets links on paper."""
        first, *others = self._names(size, self.hard_mentees)
        born = (1990, 2003)
        people = [self._teacher(first, 0, born=born, user=account)]
        people += [self._teacher(name, place, born=born) for place, name in enumerate(others, 1)]
        self._take_email_away(people[WITHOUT_EMAIL])
        return people

    def _names(self, size: int, hard: list[Name]) -> list[Name]:
        names = [self.names.make(men=0), *hard]
        return [*names, *(self.names.make(men=MEN_AMONG_TEACHERS) for _n in range(size - len(names)))]

    def _teacher(self, name: Name, place: int, *, born: tuple[int, int], **values) -> Person:
        """A teacher; mentors and mentees of the same place in their lists have the same position."""
        birth_year, positions = self.rng.randint(*born), POSITIONS[self.place.kind]["teachers"]
        return self._person(
            name,
            position=positions[place % len(positions)],
            birth_year=birth_year,
            works_since=min(self.days.year.start, birth_year + self.rng.randint(22, 24)),
            **values,
        )

    def _pupil(self, youngest_class: int, oldest_class: int, *, has_account: bool = False) -> Person:
        """A pupil of a class in between; without a telephone: the school calls the parents."""
        number = self.rng.randint(youngest_class, oldest_class)
        return self._person(
            self.names.make(men=0.5),
            kind=Person.Kind.PUPIL,
            position=f"{number} «{self.rng.choice('АБВ')}» класс",
            birth_year=self.days.year.start - number - 7,
            has_account=has_account,
        )

    def _person(
        self, name: Name, *, user: User | None = None, has_account=False, kind=Person.Kind.TEACHER, **values
    ) -> Person:
        self.count += 1
        email = user.email if user else self._email(name)
        if has_account:
            user = make_account(email, self.hashed)
        person = Person(
            organization=self.organization,
            user=user,
            last_name=name.last,
            first_name=name.first,
            patronymic=name.patronymic,
            gender=name.gender,
            kind=kind,
            email=email,
            phone="" if kind == Person.Kind.PUPIL else f"+7300{self.rng.randint(2_010_000, 9_999_999)}",
            **values,
        )
        person.full_clean()
        person.save()
        return person

    def _email(self, name: Name) -> str:
        base = f"{in_latin(name.last)}.{in_latin(name.first)[:1]}"
        email, number = f"{base}@{self.place.domain}", 2
        while email in self.emails:
            email, number = f"{base}{number}@{self.place.domain}", number + 1
        self.emails.add(email)
        return email

    @staticmethod
    def _take_email_away(person: Person) -> None:
        """One mentor and one mentee cannot be written to: their papers and links are handed over."""
        person.email, person.contact_note = "", "связь через методический кабинет"
        person.save(update_fields=["email", "contact_note"])


def shares(count: int, kind: str) -> tuple[int, int, int, int]:
    """How many of `count` people are mentors, mentees, mentors and mentees among pupils."""
    if kind == Organization.Kind.KINDERGARTEN:
        return max(8, count // 4), max(11, count // 3), 0, 0
    if kind == Organization.Kind.CENTRE:
        return max(9, count // 3), max(13, count // 2), 0, 0
    return max(9, count * 3 // 10) - 2, max(13, count * 2 // 5) - 6, 2, 6
