"""The migrations make the tables that the program reads and writes."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import CheckConstraint, Engine, inspect

import storage
from storage.rows import Row


def test_models_and_migrations_agree(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        assert compare_metadata(context, Row.metadata) == []


def test_every_check_of_the_models_is_in_the_database(engine: Engine) -> None:
    found = inspect(engine)
    for table in Row.metadata.sorted_tables:
        asked = {str(rule.name) for rule in table.constraints if isinstance(rule, CheckConstraint)}
        if engine.dialect.name != "sqlite":
            asked = {name for name in asked if not name.endswith(("_is_json", "_is_a_day"))}
        assert {rule["name"] for rule in found.get_check_constraints(table.name)} == asked


def test_every_table_has_its_workspace() -> None:
    without = {table.name for table in Row.metadata.sorted_tables if "workspace_id" not in table.columns}
    assert without == {"workspace"}


def test_migrating_again_changes_nothing(engine: Engine) -> None:
    storage.migrate(engine)
    assert storage.at_head(engine)
    assert storage.trouble(engine) is None


def test_an_empty_database_is_not_at_head(tmp_path: Path) -> None:
    engine = storage.create_engine(f"sqlite:///{tmp_path / 'new.sqlite3'}")
    assert not storage.at_head(engine)
    assert "nextstep migrate" in (storage.trouble(engine) or "")
    engine.dispose()


def test_a_database_that_cannot_be_reached_is_named_in_one_sentence() -> None:
    engine = storage.create_engine("postgresql://nobody@127.0.0.1:1/nowhere", busy_timeout=0.2)
    assert (storage.trouble(engine) or "").startswith("The database does not answer")


def test_two_processes_may_migrate_at_once(tmp_path: Path) -> None:
    engines = [storage.create_engine(f"sqlite:///{tmp_path / 'new.sqlite3'}", busy_timeout=20) for _ in range(3)]
    threads = [threading.Thread(target=storage.migrate, args=[engine]) for engine in engines]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert storage.at_head(engines[0])
    for engine in engines:
        engine.dispose()


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("nonsense", "no address"),
        ("mysql://u@h/d", "begins with mysql://"),
        ("sqlite://", "names no file"),
        ("sqlite:///:memory:", "names no file"),
        ("", "no address"),
    ],
)
def test_a_bad_url_is_refused_with_what_would_be_right(url: str, said: str) -> None:
    with pytest.raises(ValueError, match=said) as refused:
        storage.create_engine(url)
    assert "sqlite:///nextstep.sqlite3" in str(refused.value)
