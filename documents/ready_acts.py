"""The acts that every installation knows from the start. Facts, not texts: who, when, which number, since when in force.

An act that lost its force keeps its row with the last day: an old order cited it rightly.
"""

from datetime import date

from documents.models import LegalAct

EMPLOYEES, OTHERS, NEVER = LegalAct.Proposed.EMPLOYEES, LegalAct.Proposed.OTHERS, LegalAct.Proposed.NEVER

# (name, words in the instrumental, in force from, in force to, proposed)
READY_ACTS = [
    (
        "Трудовой кодекс, статья 351.8 (наставничество в сфере труда)",
        "статьёй 351.8 Трудового кодекса Российской Федерации",
        date(2025, 3, 1),
        None,
        EMPLOYEES,
    ),
    (
        "Закон об образовании, 273-ФЗ",
        "Федеральным законом от 29 декабря 2012 г. № 273-ФЗ «Об образовании в Российской Федерации»",
        date(2013, 9, 1),
        None,
        NEVER,
    ),
    (
        "Распоряжение Правительства 1264-р (Концепция развития наставничества до 2030 года)",
        "распоряжением Правительства Российской Федерации от 21 мая 2025 г. № 1264-р",
        date(2025, 5, 21),
        None,
        NEVER,
    ),
    (
        "Распоряжение Правительства 3273-р (национальная система профессионального роста)",
        "распоряжением Правительства Российской Федерации от 31 декабря 2019 г. № 3273-р",
        date(2019, 12, 31),
        None,
        NEVER,
    ),
    (
        "Письмо Минпросвещения и Профсоюза АЗ-1128/08/657 (модель «педагог – педагог»)",
        "письмом Министерства просвещения Российской Федерации и Профессионального союза работников народного "
        "образования и науки Российской Федерации от 21 декабря 2021 г. № АЗ-1128/08/657",
        date(2021, 12, 21),
        None,
        EMPLOYEES,
    ),
    (
        "Распоряжение Минпросвещения Р-145 (методология наставничества обучающихся)",
        "распоряжением Министерства просвещения Российской Федерации от 25 декабря 2019 г. № Р-145",
        date(2019, 12, 25),
        None,
        OTHERS,
    ),
    (
        "Письмо Минпросвещения МР-42/02 (методические рекомендации к Р-145)",
        "письмом Министерства просвещения Российской Федерации от 23 января 2020 г. № МР-42/02",
        date(2020, 1, 23),
        None,
        NEVER,
    ),
    (
        "Распоряжение Минпросвещения Р-174 (научно-методическое сопровождение)",
        "распоряжением Министерства просвещения Российской Федерации от 16 декабря 2020 г. № Р-174",
        date(2020, 12, 16),
        None,
        NEVER,
    ),
    (
        "Приказ Минпросвещения 400 (ведомственные награды)",
        "приказом Министерства просвещения Российской Федерации от 1 июля 2021 г. № 400",
        date(2021, 7, 1),
        None,
        NEVER,
    ),
    (
        "Приказ Минпросвещения 196 (порядок аттестации)",
        "приказом Министерства просвещения Российской Федерации от 24 марта 2023 г. № 196",
        date(2023, 9, 1),
        date(2029, 8, 31),
        NEVER,
    ),
]


def load_ready_acts(act_model=LegalAct):
    """Add the ready acts that are missing; safe to run again. A migration passes its own state of the model.

    Returns how many were added.
    """
    added = 0
    for rank, (name, words, first, last, proposed) in enumerate(READY_ACTS, 1):
        values = {"words": words, "in_force_from": first, "in_force_to": last, "proposed": proposed, "rank": rank}
        _act, is_new = act_model.objects.get_or_create(organization=None, name=name, defaults=values)
        added += is_new
    return added
