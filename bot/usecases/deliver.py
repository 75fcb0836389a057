"""Delivers one message of the ledger, once as the reader sees it: claim, look up, fence, send, record."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from playbooks.deliveries import Delivery, LookUp, Outcome
from playbooks.ports import UnitOfWork


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
written": the delivery is tried again with a backoff, a few times, and then is `failed` with the error.
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
