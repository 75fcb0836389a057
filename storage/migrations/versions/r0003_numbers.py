"""What the numbers are made from: identities of steps, counted visits, forecasts, targets, selling time.

The visits of a database that has a history are counted by `storage.migrate` once these tables stand.
"""

import json
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

# The names of CHECK constraints get their prefix from the naming convention of the tables.
revision = "0003"
down_revision = "0002"

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON().with_variant(JSONB(), "postgresql")

_NEVER, _NO_AGE = 3652059, -1
_EARLIEST, _LATEST = 946684800000000, 4102444800000000
_LAST = (
    "CASE WHEN undone <= left_known OR undone <= entered + age THEN undone"
    " WHEN left_known >= entered + age THEN left_known ELSE entered + age END"
)
_AS_MADE_ON_SQLITE = (
    (
        "CREATE TRIGGER forecast_never_changes BEFORE UPDATE ON forecast"
        " BEGIN SELECT RAISE(ABORT, 'forecast_never_changes: a forecast stays as it was made'); END"
    ),
)
_AS_MADE_ON_POSTGRESQL = (
    (
        "CREATE FUNCTION forecast_stays() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        " PERFORM refuse(TG_NAME, 'a forecast stays as it was made'); RETURN NULL; END $$"
    ),
    (
        "CREATE TRIGGER forecast_never_changes BEFORE UPDATE ON forecast"
        " FOR EACH ROW EXECUTE FUNCTION forecast_stays()"
    ),
)
_OF_A_CELL = ("entered", "age", "exit", "known", "left_known", "undone", "inferred", "rep", "source", "variant")


def upgrade() -> None:
    _columns()
    _steps()
    _visits()
    _plans()
    _identify(op.get_bind())
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in _AS_MADE_ON_SQLITE if on_sqlite else _AS_MADE_ON_POSTGRESQL:
        op.execute(sa.text(statement.replace(":", r"\:")))


def _columns() -> None:
    """By hand, for Alembic would rebuild a table of SQLite to give a new column its rule."""
    op.execute(
        "ALTER TABLE member ADD COLUMN selling_minutes SMALLINT"
        " CONSTRAINT ck_member_selling_minutes_fits_a_week CHECK (selling_minutes BETWEEN 0 AND 10080)"
    )
    op.execute("ALTER TABLE journey ADD COLUMN import_key TEXT")
    op.add_column("team", sa.Column("open_slices", sa.Boolean(), server_default=sa.false(), nullable=False))
    imported, contacted = _while("import_key IS NOT NULL"), _while("kind = 'contacted'")
    op.create_index("uq_journey_import_key", "journey", ["workspace_id", "import_key"], unique=True, **imported)
    op.create_index("ix_event_contacted", "event", ["workspace_id", "on_day"], **contacted)


