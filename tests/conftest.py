"""Fixtures that many tests share: a store on each database."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy import Engine

import storage
from tests import databases
from tests.builders import Office, an_office

# No test asserts a time; and where it decides whether a change lands, the same code gives the same verdict.
settings.register_profile(
    "nextstep", deadline=None, derandomize="CI" in os.environ, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("nextstep")


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    """One server for all tests of this process, started when the first of them asks."""
    with databases.postgresql_server() as url:
        yield url


@pytest.fixture(scope="session")
def postgresql_engine(postgresql_url: str) -> Iterator[Engine]:
    engine = databases.migrated(storage.create_engine(postgresql_url))
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file, closed."""
    path = tmp_path_factory.mktemp("sqlite") / "template.sqlite3"
    databases.migrated(storage.create_engine(f"sqlite:///{path}")).dispose()
    return path


@pytest.fixture
def sqlite_engine(sqlite_template: Path, tmp_path: Path) -> Iterator[Engine]:
    """An empty, migrated SQLite database of its own."""
    engine = databases.copied(sqlite_template, tmp_path / "nextstep.sqlite3")
    yield engine
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest) -> Engine:
    """An empty, migrated database: the test runs once on SQLite and once on PostgreSQL."""
    if request.param == "sqlite":
        chosen: Engine = request.getfixturevalue("sqlite_engine")
        return chosen
    return databases.emptied(request.getfixturevalue("postgresql_engine"))


@pytest.fixture
def store(engine: Engine) -> storage.Store:
    return storage.Store(engine)


@pytest.fixture
def office(store: storage.Store) -> Office:
    """A founded workspace with a playbook of three steps and two reps."""
    return an_office(store)
