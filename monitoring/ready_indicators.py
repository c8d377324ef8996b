"""The four indicators that every installation has, and the common targets with which they come.

Titles and sources are data, hence Russian: an order of one's own may word and set them otherwise.
"""

from monitoring.models import Indicator, Target

SATISFIED_FROM = 7
TARGETS_FROM_YEAR = 2023
SOURCE = "Типовые значения целевой модели; уточните по приказу учредителя"
# formula, title, short title, threshold, targets of three calendar years from TARGETS_FROM_YEAR on
READY = [
    (
        "mentee_share",
        "Доля педагогов, включая молодых специалистов, участвующих в программах в роли наставляемых",
        "Педагоги-наставляемые",
        None,
        (30, 50, 70),
    ),
    (
        "supplying_share",
        "Доля образовательных организаций, предоставивших своих наставников",
        "Организации, давшие наставников",
        None,
        (10, 20, 30),
    ),
    (
        "mentee_satisfaction",
        "Уровень удовлетворённости наставляемых участием в программах наставничества",
        "Удовлетворённость наставляемых",
        SATISFIED_FROM,
        (65, 75, 85),
    ),
    (
        "mentor_satisfaction",
        "Уровень удовлетворённости наставников участием в программах наставничества",
        "Удовлетворённость наставников",
        SATISFIED_FROM,
        (65, 75, 85),
    ),
]


def load_ready_indicators(indicators=Indicator, targets=Target):
    """Create what is missing of the four indicators and their common targets; what is there stays as it is.

    A data migration hands its historical models over.
    """
    for position, (formula, title, short_title, threshold, percents) in enumerate(READY, 1):
        values = {"title": title, "short_title": short_title, "threshold": threshold, "position": position}
        indicator, is_new = indicators.objects.get_or_create(formula=formula, defaults=values)
        if not is_new:
            continue
        for year, percent in enumerate(percents, TARGETS_FROM_YEAR):
            targets.objects.create(indicator=indicator, year=year, percent=percent, source=SOURCE)
