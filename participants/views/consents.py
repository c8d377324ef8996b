"""Consents: the board, the page of a person and a kind, the pile of papers that came back, tasks after withdrawals."""

from collections import Counter

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from mentorship.lists import PortalListView, as_download
from mentorship.permissions import get_visible, workspace_organization
from participants.consent_filters import ConsentFilter
from participants.consent_rules import LACKING, OPTIONAL_KINDS, Age, State, age_in
from participants.consent_tables import ConsentTable
from participants.consents import (
    SUBJECT,
    address_of,
    ask_by_letter,
    ask_consent,
    email_of,
    finish_task,
    give_consent,
    giver_of,
    keep_scan,
    link_ends_on,
    people_of_year,
    refuse_consent,
    send_links,
    standings,
    withdraw_consent,
)
from participants.forms.consents import ConsentForm, DoneForm, PileForm, RefuseForm, ScanForm, WithdrawForm
from participants.history import note_reading
from participants.models import Consent, ConsentKind, Person, RemovalTask
from participants.registries import ADDRESSES, TITLES
from participants.scans import CONTENT_TYPES
from participants.templatetags.consents import consent_kind

PRINTED_AT_ONCE = 100  # papers in one file: some eight seconds
MAX_KEY_LENGTH = 18  # a longer number is no key of any row
TO_PRINT = (*LACKING, State.EXPIRING)


def chosen_people(request, organization, source):
    """The people of the board whose keys stand in `source` (GET or POST), by name."""
    keys = [key for key in source.getlist("person") if key.isdecimal() and len(key) <= MAX_KEY_LENGTH]
    return people_of_year(organization, request.workspace.school_year.start).filter(pk__in=keys)


def chosen_kinds(source):
    """[the kind that `source` names], or nothing: then those that each person needs are meant."""
    return [kind] if (kind := source.get("kind", "")) in ConsentKind.values else []


# --- the board --------------------------------------------------------------------------------------------------------
class ConsentBoard(PortalListView):
    """People × kinds for the workspace's organization and school year."""

    template_name = "participants/consents.html"
    table_class = ConsentTable
    filterset_class = ConsentFilter

    def queryset_for(self, request):
        self.organization = workspace_organization(request, "participants.view_consents")
        year, today = request.workspace.school_year.start, request.workspace.today
        people = people_of_year(self.organization, year)
        self.standings = standings(people, school_year=year, day=today)
        return people

    def get_filterset_kwargs(self, filterset_class):
        kwargs = super().get_filterset_kwargs(filterset_class)
        return {**kwargs, "standings": self.standings}

    def get_table_kwargs(self):
        may_manage = self.request.user.has_perm("participants.manage_consents", self.organization)
        hidden = [] if may_manage else ["tick"]
        return {"standings": self.standings, "is_ticked": "tick" in self.request.GET, "exclude": hidden}

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        tasks = RemovalTask.objects.visible_to(self.request.user).open()
        return {
            **context,
            "sums": sums_of(self.standings.values()),
            "printed_at_once": PRINTED_AT_ONCE,
            "kinds": [(kind.value, consent_kind(kind.value)) for kind in ConsentKind],
            "kind": (chosen_kinds(self.request.GET) or [""])[0],
            "may_manage": self.request.user.has_perm("participants.manage_consents", self.organization),
            "open_tasks": tasks.filter(consent__person__organization=self.organization).count(),
            "tabs": [(title, reverse(ADDRESSES[kind]), False) for kind, title in TITLES.items()]
            + [(_("Consents"), self.request.path, True)],
        }


