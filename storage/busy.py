"""Which errors of the database mean "not now", so that a person is told "not saved" and may try again."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from playbooks.ports import Busy

_NOT_NOW = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_READONLY,
    }
)
_PRIMARY = 0xFF
"""SQLite's extended codes carry the primary one in their last byte."""


def is_busy(error: BaseException) -> bool:
    """Whether a lock was not given, a connection was lost, or the database is full or away."""
    match error:
        case PoolTimeoutError():
            return True
        case DBAPIError(orig=sqlite3.Error() as cause):
            return getattr(cause, "sqlite_errorcode", 0) & _PRIMARY in _NOT_NOW
        case OperationalError():
            return True
        case DBAPIError():
            return error.connection_invalidated
        case _:
            return False


@contextmanager
def telling_when_busy() -> Iterator[None]:
    """Raises `Busy` in place of the database's own word for it."""
    try:
        yield
    except (DBAPIError, PoolTimeoutError) as error:
        if is_busy(error):
            raise Busy from error
        raise
