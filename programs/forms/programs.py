"""Form of a programme."""

from django.utils.translation import gettext_lazy as _

from mentorship.forms import PortalModelForm
from programs.models import Program


class ProgramForm(PortalModelForm):
    class Meta:
        model = Program
        fields = ["title", "goal", "starts_on", "ends_on", "teachers_count"]
        labels = {"starts_on": _("Beginning"), "ends_on": _("End")}
