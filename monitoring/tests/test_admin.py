import pytest
import tablib
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from monitoring.models import Survey, Target
from monitoring.resources import TargetResource
from monitoring.tests.factories import NOW, make_invitation, make_survey, ready_indicator
from participants.models import User
from participants.tests.factories import make_curator, make_organization, make_staff
from programs.tests.factories import make_pair, make_program

pytestmark = pytest.mark.django_db
MODELS = ["survey", "invitation", "target", "measurement"]


@pytest.fixture(autouse=True)
def november(time_machine):
    time_machine.move_to(NOW)


def address(model, page, *args):
    return reverse(f"admin:monitoring_{model}_{page}", args=args)


@pytest.fixture
def survey():
    program = make_program()
    make_pair(program=program, status="active")
    return make_survey(program=program, status="draft")


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("make_user_of", [make_curator, make_staff])
def test_admin_lists_open(client, survey, model, make_user_of):
    client.force_login(make_user_of(survey.organization))

    assert client.get(address(model, "changelist")).status_code == 200


@pytest.mark.parametrize(
    ("model", "make_user_of", "status"),
    [
        ("survey", make_curator, 200),
        ("survey", make_staff, 403),
        ("target", make_curator, 200),
        ("target", make_staff, 403),
        ("invitation", make_curator, 403),
        ("measurement", make_curator, 403),
        ("indicator", make_curator, 403),
    ],
)
def test_admin_add_pages_open_for_curators(client, survey, model, make_user_of, status):
    client.force_login(make_user_of(survey.organization))

    assert client.get(address(model, "add")).status_code == status


def test_admin_of_indicators_opens_for_superusers(client):
    indicator = ready_indicator("mentee_share")
    client.force_login(User.objects.create_superuser("root@example.org", "portal-tests-1"))

    pages = [address("indicator", "changelist"), address("indicator", "change", indicator.pk)]

    assert [client.get(page).status_code for page in pages] == [200, 200]


def test_admin_never_shows_rows_of_another_organization(client, survey):
    make_invitation(survey=survey)
    client.force_login(make_curator())

    Target.objects.all().delete()  # the common ones that a migration has loaded are for everybody

    counts = [client.get(address(model, "changelist")).context["cl"].result_count for model in MODELS]
    change = client.get(address("survey", "change", survey.pk))

    assert (counts, change.status_code) == ([0, 0, 0, 0], 302)


@pytest.mark.parametrize("count", [1, 3])
def test_admin_survey_list_query_count_does_not_grow(client, django_assert_num_queries, count):
    program = make_program()
    for _number in range(count):
        make_invitation(survey=make_survey(program=program))
    client.force_login(make_curator(program.organization))

    with django_assert_num_queries(11):
        client.get(address("survey", "changelist"))


def test_admin_opens_and_closes_by_the_functions_of_the_portal(client, survey):
    client.force_login(make_curator(survey.organization))
    data = {"_selected_action": [survey.pk]}

    client.post(address("survey", "changelist"), {"action": "open_surveys", **data})
    opened = Survey.objects.get(pk=survey.pk)
    client.post(address("survey", "changelist"), {"action": "close_surveys", **data})

    assert (opened.status, opened.invitations.count()) == ("open", 2)
    assert list(survey.events.values_list("status", flat=True)) == ["closed", "open"]


def test_admin_says_why_a_step_is_refused(client, survey):
    client.force_login(make_curator(survey.organization))

    response = client.post(
        address("survey", "changelist"), {"action": "close_surveys", "_selected_action": [survey.pk]}
    )

    assert [message.level_tag for message in get_messages(response.wsgi_request)] == ["error"]


def test_admin_moves_nothing_for_staff(client, survey):
    client.force_login(make_staff(survey.organization))

    client.post(address("survey", "changelist"), {"action": "open_surveys", "_selected_action": [survey.pk]})

    survey.refresh_from_db()
    assert survey.status == "draft"


def test_admin_keeps_the_status_and_sent_questions_unchanged(client, survey):
    Survey.objects.filter(pk=survey.pk).update(status="open")
    client.force_login(make_curator(survey.organization))

    form = client.get(address("survey", "change", survey.pk)).context["adminform"].form

    assert sorted(form.fields) == ["closes_on", "remind_at_most", "remind_every_days"]


def test_admin_does_not_delete_what_was_sent(client, survey):
    Survey.objects.filter(pk=survey.pk).update(status="open")
    client.force_login(make_curator(survey.organization))

    assert client.post(address("survey", "delete", survey.pk), {"post": "yes"}).status_code == 403


def test_admin_does_not_export_links(client, survey):
    client.force_login(make_curator(survey.organization))

    assert client.get(address("invitation", "export")).status_code == 403


def test_admin_curator_sets_targets_of_his_own_organization_alone(client, survey):
    ready_indicator("mentee_share")
    client.force_login(make_curator(survey.organization))

    field = client.get(address("target", "add")).context["adminform"].form.fields["organization"]

    assert ([place.pk for place in field.queryset], field.required) == ([survey.organization.pk], True)


def test_admin_common_target_is_read_only_for_curators(client, survey):
    ready_indicator("mentee_share")
    common = Target.objects.first()
    client.force_login(make_curator(survey.organization))

    assert client.post(address("target", "delete", common.pk), {"post": "yes"}).status_code == 403


def target_row(organization, percent="40"):
    return f"indicator,organization,year,percent,source\nmentee_share,{organization},2026,{percent},Приказ № 5\n"


def test_admin_import_shows_the_check_page(client, survey):
    ready_indicator("mentee_share")
    client.force_login(make_curator(survey.organization))
    file = SimpleUploadedFile("targets.csv", target_row(survey.organization.slug).encode())

    response = client.post(
        address("target", "import"), {"import_file": file, "format": "0", "resource": "0"}, follow=True
    )

    assert response.status_code == 200
    assert [row.import_type for row in response.context["result"].valid_rows()] == ["new"]


@pytest.mark.parametrize(("slug", "imported"), [("own", 1), ("foreign", 0), ("", 0)])
def test_import_of_targets_takes_own_organizations_alone(slug, imported):
    ready_indicator("mentee_share")
    own, foreign = make_organization(slug="own"), make_organization(slug="foreign")
    resource = TargetResource(user=make_curator(own))

    resource.import_data(tablib.Dataset().load(target_row(slug), format="csv"), collect_failed_rows=True)

    assert Target.objects.filter(organization__in=[own, foreign]).count() == imported
    assert Target.objects.filter(year=2026).count() == imported


def test_import_of_targets_twice_changes_not_doubles():
    ready_indicator("mentee_share")
    own = make_organization(slug="own")
    user = make_curator(own)

    for percent in ("40", "45"):
        rows = tablib.Dataset().load(target_row("own", percent), format="csv")
        TargetResource(user=user).import_data(rows, raise_errors=True)

    assert [target.percent for target in Target.objects.filter(organization=own)] == [45]
