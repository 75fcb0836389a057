"""Delivers one message of the ledger, once as the reader sees it: claim, look up, fence, send, record."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, Protocol, TypeVar

from bot.usecases.tell_admin import tell_of_failure
from playbooks.attempts import after_attempt, after_failed_writing, after_look_up, cancelled, expired, put_back
from playbooks.deliveries import USUAL, Delivery, Limited, LookUp, Outcome, Sent, State, Timing
from playbooks.ledger import Ledger
from playbooks.ports import Busy, UnitOfWork, Units

_Done = TypeVar("_Done")

_RECORD_TRIES: Final = 20
"""How often what was sent is recorded anew, a second apart, when the database lets nobody in: about a lease."""


@dataclass(frozen=True, slots=True)
class Picture:
    """An image for a message. It is uploaded unshared, awaited, and put before the block at `place`.

    `alt` says in words what it shows; where pictures fail the message goes without it.
    """

    png: bytes
    title: str
    alt: str
    place: int


@dataclass(frozen=True, slots=True)
class Post:
    """A message as it is sent. `text` is for notifications and screen readers; `blocks` are ready for Slack.

    `covers` are the keys of the sections (see `Deliveries.sections_of`) that a daily message speaks of, counted
    ones ("9 more") too: they arrive with it. Sections it leaves out are no longer true and are cancelled.
    `said` is kept with the delivery for the content's later self, such as "nothing" on a day without anything
    due; `Deliveries.last_sent` gives it back.
    """

    text: str
    blocks: tuple[Mapping[str, Any], ...] = ()
    picture: Picture | None = None
    covers: frozenset[str] = frozenset()
    said: str | None = None


Content = Callable[[Delivery, UnitOfWork, datetime], Post | None]
"""Writes the message of a delivery from a reading unit of work, at an instant; None: it is no longer true.

Called inside the unit's `with` block, and again for every attempt. What it raises counts as "could not be
written": the delivery is tried again with a backoff, a few times, and then is `failed` with the error. A daily
message that is no longer true takes its sections along: they are cancelled as well.
"""


class Messenger(Protocol):
    """Slack, as deliveries need it. Neither call raises, retries or waits for a limit: the outcome says it all."""

    def send(self, slack_team: str, recipient: str, post: Post, key: str) -> Outcome:
        """Sends once. `recipient` is a member (`U...`: a conversation is opened) or a channel (`C...`).

        `key` goes along as metadata (`nextstep_delivery`, `{"key": key}`), for `find`. Each HTTP request ends
        within `Timing.http_timeout`.
        """

    def find(self, slack_team: str, recipient: str, key: str, since: datetime) -> LookUp:
        """Looks for the message with this key among our own, back to `since`, less what clocks may differ.

        `recipient` is the conversation (`D...`) where it is known already.
        """


class Result(StrEnum):
    """What became of one call of `deliver`."""

    SENT = "sent"
    LATER = "later"
    FAILED = "failed"
    EXPIRED = "expired"
    UNKNOWN = "unknown"
    CANCELLED = "cancelled"
    NOT_OURS = "not_ours"
    """It could not be claimed, or was another's by the time there was something to record."""


def deliver(
    delivery_id: int,
    *,
    units: Units,
    messenger: Messenger,
    content: Content,
    clock: Callable[[], datetime],
    owner: str,
    timing: Timing = USUAL,
    chance: Callable[[], float] = random.random,
    rest: Callable[[float], None] = time.sleep,
) -> Result:
    """Sends what is owed, if it can be claimed now and is still true.

    `owner` names this worker, differently from every other one. `clock` says what is too late and what the
    message speaks of; leases are judged by the ledger's own. `chance` gives numbers from 0 to 1 that keep
    retries apart. Raises `Busy` when the database lets nobody in: whatever was claimed comes back by itself.
    """
    ledger, before = units.ledger(), clock()
    claimed = ledger.claim(delivery_id, owner, timing)
    if claimed is None or claimed.lease_until is None:
        return Result.NOT_OURS
    claimed_at = claimed.lease_until - timing.lease

    def now() -> datetime:
        """The ledger's time, without asking the ledger: it may be away just when there is something to keep."""
        return claimed_at + (clock() - before)

    return _Attempt(units, ledger, messenger, content, clock, now, timing, chance, rest).of(claimed)


