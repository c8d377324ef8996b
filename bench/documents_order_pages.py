"""The pages that bench_documents_order_page.py measures, in a process of their own: prints a JSON line for each."""

import gc
import json
import os
import statistics
import time
from datetime import date

import django

SIZES = (2, 200)
ROUNDS, WARM_UP = 20, 2
TODAY = date(2026, 11, 20)
STEMS = ["Иван", "Петр", "Сидор", "Кузнец", "Смирн", "Поп", "Василь", "Нов", "Фёдор", "Мороз"]
LETTERS = "абвгдежзик"


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mentorship.settings")
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    orders = {size: make_draft(size) for size in SIZES}
    for subject, ask in (("page of a draft order", page), ("form of a draft order", form), ("its preview", preview)):
        print(json.dumps({"what": subject, **{str(size): timed(ask, order) for size, order in orders.items()}}))


def make_draft(size):
    """(order, its curator) with so many pairs, each of two people of its own."""
    from documents.orders import draft_order
    from participants.models import Membership, Organization, Person, User
    from programs.models import MentoringForm, Pair, PairMentee, Program

    organization = Organization.objects.create(
        kind="school",
        slug=f"school-{size}",
        full_name="Средняя школа",
        short_name=f"МОУ СШ № {size}",
        place="г. Кедровск",
        head_position="Директор",
    )
    curator = User.objects.create_user(f"curator-{size}@school.example", "bench-password")
    Membership.objects.create(user=curator, organization=organization, role="curator")
    program = Program.objects.create(
        organization=organization,
        school_year=2026,
        title="Программа",
        starts_on=date(2026, 9, 1),
        ends_on=date(2027, 5, 31),
    )
    form = MentoringForm.objects.first()
    people = [Person.objects.create(organization=organization, **named(number)) for number in range(2 * size)]
    pairs = [
        Pair.objects.create(
            program=program,
            mentor=mentor,
            form=form,
            planned_from=date(2026, 10, 1),
            planned_to=date(2027, 5, 31),
            topic="Ведение урока",
        )
        for mentor in people[:size]
    ]
    PairMentee.objects.bulk_create(
        PairMentee(pair=pair, person=person) for pair, person in zip(pairs, people[size:], strict=True)
    )
    return draft_order(program, pairs, by=curator), curator


def named(number):
    middle = "".join(LETTERS[int(digit)] for digit in f"{number:03d}")
    return {
        "last_name": f"{STEMS[number % 10]}{middle}ова",
        "first_name": "Мария",
        "patronymic": "Петровна",
        "gender": "female",
        "position": "учитель математики",
    }


def page(client, order):
    return client.get(f"/documents/orders/{order.pk}/")


def form(client, order):
    return client.get(f"/documents/orders/{order.pk}/edit/")


def preview(client, order):
    typed = {"title": order.title, "body": order.body, "pairs": [pair.pk for pair in order.pairs.all()]}
    return client.post(f"/documents/orders/{order.pk}/preview/", typed, headers={"HX-Request": "true"})


def timed(ask, drafted):
    """Median and 95th percentile in milliseconds, and how many queries one answer makes."""
    import time_machine
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    order, curator = drafted
    client = Client(headers={"host": "localhost"})
    times = []
    with time_machine.travel(TODAY, tick=True):
        client.force_login(curator, backend="participants.accounts.PortalBackend")
        for number in range(WARM_UP + ROUNDS):
            gc.collect()
            started = time.perf_counter()
            response = ask(client, order)
            if number >= WARM_UP:
                times.append(1000 * (time.perf_counter() - started))
            if response.status_code != 200:
                raise RuntimeError(f"The page answered {response.status_code}; the times cannot be compared.")
        with CaptureQueriesContext(connection) as queries:
            ask(client, order)
    return {
        "median": statistics.median(times),
        "p95": statistics.quantiles(times, n=20, method="inclusive")[18],
        "queries": len(queries),
    }


if __name__ == "__main__":
    main()
