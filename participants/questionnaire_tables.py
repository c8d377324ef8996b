"""The list of questionnaires: columns, search and filters."""

import django_filters
import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from participants.models import Questionnaire

WHOSE = [("own", _("of the organization")), ("ready", _("ready"))]


class QuestionnaireFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label=_("Title"), field_name="title", lookup_expr="icontains")
    purpose = django_filters.ChoiceFilter(
        label=_("What it is for"), choices=Questionnaire.Purpose, empty_label=_("all")
    )
    whose = django_filters.ChoiceFilter(label=_("Whose"), choices=WHOSE, method="of", empty_label=_("all"))

    class Meta:
        model = Questionnaire
        fields = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.form.fields["q"].widget.input_type = "search"

    def of(self, questionnaires, name, whose):
        return questionnaires.filter(organization__isnull=whose == "ready")


class QuestionnaireTable(tables.Table):
    title = tables.Column(linkify=True, attrs={"td": {"class": "cell--main"}})
    purpose = tables.Column()
    whose = tables.Column(verbose_name=_("Whose"), empty_values=(), order_by=("organization", "title"))
    question_count = tables.Column(verbose_name=_("Questions"), attrs={"td": {"class": "number"}})
    has_answers = tables.Column(verbose_name=_("State"), empty_values=())

    class Meta:
        model = Questionnaire
        fields = ()
        sequence = ("title", "purpose", "whose", "question_count", "has_answers")

    def render_whose(self, record):
        return record.organization.short_name if record.organization else _("ready")

    def render_has_answers(self, record):
        if record.organization is None:
            return _("can be copied")
        return _("answered, stays as it is") if record.has_answers else _("can be changed")
