"""The clockwork: plans what is owed, takes back what was left lying, and hands over what is due."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import structlog
from apscheduler.schedulers.base import BaseScheduler

from playbooks.ports import Busy

log = structlog.get_logger()

PLAN_EVERY: Final = timedelta(seconds=15)
RECONCILE_EVERY: Final = timedelta(seconds=2)
HAND_OVER_EVERY: Final = timedelta(seconds=1)
FORECAST_EVERY: Final = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Ticker:
    """Four things done again and again. All may run anywhere, twice, late or not at all for a while.

    `plan` writes down what is owed by now; `reconcile` takes back leases that ran out and ends what is too late;
    `hand_over` gives the dispatcher what is due; `forecast` keeps Monday's forecasts.
    """

    plan: Callable[[], None]
    reconcile: Callable[[], None]
    hand_over: Callable[[], None]
    forecast: Callable[[], None]

    def tick(self) -> None:
        """All of them, once."""
        self.plan()
        self.reconcile()
        self.hand_over()
        self.forecast()

    def add_to(self, scheduler: BaseScheduler, first: datetime) -> None:
        """Runs them from `first` on. The scheduler coalesces, and misses nothing for being late."""
        for name, work, every in (
            ("plan", self.plan, PLAN_EVERY),
            ("reconcile", self.reconcile, RECONCILE_EVERY),
            ("hand over", self.hand_over, HAND_OVER_EVERY),
            ("forecast", self.forecast, FORECAST_EVERY),
        ):
            seconds = every.total_seconds()
            scheduler.add_job(_safely(name, work), "interval", seconds=seconds, next_run_time=first, name=name)


def _safely(name: str, work: Callable[[], None]) -> Callable[[], None]:
    def run() -> None:
        try:
            work()
        except Busy:
            log.info("database_busy", work=name)
        except Exception:
            # The outermost boundary of the clockwork: it goes on at the next tick.
            log.exception("tick_broke_off", work=name)

    return run
