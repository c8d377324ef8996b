from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ParticipantsConfig(AppConfig):
    name = "participants"
    verbose_name = _("Organizations and people")

    def ready(self):
        from mentorship import panels, search
        from participants import checks, holdings, home
        from participants.consent_panels import register_consents
        from participants.depersonalization import (
            forget_in_people_floor,
            hindrances_of_people_floor,
            texts_of_people_floor,
        )
        from participants.history import keep_history
        from participants.merging import register_own_clashes
        from participants.subject_access import tell_people_floor

        keep_history()
        holdings.register_teller(tell_people_floor, order=10)
        holdings.register_hindrance(hindrances_of_people_floor)
        holdings.register_texts(texts_of_people_floor)
        holdings.register_forgetter(forget_in_people_floor, order=90)
        register_own_clashes()
        register_consents()
        checks.register()
        panels.register("home:curator", "participants/_home_applications.html", home.waiting_applications, order=25)
        panels.register("home:curator", "participants/_home_people.html", home.people_panel, order=60)
        panels.register("home:staff", "participants/_home_people.html", home.people_panel, order=60)
        search.register(_("People"), home.find_people, order=10)
        search.register(_("Applications"), home.find_applications, order=20)
