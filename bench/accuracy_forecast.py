"""The tables on forecasts: coverage, bias and CRPS against two baselines, simulated and on the data sets."""

from __future__ import annotations

import csv
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from bench.simulated_teams import KINDS, Team, a_team, live
from playbooks.funnel.baselines import from_past_wins, from_stages
from playbooks.funnel.conversion import conversions, told
from playbooks.funnel.forecast import FORECAST_WEEKS, Wins, forecast
from playbooks.funnel.histogram import Histogram, Known
from playbooks.funnel.scoring import block_error, crps, randomised_pit
from playbooks.funnel.visits import Exit, Visit

_DRAWS = 24
_FIRST_SCORED = 13
"""Weeks after the first known exit from which forecasts are scored."""


def forecasts(teams: int, seed: int, out: Console) -> None:
    """Simulated forecasts: inside the 80 % range by randomised PIT, bias, CRPS against the baselines."""
    table = _table("Forecasts, simulated (bar: inside 75-85 %)", "kind", "a year")
    for kind in KINDS:
        for size in (60, 200, 1000):
            random = np.random.default_rng([seed, 7, KINDS.index(kind), size])
            scored = _Scored(random)
            for _ in range(teams):
                team = a_team(kind, size, random)
                _forecast_one(team, random, scored)
            scored.show(table, kind, str(size))
    out.print(table)


def _forecast_one(team: Team, random: np.random.Generator, scored: _Scored) -> None:
    lived = live(team, random)
    known = lived.known(team.today)
    steps = told(conversions(known, team.limits).values())
    if steps is None:
        return
    for weeks, rivals in _rivals(known, steps).items():
        scored.add(weeks, rivals, lived.wins(team.today, weeks))


def _rivals(known: Known, steps: tuple) -> dict[int, tuple[Wins, Wins, Wins]]:
    """Ours, and the two baselines, for each number of weeks."""
    stages = from_stages(known, [step.step for step in steps])
    return {
        each.weeks: (each.wins, from_past_wins(known, each.weeks), stages)
        for each in forecast(known, steps, draws=_DRAWS)
    }


class _Scored:
    """What became of many forecasts, by weeks ahead and rival."""

    def __init__(self, random: np.random.Generator) -> None:
        self.random = random
        self.inside: dict[int, list[float]] = {weeks: [] for weeks in FORECAST_WEEKS}
        self.bias: dict[int, list[float]] = {weeks: [] for weeks in FORECAST_WEEKS}
        self.crps: dict[int, list[list[float]]] = {weeks: [] for weeks in FORECAST_WEEKS}

    def add(self, weeks: int, rivals: tuple[Wins, Wins, Wins], outcome: int) -> None:
        place = randomised_pit(rivals[0], outcome, float(self.random.random()))
        self.inside[weeks].append(float(0.1 <= place <= 0.9))
        self.bias[weeks].append(rivals[0].mean - outcome)
        self.crps[weeks].append([crps(rival, outcome) for rival in rivals])

    def show(self, table: Table, *names: str, block: int | None = None) -> None:
        for weeks in FORECAST_WEEKS:
            inside = np.array(self.inside[weeks])
            if not len(inside):
                continue
            error = f" ± {block_error(inside, block):.1%}" if block else ""
            means = np.mean(self.crps[weeks], axis=0)
            table.add_row(
                *names,
                str(weeks),
                str(len(inside)),
                f"{inside.mean():.1%}{error}",
                f"{np.mean(self.bias[weeks]):+.2f}",
                *(f"{mean:.2f}" for mean in means),
            )


def _table(title: str, *names: str) -> Table:
    columns = ("weeks", "forecasts", "inside 80 %", "bias", "CRPS", "CRPS last 8 weeks", "CRPS stage weights")
    return Table(*names, *columns, title=title)


def on_data(folder: Path, out: Console) -> None:
    """Every Monday's forecast of the two data sets, as it would have been made; nothing is tuned on them."""
    table = _table("Forecasts on data (error by block bootstrap of 13 weeks)", "file")
    for name, limits in (("crm.csv", {1: 7, 2: 140}), ("olist.csv", {1: 120})):
        if not (folder / name).exists():
            out.print(f"{name} is not in {folder}: left out")
            continue
        seen, last = _read(folder / name)
        scored = _Scored(np.random.default_rng(1))
        _each_monday(seen, last, limits, scored)
        scored.show(table, name, block=13)
    out.print(table)


def _each_monday(seen: Histogram, last: date, limits: dict[int, int], scored: _Scored) -> None:
    exits = (seen.entered + seen.age)[seen.exit != Exit.UNDECIDED]
    first = date.fromordinal(int(exits.min())) + timedelta(weeks=_FIRST_SCORED)
    day = first + timedelta(days=-first.weekday() % 7)
    won = (seen.entered + seen.age, seen.exit == Exit.WON)
    while day <= last:
        known = seen.as_of(day)
        steps = told(conversions(known, limits).values())
        for weeks, rivals in (_rivals(known, steps) if steps else {}).items():
            until = day + timedelta(weeks=weeks)
            if until <= last + timedelta(days=1):
                here = won[1] & (won[0] >= day.toordinal()) & (won[0] < until.toordinal())
                scored.add(weeks, rivals, int(seen.count[here].sum()))
        day += timedelta(weeks=1)


def _read(path: Path) -> tuple[Histogram, date]:
    """The visits, and the last day on which prospects still arrived: later weeks are no test of a forecast."""
    visits, last = [], date.min
    reps: dict[str, int] = {}
    with path.open(encoding="utf-8") as rows:
        for row in csv.DictReader(rows):
            entered = datetime.fromisoformat(row["entered_at"]).date()
            left = datetime.fromisoformat(row["left_at"]).date() if row["left_at"] else None
            how = Exit[row["exit"].upper()] if row["exit"] else Exit.UNDECIDED
            step = int(row["step"].removeprefix("step"))
            rep = reps.setdefault(row["rep"], len(reps))
            visits.append(
                Visit(step, entered, entered, rep=rep, source=row["source"], exit=how, left=left, left_known=left)
            )
            last = max(last, entered)
    return Histogram.of(visits), last
