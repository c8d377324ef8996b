import pytest
from django.urls import reverse

from participants.tests.factories import make_curator, make_mentee_entry
from programs.models import Meeting, MentoringForm, Pair, PairMentee, Program, ProgressReport
from programs.ready_forms import READY_FORMS, load_ready_forms
from programs.tests.factories import make_form, make_meeting, make_pair, make_program, make_report

MODELS = [MentoringForm, Program, Pair, Meeting, ProgressReport]


def address(model, page="changelist", *args):
    name = model if isinstance(model, str) else model._meta.model_name
    return reverse(f"admin:programs_{name}_{page}", args=args)


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("role", ["curator", "staff"])
def test_admin_list_opens_and_exports(sign_in, school, model, role):
    client = sign_in(role)

    assert client.get(address(model), {"q": "иванова"}).status_code == 200
    assert client.get(address(model, "export")).status_code == 200


@pytest.mark.parametrize("model", [Program, Pair, Meeting, ProgressReport])
def test_admin_list_never_shows_rows_of_other_organizations(sign_in, school, model):
    client = sign_in("foreign curator")
    row = model.objects.first()

    response = client.get(address(model))

    assert response.context["cl"].result_count == 0
    assert client.get(address(model, "change", row.pk)).status_code == 302


@pytest.mark.parametrize("model", MODELS)
def test_admin_pages_open_for_the_curator(sign_in, school, model):
    client = sign_in("curator")
    row = model.objects.first()

    assert client.get(address(model, "change", row.pk)).status_code == 200
    assert client.get(address(model, "add")).status_code == (403 if model is ProgressReport else 200)


@pytest.mark.parametrize("model", [Program, Pair, Meeting])
def test_admin_add_page_is_closed_to_staff(sign_in, school, model):
    assert sign_in("staff").get(address(model, "add")).status_code == 403


@pytest.mark.parametrize("model", [Program, Pair, Meeting, ProgressReport])
def test_admin_list_query_count_does_not_grow(sign_in, school, queries_of, model):
    sign_in("curator")

    before = queries_of(address(model))
    for year in (2024, 2025):
        pair = make_pair(program=make_program(organization=school.organization, school_year=year), status="active")
        make_meeting(pair=pair)
        make_report(pair=pair)

    assert queries_of(address(model)) == before


def pair_post(pair, mentees, **values):
    rows = list(pair.members.all()) if pair else []
    data = {
        "program": pair.program_id,
        "mentor": pair.mentor_id,
        "form": pair.form_id,
        "topic": "",
        "planned_from": "2026-10-01",
        "planned_to": "2027-05-31",
        "members-TOTAL_FORMS": len(mentees),
        "members-INITIAL_FORMS": len(rows),
        "meetings-TOTAL_FORMS": 0,
        "meetings-INITIAL_FORMS": 0,
    }
    for number, person in enumerate(mentees):
        data |= {f"members-{number}-person": person.pk, f"members-{number}-pair": pair.pk}
        if number < len(rows):
            data[f"members-{number}-id"] = rows[number].pk
    return data | values


def test_admin_changes_a_proposed_pair_by_the_rules_of_the_portal(sign_in, school):
    client, pair = sign_in("curator"), school.proposed
    url = address(Pair, "change", pair.pk)

    refused = client.post(url, pair_post(pair, [pair.mentor], topic="Иное"))
    saved = client.post(url, pair_post(pair, pair.mentees, topic="Иное"))

    pair.refresh_from_db()
    assert (refused.status_code, saved.status_code, pair.topic) == (200, 302, "Иное")


def test_admin_keeps_a_pair_in_force_as_the_order_has_it(sign_in, school):
    client, pair = sign_in("curator"), school.pair
    other = make_mentee_entry(organization=school.organization).person

    client.post(address(Pair, "change", pair.pk), pair_post(pair, [other], topic="Иное", status="ended"))
    client.post(address(Pair, "delete", pair.pk), {"post": "yes"})

    assert Pair.objects.filter(pk=pair.pk, topic="", status="active").exists()
    assert not PairMentee.objects.filter(person=other).exists()


def test_admin_keeps_a_programme_with_pairs(sign_in, school):
    client = sign_in("curator")

    client.post(address(Program, "delete", school.program.pk), {"post": "yes"})

    assert Program.objects.filter(pk=school.program.pk).exists()


def test_admin_offers_only_own_choices(sign_in, school):
    foreign = make_pair(status="active")

    pairs = sign_in("curator").get(address(Meeting, "add")).context["adminform"].form.fields["pair"].queryset

    assert foreign not in pairs
    assert school.pair in pairs


def test_admin_choices_leave_out_organizations_where_the_curator_only_reads(client, school):
    curator = school.users["curator"]
    other = make_program()
    other.organization.memberships.create(user=curator, role="staff")
    client.force_login(curator)

    form = client.get(address(Pair, "add")).context["adminform"].form

    assert list(form.fields["program"].queryset) == [school.program]


@pytest.mark.parametrize(
    "values", [{"held_on": "2026-09-01"}, {"held_on": "2026-11-01", "attendees": []}], ids=["too early", "nobody came"]
)
def test_admin_meeting_keeps_to_the_rules_of_the_log(sign_in, school, values):
    data = {"pair": school.pair.pk, "minutes": 45, "kind": "regular", "mode": "in_person", "topic": "Тема"}
    data |= {"attendees": [person.pk for person in school.pair.mentees]} | values

    assert sign_in("curator").post(address(Meeting, "add"), data).status_code == 200
    assert Meeting.objects.count() == 1


def test_admin_action_accepts_reports_that_wait(sign_in, school):
    ProgressReport.objects.filter(pk=school.report.pk).update(status="submitted")
    draft = make_report(pair=make_pair(program=school.program, status="active"))
    data = {"action": "accept_reports", "_selected_action": [school.report.pk, draft.pk]}

    sign_in("curator").post(address(ProgressReport), data)

    assert dict(ProgressReport.objects.values_list("pk", "status")) == {school.report.pk: "accepted", draft.pk: "draft"}


def test_admin_action_is_not_for_staff(sign_in, school):
    ProgressReport.objects.update(status="submitted")
    data = {"action": "accept_reports", "_selected_action": [school.report.pk]}

    sign_in("staff").post(address(ProgressReport), data)

    assert ProgressReport.objects.get().status == "submitted"


def test_admin_imports_forms_into_the_organization_of_the_curator(client, db, tmp_path):
    curator = make_curator()
    organization = curator.people.get().organization
    table = tmp_path / "forms.csv"
    table.write_text("name,position\nвоспитатель – студент,20\n")
    client.force_login(curator)

    for _time in range(2):
        with table.open("rb") as upload:
            page = client.post(address(MentoringForm, "import"), {"import_file": upload, "format": "0"})
        client.post(address(MentoringForm, "process_import"), page.context["confirm_form"].initial)

    assert list(MentoringForm.objects.filter(name="воспитатель – студент").values_list("organization", flat=True)) == [
        organization.pk
    ]


def test_admin_leaves_common_forms_as_they_are(sign_in, school):
    common = make_form()

    response = sign_in("curator").post(address(MentoringForm, "change", common.pk), {"name": "Иная", "position": 1})

    common.refresh_from_db()
    assert (response.status_code, common.name != "Иная") == (403, True)


def test_load_ready_forms_is_safe_to_run_again(db):
    MentoringForm.objects.all().delete()  # a migration has loaded them already

    added = [load_ready_forms(), load_ready_forms()]

    assert added == [len(READY_FORMS), 0]
    assert list(MentoringForm.objects.values_list("name", flat=True)) == READY_FORMS
