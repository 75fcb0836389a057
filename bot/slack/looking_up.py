"""Finds the message of a delivery among what we wrote in a conversation, by its metadata."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from bot.slack.line import Line
from playbooks.deliveries import Absent, Found, LookUp, NoMetadata

EVENT_TYPE: Final = "nextstep_delivery"
"""The kind of metadata that our deliveries carry."""

_PAGE: Final = 200

Said = Mapping[str, Any]
"""A message as Slack tells of it."""


def metadata(key: str) -> dict[str, Any]:
    """What goes along with a delivery's message, for finding it again."""
    return {"event_type": EVENT_TYPE, "event_payload": {"key": key}}


def carries_metadata(message: Said) -> bool:
    """Whether it has the metadata of some delivery of ours."""
    return _metadata(message).get("event_type") == EVENT_TYPE


@dataclass(frozen=True, slots=True)
class Conversation:
    """One conversation, read as the bot whose user id is `me`."""

    line: Line
    channel: str
    me: str

    def look_up(self, key: str, since: float, *, keeps_metadata: bool) -> LookUp:
        """Looks from now back to `since` (seconds since 1970).

        Not there is only said for sure. A message of ours without metadata may be the one, unless this Slack is
        known to keep metadata: `keeps_metadata`, or any older message of ours that has some.
        """
        unmarked = False
        for message in self._since(since):
            if not self._is_ours(message):
                continue
            if _key(message) == key:
                return Found(self.channel, str(message["ts"]))
            keeps_metadata = keeps_metadata or carries_metadata(message)
            unmarked = unmarked or not carries_metadata(message)
        if unmarked and not keeps_metadata and not self._kept_before(since):
            return NoMetadata()
        return Absent()

    def _is_ours(self, message: Said) -> bool:
        return message.get("user") == self.me

    def _since(self, since: float) -> Iterator[Said]:
        """The newest first. Stops by itself where a Slack ignores `oldest` or hands out a cursor twice."""
        oldest = Decimal(str(since))
        seen: set[str] = set()
        cursor: str | None = None
        while cursor is None or cursor not in seen:
            seen.add(cursor or "")
            page, cursor = self._page(oldest=f"{oldest:.6f}", cursor=cursor)
            yield from (message for message in page if Decimal(str(message.get("ts", "0"))) >= oldest)
            if not cursor:
                return

    def _kept_before(self, since: float) -> bool:
        page, _ = self._page(latest=f"{since:.6f}")
        return any(self._is_ours(message) and carries_metadata(message) for message in page)

    def _page(
        self, *, oldest: str | None = None, latest: str | None = None, cursor: str | None = None
    ) -> tuple[Sequence[Said], str | None]:
        answer = self.line.client.conversations_history(
            channel=self.channel,
            include_all_metadata=True,
            oldest=oldest,
            latest=latest,
            limit=_PAGE,
            cursor=cursor,
        )
        following = (answer.get("response_metadata") or {}).get("next_cursor")
        return answer["messages"], following or None


def _metadata(message: Said) -> Mapping[str, Any]:
    found = message.get("metadata")
    return found if isinstance(found, Mapping) else {}


def _key(message: Said) -> str | None:
    payload = _metadata(message).get("event_payload")
    if not carries_metadata(message) or not isinstance(payload, Mapping):
        return None
    return str(payload.get("key"))
