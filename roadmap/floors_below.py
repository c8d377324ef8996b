"""What the floors below let the roadmap witness: registries, pairs, meetings; and that the plan itself is approved."""

from django.db.models import Count, Max
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from participants.models import MenteeEntry, MentorEntry
from programs.models import Meeting, Pair
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
    r"групповой встреч|групповые встреч|для формирован|сценари|знакомств|итогов\w+ встреч|городск|контрол|заключительн",
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
    register("plan", Witness(PLAN, plan_approved))
