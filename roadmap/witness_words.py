"""By which words an activity is known to be of a kind that the portal can witness. Pure."""

import re
from dataclasses import dataclass
from functools import cached_property


def plain(text: str) -> str:
    """The text as it is compared: small letters, «е» for «ё», single spaces, one kind of dash."""
    return " ".join(re.sub("[–—]", "-", text.casefold().replace("ё", "е")).split())


@dataclass(frozen=True)
class Words:
    """`pattern` says what an activity of the kind speaks of, `unless` what it speaks of when it is another one after all.

    Both are regular expressions over the plain text (see `plain`).
    """

    pattern: str
    unless: str = ""

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile(self.pattern)

    @cached_property
    def _unless(self) -> re.Pattern[str] | None:
        return re.compile(self.unless) if self.unless else None

    def fit(self, text: str) -> bool:
        """Whether the text, as a document writes it, speaks of the kind."""
        compared = plain(text)
        if self._unless and self._unless.search(compared):
            return False
        return self._pattern.search(compared) is not None
