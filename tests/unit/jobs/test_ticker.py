"""The clockwork goes on, whatever one tick meets."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from apscheduler.schedulers.background import BackgroundScheduler

from bot.jobs.ticker import Ticker
from playbooks.ports import Busy

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def test_a_tick_plans_before_it_hands_over() -> None:
    done: list[str] = []
    Ticker(lambda: done.append("plan"), lambda: done.append("reconcile"), lambda: done.append("hand over")).tick()
    assert done == ["plan", "reconcile", "hand over"]


@pytest.mark.parametrize("trouble", [RuntimeError("poison"), Busy()])
def test_a_tick_that_breaks_off_is_followed_by_the_next(trouble: Exception) -> None:
    def breaks() -> None:
        raise trouble

    scheduler = BackgroundScheduler(timezone=UTC)
    Ticker(breaks, breaks, breaks).add_to(scheduler, NOON)
    jobs = scheduler.get_jobs()
    assert len(jobs) == 3
    for job in jobs:
        job.func()
