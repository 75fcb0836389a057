"""What every request asks for and hardly ever changes, kept in the process for a few seconds."""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

SECONDS = 3.0
"""How late this process sees what another one changed; what it changed itself it sees at once."""


Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Remembered(Generic[Key, Value]):
    """Values that were read outside any writing transaction. Safe to share among threads.

    Whoever writes calls `forget` twice: before the commit, so that nobody keeps on to the old value, and after
    it, for those who read between the two. What was being read meanwhile is not kept.
    """

    def __init__(self, seconds: float = SECONDS, most: int = 10_000) -> None:
        self._seconds = seconds
        self._most = most
        self._kept: dict[Key, tuple[float, Value]] = {}
        self._forgotten = 0
        self._lock = Lock()

    def get(self, key: Key, read: Callable[[], Value | None]) -> Value | None:
        """The value as it was at most these seconds ago; that there is none is not remembered."""
        until, value = self._kept.get(key, (0.0, None))
        if value is not None and time.monotonic() < until:
            return value
        forgotten = self._forgotten
        value = read()
        if value is not None:
            self._keep(key, value, forgotten)
        return value

    def forget(self) -> None:
        """Everything: changes are rare, and reading again is cheap."""
        with self._lock:
            self._forgotten += 1
            self._kept.clear()

    def _keep(self, key: Key, value: Value, forgotten: int) -> None:
        with self._lock:
            if forgotten != self._forgotten:
                return
            if len(self._kept) >= self._most:
                self._kept.clear()
            self._kept[key] = time.monotonic() + self._seconds, value
