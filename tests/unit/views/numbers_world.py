"""Teams whose numbers the views show: visits simulated from a seed, counted and estimated by the engine itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any

import numpy as np

from bot.usecases.make_plan import PlanSeen
from bot.usecases.see_forecast import ForecastSeen, Scored
from bot.usecases.see_funnel import FunnelSeen
from playbooks.funnel.forecast import forecast, weekly_wins
from playbooks.funnel.histogram import Dimension, Histogram, Known
from playbooks.funnel.picture import Funnel, StepOfFunnel, funnel
from playbooks.funnel.plan import Effort, lifted, plan
from playbooks.funnel.ramp import first_week_on_target
from playbooks.funnel.scoring import Scores
from playbooks.funnel.visits import Exit, Visit
from playbooks.numbers import Target
from playbooks.pipeline import PublishedPlaybook

AS_OF = date(2026, 3, 2)
AT = datetime(2026, 3, 2, 8, tzinfo=UTC)
SAAS = PublishedPlaybook(id=1, key="b2b-saas", name="B2B SaaS", number=1)
STEPS = (
    StepOfFunnel(11, 1, "Interest", limit=30, expects=(0.36, 11.0)),
    StepOfFunnel(12, 2, "Demo", limit=30, target=0.4, expects=(0.5, 10.0)),
    StepOfFunnel(13, 3, "Signature", limit=45, target=0.6, expects=(0.6, 8.0)),
)
RATES = (0.4, 0.3, 0.55)
SOURCES = ("fair", "referral", "website")


def visits(a_week: int, weeks: int, *, seed: int = 7, rates: tuple[float, ...] = RATES) -> list[Visit]:
    """Prospects that came in, so many a week until the day the numbers are of, and went through the steps."""
    random = np.random.default_rng(seed)
    found: list[Visit] = []
    for _ in range(a_week * weeks):
        day = AS_OF - timedelta(days=int(random.integers(1, 7 * weeks + 1)))
        rep, source = int(random.integers(1, 4)), SOURCES[int(random.integers(0, 3))]
        for step, rate in zip(STEPS, rates, strict=True):
            left = day + timedelta(days=int(random.geometric(0.15)) - 1)
            known = {"step": step.identity, "entered": day, "known": day, "rep": rep, "source": source}
            if left >= AS_OF:
                found.append(Visit(**known))
                break
            went_on = random.random() < rate
            last = step is STEPS[-1]
            exit_ = (Exit.WON if last else Exit.ADVANCED) if went_on else Exit.LOST
            found.append(Visit(**known, exit=exit_, left=left, left_known=left))
            if not went_on:
                break
            day = left
    return found


class Team:
    """A team's numbers on the day, from its visits."""

    def __init__(self, seen: list[Visit], steps: tuple[StepOfFunnel, ...] = STEPS) -> None:
        self.histogram = Histogram.of(seen)
        self.steps = steps

    @property
    def known(self) -> Known:
        return self.histogram.as_of(AS_OF)

    def load(self, since: date | None, by: Dimension | None = None) -> Known:
        return self.known

    @lru_cache  # noqa: B019 - the few teams of the tests live as long as these do
    def funnel(self, **asked: Any) -> Funnel:
        return funnel(self.steps, self.load, AS_OF, **asked)

    def funnel_seen(self, *, hidden_reps: bool = False, others: tuple[str, ...] = (), **asked: Any) -> FunnelSeen:
        first = min(self.histogram.entered, default=None)
        return FunnelSeen(
            playbook=SAAS,
            funnel=self.funnel(**asked),
            names={"1": "Ann", "2": "Bob", "3": "Cas"},
            hidden_reps=hidden_reps,
            first_day=None if first is None else date.fromordinal(int(first)),
            others=others,
        )

    def plan_seen(
        self,
        wins: float = 10,
        certainty: float = 0.8,
        *,
        what_if: Mapping[int, float] | None = None,
        kept: Target | None = None,
        selling: tuple[float, ...] = (),
    ) -> PlanSeen:
        seen = self.funnel()
        used, limits = seen.used, seen.limits
        made = plain = first = None
        if used is not None:
            options: dict[str, Any] = {
                "certainty": certainty,
                "efforts": [Effort(3, 60, 0.2)] * len(self.steps),
                "selling_minutes": selling,
            }
            better = [lifted(step, (what_if or {}).get(at + 1, 0)) for at, step in enumerate(used)]
            made = plan(better, limits, wins, **options)
            plain = plan(used, limits, wins, **options) if what_if else None
            if made.intake:
                first = first_week_on_target(self.known, better, made.intake, wins, certainty=certainty)
        here = self.known.exit == Exit.UNDECIDED
        standing = {
            step.identity: int(self.known.count[here & (self.known.step == step.identity)].sum())
            for step in self.steps
        }
        return PlanSeen(
            playbook=SAAS,
            asked=Target(wins, certainty, AT, 1),
            kept=kept,
            funnel=seen,
            plan=made,
            plain=plain,
            what_if=what_if or {},
            missing=tuple(each.step for each in seen.steps if each.used is None),
            standing=standing,
            intake_now=12.4,
            first_week=first,
            selling_set=bool(selling),
        )

    def forecast_seen(
        self,
        *,
        scores: Mapping[int, Scores] | None = None,
        earlier: tuple[Scored, ...] = (),
        scoring_from: date | None = None,
        target: Target | None = None,
    ) -> ForecastSeen:
        seen = self.funnel()
        return ForecastSeen(
            playbook=SAAS,
            as_of=AS_OF,
            funnel=seen,
            made=None if seen.used is None else forecast(self.known, seen.used),
            missing=tuple(each.step for each in seen.steps if each.used is None),
            open=int(self.known.count[self.known.exit == Exit.UNDECIDED].sum()),
            earlier=earlier,
            scores=scores or {},
            scoring_from=scoring_from,
            weekly_wins=tuple(int(wins) for wins in weekly_wins(self.known, 26)),
            target=target,
        )


@lru_cache
def a_team() -> Team:
    """Some 12 new prospects a week for a year: enough to tell."""
    return Team(visits(12, 52))


@lru_cache
def a_small_team() -> Team:
    """A few prospects: the first step has enough to tell, the others have not."""
    return Team(visits(3, 14))


def a_new_team(*, assumes: bool = True) -> Team:
    """Nobody came in yet; the playbook says what to expect, or does not."""
    bare = tuple(StepOfFunnel(step.identity, step.number, step.name, limit=step.limit) for step in STEPS)
    return Team([], STEPS if assumes else bare)


def some_scores(weeks: int, made_on: date = AS_OF) -> tuple[dict[int, Scores], tuple[Scored, ...]]:
    """Eleven earlier forecasts of so many weeks, of which nine held."""
    outcomes = [5, 6, 4, 7, 12, 5, 6, 3, 6, 5, 0]
    earlier = tuple(
        Scored(made_on - timedelta(weeks=weeks + at), weeks, 5.4, 2, 8, outcome, 2 <= outcome <= 8)
        for at, outcome in enumerate(outcomes)
    )
    return {weeks: Scores(11, 9 / 11, 0.4, 1.2, (0.2,) * 5)}, earlier
