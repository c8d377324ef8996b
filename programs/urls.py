from django.urls import path

from programs.views import meetings, pairs, plan, programs, reports

app_name = "programs"
urlpatterns = [
    path("", programs.program_list, name="program-list"),
    path("open/", programs.program_open, name="program-open"),
    path("<int:pk>/", programs.program, name="program"),
    path("<int:pk>/edit/", programs.program_edit, name="program-edit"),
    path("<int:pk>/matching/", pairs.matching, name="matching"),
    path("<int:pk>/pairs/add/", pairs.pair_add, name="pair-add"),
    path("<int:pk>/pairs/find/", pairs.pair_find, name="pair-find"),
    path("pairs/", pairs.PairList.as_view(), name="pair-list"),
    path("pairs/<int:pk>/", pairs.pair, name="pair"),
    path("pairs/<int:pk>/edit/", pairs.pair_edit, name="pair-edit"),
    path("pairs/<int:pk>/delete/", pairs.pair_delete, name="pair-delete"),
    path("pairs/<int:pk>/meetings/add/", meetings.meeting_add, name="meeting-add"),
    path("pairs/<int:pk>/meetings/restore/", meetings.meeting_restore, name="meeting-restore"),
    path("pairs/<int:pk>/reports/add/", reports.report_add, name="report-add"),
    path("meetings/", meetings.MeetingList.as_view(), name="meeting-list"),
    path("meetings/add/", meetings.meeting_choose, name="meeting-choose"),
    path("meetings/<int:pk>/", meetings.meeting_edit, name="meeting-edit"),
    path("meetings/<int:pk>/delete/", meetings.meeting_delete, name="meeting-delete"),
    path("reports/", reports.ReportList.as_view(), name="report-list"),
    path("reports/<int:pk>/", reports.report, name="report"),
    path("reports/<int:pk>/edit/", reports.report_edit, name="report-edit"),
    path("reports/<int:pk>/refill/", reports.report_refill, name="report-refill"),
    path("reports/<int:pk>/submit/", reports.report_submit, name="report-submit"),
    path("reports/<int:pk>/delete/", reports.report_delete, name="report-delete"),
    path("reports/<int:pk>/accept/", reports.report_accept, name="report-accept"),
    path("reports/<int:pk>/return/", reports.report_return, name="report-return"),
    path("my-plan/", plan.my_plan, name="my-plan"),
]
