"""The registries as tables; columns about pairs come from the floor that registered them."""

import django_tables2 as tables
from django.template.defaultfilters import truncatechars
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from mentorship.lists import DayColumn
from participants.curators import curator_line, person_of
from participants.joint_registry import joint_cells
from participants.long_term import long_term_lines
from participants.models import Membership, MenteeEntry, MentorEntry, Person
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
        if self.part == "partner" and all(cells.url for cells, _text in lines):
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
        order_by=("person__sort_name", "pk"),
    )
    contacts = tables.Column(verbose_name=_("Contacts"), empty_values=(), order_by="person__email")
    birth_year = tables.Column(verbose_name=_("Birth year"), accessor="person__birth_year", attrs=WIDE)
    workplace = tables.Column(verbose_name=_("Place of work or study"), accessor="person__workplace", attrs=WIDE)
    joined_on = DayColumn(verbose_name=_("Joined"), attrs=WIDE)
    completed_on = DayColumn(verbose_name=_("Completed"), attrs=WIDE)
    results = LongTextColumn(verbose_name=_("Results"), orderable=False, attrs=WIDE)
    form = PairColumn("form", verbose_name=_("Form of mentoring"), attrs=WIDE)
    account = tables.Column(verbose_name=_("Account"), accessor="person__user_id", empty_values=())
    education = tables.Column(verbose_name=_("Education"), accessor="person__education", attrs=WIDE)
    qualification = tables.Column(
        verbose_name=_("Qualification category"), accessor="person__qualification", attrs=WIDE
    )
    subject = tables.Column(verbose_name=_("Subject or age group"), accessor="person__subject", attrs=WIDE)

    kind = ""
    shown_at_first = ()  # beside the name; the reader may choose others

    def load_pairs(self):
        """Read the pairs of the rows on the page by the registered builder."""
        self.pairs = pair_cells(self.kind, [row.record for row in self.paginated_rows])

    def render_person(self, record):
        person = record.person
        archived = format_html('<div class="cell__more">{}</div>', _("archived")) if record.is_archived else ""
        return format_html(
            '<a href="{}">{}</a><div class="cell__more">{}</div>{}',
            person.get_absolute_url(),
            person.full_name,
            truncatechars(person.position, LONG),
            archived,
        )

    def render_contacts(self, record):
        """The person's own, of a minor who has none those of the representative."""
        person = record.person
        own = [line for line in (person.phone_for_reading, person.email) if line]
        lines = own or [line for line in (person.representative_phone, person.representative_email) if line]
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
    courses = LongTextColumn(verbose_name=_("Courses on mentoring"), orderable=False, attrs=WIDE)

    kind = MENTORS
    shown_at_first = ("contacts", "competences", "partner", "joined_on", "account")

    class Meta:
        model = MentorEntry
        fields = ()
        sequence = (
            "person", "contacts", "birth_year", "workplace", "competences", "achievements", "interests",
            "preferred_age", "time_resource", "partner", "form", "partner_place", "joined_on", "completed_on",
            "results", "education", "qualification", "subject", "courses", "account",
        )  # fmt: skip


class MenteeTable(RegistryTable):
    request_text = LongTextColumn(verbose_name=_("Main request"), accessor="request", orderable=False, attrs=WIDE)
    partner = PairColumn("partner", verbose_name=_("Mentor"))
    partner_place = PairColumn("affiliation", verbose_name=_("Mentor's place of work or study"), attrs=WIDE)
    is_completed = tables.Column(verbose_name=_("Mark of completion"), attrs=WIDE)
    difficulties = LongTextColumn(verbose_name=_("Professional difficulties"), orderable=False, attrs=WIDE)

    kind = MENTEES
    shown_at_first = ("contacts", "request_text", "partner", "joined_on", "account")

    class Meta:
        model = MenteeEntry
        fields = ()
        sequence = (
            "person", "contacts", "birth_year", "workplace", "request_text", "partner", "form", "partner_place",
            "joined_on", "completed_on", "is_completed", "results", "education", "qualification", "subject",
            "difficulties", "account",
        )  # fmt: skip

    def render_is_completed(self, value):
        return _("yes") if value else _("no")


TABLES = {MENTORS: MentorTable, MENTEES: MenteeTable}


# --- the joint registry of an education office ------------------------------------------------------------------------
class JointTable(tables.Table):
    """Rows of several organizations, by name and without links: only what the consent to the transfer covers."""

    person = tables.Column(
        verbose_name=_("Name of the person"),
        attrs={"td": {"class": "cell--main"}},
        order_by=("person__sort_name", "pk"),
    )
    organization = tables.Column(
        verbose_name=_("Organization"),
        accessor="person__organization",
        order_by=("person__organization__short_name", "person__sort_name", "pk"),
    )
    birth_year = tables.Column(verbose_name=_("Birth year"), accessor="person__birth_year", attrs=WIDE)
    qualification = tables.Column(
        verbose_name=_("Qualification category"), accessor="person__qualification", attrs=WIDE
    )
    form = PairColumn("form", verbose_name=_("Form of mentoring"), attrs=WIDE)
    partner = PairColumn("partner", verbose_name=_("Mentees"))
    joined_on = DayColumn(verbose_name=_("Joined"), attrs=WIDE)
    completed_on = DayColumn(verbose_name=_("Completed"), attrs=WIDE)
    results = LongTextColumn(verbose_name=_("Results"), orderable=False, attrs=WIDE)

    kind = MENTORS
    shown_at_first = ("organization", "form", "partner", "joined_on", "completed_on")

    class Meta:
        model = MentorEntry
        fields = ()

    def load_pairs(self, day):
        self.pairs = joint_cells(self.kind, [row.record for row in self.paginated_rows], day)

    def render_person(self, record):
        person = record.person
        return format_html('{}<div class="cell__more">{}</div>', person.full_name, truncatechars(person.position, LONG))


