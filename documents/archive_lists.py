"""The archive as a list: its filters, its table, its sheet for Excel."""

import django_filters
import django_tables2 as tables
from django.db.models import Q
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from import_export import resources
from import_export.fields import Field

from documents.archive import kinds_in, matching, years_in
from documents.models import Paper
from documents.paper_kinds import paper_kind
from documents.retention import kept_till_year, with_term_over
from mentorship.lists import DayColumn
from mentorship.templatetags.portal import badge
from participants.models import Person

IN_FORCE, ENDED, DESTROYED = "in_force", "repealed", "destroyed"
STATES = [(IN_FORCE, _("in force")), (ENDED, _("repealed or over")), (DESTROYED, _("destroyed by an act"))]
YES, NO = "yes", "no"


def state_of(paper):
    """A key of STATES."""
    if paper.destroyed_on:
        return DESTROYED
    return ENDED if paper.ended_on and paper.ended_on <= timezone.localdate() else IN_FORCE


def state_badge(paper):
    """The state as word, shape and colour."""
    state = state_of(paper)
    return badge("active" if state == IN_FORCE else "ended", dict(STATES)[state])


def till_in_words(paper, terms):
    """«till the end of 2031», «permanently»; nothing for what was destroyed."""
    if paper.destroyed_on:
        return ""
    year = kept_till_year(paper, terms)
    return _("permanently") if year is None else _("till the end of %(year)s") % {"year": year}


class PaperFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label=_("Number, person or words of the paper"), method="find")
    kind = django_filters.ChoiceFilter(label=_("Kind of paper"), empty_label=_("any"))
    year = django_filters.ChoiceFilter(label=_("Year"), field_name="dated_on__year", empty_label=_("any"))
    person = django_filters.CharFilter(label=_("Person"), method="of_person")
    state = django_filters.ChoiceFilter(
        label=_("In force or not"), choices=STATES, method="in_state", empty_label=_("any")
    )
    signed = django_filters.ChoiceFilter(
        label=_("Signed copy"),
        choices=[(YES, _("has come back")), (NO, _("has not come back"))],
        method="with_copy",
        empty_label=_("any"),
    )
    file = django_filters.ChoiceFilter(
        label=_("File"), choices=[("missing", _("is not there yet"))], method="without_file", empty_label=_("any")
    )
    term = django_filters.ChoiceFilter(
        label=_("Storage term"), choices=[("over", _("is over"))], method="with_term", empty_label=_("any")
    )

    class Meta:
        model = Paper
        fields = ["q", "kind", "year", "person", "state", "signed", "file", "term"]

    def __init__(self, *args, terms, **kwargs):
        super().__init__(*args, **kwargs)
        self.terms = terms
        papers = self.queryset
        self.filters["kind"].extra["choices"] = [(kind, capfirst(paper_kind(kind).name)) for kind in kinds_in(papers)]
        self.filters["year"].extra["choices"] = [(year, str(year)) for year in years_in(papers)]

    def find(self, papers, _name, text):
        return matching(papers, text)

    def of_person(self, papers, _name, text):
        people = Person.objects.visible_to(self.request.user).matching(text)
        through = Paper.people.through.objects.filter(person__in=people.order_by().values("pk"))
        return papers.filter(pk__in=through.values("paper"))

    def in_state(self, papers, _name, state):
        today = timezone.localdate()
        if state == DESTROYED:
            return papers.exclude(destroyed_on=None)
        papers = papers.filter(destroyed_on=None)
        if state == ENDED:
            return papers.filter(ended_on__lte=today)
        return papers.filter(Q(ended_on=None) | Q(ended_on__gt=today))

    def with_copy(self, papers, _name, answer):
        return papers.filter(has_signed_copy=answer == YES, destroyed_on=None)

    def without_file(self, papers, _name, _answer):
        return papers.without_file()

    def with_term(self, papers, _name, _answer):
        return with_term_over(papers, self.terms, today=timezone.localdate())


class PaperTable(tables.Table):
    number = tables.Column(_("No."), linkify=True, attrs={"td": {"class": "order-number"}})
    dated_on = DayColumn(_("date"))
    title = tables.Column(_("heading"), linkify=True, attrs={"td": {"class": "cell--main"}})
    kind = tables.Column(_("kind"))
    signed = tables.Column(_("signed copy"), accessor="has_signed_copy", order_by=("has_signed_copy", "-dated_on"))
    kept_till = tables.Column(
        _("storage term"), empty_values=(), orderable=False, attrs={"td": {"class": "cell--wide-only"}}
    )
    state = tables.Column(_("state"), empty_values=(), order_by=("destroyed_on", "ended_on"))

    shown_at_first = ["dated_on", "title", "signed", "kept_till", "state"]

    class Meta:
        model = Paper
        fields = ["number", "dated_on", "title", "kind", "signed", "kept_till", "state"]
        row_attrs = {"class": lambda record: "" if state_of(record) == IN_FORCE else "paper-row--ended"}

    def __init__(self, *args, terms, **kwargs):
        super().__init__(*args, **kwargs)
        self.terms = terms

    def render_kind(self, record):
        return capfirst(record.kind_of_paper.name)

    def render_number(self, value):
        return value or "—"

    def render_signed(self, record):
        if record.destroyed_on:
            return ""
        return _("received") if record.has_signed_copy else "—"

    def render_kept_till(self, record):
        return till_in_words(record, self.terms)

    def render_state(self, record):
        if not record.pdf and not record.destroyed_on:
            return format_html("{} {}", state_badge(record), badge("waiting", _("the file is being made")))
        return state_badge(record)


class PaperResource(resources.ModelResource):
    """The archive as a sheet."""

    number = Field("number", _("No."))
    dated_on = Field("dated_on", _("date"))
    kind = Field(column_name=_("kind"))
    title = Field("title", _("heading"))
    signed = Field(column_name=_("signed copy"))
    kept_till = Field(column_name=_("storage term"))
    state = Field(column_name=_("state"))
    pdf_sha256 = Field("pdf_sha256", "SHA-256")
    code = Field("code", _("code of the check page"))

    class Meta:
        model = Paper
        fields = ["number", "dated_on", "kind", "title", "signed", "kept_till", "state", "pdf_sha256", "code"]
        export_order = fields

    def __init__(self, *, terms, **kwargs):
        super().__init__(**kwargs)
        self.terms = terms

    def dehydrate_kind(self, paper):
        return str(capfirst(paper.kind_of_paper.name))

    def dehydrate_signed(self, paper):
        return str(_("received")) if paper.has_signed_copy else ""

    def dehydrate_kept_till(self, paper):
        return str(till_in_words(paper, self.terms))

    def dehydrate_state(self, paper):
        return str(dict(STATES)[state_of(paper)])
