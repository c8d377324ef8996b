"""How Russian names, positions and names of organizations change in the text of papers: proposals, never the last word.

Pure functions: no database, no clock. The dictionaries are loaded on first use and shared by all threads.
Which slot of a paper needs which case is said in documents/slots.py; here is only how a word changes.
Where a form is not certain (the gender is unknown and matters, the word is not Cyrillic) the word stays as it was, and
"""

from documents.declension.counts import agree_number, number_in_words, preposition_about
from documents.declension.dictionaries import CASES, GENDERS, NO_BREAK_SPACE
from documents.declension.doubts import Doubt, name_doubts, organization_doubts, position_doubts
from documents.declension.names import decline, guess_gender
from documents.declension.organizations import decline_organization, govern
from documents.declension.positions import decline_position

__all__ = [
    "CASES",
    "GENDERS",
    "NO_BREAK_SPACE",
    "Doubt",
    "agree_number",
    "decline",
    "decline_organization",
    "decline_position",
    "govern",
    "guess_gender",
    "name_doubts",
    "number_in_words",
    "organization_doubts",
    "position_doubts",
    "preposition_about",
]
