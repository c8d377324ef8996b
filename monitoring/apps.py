from django.apps import AppConfig


class MonitoringConfig(AppConfig):
    name = "monitoring"

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
