"""The ledger across workspaces: what is due, whose it is, and what became of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Update

from playbooks.attempts import after_lapse, expired
from playbooks.deliveries import ENDED, Delivery, Kind, LedgerCounts, State, Timing
from playbooks.ports import NotHere
from storage import ledger_sql as sql
from storage.access import Access
from storage.repositories.deliveries import CHANGING, delivery_from
from storage.rows import DeliveryRow
from storage.types import EPOCH

_AT_A_TIME = 500
"""How many rows one call of `reconcile` takes back or ends of each sort: a long outage must not hold a lock."""


class Ledger:
    """Safe to share among threads; each call is a transaction of its own. See `playbooks.ledger.Ledger`.

    `clock` None: the database's on PostgreSQL, this machine's on SQLite, where all share one machine.
    """

    def __init__(self, access: Access, clock: Callable[[], datetime] | None = None) -> None:
        self._access = access
        self._clock = clock

    def now(self) -> datetime:
        with self._access.reading() as connection:
            return self._now(connection)

    def due(self, limit: int) -> Sequence[Delivery]:
        with self._access.reading() as connection:
            rows = connection.execute(sql.DUE, {"now": self._now(connection), "most": limit})
            return [delivery_from(row) for row in rows]

    def claim(self, delivery_id: int, owner: str, timing: Timing) -> Delivery | None:
        with self._access.writing() as connection:
            now = self._now(connection)
            values = {"delivery": delivery_id, "owner": owner, "now": now, "until": now + timing.lease}
            row = connection.execute(sql.CLAIM, values).one_or_none()
            connection.commit()
        return delivery_from(row) if row else None

    def holds(self, claimed: Delivery, timing: Timing) -> bool:
        with self._access.reading() as connection:
            enough = self._now(connection) + timing.http_timeout
            found = connection.execute(sql.HOLDS, {**_this(claimed), "enough": enough})
            return found.one_or_none() is not None

    def record(
        self,
        claimed: Delivery,
        after: Delivery,
        *,
        covers: Collection[str] | None = None,
        hold_until: datetime | None = None,
    ) -> bool:
        with self._access.writing() as connection:
            if not _changed(connection, sql.RECORD, claimed, after):
                return False
            if claimed.owed.kind is Kind.DAILY and after.state in ENDED:
                _take_along(connection, after, covers)
            if hold_until is not None:
                values = {"here": after.workspace_id, "who": after.owed.recipient, "until": hold_until}
                connection.execute(sql.HOLD_BACK, values)
            connection.commit()
        return True

    def reconcile(self, timing: Timing) -> int:
        with self._access.reading() as connection:
            when = {"now": self._now(connection), "most": _AT_A_TIME}
            lapsed = [delivery_from(row) for row in connection.execute(sql.LAPSED, when)]
            late = [delivery_from(row) for row in connection.execute(sql.LATE, when)]
        if not lapsed and not late:
            return 0
        with self._access.writing() as connection:
            changed = sum(_changed(connection, sql.RECORD, one, after_lapse(one, timing)) for one in lapsed)
            for one in late:
                if connection.execute(sql.EXPIRE, {"delivery": one.id}).rowcount:
                    _take_along(connection, expired(one), None)
                    changed += 1
            connection.commit()
        return changed

    def counts(self, slack_team: str | None = None) -> LedgerCounts:
        with self._access.reading() as connection:
            states = connection.execute(sql.in_workspace(sql.COUNTS, slack_team)).all()
            now = {"now": self._now(connection)}
            oldest = connection.execute(sql.in_workspace(sql.OLDEST, slack_team), now).scalar_one()
        return LedgerCounts({row.state: row.number for row in states}, oldest)

    def listed(
        self, states: Collection[State] = (), *, slack_team: str | None = None, limit: int = 100
    ) -> Sequence[Delivery]:
        statement = sql.in_workspace(sql.NEWEST_FIRST, slack_team)
        if states:
            statement = statement.where(DeliveryRow.state.in_(states))
        if states and State.SENT not in states:
            statement = statement.where(sql.NOT_SENT)
        with self._access.reading() as connection:
            return [delivery_from(row) for row in connection.execute(statement, {"most": limit})]

    def get(self, delivery_id: int) -> Delivery:
        with self._access.reading() as connection:
            row = connection.execute(sql.BY_ID, {"delivery": delivery_id}).one_or_none()
        if row is None:
            raise NotHere(f"no delivery {delivery_id}")
        return delivery_from(row)

    def retry(self, delivery_id: int) -> bool:
        return self._again(sql.RETRY, delivery_id)

    def send_anyway(self, delivery_id: int) -> bool:
        return self._again(sql.SEND_ANYWAY, delivery_id)

    def slack_teams_with_plans(self, now: datetime) -> Sequence[str]:
        with self._access.reading() as connection:
            return list(connection.execute(sql.WITH_PLANS, {"now": now}).scalars())

    def _again(self, statement: Update, delivery_id: int) -> bool:
        with self._access.writing() as connection:
            values = {"delivery": delivery_id, "now": self._now(connection)}
            changed = connection.execute(statement, values).rowcount == 1
            connection.commit()
        return changed

    def _now(self, connection: Connection) -> datetime:
        if self._clock is not None:
            return self._clock()
        if connection.dialect.name == "postgresql":
            return EPOCH + timedelta(microseconds=connection.execute(sql.MICROSECONDS).scalar_one())
        return datetime.now(UTC)


def _this(claimed: Delivery) -> dict[str, Any]:
    return {"delivery": claimed.id, "mine": claimed.owner, "claim": claimed.attempt}


def _changed(connection: Connection, statement: Update, claimed: Delivery, after: Delivery) -> bool:
    values = {name: getattr(after, name) for name in CHANGING}
    return connection.execute(statement, _this(claimed) | values).rowcount == 1


def _take_along(connection: Connection, daily: Delivery, covers: Collection[str] | None) -> None:
    """What happens to the sections of a daily message that came to an end."""
    carried = {"here": daily.workspace_id, "daily": daily.owed.key}
    if daily.state is not State.SENT:
        nothing_is_true = daily.state is State.CANCELLED
        connection.execute(sql.NO_LONGER_TRUE if nothing_is_true else sql.LET_WAIT, carried)
        return
    where = {"channel": daily.channel, "ts": daily.ts, "at": daily.sent_at}
    if covers is None:
        connection.execute(sql.ALL_ARRIVED, carried | where)
        return
    if covers:
        connection.execute(sql.ARRIVED, carried | where | {"covers": list(covers)})
    connection.execute(sql.NO_LONGER_TRUE, carried)
