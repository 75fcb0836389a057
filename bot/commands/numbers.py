"""The commands that tell the numbers: `funnel`, `plan`, `forecast`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Annotated, Final, TypeVar

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

import storage
from bot import bootstrap
from bot.commands.forecast_tables import backtest_parts, forecast_parts
from bot.commands.numbers_json import Json, forecast_json, funnel_json, plan_json
from bot.commands.numbers_tables import funnel_parts, plan_parts, show
from bot.settings import DatabaseSettings, read
from bot.usecases.backtest_forecast import Backtested, backtest_forecast
from bot.usecases.make_plan import MakePlan, make_plan
from bot.usecases.see_forecast import SeeForecast, see_forecast
from bot.usecases.see_funnel import SeeFunnel, see_funnel
from bot.views.limits import BlockMode
from bot.views.reader import Reader
from bot.views.refusals import sentence
from bot.views.words import Words
from playbooks.calendar import Calendar
from playbooks.funnel.histogram import Dimension
from playbooks.funnel.periods import Period
from playbooks.ports import UnitOfWork
from playbooks.refusal import Refused
from playbooks.team import Workspace

_POINTS: Final = re.compile(r"step(?P<step>[0-9]{1,2}):(?P<points>[+-]?[0-9]{1,3}(?:\.[0-9]{1,2})?)")
_FIRST_YEAR: Final = 1970
_HUNDRED: Final = 100
_ENGLISH: Final = Reader(words=Words(), blocks=BlockMode.CORE, today=date.max)

_Choice = TypeVar("_Choice", Dimension, Period)

out = Console(highlight=False, emoji=False)

AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DATE", help="as known before this day, such as 2026-03-02; else today"),
]
Playbook = Annotated[str, typer.Option(help="its key or name, where there are several; else the default one")]
Which = Annotated[str | None, typer.Option("--workspace", help="its Slack id or name, where there are several")]
Zone = Annotated[str | None, typer.Option(help="the zone of the days; it has to be the workspace's own")]
AsJson = Annotated[bool, typer.Option("--json", help="as JSON, of the shape in docs/json.md")]
Certainty = Annotated[float, typer.Option(help="how sure, from 50 to 99 of 100")]


@dataclass(frozen=True, slots=True)
class _Where:
    """Where and when the numbers are asked for: an open unit of work in the workspace that is meant."""

    uow: UnitOfWork
    workspace: Workspace
    at: datetime
    as_of: date


def funnel(  # noqa: PLR0917 - as a person types it
    as_of: AsOf = None,
    weeks: Annotated[str, typer.Option(metavar="N|all", help="how many weeks back, or all")] = "13",
    by: Annotated[
        str | None, typer.Option(metavar="|".join(Dimension), help="the conversion of each, beside that of all")
    ] = None,
    certainty: Certainty = 80,
    playbook: Playbook = "",
    workspace: Which = None,
    zone: Zone = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Tell how many go on in each step, how long it takes, and which step needs attention."""
    back, slices = _weeks(weeks), None if by is None else _chosen(by, Dimension)
    with _numbers(workspace, zone, as_of) as where:
        asked = SeeFunnel(playbook, back, slices, certainty / _HUNDRED, where.as_of)
        seen = see_funnel(where.uow, asked, where.at, None)
    if as_json:
        _print_json(funnel_json(seen, where.workspace))
    else:
        show(funnel_parts(seen, where.workspace), out)


