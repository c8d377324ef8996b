"""Consents of the demo: most are there, some end soon or are missing, one is withdrawn and leaves tasks.

The many are written in bulk, as `give_consent` would write them; what is unusual goes through the portal's functions.
"""

from datetime import date, timedelta
from random import Random

from mentorship.models import StatusEvent
from mentorship.school_year import SchoolYear
from monitoring.demo.days import DemoDays
from monitoring.demo.happenings import happening
from monitoring.demo.names import WOMEN, feminine
from monitoring.demo.people import Staff
from participants.consent_asking import ask_consent, send_links
from participants.consent_givers import REPRESENTATIVE, giver_of
from participants.consent_rules import PARTICIPATION, PROCESSING, PUBLICATION, UPWARD, last_day, needed_kinds
from participants.consent_versions import text_for
from participants.consents import give_consent, refuse_consent, withdraw_consent
from participants.models import Consent, ConsentKind, Person

OLD_DAYS_LEFT = 18  # so many days a consent of last year is still in force
ASKED_AGO, WITHDRAWN_AGO = 4, 2
PATRONYMICS = ["Андреевна", "Викторовна", "Игоревна", "Николаевна", "Олеговна"]


def collect_last_consents(staff: Staff, days: DemoDays) -> None:
    """The consents of last year: everybody's, given before the order; they have run out since."""
    name_representatives(staff)
    people = {person.pk: (person, True, False) for person in staff.former_mentors}
    people |= {person.pk: (person, False, True) for person in staff.former_mentees}
    wanted = [(each[0], kind) for each in people.values() for kind in needs(each)]
    give_many(staff, wanted, on=day_before_launch(days, days.last_year), days=days)


def collect_consents(staff: Staff, days: DemoDays, rng: Random) -> None:
    """The consents of this year: nearly everybody's; who asks and who waits is the same in each organization."""
    people = [(person, True, False) for person in [*staff.mentors, *staff.pupil_mentors]]
    people += [(person, False, True) for person in [*staff.mentees, *staff.pupil_mentees]]
    late, asked, old = staff.mentees[-1], staff.mentees[-2], staff.mentees[-3]
    without = {late.pk, asked.pk, old.pk, *(person.pk for person in staff.pupil_mentees[-2:])}
    wanted = [(each[0], kind) for each in people if each[0].pk not in without for kind in needs(each)]
    wanted += [(each[0], UPWARD) for each in people if rng.random() < 0.5 and each[0].pk not in without]
    wanted += [(person, PUBLICATION) for person in staff.mentors[:4]]
    given_on = day_before_launch(days, days.year)
    give_many(staff, wanted, on=given_on, days=days)
    with happening(days.moment(given_on, 14), by=staff.curator, now=days.now):
        renewed_on = min(given_on, days.today + timedelta(days=OLD_DAYS_LEFT) - timedelta(days=364))
        give_consent(old, PROCESSING, by=staff.curator, given_on=renewed_on)
        give_consent(old, PARTICIPATION, by=staff.curator, given_on=given_on)
        give_consent(asked, PROCESSING, by=staff.curator, given_on=given_on)
    ask_and_refuse(staff, asked, days)
    withdraw_publication(staff, given_on, days)


def needs(who: tuple[Person, bool, bool]) -> list[str]:
    """The kinds without which (person, is mentor, is mentee) cannot take part."""
    person, is_mentor, is_mentee = who
    return needed_kinds(person.kind, is_mentor=is_mentor, is_mentee=is_mentee)


def day_before_launch(days: DemoDays, year: SchoolYear) -> date:
    """The day on which the papers of a year came back: between its beginning and the first order."""
    return year.starts_on + (days.launch_of(year) - year.starts_on) / 2


def give_many(staff: Staff, wanted: list[tuple[Person, str]], *, on: date, days: DemoDays) -> None:
    """Consents on paper of one day, with their first step in the history."""
    texts = {kind: text_for(staff.organization, kind) for kind in ConsentKind.values}
    consents = []
    for person, kind in wanted:
        giver = giver_of(person, kind, year=on.year) or REPRESENTATIVE
        consents.append(
            Consent(
                person=person,
                kind=kind,
                text=texts[kind],
                status=Consent.Status.GIVEN,
                given_by=giver,
                representative_name=person.representative_name if giver == REPRESENTATIVE else "",
                given_on=on,
                valid_until=last_day(on, texts[kind].valid_months),
            )
        )
    with happening(days.moment(on, 13), by=staff.curator, now=days.now):
        events = [
            StatusEvent(subject=consent, status=consent.status, actor=staff.curator)
            for consent in Consent.objects.bulk_create(consents)
        ]
        StatusEvent.objects.bulk_create(events)


def ask_and_refuse(staff: Staff, asked: Person, days: DemoDays) -> None:
    """Some days ago: a request by the link waits for its answer, and one was refused."""
    asked_at = days.moment(days.ago(ASKED_AGO, not_before=days.year.starts_on), 10)
    with happening(asked_at, by=staff.curator, now=days.now):
        people = [asked, *staff.pupil_mentees[-1:]]
        for person in people:
            request = ask_consent(person, PARTICIPATION, by=staff.curator, today=days.today)
            send_links([request], now=asked_at)
        refuse_consent(staff.mentors[4], PUBLICATION, by=staff.curator, comment="Просит не публиковать фотографии.")


def withdraw_publication(staff: Staff, given_on: date, days: DemoDays) -> None:
    """A mentor with a case on the site has withdrawn the consent to its publication."""
    withdrawn_on = days.ago(WITHDRAWN_AGO, not_before=given_on)
    consent = staff.mentors[1].consents.filter(kind=PUBLICATION, status=Consent.Status.GIVEN).latest("pk")
    with happening(days.moment(withdrawn_on, 17), by=staff.curator, now=days.now):
        withdraw_consent(consent, by=staff.curator, withdrawn_on=withdrawn_on, comment="Заявление на бумаге.")


def name_representatives(staff: Staff) -> None:
    """A mother for each pupil, with an address of her own."""
    rng = Random(f"representatives {staff.place.slug}")
    pupils = [*staff.pupil_mentors, *staff.pupil_mentees]
    for number, pupil in enumerate(pupils, 1):
        surname = pupil.last_name if pupil.gender == Person.Gender.FEMALE else feminine(pupil.last_name)
        pupil.representative_name = f"{surname} {rng.choice(WOMEN)} {rng.choice(PATRONYMICS)}"
        pupil.representative_email = f"parent{number}@{staff.place.domain}"
    Person.objects.bulk_update(pupils, ["representative_name", "representative_email"])
