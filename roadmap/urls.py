from django.urls import path

from roadmap.views import imports, roadmaps

app_name = "roadmap"
urlpatterns = [
    path("", roadmaps.roadmap_list, name="roadmap-list"),
    path("import/", imports.import_upload, name="import"),
    path("import/<int:pk>/", imports.import_check, name="import-check"),
    path("import/<int:pk>/confirm/", imports.import_confirm, name="import-confirm"),
    path("<int:pk>/", roadmaps.roadmap_page, name="roadmap"),
    path("<int:pk>/edit/", roadmaps.roadmap_edit, name="roadmap-edit"),
    path("<int:pk>/export.<str:file_format>", roadmaps.roadmap_export, name="roadmap-export"),
    path("activities/<int:pk>/status/", roadmaps.activity_status, name="activity-status"),
    path("activities/<int:pk>/dates/", roadmaps.activity_dates, name="activity-dates"),
    path("items/<int:pk>/tick/", roadmaps.item_tick, name="item-tick"),
    path("remarks/<int:pk>/settle/", roadmaps.remark_settle, name="remark-settle"),
]
