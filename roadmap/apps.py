from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RoadmapConfig(AppConfig):
    name = "roadmap"
    verbose_name = _("roadmaps")

    def ready(self):
        from auditlog.registry import auditlog

        from mentorship import panels, search
        from roadmap import panels as parts
        from roadmap.models import Activity, ActivityItem, DeadlineWindow, ImportRemark, Roadmap, Stage

        for role in ("curator", "head", "staff"):
            panels.register(f"home:{role}", "roadmap/_home_panel.html", parts.own_roadmap, order=40)
        panels.register("program", "roadmap/_program_panel.html", parts.roadmaps_of_program, order=40)
        search.register(_("Activities of roadmaps"), parts.find_activities, order=50)
        for model in (Roadmap, Stage, Activity, ActivityItem, DeadlineWindow, ImportRemark):
            auditlog.register(model)
