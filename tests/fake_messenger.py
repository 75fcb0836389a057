"""A Slack for deliveries whose every answer the test chooses, with a clock that only the test moves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from bot.usecases.deliver import Post
from playbooks.deliveries import (
    Absent,
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
    Uncertain,
)


class Killed(BaseException):
    """The worker is gone, as with SIGKILL: nothing of ours runs any more."""


class Mood(StrEnum):
    """What the next request meets."""

    FINE = "fine"
    LIMITED = "limited"
    UNAVAILABLE = "unavailable"
    """503 before anything was done."""
    ACCEPTED_THEN_500 = "accepted then 500"
    HANG_AND_LAND = "hang and land"
    """We hang up; it lands a while later all the same."""
    HANG = "hang"
    DROPPED = "dropped"
    REFUSED_CONNECTION = "refused connection"
    NO_FOR_GOOD = "no for good"
    KILLED_BEFORE = "killed before"
    KILLED_AFTER = "killed after"


class LookUpMood(StrEnum):
    FINE = "fine"
    LIMITED = "limited"
    UNAVAILABLE = "unavailable"
    NOT_ALLOWED = "not allowed"
    NO_METADATA = "no metadata"
    KILLED = "killed"


LIMIT = timedelta(seconds=20)


@dataclass
class FakeMessenger:
    """`landed` counts what each reader sees. `hang` is how late a request may still land after we hung up."""

    clock: Callable[[], datetime]
    hang: timedelta
    mood: Mood = Mood.FINE
    look_up_mood: LookUpMood = LookUpMood.FINE
    looks: int = 0
    sends: int = 0
    _landings: list[tuple[datetime, str]] = field(default_factory=list)

    @property
    def landed(self) -> Counter[str]:
        return Counter(key for at, key in self._landings if at <= self.clock())

    def send(self, slack_team: str, recipient: str, post: Post, key: str) -> Outcome:  # noqa: PLR0911 - a case each mood
        self.sends += 1
        match self.mood:
            case Mood.FINE:
                return Sent(f"D{recipient}", self._land(key))
            case Mood.LIMITED:
                return Limited(LIMIT)
            case Mood.UNAVAILABLE | Mood.DROPPED | Mood.HANG:
                return Uncertain(self.mood)
            case Mood.ACCEPTED_THEN_500:
                self._land(key)
                return Uncertain("500")
            case Mood.HANG_AND_LAND:
                self._land(key, after=self.hang)
                return Uncertain("timeout")
            case Mood.REFUSED_CONNECTION:
                return Faulty("connection refused")
            case Mood.NO_FOR_GOOD:
                return Refused("is_archived")
            case Mood.KILLED_BEFORE:
                raise Killed
            case Mood.KILLED_AFTER:
                self._land(key, after=self.hang)
                raise Killed

    def find(self, slack_team: str, recipient: str, key: str, since: datetime) -> LookUp:
        self.looks += 1
        match self.look_up_mood:
            case LookUpMood.FINE:
                return Found(f"D{recipient}", "1.0") if self.landed[key] else Absent()
            case LookUpMood.LIMITED:
                return Limited(LIMIT)
            case LookUpMood.UNAVAILABLE:
                return LookUpAgain("503")
            case LookUpMood.NOT_ALLOWED:
                return LookUpFailed("missing_scope")
            case LookUpMood.NO_METADATA:
                return NoMetadata()
            case LookUpMood.KILLED:
                raise Killed

    def _land(self, key: str, *, after: timedelta = timedelta(0)) -> str:
        self._landings.append((self.clock() + after, key))
        return f"{len(self._landings)}.0"
