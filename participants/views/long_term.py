"""The long-term registry of mentors, and the finished mentees proposed for it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from mentorship.lists import BulkAct, PortalListView, sent_by_bar, ticked
from mentorship.permissions import get_visible, workspace_organization
from mentorship.undo import last_act, remember_act, take_back
from participants.filters import LongTermFilter, ProposalFilter
from participants.forms.registries import LongTermForm
from participants.history import note_reading
from participants.long_term import (
    LISTED,
    TURNED_DOWN,
    decide_proposals,
    long_term_lines,
    long_term_mentors,
    long_term_row,
    proposed_mentors,
    take_decision_back,
)
from participants.models import LongTermMentor, Person
from participants.registry_export import PrintedRegistry, signatory_of
from participants.registry_layouts import LONG_TERM
from participants.tables import LongTermTable, ProposalTable
from participants.views.printable import PrintableList, people_tabs

DECISIONS = {"accept": LISTED, "turn-down": TURNED_DOWN}
UNDO = "long-term-proposals"
NAMED = 10


class LongTermList(PrintableList):
    """Mentors of all years of the workspace's organization."""

    template_name = "participants/long_term.html"
    table_class = LongTermTable
    filterset_class = LongTermFilter
    layout_kind = LONG_TERM

    def queryset_for(self, request):
        self.organization = workspace_organization(request, "participants.view_registry")
        return long_term_mentors(self.organization).select_related("organization").in_order()

    @property
    def may_manage(self):
        return self.request.user.has_perm("participants.manage_registry", self.organization)

    def get_table_kwargs(self):
        return {"exclude": [] if self.may_manage else ["change"]}

    def get_table(self, **kwargs):
        table = super().get_table(**kwargs)
        table.load_lines()
        return table

    def registry(self, rows, layout):
        signatory = signatory_of(self.organization, "curator", self.request.workspace.today)
        return PrintedRegistry(layout, long_term_lines(rows), self.organization, signatory=signatory)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {
            "proposed_count": proposed_mentors(self.organization).count() if self.may_manage else 0,
            "may_manage": self.may_manage,
            "tabs": people_tabs(self.request, LONG_TERM),
        }


def long_term_edit(request, pk):
    """Since when somebody stands in the registry, and until when."""
    person = get_visible(Person, request.user, pk=pk, allowed="participants.manage_registry")
    if not long_term_mentors(person.organization).filter(pk=person.pk).exists():
        raise Http404
    if request.method == "GET":
        note_reading(person)
    form = LongTermForm(request.POST or None, instance=long_term_row(person))
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("The row of %(person)s is saved.") % {"person": person})
        return redirect("participants:long-term")
    context = {"person": person, "form": form}
    return render(request, "participants/long_term_edit.html", context, status=422 if form.errors else 200)


class ProposalList(PortalListView):
    """Finished mentees who may become mentors; with `?turned_down=yes` those who were turned down before."""

    template_name = "participants/proposals.html"
    table_class = ProposalTable
    filterset_class = ProposalFilter

    def queryset_for(self, request):
        self.organization = workspace_organization(request, "participants.manage_registry")
        self.turned_down = request.GET.get("turned_down") == "yes"
        people = proposed_mentors(self.organization, turned_down=self.turned_down)
        return people.select_related("organization").in_order()

    def bulk_acts(self):
        acts = {
            "accept": BulkAct(_("Take into the registry"), "", "bi-check-lg"),
            "turn-down": BulkAct(_("Turn down"), "", "bi-x-lg"),
        }
        if self.turned_down:
            del acts["turn-down"]
        return [
            act._replace(address=reverse("participants:proposals-decide", args=[name])) for name, act in acts.items()
        ]

    def get_table(self, **kwargs):
        table = super().get_table(**kwargs)
        table.load_lines()
        return table

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {
            "turned_down": self.turned_down,
            "turned_down_count": proposed_mentors(self.organization, turned_down=True).count(),
            "undo": {
                "said": last_act(self.request.user, f"{UNDO}-{self.organization.pk}"),
                "address": reverse("participants:proposals-undo"),
            },
        }


def proposals_decide(request, decision):
    """Take those ticked into the registry, or turn them down, after a page that names them."""
    if decision not in DECISIONS:
        raise Http404
    organization = workspace_organization(request, "participants.manage_registry")
    source = request.POST if request.method == "POST" else request.GET
    every = proposed_mentors(organization) | proposed_mentors(organization, turned_down=True)
    everybody = Person.objects.filter(pk__in=every.values("pk"))
    if source.get("all") == "yes":
        everybody = proposed_mentors(organization)
    people = ticked(source, everybody, ProposalFilter).in_order()
    names = [person.full_name for person in people]
    if not names:
        messages.warning(request, _("Nobody was ticked: nothing was done."))
        return redirect("participants:proposals")
    is_accepted = decision == "accept"
    if request.method == "POST":
        decided = decide_proposals(people, DECISIONS[decision], today=request.workspace.today)
        said = (
            ngettext(
                "%(count)s person was taken into the long-term registry.",
                "%(count)s people were taken into the long-term registry.",
                len(decided),
            )
            if is_accepted
            else ngettext(
                "%(count)s person was turned down and is not proposed again.",
                "%(count)s people were turned down and are not proposed again.",
                len(decided),
            )
        )
        data = {"people": decided, "status": DECISIONS[decision].value}
        remember_act(request.user, f"{UNDO}-{organization.pk}", said=said % {"count": len(decided)}, data=data)
        return redirect("participants:proposals")
    sentence = (
        ngettext(
            "%(count)s person will stand in the long-term registry as a future mentor.",
            "%(count)s people will stand in the long-term registry as future mentors.",
            len(names),
        )
        if is_accepted
        else ngettext(
            "%(count)s person will not be proposed again.", "%(count)s people will not be proposed again.", len(names)
        )
    )
    context = {
        "title": _("Take into the registry") if is_accepted else _("Turn down"),
        "sentences": [sentence % {"count": len(names)}],
        "named": names[:NAMED],
        "more_count": max(0, len(names) - NAMED),
        "sent": sent_by_bar(source, ProposalFilter),
        "submit": _("Take into the registry") if is_accepted else _("Turn down"),
        "registry_title": _("Proposed as mentors"),
        "registry_url": reverse("participants:proposals"),
    }
    return render(request, "participants/registry_bulk.html", context)


@require_POST
def proposals_undo(request):
    """The last decision taken back: those people are proposed again."""
    organization = workspace_organization(request, "participants.manage_registry")
    data = take_back(request.user, f"{UNDO}-{organization.pk}")
    if data is None:
        messages.warning(request, _("There is nothing to take back: ten minutes are over, or it was done already."))
    else:
        count = take_decision_back(data["people"], LongTermMentor.Status(data["status"]))
        said = ngettext("%(count)s person is proposed again.", "%(count)s people are proposed again.", count)
        messages.success(request, said % {"count": count})
    return redirect("participants:proposals")
