"""People and kinds of consents at a glance, the register of what was given, and asking many at once."""

from collections import Counter

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mentorship.lists import PortalListView
from mentorship.permissions import workspace_organization
from participants.consent_asking import ask_by_letter
from participants.consent_filters import ConsentFilter, ConsentRegisterFilter
from participants.consent_givers import email_of, giver_of
from participants.consent_register import consents_of, lines_of_consents, lines_of_people, register_workbook
from participants.consent_rules import LACKING, OPTIONAL_KINDS, State
from participants.consent_standing import people_of_year, standings
from participants.consent_tables import ConsentRegisterTable, ConsentTable
from participants.consent_versions import blanks_in, text_for
from participants.models import ConsentKind, RemovalTask
from participants.registries import ADDRESSES, TITLES
from participants.templatetags.consents import consent_kind
from participants.views.consents import MAX_KEY_LENGTH, undo_of


def chosen_people(request, organization, source):
    """The people of the board whose keys stand in `source` (GET or POST), by name."""
    keys = [key for key in source.getlist("person") if key.isdecimal() and len(key) <= MAX_KEY_LENGTH]
    return people_of_year(organization, request.workspace.school_year.start).filter(pk__in=keys)


def chosen_kinds(source):
    """[the kind that `source` names], or nothing: then those that each person needs are meant."""
    return [kind] if (kind := source.get("kind", "")) in ConsentKind.values else []


class ConsentBoard(PortalListView):
    """People × kinds for the workspace's organization and school year."""

    template_name = "participants/consents.html"
    table_class = ConsentTable
    filterset_class = ConsentFilter

    @property
    def export_name(self):
        return _("Consents")

    def export(self, people):
        """Every consent of the people shown, and what they need and lack; of one kind where the filter names it."""
        shown = {key: self.standings[key] for key in people.values_list("pk", flat=True)}
        kinds, today = chosen_kinds(self.request.GET), self.request.workspace.today
        return register_workbook(lines_of_people(shown, kinds, today))

    def queryset_for(self, request):
        self.organization = workspace_organization(request, "participants.view_consents")
        year, today = request.workspace.school_year.start, request.workspace.today
        people = people_of_year(self.organization, year)
        self.standings = standings(people, school_year=year, day=today)
        return people

    def get_filterset_kwargs(self, filterset_class):
        kwargs = super().get_filterset_kwargs(filterset_class)
        return {**kwargs, "standings": self.standings, "organization": self.organization}

    def get_table_kwargs(self):
        may_manage = self.request.user.has_perm("participants.manage_consents", self.organization)
        hidden = [] if may_manage else ["tick"]
        return {
            "standings": self.standings,
            "day": self.request.workspace.today,
            "is_ticked": "tick" in self.request.GET,
            "exclude": hidden,
        }

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        tasks = RemovalTask.objects.visible_to(self.request.user).open()
        return {
            **context,
            "sums": sums_of(self.standings.values()),
            "printed": sum(
                standing.wants_paper(kind) for standing in self.standings.values() for kind in standing.needed
            ),
            "kinds": [(kind.value, consent_kind(kind.value)) for kind in ConsentKind],
            "kind": (chosen_kinds(self.request.GET) or [""])[0],
            "may_manage": self.request.user.has_perm("participants.manage_consents", self.organization),
            "undo": undo_of(self.request, self.organization),
            "open_tasks": tasks.filter(consent__person__organization=self.organization).count(),
            "tabs": [(title, reverse(ADDRESSES[kind]), False) for kind, title in TITLES.items()]
            + [(_("Consents"), self.request.path, True)],
        }


class ConsentRegister(PortalListView):
    """All consents that the organization keeps: who has signed which version of the text, and when."""

    template_name = "participants/consent_register.html"
    table_class = ConsentRegisterTable
    filterset_class = ConsentRegisterFilter

    @property
    def export_name(self):
        return _("Register of consents")

    def queryset_for(self, request):
        self.organization = workspace_organization(request, "participants.view_consents")
        return consents_of(self.organization)

    def export(self, consents):
        return register_workbook(lines_of_consents(consents, self.request.workspace.today))

    def get_filterset_kwargs(self, filterset_class):
        return {**super().get_filterset_kwargs(filterset_class), "organization": self.organization}

    def get_table_kwargs(self):
        return {"day": self.request.workspace.today}


def sums_of(found):
    """For each kind: how many stand in which state, and how many people a paper would be printed for."""
    found = list(found)
    sums = []
    for kind in ConsentKind.values:
        counts = Counter(standing.states[kind] for standing in found)
        printed = sum(standing.wants_paper(kind) for standing in found)
        sums.append(
            {
                "kind": kind,
                "is_optional": kind in OPTIONAL_KINDS,
                "concerns": len(found) - counts[State.NOT_NEEDED],
                "in_force": counts[State.VALID] + counts[State.EXPIRING],
                "missing": counts[State.MISSING],
                "asked": counts[State.ASKED],
                "expiring": counts[State.EXPIRING],
                "said_no": counts[State.REFUSED] + counts[State.WITHDRAWN],
                "to_sign": sum(kind in standing.without_paper for standing in found),
                "to_scan": sum(kind in standing.without_scan for standing in found),
                "printed": printed,
            }
        )
    return sums


def consents_ask(request):
    """Who of the ticked people would get a letter with links, and for what; then the letters."""
    organization = workspace_organization(request, "participants.manage_consents")
    source = request.POST if request.method == "POST" else request.GET
    people = chosen_people(request, organization, source).select_related("organization", "user")
    found = standings(people, school_year=request.workspace.school_year.start, day=request.workspace.today)
    if request.method == "POST":
        _ask(request, found.values(), chosen_kinds(source))
        return redirect("participants:consents")
    rows, texts = [], {kind: text_for(organization, kind) for kind in ConsentKind.values}
    for standing in found.values():
        kinds = [
            kind
            for kind in chosen_kinds(source) or standing.needed
            if standing.states[kind] in (*LACKING, State.EXPIRING)
        ]
        if kinds:
            year = request.workspace.today.year
            givers = {kind: giver_of(standing.person, kind, year=year) for kind in kinds}
            on_paper = [kind for kind in kinds if blanks_in(texts[kind], standing.person, givers[kind])]
            asked = [kind for kind in kinds if kind not in on_paper]
            addresses = [email_of(standing.person, giver) for giver in {givers[kind] for kind in asked} if giver]
            rows.append({"person": standing.person, "kinds": asked, "on_paper": on_paper, "addresses": addresses})
    context = {
        "rows": rows,
        "kind": source.get("kind", ""),
        "letters": sum(any(row["addresses"]) for row in rows),
    }
    return render(request, "participants/consents_ask.html", context)


def _ask(request, found, kinds):
    sent, refused, now = 0, [], timezone.now()
    for standing in found:
        written, reasons = ask_by_letter(standing, kinds or standing.needed, by=request.user, now=now)
        sent += written
        refused += reasons
    if sent:
        words = ngettext("%(count)s letter was written.", "%(count)s letters were written.", sent)
        messages.success(request, words % {"count": sent})
    for reason in refused:
        messages.error(request, reason)
    if not sent and not refused:
        messages.info(request, _("Those ticked have nothing to answer now: nothing was sent."))
