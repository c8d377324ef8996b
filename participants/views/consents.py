"""The page of a person and a kind of consent: given, asked for, refused, withdrawn, its paper and its scan."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from mentorship.lists import as_download
from mentorship.permissions import get_visible, workspace_organization
from mentorship.undo import last_act, remember_act, take_back
from participants.consent_asking import address_of, ask_consent, link_ends_on, send_links
from participants.consent_filing import keep_paper, keep_scan, undo_entry
from participants.consent_givers import is_overtaken
from participants.consent_rules import Age, State, age_in
from participants.consent_standing import standings
from participants.consents import give_consent, refuse_consent, withdraw_consent
from participants.forms.consents import ConsentForm, PaperForm, RefuseForm, ScanForm, WithdrawForm
from participants.history import note_reading
from participants.models import Consent, ConsentKind, Person
from participants.scans import CONTENT_TYPES

MAX_KEY_LENGTH = 18  # a longer number is no key of any row


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
            remember_entered(request, person.organization, [given])
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
            remember_entered(request, found.organization, [kept])
            return redirect(kept)
    return _render_kind(request, found.person, found.kind, paper_form=form)


def _undo_name(organization):
    return f"consents-{organization.pk}"


def remember_entered(request, organization, entered):
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
        "undo": undo_of(request, person.organization),
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


def undo_of(request, organization):
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


DONE_SHOWN = 50
