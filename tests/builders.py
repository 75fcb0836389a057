"""Playbooks, members, prospects and journeys as tests need them: one call each, with the usual values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from playbooks import journey as rules
from playbooks.calendar import Calendar
from playbooks.defaults import default_lost_reasons, default_outcomes
from playbooks.events import Event, NextAction
from playbooks.history import Journey, record
from playbooks.model import Ask, Channel, Evidence, Moment, Playbook, Script, Step
from playbooks.ports import NewMember, Tracked, UnitOfWork, Units
from playbooks.team import Member, Role

MONDAY = date(2026, 3, 2)
WORKSPACE = "T0NEXT"
ZONE = "Europe/Amsterdam"
WEEK = Calendar(ZONE)


def noon(day: date) -> datetime:
    """An instant on this day."""
    return datetime.combine(day, time(12), tzinfo=UTC)


def a_step(number: int, **changes: Any) -> Step:
    """A step with one piece of required evidence, `need<number>`, and one moment, `call`."""
    ask = Ask(step=f"step{number + 1}", words="Shall we?")
    usual: dict[str, Any] = {
        "key": f"step{number}",
        "name": f"Step {number}",
        "decision": "We go on",
        "evidence": (Evidence(key=f"need{number}", text="Named the need"),),
        "sells": ask,
        "stalled_after": 5,
        "decision_due_after": 10,
        "moments": (
            Moment(
                key="call",
                name="Call",
                channel=Channel.PHONE,
                after=1,
                minutes=20,
                scripts=(Script(variant="A", opening="Hello", ask=ask),),
            ),
        ),
    }
    return Step(**usual | changes)


def a_playbook(key: str = "services", *, steps: int = 3, **of_each_step: Any) -> Playbook:
    return Playbook(
        schema=1,
        key=key,
        name=key.title(),
        language="en",
        outcomes=default_outcomes("en"),
        lost_reasons=default_lost_reasons("en"),
        steps=tuple(a_step(number, **of_each_step) for number in range(1, steps + 1)),
    )


def an_action(on: date, what: str = "Call", moment: str | None = None) -> NextAction:
    return NextAction(on=on, what=what, moment=moment)


def started(playbook: Playbook, owner: int, *, on: date = MONDAY, **changes: Any) -> Journey:
    """A journey at step 1 with a next action on the next day."""
    usual = {"owner": owner, "next_action": an_action(on + timedelta(days=1)), "on": on}
    return told(Journey(playbook), rules.start(**usual | changes), on=on, by=owner)


def told(journey: Journey, events: Sequence[Event], *, on: date = MONDAY, by: int | None = None) -> Journey:
    """The journey after these events, at noon of the day, by its owner unless said otherwise."""
    return record(journey, events, at=noon(on), on=on, by=journey.owner if by is None else by)


def advanced(journey: Journey, *, on: date = MONDAY, times: int = 1, by: int | None = None) -> Journey:
    """One step on for each time, each with its evidence; from the last step: won."""
    numbers = range(journey.step_number, journey.step_number + times)
    decided = [frozenset({f"need{number}"}) for number in numbers]
    next_action = an_action(on + timedelta(days=1))
    return told(journey, rules.advance(journey, decided=decided, next_action=next_action, on=on), on=on, by=by)


def lost(journey: Journey, reason: str = "price", *, on: date = MONDAY) -> Journey:
    return told(journey, rules.lose(journey, reason=reason), on=on)


def undone(journey: Journey, *, on: date = MONDAY, by: int | None = None) -> Journey:
    author = journey.owner if by is None else by
    return told(journey, rules.undo(journey, by=author, leads=True, on=on, calendar=WEEK), on=on, by=author)


@dataclass(frozen=True, slots=True)
class Office:
    """A founded workspace with a playbook of three steps and two reps."""

    units: Units
    slack_team: str
    playbook: Playbook
    playbook_id: int
    rep: Member
    colleague: Member

    def start(self, name: str = "Acme BV", *, owner: int | None = None, **changes: Any) -> Tracked:
        """A prospect at step 1, its journey committed."""
        with self.units.writing(self.slack_team) as uow:
            prospect = uow.prospects.add(name, source=changes.get("source"), value=None, people=())
            journey = started(self.playbook, owner or self.rep.id, **changes)
            tracked = uow.journeys.start(prospect, self.playbook_id, journey, uow.members.calendar(journey.owner))
            uow.commit()
        return tracked

    def save(self, tracked: Tracked, journey: Journey) -> Tracked:
        """What `journey` has beyond `tracked`, committed."""
        with self.units.writing(self.slack_team) as uow:
            saved = uow.journeys.save(tracked, journey, uow.members.calendar(journey.owner))
            uow.commit()
        return saved


def an_office(units: Units, slack_team: str = WORKSPACE, playbook: Playbook | None = None) -> Office:
    book = playbook or a_playbook()
    units.found(slack_team, "Next", ZONE)
    with units.writing(slack_team) as uow:
        rep = a_member(uow, "U1REP", "Robin")
        colleague = a_member(uow, "U2COL", "Sam")
        published = uow.playbooks.publish("schema: 1", book, at=noon(MONDAY), by=rep.id)
        uow.commit()
    return Office(units, slack_team, book, published.id, rep, colleague)


def a_member(uow: UnitOfWork, slack_id: str, name: str, role: Role = Role.REP, zone: str = ZONE) -> Member:
    return uow.members.add(
        NewMember(slack_id=slack_id, name=name, role=role, locale="en-GB", zone=zone, team_id=uow.team.id)
    )
