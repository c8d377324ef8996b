"""What monitoring adds to the pages of lower floors: home of each role, the page of an organization, search."""

from django.utils.translation import gettext_lazy as _

from mentorship.panels import register
from mentorship.search import Hit
from mentorship.search import register as register_search
from monitoring.indicator_table import indicator_rows, rows_of
from monitoring.models import Invitation, Survey
from monitoring.municipality import lines_below, lines_of

SURVEYS_SHOWN = 5


def surveys_to_answer(request, **objects):
    """The person's own open surveys; nothing where all are answered."""
    silent = Invitation.objects.of_user(request.user) & Invitation.objects.silent(request.workspace.today)
    invitations = list(silent)
    return {"invitations": invitations} if invitations else None


def surveys_of_person(request, *, person, **objects):
    """The surveys that were sent to the person: which, when, whether answered; what was answered stands elsewhere."""
    invitations = person.survey_invitations.exclude(survey__status=Survey.Status.DRAFT).select_related("survey")
    invitations = list(invitations.order_by("-survey__opens_on", "-pk"))
    may_open = set(Survey.objects.visible_to(request.user).values_list("pk", flat=True)) if invitations else set()
    rows = [(each, each.survey_id in may_open) for each in invitations]
    return {"rows": rows} if rows else None


def survey_answers(request, **objects):
    """The surveys of the organization that collect answers now, and how many people answered."""
    organization = request.workspace.organization
    surveys = Survey.objects.filter(program__organization=organization).taking_answers(request.workspace.today)
    return {"surveys": surveys.for_list()[:SURVEYS_SHOWN]}


def indicators_short(request, **objects):
    """Each indicator with its target, in a line."""
    workspace = request.workspace
    rows = indicator_rows(workspace.organization, workspace.school_year.start, today=workspace.today)
    return {"rows": rows} if rows else None


def organizations_below(request, **objects):
    """The coordinator's table: programmes, pairs, roadmaps, indicators of the organizations below."""
    workspace = request.workspace
    office, year = workspace.organization, workspace.school_year.start
    lines, sums = lines_below(office, year, today=workspace.today)
    return {"office": office, "lines": lines, "rows": rows_of(sums, office, year, today=workspace.today)}


def organization_figures(request, *, organization, **objects):
    """On the page of an organization: its pairs, roadmap and indicators, for those who may see figures."""
    if not request.user.has_perm("monitoring.view_indicators", organization):
        return None
    year, today = request.workspace.school_year.start, request.workspace.today
    if organization.is_office:
        return {"line": None, "rows": indicator_rows(organization, year, today=today)}
    line = lines_of([organization], year, today=today)[0]
    return {"line": line, "rows": rows_of(line.outcomes, organization, year, today=today)}


def find_surveys(user, text):
    """Surveys whose title holds the text, letter case and ё aside."""
    wanted = _folded(text)
    surveys = Survey.objects.visible_to(user).for_list()
    found = [survey for survey in surveys if wanted in _folded(survey.title)]
    return [
        Hit(survey.title, survey.get_absolute_url(), f"{survey.organization}, {survey.get_status_display()}")
        for survey in found
    ]


def _folded(text):
    # Not in the database: SQLite compares Cyrillic letters with regard to their case.
    return text.casefold().replace("ё", "е")


def register_panels():
    """Called once, when the portal starts."""
    register("home:mentee", "monitoring/_surveys_to_answer.html", surveys_to_answer, order=10)
    register("home:mentor", "monitoring/_surveys_to_answer.html", surveys_to_answer, order=10)
    register("home:curator", "monitoring/_survey_answers.html", survey_answers, order=80)
    for role in ("curator", "head", "staff"):
        register(f"home:{role}", "monitoring/_indicators_short.html", indicators_short, order=90)
    register("home:coordinator", "monitoring/_organizations_below.html", organizations_below, order=20)
    register("organization", "monitoring/_organization_figures.html", organization_figures, order=90)
    register("person", "monitoring/_person_surveys.html", surveys_of_person, order=70)
    register_search(_("Surveys"), find_surveys, order=80)
