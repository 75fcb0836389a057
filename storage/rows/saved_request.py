"""What was acknowledged before its work was done."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from storage.rows.base import InWorkspace, Row, is_instant, is_json


class SavedRequestRow(Row):
    """A request as Slack sent it, until its work is done and answered; then it goes.

    Nobody takes it up before `free_at`: whoever does moves that forward first.
    """

    __tablename__ = "saved_request"
    __table_args__ = (is_instant("at"), is_instant("free_at"), is_json("body"))

    workspace_id: Mapped[InWorkspace] = mapped_column(primary_key=True)
    request_id: Mapped[str] = mapped_column(primary_key=True)
    slack_user: Mapped[str]
    kind: Mapped[str]
    body: Mapped[dict[str, Any]]
    at: Mapped[datetime]
    free_at: Mapped[datetime]
