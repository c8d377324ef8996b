from django.contrib import admin
from django.urls import include, path, re_path
from django.utils.translation import gettext_lazy as _

from documents.views import application_consents, check, consent_links
from mentorship import views
from monitoring.views.answering import answer_survey, stop_reminders
from participants.views import applying
from participants.views.accounts import account_invitation
from roadmap.views.plan import digest_stop, feed_file

admin.site.site_header = admin.site.site_title = _("Mentorship portal")
admin.site.index_title = _("Registries, programmes, papers")

urlpatterns = [
    path("", views.front_page, name="front-page"),
    path("home/", views.home, name="home"),
    path("search/", views.search_page, name="search"),
    path("help/", views.help_page, {"page": "start"}, name="help"),
    path("help/<slug:page>/", views.help_page, name="help-page"),
    path("language/", views.choose_language, name="language"),
    path("outbox/", views.outbox, name="outbox"),
    path("outbox/<int:pk>/", views.outbox_letter, name="outbox-letter"),
    path("outbox/<int:pk>/retry/", views.outbox_retry, name="outbox-retry"),
    path("jobs/", views.job_list, name="job-list"),
    path("jobs/<int:pk>/", views.job_page, name="job"),
    path("jobs/<int:pk>/cancel/", views.job_cancel, name="job-cancel"),
    path("healthz", views.healthz, name="healthz"),
    path("people/", views.section, name="people"),
    path("documents/", views.section, name="papers"),
    path("people/", include("participants.urls")),
    path("programs/", include("programs.urls")),
    path("roadmap/", include("roadmap.urls")),
    path("documents/", include("documents.urls")),
    path("monitoring/", include("monitoring.urls")),
    path("apply/<str:token>/", applying.application_call, name="application-call"),
    path("a/<str:token>/", applying.application, name="application"),
    path("a/<str:token>/about/", applying.application_about, name="application-about"),
    path("a/<str:token>/consent/", application_consents.application_consent, name="application-consent"),
    path(
        "a/<str:token>/consent/paper/", application_consents.application_consent_paper, name="application-consent-paper"
    ),
    path("a/<str:token>/questions/", applying.application_questions, name="application-questions"),
    path("a/<str:token>/check/", applying.application_check, name="application-check"),
    path("a/<str:token>/keep/<str:step>/", applying.application_keep, name="application-keep"),
    path("a/<str:token>/delete/", applying.application_delete, name="application-delete"),
    path("c/<str:token>/", consent_links.consent_link, name="consent-link"),
    path("c/<str:token>/give/", consent_links.consent_link_give, name="consent-link-give"),
    path("c/<str:token>/refuse/", consent_links.consent_link_refuse, name="consent-link-refuse"),
    path("c/<str:token>/withdraw/", consent_links.consent_link_withdraw, name="consent-link-withdraw"),
    path("c/<str:token>/paper/", consent_links.consent_link_paper, name="consent-link-paper"),
    path("check/", check.check, name="paper-check-code"),
    path("check/<str:code>/", check.check_paper, name="paper-check"),
    path("s/<str:token>/", answer_survey, name="survey-answer"),
    path("s/<str:token>/stop/", stop_reminders, name="survey-stop"),
    path("calendar/<str:token>.ics", feed_file, name="calendar-feed"),
    path("reminders/<str:token>/", digest_stop, name="digest-stop"),
    path("accounts/invitation/<str:token>/", account_invitation, name="account-invitation"),
    # The address of an account is changed by the curator in the person's file, not by the account itself.
    path("accounts/email/", views.page_not_found),
    re_path(r"^accounts/confirm-email/", views.page_not_found),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
]

handler400 = "mentorship.views.bad_request"
handler403 = "mentorship.views.permission_denied"
handler404 = "mentorship.views.page_not_found"
handler500 = "mentorship.views.server_error"
