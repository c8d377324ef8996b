import pytest

from roadmap.responsibles import roles_of

# Every distinct phrase of the five seeds (domain.md §6.6), and what a curator means by it.
PHRASES = [
    ("Руководитель ДОУ", ["head"]),
    ("Зам. зав. по УВР", ["deputy"]),
    ("Куратор", ["curator"]),
    ("Наставники", ["mentors"]),
    ("Руководитель ДОУ Зам. зав. по УВР", ["head", "deputy"]),
    ("Руководитель ДОУ Куратор", ["head", "curator"]),
    ("Куратор Наставники", ["curator", "mentors"]),
    ("Директор", ["head"]),
    ("Куратор программы наставничества", ["curator"]),
    ("Директор  Куратор программы наставничества", ["head", "curator"]),
    ("Директор, Куратор программы наставничества", ["head", "curator"]),
    ("Куратор программы наставничества Педагоги дополнительного образования", ["curator", "teachers"]),
    ("Куратор программы наставничества  Педагог-психолог", ["curator", "specialists"]),
    ("Методическая совет", ["council"]),
    ("Методическая служба", ["council"]),
    ("", []),
    ("Директор школы", ["head"]),
    ("Директор школы, классные руководители", ["head", "class_teachers"]),
    ("Директор, классные руководители.", ["head", "class_teachers"]),
    ("Директор, класные руководители", ["head", "class_teachers"]),
    ("Зам. директора по ВР", ["deputy"]),
    ("классные руководители", ["class_teachers"]),
    ("Директор, социальный педагог", ["head", "specialists"]),
    ("Социальный педагог", ["specialists"]),
    ("Наставник.", ["mentors"]),
    ("Все участники программы.", ["curator", "mentors", "mentees"]),
    ("Члены рабочей группы по внедрению целевой модели наставничества.", ["working_group"]),
    ("Заведующий", ["head"]),
    ("УО", ["office"]),
    ("МАДОУ", ["organization"]),
    ("УО, МАДОУ", ["office", "organization"]),
    ("кураторы внедрения целевой модели наставничества", ["curator"]),
    ("Заместитель директора по УВР, куратор", ["deputy", "curator"]),
    ("все желающие", []),
]


@pytest.mark.parametrize(("text", "roles"), PHRASES)
def test_roles_of_a_phrase(text, roles):
    assert roles_of(text) == roles


@pytest.mark.parametrize("text", ["ДИРЕКТОР ШКОЛЫ", "директор\xa0школы", "  Директор   школы "])
def test_roles_do_not_depend_on_case_and_spaces(text):
    assert roles_of(text) == ["head"]
