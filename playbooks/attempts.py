"""What becomes of a claimed delivery. Each function gives it as it is to be recorded: no longer claimed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from playbooks.deliveries import (
    FOLLOWED,
    USUAL,
    Absent,
    Delivery,
    Faulty,
    Found,
    Limited,
    LookUp,
    LookUpAgain,
    LookUpFailed,
    NoMetadata,
    Outcome,
    Refused,
    Sent,
    State,
    Timing,
    Uncertain,
)

# Attempts in a row that taught us nothing (`strikes`), after which we stop.
MOST_WRITINGS: Final = 8
"""Writing the message fails: the cause is ours, and time alone mends little."""
MOST_LOOK_UPS: Final = 10
"""Slack does not answer whether it has it; with the backoff that is about an hour."""
MOST_LAPSES: Final = 20
"""The worker does not come back: whatever kills one every time must not do so for ever."""
LONGEST_ERROR: Final = 500


def after_attempt(
    delivery: Delivery, outcome: Outcome, now: datetime, jitter: float, timing: Timing = USUAL
) -> Delivery:
    """The delivery after one attempt to send it; `jitter` is a chance between 0 and 1."""
    match outcome:
        case Sent(channel, ts):
            return arrived(delivery, channel, ts, now)
        case Limited(retry_after):
            return put_back(delivery, not_before=now + retry_after, error="rate limited")
        case Refused(error):
            return _ended(delivery, State.FAILED, error)
        case Faulty(error):
            return put_back(delivery, not_before=now + backoff(delivery.attempt, jitter, timing), error=error)
        case Uncertain(error, channel):
            # Not sooner than what is on its way can have landed; the jitter keeps a crowd from looking at once.
            later = now + timing.settle + timing.backoff * jitter
            waiting = put_back(delivery, not_before=later, error=error)
            return replace(waiting, uncertain=True, channel=channel or delivery.channel)


def after_look_up(
    delivery: Delivery, found: LookUp, now: datetime, jitter: float, timing: Timing = USUAL
) -> Delivery:
    """The delivery after its key was looked up; still claimed, and certain, when it is not there: send it now."""
    match found:
        case Found(channel, ts):
            return arrived(delivery, channel, ts, now)
        case Absent():
            return replace(delivery, uncertain=False)
        case Limited(retry_after):
            return put_back(delivery, not_before=now + retry_after, error="rate limited")
        case LookUpAgain(error) if delivery.strikes + 1 < MOST_LOOK_UPS:
            return _struck(delivery, error, now, jitter, timing)
        case LookUpAgain(error) | LookUpFailed(error):
            return _ended(delivery, State.UNKNOWN, f"look-up: {error}")
        case NoMetadata():
            return _ended(delivery, State.UNKNOWN, "look-up: this Slack keeps no message metadata")


def after_failed_writing(
    delivery: Delivery, error: str, now: datetime, jitter: float, timing: Timing = USUAL
) -> Delivery:
    """The delivery after its message could not be written; nothing was sent."""
    if delivery.strikes + 1 >= MOST_WRITINGS:
        return _ended(delivery, State.FAILED, error)
    return _struck(delivery, error, now, jitter, timing)


def after_lapse(delivery: Delivery, timing: Timing = USUAL) -> Delivery:
    """The delivery after its lease ran out: its worker may have sent it as late as then."""
    if delivery.lease_until is None:
        raise ValueError(f"delivery {delivery.id} has no lease that could run out")
    strikes = delivery.strikes + 1
    lapsed = replace(delivery, uncertain=True)
    if strikes >= MOST_LAPSES:
        return _ended(lapsed, State.UNKNOWN, f"{strikes} workers in a row did not come back from it")
    again = delivery.lease_until + timing.settle
    return put_back(lapsed, not_before=again, error="its worker did not come back", strikes=strikes)


def arrived(delivery: Delivery, channel: str, ts: str, now: datetime) -> Delivery:
    """Slack has it since now at the latest."""
    follow_at = now if delivery.owed.kind in FOLLOWED else None
    ended = _ended(delivery, State.SENT, None)
    return replace(ended, channel=channel, ts=ts, sent_at=now, uncertain=False, follow_at=follow_at)


def cancelled(delivery: Delivery) -> Delivery:
    """It is no longer true."""
    return _ended(delivery, State.CANCELLED, None)


def expired(delivery: Delivery) -> Delivery:
    return _ended(delivery, State.EXPIRED, delivery.error)


def put_back(
    delivery: Delivery, *, not_before: datetime | None, error: str | None = None, strikes: int = 0
) -> Delivery:
    """Due again; whether it is certain that it did not arrive stays as it was."""
    return replace(
        delivery,
        state=State.DUE,
        owner=None,
        lease_until=None,
        not_before=not_before,
        strikes=strikes,
        error=_short(error) or delivery.error,
    )


def backoff(attempt: int, jitter: float, timing: Timing = USUAL) -> timedelta:
    """How long to wait after this attempt: doubled each time up to a limit, then between half and all of it."""
    whole = min(timing.backoff * (1 << min(max(attempt - 1, 0), 20)), timing.most_backoff)
    return whole * (0.5 + jitter / 2)


def _struck(delivery: Delivery, error: str, now: datetime, jitter: float, timing: Timing) -> Delivery:
    strikes = delivery.strikes + 1
    return put_back(delivery, not_before=now + backoff(strikes, jitter, timing), error=error, strikes=strikes)


def _ended(delivery: Delivery, state: State, error: str | None) -> Delivery:
    return replace(delivery, state=state, owner=None, lease_until=None, not_before=None, error=_short(error))


def _short(error: str | None) -> str | None:
    return error[:LONGEST_ERROR] if error else error
