"""What every verb of a journey insists on before anything happens; each check raises `Refused`."""

from __future__ import annotations

from datetime import date, timedelta

from playbooks.events import MOST_MINUTES, MOST_TEXT, MOST_WHAT, NextAction
from playbooks.history import Journey
from playbooks.model import Moment, Step, variant_id
from playbooks.refusal import Refusal, Refused

FURTHEST = timedelta(days=366)
"""How far ahead a next action, a wait or a decision may lie at all."""


def check_open(journey: Journey) -> None:
    if not journey.is_open:
        raise Refused(Refusal.CLOSED, status=journey.status)


def check_known_evidence(step: Step, evidence: frozenset[str]) -> None:
    if unknown := evidence - {item.key for item in step.evidence}:
        raise Refused(Refusal.EVIDENCE_UNKNOWN, step=step, unknown=tuple(sorted(unknown)))


def check_evidence(step: Step, evidence: frozenset[str]) -> None:
    """All that is required; where nothing is, at least one thing that shows the decision was taken."""
    check_known_evidence(step, evidence)
    if missing := step.missing(evidence) or (step.evidence if not evidence else ()):
        raise Refused(Refusal.EVIDENCE_MISSING, step=step, missing=missing)


def check_date(day: date, today: date, *, earliest: date, furthest: timedelta = FURTHEST) -> None:
    if day < earliest:
        raise Refused(Refusal.DATE_PAST, date=day, today=today)
    if day > today + furthest:
        raise Refused(Refusal.DATE_TOO_FAR, date=day, latest=today + furthest)


def check_next_action(next_action: NextAction, on: date) -> None:
    check_date(next_action.on, on, earliest=on)


def check_moment(step: Step, key: str | None, planned: NextAction | None) -> None:
    """One of the step's moments, or the one that was planned: newer words may have dropped that since."""
    if key is None or step.moment(key) or (planned and planned.moment == key):
        return
    raise Refused(Refusal.MOMENT_UNKNOWN, said=key, moments=step.moments)


def check_minutes(minutes: int | None) -> None:
    if minutes is not None and not 0 <= minutes <= MOST_MINUTES:
        raise Refused(Refusal.MINUTES_OUT_OF_RANGE, minutes=minutes, most=MOST_MINUTES)


def check_waits_left(journey: Journey) -> None:
    """Whether the prospect may name a date of its own once more in this step."""
    limits = journey.step.waiting
    times = limits.times if limits.days else 0
    if len(journey.waits) >= times:
        raise Refused(Refusal.WAIT_TOO_OFTEN, times=times)


def cleaned(text: str | None, most: int = MOST_TEXT) -> str | None:
    """What a person wrote, without blanks around it; None when nothing is left."""
    text = (text or "").strip()
    if len(text) > most:
        raise Refused(Refusal.TEXT_TOO_LONG, length=len(text), most=most)
    return text or None


def dated(on: date, what: str, moment: str | None = None) -> NextAction:
    """A next action in a person's own words; these may not be empty and must fit a line."""
    words = cleaned(what, MOST_WHAT)
    if words is None:
        raise Refused(Refusal.NO_NEXT_ACTION)
    return NextAction(on=on, what=words, moment=moment)


def script_used(step: Step, moment: str | None, planned: str | None, variant: str) -> tuple[Moment, str]:
    """The moment and the id of the words that were used.

    When no moment is named: the planned one if it has this variant, else the step's first that has it.
    """
    moments = [m for m in step.moments if moment in (None, m.key)]
    for candidate in sorted(moments, key=lambda m: m.key != planned):
        for script in candidate.scripts:
            if script.variant == variant.strip().upper():
                return candidate, variant_id(step, candidate, script)
    known = sorted({script.variant for m in moments for script in m.scripts})
    raise Refused(Refusal.SCRIPT_UNKNOWN, said=variant, scripts=tuple(known))
