"""`nextstep worker` as the crash loop runs it: the same wiring, with short durations and a plain message.

With `looks=False` it is a mutant: it sends again without looking whether the first one arrived.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

import structlog

from bot import bootstrap
from bot.logs import configure as configure_logs
from bot.settings import WorkerSettings
from bot.slack.installations import OneToken
from bot.slack.messenger import SlackMessenger
from bot.usecases.deliver import Messenger, Post, Result, deliver
from playbooks.deliveries import Absent, Delivery, LookUp, Outcome, Timing
from playbooks.ports import UnitOfWork, Units

HANG = 0.8
"""Seconds for which the fake Slack holds a request: longer than a call may take, shorter than settling does."""

QUICK = Timing(
    http_timeout=timedelta(seconds=1),
    lease=timedelta(seconds=4),
    settle=timedelta(seconds=2),
    backoff=timedelta(seconds=0.2),
    most_backoff=timedelta(seconds=1),
)


class NeverLooks:
    """A messenger that takes for granted that what it does not know about did not arrive."""

    def __init__(self, messenger: Messenger) -> None:
        self._messenger = messenger

    def send(self, slack_team: str, recipient: str, post: Post, key: str) -> Outcome:
        return self._messenger.send(slack_team, recipient, post, key)

    def find(self, slack_team: str, recipient: str, key: str, since: datetime) -> LookUp:
        return Absent()


def write(delivery: Delivery, _uow: UnitOfWork, _at: datetime) -> Post:
    return Post(f"This is {delivery.owed.key}")


def main(database_url: str, api_url: str, token: str, *, looks: bool) -> None:
    """Runs until it is told to stop, or killed. Says only what should not be: faults are its daily bread."""
    configure_logs("json")
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    logging.disable(logging.ERROR)

    def making(settings: WorkerSettings, units: Units, timing: Timing) -> Callable[[int], Result]:
        messenger: Messenger = SlackMessenger(settings.api_url, OneToken(token), timing=timing)
        return partial(
            deliver,
            units=units,
            messenger=messenger if looks else NeverLooks(messenger),
            content=write,
            clock=bootstrap.now,
            owner=bootstrap.owner(),
            timing=timing,
        )

    settings = WorkerSettings(DATABASE_URL=database_url, SLACK_API_URL=api_url, SLACK_BOT_TOKEN=token)
    bootstrap.work(settings, timing=QUICK, making=making)
