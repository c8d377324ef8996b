"""Filters of the list of orders."""

import django_filters
from django.utils.translation import gettext_lazy as _

from documents.models import Order
from participants.models import Organization


class OrderFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label=_("Number, heading or name"), method="find")
    status = django_filters.ChoiceFilter(label=_("Status"), choices=Order.Status, empty_label=_("any"))
    school_year = django_filters.ChoiceFilter(
        label=_("School year"), field_name="program__school_year", empty_label=_("any")
    )

    class Meta:
        model = Order
        fields = ["q", "status", "school_year"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        years = self.request.workspace.school_years
        self.filters["school_year"].extra["choices"] = [(year.start, str(year)) for year in years]

    def find(self, orders, _name, text):
        return orders.matching(text)


class OrderBelowFilter(django_filters.FilterSet):
    """Which orders the organizations below an office have issued."""

    organization = django_filters.ModelChoiceFilter(
        label=_("Organization"), queryset=Organization.objects.none(), empty_label=_("any")
    )
    kind = django_filters.ChoiceFilter(label=_("Kind of order"), choices=Order.KINDS, empty_label=_("any"))
    year = django_filters.ChoiceFilter(label=_("Year"), field_name="approved_on__year", empty_label=_("any"))

    class Meta:
        model = Order
        fields = ["organization", "kind", "year"]

    def __init__(self, *args, office, **kwargs):
        super().__init__(*args, **kwargs)
        self.filters["organization"].queryset = Organization.objects.below(office).order_by("short_name")
        days = self.queryset.order_by().dates("approved_on", "year", order="DESC")
        self.filters["year"].extra["choices"] = [(day.year, str(day.year)) for day in days]
