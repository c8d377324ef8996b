"""What the floors witness for activities of a roadmap: their words, their evidence. Here, because this floor sees all."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from documents.models import Order
from documents.tests.factories import make_kept_letter, make_order
from monitoring.tests.factories import make_invitation, make_survey
from participants.tests.factories import (
    make_application,
    make_call,
    make_consent,
    make_curator,
    make_mentee_entry,
    make_mentor_entry,
)
from programs.tests.factories import make_meeting, make_pair, make_program, make_report
from roadmap.models import Activity, Proof
from roadmap.tests.factories import make_activity, make_roadmap, make_stage
from roadmap.witnesses import kinds_of, suggestion_for

TODAY = date(2026, 11, 10)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Издание приказа о создании наставнических пар (групп)", {"assignment_order"}),
        ("Издание приказа «Об утверждении наставнических пар/групп».", {"assignment_order"}),
        ("Приказ о закреплении наставнических пар", {"assignment_order"}),
        ("Назначение куратора (издание приказа) по наставничеству в ДОУ.", {"curator"}),
        ("Назначение куратора внедрения Целевой модели наставничества", {"curator"}),
        ("Издание приказа «О внедрении целевой модели наставничества", {"introduction_order"}),
        ("Издание распорядительных актов о внедрении целевой модели наставничества", {"introduction_order"}),
        ("Разработка и утверждение Положения о наставничестве", {"regulation"}),
        ("Разработка и утверждение «дорожной карты» внедрения системы наставничества", {"plan"}),
        ("Формирование базы данных наставляемых из числа педагогов.", {"mentees"}),
        ("Формирование банка данных наставников, обеспечение согласий", {"mentors", "consents-mentors"}),
        ("Реестр наставников по утвержденной форме.", {"mentors"}),
        ("Организация персонифицированного учета наставников и наставляемых", {"mentors", "mentees"}),
        ("Формирование наставнических пар или групп", {"pairs"}),
        ("Регулярные встречи наставника и наставляемого.", {"meetings"}),
        ("Анкетирование. Форматы анкет обратной связи для промежуточной оценки", {"surveys-sent"}),
        ("Проведение мониторинга личной удовлетворенности участием в программе наставничества.", {"answers"}),
        ("Проведение мониторинга качества реализации программы наставничества.", {"indicators"}),
        ("Проведение внутреннего мониторинга в МАДОУ по реализации и эффективности программ", {"indicators"}),
        ("Приказ о поощрении участников наставнической деятельности.", {"award_order"}),
        ("Издать приказ о парах и группах, подписать соглашения.", {"assignment_order", "agreements"}),
        ("Собрать согласия наставников на обработку персональных данных", {"consents-mentors"}),
        (
            "Собрать согласия на обработку персональных данных наставляемых, за несовершеннолетних – от родителей",
            {"consents-mentees"},
        ),
        ("Получение согласий на обработку персональных данных", {"consents"}),
        ("Сбор заявлений от желающих участвовать", {"applications"}),
        ("Составить и утвердить персонализированные программы наставничества", {"personal-programs"}),
        ("Собрать отчёты наставников", {"reports"}),
        ("Отчёты наставников", {"reports"}),
        ("Вручение благодарственных писем", {"thanks"}),
        ("Благодарственные письма наставникам и наставляемым", {"thanks"}),
        ("Подготовить дополнительные соглашения к трудовым договорам наставников", {"addenda"}),
        ("Заключить соглашения о сотрудничестве и дополнительные соглашения", {"agreements", "addenda"}),
        # Near to a kind, and of none.
        ("Подготовить для наставников папку с образцами планов и отчётов наставника", set()),
        ("Сведения о встречах пар за месяц", set()),
        ("Провести общую встречу наставников и наставляемых", set()),
        ("Проверить, соответствует ли положение о наставничестве законодательству", set()),
        ("Анализ базы наставников", set()),
        ("Определить график консультаций по согласованию с педагогами", set()),
        ("Приём заявок на муниципальный конкурс наставников", set()),
        ("Формирование единой муниципальной базы наставников и единой базы программ наставничества", set()),
        ("Формирование долгосрочной базы наставников", set()),
        ("Проведение анкетирования среди педагогов желающих принять участие в программе", {"applications"}),
        ("Организация групповой встречи наставников и наставляемых.", set()),
        ("Организация встреч для формирования пар или групп", set()),
        ("Проведение заключительной встречи наставника и наставляемого.", set()),
        ("Проведение Муниципального мониторинга состояния внедрения и реализации Целевой модели", set()),
        ("Создание специальных рубрик в социальных сетях", set()),
        ("", set()),
    ],
)
def test_kinds_are_known_by_the_words_of_documents(text, kinds):
    assert kinds_of(text) == kinds
    assert kinds_of(text.upper().replace(" ", "\xa0 ")) == kinds


def activity_of(program, content, **values):
    roadmap = make_roadmap(organization=program.organization)
    return make_activity(stage=make_stage(roadmap=roadmap), content=content, **values)


def sentence_of(activity, key, today=TODAY):
    suggestion = suggestion_for(Activity.objects.get(pk=activity.pk), today)
    return suggestion and suggestion.evidence[key].sentence


@pytest.mark.django_db
def test_approved_order_speaks_for_its_activity_and_becomes_its_proof(client):
    order = make_order(status="approved")
    activity = activity_of(order.program, "Издание приказа о закреплении наставнических пар")
    client.force_login(make_curator(order.organization))

    page = client.get(activity.stage.roadmap.get_absolute_url())
    assert order.get_absolute_url() in page.content.decode()
    client.post(reverse("roadmap:suggestion", args=[activity.pk]), {"act": "confirm"})

    activity.refresh_from_db()
    assert (activity.status, activity.done_on) == ("done", order.approved_on)
    assert [(proof.kind, proof.paper) for proof in activity.proofs.all()] == [(Proof.Kind.PAPER, order)]
    assert order.number in activity.events.get().comment


@pytest.mark.django_db
def test_order_that_waits_for_the_head_speaks_for_nothing():
    order = make_order(status="submitted")

    assert suggestion_for(activity_of(order.program, "Приказ о закреплении наставнических пар"), TODAY) is None


@pytest.mark.django_db
def test_another_organization_speaks_for_nothing():
    make_mentor_entry()

    assert suggestion_for(activity_of(make_program(), "Формирование базы наставников"), TODAY) is None


@pytest.mark.django_db
def test_registry_pairs_and_meetings_are_counted():
    pair = make_pair(status="active")
    make_meeting(pair=pair)
    program = pair.program

    assert "1" in sentence_of(activity_of(program, "Формирование базы наставников"), "mentors")
    assert "1" in sentence_of(activity_of(program, "Формирование базы наставляемых"), "mentees")
    assert "1" in sentence_of(activity_of(program, "Формирование наставнических пар"), "pairs")
    assert "1" in sentence_of(activity_of(program, "Регулярные встречи наставника и наставляемого"), "meetings")


@pytest.mark.django_db
def test_survey_speaks_once_it_is_sent_and_its_answers_once_it_is_over():
    survey = make_survey(opens_on=date(2026, 10, 12), closes_on=date(2026, 11, 20))
    make_invitation(survey=survey, is_answered=True)
    interim = activity_of(survey.program, "Промежуточная анкета")
    final = activity_of(survey.program, "Итоговая анкета")

    assert survey.title in sentence_of(interim, "surveys-sent")
    assert sentence_of(final, "answers") is None
    assert survey.title in sentence_of(final, "answers", date(2026, 11, 21))


@pytest.mark.django_db
def test_consents_speak_once_nobodys_is_missing():
    program = make_program()
    first, second = (make_mentor_entry(organization=program.organization) for _number in range(2))
    make_mentee_entry(organization=program.organization)
    activity = activity_of(program, "Собрать согласия наставников на обработку персональных данных")
    make_consent(person=first.person)
    assert sentence_of(activity, "consents-mentors") is None

    make_consent(person=second.person, given_on=date(2026, 10, 20))
    assert "2" in sentence_of(activity, "consents-mentors")
    assert sentence_of(activity_of(program, "Согласия на обработку персональных данных"), "consents") is None


@pytest.mark.django_db
def test_consents_of_one_side_do_not_wait_for_the_other():
    program = make_program()
    mentor = make_mentor_entry(organization=program.organization).person
    make_consent(person=mentor, given_on=date(2026, 10, 20))
    make_mentee_entry(organization=program.organization)
    content = "Собрать согласия наставников на обработку персональных данных"

    activity = activity_of(program, content, document_text="Согласия")

    assert "1" in sentence_of(activity, "consents-mentors")


@pytest.mark.django_db
def test_reports_speak_once_every_pair_in_force_has_one_of_that_time():
    program = make_program()
    first, second = (make_pair(program=program, status="active") for _number in range(2))
    make_pair(program=program, status="ended", started_on=date(2026, 9, 10), ended_on=date(2026, 10, 1))
    spring = [(None, date(2027, 5, 25))]
    autumn, may = (
        activity_of(program, "Отчёты наставников", deadline_kind="by", windows=windows)
        for windows in ([(None, date(2026, 11, 15))], spring)
    )
    accepted_report(first, date(2026, 10, 30))
    assert sentence_of(autumn, "reports") is None

    accepted_report(second, date(2026, 11, 6))
    assert "2" in sentence_of(autumn, "reports")
    accepted_report(second, date(2027, 5, 20))  # of the first there is only that of autumn
    assert sentence_of(may, "reports", date(2027, 5, 24)) is None


def accepted_report(pair, day):
    report = make_report(pair=pair, status="accepted", starts_on=pair.started_on, ends_on=day)
    event = report.events.create(status="accepted")
    report.events.filter(pk=event.pk).update(at=datetime(day.year, day.month, day.day, 9, tzinfo=UTC))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "kind"), [("Вручение благодарственных писем", "thanks"), ("Дополнительные соглашения", "addendum")]
)
def test_letters_that_are_made_speak(content, kind):
    program = make_program()
    key = {"thanks": "thanks", "addendum": "addenda"}[kind]
    activity = activity_of(program, content)
    make_kept_letter(program, "minutes")
    assert sentence_of(activity, key) is None

    make_kept_letter(program, kind, dated_on=date(2026, 11, 2))

    assert "1" in sentence_of(activity, key)


@pytest.mark.django_db
def test_applications_that_came_in_are_counted_when_their_time_is_over():
    program = make_program()
    call = make_call(organization=program.organization)
    make_application(call=call, status="submitted")
    make_application(call=call)
    over = activity_of(
        program, "Сбор заявлений от желающих участвовать", windows=[(date(2026, 9, 1), date(2026, 11, 5))]
    )
    lasting = activity_of(program, "Приём заявок", windows=[(date(2026, 9, 1), date(2027, 5, 31))])

    assert "1" in sentence_of(over, "applications")
    assert sentence_of(lasting, "applications") is None


@pytest.mark.django_db
def test_order_on_personalised_programmes_speaks_for_them():
    order = make_order(status="approved")
    Order.objects.filter(pk=order.pk).update(kind="programs_order")
    activity = activity_of(order.program, "Составить и утвердить персонализированные программы наставничества")

    assert order.number in sentence_of(activity, "personal-programs")
