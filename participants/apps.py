from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ParticipantsConfig(AppConfig):
    name = "participants"
    verbose_name = _("Organizations and people")

    def ready(self):
        from mentorship import panels, search
        from participants import checks, home
        from participants.history import keep_history

        keep_history()
        checks.register()
        panels.register("home:curator", "participants/_home_people.html", home.people_panel, order=60)
        panels.register("home:staff", "participants/_home_people.html", home.people_panel, order=60)
        search.register(_("People"), home.find_people, order=10)
