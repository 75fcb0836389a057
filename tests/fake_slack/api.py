"""A call of the Web API from its headers and body to its answer, without the wire."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

from tests.fake_slack.errors import SlackError
from tests.fake_slack.methods import chat, conversations, files, people, views
from tests.fake_slack.methods.request import Request
from tests.fake_slack.state import State
from tests.fake_slack.things import Call

METHODS = {**chat.METHODS, **conversations.METHODS, **files.METHODS, **people.METHODS, **views.METHODS}
_JSON_IN_FORMS = ("blocks", "view", "metadata", "files", "attachments")


def read_args(content_type: str, body: str, query: str) -> dict[str, Any]:
    """The arguments of a call, from JSON or a form. Raises SlackError: invalid_post_type, invalid_json..."""
    args: dict[str, Any] = dict(parse_qsl(query))
    kind = content_type.partition(";")[0].strip().lower()
    if kind == "application/json":
        try:
            args |= json.loads(body or "{}")
        except ValueError:
            raise SlackError("invalid_json") from None
    elif kind == "application/x-www-form-urlencoded" or not body:
        args |= dict(parse_qsl(body))
    else:
        raise SlackError("invalid_post_type")
    for name in _JSON_IN_FORMS:
        args[name] = _json(name, args[name]) if isinstance(args.get(name), str) else args.get(name)
    return {name: value for name, value in args.items() if value is not None}


def _json(name: str, value: str) -> Any:
    try:
        return json.loads(value)
    except ValueError:
        error = "invalid_blocks_format" if name == "blocks" else "invalid_arguments"
        raise SlackError(error, [f"must be JSON [json-pointer:/{name}]"]) from None


def handle(
    state: State, method: str, args: dict[str, Any], authorization: str, base_url: str
) -> tuple[dict[str, Any], Mapping[str, str]]:
    """Runs one call under the lock and notes it. Gives the JSON body and Slack's headers."""
    token = authorization.removeprefix("Bearer ").strip() or str(args.get("token", ""))
    payload = {name: value for name, value in args.items() if name != "token"}
    team_id, scopes = state.grants.get(token, (None, frozenset[str]()))
    error: SlackError | None = None
    with state.change():
        try:
            request = _authenticated(state, token, payload, base_url)
            body = _run(method, request)
        except SlackError as refused:
            error, body = refused, refused.as_json()
        state.calls.append(Call(method, payload, team_id, error.error if error else None))
    return body, {"x-oauth-scopes": ",".join(sorted(scopes))}


def _authenticated(state: State, token: str, payload: dict[str, Any], base_url: str) -> Request:
    if not token:
        raise SlackError("not_authed")
    if token not in state.grants:
        raise SlackError("invalid_auth")
    team_id, scopes = state.grants[token]
    workspace = state.workspaces[team_id]
    if not workspace.active:
        raise SlackError("account_inactive")
    return Request(state, workspace, scopes, payload, base_url)


def _run(name: str, request: Request) -> dict[str, Any]:
    method = METHODS.get(name)
    if method is None:
        raise SlackError("unknown_method", req_method=name)
    if method.scopes and not request.scopes.intersection(method.scopes):
        provided = ",".join(sorted(request.scopes))
        raise SlackError("missing_scope", needed=method.scopes[0], provided=provided)
    return {"ok": True, **method.run(request)}
