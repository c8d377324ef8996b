from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProgramsConfig(AppConfig):
    name = "programs"
    verbose_name = _("Programmes and pairs")

    def ready(self):
        from auditlog.registry import auditlog

        from mentorship import panels as places
        from mentorship import search
        from participants.consent_removals import register_removal
        from participants.models import ConsentKind
        from participants.organizations import register_figure
        from participants.registries import register_columns, register_pair_counts
        from programs import consents, figures, models, panels
        from programs.holdings import register_holdings

        for model in (models.Program, models.Pair, models.PairMentee, models.ProgressReport):
            auditlog.register(model)
        auditlog.register(models.Meeting, m2m_fields={"attendees"})
        places.register("home:curator", "programs/_home_curator.html", panels.curator_home, order=20)
        places.register("home:head", "programs/_home_counts.html", panels.counts_home, order=60)
        places.register("home:staff", "programs/_home_counts.html", panels.counts_home, order=20)
        places.register("home:mentor", "programs/_home_mentor.html", panels.mentor_home, order=20)
        places.register("home:mentee", "programs/_home_mentee.html", panels.mentee_home, order=20)
        places.register("home:coordinator", "programs/_home_coordinator.html", panels.coordinator_home, order=60)
        places.register("person", "programs/_person_pairs.html", panels.pairs_of_person, order=20)
        places.register("person", "programs/_person_reports.html", panels.reports_of_person, order=25)
        search.register(_("Pairs and groups"), panels.find_pairs, order=20)
        register_columns(panels.registry_cells)
        register_pair_counts(panels.mentor_counts)
        register_holdings()
        register_removal(ConsentKind.PARTICIPATION, consents.pairs_to_end)
        register_removal(ConsentKind.EXTRA_DUTIES, consents.pairs_to_end_as_mentor)
        register_figure(_("Pairs in force"), figures.pairs_in_force, order=20)