def _steps() -> None:
    op.create_table(
        "step",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("workspace_id", ROW_ID, nullable=False),
        sa.Column("playbook_key", sa.Text(), nullable=False),
        _workspace("step"),
        sa.PrimaryKeyConstraint("id", name="pk_step"),
        sa.UniqueConstraint("workspace_id", "id", name="uq_step_workspace_id_id"),
    )
    op.create_table(
        "version_step",
        sa.Column("playbook_id", ROW_ID, nullable=False),
        sa.Column("number", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("workspace_id", ROW_ID, nullable=False),
        sa.Column("step_id", ROW_ID, nullable=False),
        sa.CheckConstraint("number >= 1", name="counts_from_1"),
        _same_workspace("fk_version_step_workspace_id_playbook_id", "playbook_id", "playbook_version"),
        _same_workspace("fk_version_step_workspace_id_step_id", "step_id", "step"),
        sa.PrimaryKeyConstraint("playbook_id", "number", name="pk_version_step"),
        sa.UniqueConstraint("playbook_id", "step_id", name="uq_version_step_playbook_id_step_id"),
    )


def _visits() -> None:
    op.create_table(
        "visit_count",
        sa.Column("workspace_id", ROW_ID, nullable=False),
        sa.Column("step", ROW_ID, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("entered", sa.Integer(), nullable=False),
        sa.Column("age", sa.Integer(), nullable=False),
        sa.Column("exit", sa.SmallInteger(), nullable=False),
        sa.Column("known", sa.Integer(), nullable=False),
        sa.Column("left_known", sa.Integer(), nullable=False),
        sa.Column("undone", sa.Integer(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("inferred", sa.Boolean(), nullable=False),
        sa.Column("rep", ROW_ID, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("variant", sa.Text(), nullable=False),
        sa.CheckConstraint("exit BETWEEN 0 AND 5", name="exit_is_known"),
        sa.CheckConstraint(
            f"age >= {_NO_AGE} AND (exit = 0) = (age = {_NO_AGE}) AND (exit = 0) = (left_known = {_NEVER})",
            name="has_an_age_and_a_day_when_it_ended",
        ),
        sa.CheckConstraint(f"last = {_LAST}", name="last_follows_from_the_rest"),
        _workspace("visit_count"),
        _same_workspace("fk_visit_count_workspace_id_step", "step", "step"),
        _same_workspace("fk_visit_count_workspace_id_rep", "rep", "member"),
        sa.PrimaryKeyConstraint(
            "workspace_id", "step", "last", *_OF_A_CELL, name="pk_visit_count", postgresql_include=["count"]
        ),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_visit_count_known", "visit_count", ["workspace_id", "step", "known"])
    op.create_index("ix_visit_count_empty", "visit_count", ["workspace_id"], **_while("count = 0"))


def _plans() -> None:
    op.create_table(
        "forecast",
        sa.Column("workspace_id", ROW_ID, nullable=False),
        sa.Column("playbook_key", sa.Text(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("weeks", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("chances", JSON, nullable=False),
        sa.Column("chances_never", JSON, nullable=False),
        sa.CheckConstraint(
            "coalesce(date(made_on, '+0 days') = made_on, made_on IS NULL)", name="made_on_is_a_day"
        ).ddl_if(dialect="sqlite"),
        *(
            sa.CheckConstraint(f"json_valid({column})", name=f"{column}_is_json").ddl_if(dialect="sqlite")
            for column in ("chances", "chances_never")
        ),
        sa.CheckConstraint("weeks >= 1", name="counts_from_1"),
        _workspace("forecast"),
        sa.PrimaryKeyConstraint("workspace_id", "playbook_key", "made_on", "weeks", name="pk_forecast"),
    )
    op.create_table(
        "plan_target",
        sa.Column("workspace_id", ROW_ID, nullable=False),
        sa.Column("playbook_key", sa.Text(), nullable=False),
        sa.Column("wins", sa.Double(), nullable=False),
        sa.Column("certainty", sa.Double(), nullable=False),
        sa.Column("set_at", sa.BigInteger(), nullable=False),
        sa.Column("set_by", ROW_ID, nullable=True),
        sa.CheckConstraint(f"set_at BETWEEN {_EARLIEST} AND {_LATEST}", name="set_at_is_an_instant"),
        sa.CheckConstraint("wins > 0", name="wants_wins"),
        sa.CheckConstraint("certainty > 0 AND certainty < 1", name="certainty_is_a_share"),
        _workspace("plan_target"),
        _same_workspace("fk_plan_target_workspace_id_set_by", "set_by", "member"),
        sa.PrimaryKeyConstraint("workspace_id", "playbook_key", name="pk_plan_target"),
    )


def _identify(connection: sa.Connection) -> None:
    """Gives the steps of every published version their identity: by key, decision and evidence."""
    versions = sa.text("SELECT id, workspace_id, key, content FROM playbook_version ORDER BY id")
    of_version = sa.text(
        "INSERT INTO version_step (playbook_id, number, workspace_id, step_id)"
        " VALUES (:playbook, :number, :here, :id)"
    )
    new = sa.text("INSERT INTO step (workspace_id, playbook_key) VALUES (:here, :key) RETURNING id")
    known: dict[str, int] = {}
    for playbook, here, key, content in connection.execute(versions).all():
        used: set[int] = set()
        for number, step in enumerate(_steps_in(content), start=1):
            meaning = json.dumps([here, key, step["decision"], [[e["key"], e["text"]] for e in step["evidence"]]])
            if known.get(meaning, 0) in {0} | used:
                known[meaning] = connection.execute(new, {"here": here, "key": key}).scalar_one()
            used.add(known[meaning])
            connection.execute(
                of_version, {"playbook": playbook, "number": number, "here": here, "id": known[meaning]}
            )


def _steps_in(content: Any) -> list[dict[str, Any]]:
    """PostgreSQL gives what a document says, SQLite its text."""
    read: dict[str, Any] = json.loads(content) if isinstance(content, str) else content
    return [{"evidence": (), **step} for step in read["steps"]]


def _while(condition: str) -> dict[str, Any]:
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}


def _workspace(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=f"fk_{table}_workspace_id")


def _same_workspace(name: str, column: str, table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["workspace_id", column], [f"{table}.workspace_id", f"{table}.id"], name=name)
