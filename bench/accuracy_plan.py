"""The table on plans: does the intake that was asked for at 80 % win what it promised in 80 of 100?"""

from __future__ import annotations

from collections import defaultdict

import numpy as np
from rich.console import Console

from bench.accuracy_bars import Judged
from bench.accuracy_rates import CERTAINTY, SIZES
from bench.simulated_teams import KINDS, LIMIT, Team, a_team, live
from playbooks.funnel.conversion import Conversion, conversions, told
from playbooks.funnel.journeys_ahead import Rates
from playbooks.funnel.plan import PLAN_DRAWS, chance_of, intake_for

_AS_PROMISED = (0.77, 0.83)
_MOST_TRIED = 20
"""So many teams are made for each plan wanted, at most: small ones mostly have too few to tell."""

_PERIODS = {"13": (26, 13), "1": (2, 1)}
"""Wins asked for, and the weeks in which they are to land."""


def plans(teams: int, seed: int, out: Console) -> None:
    """The true chance that the planned intake wins what was asked for, in the steady state."""
    table = Judged(
        "Plans asked for at 80 % (bar: 77-83 % kept)",
        *("kind", "a year", "13 weeks", "any one week", "13 weeks, unresolved never win", "its intake more by"),
    )
    for kind in KINDS:
        for size in SIZES:
            random = np.random.default_rng([seed, 5, KINDS.index(kind), size])
            kept: dict[str, list[float]] = defaultdict(list)
            for _ in range(teams // 2 * _MOST_TRIED):
                if len(kept["13"]) == teams // 2:
                    break
                team = a_team(kind, size, random)
                steps = told(conversions(live(team, random, beyond=0).known(team.today), team.limits).values())
                if steps is not None:
                    _plan_one(team, steps, kept)
            bar = (0.0, 1.0) if kind == "drifting" else _AS_PROMISED
            shares = [table.share(f"{kind} {size}, {name}", kept[name], *bar) for name in _PERIODS]
            more = f"{np.median(kept['more']):.0%}" if kept["more"] else "-"
            table.table.add_row(kind, str(size), *shares, table.share("", kept["never"]), more)
    table.show(
        out,
        "each plan is worth the true chance that its intake wins 26 in 13 weeks, or 2 in one; a drifting team's"
        " rates are held at today's, which no plan can know from the past: not judged",
    )


def _plan_one(team: Team, steps: tuple[Conversion, ...], kept: dict[str, list[float]]) -> None:
    days = team.steps * (LIMIT + 1)
    onward, never = (Rates.drawn(steps, go_on=end, draws=PLAN_DRAWS).fresh(days)[0] for end in (True, False))
    truth = team.fresh(days)
    intakes = {name: intake_for(onward, wins, CERTAINTY, weeks) for name, (wins, weeks) in _PERIODS.items()}
    without = intake_for(never, 26, CERTAINTY, 13)
    if without is None or not all(intakes.values()):
        return
    for name, intake in intakes.items():
        wins, weeks = _PERIODS[name]
        kept[name].append(chance_of(truth, wins, weeks)(intake or 0))
    kept["never"].append(chance_of(truth, 26, 13)(without))
    kept["more"].append(without / (intakes["13"] or 1) - 1)
