"""The tables on rates: the coverage of single steps, of the whole funnel, and of slices by rep."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from rich.console import Console

from bench.accuracy_bars import FEWEST, Judged
from bench.simulated_teams import KINDS, Team, a_team, live, reps_by_hazard
from playbooks.funnel.conversion import Conversion, conversions, told
from playbooks.funnel.histogram import Known
from playbooks.funnel.overall import overall
from playbooks.funnel.slices import slices
from playbooks.funnel.windows import risks, tallies, window

SIZES = (20, 60, 200, 600, 2000, 20000)
CERTAINTY = 0.8
THICK, THIN = (0.77, 0.83), (0.79, 1.0)
_ENOUGH = 20


@dataclass
class Cell:
    """What one cell of a table collects."""

    inside: list[bool] = field(default_factory=list)
    widths: list[float] = field(default_factory=list)
    errors: list[float] = field(default_factory=list)
    naive_errors: list[float] = field(default_factory=list)

    def add(self, truth: float, ends: tuple[float, float], estimate: float, naive: float) -> None:
        self.inside.append(ends[0] <= truth <= ends[1])
        self.widths.append(ends[1] - ends[0])
        self.errors.append(abs(estimate - truth))
        self.naive_errors.append(abs(naive - truth))

    def means(self) -> tuple[str, ...]:
        """Width, error, the naive ratio's error."""
        parts = (self.widths, self.errors, self.naive_errors)
        return tuple(f"{np.mean(part):.3f}" if part else "-" for part in parts)


def coverage(teams: int, seed: int, out: Console) -> None:
    """The 80 % ranges of single steps, by kind and size of team; thick: 20 advances and 20 other exits."""
    columns = ("width", "error", "naive")
    table = Judged(
        "Coverage of 80 % ranges (bar: thick 77-83 %, thin 79 % or more)",
        *("kind", "a year", "thick", *columns, "thin", *columns, "too few"),
    )
    worst = {True: 1.0, False: 1.0}
    for kind in KINDS:
        for size in SIZES:
            cells, few, seen = _coverage_cell(kind, size, teams, seed)
            row: list[str] = []
            for thick, bar in ((True, THICK), (False, THIN)):
                cell, name = cells[thick], "thick" if thick else "thin"
                row += [table.share(f"{kind} {size} {name}", cell.inside, *bar), *cell.means()]
                if len(cell.inside) >= FEWEST:
                    worst[thick] = min(worst[thick], float(np.mean(cell.inside)))
            table.table.add_row(kind, str(size), *row, f"{few / seen:.0%}")
    table.show(
        out,
        f"worst: thick {worst[True]:.1%}, thin {worst[False]:.1%} (cells of {FEWEST} or more); a drifting team's"
        " truth is that of the days it was estimated from; naive: advanced / entered in 13 weeks",
    )


def _coverage_cell(kind: str, size: int, teams: int, seed: int) -> tuple[dict[bool, Cell], int, int]:
    random = np.random.default_rng([seed, KINDS.index(kind), size])
    cells, few, seen = {True: Cell(), False: Cell()}, 0, 0
    for _ in range(teams):
        team = a_team(kind, size, random)
        known = live(team, random, beyond=0).known(team.today)
        for step, found in conversions(known, team.limits).items():
            seen += 1
            if not isinstance(found, Conversion):
                few += 1
                continue
            thick = min(found.risk.advances.sum(), found.risk.others.sum()) >= _ENOUGH
            _add(cells[thick], team, known, step, found)
    return cells, few, seen


def _add(cell: Cell, team: Team, known: Known, step: int, found: Conversion) -> None:
    truth = team.conversion(step, found.horizon, ago=_days_ago(known, found))
    ends = found.belief.range(CERTAINTY)
    tally = tallies(known, window(team.today), (step,))[step]
    naive = tally.advanced / max(tally.entered, 1)
    cell.add(truth, (ends.low, ends.high), found.curve.conversion, naive)


