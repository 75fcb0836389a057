"""A worker that freezes at the worst instant and wakes when its lease is over: its message arrives once."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

import storage
from playbooks.deliveries import Delivery, Kind, Owed, State
from tests.chaos.crash_loop import started_worker
from tests.chaos.slack_process import SlackProcess, slack_process
from tests.chaos.worker import QUICK, Point, deliver_and_freeze

KEY = "notice:frozen"
PATIENCE = 60
"""Seconds until something that has to come about is given up."""
NOTHING_HANGS = replace(QUICK, lease=timedelta(seconds=2.5), settle=timedelta(seconds=1))


@contextmanager
def started(slack: SlackProcess, engine: Engine, *work: Any, **traits: Any) -> Iterator[BaseProcess]:
    process = started_worker(slack, engine, *work, timing=NOTHING_HANGS, **traits)
    try:
        yield process
    finally:
        process.kill()
        process.join()


def owe_one(engine: Engine, slack: SlackProcess) -> None:
    store, reader = storage.Store(engine), slack.adds_user("anna")
    store.found(slack.team_id, "Frozen", "Europe/Amsterdam")
    with store.writing(slack.team_id) as uow:
        uow.deliveries.plan([Owed(KEY, Kind.NOTICE, reader, datetime.now(UTC) - timedelta(seconds=1))])
        uow.commit()


def kept(engine: Engine) -> Delivery:
    (found,) = storage.Store(engine).ledger().listed()
    return found


def wait_for(what: str, come_about: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not come_about():
        if time.monotonic() > end:
            raise TimeoutError(f"{what}: not within {PATIENCE} s")
        time.sleep(0.05)  # other processes are waited for


def is_frozen(process: BaseProcess) -> bool:
    """As Linux tells it: the state stands behind the name, which may hold anything."""
    return Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()[0] == "T"


def wakes_and_finds_it_lost(process: BaseProcess) -> None:
    """It goes on where it stopped, and ends."""
    assert process.pid is not None
    os.kill(process.pid, signal.SIGCONT)
    process.join(PATIENCE)
    assert process.exitcode == 0


@pytest.mark.parametrize(
    ("point", "sent_before"),
    [(Point.BEFORE_THE_FENCE, 0), (Point.BEFORE_THE_RECORD, 1)],
    ids=["before the fence", "before the record"],
)
def test_who_wakes_after_its_lease_neither_sends_nor_records(
    engine: Engine, point: Point, sent_before: int
) -> None:
    with slack_process() as slack:
        owe_one(engine, slack)
        once = {"delivery_id": kept(engine).id, "point": point}
        with started(slack, engine, deliver_and_freeze, **once) as frozen:
            wait_for("frozen", lambda: is_frozen(frozen))
            assert kept(engine).state is State.CLAIMED
            assert slack.arrived()[KEY] == sent_before
            with started(slack, engine):
                wait_for("sent by the other", lambda: kept(engine).state is State.SENT)
            by_the_other = kept(engine)

            wakes_and_finds_it_lost(frozen)

        assert slack.arrived() == {KEY: 1}
        assert slack.calls_of("chat.postMessage") == 1
        assert slack.calls_of("conversations.history") == 1, "the other looked first"
        assert kept(engine) == by_the_other
        assert by_the_other.attempt == 2
