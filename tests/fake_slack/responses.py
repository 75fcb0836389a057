"""What a response_url takes: five answers in thirty minutes, new ones or in place of the message it is about."""

from typing import Any

from tests.fake_slack.errors import SlackError
from tests.fake_slack.limits import limit
from tests.fake_slack.methods.chat import check_files
from tests.fake_slack.methods.request import Request
from tests.fake_slack.state import ResponseUrl, State
from tests.fake_slack.surfaces import check_response
from tests.fake_slack.things import Call, Message, Workspace


def respond(state: State, key: str, body: dict[str, Any]) -> None:
    """Handles one post to a response_url and notes it as a call of `response_url`.

    Raises SlackError: expired_url (unknown or too old), used_url (a sixth use), and as check_response does.
    """
    url = state.response_urls.get(key)
    error: SlackError | None = None
    with state.change():
        try:
            _respond(state, url, body)
        except SlackError as refused:
            error = refused
        team_id = url.team_id if url else None
        state.calls.append(Call("response_url", body, team_id, error.error if error else None))
    if error:
        raise error


def _respond(state: State, url: ResponseUrl | None, body: dict[str, Any]) -> None:
    if url is None or state.clock() - url.at > limit("response_url.seconds"):
        raise SlackError("expired_url")
    if url.uses >= limit("response_url.uses"):
        raise SlackError("used_url")
    url.uses += 1
    check_response(body)
    workspace = state.workspaces[url.team_id]
    check_files(Request(state, workspace, frozenset(), body, ""), body.get("blocks") or [])
    if body.get("delete_original"):
        _original(url).deleted = True
    elif body.get("replace_original"):
        state.edit(_original(url), body)
    else:
        url.posted.append(show(state, workspace, url.channel, url.user, body))


def _original(url: ResponseUrl) -> Message:
    """The message that the interaction was about; for a command, what was answered to it first."""
    message = url.original or (url.posted[0] if url.posted else None)
    if message is None:
        raise SlackError("message_not_found")
    return message


def show(state: State, workspace: Workspace, channel: str, user: str, body: dict[str, Any]) -> Message:
    """Puts an answer on screen: for one user's eyes, unless it says `in_channel`."""
    for_all = body.get("response_type") == "in_channel"
    return state.post(workspace, channel, body, only_for=None if for_all else user)
