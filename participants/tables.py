"""The registries as tables; columns about pairs come from the floor that registered them."""

import django_tables2 as tables
from django.template.defaultfilters import truncatechars
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from participants.models import MenteeEntry, MentorEntry
from participants.registries import MENTEES, MENTORS, pair_cells

LONG = 60
WIDE = {"td": {"class": "cell--wide-only"}}


class PairColumn(tables.Column):
    """One part of the row's pairs, a line for each pair."""

    def __init__(self, part, **kwargs):
        super().__init__(empty_values=(), orderable=False, **kwargs)
        self.part = part

    def render(self, record, table):
        lines = [(cells, getattr(cells, self.part)) for cells in table.pairs.get(record.pk, ())]
        if self.part == "partner":
            return format_html_join("", '<div><a href="{}">{}</a></div>', ((cells.url, text) for cells, text in lines))
        return format_html_join("", "<div>{}</div>", ((text,) for _cells, text in lines))


class LongTextColumn(tables.Column):
    """The beginning of a long text; the whole of it stands in the person's file."""

    def render(self, value):
        return truncatechars(" ".join(value.split()), LONG)


class RegistryTable(tables.Table):
    person = tables.Column(
        verbose_name=_("Name of the person"),
        attrs={"td": {"class": "cell--main"}},
        order_by=("person__last_name", "person__first_name", "person__patronymic", "pk"),
    )
    contacts = tables.Column(verbose_name=_("Contacts"), empty_values=(), order_by="person__email")
    birth_year = tables.Column(verbose_name=_("Birth year"), accessor="person__birth_year", attrs=WIDE)
    workplace = tables.Column(verbose_name=_("Place of work or study"), accessor="person__workplace", attrs=WIDE)
    joined_on = tables.DateColumn(verbose_name=_("Joined"), short=True, attrs=WIDE)
    completed_on = tables.DateColumn(verbose_name=_("Completed"), short=True, attrs=WIDE)
    results = LongTextColumn(verbose_name=_("Results"), orderable=False, attrs=WIDE)
    form = PairColumn("form", verbose_name=_("Form of mentoring"), attrs=WIDE)
    account = tables.Column(verbose_name=_("Account"), accessor="person__user_id", empty_values=())

    kind = ""
    shown_at_first = ()  # beside the name; the reader may choose others

    def load_pairs(self):
        """Read the pairs of the rows on the page by the registered builder."""
        self.pairs = pair_cells(self.kind, [row.record for row in self.paginated_rows])

    def render_person(self, record):
        person = record.person
        return format_html(
            '<a href="{}">{}</a><div class="cell__more">{}</div>',
            person.get_absolute_url(),
            person.full_name,
            truncatechars(person.position, LONG),
        )

    def render_contacts(self, record):
        lines = [line for line in (record.person.phone_for_reading, record.person.email) if line]
        return format_html_join("", '<div class="cell__contact">{}</div>', ((line,) for line in lines))

    def render_workplace(self, record):
        return record.person.affiliation

    def render_account(self, record):
        return _("yes") if record.person.user_id else _("no")


class MentorTable(RegistryTable):
    partner = PairColumn("partner", verbose_name=_("Mentees"))
    competences = LongTextColumn(verbose_name=_("Main competences"), orderable=False, attrs=WIDE)
    achievements = LongTextColumn(verbose_name=_("Achievements"), orderable=False, attrs=WIDE)
    interests = LongTextColumn(verbose_name=_("Interests"), orderable=False, attrs=WIDE)
    preferred_age = tables.Column(verbose_name=_("Wished age of mentees"), orderable=False, attrs=WIDE)
    time_resource = tables.Column(verbose_name=_("Time for the programme"), orderable=False, attrs=WIDE)
    partner_place = PairColumn("affiliation", verbose_name=_("Mentees' place of work or study"), attrs=WIDE)

    kind = MENTORS
    shown_at_first = ("contacts", "competences", "partner", "joined_on", "account")

    class Meta:
        model = MentorEntry
        fields = ()
        sequence = (
            "person", "contacts", "birth_year", "workplace", "competences", "achievements", "interests",
            "preferred_age", "time_resource", "partner", "form", "partner_place", "joined_on", "completed_on",
            "results", "account",
        )  # fmt: skip


class MenteeTable(RegistryTable):
    request_text = LongTextColumn(verbose_name=_("Main request"), accessor="request", orderable=False, attrs=WIDE)
    partner = PairColumn("partner", verbose_name=_("Mentor"))
    partner_place = PairColumn("affiliation", verbose_name=_("Mentor's place of work or study"), attrs=WIDE)
    is_completed = tables.Column(verbose_name=_("Mark of completion"), attrs=WIDE)

    kind = MENTEES
    shown_at_first = ("contacts", "birth_year", "request_text", "partner", "joined_on", "account")

    class Meta:
        model = MenteeEntry
        fields = ()
        sequence = (
            "person", "contacts", "birth_year", "workplace", "request_text", "partner", "form", "partner_place",
            "joined_on", "completed_on", "is_completed", "results", "account",
        )  # fmt: skip

    def render_is_completed(self, value):
        return _("yes") if value else _("no")


TABLES = {MENTORS: MentorTable, MENTEES: MenteeTable}
