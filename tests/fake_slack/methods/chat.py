"""chat.*: posting, changing and deleting messages."""

from typing import Any

from tests.fake_slack.errors import SlackError
from tests.fake_slack.methods.request import Method, Request
from tests.fake_slack.surfaces import check_message
from tests.fake_slack.things import Channel, Message


def _writable(request: Request) -> Channel:
    """Where a message goes: a channel, or a user's direct messages when a user's id is given."""
    target = str(request.need("channel"))
    if target in request.workspace.users:
        channel = request.state.im(request.workspace, target)
    else:
        channel = request.channel(target)
    if channel.is_archived:
        raise SlackError("is_archived")
    if channel.im_with and request.user(channel.im_with).deleted:
        raise SlackError("account_inactive")
    if not channel.bot_is_member and "chat:write.public" not in request.scopes:
        raise SlackError("not_in_channel")
    return channel


def _check(request: Request) -> None:
    check_message(request.args)
    check_files(request, request.args.get("blocks") or [])


def check_files(request: Request, blocks: list[dict[str, Any]]) -> None:
    """Refuses an image whose file Slack does not have, or has not finished looking at."""
    for index, block in enumerate(blocks):
        wanted = block.get("slack_file", {}).get("id") if block["type"] == "image" else None
        if wanted is None:
            continue
        file = request.state.files.get(wanted)
        if file is None or file.team_id != request.workspace.id or not file.is_ready:
            raise SlackError("invalid_blocks", [f"invalid slack file [json-pointer:/blocks/{index}/slack_file]"])


def post_message(request: Request) -> dict[str, Any]:
    channel = _writable(request)
    _check(request)
    message = request.state.post(request.workspace, channel.id, request.args)
    return {"channel": channel.id, "ts": message.ts, "message": message.as_json(with_metadata=True)}


def post_ephemeral(request: Request) -> dict[str, Any]:
    user = request.user(str(request.need("user")))
    channel = _writable(request)
    if user.deleted or user.id not in channel.members:
        raise SlackError("user_not_in_channel")
    _check(request)
    message = request.state.post(request.workspace, channel.id, request.args, only_for=user.id)
    return {"message_ts": message.ts}


def _own(request: Request, forbidden: str) -> Message:
    channel = _writable(request)
    message = request.state.message(channel.id, str(request.need("ts")))
    if message is None:
        raise SlackError("message_not_found")
    if message.user != request.workspace.bot_user_id:
        raise SlackError(forbidden)
    return message


def update(request: Request) -> dict[str, Any]:
    message = _own(request, "cant_update_message")
    _check(request)
    request.state.edit(message, request.args)
    body = message.as_json(with_metadata=True)
    return {"channel": message.channel, "ts": message.ts, "text": message.text, "message": body}


def delete(request: Request) -> dict[str, Any]:
    message = _own(request, "cant_delete_message")
    message.deleted = True
    return {"channel": message.channel, "ts": message.ts}


METHODS = {
    "chat.postMessage": Method(post_message, ("chat:write",)),
    "chat.postEphemeral": Method(post_ephemeral, ("chat:write",)),
    "chat.update": Method(update, ("chat:write",)),
    "chat.delete": Method(delete, ("chat:write",)),
}
