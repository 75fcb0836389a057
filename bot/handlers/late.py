"""Works on the requests that were saved instead of done, and answers them where an answer still arrives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import structlog
from slack_sdk import WebClient

from bot.handlers.answering import respond
from bot.handlers.reception import Reception
from bot.handlers.replies import FieldErrors, Nothing, Redraws, Replaces, Reply, Sends
from bot.handlers.requests import TimeBudget, typed
from bot.handlers.sending import send
from bot.slack_failures import SLACK_FAILED
from bot.usecases.deliver import Messenger
from bot.usecases.members import Profile
from bot.views import incoming, kit
from bot.views.message import Home, Message, Modal
from bot.views.reader import Reader
from playbooks.ports import Request

log = structlog.get_logger()

_WORK_SECONDS: Final = 20.0
_SECONDS: Final = 5
_RESPONSE_URL_LIVES: Final = timedelta(minutes=29)
_NOBODY_WAITS_ANY_MORE: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class LateAnswers:
    """`client` talks to Slack for a workspace; None where Nextstep is no longer installed."""

    reception: Reception
    client: Callable[[str], WebClient | None]
    profile: Callable[[WebClient, str], Profile]
    clock: Callable[[], datetime]
    messenger: Messenger

    def answer(self, request: Request) -> bool:
        """Does what was asked, as of when it was asked, and says so. False: not now, try again later."""
        client = self.client(request.slack_team)

        def introduction() -> tuple[Profile, str]:
            user = request.slack_user
            return self.profile(client, user) if client else Profile(slack_id=user), request.slack_team

        worked = self.reception.work(request, introduction, TimeBudget(_WORK_SECONDS))
        if worked.reply is None:
            return False
        if client is None:
            log.warning("late_answer_has_no_place", team=request.slack_team, kind=request.kind)
            return True
        if self._deliver(worked.reply, worked.reader, request, client):
            if isinstance(worked.reply, Sends):
                send(worked.reply, request, worked.reader, self.messenger)
            return True
        return self.clock() - request.at > _NOBODY_WAITS_ANY_MORE

    def _deliver(self, reply: Reply, reader: Reader, request: Request, client: WebClient) -> bool:
        if isinstance(reply, Home):
            return _call(client, "views.publish", user_id=request.slack_user, view=reply.payload())
        message = _as_message(reply, reader)
        if message is None:
            return True
        said = typed(request)
        gives_it_back = bool(said) and said in message.text
        told = message if gives_it_back else incoming.about(said, message, reader)
        url = request.body.get("response_url")
        is_fresh = self.clock() - request.at < _RESPONSE_URL_LIVES
        if url and is_fresh and respond(url, told, seconds=_SECONDS):
            return True
        return _call(client, "chat.postMessage", channel=request.slack_user, **told.payload())


def _as_message(reply: Reply, reader: Reader) -> Message | None:
    """The same in a message: a dialog opens or complains only while somebody is there."""
    match reply:
        case Message():
            return reply
        case Replaces(message=message) | Sends(message=message):
            return message
        case FieldErrors(errors=errors):
            return kit.message("\n".join(errors.values()))
        case Modal(title=title) | Redraws(modal=Modal(title=title)):
            return incoming.dialog_gone(title, reader)
        case Home() | Nothing():
            return None


def _call(client: WebClient, method: str, **arguments: object) -> bool:
    try:
        client.api_call(method, json=arguments)
    except SLACK_FAILED as error:
        log.warning("late_answer_failed", method=method, error=str(error))
        return False
    return True
