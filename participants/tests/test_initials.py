import pytest

from participants.initials import initials


@pytest.mark.parametrize(
    ("parts", "style", "short"),
    [
        (("Ларина", "Мария", "Петровна"), "initials_first", "М.П.\u00a0Ларина"),
        (("Ларина", "Мария", "Петровна"), "surname_first", "Ларина\u00a0М.П."),
        (("Ларина", "Мария", ""), "initials_first", "М.\u00a0Ларина"),
        (("Ларина", "", ""), "initials_first", "Ларина"),
        (("Ларина", "Анна-Мария", "Петровна"), "initials_first", "А.-М.П.\u00a0Ларина"),
        (("Ондар", "Кара-оол", "Кызыл-оолович"), "initials_first", "К.К.\u00a0Ондар"),
        (("Алиев", "мамед", "Рашид оглы"), "surname_first", "Алиев\u00a0М.Р."),
        (("", "Мария", "Петровна"), "initials_first", "М.П."),
    ],
)
def test_initials_are_joined_to_the_surname(parts, style, short):
    assert initials(*parts, style) == short


def test_initials_may_be_spaced():
    assert initials("Ларина", "Мария", "Петровна", spaced=True) == "М.\u00a0П.\u00a0Ларина"


def test_initials_refuse_an_unknown_style():
    with pytest.raises(ValueError, match="Unknown style of initials: 'short'"):
        initials("Ларина", "Мария", "Петровна", "short")
