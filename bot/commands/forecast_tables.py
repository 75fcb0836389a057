"""The forecast on a terminal: what the next weeks bring, and how earlier ones did."""

from __future__ import annotations

from rich.table import Table

from bot.commands.numbers_tables import Parts, named, reader_on, table
from bot.usecases.backtest_forecast import Backtested
from bot.usecases.see_forecast import ForecastSeen, Scored
from bot.views import figures
from bot.views.reader import Reader
from playbooks.funnel.forecast import Forecast
from playbooks.team import Workspace

_SHOWN = 12
"""Of the earlier forecasts, the newest."""


def forecast_parts(seen: ForecastSeen, workspace: Workspace) -> Parts:
    reader = reader_on(seen.funnel.as_of, workspace)
    prospects = "1 open prospect" if seen.open == 1 else f"{seen.open} open prospects"
    yield f"{seen.playbook.name} in {workspace.name}: from {prospects} on {seen.as_of}."
    if seen.made is None:
        steps = ", ".join(named(step) for step in seen.missing)
        yield f"There is no forecast yet: too few prospects are decided in {steps}."
        return
    if seen.funnel.is_assumed:
        yield "It rests on what the playbook expects where your own numbers are too few."
    yield _made(seen.made)
    if seen.earlier:
        yield from _scored(seen, reader)
    elif seen.scoring_from is None:
        yield "Earlier forecasts are scored from 13 weeks after the first decision."
    elif seen.scoring_from > seen.as_of:
        since = reader.words.long_day(seen.scoring_from)
        yield f"Earlier forecasts are scored from {since} on."
    else:
        yield "No Monday's forecast was kept whose weeks are over; --backtest makes past ones anew."


def _made(made: tuple[Forecast, ...]) -> Table:
    shown = table("Next", "customers", "8 of 10 times", "if the undecided never win")
    for each in made:
        low, high = each.if_unresolved_never_win.range()
        shown.add_row(
            _weeks(each.weeks), f"{each.wins.mean:.1f}", _between(*each.wins.range()), _between(low, high)
        )
    return shown


def _scored(seen: ForecastSeen, reader: Reader) -> Parts:
    for weeks, each in sorted(seen.scores.items()):
        yield (
            f"{_weeks(weeks)} ahead: {round(each.inside * each.count)} of {each.count} came out within the range; "
            f"on average {_off(each.bias, reader)}."
        )
    yield _table_of(seen.earlier[:_SHOWN])


def _off(bias: float, reader: Reader) -> str:
    size = figures.about(abs(bias), reader)
    if size == "0":
        return "neither too many nor too few"
    return f"{size} too {'many' if bias > 0 else 'few'}"


def _table_of(forecasts: tuple[Scored, ...]) -> Table:
    shown = table("made on", "weeks", "said", "happened", "inside")
    for each in forecasts:
        said = f"{each.mean:.1f}, {_between(each.low, each.high)}"
        shown.add_row(
            each.made_on.isoformat(), str(each.weeks), said, str(each.outcome), "yes" if each.inside else "no"
        )
    return shown


def backtest_parts(tested: Backtested) -> Parts:
    if tested.first is None:
        yield (
            "There is nothing to look back on yet: forecasts count from 13 weeks after the first decision, once "
            "their weeks are over."
        )
        return
    yield f"Made anew as of each Monday from {tested.first} to {tested.last}, from what was known then."
    if tested.too_few:
        yield (
            f"On {tested.too_few} of these Mondays a step had too few decisions to forecast from; the playbook's "
            "expectation does not stand in here."
        )
    if tested.forecasts:
        yield _table_of(tested.forecasts)
        yield _compared(tested)
        yield (
            "Inside should be some 80%. A miss is how far off a forecast was, its range counted (CRPS), in "
            "customers; beside ours that of going on as the last 8 weeks did, and that of weighing each stage as "
            "CRMs do."
        )


def _compared(tested: Backtested) -> Table:
    shown = table("weeks", "forecasts", "inside", "too many", "miss", "of 8 weeks", "of stages")
    for weeks, each in sorted(tested.compared.items()):
        found = each.scores
        shown.add_row(
            str(weeks),
            str(found.count),
            f"{found.inside:.0%}",
            f"{found.bias:+.1f}",
            *(f"{miss:.2f}" for miss in (found.crps, each.crps_of_past_wins, each.crps_of_stages)),
        )
    return shown


def _weeks(weeks: int) -> str:
    return "1 week" if weeks == 1 else f"{weeks} weeks"


def _between(low: int, high: int) -> str:
    return str(low) if low == high else f"between {low} and {high}"
