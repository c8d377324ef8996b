from django.urls import path

from documents.views import consents, files, lists, orders

app_name = "documents"
urlpatterns = [
    path("inbox/", lists.inbox, name="inbox"),
    path("orders/", lists.OrderList.as_view(), name="order-list"),
    path("orders/new/<int:program_pk>/", orders.order_draft, name="order-draft"),
    path("orders/<int:pk>/", orders.order, name="order"),
    path("orders/<int:pk>/edit/", orders.order_edit, name="order-edit"),
    path("orders/<int:pk>/names/", orders.order_names, name="order-names"),
    path("orders/<int:pk>/submit/", orders.order_submit, name="order-submit"),
    path("orders/<int:pk>/delete/", orders.order_delete, name="order-delete"),
    path("orders/<int:pk>/approve/", orders.order_approve, name="order-approve"),
    path("orders/<int:pk>/return/", orders.order_return, name="order-return"),
    path("orders/<int:pk>/draft.pdf", files.order_draft_file, name="order-draft-file"),
    path("orders/<int:pk>/file/", files.order_file, name="order-file"),
    path("orders/<int:pk>/agreements.zip", files.order_agreements, name="order-agreements"),
    path(
        "orders/<int:pk>/agreements/<int:member_pk>/draft.pdf", files.agreement_draft_file, name="agreement-draft-file"
    ),
    path("consents/print/", consents.consents_print, name="consents-print"),
    path("consents/texts/<int:pk>/<str:given_by>/", consents.consent_text_print, name="consent-text-print"),
    path("agreements/<int:pk>/file/", files.agreement_file, name="agreement-file"),
]
