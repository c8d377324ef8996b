"""What each kind of letter prints, as plain data: the same for the preview and for the paper that is kept.

A content has the parts of templates/documents/pdf/letter.html: what a kind does not set stays out of its sheet.
"""

from dataclasses import dataclass
from typing import Any

from documents.blanks import layout_content
from documents.letter_kinds import (
    ADDENDUM,
    ATTENDANCE,
    CERTIFICATE,
    HANDOVER,
    MINUTES,
    ORDER_COPY,
    ORDER_EXTRACT,
    PETITION,
    THANKS,
    WORK_EXTRACT,
    LetterKind,
)
from documents.letters_of_orders import order_copy_content, order_extract_content
from documents.letters_of_pairs import addendum_content, handover_content, petition_content
from documents.letters_of_people import certificate_content, thanks_content, work_extract_content
from documents.letters_of_programs import attendance_content, minutes_content
from documents.text_versions import wording_of
from documents.wording import paper_date
from participants.models import Organization, Person


@dataclass(frozen=True)
class Subject:
    """What a letter is about: of the objects those that its kind wants are there."""

    organization: Organization
    program: Any = None
    pair: Any = None
    person: Person | None = None
    order: Any = None
    outside: str = ""  # an addressee who is in no file, as the paper names him

    @property
    def people(self):
        """Whom the paper names by its subject."""
        if self.pair is not None:
            return [self.pair.mentor, *self.pair.mentees]
        return [self.person] if self.person else []


def letter_content(
    kind: LetterKind, subject: Subject, values: dict, *, number: str = "", text: str | None = None
) -> dict:
    """Everything that the letter prints, as JSON data; `values` is what its form gave, with `dated_on`.

    `text` is one on trial, else it is the text in force.
    """
    organization, day = subject.organization, values["dated_on"]
    content = {
        "kind_word": kind.public_name.upper(),
        # Not «layout»: on letters of honour that says which way the sheet lies.
        "sheet": layout_content(organization),
        "letterhead": None,
        "addressee": [],
        "place": organization.place,
        "date": paper_date(day, organization),
        "number": number,
        "has_number": kind.has_number,
        "heading": "",
        "points": [],
        "table": None,
        "after": [],
        "signatures": [],
        "parties": [],
        "received": "",
        "certified": None,
    }
    if kind.key not in _WORDED:
        return content | _CONTENTS[kind.key](subject, values, day)
    in_force, origin = wording_of(organization, kind.key)
    kept = {} if text is not None else {"text_origin": origin}
    return content | kept | _WORDED[kind.key](subject, values, day, in_force if text is None else text)


_CONTENTS = {
    MINUTES: minutes_content,
    ATTENDANCE: attendance_content,
    THANKS: thanks_content,
    CERTIFICATE: certificate_content,
    WORK_EXTRACT: work_extract_content,
    ORDER_EXTRACT: order_extract_content,
    ORDER_COPY: order_copy_content,
}
# Of a text that an organization may word itself (documents/letter_texts.py).
_WORDED = {ADDENDUM: addendum_content, PETITION: petition_content, HANDOVER: handover_content}
