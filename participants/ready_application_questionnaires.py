"""Application questionnaires that every installation has from the first day. Their texts are content and stay Russian.

Teachers and pupils, each as mentor and as mentee: what the registries ask for and what helps to choose a pair
(competence, motives, experience, time, wished age; the request, the difficulties, what help is wanted and when it is
convenient), in the portal's own words. Nothing about health or family is asked. An organization copies and edits them.
"""

from dataclasses import dataclass

from participants.models import Question, Questionnaire


@dataclass(frozen=True)
class Asked:
    """A question: kind of answer, text, options, the column that the answer fills, whether it must be answered."""

    kind: str
    text: str
    options: tuple[str, ...] = ()
    fills: str = ""
    is_required: bool = True


@dataclass(frozen=True)
class Ready:
    purpose: str
    introduction: str
    questions: tuple[Asked, ...]


TIMES = ("утром, до занятий", "днём", "после занятий", "вечером", "в выходные")
MEETING_FORMS = (
    "встречи лично, в организации",
    "разговоры по телефону или видеосвязи",
    "переписка между встречами",
    "взаимное посещение занятий",
)
HOURS = ("до одного часа", "один-два часа", "три-четыре часа", "больше четырёх часов")
EXPERIENCES = ("да, в роли наставника", "да, в роли наставляемого", "да, в обеих ролях", "нет, это впервые")

TEACHER_MENTOR = "Заявка наставника: педагог"
TEACHER_MENTEE = "Заявка наставляемого: педагог"
PUPIL_MENTOR = "Заявка наставника: обучающийся"
PUPIL_MENTEE = "Заявка наставляемого: обучающийся"

