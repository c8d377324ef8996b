from django.urls import path

from monitoring.views import indicators, surveys

app_name = "monitoring"
urlpatterns = [
    path("", surveys.overview, name="overview"),
    path("surveys/", surveys.SurveyList.as_view(), name="survey-list"),
    path("surveys/mine/", surveys.my_surveys, name="my-surveys"),
    path("surveys/new/", surveys.survey_add, name="survey-add"),
    path("surveys/<int:pk>/", surveys.survey_page, name="survey"),
    path("surveys/<int:pk>/edit/", surveys.survey_edit, name="survey-edit"),
    path("surveys/<int:pk>/open/", surveys.survey_open, name="survey-open"),
    path("surveys/<int:pk>/close/", surveys.survey_close, name="survey-close"),
    path("surveys/<int:pk>/invite/", surveys.survey_invite, name="survey-invite"),
    path("surveys/<int:pk>/delete/", surveys.survey_delete, name="survey-delete"),
    path("surveys/<int:pk>/links/", surveys.survey_links, name="survey-links"),
    path("indicators/", indicators.indicator_list, name="indicator-list"),
    path("indicators/<slug:slug>/", indicators.indicator_list, name="indicators-of"),
    path("indicators/<slug:slug>/<slug:formula>/", indicators.indicator_evidence, name="indicator-evidence"),
    path("targets/<slug:slug>/", indicators.target_list, name="target-list"),
    path("targets/<int:pk>/delete/", indicators.target_delete, name="target-delete"),
]
