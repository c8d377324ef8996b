"""What the bar under a registry does with ticked rows: each act asks once more, and most can be taken back."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from mentorship.lists import BulkAct, file_response, sent_by_bar, ticked
from mentorship.permissions import workspace_organization
from mentorship.school_year import SchoolYear
from mentorship.undo import last_act, remember_act, take_back
from participants.accounts import invite_many
from participants.filters import FILTERS
from participants.forms.registries import SetFieldForm
from participants.models import Person
from participants.registries import ADDRESSES, ENTRY_MODELS, TITLES, entries_of
from participants.registry_bulk import (
    FIELDS,
    already_moved,
    move_on,
    open_rows,
    set_archived,
    set_field,
    undo,
    verbose_names,
)
from participants.registry_export import WRITERS, print_registry
from participants.registry_layouts import layout_for
from participants.views.printable import too_many

NAMED = 10


def registry_acts(kind, *, may_manage, archived=""):
    """The acts on ticked rows of a registry; `archived` is the filter of that name."""

    def act(label, name, icon, choices=()):
        return BulkAct(label, reverse(f"participants:registry-bulk-{name}", args=[kind]), icon, choices)

    acts = [act(_("Print"), "print", "bi-printer")]
    if may_manage:
        acts += [
            act(_("Fill in a field"), "set", "bi-pencil-square", verbose_names(kind)),
            act(_("Into the next year"), "next-year", "bi-arrow-right-square"),
            act(_("Invite to the portal"), "invite", "bi-envelope"),
        ]
        if archived != "only":
            acts.append(act(_("Archive"), "archive", "bi-archive"))
        if archived:
            acts.append(act(_("Bring back"), "bring-back", "bi-arrow-counterclockwise"))
    return acts


def _ticked(request, kind, permission):
    """(organization, ticked rows) of the workspace's registry. Raises Http404 for an unknown kind."""
    if kind not in ENTRY_MODELS:
        raise Http404
    organization = workspace_organization(request, permission)
    source = request.POST if request.method == "POST" else request.GET
    rows = entries_of(kind, organization, request.workspace.school_year.start)
    return organization, list(ticked(source, rows, FILTERS[kind]))


def _open_and_closed(entries):
    """(rows whose people may be written about, a sentence about those who were depersonalized or "")."""
    able = open_rows(entries)
    closed = len(entries) - len(able)
    sentence = ngettext(
        "%(count)s row of a depersonalized person is left as it is.",
        "%(count)s rows of depersonalized people are left as they are.",
        closed,
    )
    return able, sentence % {"count": closed} if closed else ""


def _only_closed(request, kind):
    messages.warning(request, _("All that are ticked were depersonalized: nothing is added to their files any more."))
    return redirect(ADDRESSES[kind])


def _ask(request, kind, entries, *, title, sentences, submit, form=None, status=200):
    """The page that says what will happen, with its button; `sentences` may be empty strings."""
    source = request.POST if request.method == "POST" else request.GET
    people = [entry.person.full_name for entry in entries]
    context = {
        "title": title,
        "sentences": [each for each in sentences if each],
        "submit": submit,
        "form": form,
        "sent": sent_by_bar(source, FILTERS[kind]),
        "choice": source.get("choice", ""),
        "named": people[:NAMED],
        "more_count": max(0, len(people) - NAMED),
        "registry_title": TITLES[kind],
        "registry_url": reverse(ADDRESSES[kind]),
    }
    return render(request, "participants/registry_bulk.html", context, status=status)


def _nothing_ticked(request, kind):
    messages.warning(request, _("Nobody was ticked: nothing was done."))
    return redirect(ADDRESSES[kind])


def _nothing_left(request, kind):
    """The last act, which can be taken back, stays the last one."""
    messages.info(request, _("Everything was so already: nothing was changed."))
    return redirect(ADDRESSES[kind])


def _done(request, kind, said, data):
    remember_act(request.user, _undo_name(request, kind), said=said, data=data)
    return redirect(ADDRESSES[kind])


