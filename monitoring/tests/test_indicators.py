from datetime import date

import pytest
from django.core.exceptions import ValidationError

from monitoring.indicator_formulas import Figure
from monitoring.indicators import count_indicators
from monitoring.models import Indicator
from monitoring.tests.factories import TODAY, make_invitation, make_responses, make_survey, ready_indicator
from participants.tests.factories import make_mentee_entry, make_organization, make_person, make_questionnaire
from programs.tests.factories import make_pair, make_program

pytestmark = pytest.mark.django_db


def outcome_of(formula, organization):
    indicator = ready_indicator(formula)
    return dict(count_indicators(organization, 2026, today=TODAY))[indicator]


def make_office():
    return make_organization(kind="education_office")


def below(office, **values):
    return make_program(organization=make_organization(parent=office), **values)


# --- mentees among teachers -------------------------------------------------------------------------------------------
def test_mentee_share_counts_each_teacher_once():
    program = make_program(teachers_count=10)
    first = make_pair(program=program, status="active")
    make_pair(program=program, status="active", mentees=[first.mentees[0]])
    make_pair(program=program, status="ended", mentees=2, ended_on=date(2026, 11, 1))

    outcome = outcome_of("mentee_share", program.organization)

    assert (outcome.figure, outcome.percent) == (Figure(3, 10), 30)


def test_mentee_share_leaves_out_pupils_proposed_pairs_and_strangers():
    program = make_program(teachers_count=10)
    pupil = make_person(organization=program.organization, kind="pupil")
    stranger = make_person()
    make_pair(program=program)
    make_pair(program=program, status="active", mentees=[pupil, stranger])

    assert outcome_of("mentee_share", program.organization).figure == Figure(0, 10)


def test_mentee_share_of_another_year_is_another_figure():
    program = make_program(school_year=2025, teachers_count=10)
    make_pair(program=program, status="active")

    assert outcome_of("mentee_share", program.organization).state == "no_data"


@pytest.mark.parametrize("teachers_count", [None, 0])
def test_mentee_share_without_the_count_of_teachers_is_no_data(teachers_count):
    program = make_program(teachers_count=teachers_count)
    make_pair(program=program, status="active")

    outcome = outcome_of("mentee_share", program.organization)

    assert (outcome.state, outcome.percent) == ("no_data", None)


def test_more_mentees_than_teachers_is_a_fault_not_a_figure():
    program = make_program(teachers_count=1)
    make_pair(program=program, status="active", mentees=2)

    assert outcome_of("mentee_share", program.organization).state == "impossible"


def test_mentee_share_of_an_office_is_a_sum_not_a_mean():
    office = make_office()
    small, large = below(office, teachers_count=2), below(office, teachers_count=98)
    make_pair(program=small, status="active", mentees=2)
    make_pair(program=large, status="active", mentees=1)

    outcome = outcome_of("mentee_share", office)

    assert (outcome.figure, outcome.percent) == (Figure(3, 100), 3)


def test_organizations_without_data_are_listed_not_counted_as_zero():
    office = make_office()
    make_pair(program=below(office, teachers_count=4), status="active")
    silent = below(office)

    outcome = outcome_of("mentee_share", office)

    assert outcome.figure == Figure(1, 4)
    assert list(outcome.left_out) == [silent.organization_id]


# --- organizations that gave mentors ----------------------------------------------------------------------------------
def test_supplying_share_is_measured_over_many_organizations_only():
    program = make_program()
    make_pair(program=program, status="active")

    outcome = outcome_of("supplying_share", program.organization)

    assert (outcome.state, outcome.percent) == ("upward", None)


def test_supplying_share_counts_organizations():
    office = make_office()
    giving = below(office)
    make_pair(program=giving, status="active")
    make_pair(program=giving, status="active")
    make_pair(program=below(office))  # only proposed
    below(office)

    assert outcome_of("supplying_share", office).figure == Figure(1, 3)


def test_mentor_sent_by_a_partner_is_not_given_by_the_school():
    office = make_office()
    program = below(office)
    outsider = make_person(organization=program.organization, kind="outside")
    make_pair(program=program, status="active", mentor=outsider)

    assert outcome_of("supplying_share", office).figure == Figure(0, 1)


# --- satisfaction -----------------------------------------------------------------------------------------------------
def test_satisfaction_is_satisfied_of_those_who_answered():
    survey = make_survey()
    make_responses(survey=survey, scales=[10, 9, 7, 6, 3])
    for _number in range(3):
        make_invitation(survey=survey)

    outcome = outcome_of("mentee_satisfaction", survey.organization)

    assert (outcome.figure, outcome.response) == (Figure(3, 5), Figure(5, 8))
    assert outcome.has_low_response is False


