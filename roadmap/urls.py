from django.urls import path, re_path

from roadmap.views import editing, import_corrections, imports, library, owners, plan, roadmaps, terms

# What an activity is called while its import is checked: its line, and numbers of what was split off.
KEY = r"\d{1,9}(?:\.\d{1,3}){0,5}"

app_name = "roadmap"
urlpatterns = [
    path("", roadmaps.roadmap_list, name="roadmap-list"),
    path("import/", imports.import_upload, name="import"),
    path("import/<int:pk>/", imports.import_check, name="import-check"),
    path("import/<int:pk>/confirm/", imports.import_confirm, name="import-confirm"),
    path("import/<int:pk>/drop/", imports.import_drop, name="import-drop"),
    path("import/<int:pk>/columns/", import_corrections.import_columns, name="import-columns"),
    path("import/<int:pk>/facts/", import_corrections.import_facts, name="import-facts"),
    path("import/<int:pk>/lines/<int:row>/", import_corrections.import_line, name="import-line"),
    path("import/<int:pk>/stages/<int:row>/", import_corrections.import_stage, name="import-stage"),
    re_path(
        rf"^import/(?P<pk>\d+)/activities/(?P<key>{KEY})/$", import_corrections.import_activity, name="import-activity"
    ),
    re_path(
        rf"^import/(?P<pk>\d+)/activities/(?P<key>{KEY})/restore/$",
        import_corrections.import_activity_restore,
        name="import-activity-restore",
    ),
    path("ready/", library.ready_list, name="ready-list"),
    path("ready/<str:kind>/", library.ready_shown, name="ready"),
    path("<int:pk>/next-year/", library.next_year, name="next-year"),
    path("terms/", terms.terms_edit, name="terms"),
    path("<int:pk>/", roadmaps.roadmap_page, name="roadmap"),
    path("<int:pk>/edit/", roadmaps.roadmap_edit, name="roadmap-edit"),
    path("<int:pk>/export.<str:file_format>", roadmaps.roadmap_export, name="roadmap-export"),
    path("activities/<int:pk>/status/", roadmaps.activity_status, name="activity-status"),
    path("activities/<int:pk>/suggestion/", roadmaps.suggestion, name="suggestion"),
    path("activities/<int:pk>/dates/", roadmaps.activity_dates, name="activity-dates"),
    path("new/", editing.roadmap_new, name="roadmap-new"),
    path("tasks/", plan.my_tasks, name="my-tasks"),
    path("tasks/calendar/", plan.feed, name="my-feed"),
    path("reminders/", plan.reminder_rule, name="reminder-rule"),
    path("<int:pk>/state.pdf", plan.state, name="state"),
    path("<int:pk>/timeline/", plan.timeline, name="timeline"),
    path("<int:pk>/calendar/", plan.month, name="calendar"),
    path("<int:pk>/approved/", plan.baseline, name="baseline"),
    path("<int:pk>/feed/", plan.feed, name="feed"),
    path("<int:pk>/owners/", owners.owners, name="owners"),
    path("<int:pk>/stages/new/", editing.stage_new, name="stage-new"),
    path("stages/<int:pk>/edit/", editing.stage_edit, name="stage-edit"),
    path("stages/<int:pk>/move/", editing.stage_move, name="stage-move"),
    path("stages/<int:pk>/delete/", editing.stage_delete, name="stage-delete"),
    path("stages/<int:pk>/activities/new/", editing.activity_new, name="activity-new"),
    path("activities/<int:pk>/", editing.activity_shown, name="activity"),
    path("activities/<int:pk>/edit/", editing.activity_edit, name="activity-edit"),
    path("activities/<int:pk>/delete/", editing.activity_delete, name="activity-delete"),
    path("activities/<int:pk>/move/", editing.activity_move, name="activity-move"),
    path("activities/<int:pk>/items/new/", editing.item_new, name="item-new"),
    path("activities/<int:pk>/proofs/", owners.activity_proofs, name="activity-proofs"),
    path("activities/<int:pk>/links/", owners.activity_links, name="activity-links"),
    path("activities/<int:pk>/followers/", owners.followers, name="followers"),
    path("proofs/<int:pk>/", owners.proof_file, name="proof-file"),
    path("proofs/<int:pk>/remove/", owners.proof_remove, name="proof-remove"),
    path("links/<int:pk>/remove/", owners.link_remove, name="link-remove"),
    path("occurrences/<int:pk>/tick/", plan.occurrence_tick, name="occurrence-tick"),
    path("items/<int:pk>/delete/", editing.item_delete, name="item-delete"),
    path("items/<int:pk>/tick/", roadmaps.item_tick, name="item-tick"),
    path("remarks/<int:pk>/settle/", roadmaps.remark_settle, name="remark-settle"),
]
