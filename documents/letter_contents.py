"""What each kind of letter prints, as plain data: the same for the preview and for the paper that is kept.

A content has the parts of templates/documents/pdf/letter.html: what a kind does not set stays out of its sheet.
"""

from dataclasses import dataclass
from datetime import date
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
from documents.text_kinds import TITLE
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
    kind: LetterKind,
    subject: Subject,
    values: dict,
    *,
    number: str = "",
    text: str | None = None,
    title: str | None = None,
) -> dict:
    """Everything that the letter prints, as JSON data; `values` is what its form gave, with `dated_on`.

    `text` and `title` are on trial, else they are those in force.
    """
    organization, day = subject.organization, values["dated_on"]
    content = title_alone(kind, organization, day, title) | {"number": number}
    if kind.key not in _WORDED:
        return content | _CONTENTS[kind.key](subject, values, day)
    in_force, origin = wording_of(organization, kind.key)
    kept = {} if text is not None else {"text_origin": origin}
    return content | kept | _WORDED[kind.key](subject, values, day, in_force if text is None else text)


def title_alone(kind: LetterKind, organization: Organization, day: date, title: str | None = None) -> dict:
    """The content with nothing but its head; what a kind prints is put into it."""
    return {
        **_title_words(organization, kind, title),
        # Not «layout»: on letters of honour that says which way the sheet lies.
        "sheet": layout_content(organization),
        "letterhead": None,
        "addressee": [],
        "place": organization.place,
        "date": paper_date(day, organization),
        "number": "",
        "has_number": kind.has_number,
        "points": [],
        "table": None,
        "after": [],
        "signatures": [],
        "parties": [],
        "received": "",
        "certified": None,
    }


def _title_words(organization, kind, title):
    """The word on top and, of the next line of the title, what the paper is about; where it has none, the form says."""
    if kind.key == ORDER_COPY:
        return {"kind_word": kind.public_name.upper(), "heading": ""}
    origin = {}
    if title is None:
        title, used = wording_of(organization, f"{kind.key}{TITLE}")
        origin = {"title_origin": used}
    word, _line, about = title.strip().partition("\n")
    return {"kind_word": word.strip(), "heading": about.strip(), **origin}


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