@dataclass(frozen=True, slots=True)
class _Attempt:
    units: Units
    ledger: Ledger
    messenger: Messenger
    content: Content
    clock: Callable[[], datetime]
    now: Callable[[], datetime]
    timing: Timing
    chance: Callable[[], float]
    rest: Callable[[float], None]

    def of(self, claimed: Delivery) -> Result:
        if claimed.uncertain:
            looked_up = self._looked_up(claimed)
            if isinstance(looked_up, Result):
                return looked_up
            claimed = looked_up
        if claimed.has_expired(self.clock()):
            return self._recorded(claimed, expired(claimed))
        try:
            post = self._written(claimed)
            if isinstance(post, Result):
                return post
            may_send = self.ledger.holds(claimed, self.timing)
        except Busy:
            may_send, post = False, None
        if not may_send or post is None:
            # Nothing was sent, and saying so spares a look-up.
            return self._recorded(claimed, put_back(claimed, not_before=self.now() + self.timing.backoff))
        return self._sent(claimed, post)

    def _looked_up(self, claimed: Delivery) -> Delivery | Result:
        """The claim, certain now that nothing arrived; or what became of it."""
        where = claimed.channel or claimed.owed.recipient
        since = claimed.first_claimed_at or claimed.owed.due_at
        found = self.messenger.find(claimed.slack_team, where, claimed.owed.key, since)
        after = after_look_up(claimed, found, self.now(), self.chance(), self.timing)
        return after if after.state is State.CLAIMED else self._recorded(claimed, after, found)

    def _written(self, claimed: Delivery) -> Post | Result:
        try:
            with self.units.reading(claimed.slack_team) as uow:
                post = self.content(claimed, uow, self.clock())
        except Busy:
            raise
        except Exception as error:  # noqa: BLE001 - the outermost boundary of one message: the others must go on
            said = f"{type(error).__name__}: {error}"
            after = after_failed_writing(claimed, said, self.now(), self.chance(), self.timing)
            return self._recorded(claimed, after)
        return self._recorded(claimed, cancelled(claimed)) if post is None else post

    def _sent(self, claimed: Delivery, post: Post) -> Result:
        outcome = self.messenger.send(claimed.slack_team, claimed.owed.recipient, post, claimed.owed.key)
        after = after_attempt(claimed, outcome, self.now(), self.chance(), self.timing)
        if isinstance(outcome, Sent):
            return self._recorded(claimed, replace(after, said=post.said), covers=post.covers)
        return self._recorded(claimed, after, outcome)

    def _recorded(
        self,
        claimed: Delivery,
        after: Delivery,
        outcome: Outcome | LookUp | None = None,
        *,
        covers: frozenset[str] | None = None,
    ) -> Result:
        """Keeps it, trying for a while: what was sent and not recorded has to be looked up."""
        hold_until = after.not_before if isinstance(outcome, Limited) else None
        result = self._in_the_end(lambda: self._kept(claimed, after, covers, hold_until))
        if result is Result.FAILED:
            # In a transaction of its own: should we die before it, health and the next failure tell all the same.
            self._in_the_end(lambda: tell_of_failure(after, self.units, self.clock()))
        return result

    def _in_the_end(self, step: Callable[[], _Done]) -> _Done:
        for _ in range(_RECORD_TRIES - 1):
            try:
                return step()
            except Busy:
                self.rest(1)
        return step()

    def _kept(
        self, claimed: Delivery, after: Delivery, covers: frozenset[str] | None, hold_until: datetime | None
    ) -> Result:
        ours = self.ledger.record(claimed, after, covers=covers, hold_until=hold_until)
        return _RESULTS[after.state] if ours else Result.NOT_OURS


_RESULTS: Final = {
    State.DUE: Result.LATER,
    State.SENT: Result.SENT,
    State.FAILED: Result.FAILED,
    State.EXPIRED: Result.EXPIRED,
    State.UNKNOWN: Result.UNKNOWN,
    State.CANCELLED: Result.CANCELLED,
}
