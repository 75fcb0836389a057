"""The ledger on both databases: planned once, claimed by one, recorded by who holds it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

import storage
from playbooks.attempts import MOST_LAPSES, after_attempt, cancelled, expired
from playbooks.deliveries import USUAL, Delivery, Faulty, Kind, Limited, Owed, Refused, Sent, State, Uncertain
from playbooks.ledger import Ledger
from tests.builders import Office, an_office

START = datetime(2026, 3, 2, 7, 30, tzinfo=UTC)
A_MOMENT = timedelta(seconds=1)
DAILY = "daily:1:2026-03-02"


class Clock:
    def __init__(self) -> None:
        self.at = START

    def __call__(self) -> datetime:
        return self.at

    def pass_by(self, time: timedelta) -> None:
        self.at += time


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(engine: Engine, clock: Clock) -> storage.Store:
    return storage.Store(engine, clock)


@pytest.fixture
def ledger(store: storage.Store) -> Ledger:
    return store.ledger()


Plan = Callable[..., Delivery]


@pytest.fixture
def plan(office: Office, ledger: Ledger) -> Plan:
    """Plans a message and gives it as it stands in the ledger."""

    def planned(key: str = DAILY, **changes: Any) -> Delivery:
        usual: dict[str, Any] = {"kind": Kind.DAILY, "recipient": "U1REP", "due_at": START}
        owed = Owed(key=key, **usual | {"member_id": office.rep.id} | changes)
        with office.units.writing(office.slack_team) as uow:
            uow.deliveries.plan([owed])
            uow.commit()
        return next(found for found in ledger.listed() if found.owed.key == key)

    return planned


def claimed(ledger: Ledger, delivery: Delivery, owner: str = "one") -> Delivery:
    mine = ledger.claim(delivery.id, owner, USUAL)
    assert mine is not None
    return mine


def test_what_is_planned_twice_stands_once(office: Office, plan: Plan, ledger: Ledger) -> None:
    plan()
    again = Owed(key=DAILY, kind=Kind.DAILY, recipient="U1REP", due_at=START)

    with office.units.writing(office.slack_team) as uow:
        assert uow.deliveries.plan([again]) == []
        uow.commit()

    assert len(ledger.listed()) == 1


def test_what_was_not_committed_is_not_owed(office: Office, ledger: Ledger) -> None:
    with office.units.writing(office.slack_team) as uow:
        assert uow.deliveries.plan([Owed(key=DAILY, kind=Kind.DAILY, recipient="U1REP", due_at=START)]) == [DAILY]

    assert ledger.listed() == []


def test_a_delivery_comes_back_as_it_was_planned(office: Office, plan: Plan) -> None:
    planned = plan(expires_at=START + timedelta(hours=9), local_date=START.date(), run_on=START.date(), step=2)

    assert planned.slack_team == office.slack_team
    assert planned.owed.local_date == START.date()
    assert planned.owed.expires_at == START + timedelta(hours=9)
    assert (planned.state, planned.attempt, planned.uncertain) == (State.DUE, 0, False)


def test_only_one_worker_gets_a_claim(plan: Plan, ledger: Ledger) -> None:
    planned = plan()

    mine = claimed(ledger, planned)

    assert ledger.claim(planned.id, "two", USUAL) is None
    assert (mine.state, mine.owner, mine.attempt) == (State.CLAIMED, "one", 1)
    assert (mine.first_claimed_at, mine.lease_until) == (START, START + USUAL.lease)


def test_nothing_is_claimed_before_its_time(plan: Plan, ledger: Ledger, clock: Clock) -> None:
    planned = plan(due_at=START + timedelta(minutes=1))
    assert ledger.due(10) == []
    assert ledger.claim(planned.id, "one", USUAL) is None

    clock.pass_by(timedelta(minutes=1))

    assert [found.id for found in ledger.due(10)] == [planned.id]
    claimed(ledger, planned)


def test_a_claim_that_is_recorded_stays_where_it_arrived(plan: Plan, ledger: Ledger) -> None:
    mine = claimed(ledger, plan())

    assert ledger.record(mine, after_attempt(mine, Sent("D1", "1.2"), START, 0.5))

    kept = ledger.get(mine.id)
    assert (kept.state, kept.channel, kept.ts, kept.sent_at) == (State.SENT, "D1", "1.2", START)
    assert kept.owner is None


def test_a_worker_that_lost_its_claim_records_nothing(plan: Plan, ledger: Ledger, clock: Clock) -> None:
    frozen = claimed(ledger, plan())
    clock.pass_by(USUAL.lease + A_MOMENT)
    assert not ledger.holds(frozen, USUAL)
    assert ledger.reconcile(USUAL) == 1
    clock.pass_by(USUAL.settle)
    second = claimed(ledger, frozen, "two")

    assert not ledger.record(frozen, cancelled(frozen))

    assert second.uncertain
    assert ledger.get(frozen.id) == second


def test_the_same_worker_does_not_record_an_earlier_attempt_of_its_own(
    plan: Plan, ledger: Ledger, clock: Clock
) -> None:
    first = claimed(ledger, plan())
    clock.pass_by(USUAL.lease + A_MOMENT)
    ledger.reconcile(USUAL)
    clock.pass_by(USUAL.settle)
    claimed(ledger, first)

    assert not ledger.record(first, cancelled(first))


def test_the_fence_wants_time_for_one_call(plan: Plan, ledger: Ledger, clock: Clock) -> None:
    mine = claimed(ledger, plan())
    assert ledger.holds(mine, USUAL)

    clock.pass_by(USUAL.lease - USUAL.http_timeout + A_MOMENT)

    assert not ledger.holds(mine, USUAL)


def test_a_lease_that_ran_out_comes_back_after_the_settle_time(plan: Plan, ledger: Ledger, clock: Clock) -> None:
    mine = claimed(ledger, plan())
    clock.pass_by(USUAL.lease + A_MOMENT)
    ledger.reconcile(USUAL)

    back = ledger.get(mine.id)

    assert (back.state, back.uncertain, back.strikes) == (State.DUE, True, 1)
    assert back.not_before == START + USUAL.lease + USUAL.settle
    assert ledger.due(10) == []


def test_what_kills_every_worker_stops_at_last(plan: Plan, ledger: Ledger, clock: Clock) -> None:
    poison = plan()
    for _ in range(MOST_LAPSES):
        claimed(ledger, poison)
        clock.pass_by(USUAL.lease + USUAL.settle + A_MOMENT)
        ledger.reconcile(USUAL)

    assert ledger.get(poison.id).state is State.UNKNOWN


def test_a_limit_holds_back_its_recipient_and_nobody_else(plan: Plan, ledger: Ledger, clock: Clock) -> None:
    first, second, other = plan("a"), plan("b"), plan("c", recipient="U2COL")
    mine = claimed(ledger, first)
    limited = after_attempt(mine, Limited(timedelta(seconds=30)), START, 0.5)

    ledger.record(mine, limited, hold_until=START + timedelta(seconds=30))

    assert [found.id for found in ledger.due(10)] == [other.id]
    clock.pass_by(timedelta(seconds=30))
    assert {found.id for found in ledger.due(10)} == {first.id, second.id, other.id}


def test_a_limit_in_one_workspace_holds_back_no_other(
    store: storage.Store, plan: Plan, ledger: Ledger, clock: Clock
) -> None:
    """Slack's ids are a workspace's own: the same one elsewhere is somebody else."""
    elsewhere = an_office(store, "T0ELSE")
    with store.writing(elsewhere.slack_team) as uow:
        uow.deliveries.plan([Owed(key="elsewhere", kind=Kind.NOTICE, recipient="U1REP", due_at=START)])
        uow.commit()
    mine = claimed(ledger, plan())

    until = START + timedelta(seconds=30)
    ledger.record(mine, after_attempt(mine, Limited(until - START), START, 0.5), hold_until=until)

    assert [found.owed.key for found in ledger.due(10)] == ["elsewhere"]


def test_what_is_too_late_expires_unless_it_may_have_arrived(plan: Plan, ledger: Ledger, clock: Clock) -> None:
    evening = START + timedelta(hours=14)
    late, maybe = plan("a", expires_at=evening), plan("b", expires_at=evening)
    mine = claimed(ledger, maybe)
    ledger.record(mine, after_attempt(mine, Uncertain("timeout"), START, 0.5))
    clock.pass_by(timedelta(hours=15))

    assert ledger.reconcile(USUAL) == 1

    assert ledger.get(late.id).state is State.EXPIRED
    assert ledger.get(maybe.id).state is State.DUE


def test_sections_are_claimed_by_nobody_and_arrive_with_their_daily(plan: Plan, ledger: Ledger) -> None:
    daily = plan()
    told = plan("stall:1", kind=Kind.STALL, with_daily=True, carrier=DAILY)
    asked = plan("decision:1", kind=Kind.DECISION, with_daily=True, carrier=DAILY)
    untrue = plan("stall:2", kind=Kind.STALL, with_daily=True, carrier=DAILY)
    assert [found.id for found in ledger.due(10)] == [daily.id]
    assert ledger.claim(told.id, "one", USUAL) is None
    mine = claimed(ledger, daily)

    ledger.record(mine, after_attempt(mine, Sent("D1", "1.2"), START, 0.5), covers={"stall:1", "decision:1"})

    assert ledger.get(told.id).state is State.SENT
    assert ledger.get(told.id).follow_at is None
    question = ledger.get(asked.id)
    assert (question.channel, question.ts, question.follow_at) == ("D1", "1.2", START)
    assert ledger.get(untrue.id).state is State.CANCELLED


def test_sections_wait_for_the_next_daily_when_theirs_did_not_arrive(
    office: Office, plan: Plan, ledger: Ledger
) -> None:
    daily = plan()
    section = plan("stall:1", kind=Kind.STALL, with_daily=True, carrier=DAILY)
    mine = claimed(ledger, daily)
    ledger.record(mine, expired(mine))
    assert ledger.get(section.id).owed.carrier is None

    with office.units.writing(office.slack_team) as uow:
        uow.agenda.carry({office.rep.id: "daily:1:2026-03-03"})
        assert [found.id for found in uow.deliveries.sections_of("daily:1:2026-03-03")] == [section.id]
        uow.commit()


def test_sections_of_a_daily_with_nothing_to_say_are_no_longer_true(plan: Plan, ledger: Ledger) -> None:
    daily = plan()
    section = plan("stall:1", kind=Kind.STALL, with_daily=True, carrier=DAILY)
    mine = claimed(ledger, daily)

    ledger.record(mine, cancelled(mine))

    assert ledger.get(section.id).state is State.CANCELLED


def test_sections_of_a_daily_that_expired_unclaimed_wait_too(plan: Plan, ledger: Ledger, clock: Clock) -> None:
    plan(expires_at=START + timedelta(hours=1))
    section = plan("stall:1", kind=Kind.STALL, with_daily=True, carrier=DAILY)
    clock.pass_by(timedelta(hours=2))
    ledger.reconcile(USUAL)

    assert (ledger.get(section.id).state, ledger.get(section.id).owed.carrier) == (State.DUE, None)


def test_a_failed_delivery_can_be_tried_again_by_hand(plan: Plan, ledger: Ledger) -> None:
    mine = claimed(ledger, plan())
    ledger.record(mine, after_attempt(mine, Refused("channel_not_found"), START, 0.5))
    assert ledger.due(10) == []

    assert ledger.retry(mine.id)

    assert [found.id for found in ledger.due(10)] == [mine.id]
    assert not ledger.retry(mine.id)


def test_send_anyway_works_once_and_only_for_what_nobody_knows(plan: Plan, ledger: Ledger) -> None:
    mine = claimed(ledger, plan())
    assert not ledger.send_anyway(mine.id)
    ledger.record(mine, replace(cancelled(mine), state=State.UNKNOWN, uncertain=True))

    assert ledger.send_anyway(mine.id)

    assert not ledger.send_anyway(mine.id)
    assert not ledger.get(mine.id).uncertain


def test_retrying_what_nobody_knows_looks_it_up_first(plan: Plan, ledger: Ledger) -> None:
    mine = claimed(ledger, plan())
    ledger.record(mine, replace(cancelled(mine), state=State.UNKNOWN, uncertain=True))

    assert ledger.retry(mine.id)

    assert ledger.get(mine.id).uncertain


def test_health_counts_what_has_not_arrived(office: Office, plan: Plan, ledger: Ledger) -> None:
    plan("a")
    mine = claimed(ledger, plan("b"))
    ledger.record(mine, after_attempt(mine, Faulty("down"), START, 0.5))

    counts = ledger.counts(office.slack_team)

    assert counts.by_state == {State.DUE: 2}
    assert counts.oldest_due_at == START
    assert ledger.counts("T9OTHER").by_state == {}
    assert [found.owed.key for found in ledger.listed([State.DUE])] == ["b", "a"]


def test_the_databases_own_clock_rules_when_none_is_given(engine: Engine) -> None:
    before = datetime.now(UTC) - timedelta(seconds=5)

    assert before < storage.Store(engine).ledger().now() < before + timedelta(seconds=60)
