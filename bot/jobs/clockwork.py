"""Puts ticker and dispatcher together: inside a process that does something else, or as one of its own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from apscheduler.schedulers.background import BackgroundScheduler

from bot.jobs.dispatcher import Dispatcher, EmbeddedDispatcher
from bot.jobs.forecasting import KeepForecasts
from bot.jobs.planning import plan_and_log
from bot.jobs.stopping import wait_until_told
from bot.jobs.ticker import Ticker
from bot.jobs.worker import QueueDispatcher, Worker
from bot.usecases.deliver import Result
from playbooks.deliveries import Timing
from playbooks.ports import Units

Clock = Callable[[], datetime]
Deliver = Callable[[int], Result]
"""Delivers one message by its id."""


def new_scheduler() -> BackgroundScheduler:
    """Late is better than never, and once is enough."""
    return BackgroundScheduler(timezone=UTC, job_defaults={"misfire_grace_time": None, "coalesce": True})


def embed(
    scheduler: BackgroundScheduler, units: Units, deliver: Deliver, timing: Timing, clock: Clock
) -> Callable[[], None]:
    """Lets the process of this scheduler deliver as well; gives what stops both."""
    dispatcher = EmbeddedDispatcher(units.ledger(), deliver)
    _ticker(units, dispatcher, timing, clock).add_to(scheduler, datetime.now(UTC))

    def stop() -> None:
        scheduler.shutdown()
        dispatcher.stop()

    return stop


def run_embedded(units: Units, deliver: Deliver, timing: Timing, clock: Clock) -> None:
    """Plans and delivers in threads of this process until it is told to stop."""
    scheduler = new_scheduler()
    stop = embed(scheduler, units, deliver, timing, clock)
    scheduler.start()
    wait_until_told()
    stop()


def run_on_queue(conninfo: str, units: Units, deliver: Deliver, timing: Timing, clock: Clock) -> None:
    """Plans, and delivers what comes from the queue there, until it is told to stop."""
    scheduler, dispatcher = new_scheduler(), QueueDispatcher(conninfo, units.ledger())
    dispatcher.open()
    _ticker(units, dispatcher, timing, clock).add_to(scheduler, datetime.now(UTC))
    scheduler.start()
    Worker(conninfo, deliver).run()
    scheduler.shutdown()
    dispatcher.close()


def _ticker(units: Units, dispatcher: Dispatcher, timing: Timing, clock: Clock) -> Ticker:
    keep_forecasts = KeepForecasts()

    def plan() -> None:
        plan_and_log(units, clock())

    def reconcile() -> None:
        units.ledger().reconcile(timing)

    def forecast() -> None:
        keep_forecasts(units, clock())

    return Ticker(plan, reconcile, dispatcher.hand_over, forecast)
