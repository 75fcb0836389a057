"""conversations.*: opening direct messages, telling of channels, reading back what was said."""

from decimal import Decimal, InvalidOperation
from typing import Any

from tests.fake_slack.errors import SlackError
from tests.fake_slack.limits import limit
from tests.fake_slack.methods.request import Method, Request, page

_READ = ("channels:read", "groups:read", "im:read", "mpim:read")
_HISTORY = ("channels:history", "groups:history", "im:history", "mpim:history")


def open_conversation(request: Request) -> dict[str, Any]:
    users = request.need("users")
    ids = users.split(",") if isinstance(users, str) else list(users)
    if len(ids) != 1:
        raise SlackError("invalid_arguments", ["this Slack opens one-to-one conversations only"])
    user = request.user(ids[0])
    if user.deleted:
        raise SlackError("user_disabled")
    if user.is_bot:
        raise SlackError("cannot_dm_bot")
    channel = request.state.im(request.workspace, user.id)
    return {"channel": channel.as_json() if request.flag("return_im") else {"id": channel.id}}


def info(request: Request) -> dict[str, Any]:
    return {"channel": request.channel(str(request.need("channel"))).as_json()}


def list_all(request: Request) -> dict[str, Any]:
    """The channels that the bot can see: public ones, and private ones that it is in."""
    seen = [
        channel
        for channel in request.workspace.channels.values()
        if not channel.im_with
        and (channel.bot_is_member or not channel.is_private)
        and not (channel.is_archived and request.flag("exclude_archived"))
    ]
    shown, cursor = page(seen, request, limit("conversations.page"), 100)
    return {
        "channels": [channel.as_json() for channel in shown],
        "response_metadata": {"next_cursor": cursor or ""},
    }


def _instant(request: Request, name: str, default: str) -> Decimal:
    try:
        return Decimal(str(request.args.get(name) or default))
    except InvalidOperation:
        raise SlackError(f"invalid_ts_{name}") from None


def history(request: Request) -> dict[str, Any]:
    """Newest first; without `inclusive` both ends of the window stay out, as Slack has it."""
    channel = request.channel(str(request.need("channel")))
    if not channel.bot_is_member:
        raise SlackError("not_in_channel")
    oldest, latest = _instant(request, "oldest", "0"), _instant(request, "latest", "99999999999")
    inclusive = request.flag("inclusive")
    within = [
        message
        for message in reversed(request.state.messages)
        if message.channel == channel.id
        and not message.deleted
        and not message.is_ephemeral
        and (message.thread_ts in (None, message.ts))
        and (oldest < Decimal(message.ts) < latest or (inclusive and Decimal(message.ts) in (oldest, latest)))
    ]
    shown, cursor = page(within, request, limit("history.page"), 100)
    with_metadata = request.flag("include_all_metadata")
    body: dict[str, Any] = {
        "messages": [message.as_json(with_metadata=with_metadata) for message in shown],
        "has_more": bool(cursor),
    }
    return body | ({"response_metadata": {"next_cursor": cursor}} if cursor else {})


METHODS = {
    "conversations.open": Method(open_conversation, ("im:write", "channels:manage", "groups:write")),
    "conversations.info": Method(info, _READ),
    "conversations.list": Method(list_all, _READ),
    "conversations.history": Method(history, _HISTORY),
}
