"""The tables on rates: coverage, change, bottleneck, slices, scripts, and the plan that rests on them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np
from rich.console import Console
from rich.table import Table

from bench.simulated_teams import KINDS, LIMIT, Lived, Team, a_team, live
from playbooks.funnel.bottleneck import Goal, bottleneck, gains
from playbooks.funnel.change import Verdict, change
from playbooks.funnel.comparison import compare
from playbooks.funnel.conversion import Conversion, conversions, told
from playbooks.funnel.histogram import Known
from playbooks.funnel.journeys_ahead import Rates
from playbooks.funnel.overall import overall
from playbooks.funnel.plan import PLAN_DRAWS, chance_of, intake_for
from playbooks.funnel.slices import slices
from playbooks.funnel.windows import risks, tallies, window

SIZES = (20, 60, 200, 600, 2000, 20000)
CERTAINTY = 0.8
_ENOUGH = 20


@dataclass
class Cell:
    """What one cell of the coverage table collects."""

    inside: list[bool] = field(default_factory=list)
    widths: list[float] = field(default_factory=list)
    errors: list[float] = field(default_factory=list)
    naive_errors: list[float] = field(default_factory=list)

    def row(self) -> tuple[str, str, str, str]:
        if not self.inside:
            return "-", "-", "-", "-"
        return (
            f"{np.mean(self.inside):.1%} of {len(self.inside)}",
            f"{np.mean(self.widths):.3f}",
            f"{np.mean(np.abs(self.errors)):.3f}",
            f"{np.mean(np.abs(self.naive_errors)):.3f}",
        )


def coverage(teams: int, seed: int, out: Console) -> None:
    """The 80 % ranges of single steps, by kind and size of team; thick: 20 advances and 20 other exits."""
    table = Table(
        "kind",
        "a year",
        "thick",
        "width",
        "error",
        "naive",
        "thin",
        "width",
        "error",
        "naive",
        "too few",
        title="Coverage of 80 % ranges (bar: thick 77-83 %, thin 79 % or more)",
    )
    worst = {True: 1.0, False: 1.0}
    for kind in KINDS:
        for size in SIZES:
            cells, few, seen = _coverage_cell(kind, size, _count(teams, size), seed)
            for thick, cell in cells.items():
                if len(cell.inside) >= teams / 10:
                    worst[thick] = min(worst[thick], float(np.mean(cell.inside)))
            table.add_row(kind, str(size), *cells[True].row(), *cells[False].row(), f"{few / seen:.0%}")
    out.print(table)
    out.print(
        f"worst: thick {worst[True]:.1%}, thin {worst[False]:.1%} (cells of a tenth of the teams or more); a"
        " drifting team's truth is that of the days it was estimated from; naive: advanced / entered in 13 weeks"
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
            _add(cells, team, known, step, found)
    return cells, few, seen


def _add(cells: dict[bool, Cell], team: Team, known: Known, step: int, found: Conversion) -> None:
    truth = team.conversion(step, found.horizon, ago=_days_ago(known, found))
    ends = found.belief.range(CERTAINTY)
    cell = cells[min(found.risk.advances.sum(), found.risk.others.sum()) >= _ENOUGH]
    cell.inside.append(ends.low <= truth <= ends.high)
    cell.widths.append(ends.high - ends.low)
    cell.errors.append(found.curve.conversion - truth)
    tally = tallies(known, window(team.today), (step,))[step]
    cell.naive_errors.append(tally.advanced / max(tally.entered, 1) - truth)


def _days_ago(known: Known, found: Conversion) -> float:
    """How long ago the visits that an estimate rests on had entered, on average."""
    entered = known.as_of.toordinal() - known.entered[known.step == found.step]
    oldest = min((known.as_of - found.window.first).days, int(entered.max()))
    return float(entered[entered <= oldest].mean())


def overall_coverage(teams: int, seed: int, out: Console) -> None:
    """The range of the conversion from the first step to won."""
    table = Table("kind", "a year", "inside", "width", "error", title="Overall conversion, 80 % ranges")
    for kind in KINDS:
        for size in (200, 2000):
            random = np.random.default_rng([seed, 1, KINDS.index(kind), size])
            cell = Cell()
            for _ in range(_count(teams, size)):
                team = a_team(kind, size, random)
                steps = told(conversions(live(team, random, beyond=0).known(team.today), team.limits).values())
                if steps is None:
                    continue
                truth = float(np.prod([team.conversion(step.step, step.horizon) for step in steps]))
                ends = overall(steps).belief.range(CERTAINTY)
                cell.inside.append(ends.low <= truth <= ends.high)
                cell.widths.append(ends.high - ends.low)
                cell.errors.append(ends.estimate - truth)
                cell.naive_errors.append(0.0)
            table.add_row(kind, str(size), *cell.row()[:3])
    out.print(table)


def slice_coverage(teams: int, seed: int, out: Console) -> None:
    """The range of each rep, drawn from a gamma between reps, over the step's horizon."""
    table = Table(
        "a year", "inside", "width", "error", "error of its own ratio", title="Slices by rep, 80 % ranges"
    )
    for size in (60, 200, 2000):
        random = np.random.default_rng([seed, 2, size])
        cell = Cell()
        for _ in range(_count(teams, size) // 2):
            team = a_team("reps", size, random, steps=1)
            known = live(team, random, beyond=0).known(team.today)
            found = conversions(known, team.limits)[1]
            if not isinstance(found, Conversion):
                continue
            parts = {rep: risks(known.of_rep(rep), found.window, team.limits)[1] for rep in range(4)}
            for rep, part in slices(found, parts).items():
                truth = float(team.rates[rep, 0] * team.timing[rep, 0, : found.horizon + 1].sum())
                cell.inside.append(part.range.low <= truth <= part.range.high)
                cell.widths.append(part.range.high - part.range.low)
                cell.errors.append(part.range.estimate - truth)
                tally = tallies(known.of_rep(rep), found.window, (1,))[1]
                cell.naive_errors.append(tally.advanced / max(tally.entered, 1) - truth)
        table.add_row(str(size), *cell.row())
    out.print(table)


def changes(teams: int, seed: int, out: Console) -> None:
    """How often a digest names a changed step in a team that did not change, and finds one that did."""
    table = Table(
        "kind", "a year", "digests naming a step", "naming it clearly", title="False alarms of change (bar: 10 %)"
    )
    for kind in ("steady", "seasonal", "reps", "mixture"):
        for size in (60, 200, 600, 2000, 20000):
            random = np.random.default_rng([seed, 3, KINDS.index(kind), size])
            named = clearly = 0
            for _ in range(count := _count(teams, size)):
                team = a_team(kind, size, random, steps=4)
                found = change(live(team, random, beyond=0).known(team.today), team.limits).values()
                named += any(each.verdict is not Verdict.NO_CLEAR_CHANGE for each in found)
                clearly += any(each.verdict in {Verdict.CLEARLY_UP, Verdict.CLEARLY_DOWN} for each in found)
            table.add_row(kind, str(size), f"{named / count:.1%}", f"{clearly / count:.1%}")
    out.print(table)


def bottlenecks(teams: int, seed: int, out: Console) -> None:
    """How often a step is named when all gains are alike, and how often the named one is the right one."""
    table = Table(
        "a year",
        "named, gains alike",
        "named, gains differ",
        "of these right",
        title="Bottleneck (named from a probability of 70 %: right at least so often)",
    )
    for size in (60, 200, 600, 2000, 20000):
        random = np.random.default_rng([seed, 4, size])
        alike = named = right = 0
        for _ in range(count := _count(teams, size)):
            alike += _named(*_alike(size, random), random) is not None
            team = a_team("steady", size, random)
            targets = np.minimum(team.rates[0] * random.uniform(1.0, 1.6, team.steps), 0.95)
            step = _named(team, targets, random)
            named += step is not None
            right += step == int(np.argmax(_true_gains(team, targets))) + 1
        table.add_row(str(size), f"{alike / count:.1%}", f"{named / count:.1%}", f"{right / max(named, 1):.1%}")
    out.print(table)


def _alike(size: int, random: np.random.Generator) -> tuple[Team, np.ndarray]:
    """A team and targets with the same true gain in each step."""
    team = a_team("steady", size, random)
    rates = np.clip(team.rates, 0.2, 0.6)
    same = Team(team.kind, team.intake, rates, team.paces, team.weeks)
    return same, rates[0] * 1.2


def _true_gains(team: Team, targets: np.ndarray) -> np.ndarray:
    return np.asarray(np.prod(team.rates[0]) * (targets / team.rates[0] - 1.0))


def _named(team: Team, targets: np.ndarray, random: np.random.Generator) -> int | None:
    known = live(team, random, beyond=0).known(team.today)
    steps = told(conversions(known, team.limits).values())
    if steps is None:
        return None
    arrivals = [tally.entered for tally in tallies(known, window(team.today), tuple(team.limits)).values()]
    goals = {step: Goal(float(target)) for step, target in zip(team.limits, targets, strict=True)}
    found = bottleneck(gains(steps, arrivals, goals))
    return found.step if found else None


def plans(teams: int, seed: int, out: Console) -> None:
    """The true chance that the planned intake wins what was asked for, in the steady state."""
    columns = ("kind", "a year", "plans", "13 weeks", "any one week", "13 weeks, never win", "intake more by")
    table = Table(*columns, title="Plans asked for at 80 % (bar: 77-83 %)")
    for kind in ("steady", "seasonal", "drifting", "reps", "mixture"):
        for size in (200, 600, 2000):
            random = np.random.default_rng([seed, 5, KINDS.index(kind), size])
            reached: dict[str, list[float]] = defaultdict(list)
            for _ in range(teams // 4):
                team = a_team(kind, size, random)
                steps = told(conversions(live(team, random, beyond=0).known(team.today), team.limits).values())
                if steps is not None:
                    _plan_one(team, steps, reached)
            count, more = len(reached["13"]), f"{np.mean(reached['more']):.0%}"
            shares = [f"{np.mean(reached[name]):.1%}" for name in ("13", "1", "13 never")]
            table.add_row(kind, str(size), str(count), *shares, more)
    out.print(table)


def _plan_one(team: Team, steps: tuple[Conversion, ...], reached: dict[str, list[float]]) -> None:
    days = team.steps * (LIMIT + 1)
    onward, never = (Rates.drawn(steps, go_on=end, draws=PLAN_DRAWS).fresh(days)[0] for end in (True, False))
    truth = team.fresh(days)
    intakes = {
        "13": (intake_for(onward, 26, CERTAINTY, 13), 26, 13),
        "1": (intake_for(onward, 2, CERTAINTY, 1), 2, 1),
        "13 never": (intake_for(never, 26, CERTAINTY, 13), 26, 13),
    }
    if not all(intake for intake, _, _ in intakes.values()):
        return
    for name, (intake, wins, weeks) in intakes.items():
        reached[name].append(chance_of(truth, wins, weeks)(intake or 0))
    reached["more"].append((intakes["13 never"][0] or 0) / (intakes["13"][0] or 1) - 1)


def scripts(teams: int, seed: int, out: Console) -> None:
    """Two equal scripts, the better rep using one more: how often one is called better at 97.5 %."""
    table = Table("an arm", "called better (bar: 5 %)", "range holds zero (80 %)", title="Script comparison")
    for size in (50, 200, 1000):
        random = np.random.default_rng([seed, 6, size])
        called, holds = [], []
        for _ in range(_count(teams, size)):
            found = compare(_two_scripts(size, random))
            if found is not None:
                called.append(abs(found.better - 0.5) > 0.475)
                holds.append(found.low <= 0 <= found.high)
        table.add_row(str(size), f"{np.mean(called):.1%}", f"{np.mean(holds):.1%}")
    out.print(table)


def _two_scripts(size: int, random: np.random.Generator) -> dict:
    team = a_team("reps", 8 * size, random, steps=1)
    lived = live(team, random, beyond=0)
    second = random.random(len(lived.step)) < np.array([0.3, 0.5, 0.5, 0.7])[lived.rep]
    within = window(team.today)
    strata = {}
    for rep in range(len(team.rates)):
        pair = []
        for arm in (False, True):
            used = (second == arm) & (lived.rep == rep)
            part = Lived(
                *(column[used] for column in (lived.step, lived.entered, lived.left, lived.exit, lived.rep))
            )
            pair.append(risks(part.known(team.today), within, team.limits)[1])
        strata[rep] = tuple(pair)
    return strata


def _count(teams: int, size: int) -> int:
    """Fewer teams where one costs much; the error of a share is then still within the bar."""
    return max(teams // 5, 50) if size >= 20000 else teams
