"""Letters: what other papers there are of a programme, a pair, a person, an order; a new one, its preview, its file."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from documents.blanks import blank_of
from documents.forms import add_broken_rule
from documents.letter_contents import Subject
from documents.letter_forms import BackgroundForm, LetterForm
from documents.letter_kinds import LETTER_KINDS, ORDER, PAIR, PERSON, PROGRAM, kinds_about
from documents.letters import check_fits, make_letter, preview
from documents.models import Letter, Order, PaperBatch
from documents.previewing import UNPRINTABLE, pages_of
from documents.printing import paper_pdf
from documents.views.files import give_frozen
from documents.views.pages import filed_pages
from mentorship.lists import as_download
from mentorship.pdf import PaperError
from mentorship.permissions import get_visible, require, workspace_organization
from participants.models import Person
from programs.models import Pair, Program

SHOWN = 200


def letters_of(request, about, pk):
    """The papers about one thing, and the kinds that can be made of it."""
    subject, found = _subject(request, about, pk)
    require(request.user, "documents.view_papers", subject.organization)
    letters = Letter.objects.visible_to(request.user).for_list()
    letters = letters.of_person(found) if about == PERSON else letters.filter(**{about: found})
    may_make = request.user.has_perm("documents.make_letters", subject.organization)
    context = {
        "found": found,
        "about": about,
        "letters": list(letters[:SHOWN]),
        "kinds": [kind for kind in kinds_about(about) if _fits(kind, subject)] if may_make else [],
        "bulk_kinds": [kind for kind in LETTER_KINDS.values() if kind.bulk] if may_make and about == PROGRAM else [],
        "batches": _batches(request, found) if about == PROGRAM else [],
    }
    return render(request, "documents/letters.html", context)


def letter_new(request, kind, pk):
    """The form of a kind; “Show as printed” gives the PDF, the other button makes the paper for good."""
    kind = _kind(kind)
    subject, found = _subject(request, kind.subject, pk)
    require(request.user, "documents.make_letters", subject.organization)
    data = request.POST if request.method == "POST" else None
    initial = {"person": request.GET.get("person")} if request.GET.get("person", "").isdigit() else {}
    curator = Person.objects.filter(organization=subject.organization, user=request.user).first()
    form = LetterForm(data, kind=kind, subject=subject, today=request.workspace.today, curator=curator, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            if "preview" in request.POST:
                content, _number = preview(kind, subject, form.cleaned_data)
                return _pdf(paper_pdf(kind.key, content), str(kind.name), inline=True)
            letter = make_letter(kind, subject, form.cleaned_data, by=request.user)
        except ValidationError as error:
            add_broken_rule(form, error)
        except PaperError:
            form.add_error(None, UNPRINTABLE)
        else:
            messages.success(request, _("The paper is made. Its file will be there in a moment."))
            return redirect(letter)
    preview_url = reverse("documents:letter-preview", args=[kind.key, pk])
    context = {"form": form, "kind": kind, "found": found, "preview_url": preview_url}
    return render(request, "documents/letter_form.html", context, status=422 if form.errors else 200)


@require_POST
def letter_preview(request, kind, pk):
    """The pages of the paper with what stands in its form now, or what the form still wants."""
    kind = _kind(kind)
    subject, _found = _subject(request, kind.subject, pk)
    require(request.user, "documents.make_letters", subject.organization)
    form = LetterForm(request.POST, kind=kind, subject=subject, today=request.workspace.today)
    return render(
        request, "documents/_pages_preview.html", pages_shown(form, lambda: (kind, subject, form.cleaned_data))
    )


def pages_shown(form, what):
    """{pages, faults, wanted} for the place beside a form; `what` gives (kind, subject, values) of a form that is right."""
    if not form.is_valid():
        wanted = [form.fields[name].label for name in form.errors if name in form.fields]
        return {"wanted": wanted, "faults": form.non_field_errors()}
    kind, subject, values = what()
    try:
        content, _number = preview(kind, subject, values)
        return {"pages": pages_of(kind.key, content)}
    except ValidationError as error:
        return {"faults": error.messages}
    except PaperError:
        return {"faults": [UNPRINTABLE]}


def letter(request, pk):
    """One paper as it is printed: what it is about, whom it names, its file."""
    found = get_visible(Letter.objects.for_list(), request.user, pk=pk)
    paper = found.paper
    context = {"letter": found, "paper": paper, "people": paper.people.in_order(), "pages": filed_pages(paper)}
    return render(request, "documents/letter.html", context)


def letter_file(request, pk):
    """The file as it was frozen; `?inline=1` opens it in the browser."""
    found = get_visible(Letter.objects.for_list(), request.user, pk=pk)
    return give_frozen(request, found.paper, str(found).replace("/", "-"))


def background(request):
    """On what letters of thanks and certificates are printed, and whether they have a place for the seal."""
    organization = workspace_organization(request, "documents.make_letters")
    is_sent = request.method == "POST"
    form = BackgroundForm(
        request.POST if is_sent else None, request.FILES if is_sent else None, instance=blank_of(organization)
    )
    if is_sent and form.is_valid():
        form.save()
        messages.success(request, _("The background is kept. Papers that are made from now on have it."))
        return redirect("documents:letter-background")
    return render(request, "documents/letter_background.html", {"form": form}, status=422 if form.errors else 200)


def _kind(key):
    if key not in LETTER_KINDS:
        raise Http404
    return LETTER_KINDS[key]


def _subject(request, about, pk):
    """(Subject, the object) that the address names; 404 for what the user does not see."""
    user = request.user
    if about == PAIR:
        pair = get_visible(Pair.objects.for_register(), user, pk=pk)
        return Subject(pair.organization, program=pair.program, pair=pair), pair
    if about == PROGRAM:
        program = get_visible(Program.objects.select_related("organization"), user, pk=pk)
        return Subject(program.organization, program=program), program
    if about == ORDER:
        order = get_visible(Order.objects.for_page(), user, pk=pk)
        if not order.is_approved:
            raise Http404
        return Subject(order.organization, program=order.program, order=order), order
    if about == PERSON:
        person = get_visible(Person.objects.select_related("organization"), user, pk=pk, depersonalized_on=None)
        year = request.workspace.school_year.start
        program = Program.objects.filter(organization=person.organization, school_year=year).first()
        return Subject(person.organization, program=program, person=person), person
    raise Http404


def _fits(kind, subject):
    try:
        check_fits(kind, subject)
    except ValidationError:
        return False
    return True


def _batches(request, program):
    batches = PaperBatch.objects.visible_to(request.user).filter(program=program)[:10]
    return [(each, LETTER_KINDS[each.kind].name if each.kind in LETTER_KINDS else _("agreements")) for each in batches]


def _pdf(content, name, *, inline):
    return as_download(HttpResponse(content, content_type="application/pdf"), f"{name}.pdf", inline=inline)
