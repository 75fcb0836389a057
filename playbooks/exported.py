"""A journey as rows of the long form, from which an import makes the same visits again.

What was taken back is gone, and so are visits that an import had to infer: it infers them anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from playbooks.events import Advanced, Contacted, Entry, Lost, NoDecision, NotNow, Started, Won
from playbooks.funnel.visits import Exit, Visit, visits_of
from playbooks.history import Journey, in_force

COLUMNS: Final = (
    "prospect", "step", "entered_at", "left_at", "exit", "rep", "source", "variant", "contacts", "minutes",
)  # fmt: skip
Row = tuple[str, ...]


@dataclass(slots=True)
class _Stay:
    """When a step was entered and left, and what was logged in it; `minutes` None: nobody noted any."""

    entered: datetime
    left: datetime | None = None
    contacts: int = 0
    minutes: int | None = None

    def add(self, contact: Contacted) -> None:
        self.contacts += 1
        if contact.minutes is not None:
            self.minutes = (self.minutes or 0) + contact.minutes


@dataclass(frozen=True, slots=True)
class Exporting:
    """Writes journeys out. `zone` is the workspace's (IANA), `reps` are what to call members, by id."""

    zone: str
    reps: Mapping[int, str] = field(default_factory=dict)

    def rows(self, prospect: str, journey: Journey) -> Iterator[Row]:
        """A row for each visit, in the order of `COLUMNS`."""
        local = ZoneInfo(self.zone)
        visits = {each.step: each for each in visits_of(journey.history, zone=local) if each.undone is None}
        stays = _stays(journey.history)
        last = max((step for step, visit in visits.items() if not visit.inferred), default=0)
        # Won by an import that had to assume the steps between: the win belongs to the step that it knew.
        exits = {step: visit.exit for step, visit in visits.items()}
        if visits and exits[max(visits)] is Exit.WON:
            exits[last] = Exit.WON
        for step in sorted(visits):
            if not visits[step].inferred:
                yield self._row(prospect, visits[step], exits[step], stays[step])

    def _row(self, prospect: str, visit: Visit, exit_: Exit, stay: _Stay) -> Row:
        return (
            prospect,
            f"step{visit.step}",
            self._local(stay.entered),
            self._local(stay.left) if stay.left else "",
            "" if exit_ is Exit.UNDECIDED else exit_.name.lower(),
            self.reps.get(visit.rep, ""),
            visit.source,
            visit.variant,
            str(stay.contacts or ""),
            "" if stay.minutes is None else str(stay.minutes),
        )

    def _local(self, at: datetime) -> str:
        return at.astimezone(ZoneInfo(self.zone)).isoformat()


def _stays(history: tuple[Entry, ...]) -> dict[int, _Stay]:
    stays: dict[int, _Stay] = {}
    here = 1
    for entry in in_force(history):
        event = entry.event
        if isinstance(event, Started):
            stays[1] = _Stay(entry.occurred_at)
        elif isinstance(event, Contacted):
            stays[here].add(event)
        elif isinstance(event, Advanced):
            stays[here].left = entry.occurred_at
            here = event.step
            stays[here] = _Stay(entry.occurred_at)
        elif isinstance(event, Won | Lost | NoDecision | NotNow):
            stays[here].left = entry.occurred_at
    return stays
