"""What this floor holds about a person: pairs, meetings, reports; how they are joined and forgotten."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from participants import holdings, merging
from participants.depersonalization import steps_of
from participants.history import hide_in_history, keys_of, register_about
from participants.holdings import Forgotten, FreeTexts, Section, record_of, sought
from participants.models import Person
from participants.subject_access import steps_in_words
from participants.values_in_words import in_words
from programs.models import Meeting, Pair, PairMentee, Program, ProgressReport


def register_holdings():
    """Called once, when the app starts."""
    holdings.register_teller(tell, order=20)
    holdings.register_hindrance(hindrances)
    holdings.register_texts(texts)
    register_about(log_about)
    holdings.register_forgetter(forget, order=20)
    merging.register_merge_hindrance(merge_hindrances)


def pairs_of(person: Person):
    """Pairs in which the person is the mentor or a mentee, of all years."""
    in_groups = PairMentee.objects.filter(person=person).values("pair")
    return Pair.objects.filter(Q(mentor=person) | Q(pk__in=in_groups)).for_register().order_by("-planned_from", "pk")


def tell(person: Person) -> list[Section]:
    """Pairs and groups, the log of meetings, the reports; of others in a group no more than that they are there."""
    pairs = list(pairs_of(person))
    meetings = Meeting.objects.filter(pair__in=pairs).for_log()
    reports = ProgressReport.objects.filter(pair__in=pairs).for_list()
    as_mentor = [pair for pair in pairs if pair.mentor_id == person.pk]
    keys = [pair.pk for pair in pairs if pair.mentor_id == person.pk or not pair.is_group]
    steps = steps_in_words(Pair, keys)
    steps += steps_in_words(ProgressReport, [each.pk for each in reports if each.pair in as_mentor])
    return [
        Section(_("Pairs and groups"), [_of_pair(pair, person) for pair in pairs]),
        Section(_("Meetings"), [_of_meeting(each, person) for each in meetings]),
        Section(_("Reports"), [_of_report(each, person) for each in reports]),
        Section(_("Comments of steps in pairs and reports"), steps),
    ]


def _of_pair(pair, person):
    record = {_("Mentor"): pair.mentor.full_name}
    if pair.mentor_id == person.pk or not pair.is_group:
        record[_("Mentees")] = ", ".join(each.full_name for each in pair.mentees)
    else:
        count = len(pair.mentees)
        words = ngettext("group of %(count)s mentee", "group of %(count)s mentees", count)
        record[_("Mentees")] = words % {"count": count}
    return {**record, **record_of(pair, leave_out=("mentor",))}


def _of_meeting(meeting, person):
    record = {_("Pair"): _name_of(meeting.pair, person), **record_of(meeting, leave_out=("pair",))}
    came = [each for each in meeting.attendees.all() if each == person or meeting.pair.mentor_id == person.pk]
    return {**record, _("Who came"): in_words([each.full_name for each in came])} if came else record


def _of_report(report, person):
    """The mentor's own words go to the mentor, and to the mentee where they were accepted and are of him alone."""
    record = {_("Pair"): _name_of(report.pair, person)}
    is_his_alone = report.status == ProgressReport.Status.ACCEPTED and not report.pair.is_group
    if report.pair.mentor_id == person.pk or is_his_alone:
        return {**record, **record_of(report, leave_out=("pair",))}
    return {**record, _("Report of the mentor"): str(report), _("State"): report.get_status_display()}


def _name_of(pair, person):
    return str(pair) if pair.mentor_id == person.pk or not pair.is_group else pair.mentor.short_name


def hindrances(person: Person):
    """A pair that is proposed or in force needs its people."""
    for pair in pairs_of(person).not_ended():
        yield _("%(pair)s: the pair has not ended (%(state)s).") % {"pair": pair, "state": pair.get_status_display()}


def texts(person: Person):
    """The words of pairs, meetings, reports and of the steps that they took; those of one's own pairs are about him."""
    of_organization = Pair.objects.filter(program__organization=person.organization)
    own = pairs_of(person).order_by().values("pk")
    for is_own in (True, False):
        pairs = of_organization.filter(pk__in=own) if is_own else of_organization.exclude(pk__in=own)
        keys = pairs.order_by().values("pk")
        meetings, reports = Meeting.objects.filter(pair__in=keys), ProgressReport.objects.filter(pair__in=keys)
        what = _("mentions in pairs, meetings and reports")
        yield FreeTexts(what, pairs, ("topic",), is_own)
        yield FreeTexts(what, meetings, ("topic", "done", "agreed"), is_own)
        yield FreeTexts(what, reports, ("done", "results", "difficulties"), is_own)
        for model, rows in ((Pair, keys), (ProgressReport, reports.values("pk"))):
            yield FreeTexts(_("comments of steps"), steps_of(model, rows), ("comment",), is_own, address=_of_step)
    programs = Program.objects.filter(organization=person.organization)
    why = _("it is a text of the organization itself: change it where it should be changed")
    yield FreeTexts(_("texts of programmes"), programs, ("title", "goal"), kept_because=why)


def _of_step(step):
    return step.subject.get_absolute_url() if step.subject else ""


def forget(person: Person, pseudonym: str) -> Forgotten:
    """The pairs, meetings and reports stay and are counted; in their history stands the pseudonym."""
    who = sought(person)
    hide_in_history(
        log_about(keys_of(person)),
        lambda text: who.replace(who.replace_exactly(text, pseudonym), pseudonym, is_own=True),
    )
    return Forgotten()


def log_about(person_keys) -> Q:
    """A condition: log entries about pairs of the people and what stands on them, removed ones too."""
    people = Person.objects.filter(pk__in=person_keys)
    in_groups = PairMentee.objects.filter(person__in=people).values("pair")
    pairs = Pair.objects.filter(Q(mentor__in=people) | Q(pk__in=in_groups)).values("pk")
    types = ContentType.objects.get_for_models(Pair, PairMentee, Meeting, ProgressReport)
    about = Q(content_type=types[Pair], object_id__in=pairs)
    for model in (PairMentee, Meeting, ProgressReport):
        rows = model.objects.filter(pair__in=pairs).values("pk")
        about |= Q(content_type=types[model], object_id__in=rows)
    of_pairs = [types[model] for model in (PairMentee, Meeting, ProgressReport)]
    about |= Q(content_type__in=of_pairs, additional_data__pair__in=list(pairs.values_list("pk", flat=True)))
    return about | Q(content_type__in=[types[Pair], types[PairMentee]], additional_data__person__in=list(person_keys))


def merge_hindrances(kept: Person, dropped: Person) -> list[str]:
    """Who teaches and who is taught are two people; one person does not sit in a group twice."""
    ours = {pair.pk: pair for pair in pairs_of(kept)}
    shared = [pair for pair in pairs_of(dropped) if pair.pk in ours]
    text = _("Both stand in one pair or group (%(pair)s): they are two people, or the pair has a mistake.")
    return [text % {"pair": pair} for pair in shared]
