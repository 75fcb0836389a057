"""The channels of a workspace, as Slack shows them to Nextstep."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Standing(StrEnum):
    """Whether a message can be posted in a channel."""

    OPEN = "open"
    NOT_IN = "not_in"
    """Nextstep is not in it."""
    ARCHIVED = "archived"
    NOT_THERE = "not_there"
    """No channel is called this, or it is private and Nextstep is not in it."""
    UNSEEN = "unseen"
    """Slack did not say."""


@dataclass(frozen=True, slots=True)
class Channel:
    """`id` is Slack's (`C...`), `name` without the #; both empty when nothing is known of it."""

    id: str
    name: str
    standing: Standing


class Channels(Protocol):
    def look(self, slack_team: str, said: str) -> Channel:
        """A channel by its id, a mention (`<#C1|sales>`) or its name (`#sales`). Never raises."""


class NoChannels:
    """Where Slack is out of reach: an id is taken as it is."""

    def look(self, slack_team: str, said: str) -> Channel:  # noqa: ARG002 - the protocol's
        return Channel(said, "", Standing.UNSEEN)
