"""The app manifest: what to paste when making the Slack app. It follows from what the handlers register."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

COMMANDS: Final = {
    "prospect": ("Your prospects: list, add, log, advance", "[add|log|advance|lost|...] name"),
    "script": ("What to say: for a step, or for a prospect now", "[step3 | Acme]"),
    "playbook": ("The steps, their evidence and scripts", "[show|check|history]"),
    "funnel": ("How many go on in each step, and where to look", "[weeks:13|all] [source:x] [@rep] [by:source]"),
    "plan": (
        "What so many customers take, calculated backwards",
        "[set] [10 per week] [certainty:80] [step3:+5]",
    ),
    "forecast": ("Customers to be expected, and how earlier forecasts did", "[playbook:x]"),
    "nextstep": ("Help and settings", "[help|settings]"),
}
"""What Slack shows while a command is typed: description and hint."""

SHORTCUTS: Final = {
    "add_prospect": ("Add a prospect", "Starts a prospect at step 1"),
    "log_contact": ("Log a contact", "Logs a contact with a prospect from this message"),
}

SCOPES: Final = {
    "channels:history": "finding out whether a digest arrived whose sending was interrupted",
    "channels:read": "the team's channel",
    "chat:write": "every message",
    "commands": "slash commands and shortcuts",
    "files:read": "waiting until Slack can show a chart",
    "files:write": "charts: the digest's, and those asked for",
    "groups:history": "the same as channels:history, where the team's channel is private",
    "groups:read": "the team's channel where it is private",
    "im:history": "finding out whether a daily message arrived whose sending was interrupted",
    "im:write": "opening the conversation with a member",
    "metadata.message:read": "the mark by which an interrupted message is found",
    "users:read": "names, languages, time zones and who left",
}
"""What the bot's token may do, and what for."""

EVENTS: Final = (
    "app_home_opened",
    "channel_archive",
    "channel_deleted",
    "channel_left",
    "group_archive",
    "group_deleted",
    "group_left",
    "member_left_channel",
    "user_change",
)
"""What Slack tells by itself: who opens Home, who left, and which channel takes no messages any more."""


_ADDRESS: Final = re.compile(r"https://[^/\s]+(/\S+)?/slack/events")


@dataclass(frozen=True, slots=True)
class Registered:
    """What the handlers answer: command names without slash and prefix, and callbacks of shortcuts."""

    commands: Iterable[str]
    shortcuts: Iterable[str]
    message_shortcuts: Iterable[str]


def manifest(registered: Registered, *, prefix: str = "", url: str | None = None) -> dict[str, Any]:
    """The manifest as Slack takes it. `url` is where HTTP requests go; None means Socket Mode.

    Raises ValueError for an address that Slack refuses or where nothing answers.
    """
    socket_mode = url is None
    if url is not None and not _ADDRESS.fullmatch(url):
        raise ValueError(f"--url must look like https://your.host/slack/events; {url} does not.")
    address = {} if socket_mode else {"request_url": url}
    commands = [
        {
            "command": f"/{prefix}{name}",
            "description": COMMANDS[name][0],
            "usage_hint": COMMANDS[name][1],
            "should_escape": True,
            **({} if socket_mode else {"url": url}),
        }
        for name in registered.commands
    ]
    shortcuts = [
        {
            "name": SHORTCUTS[callback][0],
            "type": kind,
            "callback_id": str(callback),
            "description": SHORTCUTS[callback][1],
        }
        for kind, callbacks in (("global", registered.shortcuts), ("message", registered.message_shortcuts))
        for callback in callbacks
    ]
    return {
        "display_information": {
            "name": "Nextstep",
            "description": "Sales as a process with a predictable outcome",
            "background_color": "#1f4e5f",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": "Nextstep", "always_online": True},
            "slash_commands": commands,
            "shortcuts": shortcuts,
        },
        "oauth_config": {"scopes": {"bot": list(SCOPES)}},
        "settings": {
            "event_subscriptions": {**address, "bot_events": list(EVENTS)},
            "interactivity": {"is_enabled": True, **address},
            "org_deploy_enabled": False,
            "socket_mode_enabled": socket_mode,
            "token_rotation_enabled": False,
        },
    }
