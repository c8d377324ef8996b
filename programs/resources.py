"""Columns in which programmes, pairs, logs and reports leave the admin, and forms of mentoring come in."""

from import_export import resources
from import_export.fields import Field

from programs.models import Meeting, MentoringForm, Pair, Program, ProgressReport
from programs.tables import names


class ProgramResource(resources.ModelResource):
    organization = Field("organization__short_name", "organization")

    class Meta:
        model = Program
        fields = ["organization", "school_year", "title", "goal", "starts_on", "ends_on", "teachers_count"]


class PairResource(resources.ModelResource):
    organization = Field("program__organization__short_name", "organization")
    school_year = Field("program__school_year", "school_year")
    mentor = Field("mentor__full_name", "mentor")
    mentees = Field(column_name="mentees")
    form = Field("form__name", "form")

    class Meta:
        model = Pair
        fields = [
            "organization",
            "school_year",
            "mentor",
            "mentees",
            "form",
            "topic",
            "status",
            "planned_from",
            "planned_to",
            "started_on",
            "ended_on",
        ]
        export_order = fields

    def dehydrate_mentees(self, pair):
        return names(pair.mentees)


class MeetingResource(resources.ModelResource):
    mentor = Field("pair__mentor__full_name", "mentor")
    mentees = Field(column_name="mentees")
    came = Field(column_name="came")

    class Meta:
        model = Meeting
        fields = ["held_on", "minutes", "mentor", "mentees", "kind", "topic", "mode", "done", "agreed", "came"]
        export_order = fields

    def dehydrate_mentees(self, meeting):
        return names(meeting.pair.mentees)

    def dehydrate_came(self, meeting):
        return names(meeting.attendees.all())


class ReportResource(resources.ModelResource):
    mentor = Field("pair__mentor__full_name", "mentor")
    mentees = Field(column_name="mentees")

    class Meta:
        model = ProgressReport
        fields = [
            "starts_on",
            "ends_on",
            "mentor",
            "mentees",
            "status",
            "meetings_count",
            "minutes_total",
            "done",
            "results",
            "difficulties",
            "recommendation",
        ]
        export_order = fields

    def dehydrate_mentees(self, report):
        return names(report.pair.mentees)


class MentoringFormResource(resources.ModelResource):
    """Forms come in as own forms of the organization of the page; the name finds the row, so twice is once."""

    class Meta:
        model = MentoringForm
        fields = ["name", "position"]
        import_id_fields = ["name"]
        skip_unchanged = clean_model_instances = use_transactions = True

    def __init__(self, *, organization=None, **kwargs):
        super().__init__(**kwargs)
        self.organization = organization

    def get_queryset(self):
        return MentoringForm.objects.filter(organization=self.organization)

    def init_instance(self, row=None):
        return MentoringForm(organization=self.organization)
