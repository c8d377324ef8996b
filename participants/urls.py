from django.urls import path

from participants.registries import MENTEES, MENTORS
from participants.views import accounts, imports, organizations, people, registries

app_name = "participants"
urlpatterns = [
    path("workspace/", accounts.choose_workspace, name="choose-workspace"),
    path("mentors/", registries.RegistryList.as_view(kind=MENTORS), name="registry-mentors"),
    path("mentees/", registries.RegistryList.as_view(kind=MENTEES), name="registry-mentees"),
    path("<str:kind>/add/", registries.registry_add, name="registry-add"),
    path("<str:kind>/<int:pk>/edit/", registries.registry_edit, name="registry-edit"),
    path("<str:kind>/<int:pk>/remove/", registries.registry_remove, name="registry-remove"),
    path("suggest/", registries.suggestions, name="suggest"),
    path("import/", imports.import_upload, name="import"),
    path("import/<int:pk>/", imports.import_check, name="import-check"),
    path("import/<int:pk>/confirm/", imports.import_confirm, name="import-confirm"),
    path("invitations/", people.invitations, name="invitations"),
    path("organizations/", organizations.organization_list, name="organization-list"),
    path("organizations/<slug:slug>/", organizations.organization, name="organization"),
    path("organizations/<slug:slug>/edit/", organizations.organization_edit, name="organization-edit"),
    path("organizations/<slug:slug>/members/add/", organizations.member_add, name="member-add"),
    path("organizations/<slug:slug>/members/<int:pk>/end/", organizations.member_end, name="member-end"),
    path("<int:pk>/", people.person, name="person"),
    path("<int:pk>/edit/", people.person_edit, name="person-edit"),
    path("<int:pk>/cases/", people.person_cases, name="person-cases"),
    path("<int:pk>/invite/", people.person_invite, name="person-invite"),
]
