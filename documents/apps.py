from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    name = "documents"
    verbose_name = _("Papers")

    def ready(self):
        from auditlog.registry import auditlog

        from documents.finding import register_search
        from documents.holdings import register_holdings
        from documents.models import Agreement, Order, PaperText
        from documents.orders import waiting_order_of
        from documents.panels import register_panels
        from programs.pairs import register_hold

        register_hold(waiting_order_of)
        register_panels()
        register_holdings()
        register_search()
        auditlog.register(Order, m2m_fields={"pairs"}, exclude_fields=["snapshot"])
        auditlog.register(Agreement, exclude_fields=["snapshot"])
        auditlog.register(PaperText)
