"""Forms of annexes and of the regulation; what they mean is in documents/order_annexes.py and regulations.py."""

from django import forms
from django.utils.translation import gettext_lazy as _

from documents.annex_kinds import ANNEX_KINDS, PAIRS
from documents.forms import PairsField
from documents.models import RegulationEdition, RegulationSection
from mentorship.forms import PortalForm, PortalModelForm
from programs.models import Pair
from roadmap.models import Roadmap


class AnnexForm(PortalForm):
    """One annex more; of the choices below the kind only its own counts."""

    kind = forms.ChoiceField(label=_("What is annexed"))
    title = forms.CharField(
        label=_("Heading of the sheet"),
        max_length=300,
        required=False,
        help_text=_("Empty: the portal's own. A file needs one."),
    )
    edition = forms.ModelChoiceField(RegulationEdition.objects.none(), label=_("Regulation"), required=False)
    roadmap = forms.ModelChoiceField(Roadmap.objects.none(), label=_("Roadmap"), required=False)
    pairs = PairsField(
        queryset=Pair.objects.none(),
        label=_("Pairs and groups whose programmes are listed"),
        required=False,
        help_text=_("Nothing ticked: all that are in force."),
    )
    upload = forms.FileField(label=_("File: PDF, JPEG or PNG"), required=False)

    def __init__(self, *args, order, taken, **kwargs):
        super().__init__(*args, **kwargs)
        free = [kind for kind in ANNEX_KINDS.values() if kind.may_repeat or kind.key not in taken]
        takes_pairs = order.kind_of_order.takes_pairs
        self.fields["kind"].choices = [(kind.key, kind.label) for kind in free if kind.key != PAIRS or takes_pairs]
        organization = order.organization
        self.fields["edition"].queryset = organization.regulations.exclude(status="superseded")
        self.fields["roadmap"].queryset = organization.roadmaps.all()
        self.fields["pairs"].queryset = order.program.pairs.filter(status=Pair.Status.ACTIVE).for_register()


class RegulationForm(PortalModelForm):
    class Meta:
        model = RegulationEdition
        fields = [
            "title",
            "mentees_per_mentor",
            "mentor_service_years",
            "term_months",
            "program_least_months",
            "replacement_grounds",
            "council_minutes",
            "agreed_with",
        ]
        widgets = {"replacement_grounds": forms.Textarea(attrs={"rows": 7})}


class SectionForm(PortalModelForm):
    class Meta:
        model = RegulationSection
        fields = ["title", "text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 20})}
