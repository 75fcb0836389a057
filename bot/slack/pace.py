"""When we may speak in a place again: about once a second, and not while Slack told us to stay away."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Final

Place = tuple[str, str]
"""A workspace's Slack id, and a conversation or a method in it."""

BETWEEN: Final = timedelta(seconds=1)
"""Slack's limit is about one message a second in a channel."""

_MOST_PLACES: Final = 10_000
"""How many are remembered before those that are free again are forgotten."""


class Pace:
    """Says when; never waits. `stopwatch` gives seconds that only go forward."""

    def __init__(self, stopwatch: Callable[[], float], between: timedelta = BETWEEN) -> None:
        self._stopwatch = stopwatch
        self._between = between.total_seconds()
        self._free_at: dict[Place, float] = {}
        self._lock = threading.Lock()

    def wait(self, place: Place) -> timedelta | None:
        """How long until the place is free; None when it is."""
        with self._lock:
            return self._wait(place)

    def take(self, place: Place) -> timedelta | None:
        """The same, and takes the turn when it is free: of two that ask at once one gets it."""
        with self._lock:
            wait = self._wait(place)
            if wait is None:
                self._forget_free_places()
                self._free_at[place] = self._stopwatch() + self._between
            return wait

    def hold(self, place: Place, pause: timedelta) -> None:
        """Nobody gets a turn there for so long."""
        with self._lock:
            until = self._stopwatch() + pause.total_seconds()
            self._free_at[place] = max(until, self._free_at.get(place, until))

    def _wait(self, place: Place) -> timedelta | None:
        left = self._free_at.get(place, 0.0) - self._stopwatch()
        return timedelta(seconds=left) if left > 0 else None

    def _forget_free_places(self) -> None:
        if len(self._free_at) >= _MOST_PLACES:
            now = self._stopwatch()
            self._free_at = {place: at for place, at in self._free_at.items() if at > now}