def plan(  # noqa: PLR0917 - as a person types it
    wins: Annotated[float | None, typer.Option(help="how many customers; without it, the team's target")] = None,
    per: Annotated[str, typer.Option(metavar="|".join(Period), help="in which period")] = Period.WEEK,
    certainty: Annotated[float | None, typer.Option(help="how sure, from 50 to 99 of 100; usually 80")] = None,
    step: Annotated[
        list[str] | None,
        typer.Option(
            metavar="stepN:+P", help="what if step N converted P points better; may be given more than once"
        ),
    ] = None,
    as_of: AsOf = None,
    playbook: Playbook = "",
    workspace: Which = None,
    zone: Zone = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Calculate backwards: how many prospects, days and hours so many customers take."""
    what_if, period = dict(_points(each) for each in step or ()), _chosen(per, Period)
    with _numbers(workspace, zone, as_of) as where:
        asked = MakePlan(
            wins=None if wins is None else wins / period.weeks,
            certainty=None if certainty is None else certainty / _HUNDRED,
            what_if=what_if,
            playbook=playbook,
            as_of=where.as_of,
        )
        seen = make_plan(where.uow, asked, where.at, None)
    if as_json:
        _print_json(plan_json(seen, where.workspace))
    else:
        show(plan_parts(seen, where.workspace), out)


def forecast(
    as_of: AsOf = None,
    playbook: Playbook = "",
    workspace: Which = None,
    zone: Zone = None,
    *,
    backtest: Annotated[
        bool, typer.Option("--backtest", help="make each past Monday's anew, and hold it against what happened")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Tell how many customers the next weeks will bring, and how earlier forecasts did."""
    with _numbers(workspace, zone, as_of) as where:
        asked = SeeForecast(playbook, where.as_of)
        seen = see_forecast(where.uow, asked, where.at)
        tested = _backtested(where, asked) if backtest else None
    if as_json:
        _print_json(forecast_json(seen, where.workspace, tested))
        return
    show(forecast_parts(seen, where.workspace), out)
    if tested is not None:
        out.print()
        show(backtest_parts(tested), out)


def _backtested(where: _Where, asked: SeeForecast) -> Backtested:
    """With a progress bar, beside what is printed as the answer."""
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("Mondays", total=None)

        def told_of(done: int, everything: int) -> None:
            progress.update(task, completed=done, total=everything)

        return backtest_forecast(where.uow, asked, where.at, told_of=told_of)


@contextmanager
def _numbers(said: str | None, zone: str | None, as_of: str | None) -> Iterator[_Where]:
    """Raises `ValueError` with one sentence for whatever is wrong, refusals of the use cases included."""
    engine = bootstrap.open_engine(read(DatabaseSettings).database_url)
    try:
        store, at = storage.Store(engine), bootstrap.now()
        workspace = _workspace(store.workspaces(), said)
        if zone not in (None, workspace.zone):
            raise ValueError(
                f"The days of {workspace.name} are days in {workspace.zone}, and stay so: leave --zone {zone} out."
            )
        day = _day(as_of, Calendar(workspace.zone).today(at))
        with store.reading(workspace.slack_id) as uow:
            yield _Where(uow, workspace, at, day)
    except Refused as refused:
        raise ValueError(sentence(refused, _ENGLISH)) from None
    finally:
        engine.dispose()


def _workspace(known: Sequence[Workspace], said: str | None) -> Workspace:
    """The one that is meant, by Slack id or name."""
    if not known:
        raise ValueError(
            "There is no workspace yet: start the bot, or bring history in with nextstep import FILE."
        )
    found = [each for each in known if said in (None, each.slack_id, each.name)]
    if len(found) == 1:
        return found[0]
    names = ", ".join(f"{each.slack_id} ({each.name})" for each in known)
    if said is None or found:
        raise ValueError(f"There are {len(known)} workspaces; say which with --workspace: {names}.")
    raise ValueError(f"There is no workspace {said}; there is {names}.")


def _day(said: str | None, today: date) -> date:
    if said is None:
        return today
    try:
        day = date.fromisoformat(said)
    except ValueError:
        raise ValueError(f"{said} is no date; right would be {today.isoformat()}.") from None
    if day.year < _FIRST_YEAR:
        raise ValueError(f"{said} is too long ago; right would be a date from {_FIRST_YEAR} on.")
    tomorrow = today + timedelta(days=1)  # before it all of today is known as well
    if day > tomorrow:
        raise ValueError(f"{said} is still to come; the latest that can be asked for is {tomorrow}.")
    return day


def _weeks(said: str) -> int | None:
    if said.strip().lower() == "all":
        return None
    try:
        return int(said)
    except ValueError:
        raise ValueError(f"{said} is no number of weeks; right would be 13, or all.") from None


def _chosen(said: str, among: type[_Choice]) -> _Choice:
    try:
        return among(said.strip().lower())
    except ValueError:
        right = " or ".join((", ".join(list(among)[:-1]), list(among)[-1]))
        raise ValueError(f"{said} is no {among.__name__.lower()}; right would be {right}.") from None


def _points(said: str) -> tuple[int, float]:
    match = _POINTS.fullmatch(said.strip().lower())
    if match is None:
        raise ValueError(f"{said} is no step with points; right would be step3:+5.")
    return int(match["step"]), float(match["points"])


def _print_json(told: Json) -> None:
    typer.echo(json.dumps(told, indent=2, ensure_ascii=False, allow_nan=False))
