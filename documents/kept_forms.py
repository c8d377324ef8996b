"""Forms in cases that somebody has typed or confirmed: they win over the portal's proposal.

Kept as {"of": the text in the nominative that they decline, "genitive": "…", …}. When the text changes, they are forms
of something else and do not count any more; older rows have no "of" and count.
"""

OF = "of"


def kept_form(forms: dict[str, str], text: str, case: str) -> str:
    """The form of the text that is kept for the case, or nothing."""
    return forms.get(case, "") if forms.get(OF, text) == text else ""


def forms_to_keep(text: str, given: dict[str, str]) -> dict[str, str]:
    """What to store of the forms that were given for the text; empty ones are left to the proposal."""
    typed = {case: form.strip() for case, form in given.items() if form.strip()}
    return {OF: text, **typed} if typed else {}
