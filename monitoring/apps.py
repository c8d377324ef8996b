from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MonitoringConfig(AppConfig):
    name = "monitoring"
    verbose_name = _("Monitoring")

    def ready(self):
        from auditlog.registry import auditlog

        from documents.annex_kinds import INDICATORS
        from documents.annexes import register
        from monitoring.annexes import indicators_annex
        from monitoring.holdings import register_holdings
        from monitoring.models import Indicator, Survey, Target
        from monitoring.panels import register_panels
        from monitoring.witnesses import register_witnesses

        register_panels()
        register_holdings()
        register_witnesses()
        register(INDICATORS, indicators_annex)
        # Not Invitation, Response, Answers: the moments of their changes would tell who answered what.
        for model in (Survey, Indicator, Target):
            auditlog.register(model)
