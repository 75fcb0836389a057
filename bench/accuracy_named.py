"""The tables on what is named: steps that changed, the bottleneck, the better script. How often by chance?"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from rich.console import Console

from bench.accuracy_bars import Judged
from bench.accuracy_rates import SIZES
from bench.simulated_teams import KINDS, Lived, Team, a_team, live
from playbooks.funnel.bottleneck import NAMED_FROM, Goal, bottleneck, gains
from playbooks.funnel.change import Verdict, change
from playbooks.funnel.comparison import compare
from playbooks.funnel.conversion import conversions, told
from playbooks.funnel.windows import Risk, risks, tallies, window

_CLEAR = {Verdict.CLEARLY_UP, Verdict.CLEARLY_DOWN}
_FALSE_ALARMS = 0.1


def changes(teams: int, seed: int, out: Console) -> None:
    """How often a digest names a changed step in a team that did not change, and in one that did."""
    table = Judged(
        "Change: digests that name a step (bar without change: 10 %)",
        *("kind", "a year", "name one", "name one clearly"),
    )
    for kind in KINDS:
        for size in SIZES:
            random = np.random.default_rng([seed, 3, KINDS.index(kind), size])
            named, clearly = [], []
            for _ in range(teams):
                team = a_team(kind, size, random, steps=4)
                found = change(live(team, random, beyond=0).known(team.today), team.limits).values()
                named.append(any(each.verdict is not Verdict.NO_CLEAR_CHANGE for each in found))
                clearly.append(any(each.verdict in _CLEAR for each in found))
            most = 1.0 if kind == "drifting" else _FALSE_ALARMS
            shares = table.share(f"{kind} {size}", named, 0.0, most), table.share("", clearly)
            table.table.add_row(kind, str(size), *shares)
    table.show(out, "drifting teams did change: each step by 40 % of itself in a year, a tenth in a quarter")


def bottlenecks(teams: int, seed: int, out: Console) -> None:
    """How often a step is named when all gains are alike, and how often the named one is the right one."""
    table = Judged(
        f"Bottleneck (bar: named from a probability of {NAMED_FROM:.0%}, so right at least so often)",
        *("kind", "a year", "named, gains alike", "named, gains differ", "of these right"),
    )
    for kind in KINDS:
        for size in SIZES:
            random = np.random.default_rng([seed, 4, KINDS.index(kind), size])
            alike, named, right = [], [], []
            for _ in range(teams // 2):
                team = a_team(kind, size, random)
                alike.append(_named(team, 1.2 * _shares(team), random) is not None)
                targets = np.minimum(_shares(team) * random.uniform(1.0, 1.6, team.steps), 0.95)
                step = _named(team, targets, random)
                named.append(step is not None)
                if step is not None:
                    right.append(step == int(np.argmax(targets / _shares(team))) + 1)
            shares = table.share("", alike), table.share("", named)
            table.table.add_row(kind, str(size), *shares, table.share(f"{kind} {size}", right, NAMED_FROM))
    table.show(out, "targets: alike, a fifth above each step's own rate; else up to 60 % above it, at random")


def _shares(team: Team) -> np.ndarray:
    """The true conversion of each step, today."""
    return (team.shares * team.rates).sum(axis=0)


def _named(team: Team, targets: np.ndarray, random: np.random.Generator) -> int | None:
    known = live(team, random, beyond=0).known(team.today)
    steps = told(conversions(known, team.limits).values())
    if steps is None:
        return None
    arrivals = [tally.entered for tally in tallies(known, window(team.today), tuple(team.limits)).values()]
    goals = {step: Goal(float(target)) for step, target in zip(team.limits, targets, strict=True)}
    found = bottleneck(gains(steps, arrivals, goals, team.limits))
    return found.step if found else None


def scripts(teams: int, seed: int, out: Console) -> None:
    """Two equal scripts, the better rep using one more: how often one is called better at 97.5 %."""
    table = Judged("Script comparison", "an arm", "called better (bar: 5 %)", "range holds zero (bar: 77-83 %)")
    for size in (20, 50, 200, 1000):
        random = np.random.default_rng([seed, 6, size])
        called, holds = [], []
        for _ in range(teams):
            found = compare(_two_scripts(size, random))
            if found is not None:
                called.append(abs(found.better - 0.5) > 0.475)
                holds.append(found.low <= 0 <= found.high)
        better = table.share(f"called better, {size} an arm", called, 0.0, 0.05)
        table.table.add_row(str(size), better, table.share(f"holds zero, {size} an arm", holds, 0.77, 0.83))
    table.show(out)


def _two_scripts(size: int, random: np.random.Generator) -> dict[int, tuple[Risk, Risk]]:
    team = a_team("reps", 8 * size, random, steps=1)
    lived = live(team, random, beyond=0)
    second = random.random(len(lived.step)) < np.array([0.3, 0.5, 0.5, 0.7])[lived.rep]
    within = window(team.today)
    strata = {}
    for rep in range(len(team.rates)):
        first, other = (
            risks(_part(lived, (second == arm) & (lived.rep == rep)).known(team.today), within, team.limits)[1]
            for arm in (False, True)
        )
        strata[rep] = (first, other)
    return strata


def _part(lived: Lived, used: np.ndarray) -> Lived:
    columns = {name: getattr(lived, name)[used] for name in ("step", "entered", "left", "exit", "rep")}
    return replace(lived, **columns)
