"""Ends a process when it is told to, and not in the middle of something."""

from __future__ import annotations

import signal
import threading
from types import FrameType
from typing import Final

_LOOK_EVERY: Final = 0.5
"""Seconds. A signal that another of our threads received, as after SIGCONT, does not wake the main one."""


def wait_until_told() -> None:
    """Blocks until SIGTERM or SIGINT; in the main thread."""
    told = threading.Event()

    def tell(_signal: int, _frame: FrameType | None) -> None:
        told.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, tell)
    while not told.wait(_LOOK_EVERY):
        pass