READY = {
    TEACHER_MENTOR: Ready(
        "mentor",
        "Расскажите, чему вы готовы научить и как вам удобно работать. По этим ответам куратор подбирает пару. "
        "Заполнение займёт около десяти минут, к анкете можно вернуться позже.",
        (
            Asked("text", "В чём вы сильны и что готовы передать коллеге?", fills="competences"),
            Asked(
                "several",
                "С какими трудностями коллеги вы готовы работать?",
                (
                    "планирование урока или занятия",
                    "дисциплина и внимание группы",
                    "общение с родителями",
                    "дети с особыми потребностями",
                    "цифровые средства",
                    "документы и отчётность",
                    "подготовка к аттестации или конкурсу",
                ),
            ),
            Asked(
                "text",
                "Какими достижениями, важными для наставничества, вы хотели бы поделиться?",
                fills="achievements",
                is_required=False,
            ),
            Asked("text", "Предмет или возраст детей, с которыми вы работаете", fills="subject"),
            Asked(
                "choice",
                "Ваша квалификационная категория",
                ("нет категории", "первая", "высшая", "педагог-наставник", "педагог-методист"),
                fills="qualification",
                is_required=False,
            ),
            Asked("text", "Образование: что окончили, специальность", fills="education", is_required=False),
            Asked("choice", "Был ли у вас опыт наставничества?", EXPERIENCES),
            Asked(
                "text",
                "Курсы по наставничеству: название, год, часы",
                fills="courses",
                is_required=False,
            ),
            Asked("text", "Почему вы хотите стать наставником?"),
            Asked(
                "choice",
                "С кем вам было бы интереснее работать?",
                (
                    "с молодым специалистом, первые три года работы",
                    "с опытным коллегой, новым в организации",
                    "с коллегой, который осваивает новое дело",
                    "с любым из них",
                ),
                fills="preferred_age",
            ),
            Asked("choice", "Сколько времени в неделю вы можете уделять наставничеству?", HOURS, fills="time_resource"),
            Asked("several", "Какие виды общения вам подходят?", MEETING_FORMS),
            Asked("text", "Чем вы увлекаетесь, кроме работы?", fills="interests", is_required=False),
        ),
    ),
    TEACHER_MENTEE: Ready(
        "mentee",
        "Расскажите, с чем вам нужна помощь. По этим ответам куратор подбирает наставника; оценкой вашей работы они не "
        "являются. Заполнение займёт около десяти минут, к анкете можно вернуться позже.",
        (
            Asked("text", "Чему вы хотите научиться или что изменить в работе за этот год?", fills="request"),
            Asked(
                "several",
                "Что сейчас даётся труднее всего?",
                (
                    "планирование урока или занятия",
                    "дисциплина и внимание группы",
                    "общение с родителями",
                    "дети с особыми потребностями",
                    "цифровые средства",
                    "документы и отчётность",
                    "знакомство с коллективом и порядками",
                    "подготовка к аттестации или конкурсу",
                ),
                fills="difficulties",
            ),
            Asked(
                "text",
                "Опишите одну-две трудные ситуации на работе (без имён детей и родителей)",
                fills="difficulties",
                is_required=False,
            ),
            Asked("text", "Предмет или возраст детей, с которыми вы работаете", fills="subject"),
            Asked("text", "Образование: что окончили, специальность", fills="education", is_required=False),
            Asked("choice", "Был ли у вас раньше наставник?", ("да", "да, но встреч было мало", "нет")),
            Asked(
                "several",
                "Какая помощь вам нужна?",
                (
                    "посмотреть, как работают другие",
                    "разбор моих уроков или занятий",
                    "совместная подготовка",
                    "ответы на вопросы по ходу дела",
                    "помощь с документами",
                    "поддержка в трудных разговорах",
                ),
            ),
            Asked("several", "Когда вам удобно встречаться?", TIMES),
            Asked("several", "Какие виды общения вам подходят?", MEETING_FORMS),
            Asked("scale", "Насколько важна для вас сейчас поддержка наставника?"),
            Asked("text", "Чего вы ждёте от наставника?", is_required=False),
        ),
    ),
    PUPIL_MENTOR: Ready(
        "mentor",
        "Расскажи, в чём ты можешь помочь другим ребятам. По этим ответам куратор подберёт тебе пару. Правильных и "
        "неправильных ответов нет. Анкету можно заполнить не за один раз.",
        (
            Asked("text", "Что у тебя хорошо получается, чему можешь научить?", fills="competences"),
            Asked(
                "several",
                "В чём тебе хотелось бы помогать?",
                (
                    "учёба, домашние задания",
                    "подготовка к олимпиаде или экзамену",
                    "проект или исследование",
                    "спорт, творчество, техника",
                    "привыкнуть к новому классу или школе",
                    "выбрать занятие по душе или профессию",
                ),
            ),
            Asked(
                "text",
                "Чем ты можешь гордиться: победы, проекты, дела класса?",
                fills="achievements",
                is_required=False,
            ),
            Asked(
                "choice",
                "Есть ли у тебя опыт помощи другим?",
                ("да, в роли наставника", "да, но не в роли наставника", "нет"),
            ),
            Asked("text", "Почему ты хочешь стать наставником?"),
            Asked(
                "choice",
                "С кем тебе хотелось бы работать?",
                ("с ребятами 1–4 классов", "с ребятами 5–7 классов", "с ровесниками", "с любыми"),
                fills="preferred_age",
            ),
            Asked(
                "choice",
                "Сколько времени в неделю ты можешь на это тратить?",
                ("до одного часа", "один-два часа", "три часа и больше"),
                fills="time_resource",
            ),
            Asked("several", "Когда тебе удобно встречаться?", TIMES),
            Asked("text", "Чем ты увлекаешься?", fills="interests"),
        ),
    ),
    PUPIL_MENTEE: Ready(
        "mentee",
        "Расскажи, с чем тебе хочется разобраться вместе с наставником. По этим ответам куратор подберёт человека, с "
        "которым будет легко и полезно. Писать о здоровье и семье не нужно. Анкету можно заполнить не за один раз.",
        (
            Asked("text", "Чему ты хочешь научиться или что хочешь изменить?", fills="request"),
            Asked(
                "several",
                "Что сейчас труднее всего?",
                (
                    "отдельные предметы",
                    "организовать своё время",
                    "выступать перед людьми",
                    "новый класс или школа",
                    "найти занятие по душе",
                    "выбрать профессию или экзамены",
                ),
                fills="difficulties",
            ),
            Asked(
                "several",
                "Какая помощь нужна?",
                (
                    "объяснить непонятное",
                    "заниматься вместе",
                    "сделать проект",
                    "посоветовать, куда пойти",
                    "просто поддержать",
                ),
            ),
            Asked(
                "choice",
                "Кто тебе нужен как наставник?",
                ("старшеклассник", "учитель или педагог", "студент", "специалист с предприятия", "всё равно"),
            ),
            Asked("text", "Чем ты увлекаешься?"),
            Asked("several", "Когда тебе удобно встречаться?", TIMES),
            Asked("yes_no", "Был ли у тебя раньше наставник?"),
            Asked("scale", "Насколько тебе интересно участвовать в программе?"),
            Asked("text", "Что ещё стоит знать куратору?", is_required=False),
        ),
    ),
}


def load_ready_application_questionnaires(questionnaires=Questionnaire, questions=Question):
    """Create the ready application questionnaires that are missing; those that are there stay as they are.

    A data migration hands its historical models over.
    """
    for title, ready in READY.items():
        questionnaire, is_new = questionnaires.objects.get_or_create(
            organization=None,
            purpose=ready.purpose,
            title=title,
            defaults={"introduction": ready.introduction},
        )
        if not is_new:
            continue
        for position, asked in enumerate(ready.questions, 1):
            questions.objects.create(
                questionnaire=questionnaire,
                position=position,
                kind=asked.kind,
                text=asked.text,
                options="\n".join(asked.options),
                fills=asked.fills,
                is_required=asked.is_required,
            )
