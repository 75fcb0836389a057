"""What may happen to a prospect: the one gate for every way in.

Each verb takes a journey as it stands and gives the events that follow, or raises `Refused` and changes
nothing. `history.record` puts them into the journey's history.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from playbooks.calendar import Calendar
from playbooks.events import (
    MOST_MINUTES,
    Advanced,
    Assigned,
    Contacted,
    DecisionForced,
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
from playbooks.history import Journey, in_force
from playbooks.model import Step, variant_id
from playbooks.refusal import Refusal, Refused

OTHER = "other"
"""The lost reason that needs words of its own."""

_FURTHEST = timedelta(days=366)
_FURTHEST_RETURN = timedelta(days=3 * 366)


def start(
    *,
    owner: int,
    next_action: NextAction,
    on: date,
    source: str | None = None,
    returned: bool = False,
) -> tuple[Event, ...]:
    """Begins at step 1 with the first next action."""
    _check_next_action(next_action, on)
    return Started(owner=owner, source=source, returned=returned), NextActionSet(action=next_action)


def advance(
    journey: Journey,
    *,
    decided: Sequence[frozenset[str]],
    next_action: NextAction | None,
    on: date,
    to: int | None = None,
) -> tuple[Event, ...]:
    """Moves one step for each decision the prospect took, each with its own evidence; from the last step: won.

    `decided` holds the ticked evidence of the present step, then of the following ones. `to` is the step the
    person named, if any: anything but the next one is refused.
    """
    _check_open(journey)
    if to is not None and to != journey.step_number + len(decided):
        raise _skip(journey, to)
    events: list[Event] = []
    for taken, evidence in enumerate(decided):
        number = journey.step_number + taken
        if number > journey.playbook.last:
            raise _skip(journey, number + 1)
        step = journey.playbook.step(number)
        _check_evidence(step, evidence)
        ticked = _in_order(step, evidence)
        won = number == journey.playbook.last
        events.append(Won(evidence=ticked) if won else Advanced(step=number + 1, evidence=ticked))
    if isinstance(events[-1], Won):
        return tuple(events)
    return *events, _planned(next_action, on)


def tick(journey: Journey, *, evidence: frozenset[str]) -> tuple[Event, ...]:
    """Keeps which evidence of the step is there, without progress."""
    _check_open(journey)
    _check_known_evidence(journey.step, evidence)
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
    """One touch and how it ended; the next action is never left empty.

    `variant` is the letter of a script of `moment` (or of the step, when no moment is named).
    """
    _check_open(journey)
    known = journey.playbook.outcome(outcome)
    if known is None:
        raise Refused(Refusal.OUTCOME_UNKNOWN, said=outcome, outcomes=journey.playbook.outcomes)
    if minutes is not None and not 0 <= minutes <= MOST_MINUTES:
        raise Refused(Refusal.MINUTES_OUT_OF_RANGE, minutes=minutes, most=MOST_MINUTES)
    contact = Contacted(
        outcome=known.key,
        counts=known.counts,
        moment=moment,
        script=_script(journey.step, moment, variant) if variant else None,
        minutes=minutes,
        note=note,
    )
    return contact, _planned(next_action, on)


def plan(journey: Journey, *, next_action: NextAction, on: date) -> tuple[Event, ...]:
    """Gives the journey another next action."""
    _check_open(journey)
    if next_action == journey.next_action:
        return ()
    return (_planned(next_action, on),)


def lose(journey: Journey, *, reason: str, text: str | None = None) -> tuple[Event, ...]:
    """The prospect said no; the reason is one of the playbook's, `other` with words."""
    _check_open(journey)
    if journey.playbook.lost_reason(reason) is None:
        raise Refused(Refusal.REASON_UNKNOWN, said=reason, reasons=journey.playbook.lost_reasons)
    if reason == OTHER and not text:
        raise Refused(Refusal.REASON_NEEDS_TEXT)
    return (Lost(reason=reason, text=text or None),)


def close_undecided(journey: Journey, *, text: str | None = None) -> tuple[Event, ...]:
    """No decision came, and we stop waiting for it."""
    _check_open(journey)
    return (NoDecision(text=text),)


def not_now(journey: Journey, *, returns_on: date, on: date, text: str | None = None) -> tuple[Event, ...]:
    """Back to marketing until its date."""
    _check_open(journey)
    _check_date(returns_on, on, earliest=on + timedelta(days=1), furthest=_FURTHEST_RETURN)
    return (NotNow(returns_on=returns_on, text=text),)


