"""What Nextstep owes somebody: one message each, sent once, and what becomes of every attempt.

A delivery is a row of the ledger. Its key is unique in its workspace: planning the same thing twice is planning
it once. Everything here is pure; the ledger (`ports.Ledger`) keeps what these functions decide.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final


class Kind(StrEnum):
    """What a message is about."""

    DAILY = "daily"
    REMINDER = "reminder"
    """An action that falls due later that day; our actions have dates only, so none is planned yet."""
    STALL = "stall"
    DECISION = "decision"
    """Asks the rep: yes, no, or not now."""
    ESCALATION = "escalation"
    """Asks the manager the same, when the rep did not answer."""
    CLOSING = "closing"
    """Announces that the journey closes as no decision on the next working day."""
    CLOSED = "closed"
    """Says that it did, and that it can be taken back."""
    RETURNING = "returning"
    """A prospect on *not now* is back on its date."""
    DIGEST = "digest"
    FOCUS = "focus"
    INTAKE = "intake"
    NOTICE = "notice"
    """Tells an admin of something only an admin can mend."""


SECTIONS: Final = frozenset(
    {Kind.STALL, Kind.DECISION, Kind.ESCALATION, Kind.CLOSING, Kind.CLOSED, Kind.RETURNING}
)
"""The kinds that are a part of their reader's daily message when one is still to come that day."""

FOLLOWED: Final = frozenset({Kind.DECISION, Kind.ESCALATION, Kind.CLOSING})
"""The kinds that something follows when nobody acts on them, counted from when they were sent."""


class State(StrEnum):
    DUE = "due"
    CLAIMED = "claimed"
    SENT = "sent"
    FAILED = "failed"
    """Slack said no for good, or it cannot be written."""
    EXPIRED = "expired"
    """Too late to be of use."""
    UNKNOWN = "unknown"
    """It may have arrived and nobody can tell: a person decides whether to *send anyway*."""
    CANCELLED = "cancelled"
    """No longer true when it was about to be sent."""


ENDED: Final = frozenset({State.SENT, State.FAILED, State.EXPIRED, State.UNKNOWN, State.CANCELLED})
"""The states in which nothing more happens by itself."""


@dataclass(frozen=True, slots=True)
class Timing:
    """The protocol's durations. Smaller ones are for tests against a Slack whose hangs are shorter still.

    `http_timeout` is how long one call to Slack may take before we hang up. `lease` leaves room for a look-up,
    a picture and the send, each within its timeout. `settle` is longer than a request that we hung up on can
    still be on its way: only after it does a look-up tell the truth. `backoff` doubles up to `most_backoff`.
    """

    http_timeout: timedelta = timedelta(seconds=10)
    lease: timedelta = timedelta(seconds=60)
    settle: timedelta = timedelta(seconds=30)
    backoff: timedelta = timedelta(seconds=5)
    most_backoff: timedelta = timedelta(minutes=10)


USUAL: Final = Timing()

# Attempts in a row that taught us nothing (`strikes`), after which we stop.
MOST_WRITINGS: Final = 8
"""Writing the message fails: the cause is ours, and time alone mends little."""
MOST_LOOK_UPS: Final = 10
"""Slack does not answer whether it has it; with the backoff that is about an hour."""
MOST_LAPSES: Final = 20
"""The worker does not come back: whatever kills one every time must not do so for ever."""
LONGEST_ERROR: Final = 500


@dataclass(frozen=True, slots=True)
class Owed:
    """A message to plan.

    `recipient` is Slack's id of a member (`U...`) or a channel (`C...`); `member_id` is our id of who reads it,
    None for a channel, and `team_id` whose channel it is. `step` is the number of the step that the
    journey stood in. `local_date` is the reader's day that the message belongs to. `run_on` is the day that tells
    one stall, or one question, of a journey in a step from its next one.

    `with_daily`: it waits for its reader's next daily message and is a section of it. `carrier` is the key of
    that message once it is planned.
    """

    key: str
    kind: Kind
    recipient: str
    due_at: datetime
    expires_at: datetime | None = None
    member_id: int | None = None
    team_id: int | None = None
    journey_id: int | None = None
    step: int | None = None
    local_date: date | None = None
    run_on: date | None = None
    with_daily: bool = False
    carrier: str | None = None


@dataclass(frozen=True, slots=True)
class Delivery:
    """A message of the ledger; instants are aware UTC.

    `slack_team` is the workspace in Slack. `attempt` counts the claims, and with `owner` guards what is
    recorded; `strikes` counts the last ones in a row that taught us nothing. Nobody claims it before
    `not_before`. `uncertain`: an earlier attempt may have arrived, so it is looked up first, from
    `first_claimed_at` on. `channel` and `ts` are where it arrived; `channel` is known before that once a
    conversation was opened. `said` is a word of the content for its later self (see `Post.said`). `follow_at`
    is when to look whether something has to follow, as an escalation follows a question.
    """

    id: int
    workspace_id: int
    slack_team: str
    owed: Owed
    state: State = State.DUE
    attempt: int = 0
    strikes: int = 0
    owner: str | None = None
    lease_until: datetime | None = None
    not_before: datetime | None = None
    uncertain: bool = False
    first_claimed_at: datetime | None = None
    channel: str | None = None
    ts: str | None = None
    sent_at: datetime | None = None
    error: str | None = None
    said: str | None = None
    follow_at: datetime | None = None

    def has_expired(self, now: datetime) -> bool:
        return self.owed.expires_at is not None and self.owed.expires_at <= now


# What came of an attempt to send.


@dataclass(frozen=True, slots=True)
class Sent:
    """Slack has it."""

    channel: str
    ts: str


@dataclass(frozen=True, slots=True)
class Limited:
    """429: not taken; come back after that long, for this workspace and channel. Also the answer to a look-up."""

    retry_after: timedelta


@dataclass(frozen=True, slots=True)
class Refused:
    """Not taken, and never will be: `error` is Slack's word, as `channel_not_found`."""

    error: str


@dataclass(frozen=True, slots=True)
class Faulty:
    """Surely not arrived (no connection was made, or Slack said so); worth another try."""

    error: str


@dataclass(frozen=True, slots=True)
class Uncertain:
    """It may have arrived: a timeout, a dropped connection, a 5xx."""

    error: str
    channel: str | None = None


Outcome = Sent | Limited | Refused | Faulty | Uncertain


# What came of looking a key up.


@dataclass(frozen=True, slots=True)
class Found:
    """It did arrive."""

    channel: str
    ts: str


@dataclass(frozen=True, slots=True)
class Absent:
    """It is not in the channel, as far back as the first claim."""


@dataclass(frozen=True, slots=True)
class LookUpAgain:
    """Slack did not answer this time (5xx, a timeout): nothing is known, and it is worth another try."""

    error: str


@dataclass(frozen=True, slots=True)
class LookUpFailed:
    """Slack does not let us look (a scope is missing, we are not in the channel): nobody can tell."""

    error: str


@dataclass(frozen=True, slots=True)
class NoMetadata:
    """Slack keeps no metadata with messages here: ours cannot be told apart."""


LookUp = Found | Absent | Limited | LookUpAgain | LookUpFailed | NoMetadata


# What becomes of a claimed delivery. Each gives it as it is to be recorded: no longer claimed.


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


@dataclass(frozen=True, slots=True)
class LedgerCounts:
    """How many deliveries are in each state, and since when the oldest that could go now is waiting."""

    by_state: Mapping[State, int]
    oldest_due_at: datetime | None
