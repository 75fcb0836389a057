"""Puts a reply where Slack wants it: in the acknowledgement, at the response_url, or in a dialog."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any, Final

import structlog
from slack_bolt import Ack, BoltContext
from slack_sdk import WebClient
from slack_sdk.webhook import WebhookClient

from bot.handlers.deliveries import redrawing
from bot.handlers.replies import FieldErrors, Nothing, Redraws, Replaces, Reply, Sends
from bot.handlers.requests import TimeBudget, typed
from bot.slack_failures import SLACK_FAILED
from bot.views import incoming, kit, problems
from bot.views.ids import Callback
from bot.views.marks import mark
from bot.views.message import Home, Message, Modal, Payload
from bot.views.reader import Reader
from playbooks.ports import Request

log = structlog.get_logger()

_FROM_HOME: Final = "home-"
_PLENTY: Final = 1.0
_OK: Final = 200


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as Bolt hands it over, with who reads the answer."""

    context: BoltContext
    ack: Ack
    request: Request
    reader: Reader
    budget: TimeBudget

    @property
    def body(self) -> Any:
        return self.request.body

    @property
    def patience(self) -> int:
        """Seconds that one call to Slack may take, so that the acknowledgement is within three."""
        return 2 if self.budget.elapsed() < _PLENTY else 1


def answer_command(reply: Reply, asked: Asked) -> None:
    """A message in the acknowledgement; a dialog before it, for its trigger lives three seconds."""
    match reply:
        case Sends(message=message):
            asked.ack(**_ephemeral(message))
        case Modal():
            opened = _open(reply, asked)
            asked.ack() if opened else asked.ack(**_ephemeral(_too_late(asked)))
        case Message():
            asked.ack(**_ephemeral(reply))
        case _:
            asked.ack()


def answer_shortcut(reply: Reply, asked: Asked) -> None:
    """A shortcut has no place for a message: it becomes a dialog."""
    match reply:
        case Modal():
            _open(reply, asked)
        case Message():
            _open(as_modal(reply, asked.reader), asked)
        case _:
            pass
    asked.ack()


def answer_click(reply: Reply, asked: Asked) -> None:
    """What was clicked stands in a message, in a dialog or in Home; the answer comes up there."""
    asked.ack()
    view = asked.body.get("view") or {}
    match reply:
        case Modal():
            if not _open(reply, asked) and not view:
                _respond(_too_late(asked), asked, replace=False)
        case Redraws(modal=modal):
            _update(modal, asked)
        case Message() | Sends():
            _say(reply.message if isinstance(reply, Sends) else reply, asked, replace=False)
        case Replaces(message=message):
            _say(message, asked, replace=True)
        case Home():
            publish_home(reply, asked)
        case FieldErrors() | Nothing():
            pass


def answer_submission(reply: Reply, asked: Asked) -> None:
    """The dialog itself shows the answer: it cannot get lost, and needs no further call."""
    match reply:
        case FieldErrors(errors=errors):
            asked.ack(response_action="errors", errors={str(block): text for block, text in errors.items()})
        case Redraws(modal=modal):
            asked.ack(response_action="update", view=_marked(modal, asked))
        case Modal():
            asked.ack(response_action="push", view=_marked(reply, asked))
        case Message():
            asked.ack(response_action="update", view=_marked(as_modal(reply, asked.reader), asked))
        case _:
            asked.ack()


def publish_home(home: Home, asked: Asked) -> None:
    _call(asked, "views.publish", user_id=asked.context.user_id, view=home.payload())


def update_message(channel: str, ts: str, message: Message, client: WebClient) -> None:
    """Draws a message of our own again. A failure is logged: what was done is answered already."""
    try:
        client.chat_update(channel=channel, ts=ts, text=message.text, blocks=list(message.blocks))
    except SLACK_FAILED as error:
        log.warning("slack_refused", method="chat.update", error=str(error))


def came_from_home(body: dict[str, Any]) -> bool:
    """Whether this is Home, or a dialog that was opened from it: Home is drawn anew when it has done its work."""
    view = body.get("view") or {}
    return view.get("type") == "home" or str(view.get("external_id") or "").startswith(_FROM_HOME)


def as_modal(message: Message, reader: Reader) -> Modal:
    """The same answer in a dialog, where there is no channel to say it in."""
    blocks = message.blocks or (kit.section(kit.Mrkdwn(message.text)),)
    return kit.modal(
        Callback.ANSWER, reader.words.gettext("Nextstep"), *blocks, close=reader.words.gettext("Close")
    )


def _open(modal: Modal, asked: Asked) -> bool:
    """Opens a dialog, on top of the one that is open. False when Slack did not take it."""
    inside = (asked.body.get("view") or {}).get("type") == "modal"
    method = "views.push" if inside else "views.open"
    return _call(asked, method, trigger_id=asked.body.get("trigger_id"), view=_marked(modal, asked))


def _update(modal: Modal, asked: Asked) -> None:
    view = asked.body.get("view") or {}
    _call(asked, "views.update", view_id=view.get("id"), hash=view.get("hash"), view=_marked(modal, asked))


def _marked(modal: Modal, asked: Asked) -> Payload:
    """Slack does not say which view or message a dialog was opened from; an `external_id` of our own does."""
    delivery = redrawing.delivery_behind(asked.body)
    if came_from_home(asked.body):
        came_from = _FROM_HOME
    elif delivery is not None:
        came_from = mark(delivery)
    else:
        return modal.payload()
    return {**modal.payload(), "external_id": f"{came_from}{uuid.uuid4().hex}"}


def _say(message: Message, asked: Asked, *, replace: bool) -> None:
    """Where there is no channel a message is a dialog: in place of the one that was clicked in, or on top."""
    view = asked.body.get("view") or {}
    if not view:
        _respond(message, asked, replace=replace)
    elif replace and view.get("type") == "modal":
        _update(as_modal(message, asked.reader), asked)
    else:
        _open(as_modal(message, asked.reader), asked)


def _too_late(asked: Asked) -> Message:
    return incoming.giving_back(problems.dialog_too_late(asked.reader), typed(asked.request), asked.reader)


def _respond(message: Message, asked: Asked, *, replace: bool) -> None:
    url = asked.body.get("response_url")
    if not url:
        log.warning("answer_has_no_place", request=asked.request.kind)
        return
    respond(url, message, seconds=asked.patience, replace=replace)


def respond(url: str, message: Message, *, seconds: int, replace: bool = False) -> bool:
    """Answers at a response_url, once: what was done is done, and a second try might be read twice.

    False when the answer did not arrive.
    """
    # Bolt's own `respond` waits for half a minute, and tries again.
    webhook = WebhookClient(url, timeout=seconds, retry_handlers=[])
    try:
        answered = webhook.send_dict({**_ephemeral(message), "replace_original": replace})
    except SLACK_FAILED as error:
        log.warning("answer_lost", error=str(error))
        return False
    if answered.status_code != _OK:
        log.warning("answer_refused", status=answered.status_code, said=answered.body)
    return answered.status_code == _OK


def _ephemeral(message: Message) -> Payload:
    return {"response_type": "ephemeral", **message.payload()}


def _call(asked: Asked, method: str, **arguments: Any) -> bool:
    """One call to Slack. A failure is logged with Slack's own words: there is nobody else to tell."""
    asked.context.client.timeout = asked.patience
    try:
        asked.context.client.api_call(method, json=arguments)
    except SLACK_FAILED as error:
        log.warning("slack_refused", method=method, error=str(error))
        return False
    return True
