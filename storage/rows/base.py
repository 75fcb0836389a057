"""What all tables share: how columns are typed, how constraints are named, rules that many tables have."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Annotated, Any, ClassVar

from sqlalchemy import CheckConstraint, Date, ForeignKey, ForeignKeyConstraint, MetaData, SmallInteger, Text, text
from sqlalchemy.orm import DeclarativeBase, mapped_column

from playbooks.history import Status
from playbooks.team import Role
from storage.types import EARLIEST, LATEST, PAYLOAD, ROW_ID, Instant, TimeOfDay, Weekdays, words

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

Id = Annotated[int, mapped_column(ROW_ID)]
RowId = Annotated[int, mapped_column(ROW_ID, primary_key=True)]
InWorkspace = Annotated[int, mapped_column(ROW_ID, ForeignKey("workspace.id"))]
Small = Annotated[int, mapped_column(SmallInteger)]


class Row(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar = {
        datetime: Instant,
        date: Date,
        time: TimeOfDay,
        frozenset[int]: Weekdays,
        str: Text,
        Role: words(Role),
        Status: words(Status),
        dict[str, Any]: PAYLOAD,
    }


def rows_while(condition: str) -> dict[str, Any]:
    """The condition of a partial index, the same on both databases."""
    return {"sqlite_where": text(condition), "postgresql_where": text(condition)}


def is_instant(column: str) -> CheckConstraint:
    return CheckConstraint(f"{column} BETWEEN {EARLIEST} AND {LATEST}", name=f"{column}_is_an_instant")


def is_time_of_day(column: str) -> CheckConstraint:
    return CheckConstraint(f"{column} BETWEEN 0 AND 1439", name=f"{column}_is_a_time_of_day")


def is_day(column: str) -> CheckConstraint:
    """PostgreSQL has a type; SQLite keeps any text, and lets February 30 pass until it has to count."""
    rule = f"coalesce(date({column}, '+0 days') = {column}, {column} IS NULL)"
    return CheckConstraint(rule, name=f"{column}_is_a_day").ddl_if(dialect="sqlite")


def is_json(column: str) -> CheckConstraint:
    """PostgreSQL has a type for it."""
    return CheckConstraint(f"json_valid({column})", name=f"{column}_is_json").ddl_if(dialect="sqlite")


def same_workspace(column: str, table: str) -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["workspace_id", column], [f"{table}.workspace_id", f"{table}.id"])
