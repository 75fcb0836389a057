"""By which book we sell, and to whom."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from storage.rows.base import Id, InWorkspace, Row, RowId, Small, is_instant, is_json, same_workspace
from storage.types import ROW_ID


class PlaybookRow(Row):
    """One published version. `source` is the text as people wrote it, `content` what it was read as.

    Versions are never read from `source` again: a stricter checker must not close an old journey's book.
    """

    __tablename__ = "playbook_version"
    __table_args__ = (
        UniqueConstraint("workspace_id", "id"),
        UniqueConstraint("workspace_id", "key", "number"),
        Index(None, "workspace_id", "key", "steps_revision"),
        same_workspace("published_by", "member"),
        is_instant("published_at"),
        is_json("content"),
        CheckConstraint("steps >= 1", name="has_a_step"),
    )

    id: Mapped[RowId]
    workspace_id: Mapped[InWorkspace]
    key: Mapped[str]
    number: Mapped[int]
    name: Mapped[str]
    steps: Mapped[Small]
    steps_revision: Mapped[str]
    scripts_revision: Mapped[str]
    source: Mapped[str]
    content: Mapped[dict[str, Any]]
    published_at: Mapped[datetime]
    published_by: Mapped[Id | None]


class ProspectRow(Row):
    """`key` is the name as names are compared, in the order of its characters, so that beginnings are a range."""

    __tablename__ = "prospect"
    __table_args__ = (UniqueConstraint("workspace_id", "id"), Index(None, "workspace_id", "key"))

    id: Mapped[RowId]
    workspace_id: Mapped[InWorkspace]
    name: Mapped[str]
    key: Mapped[str] = mapped_column(Text().with_variant(Text(collation="C"), "postgresql"))
    source: Mapped[str | None]
    value: Mapped[int | None] = mapped_column(ROW_ID)


class PersonRow(Row):
    """Somebody at a prospect; `place` counts from 1 in the order in which they were named."""

    __tablename__ = "person"
    __table_args__ = (
        UniqueConstraint("prospect_id", "place"),
        same_workspace("prospect_id", "prospect"),
        CheckConstraint("place >= 1", name="place_counts_from_1"),
    )

    id: Mapped[RowId]
    workspace_id: Mapped[Id]
    prospect_id: Mapped[Id]
    place: Mapped[Small]
    name: Mapped[str]
    role: Mapped[str | None]
    phone: Mapped[str | None]
    email: Mapped[str | None]
    decides: Mapped[bool] = mapped_column(server_default=false())
