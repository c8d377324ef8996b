"""What the floors below let the roadmap witness: registries, consents, applications, pairs, meetings, reports; and that
the plan itself is approved.
"""

from functools import partial

from django.db.models import Count, Max, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from participants.models import Application, Consent, ConsentKind, MenteeEntry, MentorEntry
from programs.models import Meeting, Pair, ProgressReport
from roadmap.witness_words import Words
from roadmap.witnesses import Evidence, Witness, register

_BASE = r"(?:реестр|баз|банк|учет|список|списк|занести)"
# A base of the office, of programmes, of curators; what is done with a base that is there.
_OTHER_BASE = (
    r"муниципальн|региональн|долгосрочн|\bанализ|сверить|сверка"
    r"|баз\w*(?: данных)? (?:программ|кураторов)|банк\w* программ|нормативн"
)
MENTORS = Words(rf"{_BASE}\w*(?:[^.;]*\s)?наставник(?:и|ов|ах|ам)\b", _OTHER_BASE)
MENTEES = Words(rf"{_BASE}\w*(?:[^.;]*\s)?наставляем(?:ые|ых|ого|ом)\b", _OTHER_BASE)
PAIRS = Words(
    r"(?:формирован|образован|создан|закреплен|сформировать|закрепить)\w*"
    r" (?:наставническ\w+ )?(?:пар|тандем)",
    r"приказ|сценари|встреч|не сформировав",
)
MEETINGS = Words(
    r"встреч\w* (?:(?:пар\b|пар и|наставнических пар)|наставник\w* и наставляем)|регулярн\w+ встреч|^журнал\w* встреч"
    r"|встреч\w*,? не реже",
    r"групповой встреч|групповые встреч|общ\w+ встреч|для формирован|сценари|знакомств|итогов\w+ встреч|городск"
    r"|контрол|заключительн|сведени|анализ|разбор|итоги встреч",
)
_CONSENT = r"соглас(?:и[еяй]|иями|ован\w+ на обработк)"
_OTHER_CONSENT = r"согласован\w+ (?:план|график|программ)|по согласованию|\bприказ|дополнительн\w+ работ"
_OF_MENTORS, _OF_MENTEES = r"наставник(?:и|ов|ам|а)?\b", r"наставляем|обучающ|родител|представител|несовершеннолетн"
CONSENTS_OF_MENTORS = Words(rf"{_CONSENT}[^.;]*{_OF_MENTORS}|{_OF_MENTORS}[^.;]*{_CONSENT}", _OTHER_CONSENT)
CONSENTS_OF_MENTEES = Words(rf"{_CONSENT}[^.;]*(?:{_OF_MENTEES})|(?:{_OF_MENTEES})[^.;]*{_CONSENT}", _OTHER_CONSENT)
CONSENTS = Words(
    rf"^{_CONSENT}\W*$|{_CONSENT}[^.;]*(?:персональн\w+ данн|участи|обработк)",
    rf"{_OTHER_CONSENT}|{_OF_MENTORS}|{_OF_MENTEES}",
)
APPLICATIONS = Words(
    r"(?:сбор|собра|прием|приня|подач|подат)\w* (?:\S+ ){0,2}зая(?:вок|вк|влен)|^заявки\b|^заявления\b"
    r"|анкет\w*[^.;]*(?:желающ|потенциальн|кандидат)",
    r"муниципальн|конкурс|курс\w* повышен|анализ",
)
REPORTS = Words(
    r"отчет\w* наставник(?:а|ов)\b|отчет\w* (?:\S+ ){0,3}наставническ\w+ (?:пар|групп)",
    r"образц|образец|шаблон|форм\w* отчет|муниципальн|куратор",
)
PLAN = Words(r"(?:утвержд|разработ)\w*(?:[^.;]*\s)?[«\"]?дорожн\w+ карт", r"муниципальн|в соответствии")


def mentors_listed(roadmap, today):
    count = MentorEntry.objects.of_year(roadmap.organization, roadmap.school_year).filter(is_archived=False).count()
    if not count:
        return None
    text = ngettext("The registry holds %(count)s mentor", "The registry holds %(count)s mentors", count)
    return Evidence(text % {"count": count}, today, reverse("participants:registry-mentors"))


def mentees_listed(roadmap, today):
    count = MenteeEntry.objects.of_year(roadmap.organization, roadmap.school_year).filter(is_archived=False).count()
    if not count:
        return None
    text = ngettext("The registry holds %(count)s mentee", "The registry holds %(count)s mentees", count)
    return Evidence(text % {"count": count}, today, reverse("participants:registry-mentees"))


