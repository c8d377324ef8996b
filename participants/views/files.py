"""What is done with a person's file as a whole: handing it out, another name, joining two files, depersonalization."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from mentorship.lists import as_download
from mentorship.pdf import PAPER_LANGUAGE
from mentorship.permissions import get_visible, workspace_organization
from participants.depersonalization import depersonalize, hindrances_to_depersonalize
from participants.forms.files import DepersonalizeForm, NameChangeForm, OtherFileForm
from participants.history import note_reading
from participants.holdings import held_about, places_to_look_at
from participants.merging import FIELDS, merge_people, preview_merge
from participants.models import DepersonalizationAct, Person
from participants.name_changes import change_name
from participants.people import KnownPeople, Who, name_of
from participants.subject_access import subject_access_json, subject_access_pdf

OFFERED = 20
PAGE_SIZE = 50


def _file(request, pk, allowed):
    return get_visible(Person.objects.select_related("organization", "user"), request.user, pk=pk, allowed=allowed)


def person_held(request, pk):
    """Everything held about a person: on the page, or as a file (`?format=pdf`, `?format=json`)."""
    found = _file(request, pk, "participants.hand_out_file")
    note_reading(found)
    today = timezone.localdate()
    kind = request.GET.get("format", "")
    if kind == "pdf":
        response = HttpResponse(subject_access_pdf(found, on=today), content_type="application/pdf")
    elif kind == "json":
        with override(PAPER_LANGUAGE):
            content = subject_access_json(found, on=today)
        response = HttpResponse(content, content_type="application/json; charset=utf-8")
    elif kind:
        raise Http404
    else:
        return render(request, "participants/person_held.html", {"person": found, "sections": held_about(found)})
    return as_download(response, _("Data of %(person)s.%(kind)s") % {"person": found.short_name, "kind": kind})


def person_name(request, pk):
    """A new name from a day on; former papers keep the former one."""
    found = _file(request, pk, "participants.manage_registry")
    if request.method == "GET":
        note_reading(found)
    names = {"last_name": found.last_name, "first_name": found.first_name, "patronymic": found.patronymic}
    form = NameChangeForm(request.POST or None, initial=names)
    if request.method == "POST" and form.is_valid():
        try:
            change_name(
                found,
                form.name,
                changed_on=form.cleaned_data["changed_on"],
                by=request.user,
                today=timezone.localdate(),
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The new name is recorded; approved papers keep the former one."))
            return redirect(found)
    context = {"person": found, "form": form}
    return render(request, "participants/person_name.html", context, status=422 if form.errors else 200)


def person_merge(request, pk):
    """Two files of one person: choose the other one (`?q=` finds it), look at what becomes of both, join them."""
    found = _file(request, pk, "participants.manage_registry")
    if request.method == "GET":
        note_reading(found)
    text = request.GET.get("q", "").strip()
    people = found.organization.people.exclude(pk=found.pk).filter(depersonalized_on=None)
    offered = people.filter(pk__in=_offered(found, people, text)).in_order()
    chosen = request.POST.get("other") or request.GET.get("other")
    if not chosen:
        context = {"person": found, "form": OtherFileForm(people=offered), "offered": offered, "text": text}
        return render(request, "participants/merge_choose.html", context)
    form = OtherFileForm({"other": chosen}, people=people)
    if not form.is_valid():
        context = {"person": found, "form": form, "offered": offered, "text": text}
        return render(request, "participants/merge_choose.html", context, status=422)
    other = form.cleaned_data["other"]
    if request.method == "POST":
        from_dropped = [name for name in FIELDS if request.POST.get(f"field-{name}") == "dropped"]
        try:
            kept = merge_people(found, other, by=request.user, from_dropped=from_dropped)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("The two files are one now: %(person)s.") % {"person": kept})
            return redirect(kept)
    if request.method == "GET":
        note_reading(other)
    context = {"person": found, "other": other, "preview": preview_merge(found, other, by=request.user)}
    return render(request, "participants/merge_preview.html", context)


def _offered(person, people, text):
    """Those who may be the same: found by the words of the search, else by likeness of name, e-mail and phone."""
    if text:
        return list(people.matching(text).in_order().values_list("pk", flat=True)[:OFFERED])
    known = KnownPeople.of(person.organization, without=person)
    similar = known.similar(Who(name_of(person), person.birth_year, person.email, person.phone))
    namesakes = people.filter(last_name__iexact=person.last_name, first_name__istartswith=person.first_name[:1])
    return [*(each.pk for each in similar), *namesakes.values_list("pk", flat=True)[:OFFERED]]


def person_depersonalize(request, pk):
    """What goes and what stays is read first; then the names go for ever, and an act is drawn up."""
    found = _file(request, pk, "participants.depersonalize")
    hindrances = hindrances_to_depersonalize(found, by=request.user)
    form = DepersonalizeForm(request.POST or None)
    if request.method == "POST" and not hindrances and form.is_valid():
        try:
            with override(PAPER_LANGUAGE):
                ground = form.ground_in_words
            act = depersonalize(found, ground=ground, by=request.user, today=timezone.localdate())
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The person is depersonalized. Print the act and keep it."))
            return redirect(act)
    if request.method == "GET":
        note_reading(found)
    shown = {} if hindrances else {"places": places_to_look_at(found), "sections": held_about(found)}
    context = {"person": found, "form": form, "hindrances": hindrances, **shown}
    status = 422 if form.errors or (request.method == "POST" and hindrances) else 200
    return render(request, "participants/person_depersonalize.html", context, status=status)


def depersonalization_acts(request):
    """The acts of the organization, the newest first."""
    organization = workspace_organization(request, "participants.view_registry")
    acts = DepersonalizationAct.objects.visible_to(request.user).filter(organization=organization)
    page = Paginator(acts.select_related("person", "made_by"), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "participants/depersonalization_acts.html", {"page": page})


def depersonalization_act(request, pk):
    """The act as it was drawn up: on the page, or its file (`?format=pdf`)."""
    act = get_visible(DepersonalizationAct.objects.select_related("organization", "person"), request.user, pk=pk)
    if request.GET.get("format") == "pdf":
        response = HttpResponse(act.pdf.read(), content_type="application/pdf")
        return as_download(response, f"{act}.pdf", inline=True)
    return render(request, "participants/depersonalization_act.html", {"act": act})
