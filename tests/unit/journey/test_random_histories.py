"""The rules over random histories: any verb by any member, days going forward, undoing at any time."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from playbooks import journey as rules
from playbooks.deadlines import deadlines, decision_is_due, stall
from playbooks.events import (
    EVENT,
    Advanced,
    Contacted,
    DecisionForced,
    NextActionSet,
    Started,
    Undone,
    WaitAgreed,
    Won,
)
from playbooks.history import Journey, Spent, Status, in_force, record, replay
from playbooks.model import Counts, Waiting
from playbooks.refusal import Refused
from tests.unit.journey.builders import COLLEAGUE, MANAGER, MONDAY, REP, WEEK, action, playbook

BOOK = playbook(4, waiting=Waiting(days=10, times=2), contacts_without_progress=3)
MEMBERS = st.sampled_from([REP, COLLEAGUE, MANAGER])
DAYS_AHEAD = st.integers(-1, 30)
EVIDENCE = st.frozensets(st.sampled_from(["need1", "need2", "need3", "need4", "hint1", "hint2"]), max_size=2)
OUTCOMES = st.sampled_from(["no_answer", "voicemail", "sent", "talked", "met", "no_show", "pondered"])
MINUTES = st.none() | st.integers(-1, 481)


class Histories(RuleBasedStateMachine):
    @initialize()
    def start(self) -> None:
        self.today = MONDAY
        self.before: list[Journey] = []
        first = rules.start(owner=REP, next_action=action(MONDAY), on=MONDAY)
        self.journey = Journey(BOOK)
        self._keep(first, by=REP)

    def _keep(self, events: Any, by: int | None) -> None:
        """Records an act; `before` holds the journey before each act that is still in force."""
        if not events:
            return
        if isinstance(events[0], Undone):
            earlier = self.before.pop()
        else:
            earlier = None
            self.before.append(self.journey)
        at = datetime.combine(self.today, time(12), tzinfo=UTC)
        known = self.journey
        self.journey = record(known, events, at=at, on=self.today, by=by)
        assert self.journey.history[: known.version] == known.history
        self._moved_by_one_step_at_most(known, events)
        if earlier is not None:
            assert replace(self.journey, history=()) == replace(self._begun(earlier), history=())

    def _begun(self, earlier: Journey) -> Journey:
        """A withdrawn journey keeps whose it was and since when."""
        if self.journey.status is not Status.WITHDRAWN:
            return earlier
        return replace(earlier, owner=self.journey.owner, entered_on=self.journey.entered_on)

    def _moved_by_one_step_at_most(self, known: Journey, events: Any) -> None:
        if not isinstance(events[0], Undone):
            advances = sum(isinstance(event, Advanced) for event in events)
            assert self.journey.step_number == known.step_number + advances

    def _try(self, verb: Any, author: int | None, /, **details: Any) -> None:
        """The verb happens or is refused; neither touches the journey it was given."""
        known = replay(BOOK, self.journey.history)
        try:
            events = verb(self.journey, **details)
        except Refused:
            events = ()
        assert self.journey == known
        if self.journey.status is Status.WITHDRAWN:
            assert not events
        self._keep(events, author)

    def _action(self, ahead: int) -> Any:
        return action(self.today + timedelta(days=ahead), "Call", "call")

    @rule(days=st.integers(1, 20))
    def time_passes(self, days: int) -> None:
        self.today += timedelta(days=days)

    @rule(by=MEMBERS, ahead=DAYS_AHEAD, times=st.integers(1, 2))
    def advance(self, by: int, ahead: int, times: int) -> None:
        here = self.journey.step_number
        decided = [frozenset({f"need{here + taken}"}) for taken in range(times)]
        self._try(rules.advance, by, decided=decided, next_action=self._action(ahead), on=self.today)

    @rule(by=MEMBERS, decided=st.lists(EVIDENCE, min_size=1, max_size=2), to=st.none() | st.integers(0, 6))
    def advance_somehow(self, by: int, decided: list[frozenset[str]], to: int | None) -> None:
        self._try(rules.advance, by, decided=decided, next_action=self._action(1), on=self.today, to=to)

    @rule(by=MEMBERS, evidence=EVIDENCE)
    def tick(self, by: int, evidence: frozenset[str]) -> None:
        self._try(rules.tick, by, evidence=evidence)

    @rule(by=MEMBERS, outcome=OUTCOMES, minutes=MINUTES, ahead=st.none() | DAYS_AHEAD)
    def log(self, by: int, outcome: str, minutes: int | None, ahead: int | None) -> None:
        planned = None if ahead is None else self._action(ahead)
        self._try(rules.log, by, outcome=outcome, minutes=minutes, next_action=planned, on=self.today)

    @rule(by=MEMBERS, ahead=DAYS_AHEAD)
    def plan(self, by: int, ahead: int) -> None:
        self._try(rules.plan, by, next_action=self._action(ahead), on=self.today)

    @rule(by=MEMBERS, ahead=DAYS_AHEAD)
    def wait(self, by: int, ahead: int) -> None:
        until = self.today + timedelta(days=ahead)
        known = self.journey
        clock = self._clock_left()
        self._try(rules.wait, by, until=until, on=self.today, calendar=WEEK, what="Call back")
        if self.journey is not known:
            assert self.journey.waits_on(self.today)
            assert not stall(self.journey, WEEK, self.today)
            if clock > 0:
                assert WEEK.between(until, deadlines(self.journey, WEEK).decision_due_on) == clock

    def _clock_left(self) -> int:
        """Working days until the decision is due, the wait that runs left out; 0 when there are none left."""
        if not self.journey.is_open:
            return 0
        wait = self.journey.waits_on(self.today)
        return WEEK.between(wait.until if wait else self.today, deadlines(self.journey, WEEK).decision_due_on)

    @rule(by=MEMBERS, ahead=DAYS_AHEAD)
    def force(self, by: int, ahead: int) -> None:
        due_on = self.today + timedelta(days=ahead)
        known = self.journey
        self._try(rules.force_decision, by, due_on=due_on, on=self.today, what="Ask", calendar=WEEK)
        if self.journey is not known:
            assert decision_is_due(self.journey, WEEK, due_on)

    @rule(by=MEMBERS, owner=MEMBERS)
    def assign(self, by: int, owner: int) -> None:
        self._try(rules.assign, by, owner=owner)

    @rule(by=MEMBERS, reason=st.sampled_from(["price", "other", "weather"]), text=st.none() | st.text(max_size=9))
    def lose(self, by: int, reason: str, text: str | None) -> None:
        self._try(rules.lose, by, reason=reason, text=text)

    @rule(by=MEMBERS | st.none())
    def close_undecided(self, by: int | None) -> None:
        self._try(rules.close_undecided, by)

    @rule(by=MEMBERS, ahead=DAYS_AHEAD)
    def not_now(self, by: int, ahead: int) -> None:
        self._try(rules.not_now, by, returns_on=self.today + timedelta(days=ahead), on=self.today)

    @rule(by=MEMBERS)
    def undo(self, by: int) -> None:
        self._try(rules.undo, by, by=by, leads=by == MANAGER, on=self.today, calendar=WEEK)

    @precondition(lambda self: len(self.before) > 1 and not self.journey.is_open)
    @rule()
    def reopen(self) -> None:
        """A manager undoes, so that histories go on after an end."""
        self._try(rules.undo, MANAGER, by=MANAGER, leads=True, on=self.today, calendar=WEEK)

    @invariant()
    def an_open_journey_has_one_dated_next_action_and_a_closed_one_none(self) -> None:
        assert self.journey.is_open == isinstance(getattr(self.journey.next_action, "on", None), date)

    @invariant()
    def a_closed_journey_says_why(self) -> None:
        journey = self.journey
        if journey.is_open or journey.status is Status.WITHDRAWN:
            assert (journey.closed_on, journey.reason, journey.returns_on) == (None, None, None)
            return
        assert journey.closed_on is not None
        assert (journey.reason is not None) == (journey.status is Status.LOST)
        assert (journey.returns_on is not None) == (journey.status is Status.NOT_NOW)

    @invariant()
    def steps_in_force_follow_each_other(self) -> None:
        events = [entry.event for entry in in_force(self.journey.history)]
        steps = [event.step for event in events if isinstance(event, Advanced)]
        assert steps == list(range(2, 2 + len(steps)))
        assert self.journey.step_number == 1 + len(steps)
        if any(isinstance(event, Won) for event in events):
            assert self.journey.step_number == BOOK.last

    @invariant()
    def replaying_gives_the_same_journey(self) -> None:
        assert replay(BOOK, self.journey.history) == self.journey

    @invariant()
    def what_is_in_force_by_itself_makes_the_same_journey(self) -> None:
        alone = self._begun(replay(BOOK, in_force(self.journey.history)))
        assert replace(alone, history=self.journey.history) == self.journey

    @invariant()
    def every_event_stays_with_its_number(self) -> None:
        assert [entry.seq for entry in self.journey.history] == list(range(1, self.journey.version + 1))
        undone = [e.event.undoes for e in self.journey.history if isinstance(e.event, Undone)]
        assert len(undone) == len(set(undone))

    @invariant()
    def spent_is_what_was_logged_since_the_last_progress(self) -> None:
        events = [entry.event for entry in in_force(self.journey.history)]
        progress = max((i for i, e in enumerate(events) if isinstance(e, Advanced | Started)), default=0)
        touches = [event for event in events[progress:] if isinstance(event, Contacted)]
        contacts = [i for i, touch in enumerate(touches) if touch.counts is Counts.CONTACT]
        assert self.journey.spent == Spent(
            contacts=len(contacts),
            attempts=len(touches) - (contacts[-1] + 1 if contacts else 0),
            minutes=sum(touch.minutes or 0 for touch in touches),
            unlogged=sum(touch.minutes is None for touch in touches),
        )

    @invariant()
    def at_most_one_wait_runs(self) -> None:
        for ahead in range(-5, 30):
            day = self.today + timedelta(days=ahead)
            assert sum(wait.agreed_on <= day < wait.until for wait in self.journey.waits) <= 1
        assert len(self.journey.waits) <= BOOK.steps[0].waiting.times

    @invariant()
    def a_wait_stops_every_deadline(self) -> None:
        if self.journey.waits_on(self.today):
            assert stall(self.journey, WEEK, self.today) is None
            assert not decision_is_due(self.journey, WEEK, self.today)

    @invariant()
    def waits_and_forced_decisions_plan_our_next_action(self) -> None:
        kinds = [type(entry.event) for entry in self.journey.history]
        for kind, following in zip(kinds, [*kinds[1:], None], strict=True):
            if kind in (WaitAgreed, DecisionForced, Started, Contacted):
                assert following is NextActionSet

    @invariant()
    def every_event_comes_back_from_its_json(self) -> None:
        for entry in self.journey.history[-4:]:
            assert EVENT.validate_json(EVENT.dump_json(entry.event)) == entry.event


Histories.TestCase.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
TestHistories = Histories.TestCase
