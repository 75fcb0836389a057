"""A line to one workspace: clients whose calls end in time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from slack_sdk import WebClient

from bot.slack.client import web_client


class TooLateError(TimeoutError):
    """There is no time left for another call; none was made."""


@dataclass(frozen=True, slots=True)
class Line:
    """Calls with one token that end by `until` together, and each within `longest` seconds."""

    api_url: str
    token: str
    stopwatch: Callable[[], float]
    until: float
    longest: float

    @property
    def client(self) -> WebClient:
        """For the next call. Raises `TooLateError`."""
        left = min(self.until - self.stopwatch(), self.longest)
        if left <= 0:
            raise TooLateError("no time left")
        # The time-out counts for connecting, and once more for the answer.
        return web_client(self.api_url, self.token, seconds=left / 2)
