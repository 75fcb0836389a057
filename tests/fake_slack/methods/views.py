"""views.*: dialogs and Homes."""

from typing import Any

from tests.fake_slack.errors import SlackError
from tests.fake_slack.limits import limit
from tests.fake_slack.methods.request import Method, Request
from tests.fake_slack.state import State
from tests.fake_slack.surfaces import check_view
from tests.fake_slack.things import View


def push_on(state: State, stack: list[View], view: View) -> None:
    """Puts a dialog on top of others. Raises SlackError: push_limit_reached."""
    if len(stack) >= limit("view.stack"):
        raise SlackError("push_limit_reached")
    view.root_view_id = stack[0].id
    view.previous_view_id = stack[-1].id
    stack.append(view)


def _told(request: Request, view: View) -> dict[str, Any]:
    return {"view": view.as_json(request.workspace.bot_id)}


def _modal(request: Request) -> dict[str, Any]:
    body: dict[str, Any] = request.need("view")
    check_view(body, "modal")
    _external_id_is_free(request, body)
    return body


def _external_id_is_free(request: Request, body: dict[str, Any]) -> None:
    wanted = body.get("external_id")
    for stack in request.state.stacks.values():
        for view in stack:
            if wanted and view.team_id == request.workspace.id and view.body.get("external_id") == wanted:
                raise SlackError("duplicate_external_id")


def open_modal(request: Request) -> dict[str, Any]:
    body, trigger_id = _modal(request), str(request.need("trigger_id"))
    team_id = request.workspace.id
    trigger = request.state.exchange_trigger(trigger_id, team_id)
    view = request.state.new_view(team_id, trigger.user, body, trigger_id)
    request.state.stacks[team_id, trigger.user] = [view]
    return _told(request, view)


def push(request: Request) -> dict[str, Any]:
    body, trigger_id = _modal(request), str(request.need("trigger_id"))
    trigger = request.state.exchange_trigger(trigger_id, request.workspace.id)
    stack = request.state.stack(request.workspace.id, trigger.user)
    if not stack:
        raise SlackError("not_found")
    view = request.state.new_view(request.workspace.id, trigger.user, body, trigger_id)
    push_on(request.state, stack, view)
    return _told(request, view)


def _opened(request: Request) -> View:
    if request.args.get("external_id"):
        wanted = request.args["external_id"]
        for stack in request.state.stacks.values():
            for view in stack:
                if view.team_id == request.workspace.id and view.body.get("external_id") == wanted:
                    return view
        raise SlackError("not_found")
    view_or_none = request.state.open_view(str(request.need("view_id")))
    if view_or_none is None or view_or_none.team_id != request.workspace.id:
        raise SlackError("not_found")
    return view_or_none


def update(request: Request) -> dict[str, Any]:
    view, body = _opened(request), request.need("view")
    check_view(body, view.body["type"])
    if request.args.get("hash") and request.args["hash"] != view.hash:
        raise SlackError("hash_conflict")
    request.state.change_view(view, body)
    return _told(request, view)


def publish(request: Request) -> dict[str, Any]:
    user, body = request.user(str(request.need("user_id"))), request.need("view")
    check_view(body, "home")
    key = (request.workspace.id, user.id)
    home = request.state.homes.get(key)
    if home is None:
        home = request.state.homes[key] = request.state.new_view(*key, body)
        return _told(request, home)
    if request.args.get("hash") and request.args["hash"] != home.hash:
        raise SlackError("hash_conflict")
    request.state.change_view(home, body)
    return _told(request, home)


METHODS = {
    "views.open": Method(open_modal),
    "views.push": Method(push),
    "views.update": Method(update),
    "views.publish": Method(publish),
}
