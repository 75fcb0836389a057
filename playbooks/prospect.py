"""Whom we sell to: a company and its people."""

from __future__ import annotations

from dataclasses import dataclass


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
