"""Reading what an app acknowledges, as strictly as Slack, and putting it on the person's screen."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tests.fake_slack.errors import SlackError, SlackRefusedError
from tests.fake_slack.methods.views import push_on
from tests.fake_slack.responses import show
from tests.fake_slack.surfaces import check_options, check_response, check_view

if TYPE_CHECKING:
    from tests.fake_slack.answers import Answer
    from tests.fake_slack.state import State
    from tests.fake_slack.things import User, View


def show_acknowledgement(state: State, user: User, answer: Answer) -> None:
    """Shows what the app answered at once. Raises SlackRefusedError when Slack would not show it."""
    kind, body = answer.occasion.kind, answer.acknowledged.body
    try:
        if kind == "command":
            _command(state, user, answer, body)
        elif kind == "view_submission":
            _submission(state, answer, body)
        elif kind == "block_suggestion":
            _suggestion(answer, body)
        elif body not in ("", "{}", "ok", "OK"):
            raise SlackRefusedError(f"Slack shows nothing of what is acknowledged to a {kind}: {body}")
    except SlackError as error:
        raise SlackRefusedError(f"acknowledging a {kind}: {error.error} {error.messages}") from error


def _json(body: str) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        raise SlackRefusedError(f"not JSON: {body!r}") from None


def _command(state: State, user: User, answer: Answer, body: str) -> None:
    if not body:
        return
    payload = _json(body) if body.startswith("{") else {"text": body}
    check_response(payload)
    workspace = state.workspaces[user.team_id]
    answer.acknowledged_message = show(state, workspace, answer.occasion.channel, user.id, payload)
    url = state.response_urls[answer.occasion.response_key]
    url.original = url.original or answer.acknowledged_message


def _submission(state: State, answer: Answer, body: str) -> None:
    view = answer.occasion.view
    if view is None:
        raise SlackRefusedError("a submission without a dialog")
    stack = state.stack(view.team_id, view.user)
    if not body or body == "{}":
        stack[:] = [each for each in stack if each is not view]
        answer.closed = True
        return
    payload = _json(body)
    action = payload.get("response_action")
    if action == "clear":
        stack.clear()
        answer.closed = True
    elif action == "errors":
        answer.errors = _errors(view, payload.get("errors"))
    elif action in {"update", "push"}:
        check_view(payload.get("view"), "modal")
        _redraw(state, stack, answer, payload)
    else:
        raise SlackRefusedError(f"no response_action that Slack knows: {body}")


def _redraw(state: State, stack: list[View], answer: Answer, payload: dict[str, Any]) -> None:
    view = answer.occasion.view
    if view is None or view not in stack:
        raise SlackRefusedError("the dialog is not there any more")
    if payload["response_action"] == "update":
        state.change_view(view, payload["view"])
        return
    pushed = state.new_view(view.team_id, view.user, payload["view"], answer.occasion.trigger_id)
    push_on(state, stack, pushed)


def _errors(view: View, errors: Any) -> dict[str, str]:
    """The complaints in a dialog: each must belong to an input, or Slack shows none of them."""
    inputs = {block["block_id"] for block in view.blocks if block["type"] == "input"}
    if not isinstance(errors, dict) or not errors:
        raise SlackRefusedError(f"errors must name at least one input: {errors!r}")
    for block_id, complaint in errors.items():
        if block_id not in inputs:
            raise SlackRefusedError(f"an error names no input of the dialog: {block_id} (inputs: {inputs})")
        if not isinstance(complaint, str) or not complaint:
            raise SlackRefusedError(f"an error must say something: {block_id}")
    return dict(errors)


def _suggestion(answer: Answer, body: str) -> None:
    payload = _json(body)
    check_options(payload)
    grouped = [option for group in payload.get("option_groups", []) for option in group["options"]]
    answer.options = [*payload.get("options", []), *grouped]
