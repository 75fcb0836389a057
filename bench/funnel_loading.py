"""A workspace with years of visits, written in bulk: prospects, journeys, their events, and the histogram.

What is written passes `nextstep verify` (`python -m bench.funnel --verify` runs it). Histories are lean: a start,
the steps that were taken, an end; what is open now has its next action as well.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time
from functools import lru_cache
from typing import Any, Final

import numpy as np
from sqlalchemy import Connection, Engine

from bench.funnel_lives import SOURCES, TODAY, Lives, Size, lives_of, visits_of
from bench.loading import PLAYBOOK, ZONE, names
from bot import playbook_files
from bot.usecases.members import Profile, meet_member
from playbooks import next_action
from playbooks.calendar import Calendar
from playbooks.events import Advanced, Entry, Event, Lost, NextActionSet, NoDecision, Started, Won
from playbooks.funnel.histogram import NEVER, NO_AGE, Ints
from playbooks.history import Journey, Status, record
from playbooks.model import Playbook
from playbooks.names import name_key
from storage import Store
from storage.engine import WRITING
from storage.entries import row_of
from storage.projection import projected
from storage.rows import EventRow, JourneyRow, ProspectRow, VisitCountRow

TEAM: Final = "T0FUNNEL"
_NOON: Final = time(12, tzinfo=UTC)
_MICROS_OF_A_DAY: Final = 86_400_000_000
_EPOCH: Final = date(1970, 1, 1).toordinal()
_AT_A_TIME: Final = 100_000
PLAIN: Final = "plain_visit"
"""The table that a naive reader would have: a row a visit."""


def load(engine: Engine, size: Size, *, seed: int = 1) -> int:
    """Fills a migrated, empty database, and a plain table of visits beside it; gives how many visits there are.

    The newest year is the same however many older ones there are.
    """
    store = Store(engine)
    reps = [_meet(store, number) for number in range(size.reps)]
    with store.writing(TEAM) as uow:
        published = uow.playbooks.current()[0].id
        book, steps = uow.playbooks.get(published), uow.visits.steps(published)
        calendars = {rep: uow.members.calendar(rep) for rep in reps}
    with engine.connect().execution_options(**{WRITING: True}) as connection, connection.begin():
        _prepare(connection)
        bulk = _Bulk(connection, book, published, reps, calendars)
        cells = []
        for year in range(size.years):
            lives = lives_of(np.random.default_rng([seed, year]), size, year, book.last)
            bulk.write(lives)
            cells.append(visits_of(lives))
        visits = np.concatenate(cells, axis=1)
        _count(connection, visits, steps, reps)
        _plainly(connection, visits, steps, reps)
    return int(visits.shape[1])


def _meet(store: Store, number: int) -> int:
    profile = Profile(slack_id=f"U{number:08}", name=f"Rep {number}", locale="en-GB", zone=ZONE)
    starters = playbook_files.starters(PLAYBOOK)
    at = datetime.combine(date(2010, 1, 4), _NOON)
    return meet_member(profile, TEAM, "Bench", units=store, starters=starters, at=at).id


def _prepare(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        # A trigger for each of millions of events takes hours; SQLite's are quick enough to stay. `verify` looks
        # at the same rules.
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        connection.exec_driver_sql("SET LOCAL statement_timeout = 0")


class _Bulk:
    """Prospects, journeys and events, block by block."""

    def __init__(
        self,
        connection: Connection,
        book: Playbook,
        published: int,
        reps: Sequence[int],
        calendars: dict[int, Calendar],
    ) -> None:
        self._connection = connection
        self._book = book
        self._published = published
        self._reps = reps
        self._calendars = calendars
        self._names = names()
        self._written = 0

    def write(self, lives: Lives) -> None:
        count, first = len(lives.rep), self._written + 1
        histories = _Histories(self._book, self._reps, lives)
        prospects, journeys, events, moved = [], [], [], []
        for place, name in enumerate(itertools.islice(self._names, count)):
            number = first + place
            journey, told = histories.of(place, self._calendars)
            source = SOURCES[int(lives.source[place])]
            prospects.append((number, 1, name, name_key(name), source, None))
            row = journey | {
                "id": number,
                "workspace_id": 1,
                "prospect_id": number,
                "playbook_id": self._published,
                "step": 1,
            }
            journeys.append(tuple(row.get(column) for column in _JOURNEY))
            events += [(number, *event) for event in told]
            if journey["step"] > 1:
                moved.append((journey["step"], number))
        write(self._connection, ProspectRow.__tablename__, _PROSPECT, prospects)
        write(self._connection, JourneyRow.__tablename__, _JOURNEY, journeys)
        write(self._connection, EventRow.__tablename__, _EVENT, events)
        # A journey begins at step 1, also for the database: it moves on once its events are in.
        self._move(first, moved)
        self._written += count

    def _move(self, first: int, moved: list[tuple[int, int]]) -> None:
        if self._connection.dialect.name == "postgresql":
            self._connection.exec_driver_sql(
                "UPDATE journey SET step = reached FROM (SELECT journey_id, max(step) AS reached FROM event"
                f" WHERE journey_id >= {first} GROUP BY journey_id) AS e WHERE journey_id = id AND reached > 1"
            )
        else:
            self._connection.connection.driver_connection.executemany(
                "UPDATE journey SET step = ? WHERE id = ?", moved
            )


_PROSPECT: Final = ("id", "workspace_id", "name", "key", "source", "value")
_JOURNEY: Final = tuple(column.key for column in JourneyRow.__table__.columns)
_EVENT: Final = (
    *("journey_id", "seq", "workspace_id", "change", "kind", "step", "undoes", "occurred_at", "known_at"),
    *("on_day", "by_member", "imported", "payload"),
)


class _Histories:
    """The row of a journey and the rows of its events, without ids."""

    def __init__(self, book: Playbook, reps: Sequence[int], lives: Lives) -> None:
        self._book = book
        self._reps = reps
        self._lives = lives

    def of(self, place: int, calendars: dict[int, Calendar]) -> tuple[dict[str, Any], list[tuple[Any, ...]]]:
        lives = self._lives
        rep, source = self._reps[int(lives.rep[place])], SOURCES[int(lives.source[place])]
        reached = int(lives.reached[place])
        days = [int(day) for day in lives.entered[place, :reached]]
        ended = int(lives.left[place, reached - 1])
        if ended == NEVER:
            return self._open(rep, source, days, calendars[rep])
        end: Event = NoDecision() if lives.quiet[place] else Lost(reason=self._book.lost_reasons[0].key)
        if int(lives.advanced[place]) == self._book.last:
            end = Won()
        told = [Started(owner=rep, source=source), *map(_advanced, range(2, reached + 1)), end]
        events = [
            _row(event, seq, day, rep) for seq, (event, day) in enumerate(zip(told, [*days, ended], strict=True))
        ]
        row = {
            "owner_id": rep,
            "version": len(told),
            "status": end.kind,
            "step": reached,
            "source": source,
            "started_on": _day(days[0]),
            "entered_on": _day(days[-1]),
            "reason": end.reason if isinstance(end, Lost) else None,
            "closed_on": _day(ended),
            "exhausted": False,
        }
        return row, events

    def _open(
        self, rep: int, source: str, days: Sequence[int], calendar: Calendar
    ) -> tuple[dict[str, Any], list[tuple[Any, ...]]]:
        """Recorded as it would have been, since its deadlines follow from all of it."""
        journey = Journey(self._book)
        for step, ordinal in enumerate(days, start=1):
            on = date.fromordinal(ordinal)
            event: Event = Started(owner=rep, source=source) if step == 1 else _advanced(step)
            planned = NextActionSet(action=next_action.on_entering(self._book.step(step), calendar, on))
            journey = record(journey, (event, planned), at=datetime.combine(on, _NOON), on=on, by=rep)
        row = {name: _plain(value) for name, value in projected(journey, calendar).items()}
        events = [
            _row(entry.event, entry.seq - 1, entry.on.toordinal(), rep, change=entry.change)
            for entry in journey.history
        ]
        return row, events


@lru_cache(maxsize=1_000)
def _advanced(step: int) -> Advanced:
    return Advanced(step=step)


def _row(event: Event, before: int, day: int, rep: int, *, change: int | None = None) -> tuple[Any, ...]:
    """The columns of `_EVENT` but the journey; `before`: how many events came before it."""
    kind, step, payload = _said(event)
    at = (day - _EPOCH) * _MICROS_OF_A_DAY + _MICROS_OF_A_DAY // 2
    return before + 1, 1, change or before + 1, kind, step, None, at, at, _day(day), rep, False, payload


@lru_cache(maxsize=100_000)
def _said(event: Event) -> tuple[str, int | None, str]:
    noon = datetime.combine(TODAY, _NOON)
    row = row_of(Entry(1, 1, noon, noon, TODAY, None, event), workspace_id=1, journey_id=1)
    return row["kind"], row["step"], json.dumps(row["payload"])


@lru_cache(maxsize=100_000)
def _day(ordinal: int) -> str:
    return date.fromordinal(ordinal).isoformat()


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else str(value) if isinstance(value, Status) else value


def _count(connection: Connection, visits: Ints, steps: Sequence[int], reps: Sequence[int]) -> None:
    """The histogram of these visits, every one known on its day."""
    columns = (
        *("workspace_id", "step", "last", "entered", "age", "exit", "known", "left_known", "undone", "count"),
        *("inferred", "rep", "source", "variant"),
    )
    cells, counts = _distinct(visits)
    rows = (
        (
            *(
                1,
                steps[step],
                left,
                entered,
                NO_AGE if left == NEVER else left - entered,
                how,
                entered,
                left,
                NEVER,
            ),
            *(count, False, reps[rep], SOURCES[source], ""),
        )
        for step, entered, left, how, rep, source, count in _listed(np.column_stack([cells, counts]))
    )
    write(connection, VisitCountRow.__tablename__, columns, rows)


def _distinct(visits: Ints) -> tuple[Ints, Ints]:
    """Each kind of visit once, in the order of step and last day, and how often it is there."""
    step, entered, left, how, rep, source = visits
    number = step
    for part, bits in ((left, 22), (np.where(left == NEVER, NEVER - entered, left - entered), 22), (how, 3)):
        number = (number << bits) | part
    number = (number << 13) | (rep << 3) | source
    _, first, counts = np.unique(number, return_index=True, return_counts=True)
    return visits[:, first].T, counts


def _listed(rows: Ints) -> Iterator[list[int]]:
    """The rows as Python has them, some at a time: millions of lists at once would take gigabytes."""
    for first in range(0, len(rows), _AT_A_TIME):
        yield from rows[first : first + _AT_A_TIME].tolist()


def _plainly(connection: Connection, visits: Ints, steps: Sequence[int], reps: Sequence[int]) -> None:
    connection.exec_driver_sql(
        f"CREATE TABLE {PLAIN} (step bigint NOT NULL, entered integer NOT NULL, left_on integer NOT NULL,"
        " exit smallint NOT NULL, rep bigint NOT NULL, source text NOT NULL)"
    )
    rows = (
        (steps[step], entered, left, how, reps[rep], SOURCES[source])
        for step, entered, left, how, rep, source in _listed(visits.T)
    )
    write(connection, PLAIN, ("step", "entered", "left_on", "exit", "rep", "source"), rows)
    for day in ("entered", "left_on"):
        connection.exec_driver_sql(f"CREATE INDEX ix_{PLAIN}_{day} ON {PLAIN} ({day})")
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"ANALYZE {PLAIN}")


def write(connection: Connection, table: str, columns: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> None:
    """All these rows, by the quickest way that the database offers."""
    driver: Any = connection.connection.driver_connection
    names = ", ".join(columns)
    if connection.dialect.name == "postgresql":
        with driver.cursor() as cursor, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
    else:
        marks = ", ".join("?" * len(columns))
        driver.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)
