"""What comes out of reading a registry file: rows with their fate and reasons, or a sentence why it is refused."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from participants.names import NameParts

DATE_FIELDS = frozenset({"joined_on", "completed_on"})
NOT_COMPARED = frozenset({"row", "last_name", "first_name", "patronymic"})


@dataclass(frozen=True)
class Sentence:
    """A translatable sentence with its values; it becomes text only when shown, in the reader's language."""

    message: Any  # a lazy string of gettext_lazy or ngettext_lazy
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return str(self.message % self.values) if self.values else str(self.message)


class UnreadableRegistry(ValueError):
    """The file as a whole is refused; `str()` is one sentence: what is wrong and what to do."""

    def __init__(self, message: Any, **values: object) -> None:
        super().__init__(message)
        self.sentence = Sentence(message, values)

    def __str__(self) -> str:
        return str(self.sentence)


@dataclass(frozen=True)
class Remark:
    """Something to say about a cell: `row` as the sheet numbers it, `column` as its header reads."""

    row: int
    column: str
    text: Sentence

    def as_report(self) -> dict[str, object]:
        return {"row": self.row, "column": self.column, "text": str(self.text)}


@dataclass(frozen=True)
class Skipped:
    """A row that holds no new person, and why."""

    row: int
    text: Sentence

    def as_report(self) -> dict[str, object]:
        return {"row": self.row, "text": str(self.text)}


@dataclass
class RegistryRow:
    """A person's row as it would be stored. Text that is absent is "", numbers and dates that are absent are None."""

    row: int
    last_name: str = ""
    first_name: str = ""
    patronymic: str = ""
    birth_year: int | None = None
    phone: str = ""  # E.164
    email: str = ""
    contact_note: str = ""  # further phones and e-mails, whose they are, addresses in messengers
    representative: str = ""
    representative_phone: str = ""  # E.164
    representative_email: str = ""
    position: str = ""
    class_name: str = ""
    workplace: str = ""
    competences: str = ""
    achievements: str = ""
    interests: str = ""
    preferred_age: str = ""
    time_resource: str = ""
    request: str = ""
    difficulties: str = ""
    education: str = ""
    qualification: str = ""
    experience_years: int | None = None
    experience_here_years: int | None = None
    subject: str = ""
    courses: str = ""
    joined_on: date | None = None
    completed_on: date | None = None
    results: str = ""
    case_url: str = ""
    completion_mark: str = ""

    @property
    def full_name(self) -> str:
        """«Иванова Мария Петровна»."""
        return " ".join(part for part in (self.last_name, self.first_name, self.patronymic) if part)

    @property
    def parts(self) -> NameParts:
        return NameParts(self.last_name, self.first_name, self.patronymic)

    def differences(self, other: "RegistryRow") -> list[str]:
        """The fields in which this row says something that the other one does not; the spelling of names is none."""
        mine, theirs = vars(self), vars(other)
        return [
            name
            for name, value in mine.items()
            if value not in ("", None)
            and name not in NOT_COMPARED
            and str(value).casefold() != str(theirs[name]).casefold()
        ]

    def as_report(self) -> dict[str, object]:
        """Plain values for JSON; dates as ISO text."""
        values = {name: value.isoformat() if isinstance(value, date) else value for name, value in vars(self).items()}
        return {"row": values.pop("row"), "full_name": self.full_name, **values}

    def as_kept(self) -> dict[str, object]:
        """What is filled, as `from_kept` takes it back."""
        return {
            name: value.isoformat() if isinstance(value, date) else value
            for name, value in vars(self).items()
            if value not in ("", None)
        }

    @classmethod
    def from_kept(cls, values: Mapping[str, Any]) -> "RegistryRow":
        """The row of `as_kept`, or of a report."""
        row = cls(values["row"])
        for name, value in values.items():
            if name in DATE_FIELDS and value:
                setattr(row, name, date.fromisoformat(value))
            elif name != "full_name":
                setattr(row, name, value)
        return row


@dataclass
class RegistryReading:
    """The whole reading. Rows are numbered as the sheet shows them, from 1.

    `read` counts the rows that hold a person: those accepted, refused, and repeated further down (`duplicates`).
    Each such row has one fate; everything else under the header that is not empty at the end stands in `skipped`.
    """

    sheet: str
    header_row: int
    rows: list[RegistryRow] = field(default_factory=list)
    refused: list[Remark] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    duplicates: list[list[int]] = field(default_factory=list)
    # The rows that stand a second time, each with the row in which its person stands first.
    repeated: list[tuple[int, RegistryRow]] = field(default_factory=list)
    # Whose rows were not taken: the row and the name as it is written there.
    names: dict[int, str] = field(default_factory=dict)

    @property
    def accepted(self) -> list[int]:
        return [row.row for row in self.rows]

    @property
    def read(self) -> int:
        return len(self.rows) + len(self.refused) + sum(len(rows) - 1 for rows in self.duplicates)

    def as_report(self) -> dict[str, object]:
        """The report of `import_registry`, ready for JSON, sentences in the active language."""
        return {**self.without_rows(), "rows": [row.as_report() for row in self.rows]}

    def without_rows(self) -> dict[str, object]:
        """The report without the values of the rows."""
        return {
            "sheet": self.sheet,
            "header_row": self.header_row,
            "read": self.read,
            "accepted": self.accepted,
            "refused": [refusal.as_report() for refusal in self.refused],
            "remarks": [remark.as_report() for remark in self.remarks],
            "skipped": [skip.as_report() for skip in self.skipped],
            "duplicates": self.duplicates,
        }
