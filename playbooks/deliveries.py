"""What Nextstep owes somebody: one message each, sent once, and what becomes of every attempt.

A delivery is a row of the ledger. Its key is unique in its workspace: planning the same thing twice is planning
it once. `attempts.py` decides what becomes of an attempt; the ledger (`ledger.Ledger`) keeps it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class LedgerCounts:
    """How many deliveries are in each state, and since when the oldest that could go now is waiting."""

    by_state: Mapping[State, int]
    oldest_due_at: datetime | None
