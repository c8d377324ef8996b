"""Many papers at once: whom for, the job, what came of it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import FileResponse, Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from documents.batches import go_on, start_batch, values_for
from documents.forms import add_broken_rule
from documents.letter_contents import Subject
from documents.letter_forms import AgreementsForm, BatchForm
from documents.letter_kinds import ADDENDUM, LETTER_KINDS
from documents.letters import may_have_addendum
from documents.models import Agreement, PaperBatch
from documents.paper_texts import AGREEMENT
from documents.views.letters import pages_shown
from mentorship.lists import as_download
from mentorship.permissions import get_visible, require
from participants.models import MenteeEntry, MentorEntry, Person
from programs.models import Pair, Program
from programs.models.pairs import with_members

SHOWN = 500
FILES = {"merged": "pdf", "zipped": "zip"}


def batch_new(request, kind, program_pk):
    """Whom the papers are for and what they say; the button begins the job."""
    program = get_visible(Program.objects.select_related("organization"), request.user, pk=program_pk)
    require(request.user, "documents.make_letters", program.organization)
    form = _form(request, kind, program)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        token, pairs = values.pop("token"), values.pop("pairs", ())
        people, outside = values.pop("people", ()), values.pop("outside", ())
        try:
            batch, job = start_batch(
                kind,
                program.organization,
                by=request.user,
                token=token,
                program=program,
                pairs=pairs,
                people=people,
                outside=outside,
                values=values,
            )
        except ValidationError as error:
            add_broken_rule(form, error)
        else:
            return redirect(job or batch)
    # Agreements are there already: each is opened as it was filed.
    preview_url = reverse("documents:batch-preview", args=[kind, program.pk]) if kind in LETTER_KINDS else ""
    context = {"form": form, "program": program, "title": _title(kind), "preview_url": preview_url}
    return render(request, "documents/batch_form.html", context, status=422 if form.errors else 200)


@require_POST
def batch_preview(request, kind, program_pk):
    """The first of the papers with what stands in the form now."""
    program = get_visible(Program.objects.select_related("organization"), request.user, pk=program_pk)
    require(request.user, "documents.make_letters", program.organization)
    if kind not in LETTER_KINDS:
        raise Http404
    form = _form(request, kind, program)
    return render(request, "documents/_pages_preview.html", pages_shown(form, lambda: _first_of(form, kind, program)))


def _first_of(form, kind, program):
    """(kind, subject, values) of the first paper that the form asks for."""
    values = dict(form.cleaned_data)
    pair, person, outside = (next(iter(values.get(name) or ()), None) for name in ("pairs", "people", "outside"))
    subject = Subject(
        program.organization, program=program, pair=pair, person=person, outside="" if person else outside or ""
    )
    return LETTER_KINDS[kind], subject, values_for(subject, values)


def batch(request, pk):
    """What a batch has made: the files, the papers, what was left out and why."""
    found = get_visible(PaperBatch.objects.select_related("program"), request.user, pk=pk)
    items = found.items.select_related("paper__letter", "paper__agreement", "pair__mentor", "person")
    context = {
        "batch": found,
        "title": _title(found.kind),
        "items": items.filter(paper__isnull=False).order_by("place")[:SHOWN],
        "count": items.filter(paper__isnull=False).count(),
        "refused": items.exclude(refusal="").prefetch_related(with_members("pair__members")).order_by("place")[:SHOWN],
        "is_unfinished": not found.merged,
        "may_make": request.user.has_perm("documents.make_letters", found.organization),
    }
    return render(request, "documents/batch.html", context)


@require_POST
def batch_go_on(request, pk):
    """Begin the job of an unfinished batch anew: it goes on where it stood."""
    found = get_visible(PaperBatch, request.user, pk=pk)
    require(request.user, "documents.make_letters", found.organization)
    job = go_on(found, by=request.user)
    if job is None:
        messages.info(request, _("Everything is made already."))
        return redirect(found)
    return redirect(job)


def batch_file(request, pk, form):
    """The one file, or the zip."""
    found = get_visible(PaperBatch, request.user, pk=pk)
    if form not in FILES or not getattr(found, form):
        raise Http404
    response = FileResponse(getattr(found, form).open("rb"))
    name = f"{_title(found.kind)} {found.made_at:%d.%m.%Y}.{FILES[form]}"
    return as_download(response, name, inline="inline" in request.GET and form == "merged")


def _form(request, kind, program):
    data = request.POST if request.method == "POST" else None
    if kind == AGREEMENT:
        made = Agreement.objects.filter(pair__program=program)
        if request.GET.get("order", "").isdigit():
            made = made.filter(order=request.GET["order"])
        return AgreementsForm(data, pairs=Pair.objects.filter(pk__in=made.values("pair")).for_register())
    if kind not in LETTER_KINDS or not LETTER_KINDS[kind].bulk:
        raise Http404
    pairs = may_have_addendum(program) if kind == ADDENDUM else program.pairs.not_ended().for_register()
    if request.GET.get("order", "").isdigit():
        pairs = pairs.filter(orders=request.GET["order"])
    year = program.school_year
    registered = Person.objects.filter(organization=program.organization, depersonalized_on=None)
    mentors, mentees = MentorEntry.objects.filter(school_year=year), MenteeEntry.objects.filter(school_year=year)
    in_registries = Q(pk__in=mentors.values("person")) | Q(pk__in=mentees.values("person"))
    people = registered.filter(in_registries).in_order()
    return BatchForm(
        data, kind=LETTER_KINDS[kind], program=program, pairs=pairs, people=people, today=request.workspace.today
    )


def _title(kind):
    return str(LETTER_KINDS[kind].name).capitalize() if kind in LETTER_KINDS else _("Agreements")