def sums_of(found):
    """For each kind: how many stand in which state, how many papers would be printed and in which parts."""
    counters = {kind: Counter(standing.states[kind] for standing in found) for kind in ConsentKind.values}
    sums = []
    for kind, counts in counters.items():
        printed = sum(counts[state] for state in TO_PRINT)
        parts = [
            (number, first + 1, min(first + PRINTED_AT_ONCE, printed))
            for number, first in enumerate(range(0, printed, PRINTED_AT_ONCE), 1)
        ]
        sums.append(
            {
                "kind": kind,
                "is_optional": kind in OPTIONAL_KINDS,
                "in_force": counts[State.VALID] + counts[State.EXPIRING],
                "missing": counts[State.MISSING],
                "asked": counts[State.ASKED],
                "expiring": counts[State.EXPIRING],
                "said_no": counts[State.REFUSED] + counts[State.WITHDRAWN],
                "printed": printed,
                "parts": parts,
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
    rows = []
    for standing in found.values():
        kinds = [
            kind
            for kind in chosen_kinds(source) or standing.needed
            if standing.states[kind] in (*LACKING, State.EXPIRING)
        ]
        if kinds:
            year = request.workspace.today.year
            givers = {giver_of(standing.person, kind, year=year) for kind in kinds}
            addresses = [email_of(standing.person, giver) for giver in givers if giver]
            rows.append({"person": standing.person, "kinds": kinds, "addresses": addresses})
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


# --- one person, one kind ---------------------------------------------------------------------------------------------
def _person_and_kind(request, pk, kind, allowed):
    if kind not in ConsentKind.values:
        raise Http404
    people = Person.objects.select_related("organization", "user")
    return get_visible(people, request.user, pk=pk, allowed=allowed)


def consent(request, pk):
    """The page of the person and the kind, at this consent."""
    found = get_visible(Consent, request.user, pk=pk)
    address = reverse("participants:consent-kind", args=[found.person_id, found.kind])
    return redirect(f"{address}#consent-{found.pk}")


def consent_kind_page(request, pk, kind):
    """All consents of one kind of a person, and what can be done now."""
    person = _person_and_kind(request, pk, kind, "participants.view_consents")
    note_reading(person)
    return _render_kind(request, person, kind)


@require_POST
def consent_give(request, pk, kind):
    """Enter a consent that came back on paper."""
    person = _person_and_kind(request, pk, kind, "participants.manage_consents")
    form = ConsentForm(request.POST, request.FILES, person=person, kind=kind)
    if form.is_valid():
        try:
            given = give_consent(person, kind, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The consent of %(person)s is entered.") % {"person": person})
            return redirect(given)
    return _render_kind(request, person, kind, form=form)


@require_POST
def consent_ask(request, pk, kind):
    """Open a request and send its link, where there is an address."""
    person = _person_and_kind(request, pk, kind, "participants.manage_consents")
    given_by = request.POST.get("given_by") if request.POST.get("given_by") in Consent.GivenBy.values else None
    try:
        asked = ask_consent(person, kind, by=request.user, today=request.workspace.today, given_by=given_by)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("participants:consent-kind", person.pk, kind)
    if address := send_links([asked], now=timezone.now()):
        messages.success(request, _("The link was sent to %(email)s.") % {"email": address})
    elif address_of(asked):
        messages.info(request, _("The link was sent some minutes ago."))
    else:
        messages.warning(request, _("There is no e-mail in the file: hand over the link on this page, or the paper."))
    return redirect(asked)


@require_POST
def consent_refuse(request, pk, kind):
    """Enter a refusal that came on paper or by word of mouth."""
    person = _person_and_kind(request, pk, kind, "participants.manage_consents")
    form = RefuseForm(request.POST)
    try:
        comment = form.cleaned_data["comment"] if form.is_valid() else ""
        refused = refuse_consent(person, kind, by=request.user, comment=comment)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("participants:consent-kind", person.pk, kind)
    messages.success(request, _("The refusal is entered."))
    return redirect(refused)


@require_POST
def consent_withdraw(request, pk):
    """Enter a withdrawal; the tasks that it leaves stand on the page of tasks."""
    found = get_visible(Consent, request.user, pk=pk, allowed="participants.manage_consents")
    form = _withdraw_form(found, request.POST)
    if form.is_valid():
        try:
            withdrawn = withdraw_consent(found, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            count = withdrawn.removal_tasks.count()
            words = ngettext(
                "The consent is withdrawn. It leaves %(count)s task, see below.",
                "The consent is withdrawn. It leaves %(count)s tasks, see below.",
                count,
            )
            messages.success(request, words % {"count": count} if count else _("The consent is withdrawn."))
            return redirect("participants:removal-tasks" if count else withdrawn)
    return _render_kind(request, found.person, found.kind, withdraw_form=form)


def _withdraw_form(consent, data=None, **kwargs):
    return _with_consent(WithdrawForm(data, auto_id=f"id_withdraw_{consent.pk}_%s", **kwargs), consent)


def _scan_form(consent, data=None, files=None):
    return _with_consent(ScanForm(data, files, auto_id=f"id_scan_{consent.pk}_%s"), consent)


def _with_consent(form, consent):
    form.consent_pk = consent.pk
    return form


def _form_of(consent, refused):
    """The refused form, where it is the one of this consent: a page holds a form for each."""
    return refused if refused is not None and refused.consent_pk == consent.pk else None


def _render_kind(request, person, kind, *, form=None, withdraw_form=None, scan_form=None):
    today = request.workspace.today
    standing = standings([person], school_year=request.workspace.school_year.start, day=today)[person.pk]
    own = list(
        person.consents.filter(kind=kind)
        .select_related("text")
        .prefetch_related("events__actor__people", "removal_tasks")
        .order_by("-pk")
    )
    age = age_in(today.year, person.birth_year, person_kind=person.kind)
    in_force = next((each for each in own if each.is_in_force(today)), None)
    context = {
        "person": person,
        "kind": kind,
        "state": standing.states[kind],
        "is_needed": kind in standing.needed,
        "consents": own,
        "open_request": next((each for each in own if each.status == Consent.Status.ASKED), None),
        "in_force": in_force,
        "may_ask": standing.states[kind] != State.VALID,
        "turns_18": age == Age.TURNS_18 and kind != ConsentKind.EXTRA_DUTIES,
        "is_minor": age == Age.MINOR,
        "is_year_unknown": person.birth_year is None and age == Age.MINOR,
        "may_manage": request.user.has_perm("participants.manage_consents", person),
        "form": form or ConsentForm(person=person, kind=kind),
        "refuse_form": RefuseForm(auto_id="id_refuse_%s"),
        "givers": Consent.GivenBy.choices,
    }
    for each in own:
        each.withdraw_form = _form_of(each, withdraw_form) or _withdraw_form(each, initial={"withdrawn_on": today})
        each.scan_form = _form_of(each, scan_form) or _scan_form(each)
        each.link = request.build_absolute_uri(reverse("consent-link", args=[each.token]))
        each.link_ends_on = link_ends_on(each)
    has_errors = any(each is not None and each.errors for each in (form, withdraw_form, scan_form))
    return render(request, "participants/consent_kind.html", context, status=422 if has_errors else 200)


# --- scans ------------------------------------------------------------------------------------------------------------
def consent_scan(request, pk):
    """The scan as it was filed, as a download: never shown by the browser as a page of the portal."""
    found = get_visible(Consent.objects.select_related("person"), request.user, pk=pk)
    if not found.scan:
        raise Http404
    note_reading(found.person)
    suffix = found.scan.name.rpartition(".")[2]
    try:
        file = found.scan.open("rb")
    except OSError as missing:
        raise Http404 from missing
    response = FileResponse(file, content_type=CONTENT_TYPES.get(suffix, "application/octet-stream"))
    response.headers["Content-Security-Policy"] = "sandbox"
    response.headers["X-Content-Type-Options"] = "nosniff"
    name = _("Consent %(person)s") % {"person": found.person.short_name.replace("\xa0", " ")}
    return as_download(response, f"{name}.{suffix}")


@require_POST
def consent_scan_add(request, pk):
    """Add the scan to a consent that was entered without it."""
    found = get_visible(Consent, request.user, pk=pk, allowed="participants.manage_consents")
    form = _scan_form(found, request.POST, request.FILES)
    if form.is_valid():
        try:
            keep_scan(found, form.cleaned_data["scan"])
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The scan is filed."))
            return redirect(found)
    return _render_kind(request, found.person, found.kind, scan_form=form)


# --- the pile of papers came back -------------------------------------------------------------------------------------
def consents_given(request):
    """Enter several papers with one day: those ticked on the board, of one kind or of all that each needs."""
    organization = workspace_organization(request, "participants.manage_consents")
    source = request.POST if request.method == "POST" else request.GET
    year, today = request.workspace.school_year.start, request.workspace.today
    people = chosen_people(request, organization, source).select_related("organization")
    found = standings(people, school_year=year, day=today)
    rows = _rows(found.values(), chosen_kinds(source), source, today)
    form = PileForm(request.POST or None, initial={"given_on": today})
    if request.method == "POST" and form.is_valid():
        entered = _enter(request, [row for row in rows if row["is_ticked"]], form.cleaned_data)
        rows = [row for row in rows if row["error"] or not row["is_ticked"]]
        if entered:
            words = ngettext("%(count)s consent is entered.", "%(count)s consents are entered.", entered)
            messages.success(request, words % {"count": entered})
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
            if standing.states[kind] in (State.VALID, State.NOT_NEEDED):
                continue
            person, giver = standing.person, giver_of(standing.person, kind, year=today.year)
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
                    "needs_name": giver != SUBJECT,
                    "is_ticked": key in ticked if is_posted else True,
                    "error": "",
                }
            )
    return rows


def _enter(request, rows, values):
    """Enter what is ticked, each row by itself; a row that is refused keeps its sentence. Returns how many went in."""
    entered = 0
    for row in rows:
        name = row["name"].strip() if row["given_by"] != SUBJECT else ""
        try:
            give_consent(
                row["person"],
                row["kind"],
                by=request.user,
                given_by=row["given_by"] or None,
                representative_name=name,
                **values,
            )
        except ValidationError as error:
            row["error"] = " ".join(error.messages)
        else:
            entered += 1
    return entered


# --- tasks after withdrawals ------------------------------------------------------------------------------------------
def removal_tasks(request):
    """What is to be taken down or destroyed, the earliest last day first; what is done stands below."""
    organization = workspace_organization(request, "participants.view_consents")
    tasks = RemovalTask.objects.visible_to(request.user).filter(consent__person__organization=organization)
    tasks = tasks.select_related("consent__person", "done_by").prefetch_related("done_by__people")
    return _render_tasks(request, organization, tasks)


@require_POST
def removal_task_done(request, pk):
    task = get_visible(RemovalTask, request.user, pk=pk, allowed="participants.manage_consents")
    form = DoneForm(request.POST, prefix=f"task-{task.pk}")
    if form.is_valid():
        try:
            finish_task(task, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Done: %(what)s") % {"what": task.what})
            return redirect("participants:removal-tasks")
    organization = task.organization
    tasks = RemovalTask.objects.visible_to(request.user).filter(consent__person__organization=organization)
    return _render_tasks(request, organization, tasks.select_related("consent__person", "done_by"), refused=form)


DONE_SHOWN = 50


def _render_tasks(request, organization, tasks, refused=None):
    today = request.workspace.today
    may_manage = request.user.has_perm("participants.manage_consents", organization)
    lines = []
    for task in tasks.open():
        prefix = f"task-{task.pk}"
        is_refused = refused is not None and refused.prefix == prefix
        form = refused if is_refused else DoneForm(prefix=prefix, initial={"done_on": today})
        lines.append({"task": task, "form": form, "is_late": task.is_late(today)})
    context = {
        "lines": lines,
        "done": tasks.exclude(done_on=None).order_by("-done_on", "-pk")[:DONE_SHOWN],
        "may_manage": may_manage,
    }
    return render(request, "participants/removal_tasks.html", context, status=422 if refused else 200)
