"""The bot's end of the socket in the demo."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from typing import Any

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_bolt.adapter.socket_mode.internals import run_bolt_app, send_response
from slack_sdk.socket_mode.client import BaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

from bot.demo.gaps import as_slack_sends, buttons_out_of_reach, unanswered
from bot.demo.workspace import SALES_CHANNEL_ID


def bridge_gaps(handler: SocketModeHandler) -> SocketModeHandler:
    """Puts what Slack's own client would have done between the socket and Bolt, and returns the handler.

    So the bot never learns that it runs in the demo: it gets payloads in Slack's own form.
    """
    handler.client.socket_mode_request_listeners[:] = [_Bridge(handler.app)]
    return handler


class _Bridge:
    def __init__(self, app: App) -> None:
        self._app = app
        self._channels: dict[str, str] = {}

    def __call__(self, client: BaseSocketModeClient, request: SocketModeRequest) -> None:
        started = time.time()
        request.payload = as_slack_sends(request.payload)
        self._remember_channel(request.payload)
        refused = unanswered(request.payload)
        if refused:
            errors = {"response_action": "errors", "errors": refused}
            client.send_socket_mode_response(SocketModeResponse(request.envelope_id, errors))
            return
        response = run_bolt_app(self._app, request)
        message = buttons_out_of_reach(json.loads(response.body)) if response.body.startswith("{") else None
        if message:
            self._tell(request.payload["user"]["id"], message)
            response.body = ""
        send_response(client, request, response, started)

    def _remember_channel(self, payload: Mapping[str, Any]) -> None:
        """Where each member was last: a submission does not say where its dialog was opened."""
        user = payload.get("user_id") or payload.get("user", {}).get("id")
        channel = payload.get("channel_id") or payload.get("channel", {}).get("id")
        if user and channel:
            self._channels[user] = channel

    def _tell(self, user: str, message: Mapping[str, Any]) -> None:
        channel = self._channels.get(user, SALES_CHANNEL_ID)
        self._app.client.chat_postEphemeral(channel=channel, user=user, **message)
