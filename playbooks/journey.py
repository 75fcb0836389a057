"""What may happen to a prospect: the one gate for every way in.

Each verb takes a journey as it stands and gives the events that follow, or raises `Refused` and changes
nothing. `history.record` puts them into the journey's history.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from playbooks.calendar import Calendar
from playbooks.deadlines import latest_decision
from playbooks.events import (
    Advanced,
    Assigned,
    Contacted,
    DecisionForced,
    Entry,
    Event,
    EvidenceTicked,
    Lost,
    NextAction,
    NextActionSet,
    NoDecision,
    NotNow,
    Started,
    Undone,
    WaitAgreed,
    Won,
)
from playbooks.gate import (
    check_date,
    check_evidence,
    check_known_evidence,
    check_minutes,
    check_moment,
    check_next_action,
    check_open,
    check_waits_left,
    cleaned,
    dated,
    script_used,
)
from playbooks.history import Journey, in_force
from playbooks.model import Step
from playbooks.refusal import Refusal, Refused

OTHER = "other"
"""The lost reason that needs words of its own."""

UNDO_CLOSING_WITHIN = 5
"""Working days in which a closing that Nextstep did by itself can be taken back."""

_FURTHEST_RETURN = timedelta(days=3 * 366)
_WITHOUT_DAYS_OFF = Calendar(zone="UTC")


def start(
    *,
    owner: int,
    next_action: NextAction,
    on: date,
    source: str | None = None,
    returned: bool = False,
    note: str | None = None,
) -> tuple[Event, ...]:
    """Begins at step 1 with the first next action."""
    check_next_action(next_action, on)
    started = Started(owner=owner, source=source, returned=returned, note=cleaned(note))
    return started, NextActionSet(action=next_action)


def advance(
    journey: Journey,
    *,
    decided: Sequence[frozenset[str]],
    next_action: NextAction | None,
    on: date,
    to: int | None = None,
    note: str | None = None,
) -> tuple[Event, ...]:
    """Moves one step for each decision the prospect took, each with its own evidence; from the last step: won.

    `decided` holds the ticked evidence of the present step, then of the following ones. `to` is the step the
    person named, if any: anything but the next one is refused. `note` stays with the first of the decisions.
    Progress ends a wait and a forced decision.
    """
    check_open(journey)
    if not decided:
        raise ValueError("advancing takes the evidence of at least one decision")
    check_next_step(journey, to, decisions=len(decided))
    events: list[Event] = []
    for taken, evidence in enumerate(decided):
        number = journey.step_number + taken
        if number > journey.playbook.last:
            raise _skip(journey, number + 1)
        step = journey.playbook.step(number)
        check_evidence(step, evidence)
        ticked, words = _in_order(step, evidence), None if taken else cleaned(note)
        won = number == journey.playbook.last
        events.append(
            Won(evidence=ticked, note=words) if won else Advanced(step=number + 1, evidence=ticked, note=words)
        )
    if isinstance(events[-1], Won):
        return tuple(events)
    arrived = journey.playbook.step(journey.step_number + len(decided))
    return *events, _planned(next_action, on, arrived, None)


def check_next_step(journey: Journey, to: int | None, *, decisions: int = 1) -> None:
    """Raises `Refused(SKIPS_A_STEP)` when the step that somebody named is not where the decisions lead."""
    if to is not None and to != journey.step_number + decisions:
        raise _skip(journey, to)


def tick(journey: Journey, *, evidence: frozenset[str]) -> tuple[Event, ...]:
    """Keeps which evidence of the step is there, without progress."""
    check_open(journey)
    check_known_evidence(journey.step, evidence)
    if evidence == journey.ticked:
        return ()
    return (EvidenceTicked(evidence=_in_order(journey.step, evidence)),)


def log(
    journey: Journey,
    *,
    outcome: str,
    next_action: NextAction | None,
    on: date,
    moment: str | None = None,
    variant: str | None = None,
    minutes: int | None = None,
    note: str | None = None,
) -> tuple[Event, ...]:
    """One touch and how it ended; the next action is never left empty. A wait that runs goes on.

    `variant` is the letter of a script of `moment`; when no moment is named, of the planned one, else of the
    first in the step that has it, and that one is then the moment.
    """
    check_open(journey)
    known = journey.playbook.outcome(outcome)
    if known is None:
        raise Refused(Refusal.OUTCOME_UNKNOWN, said=outcome, outcomes=journey.playbook.outcomes)
    check_minutes(minutes)
    planned = journey.next_action
    check_moment(journey.step, moment, planned)
    script = None
    if variant:
        used, script = script_used(journey.step, moment, planned.moment if planned else None, variant)
        moment = used.key
    contact = Contacted(
        outcome=known.key,
        counts=known.counts,
        moment=moment,
        script=script,
        minutes=minutes,
        note=cleaned(note),
    )
    return contact, _planned(next_action, on, journey.step, planned)


def plan(journey: Journey, *, next_action: NextAction, on: date) -> tuple[Event, ...]:
    """Gives the journey another next action.

    It may lie beyond the deadlines, which it does not move: only the prospect's own date does (`wait`).
    """
    check_open(journey)
    if next_action == journey.next_action:
        return ()
    return (_planned(next_action, on, journey.step, journey.next_action),)


def lose(journey: Journey, *, reason: str, text: str | None = None) -> tuple[Event, ...]:
    """The prospect said no; the reason is one of the playbook's, `other` with words."""
    check_open(journey)
    if journey.playbook.lost_reason(reason) is None:
        raise Refused(Refusal.REASON_UNKNOWN, said=reason, reasons=journey.playbook.lost_reasons)
    text = cleaned(text)
    if reason == OTHER and text is None:
        raise Refused(Refusal.REASON_NEEDS_TEXT)
    return (Lost(reason=reason, text=text),)


