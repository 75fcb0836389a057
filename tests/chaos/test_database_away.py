"""A database that goes away for a while, in the middle of delivering: nothing is lost, and nothing comes twice."""

from __future__ import annotations

import sqlite3
import time

from sqlalchemy import Engine

import storage
from playbooks.deliveries import State
from tests import databases
from tests.chaos.crash_loop import CrashLoop
from tests.chaos.slack_process import slack_process

SEED = 20260303
LOCKED = 20
FULL = 5
"""Seconds."""


def assert_once(loop: CrashLoop) -> None:
    assert loop.duplicates() == {}
    assert loop.missing() == set()
    assert loop.states() == {State.SENT: loop.deliveries}


def test_postgresql_restarts() -> None:
    """A server of its own, for others use the usual one."""
    with databases.postgresql() as server, slack_process() as slack:
        engine = databases.migrated(storage.create_engine(server.get_uri()))

        def restarts() -> None:
            server.stop()
            server.start()
            engine.dispose()

        loop = CrashLoop(slack, engine, SEED, deliveries=100, most_kills=0)
        loop.run(meanwhile=restarts)
        assert_once(loop)
        engine.dispose()


def test_sqlite_is_locked(sqlite_engine: Engine) -> None:
    def locked() -> None:
        with sqlite3.connect(str(sqlite_engine.url.database), isolation_level=None) as other:
            other.execute("BEGIN IMMEDIATE")
            time.sleep(LOCKED)  # longer than anybody waits for it
            other.execute("ROLLBACK")
        other.close()

    with slack_process() as slack:
        loop = CrashLoop(slack, sqlite_engine, SEED, deliveries=100, most_kills=0)
        loop.run(meanwhile=locked)
        assert_once(loop)


def test_the_disk_is_full(sqlite_engine: Engine) -> None:
    """Some messages arrive and cannot be recorded: they are looked up once there is room."""
    with slack_process() as slack:
        loop = CrashLoop(slack, sqlite_engine, SEED, deliveries=100, most_kills=0)
        loop.run(meanwhile=lambda: loop.fills_the_disk(FULL))
        assert_once(loop)
