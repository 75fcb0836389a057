"""`nextstep worker` and `nextstep web` as processes: what is due goes out, and they stop when told."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from playbooks.deliveries import Kind, Owed, State
from tests.acceptance.conftest import Bot
from tests.fake_slack import FakeSlack, Person

ROOT = Path(__file__).parents[2]
PATIENCE = 40


@pytest.fixture
def owed(bot: Bot, anna: Person) -> int:
    """Anna's message of today, with a prospect whose next action is overdue by now; gives its number."""
    anna.types("/prospect add Acme BV")
    due, today = datetime.now(UTC) - timedelta(minutes=1), datetime.now(UTC).date()
    with bot.store.writing(bot.slack.workspace.id) as uow:
        member = uow.members.by_slack_id(anna.user.id)
        assert member is not None
        key = f"daily:{member.id}:{today}"
        uow.deliveries.plan([Owed(key, Kind.DAILY, anna.user.id, due, member_id=member.id, local_date=today)])
        uow.commit()
    return bot.store.ledger().listed()[0].id


@contextmanager
def running(command: str, engine: Engine, slack: FakeSlack, folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A process in an empty folder, with the least that it needs in its environment."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "DATABASE_URL": engine.url.render_as_string(hide_password=False),
        "SLACK_BOT_TOKEN": slack.token,
        "SLACK_API_URL": slack.url,
        "SLACK_SIGNING_SECRET": slack.signing_secret,
        "PORT": str(port),
    }
    arguments = [sys.executable, "-m", "bot.cli", command]
    with subprocess.Popen(arguments, env=environment, cwd=folder) as process:
        try:
            yield process
        finally:
            process.kill()


def assert_sent_and_stopped(process: subprocess.Popen[bytes], bot: Bot, anna: Person, owed: int) -> None:
    assert bot.slack.wait_for(lambda: bot.slack.messages(anna.user), PATIENCE)
    process.send_signal(signal.SIGTERM)
    assert process.wait(PATIENCE) == 0
    assert bot.store.ledger().get(owed).state is State.SENT, "what was under way was finished"
    assert len(bot.slack.messages(anna.user)) == 1


def test_a_worker_sends_what_is_due_and_stops_when_told(
    bot: Bot, anna: Person, owed: int, engine: Engine, tmp_path: Path
) -> None:
    with running("worker", engine, bot.slack, tmp_path) as process:
        assert_sent_and_stopped(process, bot, anna, owed)


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_web_sends_what_is_due_on_sqlite_and_stops_when_told(
    bot: Bot, anna: Person, owed: int, engine: Engine, tmp_path: Path
) -> None:
    with running("web", engine, bot.slack, tmp_path) as process:
        assert_sent_and_stopped(process, bot, anna, owed)
