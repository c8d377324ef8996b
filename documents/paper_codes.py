"""Codes of papers: made so that nobody guesses one, read as people type them. No database."""

import secrets

# No letters that are read as figures; what people type for those is put right by `code_of`.
CODE_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH, CODE_GROUP = 16, 4
# Before the code in the picture on a printed form of consent, which has no page of its own.
CONSENT_PREFIX = "CONSENT:"


def new_code() -> str:
    """A code that nobody guesses (80 bits): «7K3M-9QTX-2B4D-0HNE»."""
    letters = "".join(secrets.choice(CODE_LETTERS) for _place in range(CODE_LENGTH))
    return "-".join(letters[start : start + CODE_GROUP] for start in range(0, CODE_LENGTH, CODE_GROUP))


def code_of(typed: str) -> str:
    """The code as it is kept, from what was typed or read: any case, spaces or dashes, O and I for 0 and 1."""
    letters = typed.upper().translate(str.maketrans("OIL", "011"))
    letters = "".join(letter for letter in letters if letter in CODE_LETTERS)
    return "-".join(letters[start : start + CODE_GROUP] for start in range(0, len(letters), CODE_GROUP))
