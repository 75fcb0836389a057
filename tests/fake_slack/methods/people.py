"""auth, users, team, bots, apps: who is who."""

from typing import Any

from tests.fake_slack.errors import SlackError
from tests.fake_slack.limits import limit
from tests.fake_slack.methods.request import Method, Request, page
from tests.fake_slack.things import APP_ID, User


def auth_test(request: Request) -> dict[str, Any]:
    workspace = request.workspace
    return {
        "url": request.base_url,
        "team": workspace.name,
        "team_id": workspace.id,
        "user": workspace.users[workspace.bot_user_id].name,
        "user_id": workspace.bot_user_id,
        "bot_id": workspace.bot_id,
        "is_enterprise_install": False,
    }


def _told(request: Request, user: User) -> dict[str, Any]:
    return user.as_json(
        now=request.state.clock(),
        include_locale=request.flag("include_locale"),
        include_email="users:read.email" in request.scopes,
    )


def users_info(request: Request) -> dict[str, Any]:
    return {"user": _told(request, request.user(str(request.need("user"))))}


def users_list(request: Request) -> dict[str, Any]:
    shown, cursor = page(list(request.workspace.users.values()), request, limit("users.page"), 1000)
    members = [_told(request, user) for user in shown]
    return {"members": members, "response_metadata": {"next_cursor": cursor}}


def team_info(request: Request) -> dict[str, Any]:
    name = request.workspace.name
    return {"team": {"id": request.workspace.id, "name": name, "domain": name.lower().replace(" ", "-")}}


def bots_info(request: Request) -> dict[str, Any]:
    workspace = request.workspace
    if request.args.get("bot") not in (None, workspace.bot_id):
        raise SlackError("bot_not_found")
    bot = {"id": workspace.bot_id, "app_id": APP_ID, "user_id": workspace.bot_user_id, "name": "Nextstep"}
    return {"bot": {**bot, "deleted": False}}


def open_socket(_: Request) -> dict[str, Any]:
    raise SlackError("socket_mode_not_enabled", ["this Slack speaks HTTP only"])


METHODS = {
    "auth.test": Method(auth_test),
    "users.info": Method(users_info, ("users:read",)),
    "users.list": Method(users_list, ("users:read",)),
    "team.info": Method(team_info, ("team:read",)),
    "bots.info": Method(bots_info, ("users:read",)),
    "apps.connections.open": Method(open_socket),
}
