"""The pages that bench_registry_list.py measures, in a process of their own: fills the database, prints a JSON line each.

Both pages are asked for by turns through the whole of Django, from the address to the finished HTML.
"""

import gc
import json
import os
import statistics
import time
from datetime import date

import django

ORGANIZATIONS, PEOPLE = 500, 200  # people of each organization
YEAR = 2026
TODAY = date(2026, 11, 20)
ROUNDS, WARM_UP = 40, 3
BATCH = 5000
STEMS = ["Иван", "Петр", "Сидор", "Кузнец", "Смирн", "Поп", "Василь", "Нов", "Фёдор", "Мороз"]
FIRST_NAMES = ["Мария", "Анна", "Ольга", "Елена", "Наталья", "Ирина", "Светлана", "Татьяна", "Юлия", "Алёна"]
PATRONYMICS = ["Петровна", "Ивановна", "Сергеевна", "Олеговна", "Игоревна", "Андреевна", "Павловна", "Юрьевна"]
LETTERS = "абвгдежзик"


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mentorship.settings")
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    users = fill()
    for subject, page, admin, by in scenes():
        print(json.dumps(compare(subject, page, admin, users[by], users["admin"] if by == "office" else users[by])))


# --- data -------------------------------------------------------------------------------------------------------------
def fill():
    """An office with its organizations, people, rows of mentors, pairs, consents; returns the users that look."""
    from django.db import connection

    from participants.models import Membership, MentorEntry, Organization, Person, User
    from programs.models import MentoringForm, Pair, PairMentee, Program

    office = Organization.objects.create(
        kind="education_office", slug="office", full_name="Управление образования", short_name="УО", place="г. Кедровск"
    )
    organizations = Organization.objects.bulk_create(
        Organization(
            parent=office,
            kind="school",
            slug=f"school-{number}",
            full_name=f"Средняя школа № {number}",
            short_name=f"МОУ СШ № {number}",
            place="г. Кедровск",
        )
        for number in range(ORGANIZATIONS)
    )
    people = Person.objects.bulk_create(
        (person(number, organizations[number // PEOPLE]) for number in range(ORGANIZATIONS * PEOPLE)), batch_size=BATCH
    )
    MentorEntry.objects.bulk_create(
        (
            MentorEntry(
                person=each,
                school_year=YEAR,
                competences="Методика урока, подготовка к олимпиадам и конференциям, работа с родителями",
                joined_on=date(2026, 9, 1 + number % 28),
                completed_on=date(2026, 11, 1) if number % 5 == 0 else None,
            )
            for number, each in enumerate(people)
        ),
        batch_size=BATCH,
    )
    programs = Program.objects.bulk_create(
        Program(
            organization=each,
            school_year=YEAR,
            title="Программа",
            starts_on=date(2026, 9, 1),
            ends_on=date(2027, 5, 31),
        )
        for each in organizations
    )
    form = MentoringForm.objects.first() or MentoringForm.objects.create(name="педагог – педагог")
    pairs = Pair.objects.bulk_create(
        (
            Pair(
                program=programs[number // PEOPLE],
                mentor=people[number],
                form=form,
                status="active",
                planned_from=date(2026, 9, 1),
                planned_to=date(2027, 5, 31),
                started_on=date(2026, 10, 1),
            )
            for number in range(0, len(people), 2)
        ),
        batch_size=BATCH,
    )
    PairMentee.objects.bulk_create(
        (PairMentee(pair=pair, person=people[2 * number + 1]) for number, pair in enumerate(pairs)), batch_size=BATCH
    )
    give_consents(people)
    with connection.cursor() as cursor:  # what a database that has stood for a day has done by itself
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    users = {"school": User.objects.create_user("curator@school.example", "bench-password")}
    users["office"] = User.objects.create_user("coordinator@office.example", "bench-password")
    users["admin"] = User.objects.create_superuser("admin@office.example", "bench-password")
    Membership.objects.create(user=users["school"], organization=organizations[ORGANIZATIONS // 2], role="curator")
    Membership.objects.create(user=users["office"], organization=office, role="coordinator")
    return users


def person(number, organization):
    from participants.models import Person

    middle = "".join(LETTERS[int(digit)] for digit in f"{number:05d}")
    made = Person(
        organization=organization,
        last_name=f"{STEMS[number % 10]}{middle}ова",
        first_name=FIRST_NAMES[number % 10],
        patronymic=PATRONYMICS[number % 8],
        kind="pupil" if number % 4 == 0 else "teacher",
        position="учитель математики",
        birth_year=1960 + number % 50,
        email=f"p{number}@school.example",
        phone=f"+7900{number:07d}",
    )
    made.fold()
    return made


def give_consents(people):
    """Everybody has agreed to the transfer upward: so the joint list has all rows."""
    from participants.consent_versions import text_for
    from participants.models import Consent

    text = text_for(people[0].organization, "upward")
    Consent.objects.bulk_create(
        (Consent(person=each, kind="upward", text=text, status="given", given_on=date(2026, 9, 1)) for each in people),
        batch_size=BATCH,
    )


# --- pages ------------------------------------------------------------------------------------------------------------
def scenes():
    """(what, our address, the admin's one, who looks): the same rows on both pages."""
    ours, joint, admin = "/people/mentors/", "/people/joint/", "/admin/participants/mentorentry/"
    for where, address, by in (("one organization", ours, "school"), ("500 organizations", joint, "office")):
        yield f"registry of {where}, list", address, admin, by
        yield f"registry of {where}, search by a part of a surname", f"{address}?q=анеа", f"{admin}?q=анеа", by
        yield f"registry of {where}, filter", f"{address}?who=pupil", f"{admin}?person__kind__exact=pupil", by


def register_admin():
    """Django admin's list of the same rows, in the columns that our lists show at first."""
    from django.contrib import admin

    from mentorship.lists import PAGE_SIZE
    from participants.admin import MentorEntryAdmin
    from participants.joint_registry import entries_below, named_entries, organizations_below
    from participants.models import MentorEntry, Organization

    class BenchAdmin(MentorEntryAdmin):
        list_per_page = PAGE_SIZE
        list_filter = ["person__kind", "is_archived"]
        list_select_related = ["person__organization"]
        ordering = ["person__sort_name", "pk"]

        def get_list_display(self, request):
            if request.user.is_superuser:
                return ["full_name", "organization", "forms", "mentees", "joined_on", "completed_on"]
            return ["full_name", "contacts", "competences", "mentees", "joined_on", "account"]

        def get_queryset(self, request):
            """Of a superuser: what the coordinator may see by name."""
            rows = super().get_queryset(request)
            if request.user.is_superuser:
                office = Organization.objects.get(slug="office")
                rows = named_entries(entries_below("mentors", organizations_below(office), YEAR), TODAY)
            else:
                rows = rows.filter(school_year=YEAR, is_archived=False)
            return rows.prefetch_related("person__pairs_as_mentor__members__person", "person__pairs_as_mentor__form")

        def full_name(self, entry):
            return f"{entry.person.full_name}, {entry.person.position}"

        def contacts(self, entry):
            return f"{entry.person.phone_for_reading}, {entry.person.email}"

        def mentees(self, entry):
            pairs = entry.person.pairs_as_mentor.all()
            return ", ".join(member.person.full_name for pair in pairs for member in pair.members.all())

        def forms(self, entry):
            return ", ".join(pair.form.name for pair in entry.person.pairs_as_mentor.all())

        @admin.display(boolean=True)
        def account(self, entry):
            return entry.person.user_id is not None

    admin.site.unregister(MentorEntry)
    admin.site.register(MentorEntry, BenchAdmin)


def compare(subject, page, admin_page, viewer, admin_viewer):
    """Both pages by turns: median and 95th percentile in milliseconds, and how many queries each makes."""
    import time_machine
    from django.contrib import admin
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from participants.models import MentorEntry

    if type(admin.site._registry[MentorEntry]).__name__ != "BenchAdmin":
        register_admin()
    clients = {}
    with time_machine.travel(TODAY, tick=True):
        for name, user, address in (("ours", viewer, page), ("admin", admin_viewer, admin_page)):
            client = Client(headers={"host": "localhost"})
            client.force_login(user, backend="participants.accounts.PortalBackend")
            clients[name] = (client, address)
        times = {"ours": [], "admin": []}
        for number in range(WARM_UP + ROUNDS):
            for name, (client, address) in clients.items():
                seconds = timed(client, address)
                if number >= WARM_UP:
                    times[name].append(1000 * seconds)
        result = {"what": subject}
        for name, (client, address) in clients.items():
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            result[name] = {
                "median": statistics.median(times[name]),
                "p95": statistics.quantiles(times[name], n=20, method="inclusive")[18],
                "queries": len(queries),
            }
    return result


def timed(client, address):
    gc.collect()
    started = time.perf_counter()
    response = client.get(address)
    seconds = time.perf_counter() - started
    if response.status_code != 200:
        raise RuntimeError(f"{address} answered {response.status_code}; the times cannot be compared.")
    return seconds


if __name__ == "__main__":
    main()
