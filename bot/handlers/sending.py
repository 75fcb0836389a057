"""What is sent to a member beside an answer: a picture that takes longer than an answer may."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

import structlog

from bot.handlers.answering import respond
from bot.handlers.replies import Sends
from bot.usecases.deliver import Messenger, Post
from bot.views import number_pictures
from bot.views.reader import Reader
from playbooks.deliveries import Limited, Outcome, Sent, Uncertain
from playbooks.ports import Request

log = structlog.get_logger()

_SECONDS: Final = 5
_TRIES: Final = 4
_LONGEST_REST: Final = 10.0
"""Seconds: somebody waits for it."""

Rest = Callable[[float], None]


def send(reply: Sends, request: Request, reader: Reader, messenger: Messenger, rest: Rest = time.sleep) -> Outcome:
    """Draws and sends, once as the reader sees it; when Slack does not take it, they hear so where they asked.

    Slack takes one message a second: who asks for two charts at once waits a little, and `rest` does that.
    """
    outcome = _sent(reply.draw(), request, messenger, rest)
    if isinstance(outcome, Sent | Uncertain):
        return outcome
    log.warning("picture_not_sent", team=request.slack_team, outcome=str(outcome))
    if url := request.body.get("response_url"):
        respond(url, number_pictures.not_sent(reader), seconds=_SECONDS)
    return outcome


def _sent(post: Post, request: Request, messenger: Messenger, rest: Rest) -> Outcome:
    key = f"asked-{request.id}"
    outcome = messenger.send(request.slack_team, request.slack_user, post, key)
    for _ in range(_TRIES - 1):
        if not isinstance(outcome, Limited):
            break
        rest(min(outcome.retry_after.total_seconds(), _LONGEST_REST))
        outcome = messenger.send(request.slack_team, request.slack_user, post, key)
    return outcome
