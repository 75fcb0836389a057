"""How our values stand in columns, the same on SQLite and on PostgreSQL."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, Dialect, Enum, Integer, SmallInteger
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeDecorator

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

EARLIEST = 946_684_800_000_000
LATEST = 4_102_444_800_000_000
"""2000-01-01 and 2100-01-01: what lies outside is no instant of ours but a mistake in its unit."""


class Instant(TypeDecorator[datetime]):
    """An aware datetime, kept as whole microseconds since 1970 in UTC; refuses naive ones.

    A number, on PostgreSQL too: `timestamptz` would take a text without an offset and read it in whatever
    zone the session has. A column of numbers refuses such a text, on both databases alike. To read one:
    `to_timestamp(at / 1e6)` on PostgreSQL, `datetime(at / 1e6, 'unixepoch')` on SQLite.
    """

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002 - SQLAlchemy's
        return None if value is None else micros(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's
        return None if value is None else instant(value)


class TimeOfDay(TypeDecorator[time]):
    """A local time of day, kept as whole minutes since midnight."""

    impl = SmallInteger
    cache_ok = True

    def process_bind_param(self, value: time | None, dialect: Dialect) -> int | None:  # noqa: ARG002 - SQLAlchemy's
        return None if value is None else value.hour * 60 + value.minute

    def process_result_value(self, value: int | None, dialect: Dialect) -> time | None:  # noqa: ARG002 - SQLAlchemy's
        return None if value is None else time(*divmod(value, 60))


class Weekdays(TypeDecorator[frozenset[int]]):
    """Days of the week, kept as one bit each; Monday is the lowest."""

    impl = SmallInteger
    cache_ok = True

    def process_bind_param(self, value: frozenset[int] | None, dialect: Dialect) -> int | None:  # noqa: ARG002 - SQLAlchemy's
        return None if value is None else sum(1 << day for day in value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> frozenset[int] | None:  # noqa: ARG002 - SQLAlchemy's
        return None if value is None else frozenset(day for day in range(7) if value >> day & 1)


def micros(moment: datetime) -> int:
    """Microseconds since 1970 in UTC. Raises ValueError for a naive datetime."""
    if moment.utcoffset() is None:
        raise ValueError(f"an instant needs its zone, this one has none: {moment.isoformat()}")
    return (moment - EPOCH) // _MICROSECOND


def instant(micros_since_1970: int) -> datetime:
    return EPOCH + timedelta(microseconds=micros_since_1970)


def words(enum: type[StrEnum]) -> Enum:
    """A column that holds the values of an enumeration as text; the table's own CHECK names them."""
    return Enum(
        enum,
        native_enum=False,
        create_constraint=False,
        length=16,
        values_callable=lambda members: [member.value for member in members],
    )


ROW_ID: Any = BigInteger().with_variant(Integer, "sqlite")
"""SQLite numbers rows by itself only in a column that is called INTEGER."""

PAYLOAD: Any = JSON().with_variant(JSONB(), "postgresql")