def wait(
    journey: Journey, *, until: date, on: date, calendar: Calendar, what: str, why: str | None = None
) -> tuple[Event, ...]:
    """The prospect named a date: waiting, within what the step allows; our next action is that day.

    `calendar` is the owner's, `what` the words for the next action.
    """
    _check_open(journey)
    limits = journey.step.waiting
    _check_date(until, on, earliest=on + timedelta(days=1), furthest=_FURTHEST)
    if len(journey.waits) >= limits.times:
        raise Refused(Refusal.WAIT_TOO_OFTEN, times=limits.times)
    latest = calendar.add(on, limits.days)
    if until > latest:
        raise Refused(Refusal.WAIT_TOO_LONG, latest=latest, days=limits.days)
    return (
        WaitAgreed(until=until, why=why),
        NextActionSet(action=NextAction(on=calendar.add(until, 0), what=what)),
    )


def force_decision(journey: Journey, *, due_on: date, on: date, what: str) -> tuple[Event, ...]:
    """Asks the prospect to decide by a date; our next action is that day."""
    _check_open(journey)
    _check_date(due_on, on, earliest=on, furthest=_FURTHEST)
    return DecisionForced(due_on=due_on), NextActionSet(action=NextAction(on=due_on, what=what))


def assign(journey: Journey, *, owner: int) -> tuple[Event, ...]:
    """Hands the prospect over."""
    _check_open(journey)
    if owner == journey.owner:
        raise Refused(Refusal.OWNER_ALREADY)
    return (Assigned(owner=owner),)


def undo(journey: Journey, *, by: int, leads: bool) -> tuple[Event, ...]:
    """Takes back the last change that is in force, in reverse order; by its author or who `leads`.

    What Nextstep did by itself may be taken back by the prospect's owner as well.
    """
    standing = in_force(journey.history)
    if not standing:
        raise Refused(Refusal.NOTHING_TO_UNDO)
    last = standing[-1]
    author = last.by if last.by is not None else journey.owner
    if by != author and not leads:
        raise Refused(Refusal.NOT_YOURS_TO_UNDO, by=author)
    return tuple(Undone(undoes=entry.seq) for entry in reversed(standing) if entry.change == last.change)


def _check_open(journey: Journey) -> None:
    if not journey.is_open:
        raise Refused(Refusal.CLOSED, status=journey.status)


def _skip(journey: Journey, asked: int) -> Refused:
    return Refused(Refusal.SKIPS_A_STEP, step=journey.step, next=journey.next_step, asked=asked)


def _check_evidence(step: Step, evidence: frozenset[str]) -> None:
    _check_known_evidence(step, evidence)
    if missing := step.missing(evidence):
        raise Refused(Refusal.EVIDENCE_MISSING, step=step, missing=missing)


def _check_known_evidence(step: Step, evidence: frozenset[str]) -> None:
    if unknown := evidence - {item.key for item in step.evidence}:
        raise Refused(Refusal.EVIDENCE_UNKNOWN, step=step, unknown=tuple(sorted(unknown)))


def _in_order(step: Step, evidence: frozenset[str]) -> tuple[str, ...]:
    return tuple(item.key for item in step.evidence if item.key in evidence)


def _planned(next_action: NextAction | None, on: date) -> NextActionSet:
    if next_action is None:
        raise Refused(Refusal.NO_NEXT_ACTION)
    _check_next_action(next_action, on)
    return NextActionSet(action=next_action)


def _check_next_action(next_action: NextAction, on: date) -> None:
    _check_date(next_action.on, on, earliest=on, furthest=_FURTHEST)


def _check_date(day: date, today: date, *, earliest: date, furthest: timedelta) -> None:
    if day < earliest:
        raise Refused(Refusal.DATE_PAST, date=day, today=today)
    if day > today + furthest:
        raise Refused(Refusal.DATE_TOO_FAR, date=day, latest=today + furthest)


def _script(step: Step, moment: str | None, variant: str) -> str:
    """The id of the words that were used; the first moment that has this variant, when none is named."""
    moments = [m for m in step.moments if moment in (None, m.key)]
    for candidate in moments:
        for script in candidate.scripts:
            if script.variant == variant.upper():
                return variant_id(step, candidate, script)
    known = sorted({script.variant for m in moments for script in m.scripts})
    raise Refused(Refusal.SCRIPT_UNKNOWN, said=variant, scripts=tuple(known))
