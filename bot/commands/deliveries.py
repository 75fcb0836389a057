"""The commands about what Nextstep sends by itself: `worker`, `tick`, `deliveries`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Annotated, Any, Final

import typer
from rich.console import Console

import storage
from bot import bootstrap
from bot.jobs.forecasting import KeepForecasts
from bot.logs import configure as configure_logs
from bot.settings import DatabaseSettings, WorkerSettings, read
from bot.usecases.plan_deliveries import Plan, Planned, plan_deliveries
from playbooks.deliveries import Delivery, State
from playbooks.ports import NotHere

FAILED: Final = 1
_MOST: Final = 100
_ALL: Final = 100_000
_HIGHEST: Final = 2**63 - 1
"""The highest number that both databases hold."""
_YEARS: Final = range(2000, 2101)
"""Those that `tick --at` can speak of."""

deliveries = typer.Typer(
    help="List what is owed and what became of it; try one again.", invoke_without_command=True
)
out = Console(highlight=False, soft_wrap=True, emoji=False)


def worker() -> None:
    """Send what Nextstep sends by itself; any number of these may run, on any number of machines."""
    settings = read(WorkerSettings)
    configure_logs(settings.log_format)
    bootstrap.work(settings)


def tick(
    at: Annotated[
        str | None, typer.Option(help="an instant such as 2026-03-02T08:30+01:00; only with --dry-run")
    ] = None,
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="keep and send nothing")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="as JSON")] = False,
) -> None:
    """Plan what is owed by now; or say what would be sent at an instant, to whom and why."""
    if at is not None and not dry_run:
        raise ValueError("--at only goes with --dry-run: planning for another time would send at the wrong one.")
    instant = bootstrap.now() if at is None else _instant(at)
    with _store() as store:
        if not dry_run:
            _plan_now(store, instant)
            return
        planned = plan_deliveries(store, instant, dry_run=True)
        waiting = [one for one in store.ledger().listed([State.DUE], limit=_ALL) if _could_go(one, instant)]
    told = _dry_run_told(planned, waiting)
    if as_json:
        typer.echo(json.dumps(told, indent=2))
        return
    for line in _dry_run_lines(told):
        out.print(line, markup=False)


@deliveries.callback()
def listed(
    context: typer.Context,
    state: Annotated[list[State] | None, typer.Option(help="only these; may be given more than once")] = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="as JSON")] = False,
    limit: Annotated[int, typer.Option(min=1, max=_HIGHEST, help="at most so many, the newest first")] = _MOST,
) -> None:
    """List what is owed and what became of it, the newest first."""
    if context.invoked_subcommand:
        return
    with _store() as store:
        found, counts = store.ledger().listed(state or (), limit=limit), store.ledger().counts()
    if as_json:
        typer.echo(json.dumps([_told(one) for one in found], indent=2))
        return
    for one in found:
        out.print(_line(one), markup=False)
    numbers = ", ".join(f"{number} {each}" for each, number in sorted(counts.by_state.items()) if number)
    out.print(f"Not sent: {numbers or 'none'}.", markup=False)
    if counts.oldest_due_at is not None:
        out.print(f"The oldest that could go now is due since {_when(counts.oldest_due_at)}.", markup=False)


@deliveries.command()
def retry(
    delivery: Annotated[int, typer.Argument(max=_HIGHEST, help="its number in the list", metavar="ID")],
) -> None:
    """Let one that failed, expired, was cancelled or is unknown be sent; an unknown one is looked up first."""
    with _store() as store:
        ledger = store.ledger()
        try:
            before = ledger.get(delivery)
        except NotHere:
            raise ValueError(f"There is no delivery {delivery}; nextstep deliveries lists them.") from None
        again = ledger.retry(delivery)
    if again:
        out.print(f"Delivery {delivery} is due again.", markup=False)
        return
    out.print(f"Delivery {delivery} is {before.state}: there is nothing to try again.", markup=False)
    raise typer.Exit(FAILED)


def _plan_now(store: storage.Store, now: datetime) -> None:
    planned = plan_deliveries(store, now, explain=False)
    KeepForecasts()(store, now)
    out.print(f"Planned: {planned.messages}.", markup=False)
    for trouble in planned.troubles:
        out.print(f"{trouble.what} cannot be planned: {trouble.error}", markup=False)
    if planned.troubles:
        raise typer.Exit(FAILED)


@contextmanager
def _store() -> Iterator[storage.Store]:
    engine = bootstrap.open_engine(read(DatabaseSettings).database_url)
    try:
        yield storage.Store(engine)
    finally:
        engine.dispose()


def _instant(said: str) -> datetime:
    try:
        instant = datetime.fromisoformat(said)
    except ValueError:
        raise ValueError(f"{said} is no instant; right would be 2026-03-02T08:30+01:00.") from None
    if instant.tzinfo is None:
        right = instant.isoformat(timespec="minutes")
        raise ValueError(f"{said} names no zone; right would be {right}+01:00, or {right}Z.")
    if instant.year not in _YEARS:
        raise ValueError(f"{said} is too far away; right would be an instant from {_YEARS[0]} to {_YEARS[-1]}.")
    return instant


def _could_go(delivery: Delivery, at: datetime) -> bool:
    """Whether it is in the ledger already and could be sent then."""
    rests = delivery.not_before is not None and delivery.not_before > at
    return delivery.owed.due_at <= at and not rests and not delivery.has_expired(at)


def _dry_run_told(planned: Planned, waiting: Sequence[Delivery]) -> dict[str, Any]:
    return {
        "at": planned.at.isoformat(),
        "would_send": [_plan_told(plan) for plan in planned.plans],
        "waiting": [_told(one) for one in waiting],
        "skipped": [{"slack_team": skip.slack_team, "whom": skip.whom, "why": skip.why} for skip in planned.skips],
        "troubles": [
            {"slack_team": one.slack_team, "what": one.what, "error": one.error} for one in planned.troubles
        ],
    }


def _plan_told(plan: Plan) -> dict[str, Any]:
    owed = plan.owed
    return {
        "slack_team": plan.slack_team,
        "recipient": owed.recipient,
        "member": owed.member_id,
        "kind": owed.kind,
        "key": owed.key,
        "due_at": owed.due_at.isoformat(),
        "expires_at": _iso(owed.expires_at),
        "with": owed.carrier,
        "why": plan.why,
    }


def _told(one: Delivery) -> dict[str, Any]:
    owed = one.owed
    return {
        "id": one.id,
        "slack_team": one.slack_team,
        "recipient": owed.recipient,
        "member": owed.member_id,
        "kind": owed.kind,
        "key": owed.key,
        "state": one.state,
        "due_at": owed.due_at.isoformat(),
        "expires_at": _iso(owed.expires_at),
        "attempts": one.attempt,
        "not_before": _iso(one.not_before),
        "sent_at": _iso(one.sent_at),
        "channel": one.channel,
        "ts": one.ts,
        "error": one.error,
    }


def _dry_run_lines(told: Mapping[str, Any]) -> list[str]:
    lines = [f"{each['recipient']} would get {each['key']}: {each['why']}." for each in told["would_send"]]
    lines += [
        f"{each['recipient']} is still to get {each['key']}, number {each['id']}." for each in told["waiting"]
    ]
    lines = lines or [f"Nothing would be sent at {told['at']}."]
    lines += [f"{each['whom']}: {each['why']}." for each in told["skipped"]]
    lines += [f"{each['what']} cannot be planned: {each['error']}" for each in told["troubles"]]
    return lines


def _line(one: Delivery) -> str:
    error = f" ({one.error})" if one.error else ""
    return f"{one.id:>6}  {one.state:<9}  {_when(one.owed.due_at)}  {one.owed.recipient}  {one.owed.key}{error}"


def _when(instant: datetime) -> str:
    return f"{instant - timedelta(microseconds=instant.microsecond):%Y-%m-%d %H:%M:%S} UTC"


def _iso(instant: datetime | None) -> str | None:
    return instant.isoformat() if instant else None
