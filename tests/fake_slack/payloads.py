"""The payloads that Slack sends to an app, field for field."""

import json
from typing import Any
from urllib.parse import urlencode

from tests.fake_slack.finding import Found
from tests.fake_slack.things import APP_ID, Channel, Message, User, View, Workspace

VERIFICATION_TOKEN = "legacy-verification-token"


def command(workspace: Workspace, user: User, channel: Channel, typed: str, ids: dict[str, str]) -> str:
    """The form of a slash command: `/prospect add Acme` is the command and its text.

    `ids` are its trigger_id and response_url.
    """
    name, _, text = typed.partition(" ")
    form = {
        "token": VERIFICATION_TOKEN,
        "team_id": workspace.id,
        "team_domain": workspace.name.lower().replace(" ", "-"),
        "channel_id": channel.id,
        "channel_name": channel.name,
        "user_id": user.id,
        "user_name": user.name,
        "command": name,
        "text": text.strip(),
        "api_app_id": APP_ID,
        "is_enterprise_install": "false",
        **ids,
    }
    return urlencode(form)


def interaction(kind: str, workspace: Workspace, user: User, **fields: Any) -> str:
    """The form of any interaction: one field, `payload`, with JSON."""
    body = {
        "type": kind,
        "user": {"id": user.id, "username": user.name, "name": user.name, "team_id": workspace.id},
        "api_app_id": APP_ID,
        "token": VERIFICATION_TOKEN,
        "team": {"id": workspace.id, "domain": workspace.name.lower().replace(" ", "-")},
        "enterprise": None,
        "is_enterprise_install": False,
        **fields,
    }
    return urlencode({"payload": json.dumps(body)})


def action(found: Found, state: dict[str, Any] | None, ts: str) -> dict[str, Any]:
    """One entry of `actions`: the element, and what was chosen or typed in it."""
    element = found.element
    body: dict[str, Any] = {
        "type": element["type"],
        "action_id": found.action_id,
        "block_id": found.block_id,
        "action_ts": ts,
    }
    for name in ("text", "value", "style", "placeholder") if element["type"] == "button" else ("placeholder",):
        if name in element:
            body[name] = element[name]
    return body | (state or {})


def on_message(message: Message, channel: Channel) -> dict[str, Any]:
    """Where an action on a message happened. Of an ephemeral message Slack sends no `message`."""
    container = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": channel.id,
        "is_ephemeral": message.is_ephemeral,
    }
    body: dict[str, Any] = {"container": container, "channel": {"id": channel.id, "name": channel.name}}
    return body if message.is_ephemeral else {**body, "message": message.as_json(with_metadata=True)}


def on_view(view: View, workspace: Workspace) -> dict[str, Any]:
    """Where an action in a dialog or a Home happened."""
    container = {"type": "view", "view_id": view.id}
    return {"container": container, "view": view.as_json(workspace.bot_id)}


def event(workspace: Workspace, event_id: str, at: float, body: dict[str, Any]) -> str:
    """The JSON of an event, in its wrapper."""
    return json.dumps(
        {
            "token": VERIFICATION_TOKEN,
            "team_id": workspace.id,
            "api_app_id": APP_ID,
            "event": body,
            "type": "event_callback",
            "event_id": event_id,
            "event_time": int(at),
            "authorizations": [
                {
                    "enterprise_id": None,
                    "team_id": workspace.id,
                    "user_id": workspace.bot_user_id,
                    "is_bot": True,
                    "is_enterprise_install": False,
                }
            ],
            "is_ext_shared_channel": False,
        }
    )