def _days_ago(known: Known, found: Conversion) -> float:
    """How long ago the visits that an estimate rests on had entered, on average."""
    entered = known.as_of.toordinal() - known.entered[known.step == found.step]
    oldest = min((known.as_of - found.window.first).days, int(entered.max()))
    return float(entered[entered <= oldest].mean())


def overall_coverage(teams: int, seed: int, out: Console) -> None:
    """The range of the conversion from the first step to won."""
    table = Judged(
        "Overall conversion, 80 % ranges (bar: 77-83 %, below 600 prospects a year 79 % or more)",
        *("kind", "a year", "inside", "width", "error", "naive", "inside, today's truth"),
    )
    for kind in KINDS:
        for size in SIZES[1:]:
            random = np.random.default_rng([seed, 1, KINDS.index(kind), size])
            cell, now = Cell(), Cell()
            for _ in range(teams):
                team = a_team(kind, size, random)
                known = live(team, random, beyond=0).known(team.today)
                steps = told(conversions(known, team.limits).values())
                if steps is not None:
                    _add_overall(cell, now, team, known, steps)
            bar = THICK if size >= 600 else THIN
            inside = table.share(f"{kind} {size}", cell.inside, *bar)
            table.table.add_row(kind, str(size), inside, *cell.means(), table.share("", now.inside))
    table.show(
        out,
        "the truth is that of the days of each estimate (only a drifting team's differs from today's); naive: won"
        " / entered the first step, in 13 weeks",
    )


def _add_overall(cell: Cell, now: Cell, team: Team, known: Known, steps: tuple[Conversion, ...]) -> None:
    ends = overall(steps).belief.range(CERTAINTY)
    counts = tallies(known, window(team.today), tuple(team.limits))
    naive = counts[team.steps].advanced / max(counts[1].entered, 1)
    for into, days in ((cell, [_days_ago(known, step) for step in steps]), (now, [0.0] * len(steps))):
        shares = [team.conversion(step.step, step.horizon, ago=ago) for step, ago in zip(steps, days, strict=True)]
        into.add(float(np.prod(shares)), (ends.low, ends.high), ends.estimate, naive)


def slice_coverage(teams: int, seed: int, out: Console) -> None:
    """The range of each rep, drawn from a gamma between reps, over the step's horizon."""
    table = Judged(
        "Slices by rep, four reps, 80 % ranges (bar: 77 % or more)",
        *("reps differ in", "a year", "inside", "width", "error", "error of its own ratio"),
    )
    for differ in ("hazard", "conversion"):
        for size in (20, 60, 200, 600, 2000, 20000):
            random = np.random.default_rng([seed, 2, size])
            cell = Cell()
            for _ in range(teams // 2):
                by_hazard = differ == "hazard"
                team = reps_by_hazard(size, random) if by_hazard else a_team("reps", size, random, steps=1)
                _add_slices(cell, team, random)
            table.table.add_row(
                differ, str(size), table.share(f"{differ} {size}", cell.inside, 0.77), *cell.means()
            )
    table.show(
        out,
        "hazard: as the model has it, each rep multiplies the daily chances to advance and to leave; conversion:"
        " the share that advances is multiplied and the timing is the same for all",
    )


def _add_slices(cell: Cell, team: Team, random: np.random.Generator) -> None:
    known = live(team, random, beyond=0).known(team.today)
    found = conversions(known, team.limits)[1]
    if not isinstance(found, Conversion):
        return
    parts = {rep: risks(known.of_rep(rep), found.window, team.limits)[1] for rep in range(len(team.rates))}
    for rep, part in slices(found, parts, CERTAINTY).items():
        truth = float(team.rates[rep, 0] * team.timing[rep, 0, : found.horizon + 1].sum())
        tally = tallies(known.of_rep(rep), found.window, (1,))[1]
        naive = tally.advanced / max(tally.entered, 1)
        cell.add(truth, (part.range.low, part.range.high), part.range.estimate, naive)
