"""The clockwork goes on, whatever one tick meets."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial

import pytest
from apscheduler.schedulers.background import BackgroundScheduler

from bot.jobs.ticker import Ticker
from playbooks.ports import Busy

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def test_a_tick_plans_before_it_hands_over() -> None:
    done: list[str] = []
    parts = ("plan", "reconcile", "hand over", "forecast")
    Ticker(*(partial(done.append, part) for part in parts)).tick()
    assert done == list(parts)


@pytest.mark.parametrize("trouble", [RuntimeError("poison"), Busy()])
def test_a_tick_that_breaks_off_is_followed_by_the_next(trouble: Exception) -> None:
    def breaks() -> None:
        raise trouble

    scheduler = BackgroundScheduler(timezone=UTC)
    Ticker(breaks, breaks, breaks, breaks).add_to(scheduler, NOON)
    jobs = scheduler.get_jobs()
    assert len(jobs) == 4
    for job in jobs:
        job.func()
