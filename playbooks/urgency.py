"""What comes first: the order in which a member is told of prospects."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from playbooks.pipeline import Line

Worths = Mapping[str, Sequence[float]]
"""What each step of a playbook (by its key) is worth, from step 1 on: the share of wins that taking it adds."""

NO_WORTHS: Final[Worths] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Place:
    """Where a prospect stands: the key of its playbook, its step, and how many steps its version has."""

    playbook: str
    step_number: int
    steps: int

    @property
    def left(self) -> int:
        return self.steps - self.step_number


def worth_most_first(places: Sequence[Place], worths: Worths) -> list[tuple[float, ...]]:
    """What orders prospects by what their step is worth, one key a place, the smallest first.

    A step is worth the chance to win from the next step less the chance from here. Where that is not known of one
    of the places, the later steps come first in all: fewer decisions lie between them and the customer.
    """
    known = [worth for place in places if (worth := _worth(place, worths)) is not None]
    if len(known) < len(places):
        return [(place.left,) for place in places]
    return [(-worth, place.left) for place, worth in zip(places, known, strict=True)]


def most_urgent_first(lines: Iterable[Line], today: date, worths: Worths = NO_WORTHS) -> list[Line]:
    """Overdue actions, then decisions that are due, then the rest; in each what is worth most first."""
    listed = list(lines)
    keys = worth_most_first([Place(line.playbook, line.step_number, line.steps) for line in listed], worths)
    placed = sorted(
        (_group(line, today), key, _on(line, today), line.name, at)
        for at, (line, key) in enumerate(zip(listed, keys, strict=True))
    )
    return [listed[at] for *_, at in placed]


def _worth(place: Place, worths: Worths) -> float | None:
    """None where it is unknown, and for a version that has other steps than the one the worths are of."""
    known = worths.get(place.playbook)
    return known[place.step_number - 1] if known is not None and len(known) == place.steps else None


def _group(line: Line, today: date) -> int:
    if _on(line, today) < today:
        return 0
    return 1 if line.decision_is_due(today) else 2


def _on(line: Line, today: date) -> date:
    return line.next_action.on if line.next_action else today
