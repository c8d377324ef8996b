from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MentorshipConfig(AppConfig):
    name = "mentorship"
    verbose_name = _("Letters and work of the portal")

    def ready(self):
        from mentorship import jobs, panels

        for role in ("curator", "head", "staff", "coordinator"):
            panels.register(f"home:{role}", "mentorship/_home_jobs.html", jobs.jobs_panel, order=5)