class JointMenteeTable(JointTable):
    partner = PairColumn("partner", verbose_name=_("Mentor"))

    kind = MENTEES

    class Meta:
        model = MenteeEntry
        fields = ()


JOINT_TABLES = {MENTORS: JointTable, MENTEES: JointMenteeTable}


# --- the long-term registry of mentors --------------------------------------------------------------------------------
class PersonColumn(tables.Column):
    """The name as a link to the person's file, the position below it."""

    def __init__(self):
        super().__init__(
            verbose_name=_("Name of the person"),
            accessor="pk",
            attrs={"td": {"class": "cell--main"}},
            order_by=("sort_name", "pk"),
        )

    def render(self, record):
        return format_html(
            '<a href="{}">{}</a><div class="cell__more">{}</div>',
            record.get_absolute_url(),
            record.full_name,
            truncatechars(record.position, LONG),
        )


class LineColumn(tables.Column):
    """A part of the row's LongTermLine."""

    def __init__(self, **kwargs):
        super().__init__(empty_values=(), orderable=False, accessor="pk", **kwargs)

    def render(self, record, table, bound_column):
        value = getattr(table.lines[record.pk], bound_column.name)
        return f"{value:%d.%m.%Y}" if hasattr(value, "strftime") else value


class LongTermTable(tables.Table):
    person = PersonColumn()
    years = LineColumn(verbose_name=_("School years as a mentor"))
    mentees = LineColumn(verbose_name=_("Mentees in all"), attrs={"td": {"class": "number"}, "th": {"class": "number"}})
    finished = LineColumn(
        verbose_name=_("Finished pairs"), attrs={"td": {"class": "number"}, "th": {"class": "number"}}
    )
    mentee_years = LineColumn(verbose_name=_("School years as a mentee"), attrs=WIDE)
    contacts = LineColumn(verbose_name=_("Contacts"), attrs=WIDE)
    listed_on = LineColumn(verbose_name=_("In the registry since"), attrs=WIDE)
    left_on = LineColumn(verbose_name=_("Left on"), attrs=WIDE)
    note = LineColumn(verbose_name=_("Remark"), attrs=WIDE)
    change = LineColumn(verbose_name=_("Dates and remark"))

    shown_at_first = ("years", "mentees", "finished", "mentee_years", "note", "change")

    class Meta:
        model = Person
        fields = ()

    def load_lines(self):
        lines = long_term_lines([row.record for row in self.paginated_rows])
        self.lines = {line.person.pk: line for line in lines}

    def render_change(self, record):
        address = reverse("participants:long-term-edit", args=[record.pk])
        label = _("Change: %(person)s") % {"person": record.full_name}
        return format_html('<a href="{}" aria-label="{}">{}</a>', address, label, _("change"))


class ProposalTable(tables.Table):
    """Finished mentees who may become mentors."""

    person = PersonColumn()
    mentee_years = LineColumn(verbose_name=_("School years as a mentee"))
    contacts = LineColumn(verbose_name=_("Contacts"), attrs=WIDE)

    class Meta:
        model = Person
        fields = ()

    load_lines = LongTermTable.load_lines


# --- the registry of curators -----------------------------------------------------------------------------------------
class CuratorTable(tables.Table):
    """Office holders with their working contacts; a name leads to the file where the reader may open it."""

    person = tables.Column(
        verbose_name=_("Curator"), accessor="pk", orderable=False, attrs={"td": {"class": "cell--main"}}
    )
    organization = tables.Column(order_by=("organization__short_name", "pk"))
    position = tables.Column(verbose_name=_("Position"), accessor="pk", orderable=False, attrs=WIDE)
    contacts = tables.Column(verbose_name=_("Contacts"), accessor="pk", orderable=False)
    order = tables.Column(verbose_name=_("Order of appointment"), accessor="pk", order_by=("ordered_on", "pk"))
    starts_on = DayColumn(attrs=WIDE)
    ends_on = DayColumn(attrs=WIDE)

    shown_at_first = ("organization", "position", "contacts", "order")

    class Meta:
        model = Membership
        fields = ()

    def __init__(self, *args, in_charge, **kwargs):
        """`in_charge`: keys of the organizations whose people's files the reader may open."""
        super().__init__(*args, **kwargs)
        self.in_charge = in_charge

    def render_person(self, record):
        person = person_of(record)
        name = curator_line(record).name
        if person is None or person.organization_id not in self.in_charge:
            return name
        return format_html('<a href="{}">{}</a>', person.get_absolute_url(), name)

    def render_position(self, record):
        return curator_line(record).position

    def render_contacts(self, record):
        lines = curator_line(record).contacts.split(", ")
        return format_html_join("", '<div class="cell__contact">{}</div>', ((line,) for line in lines))

    def render_order(self, record):
        address = reverse("participants:curator-edit", args=[record.pk])
        words = curator_line(record).order or _("not entered")
        label = _("Order of appointment: %(person)s") % {"person": curator_line(record).name}
        return format_html('<a href="{}" aria-label="{}, {}">{}</a>', address, label, words, words)
