"""Where a handler works: who asks, when, for which request, and the way to the store."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.usecases.change import Act
from bot.usecases.channels import Channels
from bot.views.reader import Reader
from playbooks.ports import Budget, UnitOfWork, Units
from playbooks.team import Member

Checks = Callable[[], Mapping[str, str | None]]


@dataclass(frozen=True, slots=True)
class Desk:
    """One request of one member. `slack_team` is the Slack id of the workspace, `at` an aware UTC instant.

    `checks` looks whether what Nextstep stands on works: by name, None when it is well, else one sentence.
    `channels` looks a channel up in Slack.
    `budget` is how long the work may take.
    """

    units: Units
    slack_team: str
    member: Member
    reader: Reader
    at: datetime
    request: str
    checks: Checks
    budget: Budget
    channels: Channels

    @property
    def act(self) -> Act:
        return Act(member=self.member, at=self.at, request=self.request)

    def reading(self) -> UnitOfWork:
        return self.units.reading(self.slack_team).within(self.budget)

    def writing(self) -> UnitOfWork:
        return self.units.writing(self.slack_team).within(self.budget)
