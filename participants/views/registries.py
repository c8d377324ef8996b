"""The registries of mentors and mentees: list, export, adding, editing, removing a row."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from mentorship.permissions import get_visible, workspace_organization
from participants.filters import FILTERS
from participants.forms.people import ENTRY_FORMS, PersonForm, RegistryPersonForm
from participants.history import note_reading
from participants.models import Person
from participants.people import suggest
from participants.registries import ADDRESSES, ENTRY_MODELS, MENTORS, TITLES, entries_of
from participants.registry_export import print_registry
from participants.tables import TABLES
from participants.views.printable import PrintableList, people_tabs
from participants.views.registry_bulk import registry_acts, undo_of


class RegistryList(PrintableList):
    """One of the two registries for the workspace's organization and school year."""

    template_name = "participants/registry.html"
    kind = MENTORS

    @property
    def table_class(self):
        return TABLES[self.kind]

    @property
    def filterset_class(self):
        return FILTERS[self.kind]

    @property
    def layout_kind(self):
        return self.kind

    def queryset_for(self, request):
        self.organization = workspace_organization(request, "participants.view_registry")
        return entries_of(self.kind, self.organization, request.workspace.school_year.start)

    def get_table(self, **kwargs):
        table = super().get_table(**kwargs)
        table.load_pairs()
        return table

    @property
    def may_manage(self):
        return self.request.user.has_perm("participants.manage_registry", self.organization)

    def bulk_acts(self):
        return registry_acts(self.kind, may_manage=self.may_manage, archived=self.request.GET.get("archived", ""))

    @property
    def export_name(self):
        name = f"{TITLES[self.kind]} {self.organization.short_name} {self.request.workspace.school_year}"
        return name.replace("/", "-")

    def registry(self, rows, layout):
        return print_registry(
            self.kind,
            rows,
            organization=self.organization,
            school_year=self.request.workspace.school_year.start,
            layout=layout,
            day=self.request.workspace.today,
        )

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return {
            **context,
            "kind": self.kind,
            "title": TITLES[self.kind],
            "organization": self.organization,
            "may_manage": self.may_manage,
            "undo": undo_of(self.request, self.kind),
            "tabs": people_tabs(self.request, self.kind),
        }


def _model(kind):
    if kind not in ENTRY_MODELS:
        raise Http404
    return ENTRY_MODELS[kind]


def registry_add(request, kind):
    """Add somebody to the registry: a new person, or one of the organization's people (`?person=`)."""
    model = _model(kind)
    organization = workspace_organization(request, "participants.manage_registry")
    entry = model(school_year=request.workspace.school_year.start)
    chosen = request.GET.get("person", "")
    if chosen.isdecimal():
        person = get_visible(organization.people, request.user, pk=chosen, allowed="participants.manage_registry")
        if request.method == "GET":
            note_reading(person)
        entry.person = person
        person_form = PersonForm(request.POST or None, instance=person)
    else:
        person_form = RegistryPersonForm(request.POST or None, organization=organization, initial=_usual_kind(kind))
    entry_form = ENTRY_FORMS[kind](request.POST or None, instance=entry)
    if request.method == "POST" and person_form.is_valid() and entry_form.is_valid():
        try:
            _save_both(person_form, entry_form)
        except ValidationError as error:
            person_form.add_error(None, error.messages)
        else:
            messages.success(request, _("%(person)s was added to the registry.") % {"person": entry.person})
            return redirect(ADDRESSES[kind])
    context = {"kind": kind, "entry": entry, "person_form": person_form, "entry_form": entry_form}
    return _render_entry(request, "participants/entry_add.html", context)


def _usual_kind(kind):
    return {"kind": Person.Kind.TEACHER} if kind == MENTORS else {}


@transaction.atomic
def _save_both(person_form, entry_form):
    """Save the person, then the row. Raises ValidationError where the registry of the year has the person already."""
    entry = entry_form.instance
    entry.person = person_form.save_person() if hasattr(person_form, "save_person") else person_form.save()
    entry.full_clean()
    entry.save()


def registry_edit(request, kind, pk):
    """A row of the registry and its person on one page."""
    entry = get_visible(
        _model(kind).objects.for_register(), request.user, pk=pk, allowed="participants.manage_registry"
    )
    if request.method == "GET":
        note_reading(entry.person)
    person_form = PersonForm(request.POST or None, instance=entry.person)
    entry_form = ENTRY_FORMS[kind](request.POST or None, instance=entry)
    if request.method == "POST" and person_form.is_valid() and entry_form.is_valid():
        with transaction.atomic():
            person_form.save()
            entry_form.save()
        messages.success(request, _("The row of %(person)s is saved.") % {"person": entry.person})
        return redirect(ADDRESSES[kind])
    context = {"kind": kind, "entry": entry, "person_form": person_form, "entry_form": entry_form}
    return _render_entry(request, "participants/entry_edit.html", context)


def _render_entry(request, template, context):
    kind = context["kind"]
    has_errors = context["person_form"].errors or context["entry_form"].errors
    context |= {"registry_title": TITLES[kind], "registry_url": reverse(ADDRESSES[kind])}
    return render(request, template, context, status=422 if has_errors else 200)


def registry_remove(request, kind, pk):
    """Take a row out of the registry, after a page that names what is lost and what stays."""
    entry = get_visible(
        _model(kind).objects.for_register(), request.user, pk=pk, allowed="participants.manage_registry"
    )
    if request.method == "POST":
        entry.delete()
        messages.success(request, _("%(person)s was removed from the registry.") % {"person": entry.person})
        return redirect(ADDRESSES[kind])
    note_reading(entry.person)
    context = {"kind": kind, "entry": entry, "registry_title": TITLES[kind], "registry_url": reverse(ADDRESSES[kind])}
    return render(request, "participants/entry_remove.html", context)


def suggestions(request):
    """People of the organization who match the name typed so far; a fragment beside the form."""
    organization = workspace_organization(request, "participants.manage_registry")
    people = suggest(organization, request.GET.get("last_name", ""), request.GET.get("first_name", ""))
    return render(request, "participants/_suggestions.html", {"people": people})