def test_satisfaction_warns_below_sixty_percent_of_answers():
    survey = make_survey()
    make_responses(survey=survey, scales=[8] * 5)
    for _number in range(4):
        make_invitation(survey=survey)

    assert outcome_of("mentee_satisfaction", survey.organization).has_low_response is True


def test_satisfaction_keeps_mentors_and_mentees_apart():
    survey = make_survey()
    make_responses(survey=survey, scales=[10] * 5, role="mentor")
    make_responses(survey=survey, scales=[1] * 5, role="mentee")

    assert outcome_of("mentor_satisfaction", survey.organization).figure == Figure(5, 5)
    assert outcome_of("mentee_satisfaction", survey.organization).figure == Figure(0, 5)


def test_satisfaction_asks_the_threshold_of_the_indicator():
    survey = make_survey()
    make_responses(survey=survey, scales=[8, 8, 9, 9, 9])
    ready_indicator("mentee_satisfaction")
    Indicator.objects.filter(formula="mentee_satisfaction").update(threshold=9)

    assert outcome_of("mentee_satisfaction", survey.organization).figure == Figure(3, 5)


def test_satisfaction_of_fewer_than_five_is_not_shown():
    survey = make_survey()
    make_responses(survey=survey, scales=[8] * 4)

    outcome = outcome_of("mentee_satisfaction", survey.organization)

    assert (outcome.state, outcome.figure, outcome.means, outcome.percent) == ("too_few", None, (), None)


def test_satisfaction_takes_the_last_survey_with_answers_enough():
    program = make_program()
    earlier = make_survey(program=program, status="closed", closes_on=date(2026, 11, 10))
    later = make_survey(program=program)
    make_responses(survey=earlier, scales=[9] * 5)
    make_responses(survey=later, scales=[1] * 4)
    before = outcome_of("mentee_satisfaction", program.organization)

    make_responses(survey=later, scales=[1])

    after = outcome_of("mentee_satisfaction", program.organization)
    assert [(one.survey, one.figure) for one in (before, after)] == [(earlier, Figure(5, 5)), (later, Figure(0, 5))]


def test_anonymous_survey_enters_after_its_end():
    survey = make_survey(is_anonymous=True)
    make_responses(survey=survey, scales=[9] * 5)
    while_open = outcome_of("mentee_satisfaction", survey.organization).state

    survey.status = "closed"
    survey.save()

    assert (while_open, outcome_of("mentee_satisfaction", survey.organization).state) == ("no_data", "counted")


def test_survey_without_questions_about_satisfaction_does_not_count():
    survey = make_survey(questionnaire=make_questionnaire(satisfaction=0))
    make_responses(survey=survey, scales=[9] * 5)

    assert outcome_of("mentee_satisfaction", survey.organization).state == "no_data"


def test_small_groups_enter_the_sum_of_the_office_only_together():
    office = make_office()
    shown, small, other = below(office), below(office), below(office)
    make_responses(survey=make_survey(program=shown), scales=[9] * 5)
    make_responses(survey=make_survey(program=small), scales=[9, 1])
    before = outcome_of("mentee_satisfaction", office)

    make_responses(survey=make_survey(program=other), scales=[9, 9, 1])

    after = outcome_of("mentee_satisfaction", office)
    assert (before.figure, sorted(before.left_out)) == (Figure(5, 5), [small.organization_id, other.organization_id])
    assert (after.figure, list(after.left_out)) == (Figure(8, 10), [])


def test_satisfaction_without_a_threshold_is_refused():
    indicator = ready_indicator("mentee_satisfaction")
    indicator.threshold = None

    with pytest.raises(ValidationError):
        indicator.full_clean()


# --- in all -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("count", [1, 3])
def test_counting_an_office_takes_the_same_queries(django_assert_num_queries, count):
    ready_indicator("mentee_share")
    office = make_office()
    for _number in range(count):
        program = below(office, teachers_count=5)
        make_pair(program=program, status="active")
        make_responses(survey=make_survey(program=program), scales=[8] * 2)

    # indicators, organizations; programmes, mentees; mentors given; twice: surveys, questionnaires, questions, answers
    with django_assert_num_queries(13):
        count_indicators(office, 2026, today=TODAY)


def test_person_registered_without_a_pair_is_no_mentee():
    program = make_program(teachers_count=3)
    make_mentee_entry(organization=program.organization)

    assert outcome_of("mentee_share", program.organization).figure == Figure(0, 3)
