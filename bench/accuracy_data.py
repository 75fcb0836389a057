"""The tables on the two data sets beside the project: as it would have been said each Monday; nothing is tuned."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np
from rich.console import Console

from bench.accuracy_bars import Judged
from bench.accuracy_forecast import BETTER_MEANS, COLUMNS, INSIDE, Scored, error_of, rivals_of
from playbooks.funnel.bottleneck import Goal, bottleneck, gains
from playbooks.funnel.change import Verdict, change
from playbooks.funnel.conversion import Conversion, conversions, told
from playbooks.funnel.forecast import Wins
from playbooks.funnel.histogram import Histogram, Known
from playbooks.funnel.scoring import randomised_pit
from playbooks.funnel.slices import between
from playbooks.funnel.visits import Exit, Visit
from playbooks.funnel.windows import risks, tallies, window
from playbooks.funnel.wins import wins_from_cohort

_FIRST_SCORED = 13
"""Weeks after the first known exit from which forecasts are scored."""

_COHORT = 13
"""The weeks of new visits against which a conversion is held."""


@dataclass(frozen=True)
class Data:
    """One file: its visits, the closing limits of its steps, the last day of arrivals and the last of exits."""

    name: str
    seen: Histogram
    limits: Mapping[int, int]
    arrivals_end: date
    ends: date

    def mondays(self) -> Iterator[tuple[date, Known]]:
        exits = (self.seen.entered + self.seen.age)[self.seen.exit != Exit.UNDECIDED]
        first = date.fromordinal(int(exits.min())) + timedelta(weeks=_FIRST_SCORED)
        day = first + timedelta(days=-first.weekday() % 7)
        while day <= self.arrivals_end:
            yield day, self.seen.as_of(day)
            day += timedelta(weeks=1)


def on_data(folder: Path, seed: int, out: Console) -> None:
    """All tables on the files that lie in this folder."""
    found = []
    for name, limits in (("crm.csv", {1: 7, 2: 140}), ("olist.csv", {1: 120})):
        if (folder / name).exists():
            found.append(_read(folder / name, limits))
        else:
            out.print(f"{name} is not in {folder}: left out")
    if found:
        _forecasts(found, seed, out)
        _conversions(found, seed, out)
        _named(found, out)


def _forecasts(found: list[Data], seed: int, out: Console) -> None:
    table = Judged("Forecasts on data (bar: inside 75-85 %; CRPS below both)", "file", *COLUMNS, fewest=0)
    for data in found:
        scored = Scored(np.random.default_rng(seed))
        left, won = data.seen.entered + data.seen.age, data.seen.exit == Exit.WON
        for day, known in data.mondays():
            steps = told(conversions(known, data.limits).values())
            for weeks, rivals in (rivals_of(known, steps) if steps else {}).items():
                until = day + timedelta(weeks=weeks)
                if until <= data.arrivals_end + timedelta(days=1):
                    here = won & (left >= day.toordinal()) & (left < until.toordinal())
                    scored.add(weeks, rivals, int(data.seen.count[here].sum()))
        scored.show(table, data.name, block=_COHORT)
    table.show(out, BETTER_MEANS)


def _conversions(found: list[Data], seed: int, out: Console) -> None:
    """Each Monday's conversion against what became, within its horizon, of who entered in the next 13 weeks."""
    table = Judged(
        "Conversion on data against the entrants of the next 13 weeks (bar: inside 75-85 %)",
        *("file", "step", "inside 80 %", "error", "estimate off by", "naive ratio off by", "range, points"),
        fewest=0,
    )
    for data in found:
        for step in data.limits:
            random = np.random.default_rng(seed)
            inside, ours, naive, widths = [], [], [], []
            for day, known in data.mondays():
                said = conversions(known, data.limits)[step]
                cohort = _cohort(data, step, day, said.horizon) if isinstance(said, Conversion) else None
                if not isinstance(said, Conversion) or cohort is None:
                    continue
                entered, advanced = cohort
                wins = Wins(wins_from_cohort(entered, said.belief))
                inside.append(float(0.1 <= randomised_pit(wins, advanced, float(random.random())) <= 0.9))
                tally = tallies(known, window(day), (step,))[step]
                ours.append(abs(said.curve.conversion - advanced / entered))
                naive.append(abs(tally.advanced / max(tally.entered, 1) - advanced / entered))
                ends = said.belief.range()
                widths.append(ends.high - ends.low)
            if inside:
                error = error_of(np.array(inside), _COHORT)
                means = (f"{np.mean(part):.3f}" for part in (ours, naive))
                share = table.share(f"{data.name} step {step}", inside, *INSIDE)
                width = f"{100 * np.mean(widths):.1f}"
                table.table.add_row(data.name, str(step), share, error, *means, width)
    table.show(
        out, "inside: the range for what these very entrants do, the belief's and their own chance together"
    )


def _cohort(data: Data, step: int, day: date, horizon: int) -> tuple[int, int] | None:
    """How many entered from this day on, and how many of them advanced; None when the data end too early."""
    first, last = day.toordinal(), day.toordinal() + 7 * _COHORT - 1
    if last > data.arrivals_end.toordinal() or last + horizon > data.ends.toordinal():
        return None
    seen = data.seen
    here = (seen.step == step) & (seen.entered >= first) & (seen.entered <= last) & ~seen.inferred
    moved = here & np.isin(seen.exit, (Exit.ADVANCED, Exit.WON)) & (seen.age <= horizon)
    entered = int(seen.count[here].sum())
    return (entered, int(seen.count[moved].sum())) if entered else None


def _named(found: list[Data], out: Console) -> None:
    """How often a Monday's digest would have named something; nobody knows how often it should have."""
    table = Judged("Named on data, of all Mondays", "file", "a change", "clearly", "a bottleneck")
    for data in found:
        changed, clearly, named = [], [], []
        for day, known in data.mondays():
            verdicts = {each.verdict for each in change(known, data.limits).values()}
            changed.append(bool(verdicts - {Verdict.NO_CLEAR_CHANGE}))
            clearly.append(bool(verdicts & {Verdict.CLEARLY_UP, Verdict.CLEARLY_DOWN}))
            named.append(_has_bottleneck(data, day, known))
        table.table.add_row(data.name, *(table.share("", part) for part in (changed, clearly, named)))
    table.show(out, "bottleneck: against the best quarter of the reps")


def _has_bottleneck(data: Data, day: date, known: Known) -> bool:
    steps = told(conversions(known, data.limits).values())
    if steps is None:
        return False
    goals = {}
    for step in steps:
        parts = {
            int(rep): risks(known.of_rep(int(rep)), step.window, data.limits)[step.step]
            for rep in np.unique(known.rep)
        }
        goals[step.step] = Goal(reps=between(step, parts))
    arrivals = [tally.entered for tally in tallies(known, window(day), tuple(data.limits)).values()]
    return bottleneck(gains(steps, arrivals, goals, data.limits)) is not None


def _read(path: Path, limits: Mapping[int, int]) -> Data:
    """The visits; weeks after the last arrival are no test of a forecast."""
    visits, arrivals_end, ends = [], date.min, date.min
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
            arrivals_end, ends = max(arrivals_end, entered), max(ends, left or entered)
    return Data(path.name, Histogram.of(visits), limits, arrivals_end, ends)
