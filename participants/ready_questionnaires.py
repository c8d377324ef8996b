"""Questionnaires that every installation has from the first day. Their texts are content and stay Russian.

Short ones for the middle of the year, full ones for its end; they ask what the target model wants to know (comfort,
usefulness, theory and practice, what lacked) in the portal's own words. An organization makes its own beside them.
"""

from participants.models import Question, Questionnaire

ASKED_OF_ALL = (
    "Ответы помогут понять, что в программе наставничества получается, а что стоит изменить. Это займёт три минуты."
)
# kind of answer, question, whether it counts as satisfaction, whether it must be answered
SHORT = {
    "Наставляемый: короткий опрос": [
        ("scale", "Насколько вам комфортно работать с наставником?", True, True),
        ("scale", "Насколько помощь наставника полезна в том, ради чего вы пришли в программу?", True, True),
        ("scale", "Насколько вы довольны тем, как организованы встречи: временем, местом, содержанием?", True, True),
        ("yes_no", "Хотите ли вы продолжать занятия с наставником?", False, True),
        ("text", "Чего вам не хватает и что вы предложили бы изменить?", False, False),
    ],
    "Наставник: короткий опрос": [
        ("scale", "Насколько комфортно вам в роли наставника?", True, True),
        ("scale", "Насколько наставляемый вовлечён в общую работу?", True, True),
        ("scale", "Насколько вы довольны результатами, к которым вы пришли вместе?", True, True),
        ("yes_no", "Готовы ли вы быть наставником и дальше?", False, True),
        ("text", "Какая помощь куратора или организации вам нужна?", False, False),
    ],
}
FINAL = {
    "Наставляемый: как прошла работа с наставником": [
        ("scale", "Насколько вам было комфортно работать с наставником?", True, True),
        ("scale", "Насколько работа с наставником помогла вам освоиться и увереннее решать свои задачи?", True, True),
        ("scale", "Насколько полезными были объяснения и советы наставника?", True, True),
        ("scale", "Насколько полезной была практика: открытые занятия, разбор уроков, совместная работа?", True, True),
        ("scale", "Насколько оправдались ваши ожидания от программы?", True, True),
        ("yes_no", "Хотели бы вы продолжить работу в программе?", False, True),
        ("yes_no", "Хотели бы вы со временем сами стать наставником?", False, True),
        ("text", "Что было для вас самым ценным?", False, False),
        ("text", "Чего не хватило, что стоит изменить?", False, False),
    ],
    "Наставник: как прошла работа с наставляемыми": [
        ("scale", "Насколько вам было комфортно в роли наставника?", True, True),
        ("scale", "Насколько удалось передать знания и опыт?", True, True),
        ("scale", "Насколько активно участвовал в работе наставляемый?", True, True),
        ("scale", "Насколько полезны были обучение и поддержка, которые вы получили как наставник?", True, True),
        ("scale", "Насколько вы довольны совместной работой в целом?", True, True),
        ("yes_no", "Хотели бы вы продолжить работу в роли наставника?", False, True),
        ("text", "Что получилось лучше всего?", False, False),
        ("text", "Что мешало, чего не хватило?", False, False),
    ],
}
READY = {**SHORT, **FINAL}


def load_ready_questionnaires(questionnaires=Questionnaire, questions=Question):
    """Create the ready-made questionnaires that are missing; those that are there stay as they are.

    A data migration hands its historical models over.
    """
    for title, asked in READY.items():
        questionnaire, is_new = questionnaires.objects.get_or_create(
            organization=None, title=title, defaults={"introduction": ASKED_OF_ALL}
        )
        if not is_new:
            continue
        for position, (kind, text, measures, is_required) in enumerate(asked, 1):
            questions.objects.create(
                questionnaire=questionnaire,
                position=position,
                kind=kind,
                text=text,
                measures_satisfaction=measures,
                is_required=is_required,
            )
