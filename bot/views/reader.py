"""Who reads: all that a view may know about the member it answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from bot.views.limits import BlockMode
from bot.views.words import Words


@dataclass(frozen=True, slots=True)
class Reader:
    """A member's words, the blocks their client draws, and the date where they are.

    `prefix` stands before every command name here. Every view is `view(result, reader) -> Message | Modal | Home`.
    """

    words: Words
    blocks: BlockMode
    today: date
    prefix: str = ""

    def command(self, name: str, arguments: str = "") -> str:
        """A command as it is typed in this workspace: `/prospect add Acme`."""
        return f"/{self.prefix}{name} {arguments}".rstrip()

    def day(self, value: date) -> str:
        """A date; with its year when that is not this year."""
        return self.words.day(value, self.today)

    def relative_day(self, value: date) -> str:
        """A date near today in words, any other as `day`."""
        return self.words.relative_day(value, self.today)

    def instant(self, value: datetime) -> str:
        """Day and time of day in the reader's zone. Raises ValueError when `value` is naive."""
        return self.words.instant(value, self.today)
