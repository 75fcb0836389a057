"""Deliveries on many machines: procrastinate's queue on PostgreSQL, between tickers and workers.

The queue only carries ids; the ledger stays the truth. A job that is lost with its worker is handed over again
when the ledger says that its delivery is due, and one that comes twice finds it claimed.
"""

from __future__ import annotations

import asyncio
import contextlib
import signal
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final

import procrastinate
import psycopg
import structlog
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException
from procrastinate.jobs import Status

from bot.jobs.dispatcher import THREADS, attempted
from bot.usecases.deliver import Result
from playbooks.ledger import Ledger
from playbooks.ports import Busy

log = structlog.get_logger()

_QUEUE: Final = "deliveries"
_TASK: Final = "deliver"
_AT_A_TIME: Final = 500
"""Ids handed over by one tick."""
_AGAIN_AFTER: Final = 10.0
"""Seconds after which what nobody claimed yet is handed over once more: its job may be lost."""
_POLL: Final = 1.0
"""Seconds between looks at the queue: procrastinate misses a notification that comes while it looks."""
_GRACE: Final = 20.0
"""Seconds for what is under way when a worker is told to stop."""
_PAUSE: Final = 2.0
"""Seconds before the database that went away is tried again."""
_STALLED_EVERY: Final = 60.0


class QueueDispatcher:
    """Puts what is due into the queue, where any worker takes it. `conninfo` is psycopg's."""

    def __init__(self, conninfo: str, ledger: Ledger, stopwatch: Callable[[], float] = time.monotonic) -> None:
        self._app = procrastinate.App(connector=procrastinate.SyncPsycopgConnector(conninfo=conninfo, min_size=1))
        self._ledger = ledger
        self._stopwatch = stopwatch
        self._handed: dict[tuple[int, int], float] = {}
        self._lock = threading.Lock()

    def open(self) -> None:
        self._app.open()

    def close(self) -> None:
        self._app.close()

    def hand_over(self) -> None:
        try:
            self._hand_over()
        except ConnectorException as error:
            raise Busy from error

    def _hand_over(self) -> None:
        with self._lock:
            now = self._stopwatch()
            self._handed = {each: at for each, at in self._handed.items() if now - at < _AGAIN_AFTER}
            for delivery in self._ledger.due(_AT_A_TIME):
                turn = (delivery.id, delivery.attempt)
                if turn not in self._handed:
                    self._put(delivery.id)
                    self._handed[turn] = now

    def _put(self, delivery_id: int) -> None:
        job = self._app.configure_task(_TASK, queue=_QUEUE, queueing_lock=f"{_TASK}:{delivery_id}")
        # It waits there already: another ticker was first.
        with contextlib.suppress(AlreadyEnqueued):
            job.defer(delivery_id=delivery_id)


class Worker:
    """Takes deliveries from the queue until it is told to stop (SIGTERM, SIGINT)."""

    def __init__(self, conninfo: str, deliver: Callable[[int], Result], threads: int = THREADS) -> None:
        self._conninfo = conninfo
        self._deliver = deliver
        self._threads = threads

    def run(self) -> None:
        """Blocks; in the main thread, for the sake of the signals. A database that goes away is waited for."""
        asyncio.run(self._run())

    async def _run(self) -> None:
        told, loop = asyncio.Event(), asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, told.set)
        loop.set_default_executor(ThreadPoolExecutor(self._threads, thread_name_prefix="delivery"))
        while not told.is_set():
            try:
                await self._work_until(told)
            except (ConnectorException, psycopg.Error) as error:
                log.warning("queue_away", error=str(error.__cause__ or error))
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(told.wait(), _PAUSE)

    async def _work_until(self, told: asyncio.Event) -> None:
        """Returns when told to, or when the queue stopped by itself."""
        app = self._app()
        async with app.open_async():
            working = asyncio.create_task(
                app.run_worker_async(
                    queues=[_QUEUE],
                    concurrency=self._threads,
                    fetch_job_polling_interval=_POLL,
                    shutdown_graceful_timeout=_GRACE,
                    delete_jobs="always",
                    install_signal_handlers=False,
                )
            )
            telling = asyncio.create_task(told.wait())
            sweeping = asyncio.create_task(_sweep(app))
            tasks = (working, telling, sweeping)
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in tasks:
                task.cancel()  # the worker finishes what is under way
            for ended in await asyncio.gather(*tasks, return_exceptions=True):
                if isinstance(ended, Exception):
                    raise ended

    def _app(self) -> procrastinate.App:
        app = procrastinate.App(connector=procrastinate.PsycopgConnector(conninfo=self._conninfo, min_size=1))

        @app.task(name=_TASK, queue=_QUEUE)
        def deliver(delivery_id: int) -> None:
            attempted(self._deliver, delivery_id)

        return app


async def _sweep(app: procrastinate.App) -> None:
    """Removes the jobs of workers that are gone: what they carried is handed over anew."""
    while True:
        await asyncio.sleep(_STALLED_EVERY)
        for job in await app.job_manager.get_stalled_jobs(queue=_QUEUE):
            await app.job_manager.finish_job(job, status=Status.FAILED, delete_job=True)
