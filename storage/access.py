"""Transactions on a database: reading ones, and writing ones that take turns."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from sqlalchemy import Connection, Engine

from playbooks.ports import Busy
from storage.busy import telling_when_busy
from storage.engine import PATIENCE, READING, WRITING


class Access:
    """Safe to share among threads. Whatever goes wrong because the database lets nobody in raises `Busy`.

    SQLite has one writer at a time, and whoever finds it busy sleeps and tries again: under load some never
    get in. The threads of this process therefore queue here, and only other processes are met at the file.
    """

    def __init__(self, engine: Engine) -> None:
        self._reading = engine.execution_options(**{READING: True})
        self._writing = engine.execution_options(**{WRITING: True})
        self._turn: Lock | None = Lock()
        self._patience = float(engine.get_execution_options().get(PATIENCE, 1.5))
        if engine.dialect.name == "postgresql":
            self._turn = None
            self._reading = engine.execution_options(isolation_level="AUTOCOMMIT")

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """To look at what is committed; takes no lock that anybody waits for.

        Whatever has to fit together is read in one statement: a transaction would only add BEGIN and ROLLBACK.
        """
        with telling_when_busy(), self._reading.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that is taken back at its end unless `connection.commit()` came before."""
        with telling_when_busy(), self._own_turn(), self._writing.connect() as connection:
            connection.begin()
            yield connection

    @contextmanager
    def _own_turn(self) -> Iterator[None]:
        if self._turn is None:
            yield
            return
        if not self._turn.acquire(timeout=self._patience):
            raise Busy
        try:
            yield
        finally:
            self._turn.release()
