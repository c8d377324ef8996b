"""The bar of each role: where its places lead. Upper floors are named by their addresses alone."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

HOME = ("home", _("Home"), "bi-house")
PLACES = {
    "curator": [
        HOME,
        ("participants:registry-mentors", _("People"), "bi-people"),
        ("programs:program-list", _("Pairs"), "bi-diagram-2"),
        ("documents:order-list", _("Papers"), "bi-file-earmark-text"),
        ("roadmap:roadmap-list", _("Roadmap"), "bi-signpost-split"),
        ("monitoring:overview", _("Monitoring"), "bi-bar-chart"),
    ],
    "head": [
        HOME,
        ("documents:inbox", _("To approve"), "bi-inbox"),
        ("documents:order-list", _("Papers"), "bi-file-earmark-text"),
        ("roadmap:roadmap-list", _("Roadmap"), "bi-signpost-split"),
        ("monitoring:indicator-list", _("Figures"), "bi-bar-chart"),
    ],
    "staff": [
        HOME,
        ("roadmap:roadmap-list", _("Roadmap"), "bi-signpost-split"),
        ("documents:order-list", _("Papers"), "bi-file-earmark-text"),
        ("participants:registry-mentors", _("People"), "bi-people"),
        ("monitoring:indicator-list", _("Figures"), "bi-bar-chart"),
    ],
    "mentor": [
        HOME,
        ("programs:pair-list", _("My pairs"), "bi-diagram-2"),
        ("programs:meeting-list", _("Meetings"), "bi-calendar3"),
        ("programs:report-list", _("Reports"), "bi-journal-check"),
    ],
    "mentee": [
        HOME,
        ("programs:my-plan", _("My plan"), "bi-signpost-split"),
        ("monitoring:my-surveys", _("Surveys"), "bi-ui-checks"),
    ],
    "coordinator": [
        HOME,
        ("participants:organization-list", _("Organizations"), "bi-buildings"),
        ("participants:joint", _("Registry"), "bi-people"),
        ("documents:municipal-orders", _("Papers"), "bi-file-earmark-text"),
        ("roadmap:roadmap-list", _("Roadmap"), "bi-signpost-split"),
        ("monitoring:indicator-list", _("Figures"), "bi-bar-chart"),
    ],
}
ON_PHONE = 4


def navigation(request):
    """Context of every page: the places of the role, the one that the page belongs to marked."""
    if not getattr(request, "user", None) or not request.user.is_authenticated or not hasattr(request, "workspace"):
        return {}
    places = []
    for name, label, icon in PLACES.get(request.workspace.role_name, [HOME]):
        address = reverse(name)
        is_here = request.path == address if name == "home" else request.path.startswith(address)
        places.append({"address": address, "label": label, "icon": icon, "is_here": is_here})
    return {"places": places, "phone_places": places[:ON_PHONE], "phone_more": places[ON_PHONE:]}
