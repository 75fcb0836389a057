"""A playbook of three steps, and a story that tells what happens to one prospect day by day."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Self

import pytest

from playbooks import journey as rules
from playbooks.calendar import Calendar
from playbooks.defaults import default_lost_reasons, default_outcomes
from playbooks.events import Event, NextAction
from playbooks.history import Journey, record
from playbooks.model import Ask, Channel, Evidence, Moment, Playbook, Script, Step
from playbooks.refusal import Refusal, Refused

MONDAY = date(2026, 3, 2)
REP, COLLEAGUE, MANAGER = 1, 2, 3
WEEK = Calendar(zone="Europe/Amsterdam")


def working_day(number: int) -> date:
    """The working day that comes this many working days after `MONDAY`."""
    return WEEK.add(MONDAY, number)


def moment(key: str, channel: Channel = Channel.PHONE, after: int = 2, variants: str = "A") -> Moment:
    ask = Ask(step="step2", words="Shall we?")
    scripts = tuple(Script(variant=v, opening=f"{key} {v}", ask=ask) for v in variants)
    return Moment(key=key, name=key.title(), channel=channel, after=after, minutes=20, scripts=scripts)


def step(number: int, **changes: Any) -> Step:
    """A step that needs its `need` shown and may show a `hint`."""
    usual: dict[str, Any] = {
        "key": f"step{number}",
        "name": f"Step {number}",
        "decision": "We go on",
        "evidence": (
            Evidence(key=f"need{number}", text="Named the need"),
            Evidence(key=f"hint{number}", text="Gave a hint", required=False),
        ),
        "sells": Ask(step=f"step{number + 1}", words="The next step"),
        "stalled_after": 5,
        "decision_due_after": 10,
        "moments": (moment("call", variants="AB"), moment("mail", Channel.EMAIL), moment("visit", variants="BC")),
    }
    return Step(**usual | changes)


def playbook(steps: int = 3, **of_each_step: Any) -> Playbook:
    return Playbook(
        schema=1,
        key="services",
        name="Services",
        language="en",
        outcomes=default_outcomes("en"),
        lost_reasons=default_lost_reasons("en"),
        steps=tuple(step(number, **of_each_step) for number in range(1, steps + 1)),
    )


def action(on: date, what: str = "Call", moment: str | None = None) -> NextAction:
    return NextAction(on=on, what=what, moment=moment)


class Story:
    """One prospect, from `MONDAY` on; every verb goes through the gate and into the history."""

    def __init__(self, book: Playbook | None = None, owner: int = REP) -> None:
        self.today = MONDAY
        self.journey = Journey(book or playbook())
        self.add(rules.start(owner=owner, next_action=action(working_day(1)), on=MONDAY), by=owner)

    def add(self, events: tuple[Event, ...], by: int | None = REP) -> Self:
        at = datetime.combine(self.today, time(9), tzinfo=UTC)
        self.journey = record(self.journey, events, at=at, on=self.today, by=by)
        return self

    def on(self, day: date) -> Self:
        self.today = day
        return self

    def later(self, days: int = 1) -> Self:
        return self.on(self.today + timedelta(days=days))

    def next_action(self, **changes: Any) -> NextAction:
        return action(**{"on": self.today + timedelta(days=1), **changes})

    def advance(self, *, by: int = REP, **changes: Any) -> Self:
        usual: dict[str, Any] = {
            "decided": [frozenset({f"need{self.journey.step_number}"})],
            "next_action": self.next_action(),
            "on": self.today,
        }
        return self.add(rules.advance(self.journey, **usual | changes), by)

    def log(self, outcome: str = "talked", *, by: int = REP, **changes: Any) -> Self:
        usual: dict[str, Any] = {"next_action": self.next_action(), "on": self.today}
        return self.add(rules.log(self.journey, outcome=outcome, **usual | changes), by)

    def plan(self, **changes: Any) -> Self:
        return self.add(rules.plan(self.journey, next_action=self.next_action(**changes), on=self.today))

    def tick(self, *keys: str) -> Self:
        return self.add(rules.tick(self.journey, evidence=frozenset(keys)))

    def wait(
        self, until: date, calendar: Calendar = WEEK, what: str = "Call back", why: str | None = None
    ) -> Self:
        return self.add(
            rules.wait(self.journey, until=until, on=self.today, calendar=calendar, what=what, why=why)
        )

    def force(self, due_on: date, what: str = "Ask for the decision") -> Self:
        return self.add(rules.force_decision(self.journey, due_on=due_on, on=self.today, what=what, calendar=WEEK))

    def lose(self, reason: str = "price", text: str | None = None, *, by: int = REP) -> Self:
        return self.add(rules.lose(self.journey, reason=reason, text=text), by)

    def close_undecided(self, *, by: int | None = REP) -> Self:
        return self.add(rules.close_undecided(self.journey), by)

    def not_now(self, returns_on: date) -> Self:
        return self.add(rules.not_now(self.journey, returns_on=returns_on, on=self.today))

    def assign(self, owner: int, *, by: int = REP) -> Self:
        return self.add(rules.assign(self.journey, owner=owner), by)

    def undo(self, *, by: int = REP, leads: bool = False) -> Self:
        events = rules.undo(self.journey, by=by, leads=leads, on=self.today, calendar=WEEK)
        return self.add(events, by)


class refused:  # noqa: N801 - it reads as a word of the test: with refused(...)
    """The gate stays shut for this reason; `details` holds what came with it."""

    def __init__(self, code: Refusal) -> None:
        self.code = code
        self.details: dict[str, Any] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> bool:
        if error is None:
            pytest.fail(f"not refused, though {self.code} was expected")
        if not isinstance(error, Refused):
            return False
        assert error.code is self.code
        self.details = error.details
        return True
