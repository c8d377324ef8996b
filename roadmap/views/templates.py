"""Templates of an education office: kept and handed down by its coordinator, taken or declined by each organization."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count, F, Q
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from mentorship.lists import MAX_KEY_LENGTH
from mentorship.permissions import get_visible, require, workspace_organization
from mentorship.school_year import SchoolYear
from participants.models import Organization
from roadmap import handing_down
from roadmap.forms import DeclineForm, HandDownForm, TakeReadyForm
from roadmap.models import Roadmap, TemplateOffer
from roadmap.ready_roadmaps import ready_roadmaps
from roadmap.template_comparing import update_of
from roadmap.template_updating import apply_update


def template_list(request):
    """For an office its templates and how to make one; for an organization what it was offered."""
    organization = workspace_organization(request, "roadmap.import_roadmap")
    if not organization.is_office:
        offers = TemplateOffer.objects.visible_to(request.user).filter(organization=organization)
        rows = offers.select_related("template__organization", "organization", "edition", "taken_edition", "roadmap")
        return render(request, "roadmap/offer_list.html", {"offers": rows, "organization": organization})
    taken = Q(offers__status=TemplateOffer.Status.TAKEN)
    templates = Roadmap.objects.filter(organization=organization, is_template=True).annotate(
        offered_count=Count("offers"),
        taken_count=Count("offers", filter=taken),
        older_count=Count("offers", filter=taken & ~Q(offers__taken_edition=F("offers__edition"))),
        declined_count=Count("offers", filter=Q(offers__status=TemplateOffer.Status.DECLINED)),
    )
    context = {
        "templates": templates,
        "organization": organization,
        "ready": ready_roadmaps(request.workspace.school_year.start),
        "plans": Roadmap.objects.plans().filter(organization=organization),
    }
    return render(request, "roadmap/template_list.html", context)


@require_POST
def template_mark(request, pk):
    """A roadmap of the office becomes a template, or a plan of the office again."""
    roadmap = get_visible(Roadmap, request.user, pk=pk, allowed="roadmap.hand_down")
    try:
        roadmap = handing_down.mark_template(roadmap, request.POST.get("is_template") == "1")
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        done = _("This is a template now: hand it down to the organizations when it is ready.")
        messages.success(request, done if roadmap.is_template else _("This is a plan of the office again."))
    return redirect(roadmap)


def template_copy(request, pk):
    """A template made of the roadmap of an organization below the office; the roadmap itself stays as it is."""
    office = workspace_organization(request, "roadmap.hand_down")
    source = get_visible(Roadmap.objects.select_related("organization"), request.user, pk=pk)
    form = TakeReadyForm(request.POST or None, initial={"title": source.title})
    if request.method == "POST" and form.is_valid():
        try:
            made = handing_down.template_from(source, office=office, title=form.cleaned_data["title"], by=request.user)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("The template is made: take out of it what belongs to one organization alone."))
            return redirect(made)
    context = {"source": source, "form": form, "office": office}
    return render(request, "roadmap/template_copy.html", context, status=422 if form.errors else 200)


def hand_down(request, pk):
    """What has changed since the last edition, who has the template, and the button that hands it down."""
    template = get_visible(
        Roadmap.objects.filter(is_template=True).select_related("organization"),
        request.user,
        pk=pk,
        allowed="roadmap.hand_down",
    )
    below = Organization.objects.below(template.organization).working().order_by("short_name", "pk")
    form = HandDownForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            chosen = _chosen(below, form.cleaned_data["whom"], request.POST.getlist("row"))
            offers = handing_down.hand_down(template, chosen, note=form.cleaned_data["note"], by=request.user)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            words = ngettext(
                "The template is handed down to %(count)s organization.",
                "The template is handed down to %(count)s organizations.",
                len(offers),
            )
            messages.success(request, words % {"count": len(offers)})
            return redirect("roadmap:hand-down", pk)
    last, changes = handing_down.changes_to_hand_down(template)
    offers = template.offers.select_related("edition", "taken_edition", "roadmap")
    by_organization = {offer.organization_id: offer for offer in offers}
    ticked = set(request.POST.getlist("row"))
    context = {
        "template": template,
        "last": last,
        "changes": changes,
        "rows": [(each, by_organization.get(each.pk), str(each.pk) in ticked) for each in below],
        "form": form,
        "editions": template.editions.select_related("handed_by"),
    }
    return render(request, "roadmap/hand_down.html", context, status=422 if form.errors else 200)


def _chosen(below, whom, keys):
    """The organizations of a choice of HandDownForm: all, those of a kind, or those ticked."""
    if whom == "all":
        return below
    if whom == "chosen":
        return below.filter(pk__in=[key for key in keys if key.isdecimal() and len(key) <= MAX_KEY_LENGTH])
    return below.filter(kind=whom)


def _offer(request, pk):
    rows = TemplateOffer.objects.select_related(
        "template__organization", "organization", "edition", "taken_edition", "roadmap"
    )
    offer = get_visible(rows, request.user, pk=pk)
    require(request.user, "roadmap.import_roadmap", offer.organization)
    return offer


def offer_shown(request, pk):
    """The template as it would be in the organization: take it, or decline it."""
    offer = _offer(request, pk)
    if offer.status == TemplateOffer.Status.TAKEN:
        if offer.roadmap is None:
            raise Http404
        return redirect(reverse("roadmap:offer-update", args=[pk]) if offer.has_update else offer.roadmap)
    years = _years(offer, request.workspace.school_year)
    asked = request.GET.get("year", "")
    year = next((each for each in years if str(each.start) == asked), years[0])
    reading, stages = handing_down.propose_taking(offer, year.start)
    form = TakeReadyForm(request.POST or None, initial={"title": reading.title})
    if request.method == "POST" and form.is_valid():
        edition = request.POST.get("edition", "")
        try:
            made = handing_down.take_offer(
                offer,
                school_year=year.start,
                title=form.cleaned_data["title"],
                edition=int(edition) if edition.isdecimal() and len(edition) <= MAX_KEY_LENGTH else 0,
                by=request.user,
            )
        except ValidationError as error:
            form.add_error(None, error.messages)
            offer = _offer(request, pk)
            reading, stages = handing_down.propose_taking(offer, year.start)
        else:
            messages.success(request, _("The roadmap is yours now: change in it what is different with you."))
            return redirect(made)
    told = {remark for stage in stages for each in stage.activities for remark in each.remarks}
    context = {
        "offer": offer,
        "reading": reading,
        "stages": stages,
        "other_remarks": [remark for remark in reading.remarks if remark not in told],
        "form": form,
        "decline_form": DeclineForm(),
        "year": year,
        "years": years,
    }
    return render(request, "roadmap/offer.html", context, status=422 if form.errors else 200)


def _years(offer, current):
    first = offer.edition.content["school_year"]
    return [SchoolYear(start) for start in range(first, min(max(first, current.start) + 1, first + 10))]


@require_POST
def offer_decline(request, pk):
    offer = _offer(request, pk)
    form = DeclineForm(request.POST)
    try:
        if not form.is_valid():
            raise ValidationError(_("The reason is too long: 500 letters at most."))
        handing_down.decline_offer(offer, reason=form.cleaned_data["reason"], by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("The template is declined. You can still take it later."))
    return redirect("roadmap:template-list")


def offer_update(request, pk):
    """What the office has changed, beside what stands in the organization's roadmap; chosen line by line."""
    offer = _offer(request, pk)
    if not offer.has_update:
        if offer.roadmap is None:
            raise Http404
        return redirect(offer.roadmap)
    if not request.user.has_perm("roadmap.change_roadmap", offer.roadmap):
        raise PermissionDenied
    update = update_of(offer)
    chosen = {line.key for line in update.lines if not line.is_own}
    error_text, status = "", 200
    if request.method == "POST":
        chosen = set(request.POST.getlist("line"))
        shown = request.POST.get("shown", "")
        try:
            count = apply_update(offer, chosen, shown=shown, by=request.user, today=request.workspace.today)
        except ValidationError as error:
            offer = _offer(request, pk)
            update, error_text, status = update_of(offer), " ".join(error.messages), 409
        else:
            words = ngettext("%(count)s change is taken over.", "%(count)s changes are taken over.", count)
            messages.success(request, words % {"count": count} if count else _("Your roadmap stays as it was."))
            return redirect(offer.roadmap)
    context = {"offer": offer, "update": update, "chosen": chosen, "error_text": error_text, "roadmap": offer.roadmap}
    return render(request, "roadmap/offer_update.html", context, status=status)
