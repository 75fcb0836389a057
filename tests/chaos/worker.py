"""`nextstep worker` as the crash loop runs it: the same wiring, with short durations and a plain message.

With `looks=False` it is a mutant: it sends again without looking whether the first one arrived. With `freezes_at`
it stops itself once, as a machine does that is suspended at the worst instant, until it gets SIGCONT.
"""

from __future__ import annotations

import logging
import signal
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from enum import StrEnum
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


class Point(StrEnum):
    """Where a worker may freeze."""

    BEFORE_THE_FENCE = "between claim and fence"
    BEFORE_THE_RECORD = "between send and record"


class Freeze:
    """Stops this process, all its threads, the first time that it comes by one of its points."""

    def __init__(self, at: Point | None) -> None:
        self._at = at

    def comes_by(self, point: Point) -> None:
        if point is self._at:
            self._at = None
            # To this thread, which takes no step more; a signal to the process may reach another one first.
            signal.pthread_kill(threading.get_ident(), signal.SIGSTOP)


class FreezesWhenSent:
    """A messenger that has sent when the process freezes."""

    def __init__(self, messenger: Messenger, freeze: Freeze) -> None:
        self._messenger = messenger
        self._freeze = freeze

    def send(self, slack_team: str, recipient: str, post: Post, key: str) -> Outcome:
        outcome = self._messenger.send(slack_team, recipient, post, key)
        self._freeze.comes_by(Point.BEFORE_THE_RECORD)
        return outcome

    def find(self, slack_team: str, recipient: str, key: str, since: datetime) -> LookUp:
        return self._messenger.find(slack_team, recipient, key, since)


def write(delivery: Delivery, _uow: UnitOfWork, _at: datetime) -> Post:
    return Post(f"This is {delivery.owed.key}")


def main(
    database_url: str,
    api_url: str,
    token: str,
    *,
    looks: bool = True,
    timing: Timing = QUICK,
    freezes_at: Point | None = None,
) -> None:
    """Runs until it is told to stop, or killed. Says only what should not be: faults are its daily bread."""
    configure_logs("json")
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    logging.disable(logging.ERROR)
    freeze = Freeze(freezes_at)

    def written(delivery: Delivery, uow: UnitOfWork, at: datetime) -> Post:
        freeze.comes_by(Point.BEFORE_THE_FENCE)
        return write(delivery, uow, at)

    def making(settings: WorkerSettings, units: Units, timing: Timing) -> Callable[[int], Result]:
        messenger: Messenger = SlackMessenger(settings.api_url, OneToken(token), timing=timing)
        messenger = FreezesWhenSent(messenger if looks else NeverLooks(messenger), freeze)
        return partial(
            deliver,
            units=units,
            messenger=messenger,
            content=written,
            clock=bootstrap.now,
            owner=bootstrap.owner(),
            timing=timing,
        )

    settings = WorkerSettings(DATABASE_URL=database_url, SLACK_API_URL=api_url, SLACK_BOT_TOKEN=token)
    bootstrap.work(settings, timing=timing, making=making)
