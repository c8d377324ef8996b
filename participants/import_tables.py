"""The list of a year's imports: columns and filters."""

import django_filters
import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from mentorship.templatetags.portal import status_badge
from participants.models import RegistryImport


class ImportFilter(django_filters.FilterSet):
    kind = django_filters.ChoiceFilter(label=_("Registry"), choices=RegistryImport.Kind, empty_label=_("all"))
    status = django_filters.ChoiceFilter(label=_("State"), choices=RegistryImport.Status, empty_label=_("all"))

    class Meta:
        model = RegistryImport
        fields = []


class ImportTable(tables.Table):
    file_name = tables.Column(linkify=True, attrs={"td": {"class": "cell--main"}})
    kind = tables.Column()
    created_at = tables.DateTimeColumn(format="d.m.Y H:i")
    created_by = tables.Column(order_by=("created_by__email", "pk"))
    status = tables.Column()

    class Meta:
        model = RegistryImport
        fields = ()

    def render_status(self, record):
        return status_badge(record)
