"""The first schema: who works here, books, prospects, journeys, and the events they come from."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from storage.migrations import rules_0001_postgresql, rules_0001_sqlite

# The names of CHECK constraints get their prefix from the naming convention of the tables.
revision = "0001"
down_revision = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON().with_variant(JSONB(), "postgresql")
OPEN = sa.text("status = 'open'")
WHILE_OPEN: dict[str, Any] = {"sqlite_where": OPEN, "postgresql_where": OPEN}


def upgrade() -> None:
    _workspace()
    _prospects()
    _journeys()
    _events()
    rules = rules_0001_sqlite if op.get_bind().dialect.name == "sqlite" else rules_0001_postgresql
    for statement in rules.STATEMENTS:
        op.execute(sa.text(statement.replace(":", r"\:")))


def _workspace() -> None:
    """Who works here."""
    op.create_table(
        "workspace",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("slack_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_workspace"),
        sa.UniqueConstraint("slack_id", name="uq_workspace_slack_id"),
    )
    op.create_table(
        "team",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("workspace_id", ROW_ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name="fk_team_workspace_id"),
        sa.PrimaryKeyConstraint("id", name="pk_team"),
        sa.UniqueConstraint("workspace_id", "id", name="uq_team_workspace_id_id"),
    )
    op.create_table(
        "member",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("workspace_id", ROW_ID, nullable=False),
        sa.Column("team_id", ROW_ID, nullable=False),
        sa.Column("slack_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("locale", sa.Text(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.CheckConstraint("role IN ('rep', 'manager', 'marketing', 'admin')", name="role_is_known"),
        _same_workspace("fk_member_workspace_id_team_id", "team_id", "team"),
        sa.PrimaryKeyConstraint("id", name="pk_member"),
        sa.UniqueConstraint("workspace_id", "id", name="uq_member_workspace_id_id"),
        sa.UniqueConstraint("workspace_id", "slack_id", name="uq_member_workspace_id_slack_id"),
    )
    op.create_table(
        "member_day_off",
        sa.Column("member_id", ROW_ID, nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("workspace_id", ROW_ID, nullable=False),
        _day("first_is_a_day", "first"),
        _day("last_is_a_day", "last"),
        sa.CheckConstraint("first <= last", name="ends_after_it_begins"),
        _same_workspace("fk_member_day_off_workspace_id_member_id", "member_id", "member"),
        sa.PrimaryKeyConstraint("member_id", "first", name="pk_member_day_off"),
    )


def _prospects() -> None:
    """By which book we sell, and to whom."""
    op.create_table(
        "playbook_version",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("workspace_id", ROW_ID, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("steps", sa.SmallInteger(), nullable=False),
        sa.Column("steps_revision", sa.Text(), nullable=False),
        sa.Column("scripts_revision", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("content", JSON, nullable=False),
        sa.Column("published_at", sa.BigInteger(), nullable=False),
        sa.Column("published_by", ROW_ID, nullable=True),
        sa.CheckConstraint("json_valid(content)", name="content_is_json").ddl_if(dialect="sqlite"),
        _instant("published_at_is_an_instant", "published_at"),
        sa.CheckConstraint("steps >= 1", name="has_a_step"),
        _same_workspace("fk_playbook_version_workspace_id_published_by", "published_by", "member"),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name="fk_playbook_version_workspace_id"),
        sa.PrimaryKeyConstraint("id", name="pk_playbook_version"),
        sa.UniqueConstraint("workspace_id", "id", name="uq_playbook_version_workspace_id_id"),
        sa.UniqueConstraint("workspace_id", "key", "number", name="uq_playbook_version_workspace_id_key_number"),
    )
    op.create_index(
        "ix_playbook_version_workspace_id_key_steps_revision",
        "playbook_version",
        ["workspace_id", "key", "steps_revision"],
    )
    op.create_table(
        "prospect",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("workspace_id", ROW_ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("key", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("value", ROW_ID, nullable=True),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name="fk_prospect_workspace_id"),
        sa.PrimaryKeyConstraint("id", name="pk_prospect"),
        sa.UniqueConstraint("workspace_id", "id", name="uq_prospect_workspace_id_id"),
    )
    op.create_index("ix_prospect_workspace_id_key", "prospect", ["workspace_id", "key"])
    op.create_table(
        "person",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("workspace_id", ROW_ID, nullable=False),
        sa.Column("prospect_id", ROW_ID, nullable=False),
        sa.Column("place", sa.SmallInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("decides", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.CheckConstraint("place >= 1", name="place_counts_from_1"),
        _same_workspace("fk_person_workspace_id_prospect_id", "prospect_id", "prospect"),
        sa.PrimaryKeyConstraint("id", name="pk_person"),
        sa.UniqueConstraint("prospect_id", "place", name="uq_person_prospect_id_place"),
    )


def _journeys() -> None:
    """What stands."""
    op.create_table(
        "journey",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("workspace_id", ROW_ID, nullable=False),
        sa.Column("prospect_id", ROW_ID, nullable=False),
        sa.Column("playbook_id", ROW_ID, nullable=False),
        sa.Column("owner_id", ROW_ID, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("step", sa.SmallInteger(), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("entered_on", sa.Date(), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("next_what", sa.Text(), nullable=True),
        sa.Column("next_moment", sa.Text(), nullable=True),
        sa.Column("stalls_on", sa.Date(), nullable=True),
        sa.Column("decision_due_on", sa.Date(), nullable=True),
        sa.Column("waiting_until", sa.Date(), nullable=True),
        sa.Column("exhausted", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("returns_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.CheckConstraint("(status = 'lost') = (reason IS NOT NULL)", name="has_a_reason_when_lost"),
        sa.CheckConstraint("(status = 'not_now') = (returns_on IS NOT NULL)", name="has_a_date_when_not_now"),
        sa.CheckConstraint(
            "(status = 'open') = (next_on IS NOT NULL) AND (next_on IS NULL) = (next_what IS "
            "NULL) AND (next_moment IS NULL OR next_on IS NOT NULL)",
            name="has_a_next_action_while_open",
        ),
        sa.CheckConstraint(
            "(status = 'open') = (stalls_on IS NOT NULL) AND (status = 'open') = (decision_due_on IS NOT NULL)",
            name="has_deadlines_while_open",
        ),
        sa.CheckConstraint(
            "(status IN ('open', 'withdrawn')) = (closed_on IS NULL)", name="has_an_end_when_closed"
        ),
        sa.CheckConstraint(
            "status IN ('open', 'won', 'lost', 'no_decision', 'not_now', 'withdrawn')",
            name="status_is_known",
        ),
        _day("closed_on_is_a_day", "closed_on"),
        _day("decision_due_on_is_a_day", "decision_due_on"),
        _day("entered_on_is_a_day", "entered_on"),
        _day("next_on_is_a_day", "next_on"),
        _day("returns_on_is_a_day", "returns_on"),
        _day("stalls_on_is_a_day", "stalls_on"),
        _day("started_on_is_a_day", "started_on"),
        _day("waiting_until_is_a_day", "waiting_until"),
        sa.CheckConstraint("step >= 1 AND version >= 1", name="counts_from_1"),
        _same_workspace("fk_journey_workspace_id_owner_id", "owner_id", "member"),
        _same_workspace("fk_journey_workspace_id_playbook_id", "playbook_id", "playbook_version"),
        _same_workspace("fk_journey_workspace_id_prospect_id", "prospect_id", "prospect"),
        sa.PrimaryKeyConstraint("id", name="pk_journey"),
        sa.UniqueConstraint("workspace_id", "id", name="uq_journey_workspace_id_id"),
    )
    op.create_index("uq_journey_one_open_per_prospect", "journey", ["prospect_id"], unique=True, **WHILE_OPEN)
    op.create_index("ix_journey_prospect", "journey", ["workspace_id", "prospect_id"])
    op.create_index("ix_journey_source", "journey", ["workspace_id", "source"])
    for name, columns in {
        "next": ["next_on", "status"],
        "due": ["decision_due_on"],
        "owner_next": ["owner_id", "next_on", "status"],
        "owner_due": ["owner_id", "decision_due_on"],
        "source_next": ["source", "next_on"],
        "step": ["playbook_id", "step", "stalls_on", "waiting_until", "exhausted", "status"],
    }.items():
        op.create_index(f"ix_journey_{name}", "journey", ["workspace_id", *columns], **WHILE_OPEN)


def _events() -> None:
    """What happened."""
    op.create_table(
        "event",
        sa.Column("journey_id", ROW_ID, nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("workspace_id", ROW_ID, nullable=False),
        sa.Column("change", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("step", sa.SmallInteger(), nullable=True),
        sa.Column("undoes", sa.Integer(), nullable=True),
        sa.Column("occurred_at", sa.BigInteger(), nullable=False),
        sa.Column("known_at", sa.BigInteger(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("by_member", ROW_ID, nullable=True),
        sa.Column("imported", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("payload", JSON, nullable=False),
        sa.CheckConstraint("(kind = 'undone') = (undoes IS NOT NULL)", name="undoes_one_entry"),
        sa.CheckConstraint(
            "CASE kind WHEN 'started' THEN coalesce(step = 1, false) WHEN 'advanced' THEN "
            "coalesce(step > 1, false) ELSE step IS NULL END",
            name="step_is_the_one_entered",
        ),
        sa.CheckConstraint(
            "kind IN ('started', 'next_action_set', 'contacted', 'evidence_ticked', "
            "'advanced', 'won', 'lost', 'no_decision', 'not_now', 'wait_agreed', "
            "'decision_forced', 'assigned', 'undone')",
            name="kind_is_known",
        ),
        _day("on_day_is_a_day", "on_day"),
        sa.CheckConstraint("json_valid(payload)", name="payload_is_json").ddl_if(dialect="sqlite"),
        _instant("known_at_is_an_instant", "known_at"),
        _instant("occurred_at_is_an_instant", "occurred_at"),
        sa.CheckConstraint("seq >= 1 AND change BETWEEN 1 AND seq", name="counts_from_1"),
        _same_workspace("fk_event_workspace_id_by_member", "by_member", "member"),
        _same_workspace("fk_event_workspace_id_journey_id", "journey_id", "journey"),
        sa.PrimaryKeyConstraint("journey_id", "seq", name="pk_event"),
        sa.UniqueConstraint("journey_id", "undoes", name="uq_event_journey_id_undoes"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "inbox",
        sa.Column("workspace_id", ROW_ID, nullable=False),
        sa.Column("request_id", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("journey_id", ROW_ID, nullable=True),
        sa.Column("change", sa.Integer(), nullable=True),
        _instant("at_is_an_instant", "at"),
        _same_workspace("fk_inbox_workspace_id_journey_id", "journey_id", "journey"),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name="fk_inbox_workspace_id"),
        sa.PrimaryKeyConstraint("workspace_id", "request_id", name="pk_inbox"),
    )
    op.create_table(
        "saved_request",
        sa.Column("workspace_id", ROW_ID, nullable=False),
        sa.Column("request_id", sa.Text(), nullable=False),
        sa.Column("slack_user", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("body", JSON, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("free_at", sa.BigInteger(), nullable=False),
        _instant("at_is_an_instant", "at"),
        _instant("free_at_is_an_instant", "free_at"),
        sa.CheckConstraint("json_valid(body)", name="body_is_json").ddl_if(dialect="sqlite"),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name="fk_saved_request_workspace_id"),
        sa.PrimaryKeyConstraint("workspace_id", "request_id", name="pk_saved_request"),
    )


def _day(name: str, column: str) -> sa.CheckConstraint:
    rule = f"coalesce(date({column}, '+0 days') = {column}, {column} IS NULL)"
    return sa.CheckConstraint(rule, name=name).ddl_if(dialect="sqlite")


def _same_workspace(name: str, column: str, table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["workspace_id", column], [f"{table}.workspace_id", f"{table}.id"], name=name)


def _instant(name: str, column: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(f"{column} BETWEEN 946684800000000 AND 4102444800000000", name=name)
