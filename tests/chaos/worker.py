"""`nextstep worker` as the crash loop runs it: the same wiring, with short durations and a plain message.

With `looks=False` it is a mutant: it sends again without looking whether the first one arrived.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from enum import StrEnum
from functools import partial

import structlog

import storage
from bot import bootstrap
from bot.logs import configure as configure_logs
from bot.settings import WorkerSettings
from bot.slack.installations import OneToken
from bot.slack.messenger import SlackMessenger
from bot.usecases.deliver import Content, Messenger, Post, Result, deliver
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


class Point(StrEnum):
    """Where a worker may freeze."""

    BEFORE_THE_FENCE = "between claim and fence"
    BEFORE_THE_RECORD = "between send and record"


class FreezesWhenSent:
    """A messenger that has sent when the process freezes."""

    def __init__(self, messenger: Messenger) -> None:
        self._messenger = messenger

    def send(self, slack_team: str, recipient: str, post: Post, key: str) -> Outcome:
        outcome = self._messenger.send(slack_team, recipient, post, key)
        _freeze()
        return outcome

    def find(self, slack_team: str, recipient: str, key: str, since: datetime) -> LookUp:
        return self._messenger.find(slack_team, recipient, key, since)


def write(delivery: Delivery, _uow: UnitOfWork, _at: datetime) -> Post:
    return Post(f"This is {delivery.owed.key}")


def main(database_url: str, api_url: str, token: str, *, looks: bool = True, timing: Timing = QUICK) -> None:
    """Runs until it is told to stop, or killed. Says only what should not be: faults are its daily bread."""
    _be_quiet()

    def making(settings: WorkerSettings, units: Units, timing: Timing) -> Callable[[int], Result]:
        messenger: Messenger = SlackMessenger(settings.api_url, OneToken(token), timing=timing)
        return _delivering(units, messenger if looks else NeverLooks(messenger), write, timing)

    settings = WorkerSettings(DATABASE_URL=database_url, SLACK_API_URL=api_url, SLACK_BOT_TOKEN=token)
    bootstrap.work(settings, timing=timing, making=making)


def deliver_and_freeze(
    database_url: str, api_url: str, token: str, *, delivery_id: int, point: Point, timing: Timing
) -> None:
    """Delivers one message and stops itself at this point, until SIGCONT. Ends well when it was not its own then.

    It does nothing besides: a process that freezes while it writes to SQLite keeps everybody from writing.
    """
    _be_quiet()

    def written(delivery: Delivery, uow: UnitOfWork, at: datetime) -> Post:
        if point is Point.BEFORE_THE_FENCE:
            _freeze()
        return write(delivery, uow, at)

    messenger: Messenger = SlackMessenger(api_url, OneToken(token), timing=timing)
    if point is Point.BEFORE_THE_RECORD:
        messenger = FreezesWhenSent(messenger)
    units = storage.Store(bootstrap.open_engine(database_url))
    result = _delivering(units, messenger, written, timing)(delivery_id)
    if result is not Result.NOT_OURS:
        sys.exit(result)


def _freeze() -> None:
    os.kill(os.getpid(), signal.SIGSTOP)


def _be_quiet() -> None:
    configure_logs("json")
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    logging.disable(logging.ERROR)


def _delivering(units: Units, messenger: Messenger, content: Content, timing: Timing) -> Callable[[int], Result]:
    return partial(
        deliver,
        units=units,
        messenger=messenger,
        content=content,
        clock=bootstrap.now,
        owner=bootstrap.owner(),
        timing=timing,
    )
