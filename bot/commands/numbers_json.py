"""The numbers as JSON: dictionaries of the shapes that `docs/json.md` describes. Shares are from 0 to 1."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from math import isfinite
from typing import Any, Final

from bot.usecases.backtest_forecast import Backtested, Compared
from bot.usecases.make_plan import PlanSeen
from bot.usecases.see_forecast import ForecastSeen, Scored
from bot.usecases.see_funnel import FunnelSeen
from playbooks.funnel.bottleneck import Gain
from playbooks.funnel.change import Change
from playbooks.funnel.conversion import Conversion
from playbooks.funnel.days import Days
from playbooks.funnel.forecast import Forecast, Wins
from playbooks.funnel.overall import Overall
from playbooks.funnel.picture import Funnel, StepFigures, StepOfFunnel
from playbooks.funnel.plan import Plan, StepPlan, Work
from playbooks.funnel.ranges import DEFAULT_CERTAINTY, Belief, Range
from playbooks.funnel.scoring import Scores
from playbooks.funnel.slices import Slice
from playbooks.funnel.windows import window
from playbooks.numbers import Target
from playbooks.pipeline import PublishedPlaybook
from playbooks.team import Workspace

VERSION: Final = 1
"""Goes up when a field goes away or changes its meaning; new fields may come at any time."""

Json = dict[str, Any]


# The funnel.


def funnel_json(seen: FunnelSeen, workspace: Workspace) -> Json:
    found = seen.funnel
    return {
        **_head(seen.playbook, workspace, found.as_of),
        "weeks": found.weeks,
        "window": _window(found),
        "certainty": found.certainty,
        "by": found.by,
        "first_day": _day(seen.first_day),
        "steps": [_step_json(each, found, seen.names) for each in found.steps],
        "overall": _overall(found.overall, found),
        "bottleneck": _bottleneck(found),
    }


def _window(found: Funnel) -> Json:
    within = window(found.as_of, found.weeks)
    return {"first": None if within.weeks is None else _day(within.first), "last": _day(within.last)}


def _step_json(each: StepFigures, whole: Funnel, names: Mapping[str, str]) -> Json:
    told = isinstance(each.found, Conversion)
    step: Json = {
        "step": _key(each.step),
        "name": each.step.name,
        "entered": each.tally.entered,
        "advanced": each.tally.advanced,
        "closed": each.tally.closed,
        "open": each.tally.open,
        "inferred": each.tally.inferred,
        "conversion": _conversion(each.found, whole.certainty) if isinstance(each.found, Conversion) else None,
        "assumption": None if told or each.used is None else _conversion(each.used, whole.certainty),
        "days": _days(each.days),
        "target": each.step.target,
        "gain": each.gain.wins if each.gain else None,
        "largest_gain_probability": each.gain.largest if each.gain else None,
        "one_point_better": each.one_point_better,
        "change": _change(each.change, whole.certainty) if each.change else None,
    }
    if whole.by is not None:
        step["slices"] = [_slice(key, one, names) for key, one in sorted(each.slices.items())]
    return step


def _conversion(found: Conversion, certainty: float) -> Json:
    return {
        **_range(found.belief.range(certainty)),
        "horizon_days": found.horizon,
        "unresolved": found.unresolved,
        "if_they_go_on": found.if_they_go_on,
        "window_weeks": found.window.weeks,
        "widened": found.widened,
    }


def _change(change: Change, certainty: float) -> Json:
    return {
        "verdict": change.verdict,
        "horizon_days": change.horizon,
        "before": _belief(change.earlier, certainty),
        "now": _belief(change.now, certainty),
        "sure": change.sure,
    }


def _slice(key: str, one: Slice, names: Mapping[str, str]) -> Json:
    return {
        "key": key,
        "name": names.get(key, key),
        **_range(one.range),
        "advanced": one.observed,
        "expected": one.expected,
    }


def _overall(found: Overall | None, whole: Funnel) -> Json | None:
    if found is None:
        return None
    share = found.belief.range(whole.certainty)
    return {
        "conversion": share.estimate,
        "low": share.low,
        "high": share.high,
        "unresolved": found.unresolved,
        "if_they_go_on": found.if_they_go_on,
        "lead_days": _days(found.lead),
        "assumed": whole.is_assumed,
    }


def _bottleneck(whole: Funnel) -> Json | None:
    named: Gain | None = whole.bottleneck
    if named is None:
        return None
    step = next(each.step for each in whole.steps if each.step.identity == named.step)
    return {"step": _key(step), "probability": named.largest}


# The plan.


def plan_json(seen: PlanSeen, workspace: Workspace) -> Json:
    return {
        **_head(seen.playbook, workspace, seen.funnel.as_of),
        "wins_a_week": seen.asked.wins,
        "certainty": seen.asked.certainty,
        "target": _target(seen.kept),
        "what_if": [
            {"step": f"step{number}", "points": points} for number, points in sorted(seen.what_if.items())
        ],
        "assumed": seen.funnel.is_assumed,
        "missing": [_key(step) for step in seen.missing],
        "plan": _plan(seen.plan, seen) if seen.plan else None,
        "without_what_if": _plan(seen.plain, seen) if seen.plain else None,
        "intake_now": seen.intake_now,
        "open_now": _open_now(seen),
        "first_week": seen.first_week,
        "first_week_on": None
        if seen.first_week is None
        else _day(seen.funnel.as_of + timedelta(weeks=seen.first_week)),
    }


def _plan(plan: Plan, seen: PlanSeen) -> Json:
    steps = [each.step for each in seen.funnel.steps]
    return {
        "intake": plan.intake,
        "intake_any_week": plan.intake_any_week,
        "if_unresolved_never_win": plan.if_unresolved_never_win,
        "period_weeks": plan.weeks,
        "steps": [_step_plan(step, each) for step, each in zip(steps, plan.steps, strict=True)]
        if plan.intake is not None
        else None,
        "lead_days": _days(plan.lead),
        "work": _work(plan.work) if plan.work else None,
    }


def _step_plan(step: StepOfFunnel, each: StepPlan) -> Json:
    return {
        "step": _key(step),
        "name": step.name,
        "arrivals_a_week": _range(each.arrivals),
        "standing": _range(each.standing),
    }


def _work(work: Work) -> Json:
    return {
        "contacts_a_week": work.contacts_a_week,
        "minutes_a_week": work.minutes_a_week,
        "contacts_a_win": _finite(work.contacts_a_win),
        "minutes_a_win": _finite(work.minutes_a_win),
        "assumed_share_of_minutes": work.assumed,
        "people": work.people,
    }


def _open_now(seen: PlanSeen) -> list[Json]:
    return [
        {"step": _key(each.step), "open": seen.standing.get(each.step.identity, 0)} for each in seen.funnel.steps
    ]


# The forecast.


def forecast_json(seen: ForecastSeen, workspace: Workspace, tested: Backtested | None = None) -> Json:
    """With `backtest` only where it was asked for."""
    told: Json = {
        **_head(seen.playbook, workspace, seen.as_of),
        "certainty": DEFAULT_CERTAINTY,
        "assumed": seen.funnel.is_assumed,
        "missing": [_key(step) for step in seen.missing],
        "open": seen.open,
        "forecasts": None if seen.made is None else [_forecast(each, seen.as_of) for each in seen.made],
        "weekly_wins": list(seen.weekly_wins),
        "target": _target(seen.target),
        "scoring_from": _day(seen.scoring_from),
        "earlier": [_scored(each) for each in seen.earlier],
        "scores": [{"weeks": weeks, **_scores(each)} for weeks, each in sorted(seen.scores.items())],
    }
    return told if tested is None else told | {"backtest": _backtest(tested)}


def _forecast(each: Forecast, as_of: date) -> Json:
    return {
        "weeks": each.weeks,
        "last_day": _day(as_of + timedelta(weeks=each.weeks, days=-1)),
        **_wins(each.wins),
        "if_unresolved_never_win": _wins(each.if_unresolved_never_win),
    }


def _wins(wins: Wins) -> Json:
    low, high = wins.range()
    return {"mean": wins.mean, "low": low, "high": high}


def _scored(each: Scored) -> Json:
    return {
        "made_on": _day(each.made_on),
        "weeks": each.weeks,
        "mean": each.mean,
        "low": each.low,
        "high": each.high,
        "outcome": each.outcome,
        "inside": each.inside,
    }


def _scores(found: Scores) -> Json:
    return {
        "count": found.count,
        "inside": found.inside,
        "bias": found.bias,
        "crps": found.crps,
        "bands": list(found.bands),
    }


def _backtest(tested: Backtested) -> Json:
    return {
        "first": _day(tested.first),
        "last": _day(tested.last),
        "too_few": tested.too_few,
        "forecasts": [_scored(each) for each in tested.forecasts],
        "scores": [{"weeks": weeks, **_compared(each)} for weeks, each in sorted(tested.compared.items())],
    }


def _compared(found: Compared) -> Json:
    return {
        **_scores(found.scores),
        "crps_of_past_wins": found.crps_of_past_wins,
        "crps_of_stages": found.crps_of_stages,
    }


# What they share.


def _head(playbook: PublishedPlaybook, workspace: Workspace, as_of: date) -> Json:
    return {
        "version": VERSION,
        "workspace": {"id": workspace.slack_id, "name": workspace.name, "zone": workspace.zone},
        "playbook": {"key": playbook.key, "name": playbook.name, "version": playbook.number},
        "as_of": _day(as_of),
    }


def _target(target: Target | None) -> Json | None:
    if target is None:
        return None
    return {
        "wins_a_week": target.wins,
        "certainty": target.certainty,
        "set_at": target.set_at.isoformat(),
    }


def _range(found: Range) -> Json:
    return {"estimate": found.estimate, "low": found.low, "high": found.high}


def _belief(belief: Belief, certainty: float) -> Json:
    return _range(belief.range(certainty))


def _days(days: Days | None) -> Json | None:
    return {"median": days.median, "p80": days.p80} if days else None


def _key(step: StepOfFunnel) -> str:
    return f"step{step.number}"


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _finite(value: float) -> float | None:
    """JSON has no infinity: work for each win where nobody wins."""
    return value if isfinite(value) else None
