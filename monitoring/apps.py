from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MonitoringConfig(AppConfig):
    name = "monitoring"
    verbose_name = _("Monitoring")

    def ready(self):
        from auditlog.registry import auditlog

        from monitoring.holdings import register_holdings
        from monitoring.models import Indicator, Survey, Target
        from monitoring.panels import register_panels

        register_panels()
        register_holdings()
        # Not Invitation, Response, Answers: the moments of their changes would tell who answered what.
        for model in (Survey, Indicator, Target):
            auditlog.register(model)
