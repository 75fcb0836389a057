"""The bot's end of the socket in the demo."""

from __future__ import annotations

from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk.socket_mode.client import BaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

from bot.demo.gaps import as_slack_sends, unanswered


def bridge_gaps(handler: SocketModeHandler) -> SocketModeHandler:
    """Puts what Slack's own client would have done in front of Bolt's handler, and returns it.

    So the bot never learns that it runs in the demo: it gets payloads in Slack's own form.
    """

    def handle(client: BaseSocketModeClient, request: SocketModeRequest) -> None:
        request.payload = as_slack_sends(request.payload)
        refused = unanswered(request.payload)
        if refused:
            answer = {"response_action": "errors", "errors": refused}
            client.send_socket_mode_response(SocketModeResponse(request.envelope_id, answer))
        else:
            handler.handle(handler.client, request)

    handler.client.socket_mode_request_listeners[:] = [handle]
    return handler
