"""Takes up the requests that were saved instead of done: after a moment, and after a restart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import structlog

from playbooks.ports import Busy, Claimed, Request, SavedRequests

log = structlog.get_logger()

_LEASE: Final = timedelta(minutes=2)
"""Longer than one request can take: only a process that died leaves one behind."""
_SHORTEST_PAUSE: Final = timedelta(seconds=5)
_LONGEST_PAUSE: Final = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class InboxJob:
    """`answer` does the work of one request; False when it could not be done or told now."""

    saved: SavedRequests
    answer: Callable[[Request], bool]
    clock: Callable[[], datetime]

    def run(self) -> None:
        """Works on all that waits, the oldest first. A busy database is tried again at the next run."""
        try:
            while self._take_up_one():
                pass
        except Busy:
            log.info("inbox_busy")

    def _take_up_one(self) -> bool:
        """Whether there was one; call again then."""
        now = self.clock()
        claimed = self.saved.claim(now, now + _LEASE)
        if claimed is None:
            return False
        if self.answer(claimed.request):
            self.saved.let_go(claimed)
        else:
            self._put_off(claimed)
        return True

    def _put_off(self, claimed: Claimed) -> None:
        """The older a request is, the longer the pause before it is tried again."""
        now = self.clock()
        age = now - claimed.request.at
        self.saved.put_off(claimed, now + min(max(age, _SHORTEST_PAUSE), _LONGEST_PAUSE))
