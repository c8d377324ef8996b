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
from mentorship.undo import last_act, remember_act, take_back
from participants.consent_filters import ConsentFilter, ConsentRegisterFilter
from participants.consent_register import consents_of, lines_of_consents, lines_of_people, register_workbook
from participants.consent_rules import LACKING, OPTIONAL_KINDS, Age, State, age_in
from participants.consent_tables import ConsentRegisterTable, ConsentTable
from participants.consents import (
    SUBJECT,
    address_of,
    ask_by_letter,
    ask_consent,
    blanks_in,
    email_of,
    finish_task,
    give_consent,
    giver_of,
    is_overtaken,
    keep_paper,
    keep_scan,
    link_ends_on,
    people_of_year,
    refuse_consent,
    send_links,
    standings,
    text_for,
    undo_entry,
    withdraw_consent,
)
from participants.forms.consents import ConsentForm, DoneForm, PaperForm, PileForm, RefuseForm, ScanForm, WithdrawForm
from participants.history import note_reading
from participants.models import Consent, ConsentKind, Person, RemovalTask
from participants.registries import ADDRESSES, TITLES
from participants.scans import CONTENT_TYPES
from participants.templatetags.consents import consent_kind

MAX_KEY_LENGTH = 18  # a longer number is no key of any row


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
            "undo": _undo_of(self.request, self.organization),
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
            _remember_entered(request, person.organization, [given])
            return redirect(given)
    return _render_kind(request, person, kind, form=form)


@require_POST
def consent_paper(request, pk):
    """Enter the signed paper of a consent that was confirmed by the link."""
    found = get_visible(Consent, request.user, pk=pk, allowed="participants.manage_consents")
    form = _paper_form(found, request.POST, request.FILES)
    if form.is_valid():
        try:
            kept = keep_paper(found, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            _remember_entered(request, found.organization, [kept])
            return redirect(kept)
    return _render_kind(request, found.person, found.kind, paper_form=form)


def _undo_name(organization):
    return f"consents-{organization.pk}"


def _remember_entered(request, organization, entered):
    """Say how many were entered, with the way back for ten minutes."""
    if not entered:
        return
    if len(entered) == 1:
        said = _("The consent of %(person)s is entered.") % {"person": entered[0].person}
    else:
        words = ngettext("%(count)s consent is entered.", "%(count)s consents are entered.", len(entered))
        said = words % {"count": len(entered)}
    data = {"consents": [consent.pk for consent in entered]}
    remember_act(request.user, _undo_name(organization), said=said, data=data)


@require_POST
def consents_undo(request):
    """The consents that were entered last are taken back."""
    organization = workspace_organization(request, "participants.manage_consents")
    data = take_back(request.user, _undo_name(organization))
    if data is None:
        messages.warning(request, _("There is nothing to take back: ten minutes are over, or it was done already."))
        return redirect("participants:consents")
    undone = []
    for found in Consent.objects.filter(pk__in=data["consents"], person__organization=organization):
        try:
            undone.append(undo_entry(found, by=request.user))
        except ValidationError as error:
            messages.error(request, f"{found}: {' '.join(error.messages)}")
    if undone:
        words = ngettext("%(count)s entry is taken back.", "%(count)s entries are taken back.", len(undone))
        messages.success(request, words % {"count": len(undone)})
    return redirect(undone[0] if len(undone) == 1 else "participants:consents")


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
    form = ScanForm(data, files, is_replaced=bool(consent.scan), auto_id=f"id_scan_{consent.pk}_%s")
    return _with_consent(form, consent)


def _paper_form(consent, data=None, files=None, **kwargs):
    return _with_consent(PaperForm(data, files, auto_id=f"id_paper_{consent.pk}_%s", **kwargs), consent)


def _with_consent(form, consent):
    form.consent_pk = consent.pk
    return form


def _form_of(consent, refused):
    """The refused form, where it is the one of this consent: a page holds a form for each."""
    return refused if refused is not None and refused.consent_pk == consent.pk else None


def _render_kind(request, person, kind, *, form=None, withdraw_form=None, scan_form=None, paper_form=None):
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
        "is_asked_again": kind in standing.asked_again,
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
        "undo": _undo_of(request, person.organization),
    }
    for each in own:
        each.withdraw_form = _form_of(each, withdraw_form) or _withdraw_form(each, initial={"withdrawn_on": today})
        each.scan_form = _form_of(each, scan_form) or _scan_form(each)
        each.paper_form = _form_of(each, paper_form) or _paper_form(each, initial={"signed_on": today})
        each.takes_withdrawal = each.status == Consent.Status.GIVEN
        each.takes_paper = each.takes_withdrawal and not each.has_paper
        each.takes_scan = each.status in (Consent.Status.GIVEN, Consent.Status.WITHDRAWN) and each.has_paper
        each.takes_scan = each.takes_scan and each.destroyed_on is None
        each.is_overtaken = is_overtaken(each, year=today.year)
        each.is_to_be_renewed = each.is_in_force(today) and each.is_to_renew(today)
        each.link = request.build_absolute_uri(reverse("consent-link", args=[each.token]))
        each.link_ends_on = link_ends_on(each)
    shown = {form for each in own for form in _forms_shown(each)}
    for refused in (withdraw_form, scan_form, paper_form):
        if refused is not None and refused.errors and refused not in shown:
            # Another tab has taken the step already: the form is there no more, its sentence is said above.
            messages.error(request, " ".join(each for errors in refused.errors.values() for each in errors))
    has_errors = any(each is not None and each.errors for each in (form, withdraw_form, scan_form, paper_form))
    return render(request, "participants/consent_kind.html", context, status=422 if has_errors else 200)


def _forms_shown(consent):
    """The forms that the page offers for a consent."""
    forms = [
        (consent.takes_withdrawal, consent.withdraw_form),
        (consent.takes_paper, consent.paper_form),
        (consent.takes_scan, consent.scan_form),
    ]
    return [form for is_shown, form in forms if is_shown]


def _undo_of(request, organization):
    said = last_act(request.user, _undo_name(organization))
    return {"said": said, "address": reverse("participants:consents-undo")}


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
    """Add the scan to a consent that was entered without it, or put another one in the place of a wrong one."""
    found = get_visible(Consent, request.user, pk=pk, allowed="participants.manage_consents")
    form = _scan_form(found, request.POST, request.FILES)
    if form.is_valid():
        try:
            keep_scan(found, form.cleaned_data["scan"], by=request.user, why=form.cleaned_data.get("why", ""))
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
    form = PileForm(
        request.POST or None,
        organization=organization,
        kinds=[kind for kind in ConsentKind.values if any(row["kind"] == kind for row in rows)],
        initial={"given_on": today},
    )
    if request.method == "POST" and form.is_valid():
        entered = _enter(request, [row for row in rows if row["is_ticked"]], form)
        rows = [row for row in rows if row["error"] or not row["is_ticked"]]
        _remember_entered(request, organization, entered)
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
            if task.done_on:  # another tab was quicker, and the form is on the page no more
                messages.error(request, f"{task.what}: {' '.join(error.messages)}")
                return redirect("participants:removal-tasks")
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
