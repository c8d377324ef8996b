import pytest

from roadmap.ready_roadmaps import KINDS, ready_roadmap
from roadmap.stage_kinds import StageKind, kind_of_title


@pytest.mark.parametrize("kind", KINDS)
def test_stages_of_ready_roadmaps_are_the_seven_in_their_order(kind):
    stages = ready_roadmap(kind, 2026).reading.stages

    assert [kind_of_title(stage.title) for stage in stages] == list(StageKind)


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Подготовка условий для запуска программы наставничества", StageKind.CONDITIONS),
        ("Нормативно-правовое регулирование внедрения целевой модели наставничества", StageKind.CONDITIONS),
        ("Подготовка", StageKind.CONDITIONS),
        ("Формирование банка наставляемых", StageKind.MENTEES),
        ("Список наставляемых", StageKind.MENTEES),
        ("Собираем запросы", StageKind.MENTEES),
        ("Формирование базы наставников", StageKind.MENTORS),
        ("Ищем наставников", StageKind.MENTORS),
        ("Методическое сопровождение /обучение наставников", StageKind.TRAINING),
        ("Отбор и обучение", StageKind.TRAINING),
        ("Подготовка наставников", StageKind.TRAINING),
        ("Формирование наставнических пар / групп", StageKind.PAIRS),
        ("Складываем пары и группы", StageKind.PAIRS),
        ("Организация и осуществление работы наставнических пар / групп", StageKind.WORK),
        ("Организация работы наставнических пар-групп (Реализация программы наставничества)", StageKind.WORK),
        ("Завершение персонализированных программ наставничества", StageKind.RESULTS),
        ("Итоги реализации программы за учебный год", StageKind.RESULTS),
        ("Мониторинг и оценка результатов внедрения Целевой модели наставничества", StageKind.RESULTS),
        ("Информационная поддержка системы наставничества", None),
        ("Содействие распространению лучших наставнических практик", None),
        ("Этап 3", None),
        ("", None),
    ],
)
def test_kind_is_read_from_the_title(title, kind):
    assert kind_of_title(title) == kind
    assert kind_of_title(title.upper()) == kind