def consents_given(entries, roadmap, today):
    """Everybody in the registries of the year has consented to the processing; `entries` are models of registries."""
    rows = [each.objects.of_year(roadmap.organization, roadmap.school_year) for each in entries]
    people = {key for row in rows for key in row.filter(is_archived=False).values_list("person", flat=True)}
    consents = Consent.objects.in_force(today).filter(kind=ConsentKind.PROCESSING, person__in=people)
    given = dict(consents.order_by("given_on").values_list("person", "given_on"))
    if not people or people - given.keys():
        return None
    text = ngettext(
        "The consent of %(count)s person of the registry is there, nobody's is missing",
        "The consents of %(count)s people of the registry are there, nobody's is missing",
        len(people),
    )
    return Evidence(text % {"count": len(people)}, max(given.values()), reverse("participants:consents"))


def applications_in(roadmap, today):
    """Applications sent by the public page of the year; drafts are their writers' own."""
    sent = Application.objects.filter(
        call__organization=roadmap.organization, call__school_year=roadmap.school_year, submitted_at__isnull=False
    )
    found = sent.exclude(status=Application.Status.DRAFT).aggregate(count=Count("pk"), last=Max("submitted_at"))
    if not found["count"]:
        return None
    text = ngettext("%(count)s application has come in", "%(count)s applications have come in", found["count"])
    day = timezone.localdate(found["last"])
    return Evidence(text % {"count": found["count"]}, day, reverse("participants:applications"))


def pairs_in_force(roadmap, today):
    """Pairs that an order has put in force this year; those that have ended since count too."""
    pairs = Pair.objects.filter(
        program__organization=roadmap.organization, program__school_year=roadmap.school_year, started_on__lte=today
    )
    found = pairs.aggregate(count=Count("pk"), last=Max("started_on"))
    if not found["count"]:
        return None
    text = ngettext(
        "%(count)s pair or group is put in force", "%(count)s pairs and groups are put in force", found["count"]
    )
    return Evidence(text % found, found["last"], reverse("programs:pair-list"))


def meetings_held(roadmap, today):
    meetings = Meeting.objects.filter(
        pair__program__organization=roadmap.organization, pair__program__school_year=roadmap.school_year
    )
    found = meetings.held_by(today).aggregate(count=Count("pk"), last=Max("held_on"))
    if not found["count"]:
        return None
    text = ngettext("%(count)s meeting is in the log", "%(count)s meetings are in the log", found["count"])
    return Evidence(text % found, found["last"], reverse("programs:meeting-list"))


def reports_accepted(roadmap, today):
    """Every pair in force has a report that the curator has accepted; those that have ended hold nobody up."""
    pairs = Pair.objects.filter(
        program__organization=roadmap.organization, program__school_year=roadmap.school_year, started_on__lte=today
    )
    accepted = ProgressReport.objects.filter(pair__in=pairs, status=ProgressReport.Status.ACCEPTED)
    moments = accepted.order_by().annotate(at=Max("events__at", filter=Q(events__status="accepted")))
    last = {}
    for pair, moment in moments.values_list("pair", "at"):
        if moment:
            last[pair] = max(timezone.localdate(moment), last.get(pair, roadmap.starts_on))
    if not last or pairs.filter(status=Pair.Status.ACTIVE).exclude(pk__in=last).exists():
        return None
    text = ngettext(
        "The report of %(count)s pair or group is accepted, nobody's is missing",
        "The reports of %(count)s pairs and groups are accepted, nobody's is missing",
        len(last),
    )
    return Evidence(
        text % {"count": len(last)}, max(last.values()), reverse("programs:report-list"), since=min(last.values())
    )


def plan_approved(roadmap, today):
    """The mark of approval on the roadmap, or the order that approved it."""
    approved_on = roadmap.order_on or roadmap.approved_on
    if not approved_on:
        return None
    return Evidence(_("The roadmap is approved"), approved_on, roadmap.get_absolute_url())


def register_floors_below():
    register("mentors", Witness(MENTORS, mentors_listed))
    register("mentees", Witness(MENTEES, mentees_listed))
    register("pairs", Witness(PAIRS, pairs_in_force))
    register("meetings", Witness(MEETINGS, meetings_held, is_lasting=True))
    both = (MentorEntry, MenteeEntry)
    register("consents-mentors", Witness(CONSENTS_OF_MENTORS, partial(consents_given, (MentorEntry,))))
    register("consents-mentees", Witness(CONSENTS_OF_MENTEES, partial(consents_given, (MenteeEntry,))))
    one_side = frozenset({"consents-mentors", "consents-mentees"})
    register("consents", Witness(CONSENTS, partial(consents_given, both), closer=one_side))
    # More may come while the page is open.
    register("applications", Witness(APPLICATIONS, applications_in, is_lasting=True))
    register("reports", Witness(REPORTS, reports_accepted))
    register("plan", Witness(PLAN, plan_approved))
