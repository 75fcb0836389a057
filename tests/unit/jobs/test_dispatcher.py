"""The embedded dispatcher: everything due is worked on, once at a time, whatever some of it does."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest

from bot.jobs.dispatcher import EmbeddedDispatcher
from bot.usecases.deliver import Result
from playbooks.deliveries import Delivery, Kind, Owed
from playbooks.ports import Busy

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
PATIENCE = 5.0


@dataclass
class Ledger:
    """Rows that stay due until they are delivered."""

    ids: list[int]
    asked: list[int] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def due(self, limit: int) -> list[Delivery]:
        self.asked.append(limit)
        owed = Owed("key", Kind.DAILY, "U1", NOON)
        with self.lock:
            return [Delivery(each, 1, "T1", owed) for each in self.ids[:limit]]

    def no_longer(self, delivery_id: int) -> None:
        with self.lock:
            self.ids.remove(delivery_id)


@dataclass
class Desk:
    """What was worked on, and a way to wait for it."""

    ledger: Ledger
    does: Callable[[int], Result] = lambda _: Result.SENT
    worked: list[int] = field(default_factory=list)
    changed: threading.Condition = field(default_factory=threading.Condition)

    def deliver(self, delivery_id: int) -> Result:
        try:
            result = self.does(delivery_id)
            self.ledger.no_longer(delivery_id)
            return result
        finally:
            with self.changed:
                self.worked.append(delivery_id)
                self.changed.notify_all()

    def wait_for(self, number: int) -> bool:
        with self.changed:
            return self.changed.wait_for(lambda: len(self.worked) >= number, PATIENCE)


def test_everything_due_is_worked_on_after_one_word() -> None:
    """There is more than room for: what is done makes room for more."""
    desk = Desk(Ledger(list(range(200))))
    dispatcher = EmbeddedDispatcher(desk.ledger, desk.deliver, threads=2)
    dispatcher.hand_over()
    assert desk.wait_for(200)
    dispatcher.stop()
    assert sorted(desk.worked) == list(range(200))


def test_no_more_is_taken_on_than_there_is_room_for() -> None:
    gate = threading.Event()

    def held(_: int) -> Result:
        gate.wait(PATIENCE)
        return Result.SENT

    desk = Desk(Ledger(list(range(100))), held)
    dispatcher = EmbeddedDispatcher(desk.ledger, desk.deliver, threads=1)
    for _ in range(3):
        dispatcher.hand_over()
    assert desk.ledger.asked == [9]
    gate.set()
    dispatcher.stop()
    assert len(desk.worked) <= 9


@pytest.mark.parametrize("trouble", [RuntimeError("poison"), Busy()])
def test_one_that_breaks_off_never_stops_the_rest(trouble: Exception) -> None:
    def does(delivery_id: int) -> Result:
        if delivery_id == 0:
            raise trouble
        return Result.SENT

    desk = Desk(Ledger(list(range(30))), does)
    dispatcher = EmbeddedDispatcher(desk.ledger, desk.deliver, threads=2)
    dispatcher.hand_over()
    assert desk.wait_for(30)
    dispatcher.stop()
    assert set(desk.worked) == set(range(30))


def test_one_that_got_nowhere_waits_for_the_next_tick() -> None:
    desk = Desk(Ledger([1]))

    def nowhere(delivery_id: int) -> Result:
        with desk.changed:
            desk.worked.append(delivery_id)
            desk.changed.notify_all()
        return Result.NOT_OURS

    dispatcher = EmbeddedDispatcher(desk.ledger, nowhere, threads=1)
    dispatcher.hand_over()
    assert desk.wait_for(1)
    dispatcher.stop()
    assert desk.worked == [1]
    assert len(desk.ledger.asked) == 1


def test_a_dispatcher_that_stopped_takes_on_nothing() -> None:
    desk = Desk(Ledger([1]))
    dispatcher = EmbeddedDispatcher(desk.ledger, desk.deliver, threads=1)
    dispatcher.stop()
    dispatcher.hand_over()
    assert desk.worked == []
