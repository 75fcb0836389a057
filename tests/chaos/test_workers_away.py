"""Workers that stand still, for longer than their lease or for good: each message still arrives once."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Engine

from playbooks.deliveries import State
from tests.chaos import worker
from tests.chaos.crash_loop import CrashLoop
from tests.chaos.slack_process import slack_process

SEED = 20260304
LONGER_THAN_A_LEASE = (worker.QUICK.lease + worker.QUICK.settle).total_seconds() + 1


def assert_once(engine: Engine, happens: Callable[[CrashLoop], None]) -> None:
    with slack_process() as slack:
        loop = CrashLoop(slack, engine, SEED, deliveries=30, most_kills=0)
        loop.run(meanwhile=lambda: happens(loop))
        assert loop.duplicates() == {}
        assert loop.missing() == set()
        assert loop.states() == {State.SENT: loop.deliveries}


def test_a_worker_that_wakes_after_its_lease_sends_nothing_twice(engine: Engine) -> None:
    """Frozen wherever it was: before the fence it lets go, after the send its record is refused."""
    assert_once(engine, lambda loop: loop.freezes(LONGER_THAN_A_LEASE))


def test_what_a_lost_worker_held_is_sent_by_another(engine: Engine) -> None:
    assert_once(engine, CrashLoop.loses)
