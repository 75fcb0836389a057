"""What a message speaks of, point by point, so that it can be drawn again once something was done about it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from playbooks.deliveries import Kind

NOTHING: Final = "nothing"
"""What a daily message says of itself when nothing was due."""


@dataclass(frozen=True, slots=True)
class Point:
    """A prospect in a message: its journey, at the version it had when the message was written."""

    kind: Kind
    journey: int
    version: int


@dataclass(frozen=True, slots=True)
class Part:
    """The points of one kind, `Kind.DAILY` being actions due, and how many more there were than these."""

    kind: Kind
    points: tuple[Point, ...]
    more: int = 0

    @property
    def total(self) -> int:
        return len(self.points) + self.more


def in_words(parts: Iterable[Part]) -> str:
    """The parts as a message says them of itself (`Post.said`): `daily 12:5 15:7 +4; stall 3:9`."""
    return "; ".join(_part(part) for part in parts)


def read(said: str) -> tuple[Part, ...]:
    """The parts that a message said of itself. Raises ValueError for words that are not `in_words`."""
    return tuple(_read_part(words.split()) for words in said.split("; ")) if said else ()


def _part(part: Part) -> str:
    points = [f"{point.journey}:{point.version}" for point in part.points]
    return " ".join([part.kind, *points, *([f"+{part.more}"] if part.more else [])])


def _read_part(words: Sequence[str]) -> Part:
    kind = Kind(words[0])
    pairs = [word.split(":") for word in words[1:] if not word.startswith("+")]
    more = sum(int(word) for word in words[1:] if word.startswith("+"))
    return Part(kind, tuple(Point(kind, int(journey), int(version)) for journey, version in pairs), more)
