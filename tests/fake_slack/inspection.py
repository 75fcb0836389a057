"""Pages beside the API, for a Slack that runs as its own process: look at everything, prepare, make it fail."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any
from urllib.parse import parse_qsl

from tests.fake_slack.faults import FaultPlan, Reply, from_json
from tests.fake_slack.state import State
from tests.fake_slack.things import Channel, User, Workspace


def answer(state: State, faults: FaultPlan, page: str, query: str, body: bytes) -> Reply:
    """One page: `messages`, `calls`, `views`, `users` to look; `fail`, `chaos`, `heal` to break and mend."""
    asked = dict(parse_qsl(query))
    given = json.loads(body) if body else {}
    with state.change():
        if page in _LOOKS:
            return Reply(200, _LOOKS[page](state, asked))
        if page in _TURNS:
            _TURNS[page](faults, given)
            return Reply(200, {"ok": True})
        if page in _ADDS:
            return Reply(200, _plain(_ADDS[page](state, given)))
    return Reply(404, {"ok": False, "error": f"no page {page}"})


def _plain(added: User | Channel) -> dict[str, Any]:
    return asdict(added) if isinstance(added, User) else added.as_json()


def _messages(state: State, asked: Mapping[str, str]) -> list[Any]:
    return [
        {**message.as_json(with_metadata=True), "channel": message.channel, "only_for": message.only_for}
        for message in state.messages
        if not message.deleted and asked.get("channel") in (None, message.channel)
    ]


def _calls(state: State, asked: Mapping[str, str]) -> list[Any]:
    return [asdict(call) for call in state.calls if asked.get("method") in (None, call.method)]


def _views(state: State, asked: Mapping[str, str]) -> list[Any]:
    opened = [view for stack in state.stacks.values() for view in stack]
    return [view.body for view in [*opened, *state.homes.values()] if asked.get("user") in (None, view.user)]


def _workspaces(state: State, _: Mapping[str, str]) -> list[Any]:
    return [
        {
            "id": each.id,
            "name": each.name,
            "bot_token": each.bot_token,
            "users": [asdict(user) for user in each.users.values()],
            "channels": [channel.as_json() for channel in each.channels.values()],
        }
        for each in state.workspaces.values()
    ]


_LOOKS: dict[str, Callable[[State, Mapping[str, str]], list[Any]]] = {
    "messages": _messages,
    "calls": _calls,
    "views": _views,
    "workspaces": _workspaces,
}


def _fail(faults: FaultPlan, given: dict[str, Any]) -> None:
    faults.queue(given["method"], from_json(given["fault"]), given.get("times", 1))


def _chaos(faults: FaultPlan, given: dict[str, Any]) -> None:
    rates = {
        method: [(each["share"], from_json(each["fault"])) for each in chances]
        for method, chances in given["rates"].items()
    }
    faults.at_random(given["seed"], rates)


_TURNS: dict[str, Callable[[FaultPlan, dict[str, Any]], None]] = {
    "fail": _fail,
    "chaos": _chaos,
    "heal": lambda faults, _: faults.clear(),
}


def _workspace(state: State, given: dict[str, Any]) -> Workspace:
    team_id = given.pop("team_id", next(iter(state.workspaces)))
    return state.workspaces[team_id]


def _add_user(state: State, given: dict[str, Any]) -> User:
    return state.add_user(_workspace(state, given), **given)


def _add_channel(state: State, given: dict[str, Any]) -> Channel:
    return state.add_channel(_workspace(state, given), **given)


_ADDS: dict[str, Callable[[State, dict[str, Any]], User | Channel]] = {
    "users": _add_user,
    "channels": _add_channel,
}
