"""Who works here."""

from __future__ import annotations

from datetime import date, datetime, time

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, false, true
from sqlalchemy.orm import Mapped, mapped_column

from playbooks.team import Role
from storage.rows.base import (
    Id,
    InWorkspace,
    Row,
    RowId,
    Small,
    is_day,
    is_instant,
    is_time_of_day,
    rows_while,
    same_workspace,
)


class WorkspaceRow(Row):
    __tablename__ = "workspace"

    id: Mapped[RowId]
    slack_id: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    zone: Mapped[str]


class TeamRow(Row):
    """`next_digest_at` null: nobody computed it yet."""

    __tablename__ = "team"
    __table_args__ = (
        UniqueConstraint("workspace_id", "id"),
        CheckConstraint("digest_weekday BETWEEN 0 AND 6", name="digest_weekday_is_one"),
        is_time_of_day("digest_at"),
        is_instant("next_digest_at"),
        Index("ix_team_next_digest_at", "next_digest_at"),
    )

    id: Mapped[RowId]
    workspace_id: Mapped[InWorkspace]
    name: Mapped[str]
    channel: Mapped[str | None]
    digest_weekday: Mapped[Small] = mapped_column(server_default="0")
    digest_at: Mapped[time] = mapped_column(server_default="540")
    next_digest_at: Mapped[datetime | None]
    open_slices: Mapped[bool] = mapped_column(server_default=false())


class TeamManagerRow(Row):
    """Who leads a team, when somebody does: a table of its own, for members belong to teams as well."""

    __tablename__ = "team_manager"
    __table_args__ = (same_workspace("team_id", "team"), same_workspace("member_id", "member"))

    team_id: Mapped[Id] = mapped_column(primary_key=True)
    workspace_id: Mapped[Id]
    member_id: Mapped[Id]


class MemberRow(Row):
    """`next_daily_at` is when to look what is owed to an active member; null: nobody computed it yet."""

    __tablename__ = "member"
    __table_args__ = (
        UniqueConstraint("workspace_id", "id"),
        UniqueConstraint("workspace_id", "slack_id"),
        same_workspace("team_id", "team"),
        CheckConstraint("role IN ('rep', 'manager', 'marketing', 'admin')", name="role_is_known"),
        is_time_of_day("daily_at"),
        CheckConstraint("weekdays BETWEEN 1 AND 127", name="weekdays_has_a_day"),
        CheckConstraint("region IS NULL OR country IS NOT NULL", name="region_is_of_a_country"),
        is_day("paused_until"),
        CheckConstraint("selling_minutes BETWEEN 0 AND 10080", name="selling_minutes_fits_a_week"),
        is_instant("next_daily_at"),
        # Which workspaces have somebody due, and who is due in one of them.
        Index("ix_member_next_daily_at", "next_daily_at", "workspace_id", **rows_while("active")),
        Index("ix_member_daily", "workspace_id", "next_daily_at", **rows_while("active")),
    )

    id: Mapped[RowId]
    workspace_id: Mapped[Id]
    team_id: Mapped[Id]
    slack_id: Mapped[str]
    name: Mapped[str]
    role: Mapped[Role]
    locale: Mapped[str]
    zone: Mapped[str]
    language: Mapped[str | None]
    active: Mapped[bool] = mapped_column(server_default=true())
    daily_at: Mapped[time] = mapped_column(server_default="510")
    weekdays: Mapped[frozenset[int]] = mapped_column(server_default="31")
    country: Mapped[str | None]
    region: Mapped[str | None]
    paused_until: Mapped[date | None]
    selling_minutes: Mapped[Small | None]
    next_daily_at: Mapped[datetime | None]


class DayOffRow(Row):
    """A stretch of days off of a member, both ends included."""

    __tablename__ = "member_day_off"
    __table_args__ = (
        same_workspace("member_id", "member"),
        is_day("first"),
        is_day("last"),
        CheckConstraint("first <= last", name="ends_after_it_begins"),
    )

    member_id: Mapped[Id] = mapped_column(primary_key=True)
    first: Mapped[date] = mapped_column(primary_key=True)
    last: Mapped[date]
    workspace_id: Mapped[Id]