def registry_set(request, kind):
    """One value of a field for all ticked rows."""
    _organization, entries = _ticked(request, kind, "participants.manage_registry")
    name = request.POST.get("choice") or request.GET.get("choice", "")
    if name not in FIELDS[kind]:
        raise Http404
    if not entries:
        return _nothing_ticked(request, kind)
    entries, closed = _open_and_closed(entries)
    if not entries:
        return _only_closed(request, kind)
    label = dict(verbose_names(kind))[name]
    form = SetFieldForm(request.POST or None, kind=kind, name=name)
    if request.method == "POST" and form.is_valid():
        try:
            data = set_field(kind, entries, name, by=request.user, **form.values())
        except ValidationError as error:
            form.add_error("value", error)
        else:
            count = len(data["before"])
            if not count:
                return _nothing_left(request, kind)
            said = ngettext(
                "“%(field)s” was filled in for %(count)s person.",
                "“%(field)s” was filled in for %(count)s people.",
                count,
            )
            return _done(request, kind, said % {"field": label, "count": count}, data)
    taken = [entry for entry in entries if getattr(entry, name) not in ("", None, False)]
    return _ask(
        request,
        kind,
        entries,
        title=_("Fill in: %(field)s") % {"field": label},
        sentences=[
            _counted(
                ngettext(
                    "“%(field)s” will be filled in for %(count)s person.",
                    "“%(field)s” will be filled in for %(count)s people.",
                    len(entries),
                ),
                entries,
                field=label,
            ),
            _counted(
                ngettext(
                    "%(count)s of them has a value already.", "%(count)s of them have a value already.", len(taken)
                ),
                taken,
            ),
            closed,
        ],
        submit=_("Fill in"),
        form=form,
        status=422 if form.errors else 200,
    )


def registry_next_year(request, kind):
    """Rows of the next school year for those ticked; who is there already is named."""
    _organization, entries = _ticked(request, kind, "participants.manage_registry")
    if not entries:
        return _nothing_ticked(request, kind)
    entries, closed = _open_and_closed(entries)
    if not entries:
        return _only_closed(request, kind)
    year = SchoolYear(entries[0].school_year + 1)
    if request.method == "POST":
        data, _there = move_on(kind, entries, by=request.user)
        count = len(data["created"])
        if not count:
            return _nothing_left(request, kind)
        said = ngettext(
            "%(count)s row was made in the registry of %(year)s.",
            "%(count)s rows were made in the registry of %(year)s.",
            count,
        )
        return _done(request, kind, said % {"count": count, "year": year}, data)
    there = already_moved(kind, entries)
    if len(there) == len(entries):
        text = _("All that are ticked stand in the registry of %(year)s already: nothing was done.")
        messages.info(request, text % {"year": year})
        return redirect(ADDRESSES[kind])
    names = ", ".join(entry.person.full_name for entry in there[:NAMED])
    return _ask(
        request,
        kind,
        entries,
        title=_("Into the registry of %(year)s") % {"year": year},
        sentences=[
            _counted(
                ngettext(
                    "A row of %(year)s will be made for %(count)s person.",
                    "Rows of %(year)s will be made for %(count)s people.",
                    len(entries) - len(there),
                ),
                entries[len(there) :],
                year=year,
            ),
            there
            and _("In that registry already, nothing is changed: %(names)s%(more)s")
            % {"names": names, "more": " …" if len(there) > NAMED else ""},
            closed,
            _("What is the person’s own is carried on; dates, results and pairs belong to their year."),
        ],
        submit=_("Make the rows"),
    )


def registry_archive(request, kind):
    return _archive(request, kind, is_archived=True)


def registry_bring_back(request, kind):
    return _archive(request, kind, is_archived=False)


def _archive(request, kind, *, is_archived):
    _organization, entries = _ticked(request, kind, "participants.manage_registry")
    if not entries:
        return _nothing_ticked(request, kind)
    entries = [entry for entry in entries if entry.is_archived != is_archived]
    if not entries:
        return _nothing_left(request, kind)
    if request.method == "POST":
        data = set_archived(kind, entries, is_archived, by=request.user)
        count = len(entries)
        said = (
            ngettext("%(count)s row was archived.", "%(count)s rows were archived.", count)
            if is_archived
            else ngettext("%(count)s row was brought back.", "%(count)s rows were brought back.", count)
        )
        return _done(request, kind, said % {"count": count}, data)
    count = len(entries)
    if is_archived:
        sentence = ngettext(
            "%(count)s row will leave the list and its print; it stays in the person’s file and in the history.",
            "%(count)s rows will leave the list and its print; they stay in the people’s files and in the history.",
            count,
        )
    else:
        sentence = ngettext(
            "%(count)s row will stand in the list and its print again.",
            "%(count)s rows will stand in the list and its print again.",
            count,
        )
    return _ask(
        request,
        kind,
        entries,
        title=_("Archive rows") if is_archived else _("Bring rows back"),
        sentences=[_counted(sentence, entries)],
        submit=_("Put into the archive") if is_archived else _("Bring back"),
    )


