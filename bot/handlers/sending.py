"""What is sent to a member beside an answer: a picture that takes longer than an answer may."""

from __future__ import annotations

import structlog

from bot.handlers.answering import respond
from bot.handlers.replies import Sends
from bot.usecases.deliver import Messenger
from bot.views import number_pictures
from bot.views.reader import Reader
from playbooks.deliveries import Sent
from playbooks.ports import Request

log = structlog.get_logger()

_SECONDS = 5


def send(reply: Sends, request: Request, reader: Reader, messenger: Messenger) -> None:
    """Draws and sends, once; when Slack does not take it, the asker hears so where they asked."""
    outcome = messenger.send(request.slack_team, request.slack_user, reply.draw(), f"asked-{request.id}")
    if isinstance(outcome, Sent):
        return
    log.warning("picture_not_sent", team=request.slack_team, outcome=str(outcome))
    if url := request.body.get("response_url"):
        respond(url, number_pictures.not_sent(reader), seconds=_SECONDS)
