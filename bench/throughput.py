"""Deliveries a second, end to end to a fake Slack, beside a bare HTTP client that posts the same bodies.

Every message goes to another member, whom it opens the conversation with: the pace of a channel is not measured.
"""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from rich.table import Table
from sqlalchemy import Engine, select, text

import storage
from bench.loading import Team, load
from bot import bootstrap
from bot.jobs.dispatcher import EmbeddedDispatcher
from bot.settings import WorkerSettings
from playbooks.deliveries import Kind, Owed, State
from storage.engine import WRITING
from storage.rows import DeliveryRow
from tests.chaos.slack_process import SlackProcess

_PROSPECTS_EACH: Final = 3
_MOST_PROSPECTS: Final = 1_000
_TO_WARM_UP: Final = 80
"""Members who are written to before the others: what a process does the first time is not what is measured."""
_PATIENCE: Final = 120.0
_STOPS_WITHIN: Final = 30.0
_LOOK_EVERY: Final = 0.25
_THREADS_OF_A_WORKER: Final = 4
_POST: Final = "chat.postMessage"


class NotDeliveredError(Exception):
    """Not everything was sent; the message says what became of it."""


@dataclass(frozen=True, slots=True)
class Measured:
    """Messages a second, ours and the bare client's with as many connections as we have threads."""

    database: str
    workers: str
    messages: int
    ours: float
    bare: float


@dataclass(frozen=True, slots=True)
class Post:
    """Whom messages are sent to in a filled database: `warm` before `members`, whose messages are measured."""

    engine: Engine
    slack: SlackProcess
    warm: Sequence[str]
    members: Sequence[str]

    @property
    def url(self) -> str:
        return self.engine.url.render_as_string(hide_password=False)

    @property
    def settings(self) -> WorkerSettings:
        return WorkerSettings(
            DATABASE_URL=self.url, SLACK_API_URL=self.slack.url, SLACK_BOT_TOKEN=self.slack.token
        )


def opened(engine: Engine, slack: SlackProcess, members: int) -> Post:
    """Members who have a few prospects each, which an empty database is filled with.

    Every Slack counts its ids from the beginning: in the next one the same members are known.
    """
    users = [slack.adds_user(f"bench{number}") for number in range(_TO_WARM_UP + members)]
    if storage.Store(engine).workspace(slack.team_id) is None:
        load(
            engine,
            Team(slack.team_id, users),
            min(len(users) * _PROSPECTS_EACH, _MOST_PROSPECTS),
            datetime.now(UTC),
        )
    return Post(engine, slack, users[:_TO_WARM_UP], users[_TO_WARM_UP:])


def in_threads(post: Post, threads: int) -> Measured:
    """By this process, as `nextstep web` does on SQLite."""
    store = storage.Store(post.engine)
    dispatcher = EmbeddedDispatcher(store.ledger(), bootstrap.deliverer(post.settings, store), threads)
    try:
        rate = _rate(post, dispatcher.hand_over)
    finally:
        dispatcher.stop()
    return Measured("SQLite", f"{threads} threads", len(post.members), rate, _bare(post, threads))


def by_workers(post: Post, workers: int, folder: Path) -> Measured:
    """By so many `nextstep worker`, each with four threads."""
    with ExitStack() as stack:
        for _ in range(workers):
            stack.enter_context(_worker(post, folder))
        _wait(lambda: _at_work(post.engine) >= workers, "the workers did not start")
        rate = _rate(post, lambda: None)
    connections = workers * _THREADS_OF_A_WORKER
    return Measured("PostgreSQL", f"{workers} processes", len(post.members), rate, _bare(post, connections))


def table(measured: Sequence[Measured]) -> Table:
    found = Table("database", "workers", title="Deliveries a second, each to another member")
    for heading in ("messages", "Nextstep, a second", "bare client, a second", "ratio"):
        found.add_column(heading, justify="right")
    for one in measured:
        ratio = f"{one.ours / one.bare:.2f}"
        found.add_row(one.database, one.workers, str(one.messages), f"{one.ours:.0f}", f"{one.bare:.0f}", ratio)
    return found


