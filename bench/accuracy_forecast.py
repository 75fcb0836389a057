"""The table on simulated forecasts: coverage, bias and CRPS against two baselines."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from rich.console import Console

from bench.accuracy_bars import Judged
from bench.accuracy_rates import SIZES
from bench.simulated_teams import KINDS, Team, a_team, live
from playbooks.funnel.baselines import from_past_wins, from_stages
from playbooks.funnel.conversion import Conversion, conversions, told
from playbooks.funnel.forecast import FORECAST_WEEKS, Wins, forecast
from playbooks.funnel.histogram import Floats, Known
from playbooks.funnel.scoring import block_error, crps, randomised_pit

INSIDE = (0.75, 0.85)
COLUMNS = ("weeks", "inside 80 %", "error", "bias", "CRPS", "of last wins", "of stages", "better")
_DRAWS = 24
_SURE = 2.0
"""A difference in CRPS is called one from so many standard errors on."""

_FEWEST_COMPARED = 20
_LARGE = 20000
"""From so many prospects a year on a quarter of the teams has to do: one takes a tenth of a second."""

_MOST_TRIED = 20
"""So many teams are made for each forecast wanted, at most: small ones mostly have too few to tell."""


def forecasts(teams: int, seed: int, out: Console) -> None:
    """Simulated forecasts: inside the 80 % range by randomised PIT, bias, CRPS against the baselines."""
    table = Judged("Forecasts, simulated (bar: inside 75-85 %; CRPS below both)", "kind", "a year", *COLUMNS)
    for kind in KINDS:
        for size in SIZES:
            random = np.random.default_rng([seed, 7, KINDS.index(kind), size])
            scored = Scored(random)
            wanted = teams // 4 if size >= _LARGE else teams
            for _ in range(wanted * _MOST_TRIED):
                if scored.count == wanted:
                    break
                _forecast_one(a_team(kind, size, random), random, scored)
            scored.show(table, kind, str(size))
    table.show(out, BETTER_MEANS)


BETTER_MEANS = (
    f"better: ours below this baseline by more than {_SURE:.0f} standard errors of the paired difference (w: last"
    " 8 weeks' wins, s: stage weights); worse: above it; else alike"
)


def _forecast_one(team: Team, random: np.random.Generator, scored: Scored) -> None:
    lived = live(team, random)
    known = lived.known(team.today)
    steps = told(conversions(known, team.limits).values())
    if steps is None:
        return
    for weeks, rivals in rivals_of(known, steps).items():
        scored.add(weeks, rivals, lived.wins(team.today, weeks))


def rivals_of(known: Known, steps: tuple[Conversion, ...]) -> dict[int, tuple[Wins, Wins, Wins]]:
    """Ours, and the two baselines, for each number of weeks."""
    stages = from_stages(known, [step.step for step in steps])
    return {
        each.weeks: (each.wins, from_past_wins(known, each.weeks), stages)
        for each in forecast(known, steps, draws=_DRAWS)
    }


class Scored:
    """What became of many forecasts, by weeks ahead and rival."""

    def __init__(self, random: np.random.Generator) -> None:
        self.random = random
        self.inside: dict[int, list[float]] = {weeks: [] for weeks in FORECAST_WEEKS}
        self.bias: dict[int, list[float]] = {weeks: [] for weeks in FORECAST_WEEKS}
        self.crps: dict[int, list[list[float]]] = {weeks: [] for weeks in FORECAST_WEEKS}

    @property
    def count(self) -> int:
        return len(self.inside[FORECAST_WEEKS[0]])

    def add(self, weeks: int, rivals: Sequence[Wins], outcome: int) -> None:
        place = randomised_pit(rivals[0], outcome, float(self.random.random()))
        self.inside[weeks].append(float(0.1 <= place <= 0.9))
        self.bias[weeks].append(rivals[0].mean - outcome)
        self.crps[weeks].append([crps(rival, outcome) for rival in rivals])

    def show(self, table: Judged, *names: str, block: int = 1) -> None:
        """One row for each number of weeks; `block`: how many forecasts that follow each other hang together."""
        for weeks in FORECAST_WEEKS:
            inside = np.array(self.inside[weeks])
            if not len(inside):
                continue
            scores = np.array(self.crps[weeks])
            table.table.add_row(
                *names,
                str(weeks),
                table.share(f"{' '.join(names)}, {weeks} weeks", inside, *INSIDE),
                error_of(inside, block),
                f"{np.mean(self.bias[weeks]):+.2f}",
                *(f"{mean:.2f}" for mean in scores.mean(axis=0)),
                _better(table, f"{' '.join(names)}, {weeks} weeks", scores, block),
            )


def error_of(inside: Floats, block: int) -> str:
    """The standard error of the share inside, by blocks; nothing to draw from in fewer than two of them."""
    return f"{block_error(inside, block):.1%}" if len(inside) >= 2 * block else "-"


def _better(table: Judged, where: str, scores: Floats, block: int) -> str:
    """Against which baselines our CRPS is better, alike or worse."""
    said = []
    for at, rival in enumerate(("w", "s"), start=1):
        gained = scores[:, at] - scores[:, 0]
        error = block_error(gained, block)
        if abs(gained.mean()) <= _SURE * error or len(gained) < max(2 * block, _FEWEST_COMPARED):
            said.append(f"{rival}: alike")
        elif gained.mean() > 0:
            said.append(f"{rival}: better")
        else:
            said.append(f"{rival}: worse")
            table.missed(f"{where}: CRPS above that of {'the last wins' if rival == 'w' else 'stage weights'}")
    return ", ".join(said)
