"""The pile of signed papers came back: entered in one table."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from mentorship.permissions import workspace_organization
from participants.consent_filing import keep_paper
from participants.consent_givers import SUBJECT, giver_of
from participants.consent_rules import State
from participants.consent_standing import standings
from participants.consents import give_consent
from participants.forms.consents import PileForm
from participants.models import ConsentKind
from participants.views.consent_board import chosen_kinds, chosen_people
from participants.views.consents import remember_entered


def consents_given(request):
    """Enter several papers with one day: those ticked on the board, of one kind or of all that each needs."""
    organization = workspace_organization(request, "participants.manage_consents")
    source = request.POST if request.method == "POST" else request.GET
    year, today = request.workspace.school_year.start, request.workspace.today
    people = chosen_people(request, organization, source).select_related("organization")
    found = standings(people, school_year=year, day=today)
    rows = _rows(found.values(), chosen_kinds(source), source, today)
    form = PileForm(
        request.POST or None,
        organization=organization,
        kinds=[kind for kind in ConsentKind.values if any(row["kind"] == kind for row in rows)],
        initial={"given_on": today},
    )
    if request.method == "POST" and form.is_valid():
        entered = _enter(request, [row for row in rows if row["is_ticked"]], form)
        rows = [row for row in rows if row["error"] or not row["is_ticked"]]
        remember_entered(request, organization, entered)
        if not any(row["error"] for row in rows):
            if not entered:
                messages.warning(request, _("Nothing was ticked: nothing is entered."))
            return redirect("participants:consents")
    context = {"form": form, "rows": rows, "kind": source.get("kind", ""), "people": people}
    has_errors = form.errors or any(row["error"] for row in rows)
    return render(request, "participants/consents_given.html", context, status=422 if has_errors else 200)


def _rows(found, kinds, source, today):
    """What could have come back: a row for each person and kind that is not in force for longer yet."""
    is_posted, ticked = "row" in source or source.get("given_on") is not None, source.getlist("row")
    rows = []
    for standing in found:
        for kind in kinds or standing.needed:
            is_unsigned = kind in standing.without_paper
            if standing.states[kind] in (State.VALID, State.NOT_NEEDED) and not is_unsigned:
                continue
            person, giver = standing.person, giver_of(standing.person, kind, year=today.year)
            if is_unsigned:
                giver = standing.consents[kind].given_by
            key = f"{person.pk}:{kind}"
            rows.append(
                {
                    "key": key,
                    "person": person,
                    "kind": kind,
                    "state": standing.states[kind],
                    "is_needed": kind in standing.needed,
                    "giver": giver,
                    "given_by": source.get(f"giver-{key}", giver or ""),
                    "name": source.get(f"name-{key}", person.representative_name)[:200],
                    "needs_name": giver != SUBJECT and not is_unsigned,
                    "unsigned": standing.consents[kind] if is_unsigned else None,
                    "is_ticked": key in ticked if is_posted else True,
                    "error": "",
                }
            )
    return rows


def _enter(request, rows, form):
    """Enter what is ticked, each row by itself; a row that is refused keeps its sentence. Returns [Consent entered]."""
    entered = []
    for row in rows:
        try:
            entered.append(_enter_row(row, form, by=request.user))
        except ValidationError as error:
            row["error"] = " ".join(error.messages)
    return entered


def _enter_row(row, form, *, by):
    """A paper of the pile: of a new consent, or of one that was confirmed by the link."""
    values = form.values_for(row["kind"])
    if row["unsigned"]:
        return keep_paper(row["unsigned"], by=by, signed_on=values["given_on"])
    name = row["name"].strip() if row["given_by"] != SUBJECT else ""
    given_by = row["given_by"] or None
    return give_consent(row["person"], row["kind"], by=by, given_by=given_by, representative_name=name, **values)
