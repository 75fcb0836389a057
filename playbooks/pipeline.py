"""What a team sees of its prospects: read models, filled by storage, shown by views."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from playbooks.events import NextAction
from playbooks.history import Journey, Status
from playbooks.prospect import Prospect
from playbooks.team import Member


@dataclass(frozen=True, slots=True)
class PublishedPlaybook:
    """One version of a playbook as a workspace published it: parsed, with its number within its key."""

    id: int
    key: str
    name: str
    number: int


@dataclass(frozen=True, slots=True)
class PlaybookVersion:
    """When a version was published and by which member id; None: from a file, by whoever runs Nextstep."""

    published: PublishedPlaybook
    at: datetime
    by: int | None


@dataclass(frozen=True, slots=True)
class Line:
    """One prospect in a list. `stalls_on` and `decision_due_on` are local days of the owner.

    `version` is the journey's, for the buttons beside it; `playbook` is the key of its playbook, `steps` how many
    that has.
    `exhausted`: its contacts or attempts without progress are used up.
    """

    prospect_id: int
    journey_id: int
    version: int
    name: str
    step_number: int
    step_name: str
    steps: int
    playbook: str
    status: Status
    owner: int
    next_action: NextAction | None
    stalls_on: date | None
    decision_due_on: date | None
    waiting_until: date | None
    exhausted: bool
    source: str | None

    def is_waiting(self, today: date) -> bool:
        return self.waiting_until is not None and today < self.waiting_until

    def is_stalled(self, today: date) -> bool:
        if self.status is not Status.OPEN or self.is_waiting(today):
            return False
        return self.exhausted or (self.stalls_on is not None and today >= self.stalls_on)

    def decision_is_due(self, today: date) -> bool:
        if self.status is not Status.OPEN or self.is_waiting(today):
            return False
        return self.decision_due_on is not None and today >= self.decision_due_on


@dataclass(frozen=True, slots=True)
class Filters:
    """Which open prospects a list shows; None means all."""

    owner: int | None = None
    step_number: int | None = None
    source: str | None = None
    stalled_on: date | None = None
    """Only those that are stalled on this day."""
    due_by: date | None = None
    """Only those whose next action falls on or before this day."""
    decision_due_on: date | None = None
    """Only those whose decision is due on this day, or was before; never those that are waiting."""
    waiting_on: date | None = None
    """Only those that are waiting on this day."""
    playbook: str | None = None
    """Only those that run through this playbook, by its key, whichever the version."""


@dataclass(frozen=True, slots=True)
class Page:
    """A part of a list: `lines` from `offset` on, out of `total`."""

    lines: tuple[Line, ...]
    offset: int
    total: int


@dataclass(frozen=True, slots=True)
class StepCount:
    """How many open prospects stand in a step, and how many of them are stalled."""

    step_number: int
    step_name: str
    open: int
    stalled: int


@dataclass(frozen=True, slots=True)
class Dossier:
    """All about one prospect: its journeys, newest first, and who is who in them, by member id."""

    prospect: Prospect
    journeys: tuple[tuple[int, Journey], ...]
    members: dict[int, Member]
