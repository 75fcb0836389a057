"""The whole bot: the real Bolt app on a real database, and the strict fake Slack with people in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest
from slack_bolt import App

import storage
from bot import playbook_files
from bot.bootstrap import Built, build
from bot.settings import Settings
from bot.slack.installations import KnownTokens
from bot.views.limits import BlockMode
from playbooks.team import Role
from tests.fake_slack import FakeSlack, Person

MONDAY_MORNING = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
"""Nine o'clock in Amsterdam."""


@dataclass
class Clock:
    """The bot's clock, which stands still until a test moves it."""

    at: datetime = MONDAY_MORNING

    def __call__(self) -> datetime:
        return self.at

    def forward(self, **by: float) -> None:
        self.at += timedelta(**by)


@dataclass
class Bot:
    """A running Nextstep, and its people as they sit in Slack."""

    slack: FakeSlack
    store: storage.Store
    clock: Clock
    blocks: BlockMode = BlockMode.FULL
    playbooks: str = "b2b-saas"
    tokens: dict[str, str] = field(default_factory=dict)
    stopwatch: Callable[[], float] = lambda: 0.0

    def __post_init__(self) -> None:
        self.tokens.setdefault(self.slack.workspace.id, self.slack.token)
        self.built = self.start()

    def start(self) -> Built:
        """Another process of the same bot. Its stopwatch stands still: how quick the machine is plays no part."""
        return build(
            self.settings,
            self.store,
            self.starters,
            installations=KnownTokens(self.tokens),
            clock=self.clock,
            stopwatch=self._seconds,
        )

    def _seconds(self) -> float:
        return self.stopwatch()

    @property
    def app(self) -> App:
        return self.built.app

    @property
    def settings(self) -> Settings:
        return Settings(
            SLACK_BOT_TOKEN=self.slack.token,
            SLACK_SIGNING_SECRET=self.slack.signing_secret,
            SLACK_API_URL=self.slack.url,
            SLACK_BLOCKS=self.blocks,
        )

    @property
    def starters(self):
        return playbook_files.starters(self.playbooks)

    def person(self, name: str, *, locale: str = "en-GB", zone: str = "Europe/Amsterdam", **user) -> Person:
        """Somebody in the workspace; Nextstep meets them at their first command."""
        return Person(self.slack, self.slack.add_user(name, locale=locale, tz=zone, **user), self.app.dispatch)

    def has_role(self, person: Person, role: Role) -> None:
        """Gives a member that Nextstep met a role."""
        with self.store.writing(self.slack.workspace.id) as uow:
            member = uow.members.by_slack_id(person.user.id)
            assert member is not None, "they have not met yet"
            uow.members.update(replace(member, role=role))
            uow.commit()


@pytest.fixture
def slack() -> Iterator[FakeSlack]:
    """A strict Slack; a test ends badly when the bot sent anything that Slack refuses."""
    with FakeSlack() as slack:
        yield slack
        assert slack.refusals == []


@pytest.fixture
def bot(slack: FakeSlack, store: storage.Store) -> Bot:
    return Bot(slack, store, Clock())


@pytest.fixture
def anna(bot: Bot) -> Person:
    """A rep who reads English."""
    return bot.person("anna")


@pytest.fixture
def bram(bot: Bot) -> Person:
    """A rep who reads Dutch."""
    return bot.person("bram", locale="nl-NL")
