"""What an admin is told once, for only an admin can mend it: named by the key of its delivery."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Trouble(StrEnum):
    """What went wrong. `about` of a notice is the channel's id in Slack, or our id of the member."""

    CHANNEL = "channel"
    """The team's channel takes no messages: archived, or Nextstep was thrown out."""
    MEMBER = "member"
    """A member was deactivated, and prospects stay without somebody who works on them."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A trouble, what it is about, and since when it may stand, so that it is told once as long as it does.

    For a channel that is the day of the last digest that arrived there, for a member the day they left.
    """

    trouble: Trouble
    about: str
    on: date

    @property
    def key(self) -> str:
        """The key of its delivery, but for who is told: `notice:channel:C024BE91L:2026-03-02`."""
        return f"notice:{self.trouble}:{self.about}:{self.on.isoformat()}"


def read_notice(key: str) -> Notice:
    """The notice that a delivery's key names; whatever follows the day is who is told. Raises ValueError."""
    _, trouble, about, on, *_ = key.split(":")
    return Notice(Trouble(trouble), about, date.fromisoformat(on))
