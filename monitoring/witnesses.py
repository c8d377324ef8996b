"""Which activities of a roadmap the monitoring can witness: surveys sent out, answers in, indicators counted."""

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from monitoring.models import Measurement, Survey
from roadmap.witness_words import Words
from roadmap.witnesses import Evidence, Witness, register

LATEST = 50
# Questionnaires of those who only wish to take part, and the reading of filled ones, are no surveys of participants.
_OTHER = r"желающ|потенциальн|анализ\w* (?:заполненн|анкет)|пятиклассник"
SENT = Words(
    r"промежуточн\w+ (?:анкет|опрос)|анкет\w* (?:обратной связи|участник)|^(?:анкетирование|анкеты?)\W*$"
    r"|(?:анкетирован|опрос)\w* (?:наставник|наставляем|участник)",
    _OTHER,
)
ANSWERED = Words(
    r"итогов\w+ (?:анкет|опрос)|удовлетворенност|мониторинг\w* качества[^.;]*\(анкетирован", _OTHER + r"|\bприказ"
)
COUNTED = Words(
    r"подсч\w+ показател|мониторинг\w* (?:качества|эффективности|реализации|результат)|внутренн\w+ мониторинг"
    r"|мониторинг и оценка влияния|показател\w+ (?:эффективности|результативности)",
    r"муниципальн|\bприказ|\(анкетирован",
)


def _surveys(roadmap, today):
    surveys = Survey.objects.filter(
        program__organization=roadmap.organization, program__school_year=roadmap.school_year, opens_on__lte=today
    )
    return surveys.exclude(status=Survey.Status.DRAFT).with_counts().order_by("-opens_on", "-pk")[:LATEST]


def surveys_sent(roadmap, today):
    """Each survey that has been opened, by the day from which it takes answers."""
    return [
        Evidence(
            _("The survey “%(title)s” is sent out, invited: %(count)s")
            % {"title": survey.title, "count": survey.invited_count},
            survey.opens_on,
            survey.get_absolute_url(),
            survey,
        )
        for survey in _surveys(roadmap, today)
        if survey.invited_count
    ]


def answers_in(roadmap, today):
    """Each survey that is over and has answers; how many, as its page says it to everybody in charge."""
    return [
        Evidence(
            _("The survey “%(title)s” is over, answered: %(answered)s of %(invited)s")
            % {"title": survey.title, "answered": survey.answered_count, "invited": survey.invited_count},
            min(survey.closes_on, today),
            survey.get_absolute_url(),
            survey,
        )
        for survey in _surveys(roadmap, today)
        if survey.is_over(today) and survey.answered_count
    ]


def indicators_counted(roadmap, today):
    """Each day on which indicators of the year were counted, of those that have something to count."""
    days = (
        Measurement.objects.filter(
            organization=roadmap.organization,
            school_year=roadmap.school_year,
            taken_on__lte=today,
            denominator__gt=0,
        )
        .order_by()
        .values("taken_on")
        .annotate(count=Count("pk"))
        .order_by("-taken_on")[: LATEST * 8]
    )
    address = reverse("monitoring:indicators-of", args=[roadmap.organization.slug])
    return [
        Evidence(
            ngettext("%(count)s indicator is counted", "%(count)s indicators are counted", day["count"])
            % {"count": day["count"]},
            day["taken_on"],
            address,
        )
        for day in days
    ]


def register_witnesses():
    register("surveys-sent", Witness(SENT, surveys_sent))
    register("answers", Witness(ANSWERED, answers_in))
    register("indicators", Witness(COUNTED, indicators_counted))
