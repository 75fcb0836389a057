"""`/prospect`, `/prospect log` and the dialog that advances, against a bare Bolt app: `python -m bench.commands`.

Each request goes end to end, over loopback: signed, sent, acknowledged and answered. Both programs run in one
gunicorn worker with four threads; they take turns at the very same requests, and what is printed are medians.
Nothing is asserted.
"""

from __future__ import annotations

import argparse
import itertools
import multiprocessing
import random
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.table import Table
from sqlalchemy import select

from bench.asking import CALENDAR, Asker, Kind
from bench.client import CONNECTIONS, Asking, Fired, fire
from bench.loading import PLAYBOOK, Team
from bench.running import Database, Program, postgresql, postgresql_server, program, sqlite
from bench.where import Part, Split, look_at, py_spy
from playbooks.ports import Tracked
from storage import Store
from storage.rows import JourneyRow
from tests.fake_slack import FakeSlack

AIM: Final = 0.6
_FEWEST_MEMBERS: Final = 5
_PROSPECTS_A_MEMBER: Final = 200
"""A team grows with its prospects: nobody has thousands of open ones."""
_SUBJECTS: Final = 50
_TIMES: Final = {Kind.LIST: 6, Kind.LOG: 4, Kind.ADVANCE: 3}
"""How often each of the fifty prospects of a round is asked about."""
_LAST_STEP_TO_START_FROM: Final = 4


class WrongAnswerError(Exception):
    """Something else came back than what is measured; the message quotes it."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is measured: on databases of these sizes, so many rounds of each kind."""

    sizes: Sequence[int]
    rounds: int
    databases: Sequence[str]
    profile: bool


@dataclass(slots=True)
class Measured:
    """The rounds of one kind on one database, in pairs: the echo app's and ours."""

    database: Database
    kind: Kind
    echo: list[Fired] = field(default_factory=list)
    ours: list[Fired] = field(default_factory=list)
    split: Split | None = None

    @property
    def echo_rate(self) -> float:
        """Requests that the echo app answers in a second."""
        return statistics.median(fired.rate for fired in self.echo)

    @property
    def our_rate(self) -> float:
        return statistics.median(fired.rate for fired in self.ours)

    @property
    def ratio(self) -> float:
        """The median of the pairs' ratios: what slowed the machine down slowed down both of a pair."""
        return statistics.median(self.ratios)

    @property
    def ratios(self) -> list[float]:
        return [ours.rate / echo.rate for echo, ours in zip(self.echo, self.ours, strict=True)]


@dataclass(frozen=True, slots=True)
class Bench:
    """What all measurements share: Slack and its people, the process that asks, the environment of programs."""

    plan: Plan
    asker: Asker
    client: Executor
    environment: Mapping[str, str]
    folder: Path
    console: Console

    def asked_about(self, prospects: int) -> Bench:
        """The same with as many members as sell to so many prospects."""
        users = self.asker.users[: _members(prospects)]
        return replace(self, asker=replace(self.asker, users=users))

    @property
    def team(self) -> Team:
        return Team(self.asker.slack.workspace.id, [user.id for user in self.asker.users])

    def fire(self, at: Program, askings: Sequence[Asking], *, strict: bool = True) -> Fired:
        fired: Fired = self.client.submit(fire, at.port, askings, strict=strict).result()
        if fired.wrong:
            raise WrongAnswerError(f"{len(fired.wrong)} of {len(askings)} answers are wrong: {fired.wrong[0]}")
        return fired


@dataclass(slots=True)
class Supply:
    """The prospects of one round after another: as they were filled, or ones that no round has had yet."""

    database: Database
    team: Team
    _ids: Iterator[int] = field(init=False)

    def __post_init__(self) -> None:
        with self.database.engine.connect() as connection:
            found = connection.execute(
                select(JourneyRow.id).where(
                    JourneyRow.status == "open", JourneyRow.step <= _LAST_STEP_TO_START_FROM
                )
            ).scalars()
            ids = list(found)
        random.Random(1).shuffle(ids)
        self._ids = itertools.cycle(ids)

    def take(self) -> list[Tracked]:
        if self.database.renew:
            self.database.renew()
        with Store(self.database.engine).reading(self.team.slack_id) as uow:
            return [uow.journeys.get(each) for each in itertools.islice(self._ids, _SUBJECTS)]


def measure(bench: Bench, database: Database, name: str = "nextstep") -> list[Measured]:
    """Every kind of request on one database."""
    environment = {**bench.environment, "DATABASE_URL": database.url}
    with (
        program("echo", environment, bench.folder) as echo,
        program(name, environment, bench.folder) as ours,
    ):
        supply = Supply(database, bench.team)
        return [_measure(bench, supply, kind, echo, ours) for kind in Kind]


def _measure(bench: Bench, supply: Supply, kind: Kind, echo: Program, ours: Program) -> Measured:
    measured = Measured(supply.database, kind)
    for number in range(bench.plan.rounds + 1):
        askings = bench.asker.ask(kind, supply.take(), _TIMES[kind])
        echoed, answered = bench.fire(echo, askings, strict=False), bench.fire(ours, askings)
        if number:  # the first round warms both up
            measured.echo.append(echoed)
            measured.ours.append(answered)
    if bench.plan.profile:
        measured.split = look_at(
            ours.pid,
            lambda: bench.fire(ours, bench.asker.ask(kind, supply.take(), _TIMES[kind])),
            bench.folder,
        )
    bench.console.print(f"  {kind}: {measured.ratio:.2f}")
    return measured


