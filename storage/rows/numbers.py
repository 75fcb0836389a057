"""What the numbers are made from: the identities of steps, counted visits, kept forecasts and targets."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, PrimaryKeyConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from playbooks.funnel.histogram import NEVER, NO_AGE
from storage.rows.base import (
    Id,
    InWorkspace,
    Row,
    RowId,
    Small,
    is_day,
    is_instant,
    is_json,
    rows_while,
    same_workspace,
)
from storage.types import PAYLOAD

CELL = ("entered", "age", "exit", "known", "left_known", "undone", "inferred", "rep", "source", "variant")
"""What tells the cells of a step apart, beside `last`, which follows from them; the texts come last in a row."""

LAST = (
    "CASE WHEN undone <= left_known OR undone <= entered + age THEN undone"
    " WHEN left_known >= entered + age THEN left_known ELSE entered + age END"
)
"""Until when a cell plays a part: the day it was taken back, else the later of its exit and when that was known.

A window that begins later needs it no more, as of whichever day it is asked for. `NEVER` while undecided.
"""


class StepRow(Row):
    """The identity of a step: the same in all versions of a playbook in which its decision and evidence are."""

    __tablename__ = "step"
    __table_args__ = (UniqueConstraint("workspace_id", "id"),)

    id: Mapped[RowId]
    workspace_id: Mapped[InWorkspace]
    playbook_key: Mapped[str]


class VersionStepRow(Row):
    """Which identity the step with this number has in a version."""

    __tablename__ = "version_step"
    __table_args__ = (
        UniqueConstraint("playbook_id", "step_id"),
        same_workspace("playbook_id", "playbook_version"),
        same_workspace("step_id", "step"),
        CheckConstraint("number >= 1", name="counts_from_1"),
    )

    playbook_id: Mapped[Id] = mapped_column(primary_key=True)
    number: Mapped[Small] = mapped_column(primary_key=True, autoincrement=False)
    workspace_id: Mapped[Id]
    step_id: Mapped[Id]


class VisitCountRow(Row):
    """How many visits there are of one kind; see docs/adr/the-histogram-of-visits.md.

    Days are proleptic ordinals, as the engine has them. The rows of a step lie in the order of `last`: a window
    is one stretch of them, however long the history before it. With `count` along, PostgreSQL reads them from the
    key alone; on SQLite the table is its key.
    """

    __tablename__ = "visit_count"
    __table_args__ = (
        PrimaryKeyConstraint("workspace_id", "step", "last", *CELL, postgresql_include=["count"]),
        same_workspace("step", "step"),
        same_workspace("rep", "member"),
        CheckConstraint("exit BETWEEN 0 AND 5", name="exit_is_known"),
        CheckConstraint(
            f"age >= {NO_AGE} AND (exit = 0) = (age = {NO_AGE}) AND (exit = 0) = (left_known = {NEVER})",
            name="has_an_age_and_a_day_when_it_ended",
        ),
        CheckConstraint(f"last = {LAST}", name="last_follows_from_the_rest"),
        # For the first day of all.
        Index("ix_visit_count_known", "workspace_id", "step", "known"),
        # Cells that a transaction emptied, until it removes them itself.
        Index("ix_visit_count_empty", "workspace_id", **rows_while("count = 0")),
        {"sqlite_with_rowid": False},
    )

    workspace_id: Mapped[InWorkspace]
    step: Mapped[Id]
    last: Mapped[int]
    entered: Mapped[int]
    age: Mapped[int]
    exit: Mapped[Small]
    known: Mapped[int]
    left_known: Mapped[int]
    undone: Mapped[int]
    count: Mapped[int]
    inferred: Mapped[bool]
    rep: Mapped[Id]
    source: Mapped[str]
    variant: Mapped[str]


class ForecastRow(Row):
    """The chances of 0, 1, 2... wins in the weeks from a local day on, as they were forecast that day."""

    __tablename__ = "forecast"
    __table_args__ = (
        is_day("made_on"),
        is_json("chances"),
        is_json("chances_never"),
        CheckConstraint("weeks >= 1", name="counts_from_1"),
    )

    workspace_id: Mapped[InWorkspace] = mapped_column(primary_key=True)
    playbook_key: Mapped[str] = mapped_column(primary_key=True)
    made_on: Mapped[date] = mapped_column(primary_key=True)
    weeks: Mapped[Small] = mapped_column(primary_key=True, autoincrement=False)
    chances: Mapped[list[float]] = mapped_column(PAYLOAD)
    chances_never: Mapped[list[float]] = mapped_column(PAYLOAD)


class PlanTargetRow(Row):
    """What a team plans for with a playbook: wins a week, with a certainty."""

    __tablename__ = "plan_target"
    __table_args__ = (
        same_workspace("set_by", "member"),
        is_instant("set_at"),
        CheckConstraint("wins > 0", name="wants_wins"),
        CheckConstraint("certainty > 0 AND certainty < 1", name="certainty_is_a_share"),
    )

    workspace_id: Mapped[InWorkspace] = mapped_column(primary_key=True)
    playbook_key: Mapped[str] = mapped_column(primary_key=True)
    wins: Mapped[float]
    certainty: Mapped[float]
    set_at: Mapped[datetime]
    set_by: Mapped[Id | None]
