"""The ledger and `deliver` against a simple model, with everything that Slack and machines do, in any order.

The model: what was planned, what the reader saw, and what may still happen. Whatever the order of faults, kills,
freezes and times, a reader never sees a message twice; and once all is well again, everything has arrived unless
Slack said no for good or nobody can tell.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import Engine, delete

import storage
from bot.usecases.deliver import Post, Result, deliver
from playbooks.deliveries import ENDED, USUAL, Absent, Delivery, Kind, LookUp, Owed, State, Timing
from playbooks.ports import Units
from storage.ledger import Ledger
from storage.rows import DeliveryRow
from tests.builders import Office, an_office
from tests.fake_messenger import FakeMessenger, Killed, LookUpMood, Mood

START = datetime(2026, 3, 2, 7, 30, tzinfo=UTC)
A_DAY = timedelta(days=1)
ALL_WELL_AGAIN = 60
"""Rounds of good weather within which everything ends; each lets a backoff pass."""


class Clock:
    def __init__(self) -> None:
        self.at = START

    def __call__(self) -> datetime:
        return self.at


class LedgerMachine(RuleBasedStateMachine):
    engine: Engine
    office: Office
    clock: Clock
    Slack: type[FakeMessenger]

    def __init__(self) -> None:
        super().__init__()
        self.clock.at = START
        with self.engine.begin() as connection:
            connection.execute(delete(DeliveryRow))
        self.slack = self.Slack(self.clock, hang=USUAL.settle - timedelta(seconds=1))
        self.model: dict[str, set[State]] = {}
        """The ends that what happened to a message allows, beside having arrived."""
        self.workers = 0

    @property
    def units(self) -> Units:
        return self.office.units

    @property
    def ledger(self) -> Ledger:
        return self.units.ledger()

    @initialize(number=st.integers(1, 3))
    def some_are_owed(self, number: int) -> None:
        for _ in range(number):
            self.plan(recipient="U1REP")

    @precondition(lambda self: len(self.model) < 5)
    @rule(recipient=st.sampled_from(["U1REP", "U2COL"]))
    def plan(self, recipient: str) -> None:
        key = f"notice:{len(self.model)}"
        owed = Owed(key=key, kind=Kind.NOTICE, recipient=recipient, due_at=self.clock(), expires_at=None)
        for _ in range(2):
            with self.units.writing(self.office.slack_team) as uow:
                uow.deliveries.plan([owed])
                uow.commit()
        self.model[key] = set()

    @rule(seconds=st.sampled_from([1, 5, 20, 29, 31, 61, 91, 400]))
    def time_passes(self, seconds: int) -> None:
        self.clock.at += timedelta(seconds=seconds)

    @rule()
    def reconcile(self) -> None:
        self.ledger.reconcile(USUAL)

    @rule(mood=st.sampled_from(Mood), look=st.sampled_from(LookUpMood), pick=st.integers(0, 4))
    def a_worker_delivers(self, mood: Mood, look: LookUpMood, pick: int) -> None:
        self.slack.mood, self.slack.look_up_mood = mood, look
        if due := self.ledger.due(5):
            self._deliver(due[pick % len(due)])

    @rule(seconds=st.sampled_from([10, 51, 61, 200]), pick=st.integers(0, 4))
    def a_worker_freezes_before_the_fence(self, seconds: int, pick: int) -> None:
        """Meanwhile its lease may run out, and another worker does the work."""
        self.slack.mood, self.slack.look_up_mood = Mood.FINE, LookUpMood.FINE
        if due := self.ledger.due(5):
            self._deliver(due[pick % len(due)], frozen_for=timedelta(seconds=seconds))

    @rule(pick=st.integers(0, 4))
    def a_message_cannot_be_written(self, pick: int) -> None:
        if due := self.ledger.due(5):
            chosen = due[pick % len(due)]
            self.model[chosen.owed.key].add(State.FAILED)
            self._deliver(chosen, broken=True)

    @invariant()
    def nobody_sees_anything_twice(self) -> None:
        assert all(number == 1 for number in self.slack.landed.values())

    @invariant()
    def what_is_said_to_have_arrived_did(self) -> None:
        for delivery in self.ledger.listed([State.SENT]):
            assert self.slack.landed[delivery.owed.key] == 1

    @invariant()
    def every_end_has_its_reason(self) -> None:
        for delivery in self.ledger.listed(sorted(ENDED - {State.SENT})):
            assert delivery.state in self.model[delivery.owed.key]

    def teardown(self) -> None:
        self.slack.mood, self.slack.look_up_mood = Mood.FINE, LookUpMood.FINE
        for _ in range(ALL_WELL_AGAIN):
            self.ledger.reconcile(USUAL)
            for delivery in self.ledger.due(10):
                self._deliver(delivery)
            self.clock.at += USUAL.settle + USUAL.most_backoff
        self.nobody_sees_anything_twice()
        self.every_end_has_its_reason()
        found = self.ledger.listed()
        assert {delivery.owed.key for delivery in found} == set(self.model)
        for delivery in found:
            assert delivery.state in ENDED
            if delivery.state is State.SENT:
                assert self.slack.landed[delivery.owed.key] == 1

    def _deliver(self, delivery: Delivery, *, frozen_for: timedelta | None = None, broken: bool = False) -> None:
        self.workers += 1
        self._note(delivery)

        def content(claimed: Delivery, *_: Any) -> Post:
            if broken:
                raise KeyError("a mistake of ours")
            if frozen_for is not None:
                self.clock.at += frozen_for
                self.ledger.reconcile(USUAL)
                for other in self.ledger.due(5):
                    self._deliver(other)
            return Post(text="Hello")

        try:
            result = deliver(
                delivery.id,
                units=self.units,
                messenger=self.slack,
                content=content,
                clock=self.clock,
                owner=f"worker {self.workers}",
                chance=lambda: 0.5,
            )
        except Killed:
            return
        state = self.ledger.get(delivery.id).state
        if result is not Result.NOT_OURS:
            assert state is (State.DUE if result is Result.LATER else State(result))

    def _note(self, delivery: Delivery) -> None:
        """Which ends this attempt may bring."""
        allowed = self.model[delivery.owed.key]
        if self.slack.mood is Mood.NO_FOR_GOOD:
            allowed.add(State.FAILED)
        if delivery.uncertain and self.slack.look_up_mood in {LookUpMood.NOT_ALLOWED, LookUpMood.NO_METADATA}:
            allowed.add(State.UNKNOWN)
        if delivery.uncertain and self.slack.look_up_mood is LookUpMood.UNAVAILABLE:
            allowed.add(State.UNKNOWN)


QUICK = settings(max_examples=12, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck))
LOOKING_FOR_A_MISTAKE = settings(QUICK, max_examples=200, phases=[Phase.generate], database=None)


def machine_on(
    engine: Engine, *, store: type[storage.Store] = storage.Store, slack: type[FakeMessenger] = FakeMessenger
) -> type[LedgerMachine]:
    clock = Clock()
    office = an_office(store(engine, clock))
    return type("Machine", (LedgerMachine,), {"engine": engine, "clock": clock, "office": office, "Slack": slack})


def test_whatever_happens_a_reader_sees_each_message_once(engine: Engine) -> None:
    run_state_machine_as_test(machine_on(engine), settings=QUICK)


class NeverFound(FakeMessenger):
    """As if there were no look-up."""

    def find(self, slack_team: str, recipient: str, key: str, since: datetime) -> LookUp:
        return Absent()


class Fenceless(Ledger):
    def holds(self, claimed: Delivery, timing: Timing) -> bool:
        return True


class FencelessStore(storage.Store):
    def ledger(self) -> Ledger:
        return Fenceless(self._access, self._clock)


@pytest.mark.parametrize("without", [{"slack": NeverFound}, {"store": FencelessStore}], ids=["look-up", "fence"])
def test_without_one_of_the_steps_the_machine_finds_duplicates(sqlite_engine: Engine, without: Any) -> None:
    with pytest.raises(AssertionError):
        run_state_machine_as_test(machine_on(sqlite_engine, **without), settings=LOOKING_FOR_A_MISTAKE)
