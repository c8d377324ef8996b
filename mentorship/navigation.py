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
# The place that a page belongs to by the first part of its address, where it lies below none of them.
SECTIONS = {
    "people": {"participants:registry-mentors", "participants:joint"},
    "documents": {"documents:order-list", "documents:municipal-orders"},
    "programs": {"programs:program-list"},
    "roadmap": {"roadmap:roadmap-list"},
    "monitoring": {"monitoring:overview", "monitoring:indicator-list"},
}
ON_PHONE = 4


def navigation(request):
    """Context of every page: the places of the role, the one that the page belongs to marked."""
    if not getattr(request, "user", None) or not request.user.is_authenticated or not hasattr(request, "workspace"):
        return {}
    places = _places_of(request)
    here = _place_of(request.path, places)
    for place in places:
        place["is_here"], place["is_page"] = place is here, request.path == place["address"]
    return {"places": places, "phone_places": places[:ON_PHONE], "phone_more": places[ON_PHONE:]}


def address_of_section(request):
    """Where somebody goes who has typed the beginning of an address: «/documents/»; home where the role has no such place."""
    place = _place_of(request.path, _places_of(request))
    return place["address"] if place else reverse("home")


def _places_of(request):
    return [
        {"name": name, "address": reverse(name), "label": label, "icon": icon}
        for name, label, icon in PLACES.get(request.workspace.role_name, [HOME])
    ]


def _place_of(path, places):
    """The place that the page lies below, the nearest one; else the one that its section belongs to; or None."""
    if above := [place for place in places if path.startswith(place["address"])]:
        return max(above, key=lambda place: len(place["address"]))
    names = SECTIONS.get(path.split("/")[1], ())
    return next((place for place in places if place["name"] in names), None)
