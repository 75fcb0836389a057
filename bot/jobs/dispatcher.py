"""Delivers what the ledger says is due, in threads of this process."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final, Protocol

import structlog

from bot.usecases.deliver import Result
from playbooks.ledger import Ledger
from playbooks.ports import Busy

log = structlog.get_logger()

THREADS: Final = 4
"""Messages under way at the same time; each mostly waits for Slack."""

_WAITING: Final = 8
"""Messages for each thread that wait for their turn. What waits here is not claimed: others may take it."""


class Dispatcher(Protocol):
    """Whoever sees to it that what is due gets delivered."""

    def hand_over(self) -> None:
        """Takes on what is due now, as far as there is room. Raises `Busy`."""


class EmbeddedDispatcher:
    """A pool of threads. `deliver` takes a delivery's id; whatever it raises concerns that one alone."""

    def __init__(self, ledger: Ledger, deliver: Callable[[int], Result], threads: int = THREADS) -> None:
        self._ledger = ledger
        self._deliver = deliver
        self._room = threads * (1 + _WAITING)
        self._refill_at = threads * 2
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="delivery")
        self._lock = threading.Lock()
        self._under_way: set[int] = set()
        self._stopping = False

    def hand_over(self) -> None:
        with self._lock:
            if self._stopping or len(self._under_way) > self._refill_at:
                return
            # Those under way may still be among what is due: they are claimed when their turn comes.
            for delivery in self._ledger.due(self._room + len(self._under_way)):
                if len(self._under_way) >= self._room:
                    break
                if delivery.id not in self._under_way:
                    self._under_way.add(delivery.id)
                    self._pool.submit(self._work_on, delivery.id)

    def stop(self) -> None:
        """Takes on nothing more, and waits for what is under way."""
        with self._lock:
            self._stopping = True
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _work_on(self, delivery_id: int) -> None:
        done = None
        try:
            done = attempted(self._deliver, delivery_id)
        finally:  # also when not even the log can be written
            with self._lock:
                self._under_way.discard(delivery_id)
        # One that got nowhere is still due: handing it out again at once would go round in circles.
        if done not in (None, Result.NOT_OURS):
            try:
                self.hand_over()
            except Busy:
                log.info("ledger_busy")


def attempted(deliver: Callable[[int], Result], delivery_id: int) -> Result | None:
    """What became of it; None when that is not known: its lease runs out, and it is looked up then."""
    try:
        result = deliver(delivery_id)
    except Busy:
        log.info("delivery_busy", delivery=delivery_id)
        return None
    except Exception:
        # The outermost boundary of one delivery: a poisonous one must not stop the others.
        log.exception("delivery_broke_off", delivery=delivery_id)
        return None
    if result is not Result.NOT_OURS:
        log.info("delivery", delivery=delivery_id, result=str(result))
    return result
