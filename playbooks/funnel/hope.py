"""The hope share: how much of all effort went into prospects that were stalled already."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Touch:
    """One logged touch of the period.

    `minutes` None where none were logged; then the `expected` minutes of its moment count. `stalled`: its
    prospect was stalled at that moment. `forced`: it was a contact within a forced decision, which is no hope.
    """

    minutes: int | None
    expected: int
    stalled: bool
    forced: bool = False


@dataclass(frozen=True, slots=True)
class Hope:
    """The share of all minutes that went into stalled prospects; None without any minutes.

    `assumed` is the share of all minutes that were expected rather than logged; `contacts` of `touches` went
    into stalled prospects.
    """

    share: float | None
    assumed: float
    contacts: int
    touches: int


def hope(touches: Iterable[Touch]) -> Hope:
    """The hope share of a period, for the team as a whole and never by rep."""
    everything = tuple(touches)
    vain = [touch for touch in everything if touch.stalled and not touch.forced]
    minutes = sum(map(_minutes, everything))
    assumed = sum(touch.expected for touch in everything if touch.minutes is None)
    return Hope(
        share=sum(map(_minutes, vain)) / minutes if minutes else None,
        assumed=assumed / minutes if minutes else 0.0,
        contacts=len(vain),
        touches=len(everything),
    )


def _minutes(touch: Touch) -> int:
    return touch.expected if touch.minutes is None else touch.minutes
