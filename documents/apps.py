from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "documents"

    def ready(self):
        from documents.finding import register_search
        from documents.orders import waiting_order_of
        from documents.panels import register_panels
        from programs.pairs import register_hold

        register_hold(waiting_order_of)
        register_panels()
        register_search()
