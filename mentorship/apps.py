from django.apps import AppConfig


class MentorshipConfig(AppConfig):
    name = "mentorship"

    def ready(self):
        from mentorship import jobs, panels

        for role in ("curator", "head", "staff", "coordinator"):
            panels.register(f"home:{role}", "mentorship/_home_jobs.html", jobs.jobs_panel, order=5)
