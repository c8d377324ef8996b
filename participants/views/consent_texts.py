"""Texts of consents: which are in use, their versions, a new version of the organization."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, F, Q
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from mentorship.permissions import require, workspace_organization
from participants.consent_texts import PLACEHOLDERS
from participants.consent_versions import save_text, text_for
from participants.forms.consents import ConsentTextForm, RequisitesForm
from participants.models import Consent, ConsentKind, ConsentText, Organization

# Without these a paper about data has a line to be filled by hand.
REQUISITES = ("inn", "ogrn", "address", "data_processor", "site_url")


def consent_texts(request):
    """The text in use for each kind."""
    organization = workspace_organization(request, "participants.view_consents")
    texts = [text_for(organization, kind) for kind in ConsentKind.values]
    signed = dict(
        Consent.objects.filter(person__organization=organization, text__in=texts)
        .exclude(given_on=None)
        .values_list("text")
        .annotate(people=Count("person", distinct=True))
    )
    for text in texts:
        text.people_count = signed.get(text.pk, 0)
    context = {
        "texts": texts,
        "organization": organization,
        "missing": [
            Organization._meta.get_field(name).verbose_name for name in REQUISITES if not getattr(organization, name)
        ],
        "may_manage": request.user.has_perm("participants.manage_consents", organization),
    }
    return render(request, "participants/consent_texts.html", context)


def consent_requisites(request):
    """What the papers say of the organization: its numbers, who processes for it, where it publishes."""
    organization = workspace_organization(request, "participants.manage_consents")
    form = RequisitesForm(request.POST or None, instance=organization)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("The requisites are saved: papers and links show them from now on."))
        return redirect("participants:consent-texts")
    return render(request, "participants/consent_requisites.html", {"form": form}, status=422 if form.errors else 200)


def consent_text(request, kind):
    """Read the text in use and its versions; a curator writes the next version."""
    if kind not in ConsentKind.values:
        raise Http404
    organization = workspace_organization(request, "participants.view_consents")
    used = text_for(organization, kind)
    may_manage = request.user.has_perm("participants.manage_consents", organization)
    form = None
    if may_manage:
        values = {name: getattr(used, name) for name in ConsentTextForm.Meta.fields}
        blank = ConsentText(organization=organization, kind=kind, **values)
        form = ConsentTextForm(request.POST or None, instance=blank)
    if request.method == "POST":
        require(request.user, "participants.manage_consents", organization)
        if form.is_valid():
            try:
                saved = save_text(organization, kind, by=request.user, **form.cleaned_data)
            except ValidationError as error:
                form.add_error(None, error.messages)
            else:
                _say_what_was_saved(request, saved, used)
                return redirect("participants:consent-text", kind)
    versions = ConsentText.objects.filter(Q(organization=organization) | Q(organization=None), kind=kind)
    own_consents = Count("consents", filter=Q(consents__person__organization=organization))
    context = {
        "kind": kind,
        "text": used,
        "form": form,
        "versions": versions.annotate(consent_count=own_consents).order_by(
            F("organization_id").desc(nulls_last=True), "-version"
        ),
        "placeholders": PLACEHOLDERS.items(),
    }
    return render(request, "participants/consent_text.html", context, status=422 if form and form.errors else 200)


def _say_what_was_saved(request, saved, used):
    if saved.pk == used.pk and saved.organization_id is None:
        messages.info(request, _("Nothing was changed: the ready text stays in use."))
    else:
        messages.success(
            request, _("Version %(version)s of the organization is in use from now on.") % {"version": saved.version}
        )
