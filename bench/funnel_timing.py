"""What each part of the numbers costs on a filled database, in a process of its own."""

from __future__ import annotations

import multiprocessing
import statistics
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
from sqlalchemy import Engine

import storage
from bench.funnel_lives import TODAY
from bench.funnel_loading import PLAIN, TEAM
from bench.planning import megabytes, peak_from_here
from bot.views.charts import conversion as chart
from playbooks.funnel.conversion import Conversion, conversions, told
from playbooks.funnel.forecast import forecast
from playbooks.funnel.histogram import NO_AGE, Known
from playbooks.funnel.picture import StepOfFunnel, steps_of
from playbooks.funnel.plan import plan
from playbooks.funnel.visits import Exit
from playbooks.funnel.windows import Window, window
from storage import Store

_ROUNDS: Final = 15
_LONG: Final = 3600.0
_DAY: Final = TODAY.toordinal()
_WINS_A_WEEK: Final = 3.0


@dataclass(frozen=True, slots=True)
class Cost:
    """Milliseconds in the middle of the rounds; `ratio` is the middle of the pairs of `read` and `naive`."""

    database: str
    visits: int
    years: int
    touching: int
    cells: int
    read: float
    naive: float
    ratio: float
    by_day: float
    estimate: float
    plan: float
    forecast: float
    chart: float
    megabytes: float
    lifelines: float | None


def measure(engine: Engine, visits: int, years: int, *, with_lifelines: bool) -> Cost:
    """In a new process, whose highest memory is that of the reading and estimating alone."""
    url = engine.url.render_as_string(hide_password=False)
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as process:
        return process.submit(_measured, url, visits, years, with_lifelines).result(_LONG)


def _measured(url: str, visits: int, years: int, with_lifelines: bool) -> Cost:
    engine = storage.create_engine(url)
    within = window(TODAY)
    reader = _Reader(engine, within.first)
    _warm(reader)
    before = megabytes("VmRSS")
    peak_from_here()
    known = reader.read()
    found = told(conversions(known, reader.limits).values())
    peak = megabytes("VmHWM") - before
    if found is None:
        raise RuntimeError("the window has too few exits: more visits a year are needed")
    read, naive = _in_turns(reader.read, reader.naive)
    return Cost(
        database=engine.dialect.name,
        visits=visits,
        years=years,
        touching=int(known.count.sum()),
        cells=len(known.count),
        read=statistics.median(read),
        naive=statistics.median(naive),
        ratio=statistics.median(ours / theirs for ours, theirs in zip(read, naive, strict=True)),
        by_day=_middle(reader.naive_by_day),
        estimate=_middle(lambda: conversions(known, reader.limits)),
        plan=_middle(lambda: plan(found, reader.limits, _WINS_A_WEEK)),
        forecast=_middle(lambda: forecast(known, found)),
        chart=_middle(lambda: _drawn(found), rounds=5),
        megabytes=peak,
        lifelines=_by_lifelines(known, reader.limits, within) if with_lifelines else None,
    )


class _Reader:
    def __init__(self, engine: Engine, since: date) -> None:
        self._engine = engine
        self._store = Store(engine)
        self._since = since
        with self._store.reading(TEAM) as uow:
            published = uow.playbooks.current()[0].id
            self.steps: Sequence[StepOfFunnel] = steps_of(
                uow.playbooks.get(published), uow.visits.steps(published)
            )
        self.limits = {step.identity: step.limit for step in self.steps}

    def read(self) -> Known:
        with self._store.reading(TEAM) as uow:
            return uow.visits.known(list(self.limits), TODAY, since=self._since)

    def naive(self) -> Sequence[Any]:
        """What somebody without a histogram would ask: how many of the visits of these weeks ended how."""
        return self._asked("step, exit")

    def naive_by_day(self) -> Sequence[Any]:
        """The same in the detail that an estimate needs."""
        return self._asked("step, entered, left_on, exit")

    def _asked(self, columns: str) -> Sequence[Any]:
        first = self._since.toordinal()
        with self._engine.connect() as connection:
            return connection.exec_driver_sql(
                f"SELECT {columns}, count(*) FROM {PLAIN} WHERE (left_on >= {first} AND left_on < {_DAY})"
                f" OR (entered >= {first} AND entered < {_DAY}) GROUP BY {columns}"
            ).all()


def _warm(reader: _Reader) -> None:
    """What every process does once: imports, compiled statements, pages of the database read."""
    known = reader.read()
    reader.naive()
    conversions(known, reader.limits)


def _in_turns(*parts: Callable[[], Any]) -> tuple[list[float], ...]:
    """Milliseconds of each, one after the other, so that what slows the machine slows all."""
    took: tuple[list[float], ...] = tuple([] for _ in parts)
    for _ in range(_ROUNDS):
        for part, kept in zip(parts, took, strict=True):
            kept.append(_timed(part))
    return took


def _middle(part: Callable[[], Any], rounds: int = _ROUNDS) -> float:
    part()
    return statistics.median(_timed(part) for _ in range(rounds))


def _timed(part: Callable[[], Any]) -> float:
    started = time.perf_counter()
    part()
    return 1000 * (time.perf_counter() - started)


def _drawn(steps: Sequence[Conversion]) -> bytes:
    rows = []
    for place, step in enumerate(steps, start=1):
        ends = step.belief.range()
        rows.append(chart.Row(f"Step {place}", "of 100", ends.estimate, ends.low, ends.high))
    return chart.drawn(rows, chart.Labels("Of 100 who enter", "seen", "assumed", "target"))


def _by_lifelines(known: Known, limits: dict[int, int], within: Window) -> float | None:
    """Milliseconds of lifelines' Aalen-Johansen fits of all steps, on the same visits; None without lifelines."""
    try:
        import lifelines  # noqa: PLC0415 - only this bench needs it, and may do without
    except ImportError:
        return None
    each = known.only(known.entered >= within.first.toordinal())
    total = 0.0
    for step in limits:
        here = each.only(each.step == step)
        age = np.where(here.age == NO_AGE, _DAY - here.entered, here.age)
        moved = np.isin(here.exit, (Exit.ADVANCED, Exit.WON))
        event = np.where(here.exit == Exit.UNDECIDED, 0, np.where(moved, 1, 2))
        days, events = np.repeat(age + 1, here.count), np.repeat(event, here.count)
        # It spreads ties at random, and says so each time; here they are spread before, by less than a day.
        days = days + np.random.default_rng(1).uniform(0.0, 0.9, len(days))
        total += _timed(lambda d=days, e=events: lifelines.AalenJohansenFitter().fit(d, e, event_of_interest=1))
    return total
