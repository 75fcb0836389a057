"""procrastinate's queue beside our tables on PostgreSQL, and what goes through it."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine

import storage
from bot.jobs.worker import QueueDispatcher, Worker
from bot.usecases.deliver import Result
from playbooks.deliveries import Delivery, Kind, Owed

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
QUEUED = "SELECT (args->>'delivery_id')::int FROM nextstep_queue.procrastinate_jobs ORDER BY id"


@dataclass
class Due:
    """A ledger of which only what is due matters."""

    ids: list[int] = field(default_factory=list)
    attempt: int = 0

    def due(self, limit: int) -> list[Delivery]:
        owed = Owed("key", Kind.DAILY, "U1", NOON)
        return [Delivery(each, 1, "T1", owed, attempt=self.attempt) for each in self.ids[:limit]]


@dataclass
class Watch:
    seconds: float = 100.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def queue(postgresql_engine: Engine) -> str:
    """Where an empty queue is."""
    with postgresql_engine.begin() as connection:
        connection.exec_driver_sql("TRUNCATE nextstep_queue.procrastinate_jobs CASCADE")
    return storage.conninfo(postgresql_engine.url.render_as_string(hide_password=False))


@pytest.fixture
def dispatchers(queue: str) -> Iterator[list[QueueDispatcher]]:
    """Two of them, as of two tickers, with one thing due."""
    both = [QueueDispatcher(queue, Due([7, 8]), Watch()) for _ in range(2)]
    for each in both:
        each.open()
    yield both
    for each in both:
        each.close()


def queued(engine: Engine) -> list[int]:
    with engine.connect() as connection:
        return list(connection.exec_driver_sql(QUEUED).scalars())


def test_what_is_due_waits_in_the_queue_once_whoever_hands_it_over(
    dispatchers: list[QueueDispatcher], postgresql_engine: Engine
) -> None:
    for each in (*dispatchers, *dispatchers):
        each.hand_over()
    assert queued(postgresql_engine) == [7, 8]


def test_what_is_still_due_after_a_while_is_handed_over_again(
    dispatchers: list[QueueDispatcher], postgresql_engine: Engine
) -> None:
    """Its job went with a worker that took it and never claimed the delivery."""
    dispatcher = dispatchers[0]
    dispatcher.hand_over()
    with postgresql_engine.begin() as connection:
        connection.exec_driver_sql("TRUNCATE nextstep_queue.procrastinate_jobs CASCADE")
    dispatcher.hand_over()
    assert queued(postgresql_engine) == []
    dispatcher._stopwatch.seconds += 10
    dispatcher.hand_over()
    assert queued(postgresql_engine) == [7, 8]


def test_what_is_due_again_after_an_attempt_is_handed_over_at_once(
    dispatchers: list[QueueDispatcher], postgresql_engine: Engine
) -> None:
    dispatcher = dispatchers[0]
    dispatcher.hand_over()
    with postgresql_engine.begin() as connection:
        connection.exec_driver_sql("TRUNCATE nextstep_queue.procrastinate_jobs CASCADE")
    dispatcher._ledger.attempt += 1
    dispatcher.hand_over()
    assert queued(postgresql_engine) == [7, 8]


def test_a_worker_delivers_what_is_queued_and_stops_when_told(
    dispatchers: list[QueueDispatcher], queue: str, postgresql_engine: Engine
) -> None:
    """One that breaks off does not keep it from the others, nor does it come back by itself."""
    delivered: list[int] = []
    lock = threading.Lock()

    def deliver(delivery_id: int) -> Result:
        with lock:
            delivered.append(delivery_id)
            if len(delivered) == 2:
                os.kill(os.getpid(), signal.SIGTERM)
        if delivery_id == 7:
            raise RuntimeError("poison")
        return Result.SENT

    dispatchers[0].hand_over()
    Worker(queue, deliver, threads=2).run()

    assert sorted(delivered) == [7, 8]
    assert queued(postgresql_engine) == []


def test_a_queue_of_another_procrastinate_is_made_anew(postgresql_engine: Engine) -> None:
    with postgresql_engine.begin() as connection:
        connection.exec_driver_sql("COMMENT ON SCHEMA nextstep_queue IS 'procrastinate of old'")
        connection.exec_driver_sql("DROP TABLE nextstep_queue.procrastinate_events")
    assert not storage.at_head(postgresql_engine)
    storage.migrate(postgresql_engine)
    assert storage.at_head(postgresql_engine)
    assert queued(postgresql_engine) == []


def test_sqlite_needs_no_queue(sqlite_engine: Engine) -> None:
    assert storage.at_head(sqlite_engine)
