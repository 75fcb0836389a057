"""Whom we sell to: a company and its people."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from playbooks.refusal import Refusal, Refused

MOST_VALUE: Final = 10**12
"""The highest value that a prospect can have."""
LONGEST_NAME: Final = 200
"""Characters that a name, a source, a role, a phone number or an address may have."""
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp", "Zs"})
"""The categories of characters that show nothing by themselves."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody at the prospect; `decides` marks who takes the decisions."""

    name: str
    role: str | None = None
    phone: str | None = None
    email: str | None = None
    decides: bool = False


@dataclass(frozen=True, slots=True)
class Prospect:
    """A company, where it came from, and its people. `value` is in whole units of the team's currency."""

    id: int
    workspace_id: int
    name: str
    source: str | None = None
    value: int | None = None
    people: tuple[Person, ...] = ()

    @property
    def counterpart(self) -> Person | None:
        """The person to talk to: who decides, else the first one known."""
        return next((person for person in self.people if person.decides), next(iter(self.people), None))


def check_prospect(name: str, source: str | None, people: Sequence[Person]) -> None:
    """What may be known of a prospect: a name that can be seen, and texts that fit.

    Raises `Refused(NAME_MISSING)`, `Refused(TEXT_TOO_LONG)`.
    """
    for named in (name, *(person.name for person in people)):
        if all(unicodedata.category(character) in _UNSEEN for character in named):
            raise Refused(Refusal.NAME_MISSING)
    known = [name, source, *(text for p in people for text in (p.name, p.role, p.phone, p.email))]
    longest = max(len(text or "") for text in known)
    if longest > LONGEST_NAME:
        raise Refused(Refusal.TEXT_TOO_LONG, length=longest, most=LONGEST_NAME)
