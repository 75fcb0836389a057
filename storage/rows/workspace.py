"""Who works here."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, UniqueConstraint, true
from sqlalchemy.orm import Mapped, mapped_column

from playbooks.team import Role
from storage.rows.base import Id, InWorkspace, Row, RowId, is_day, same_workspace


class WorkspaceRow(Row):
    __tablename__ = "workspace"

    id: Mapped[RowId]
    slack_id: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    zone: Mapped[str]


class TeamRow(Row):
    __tablename__ = "team"
    __table_args__ = (UniqueConstraint("workspace_id", "id"),)

    id: Mapped[RowId]
    workspace_id: Mapped[InWorkspace]
    name: Mapped[str]
    channel: Mapped[str | None]


class MemberRow(Row):
    __tablename__ = "member"
    __table_args__ = (
        UniqueConstraint("workspace_id", "id"),
        UniqueConstraint("workspace_id", "slack_id"),
        same_workspace("team_id", "team"),
        CheckConstraint("role IN ('rep', 'manager', 'marketing', 'admin')", name="role_is_known"),
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
