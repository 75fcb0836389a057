"""The ledger of deliveries, and when each member and team wants to be spoken to."""

from typing import Any

import sqlalchemy as sa
from alembic import op

# The names of CHECK constraints get their prefix from the naming convention of the tables.
revision = "0002"
down_revision = "0001"

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

_EARLIEST, _LATEST = 946684800000000, 4102444800000000
_INSTANT = f"BETWEEN {_EARLIEST} AND {_LATEST}"
_A_DAY = "coalesce(date({0}, '+0 days') = {0}, {0} IS NULL)"


def upgrade() -> None:
    _rhythms()
    _ledger()
    _ledger_indexes()
    _alerts()


def _rhythms() -> None:
    """When to speak to a team and to a member."""
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    of_day, instant = "{0} BETWEEN 0 AND 1439", f"{{0}} {_INSTANT}"
    _add("team", "digest_weekday", "SMALLINT NOT NULL DEFAULT 0", "is_one", "{0} BETWEEN 0 AND 6")
    _add("team", "digest_at", "SMALLINT NOT NULL DEFAULT 540", "is_a_time_of_day", of_day)
    _add("team", "next_digest_at", "BIGINT", "is_an_instant", instant)
    _add("member", "daily_at", "SMALLINT NOT NULL DEFAULT 510", "is_a_time_of_day", of_day)
    _add("member", "weekdays", "SMALLINT NOT NULL DEFAULT 31", "has_a_day", "{0} BETWEEN 1 AND 127")
    _add("member", "country", "TEXT")
    _add("member", "region", "TEXT", "is_of_a_country", "{0} IS NULL OR country IS NOT NULL")
    _add("member", "paused_until", "DATE", "is_a_day" if on_sqlite else None, _A_DAY)
    _add("member", "next_daily_at", "BIGINT", "is_an_instant", instant)
    op.create_index("ix_team_next_digest_at", "team", ["next_digest_at"])
    op.create_index("ix_member_next_daily_at", "member", ["next_daily_at", "workspace_id"], **_while("active"))
    op.create_index("ix_member_daily", "member", ["workspace_id", "next_daily_at"], **_while("active"))
    op.create_table(
        "team_manager",
        sa.Column("team_id", ROW_ID, nullable=False),
        sa.Column("workspace_id", ROW_ID, nullable=False),
        sa.Column("member_id", ROW_ID, nullable=False),
        _same_workspace("fk_team_manager_workspace_id_team_id", "team_id", "team"),
        _same_workspace("fk_team_manager_workspace_id_member_id", "member_id", "member"),
        sa.PrimaryKeyConstraint("team_id", name="pk_team_manager"),
    )


def _add(table: str, column: str, kind: str, rule: str | None = None, condition: str = "") -> None:
    """By hand, for Alembic would rebuild a table of SQLite to give a new column its rule."""
    check = f" CONSTRAINT ck_{table}_{column}_{rule} CHECK ({condition.format(column)})" if rule else ""
    op.execute(f"ALTER TABLE {table} ADD COLUMN {column} {kind}{check}")