def registry_print(request, kind):
    """Only the ticked rows as PDF, by the layout that is used unless another is chosen."""
    organization, entries = _ticked(request, kind, "participants.export_registry")
    if not entries:
        return _nothing_ticked(request, kind)
    if refusal := too_many(len(entries), "pdf"):
        messages.warning(request, refusal)
        return redirect(ADDRESSES[kind])
    registry = print_registry(
        kind,
        entries,
        organization=organization,
        school_year=request.workspace.school_year.start,
        layout=layout_for(organization, kind, request.GET.get("layout", "")),
        day=request.workspace.today,
    )
    return file_response(WRITERS["pdf"](registry), str(TITLES[kind]), "pdf")


def registry_invite(request, kind):
    """Letters with a personal link for those ticked who cannot sign in yet."""
    organization, entries = _ticked(request, kind, "participants.invite")
    if not entries:
        return _nothing_ticked(request, kind)
    entries, closed = _open_and_closed(entries)
    if not entries:
        return _only_closed(request, kind)
    waiting = Person.objects.waiting_for_account(organization, request.workspace.school_year.start)
    people = list(waiting.filter(pk__in=[entry.person_id for entry in entries]))
    with_email = [person for person in people if person.email]
    if request.method == "POST":
        sent, refused = invite_many(with_email, by=request.user)
        if sent:
            said = ngettext("%(count)s invitation was sent.", "%(count)s invitations were sent.", len(sent))
            messages.success(request, said % {"count": len(sent)})
        for reason in refused:
            messages.error(request, reason)
        return redirect(ADDRESSES[kind])
    if not with_email:
        messages.warning(request, _("None of those ticked can be invited: they sign in already or have no e-mail."))
        return redirect(ADDRESSES[kind])
    able = [entry for entry in entries if entry.person not in people]
    silent = [person for person in people if not person.email]
    return _ask(
        request,
        kind,
        [entry for entry in entries if entry.person in with_email],
        title=_("Invite to the portal"),
        sentences=[
            _counted(
                ngettext(
                    "%(count)s person will get a letter with a personal link.",
                    "%(count)s people will get a letter with a personal link each.",
                    len(with_email),
                ),
                with_email,
            ),
            _counted(ngettext("%(count)s can sign in already.", "%(count)s can sign in already.", len(able)), able),
            _counted(ngettext("%(count)s has no e-mail.", "%(count)s have no e-mail.", len(silent)), silent),
            closed,
        ],
        submit=_("Send the invitations"),
    )


@require_POST
def registry_undo(request, kind):
    """Take back the last act on the registry."""
    if kind not in ENTRY_MODELS:
        raise Http404
    workspace_organization(request, "participants.manage_registry")
    data = take_back(request.user, _undo_name(request, kind))
    if data is None:
        messages.warning(request, _("There is nothing to take back: ten minutes are over, or it was done already."))
        return redirect(ADDRESSES[kind])
    back, stayed = undo(data, by=request.user)
    said = ngettext("%(count)s row is as it was.", "%(count)s rows are as they were.", back) % {"count": back}
    messages.success(request, said)
    if stayed:
        said = ngettext(
            "%(count)s row was changed since and stays.", "%(count)s rows were changed since and stay.", stayed
        )
        messages.warning(request, said % {"count": stayed})
    return redirect(ADDRESSES[kind])


def undo_of(request, kind):
    """What the list shows of the last act: the sentence and the address of the way back."""
    said = last_act(request.user, _undo_name(request, kind))
    return {"said": said, "address": reverse("participants:registry-undo", args=[kind])}


def _undo_name(request, kind):
    return f"{kind}-{request.workspace.organization.pk}"


def _counted(text, rows, **values):
    """A sentence about how many rows there are; nothing about none."""
    return text % {"count": len(rows), **values} if rows else ""