def _rate(post: Post, hand_over: Callable[[], None]) -> float:
    for users in (post.warm, post.members):
        _owe(post, users)
        rate = _delivered(post, hand_over)
    return rate


def _owe(post: Post, users: Sequence[str]) -> None:
    """A daily message to each of them, now; what was sent before is forgotten."""
    with post.engine.connect().execution_options(**{WRITING: True}) as connection, connection.begin():
        connection.execute(text("DELETE FROM delivery"))
    now = datetime.now(UTC)
    with storage.Store(post.engine).writing(post.slack.team_id) as uow:
        known = {member.slack_id: member.id for member in uow.members.all()}
        uow.deliveries.plan(
            [
                Owed(
                    f"daily:{known[user]}:{now.date()}",
                    Kind.DAILY,
                    user,
                    now - timedelta(seconds=1),
                    member_id=known[user],
                    local_date=now.date(),
                )
                for user in users
            ]
        )
        uow.commit()


def _delivered(post: Post, hand_over: Callable[[], None]) -> float:
    """Messages a second from the first claim to the last one sent. Raises `NotDeliveredError`."""
    ledger = storage.Store(post.engine).ledger()

    def is_done() -> bool:
        hand_over()
        counts = ledger.counts(post.slack.team_id).by_state
        return not counts.get(State.DUE) and not counts.get(State.CLAIMED)

    _wait(is_done, "the messages were not sent")
    states = {state: number for state, number in ledger.counts().by_state.items() if number}
    if states:
        raise NotDeliveredError(f"not all were sent: {states}")
    with post.engine.connect() as connection:
        rows = connection.execute(select(DeliveryRow.first_claimed_at, DeliveryRow.sent_at)).all()
    began = min(claimed for claimed, _ in rows if claimed is not None)
    ended = max(sent for _, sent in rows if sent is not None)
    return len(rows) / (ended - began).total_seconds()


def _bare(post: Post, connections: int) -> float:
    """The same messages by a client that does nothing else, over connections that stay open."""
    bodies = _bodies(post.slack)[-len(post.members) :]
    address = urllib.parse.urlsplit(post.slack.url)
    shares = [bodies[number::connections] for number in range(connections)]
    started = time.perf_counter()
    with ThreadPoolExecutor(connections) as pool:
        list(pool.map(lambda share: _send(str(address.netloc), address.path, post.slack.token, share), shares))
    return len(bodies) / (time.perf_counter() - started)


def _send(netloc: str, path: str, token: str, bodies: Sequence[bytes]) -> None:
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Authorization": f"Bearer {token}"}
    with closing(http.client.HTTPConnection(netloc, timeout=10)) as connection:
        for body in bodies:
            connection.request("POST", f"{path}{_POST}", body, headers)
            said = json.load(connection.getresponse())
            if not said["ok"]:
                raise NotDeliveredError(f"the bare client was refused: {said}")


def _bodies(slack: SlackProcess) -> list[bytes]:
    """What was posted so far, as a form again."""
    with urllib.request.urlopen(f"{slack.address}_fake/calls?method={_POST}", timeout=30) as answer:
        calls = json.load(answer)
    return [
        urllib.parse.urlencode({name: _field(value) for name, value in call["payload"].items()}).encode()
        for call in calls
    ]


def _field(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


@contextmanager
def _worker(post: Post, folder: Path) -> Iterator[None]:
    environment = {
        **os.environ,
        "DATABASE_URL": post.url,
        "SLACK_BOT_TOKEN": post.slack.token,
        "SLACK_API_URL": post.slack.url,
    }
    with (folder / "workers.log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "bot.cli", "worker"], env=environment, stdout=log, stderr=log
        )
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(_STOPS_WITHIN)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _at_work(engine: Engine) -> int:
    with engine.connect() as connection:
        return int(
            connection.execute(text("SELECT count(*) FROM nextstep_queue.procrastinate_workers")).scalar_one()
        )


def _wait(until: Callable[[], bool], otherwise: str) -> None:
    end = time.monotonic() + _PATIENCE
    while not until():
        if time.monotonic() > end:
            raise NotDeliveredError(f"{otherwise} within {_PATIENCE:.0f} seconds")
        time.sleep(_LOOK_EVERY)
