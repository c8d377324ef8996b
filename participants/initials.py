"""«И.О. Фамилия» and «Фамилия И.О.», held together by no-break spaces. Pure text work."""

from typing import Literal

NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
InitialsStyle = Literal["initials_first", "surname_first"]


def initials(
    last_name: str,
    first_name: str,
    patronymic: str = "",
    style: InitialsStyle = "initials_first",
    *,
    spaced: bool = False,
) -> str:
    """«И.О. Фамилия» (signatures) or «Фамилия И.О.» (lists, style "surname_first").

    Missing parts are left out; a double first name gives both letters («А.-М.»); `spaced` prints «И. О. Фамилия», the
    organization chooses (domain §7.4). An unknown style raises ValueError.
    """
    if style not in ("initials_first", "surname_first"):
        raise ValueError(f"Unknown style of initials: {style!r}")
    letters = [letter for letter in map(_initial, (first_name, patronymic)) if letter]
    short = (NO_BREAK_SPACE if spaced else "").join(letters)
    parts = [short, last_name.strip()] if style == "initials_first" else [last_name.strip(), short]
    return NO_BREAK_SPACE.join(part for part in parts if part)


def _initial(name: str) -> str:
    word = name.split()[0] if name.split() else ""
    letters = [piece[0].upper() for piece in word.split("-") if piece and (piece[0].isupper() or piece is word)]
    letters = letters or [word[0].upper()] if word else []
    return "-".join(f"{letter}." for letter in letters)