def rates(measured: Sequence[Measured], title: str) -> Table:
    """Requests a second of both, and how they compare."""
    table = Table("request", "prospects", title=title)
    for heading in ("echo, a second", "Nextstep, a second", "ratio", "(lowest, highest)", "median ms", "p95 ms"):
        table.add_column(heading, justify="right")
    for one in sorted(measured, key=lambda one: (list(Kind).index(one.kind), one.database.prospects)):
        each = sorted(itertools.chain.from_iterable(fired.each for fired in one.ours))
        table.add_row(
            one.kind,
            f"{one.database.prospects:,}",
            f"{one.echo_rate:.0f}",
            f"{one.our_rate:.0f}",
            f"[{'green' if one.ratio >= AIM else 'red'}]{one.ratio:.2f}[/]",
            f"({min(one.ratios):.2f}, {max(one.ratios):.2f})",
            f"{1000 * each[len(each) // 2]:.1f}",
            f"{1000 * each[len(each) * 95 // 100]:.1f}",
        )
    return table


def split(measured: Sequence[Measured], title: str) -> Table:
    """What a request's time goes to, beside the echo app's."""
    table = Table("milliseconds a request", title=title)
    splits = []
    for one in measured:
        if one.split is not None:
            table.add_column(one.kind, justify="right")
            splits.append(one.split)
    for part in Part:
        table.add_row(part, *(f"{each.parts[part]:.2f}" for each in splits))
    table.add_row("waiting: disk, database", *(f"{each.waiting:.2f}" for each in splits))
    table.add_section()
    table.add_row("all", *(f"{each.whole:.2f}" for each in splits))
    table.add_row("the echo app's", *(f"{1000 / one.echo_rate:.2f}" for one in measured if one.split))
    return table


Opening = Callable[[Bench, int], AbstractContextManager[Database]]


def run(plan: Plan, console: Console) -> None:
    with ready(plan, console) as bench, ExitStack() as stack:
        if "sqlite" in plan.databases:
            report(bench, "SQLite", _on_sqlite, ("nextstep", "relaxed"))
        if "postgresql" in plan.databases:
            server = stack.enter_context(postgresql_server(bench.folder / "postgresql"))

            def on_server(bench: Bench, prospects: int) -> AbstractContextManager[Database]:
                return postgresql(server, bench.team, prospects)

            report(bench, "PostgreSQL", on_server, ("nextstep",))


def _on_sqlite(bench: Bench, prospects: int) -> AbstractContextManager[Database]:
    return sqlite(bench.folder, bench.team, prospects)


def _members(prospects: int) -> int:
    return max(_FEWEST_MEMBERS, prospects // _PROSPECTS_A_MEMBER)


def report(bench: Bench, title: str, opening: Opening, programs: Sequence[str]) -> None:
    """Measures on one kind of database in every size, and prints the tables."""
    found: dict[str, list[Measured]] = {name: [] for name in programs}
    for size, name in itertools.product(bench.plan.sizes, programs):
        if name != programs[0] and size != bench.plan.sizes[0]:
            continue  # the size makes no other difference to a variant
        sized = bench.asked_about(size)
        bench.console.print(f"{title} with {size:,} prospects of {len(sized.team.users)} members, {name}")
        with opening(sized, size) as database:
            found[name] += measure(sized, database, name)
    for name, measured in found.items():
        of_what = title if name == programs[0] else f"{title}, synchronous NORMAL"
        bench.console.print(rates(measured, of_what))
        if any(one.split for one in measured):
            bench.console.print(split(measured[: len(Kind)], f"{of_what}: where it goes"))
    busy = statistics.median(fired.busy for measured in found.values() for one in measured for fired in one.echo)
    bench.console.print(f"The client was busy {busy:.0%} of the echo app's time.")


@contextmanager
def ready(plan: Plan, console: Console) -> Iterator[Bench]:
    """Slack, the process that asks and a folder, all gone at the end."""
    with (
        tempfile.TemporaryDirectory(prefix="nextstep-bench-") as folder,
        FakeSlack() as slack,
        ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as client,
    ):
        names = (f"member{number}" for number in range(_members(max(plan.sizes))))
        users = [slack.add_user(name, locale="en-GB", tz=CALENDAR.zone) for name in names]
        yield Bench(
            plan=plan,
            asker=Asker(slack, users, CALENDAR.today(datetime.now(UTC))),
            client=client,
            environment={
                "SLACK_BOT_TOKEN": slack.token,
                "SLACK_SIGNING_SECRET": slack.signing_secret,
                "SLACK_API_URL": slack.url,
                "NEXTSTEP_PLAYBOOKS": PLAYBOOK,
            },
            folder=Path(folder),
            console=console,
        )


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.commands", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--quick", action="store_true", help="half a minute: 100 prospects, three rounds")
    parser.add_argument("--profile", action="store_true", help="where the time goes; needs py-spy")
    parser.add_argument("--rounds", type=int, default=None, help="of each kind (15; quick 3)")
    parser.add_argument("--prospects", type=int, nargs="+", default=None, help="sizes (100 100000; quick 100)")
    parser.add_argument("--databases", default="sqlite,postgresql", help="one, or both with a comma")
    given = parser.parse_args()
    plan = Plan(
        sizes=given.prospects or ((100,) if given.quick else (100, 100_000)),
        rounds=given.rounds or (3 if given.quick else 15),
        databases=given.databases.split(","),
        profile=given.profile,
    )
    console = Console(width=110)
    if plan.profile and py_spy() is None:
        console.print("Where the time goes is left out: py-spy is missing; pip install py-spy.")
    console.print(
        f"{plan.rounds} rounds of each kind in turns with the echo app, over {CONNECTIONS} connections;"
        " one worker, four threads."
    )
    try:
        run(plan, console)
    except WrongAnswerError as wrong:
        sys.exit(str(wrong))


if __name__ == "__main__":
    main()