def close_undecided(journey: Journey, *, text: str | None = None) -> tuple[Event, ...]:
    """No decision came, and we stop waiting for it."""
    check_open(journey)
    return (NoDecision(text=cleaned(text)),)


def not_now(journey: Journey, *, returns_on: date, on: date, text: str | None = None) -> tuple[Event, ...]:
    """Back to marketing until its date."""
    check_open(journey)
    check_date(returns_on, on, earliest=on + timedelta(days=1), furthest=_FURTHEST_RETURN)
    return (NotNow(returns_on=returns_on, text=cleaned(text)),)


def wait(
    journey: Journey, *, until: date, on: date, calendar: Calendar, what: str, why: str | None = None
) -> tuple[Event, ...]:
    """The prospect named a date: waiting, within what the step allows; our next action is that day.

    A wait that runs ends: the date named last counts, and each one counts as a time. `calendar` is the
    owner's, `what` the words for the next action.
    """
    check_open(journey)
    check_date(until, on, earliest=on + timedelta(days=1))
    check_waits_left(journey)
    if calendar.between(on, until) > (days := journey.step.waiting.days):
        latest = calendar.add(on, days + 1) - timedelta(days=1)
        raise Refused(Refusal.WAIT_TOO_LONG, latest=latest, days=days)
    return (
        WaitAgreed(until=until, why=cleaned(why)),
        NextActionSet(action=dated(calendar.add(until, 0), what)),
    )


def force_decision(
    journey: Journey, *, due_on: date, on: date, what: str, calendar: Calendar = _WITHOUT_DAYS_OFF
) -> tuple[Event, ...]:
    """Asks the prospect to decide by a date; our next action is that day. A wait that runs ends.

    The date may come before the playbook's own, or after it by what the playbook leaves until closing, else
    forcing would be a way to put the decision off. For the same reason it is given once in a step: then only
    an earlier one can take its place. `calendar` is the owner's.
    """
    check_open(journey)
    check_date(due_on, on, earliest=on)
    if due_on > (latest := latest_decision(journey, calendar, on)):
        if journey.decision_due_on is not None:
            raise Refused(Refusal.DECISION_FORCED_ALREADY, due_on=latest)
        raise Refused(Refusal.DECISION_TOO_LATE, latest=latest)
    return DecisionForced(due_on=due_on), NextActionSet(action=dated(due_on, what))


def assign(journey: Journey, *, owner: int, note: str | None = None) -> tuple[Event, ...]:
    """Hands the prospect over."""
    check_open(journey)
    if owner == journey.owner:
        raise Refused(Refusal.OWNER_ALREADY)
    return (Assigned(owner=owner, note=cleaned(note)),)


def undo(
    journey: Journey,
    *,
    by: int,
    leads: bool,
    on: date | None = None,
    calendar: Calendar = _WITHOUT_DAYS_OFF,
) -> tuple[Event, ...]:
    """Takes back the last change that is in force; by its author or who `leads`.

    What was taken back no longer stands in the way: undoing again takes back the change before it, under the
    same rule. An undo itself cannot be undone; doing the thing again says it better.

    What an import brought happened elsewhere, and stays. What Nextstep did by itself may be taken back by the
    prospect's owner as well; a closing of its own within `UNDO_CLOSING_WITHIN` working days, for which `on`
    (today) and the owner's `calendar` are needed. Raises `ValueError` when `on` is missing then.
    """
    standing = in_force(journey.history)
    if not standing:
        raise Refused(Refusal.NOTHING_TO_UNDO)
    last = standing[-1]
    if last.imported:
        raise Refused(Refusal.IMPORTED)
    author = last.by if last.by is not None else journey.owner
    if by != author and not leads:
        raise Refused(Refusal.NOT_YOURS_TO_UNDO, by=author)
    if last.by is None and isinstance(last.event, NoDecision):
        _check_undo_in_time(last, on, calendar)
    return tuple(Undone(undoes=entry.seq) for entry in reversed(standing) if entry.change == last.change)


def _skip(journey: Journey, asked: int) -> Refused:
    return Refused(Refusal.SKIPS_A_STEP, step=journey.step, next=journey.next_step, asked=asked)


def _in_order(step: Step, evidence: frozenset[str]) -> tuple[str, ...]:
    return tuple(item.key for item in step.evidence if item.key in evidence)


def _planned(next_action: NextAction | None, on: date, step: Step, before: NextAction | None) -> NextActionSet:
    """The next action in this step; `before` is the one it replaces."""
    if next_action is None:
        raise Refused(Refusal.NO_NEXT_ACTION)
    check_next_action(next_action, on)
    check_moment(step, next_action.moment, before)
    return NextActionSet(action=next_action)


def _check_undo_in_time(closing: Entry, on: date | None, calendar: Calendar) -> None:
    if on is None:
        raise ValueError("whether Nextstep's own closing can be undone depends on the day: say which")
    if calendar.between(closing.on, on) > UNDO_CLOSING_WITHIN:
        raise Refused(Refusal.UNDO_TOO_LATE, closed_on=closing.on, days=UNDO_CLOSING_WITHIN)
