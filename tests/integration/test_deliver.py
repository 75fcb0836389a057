"""`deliver` on both databases: what one call does with one message."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

import storage
from bot.usecases.deliver import Content, Post, Result, deliver
from playbooks.attempts import MOST_WRITINGS
from playbooks.deliveries import USUAL, Delivery, Kind, Owed, State
from playbooks.ledger import Ledger
from playbooks.ports import Busy, UnitOfWork
from storage.ledger import Ledger as StoredLedger
from tests.builders import Office
from tests.fake_messenger import LIMIT, FakeMessenger, Killed, LookUpMood, Mood

START = datetime(2026, 3, 2, 7, 30, tzinfo=UTC)
DAILY = "daily:1:2026-03-02"


class Clock:
    def __init__(self) -> None:
        self.at = START

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(engine: Engine, clock: Clock) -> storage.Store:
    return storage.Store(engine, clock)


@pytest.fixture
def ledger(store: storage.Store) -> Ledger:
    return store.ledger()


@pytest.fixture
def slack(clock: Clock) -> FakeMessenger:
    return FakeMessenger(clock, hang=USUAL.settle / 2)


def hello(*_: Any) -> Post:
    return Post(text="Hello", said="something")


Send = Callable[..., Result]


@pytest.fixture
def send(office: Office, slack: FakeMessenger, clock: Clock) -> Send:
    """One call for the delivery with this key."""

    def sent(key: str = DAILY, content: Content = hello, owner: str = "one") -> Result:
        (found,) = [one for one in office.units.ledger().listed() if one.owed.key == key]
        return deliver(
            found.id,
            units=office.units,
            messenger=slack,
            content=content,
            clock=clock,
            owner=owner,
            chance=lambda: 0.5,
        )

    return sent


@pytest.fixture
def plan(office: Office) -> Callable[..., None]:
    def planned(key: str = DAILY, kind: Kind = Kind.DAILY, **changes: Any) -> None:
        owed = Owed(key=key, kind=kind, recipient="U1REP", due_at=START, member_id=office.rep.id, **changes)
        with office.units.writing(office.slack_team) as uow:
            uow.deliveries.plan([owed])
            uow.commit()

    return planned


@pytest.fixture
def send_planned(plan: Callable[..., None], send: Send) -> Send:
    """The daily message is owed: one call for it."""
    plan()
    return send


def the(ledger: Ledger, key: str = DAILY) -> Delivery:
    return next(one for one in ledger.listed() if one.owed.key == key)


def test_what_is_sent_is_kept_with_its_place_and_its_word(plan: Any, send: Send, ledger: Ledger) -> None:
    plan()

    assert send() is Result.SENT

    kept = the(ledger)
    assert (kept.channel, kept.ts, kept.said, kept.sent_at) == ("DU1REP", "1.0", "something", START)
    assert send() is Result.NOT_OURS


def test_an_attempt_that_certainly_failed_is_sent_again_without_a_look_up(
    plan: Any, send: Send, slack: FakeMessenger, clock: Clock
) -> None:
    plan()
    for mood in (Mood.LIMITED, Mood.REFUSED_CONNECTION):
        slack.mood = mood
        assert send() is Result.LATER
        clock.at += LIMIT
    slack.mood = Mood.FINE

    assert send() is Result.SENT
    assert slack.looks == 0


def test_an_uncertain_attempt_is_looked_up_after_the_settle_time(
    plan: Any, send: Send, slack: FakeMessenger, clock: Clock
) -> None:
    plan()
    slack.mood = Mood.HANG_AND_LAND
    assert send() is Result.LATER
    assert send() is Result.NOT_OURS
    slack.mood = Mood.FINE
    clock.at += USUAL.settle + USUAL.backoff

    assert send() is Result.SENT

    assert (slack.sends, slack.looks, slack.landed[DAILY]) == (1, 1, 1)


def test_a_killed_worker_leaves_a_message_that_is_looked_up(
    plan: Any, send: Send, slack: FakeMessenger, ledger: Ledger, clock: Clock
) -> None:
    plan()
    slack.mood = Mood.KILLED_AFTER
    with pytest.raises(Killed):
        send()
    slack.mood = Mood.FINE
    clock.at += USUAL.lease + USUAL.settle + timedelta(seconds=1)
    ledger.reconcile(USUAL)

    assert send() is Result.SENT
    assert slack.landed[DAILY] == 1


@pytest.mark.parametrize("lost", [Mood.KILLED_BEFORE, Mood.KILLED_AFTER])
def test_another_worker_finishes_what_one_that_is_lost_for_good_held(
    send_planned: Send, slack: FakeMessenger, ledger: Ledger, clock: Clock, lost: Mood
) -> None:
    slack.mood = lost
    with pytest.raises(Killed):
        send_planned()
    slack.mood = Mood.FINE
    clock.at += USUAL.lease + USUAL.settle - timedelta(seconds=1)
    ledger.reconcile(USUAL)
    assert send_planned(owner="two") is Result.NOT_OURS
    clock.at += timedelta(seconds=1)

    assert send_planned(owner="two") is Result.SENT

    assert (slack.landed[DAILY], slack.looks, ledger.due(10)) == (1, 1, [])


@pytest.mark.parametrize("first", [Mood.ACCEPTED_THEN_500, Mood.UNAVAILABLE])
def test_a_limit_on_the_look_up_is_waited_for_and_leaves_the_message_in_doubt(
    send_planned: Send, slack: FakeMessenger, ledger: Ledger, clock: Clock, first: Mood
) -> None:
    slack.mood, slack.look_up_mood = first, LookUpMood.LIMITED
    send_planned()
    arrived = slack.landed[DAILY]
    slack.mood = Mood.FINE
    clock.at += USUAL.settle + USUAL.backoff
    assert send_planned() is Result.LATER
    assert the(ledger).uncertain
    slack.look_up_mood = LookUpMood.FINE
    clock.at += LIMIT - timedelta(seconds=1)
    assert send_planned() is Result.NOT_OURS
    clock.at += timedelta(seconds=1)

    assert send_planned() is Result.SENT

    assert (slack.landed[DAILY], slack.sends, slack.looks) == (1, 2 - arrived, 2)


def test_who_took_longer_than_its_lease_lets_go_at_the_fence(
    plan: Any, send: Send, slack: FakeMessenger, ledger: Ledger, clock: Clock
) -> None:
    plan()

    def slow(*_: Any) -> Post:
        clock.at += USUAL.lease
        return hello()

    assert send(content=slow) is Result.LATER

    assert slack.sends == 0
    assert not the(ledger).uncertain


def test_where_slack_keeps_no_metadata_a_person_decides(
    plan: Any, send: Send, slack: FakeMessenger, ledger: Ledger, clock: Clock
) -> None:
    plan()
    slack.mood, slack.look_up_mood = Mood.UNAVAILABLE, LookUpMood.NO_METADATA
    send()
    clock.at += USUAL.settle + USUAL.backoff
    assert send() is Result.UNKNOWN
    assert slack.sends == 1
    slack.mood = Mood.FINE

    assert ledger.send_anyway(the(ledger).id)

    assert send() is Result.SENT


def test_a_message_that_is_no_longer_true_is_cancelled(plan: Any, send: Send, slack: FakeMessenger) -> None:
    plan()

    assert send(content=lambda *_: None) is Result.CANCELLED
    assert slack.sends == 0


def test_a_message_that_is_too_late_is_not_sent(plan: Any, send: Send, slack: FakeMessenger, clock: Clock) -> None:
    plan(expires_at=START + timedelta(hours=1))
    clock.at += timedelta(hours=1)

    assert send() is Result.EXPIRED
    assert slack.sends == 0


def test_a_message_that_cannot_be_written_stops_nobody_and_fails_at_last(
    plan: Any, send: Send, ledger: Ledger, clock: Clock
) -> None:
    plan()
    plan("notice:1", Kind.NOTICE)

    def broken(*_: Any) -> Post:
        raise KeyError("a mistake of ours")

    for _ in range(MOST_WRITINGS - 1):
        assert send(content=broken) is Result.LATER
        clock.at += USUAL.most_backoff
    assert send("notice:1") is Result.SENT
    assert send(content=broken) is Result.FAILED
    assert "a mistake of ours" in (the(ledger).error or "")


def test_the_content_reads_what_its_daily_message_carries(plan: Any, send: Send, ledger: Ledger) -> None:
    plan()
    plan("stall:1", Kind.STALL, with_daily=True, carrier=DAILY)
    plan("stall:2", Kind.STALL, with_daily=True, carrier=DAILY)

    def daily(delivery: Delivery, uow: UnitOfWork, _: datetime) -> Post:
        first, second = uow.deliveries.sections_of(delivery.owed.key)
        return Post(text=second.owed.key, covers=frozenset({first.owed.key}))

    assert send(content=daily) is Result.SENT
    assert (the(ledger, "stall:1").state, the(ledger, "stall:2").state) == (State.SENT, State.CANCELLED)


def test_a_database_that_lets_nobody_in_before_the_send_leaves_no_doubt(
    plan: Any, send: Send, slack: FakeMessenger, ledger: Ledger, clock: Clock
) -> None:
    plan()

    def busy(*_: Any) -> Post:
        raise Busy

    assert send(content=busy) is Result.LATER
    assert not the(ledger).uncertain
    clock.at += USUAL.backoff
    assert send() is Result.SENT
    assert slack.looks == 0


class Locked(StoredLedger):
    """The database lets nobody in for the first few times that something is to be recorded."""

    refusals = 3

    def record(self, *args: Any, **kwargs: Any) -> bool:
        if self.refusals:
            self.refusals -= 1
            raise Busy
        return super().record(*args, **kwargs)


class LockedStore(storage.Store):
    def ledger(self) -> Locked:
        return Locked(self._access, self._clock)


def test_what_was_sent_is_recorded_as_soon_as_the_database_lets_us(
    plan: Any, office: Office, engine: Engine, slack: FakeMessenger, clock: Clock
) -> None:
    plan()
    store = LockedStore(engine, clock)
    rested: list[float] = []
    (found,) = store.ledger().listed()

    result = deliver(
        found.id,
        units=store,
        messenger=slack,
        content=hello,
        clock=clock,
        owner="one",
        rest=rested.append,
    )

    assert result is Result.SENT
    assert (slack.sends, len(rested)) == (1, 3)