def _ledger() -> None:
    op.create_table(
        "delivery",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("workspace_id", ROW_ID, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("member_id", ROW_ID, nullable=True),
        sa.Column("team_id", ROW_ID, nullable=True),
        sa.Column("journey_id", ROW_ID, nullable=True),
        sa.Column("step", sa.SmallInteger(), nullable=True),
        sa.Column("local_date", sa.Date(), nullable=True),
        sa.Column("run_on", sa.Date(), nullable=True),
        sa.Column("with_daily", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("carrier", sa.Text(), nullable=True),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("strikes", sa.Integer(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=True),
        sa.Column("lease_until", sa.BigInteger(), nullable=True),
        sa.Column("not_before", sa.BigInteger(), nullable=True),
        sa.Column("uncertain", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("first_claimed_at", sa.BigInteger(), nullable=True),
        sa.Column("channel", sa.Text(), nullable=True),
        sa.Column("ts", sa.Text(), nullable=True),
        sa.Column("sent_at", sa.BigInteger(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("said", sa.Text(), nullable=True),
        sa.Column("follow_at", sa.BigInteger(), nullable=True),
        *_ledger_rules(),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name="fk_delivery_workspace_id"),
        _same_workspace("fk_delivery_workspace_id_member_id", "member_id", "member"),
        _same_workspace("fk_delivery_workspace_id_team_id", "team_id", "team"),
        _same_workspace("fk_delivery_workspace_id_journey_id", "journey_id", "journey"),
        sa.PrimaryKeyConstraint("id", name="pk_delivery"),
        sa.UniqueConstraint("workspace_id", "key", name="uq_delivery_workspace_id_key"),
    )


def _ledger_rules() -> list[sa.CheckConstraint]:
    instants = ("due_at", "expires_at", "lease_until", "not_before", "first_claimed_at", "sent_at", "follow_at")
    rules = {
        "kind_is_known": "kind IN ('daily', 'reminder', 'stall', 'decision', 'escalation', 'closing', 'closed',"
        " 'returning', 'digest', 'focus', 'intake', 'notice')",
        "state_is_known": "state IN ('due', 'claimed', 'sent', 'failed', 'expired', 'unknown', 'cancelled')",
        "has_an_instant_while_due": "(state = 'due') = (not_before IS NOT NULL)",
        "has_an_owner_while_claimed": "(state = 'claimed') = (lease_until IS NOT NULL)"
        " AND (owner IS NULL) = (lease_until IS NULL)",
        "has_a_place_when_sent": "(state = 'sent') = (sent_at IS NOT NULL)"
        " AND (sent_at IS NULL OR ts IS NOT NULL)",
        "is_carried_by_a_daily_only": "carrier IS NULL OR with_daily",
        "counts_from_0": "attempt >= 0 AND strikes >= 0",
        **{f"{column}_is_an_instant": f"{column} {_INSTANT}" for column in instants},
    }
    days = [
        sa.CheckConstraint(_A_DAY.format(column), name=f"{column}_is_a_day").ddl_if(dialect="sqlite")
        for column in ("local_date", "run_on")
    ]
    return [*(sa.CheckConstraint(rule, name=name) for name, rule in rules.items()), *days]


def _ledger_indexes() -> None:
    free, waiting = _while("state = 'due' AND NOT with_daily"), _while("state = 'due' AND with_daily")
    for name, columns, condition in (
        ("free", ["not_before"], free),
        ("expires", ["expires_at"], free),
        ("recipient", ["workspace_id", "recipient"], free),
        ("lease", ["lease_until"], _while("state = 'claimed'")),
        ("follow", ["follow_at", "workspace_id"], _while("follow_at IS NOT NULL")),
        ("followed", ["workspace_id", "follow_at"], _while("follow_at IS NOT NULL")),
        ("carrier", ["workspace_id", "carrier"], waiting),
        ("waiting", ["workspace_id", "member_id"], waiting),
        ("state", ["workspace_id", "state", "due_at"], _while("state <> 'sent'")),
        ("journey", ["workspace_id", "journey_id", "kind", "run_on"], _while("journey_id IS NOT NULL")),
        ("member", ["workspace_id", "member_id", "kind", "sent_at"], _while("member_id IS NOT NULL")),
        ("team", ["workspace_id", "team_id", "kind", "sent_at"], _while("team_id IS NOT NULL")),
    ):
        op.create_index(f"ix_delivery_{name}", "delivery", columns, **condition)


def _alerts() -> None:
    """What an owner has to be told of, found without looking at all journeys."""
    for name, columns, condition in (
        ("stalls", ["stalls_on"], "status = 'open'"),
        ("exhausted", [], "status = 'open' AND exhausted"),
        ("returns", ["returns_on"], "status = 'not_now'"),
    ):
        where = _while(condition)
        op.create_index(f"ix_journey_owner_{name}", "journey", ["workspace_id", "owner_id", *columns], **where)


def _while(condition: str) -> dict[str, Any]:
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}


def _same_workspace(name: str, column: str, table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["workspace_id", column], [f"{table}.workspace_id", f"{table}.id"], name=name)
