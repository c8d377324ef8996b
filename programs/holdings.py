"""What this floor holds about a person: pairs, meetings, reports; how they are joined and forgotten."""

import re

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils.translation import gettext as _

from participants import holdings, merging
from participants.history import hide_in_history
from participants.holdings import Forgotten, Section, in_words, record_of
from participants.models import Person
from programs.models import Meeting, Pair, PairMentee, ProgressReport

FREE_TEXTS = {
    Pair: ("topic",),
    Meeting: ("topic", "done", "agreed"),
    ProgressReport: ("done", "results", "difficulties"),
}
LEAST_STEM = 3
ENDING = "(?:[аяоеёиыуюьй]|[оеё]й|[ое]ю|[оеёыи]м|[ое]го|[ое]му|ую|ая|ий|ый|ии)?"


def register_holdings():
    """Called once, when the app starts."""
    holdings.register_teller(tell, order=20)
    holdings.register_hindrance(hindrances)
    holdings.register_forgetter(forget, order=20)
    merging.register_merge_hindrance(merge_hindrances)


def pairs_of(person: Person):
    """Pairs in which the person is the mentor or a mentee, of all years."""
    in_groups = PairMentee.objects.filter(person=person).values("pair")
    return Pair.objects.filter(Q(mentor=person) | Q(pk__in=in_groups)).for_register().order_by("-planned_from", "pk")


def tell(person: Person) -> list[Section]:
    """Pairs and groups with their people, the log of meetings, the reports on the pairs."""
    pairs = list(pairs_of(person))
    meetings = Meeting.objects.filter(pair__in=pairs).for_log()
    reports = ProgressReport.objects.filter(pair__in=pairs).for_list()
    return [
        Section(_("Pairs and groups"), [_of_pair(pair) for pair in pairs]),
        Section(_("Meetings"), [_of_meeting(each) for each in meetings]),
        Section(
            _("Reports"), [{_("Pair"): str(each.pair), **record_of(each, leave_out=("pair",))} for each in reports]
        ),
    ]


def _of_pair(pair):
    mentees = ", ".join(person.full_name for person in pair.mentees)
    people = {_("Mentor"): pair.mentor.full_name, _("Mentees"): mentees}
    return {**people, **record_of(pair, leave_out=("mentor",))}


def _of_meeting(meeting):
    came = in_words([person.full_name for person in meeting.attendees.all()])
    record = {_("Pair"): str(meeting.pair), **record_of(meeting, leave_out=("pair",))}
    return {**record, _("Who came"): came} if came else record


def hindrances(person: Person):
    """A pair that is proposed or in force needs its people."""
    for pair in pairs_of(person).not_ended():
        yield _("%(pair)s: the pair has not ended (%(state)s).") % {"pair": pair, "state": pair.get_status_display()}


def forget(person: Person, pseudonym: str) -> Forgotten:
    """The pairs, meetings and reports stay and are counted; the surname goes out of what was written in them."""
    word = name_pattern(person)
    keys = [pair.pk for pair in pairs_of(person)]
    changed = 0
    for model, names in FREE_TEXTS.items():
        rows = model.objects.filter(**{"pk__in" if model is Pair else "pair__in": keys})
        for row in rows:
            texts = {name: word.sub(pseudonym, getattr(row, name)) for name in names}
            different = [name for name, text in texts.items() if text != getattr(row, name)]
            if different:
                for name in different:
                    setattr(row, name, texts[name][: row._meta.get_field(name).max_length])
                row.save(update_fields=different)
                changed += 1
    hide_in_history(_log_of(keys), lambda text: word.sub(pseudonym, text))
    return Forgotten(removed=[(_("mentions in pairs, meetings and reports"), changed)])


def _log_of(keys):
    """A condition: log entries about pairs and what stands on them."""
    rows = {
        Pair: keys,
        PairMentee: PairMentee.objects.filter(pair__in=keys).values("pk"),
        Meeting: Meeting.objects.filter(pair__in=keys).values("pk"),
        ProgressReport: ProgressReport.objects.filter(pair__in=keys).values("pk"),
    }
    about = Q(pk=None)
    for model, own in rows.items():
        about |= Q(content_type=ContentType.objects.get_for_model(model), object_id__in=own)
    return about


def name_pattern(person: Person) -> re.Pattern[str]:
    """Finds the name in a text in any case: «Ивановой Марии Петровне», «Иванову М.П.», «М. П. Иванова», «Мария Петровна»."""
    last, first, patronymic = (
        rf"{re.escape(stem_of(part))}{ENDING}" for part in (person.last_name, person.first_name, person.patronymic)
    )
    initials = rf"{re.escape(person.first_name[:1])}\.(?:\s?{re.escape(person.patronymic[:1])}\.)?"
    given = rf"{first}\s+{patronymic}" if person.patronymic else first
    alone = rf"|\b{given}\b" if person.patronymic else ""
    after = rf"(?:\s+(?:{given}\b|{first}\b|{initials}))?"
    return re.compile(rf"(?:\b{initials}\s?)?\b{last}\b{after}{alone}", re.IGNORECASE)


def stem_of(word: str) -> str:
    """The part of a name that all its cases share: «Иванова» → «Иванов», «Мария» → «Мари», «Кузьмич» → «Кузьмич»."""
    stem = re.sub(r"(?:ая|ой|ий|ый|[аяоеиыьй])$", "", word, flags=re.IGNORECASE)
    return stem if len(stem) >= LEAST_STEM else word


def merge_hindrances(kept: Person, dropped: Person) -> list[str]:
    """Who teaches and who is taught are two people; one person does not sit in a group twice."""
    ours = {pair.pk: pair for pair in pairs_of(kept)}
    shared = [pair for pair in pairs_of(dropped) if pair.pk in ours]
    text = _("Both stand in one pair or group (%(pair)s): they are two people, or the pair has a mistake.")
    return [text % {"pair": pair} for pair in shared]
