from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RoadmapConfig(AppConfig):
    name = "roadmap"
    verbose_name = _("roadmaps")

    def ready(self):
        from auditlog.registry import auditlog

        from mentorship import digests, panels, search
        from roadmap import panels as parts
        from roadmap.floors_below import register_floors_below
        from roadmap.holdings import register_holdings
        from roadmap.models import (
            Activity,
            ActivityItem,
            ActivityLink,
            ActivityOwner,
            DeadlineWindow,
            ImportRemark,
            Occurrence,
            Proof,
            ReminderRule,
            Roadmap,
            RoadmapLayout,
            SchoolTerm,
            Stage,
            TableHead,
            TemplateEdition,
            TemplateOffer,
        )
        from roadmap.reminders import reminders_of

        for role in ("curator", "head", "staff"):
            panels.register(f"home:{role}", "roadmap/_home_panel.html", parts.own_roadmap, order=40)
        for role in ("curator", "head", "staff", "mentor", "mentee"):
            panels.register(f"home:{role}", "roadmap/_tasks_panel.html", parts.own_tasks, order=45)
        panels.register("home:curator", "roadmap/_offers_panel.html", parts.templates_offered, order=35)
        panels.register("home:coordinator", "roadmap/_tasks_panel.html", parts.office_tasks, order=45)
        panels.register("program", "roadmap/_program_panel.html", parts.roadmaps_of_program, order=40)
        search.register(_("Activities of roadmaps"), parts.find_activities, order=50)
        register_holdings()
        register_floors_below()
        digests.register(reminders_of)
        for model in (Roadmap, Stage, Activity, ActivityItem, DeadlineWindow, ImportRemark, SchoolTerm):
            auditlog.register(model)
        auditlog.register(TemplateEdition, exclude_fields=["content"])
        auditlog.register(TemplateOffer)
        for model in (ActivityOwner, Proof, ActivityLink, Occurrence, ReminderRule, RoadmapLayout, TableHead):
            auditlog.register(model)
