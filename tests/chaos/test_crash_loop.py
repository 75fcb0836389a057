"""Every delivery arrives exactly once, whenever workers die and however Slack fails.

`make chaos` repeats this with other seeds for ten minutes.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from random import SystemRandom

from sqlalchemy import Engine

from playbooks.deliveries import State
from tests.chaos.crash_loop import CrashLoop
from tests.chaos.slack_process import slack_process

MINUTES = float(os.environ.get("NEXTSTEP_CHAOS_MINUTES", "0"))
SEED = 20260302


def assert_once(loop: CrashLoop) -> None:
    told = f"seed {loop.seed}, {loop.kills} kills, {loop.states()}, {loop.slack.faults()}"
    sys.stdout.write(f"{told}\n")
    assert loop.duplicates() == {}, told
    assert loop.missing() == set(), told
    assert loop.states() == {State.SENT: loop.deliveries}, told
    assert loop.slack.refusals() == {}, told
    assert loop.kills >= loop.workers, told


def seeds() -> Iterator[int]:
    """The same one for all, and then others for as long as is asked; each database has half of the time."""
    until = time.monotonic() + MINUTES * 30
    yield SEED
    while time.monotonic() < until:
        yield SystemRandom().randrange(1_000_000)


def test_every_delivery_arrives_once_however_often_its_workers_are_killed(engine: Engine) -> None:
    for seed in seeds():
        with slack_process() as slack:
            loop = CrashLoop(slack, engine, seed)
            loop.run()
            assert_once(loop)


def test_without_the_look_up_some_arrive_twice(engine: Engine) -> None:
    """Otherwise the test above would prove nothing."""
    with slack_process() as slack:
        loop = CrashLoop(slack, engine, SEED, looks=False)
        loop.run(until=loop.duplicates)
        assert loop.duplicates()
