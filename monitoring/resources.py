"""Import of targets in /admin/: rows of the user's own organizations alone."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from import_export import resources
from import_export.fields import Field
from import_export.widgets import ForeignKeyWidget

from monitoring.models import Indicator, Target
from participants.models import Organization


class OwnOrganizationWidget(ForeignKeyWidget):
    """An organization by its short address, among those whose targets the user sets."""

    def __init__(self, user):
        super().__init__(Organization, "slug")
        self.user = user

    def clean(self, value, row=None, **kwargs):
        if not value and self.user.is_superuser:
            return None
        own = organizations_with_own_targets(self.user)
        found = own.filter(slug=value or "").first()
        if found is None:
            raise ValidationError(
                _("“%(slug)s” is not the short address of an organization whose targets you set."),
                params={"slug": value or ""},
            )
        return found


def organizations_with_own_targets(user):
    """The organizations whose own targets the user may set."""
    if user.is_superuser:
        return Organization.objects.all()
    return Organization.objects.filter(pk__in=user.organizations_as("curator", "coordinator"))


class TargetResource(resources.ModelResource):
    """Columns: indicator (name of the formula), organization (short address), year, percent, source."""

    indicator = Field("indicator", "indicator", ForeignKeyWidget(Indicator, "formula"))
    organization = Field("organization", "organization")

    class Meta:
        model = Target
        fields = ["indicator", "organization", "year", "percent", "source"]
        import_id_fields = ["indicator", "organization", "year"]
        skip_unchanged = clean_model_instances = use_transactions = True

    def __init__(self, *, user=None, **kwargs):
        super().__init__(**kwargs)
        self.user = user
        self.fields["organization"].widget = OwnOrganizationWidget(user)

    def get_queryset(self):
        rows = Target.objects.select_related("indicator", "organization")
        return rows.visible_to(self.user) if self.user else rows.none()
