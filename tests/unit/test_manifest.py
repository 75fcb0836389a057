"""The manifest says exactly what the handlers answer, within what Slack takes."""

from __future__ import annotations

from typing import Any

import pytest

from bot.bootstrap import app_manifest
from bot.handlers import build_router
from bot.handlers.edge import CHANNEL_EVENTS
from bot.slack.manifest import COMMANDS, SHORTCUTS

URL = "https://nextstep.example/slack/events"
BOTH = pytest.mark.parametrize("url", [None, URL])

# Slack's reference/app-manifest.
APP_NAME, APP_DESCRIPTION, BOT_NAME = 35, 140, 80
COMMAND, COMMAND_DESCRIPTION, USAGE_HINT, COMMANDS_AT_MOST = 32, 2000, 1000, 50
SHORTCUT_NAME, SHORTCUT_DESCRIPTION, CALLBACK, SHORTCUTS_AT_MOST = 24, 150, 255, 10


def commands(prefix: str = "", url: str | None = None) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = app_manifest(prefix, url)["features"]["slash_commands"]
    return found


def shortcuts() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = app_manifest("", None)["features"]["shortcuts"]
    return found


def test_every_command_that_is_answered_is_in_the_manifest_and_no_other() -> None:
    assert {each["command"] for each in commands()} == {f"/{name}" for name in build_router().commands}
    assert set(COMMANDS) == set(build_router().commands)


def test_the_commands_of_the_product_are_there() -> None:
    assert {"/prospect", "/script", "/playbook", "/nextstep"} <= {each["command"] for each in commands()}


def test_every_shortcut_that_is_answered_is_in_the_manifest_and_no_other() -> None:
    router = build_router()
    told = {(each["type"], each["callback_id"]) for each in shortcuts()}
    answered = {("global", str(name)) for name in router.shortcuts}
    answered |= {("message", str(name)) for name in router.message_shortcuts}
    assert told == answered
    assert {callback for _, callback in told} == set(SHORTCUTS)


def test_a_prefix_stands_before_every_command_and_nothing_else() -> None:
    plain, prefixed = commands(), commands("ns-")
    assert [each["command"] for each in prefixed] == [f"/ns-{each['command'][1:]}" for each in plain]
    assert [each["description"] for each in prefixed] == [each["description"] for each in plain]


def test_over_http_every_way_in_has_the_address() -> None:
    settings = app_manifest("", URL)["settings"]
    assert not settings["socket_mode_enabled"]
    assert settings["event_subscriptions"]["request_url"] == URL
    assert settings["interactivity"] == {"is_enabled": True, "request_url": URL}
    assert {each["url"] for each in commands(url=URL)} == {URL}


def test_in_socket_mode_nothing_has_an_address() -> None:
    settings = app_manifest("", None)["settings"]
    assert settings["socket_mode_enabled"]
    assert "http" not in str(app_manifest("", None))


@BOTH
def test_home_its_event_and_interactivity_are_switched_on(url: str | None) -> None:
    manifest = app_manifest("", url)
    assert manifest["features"]["app_home"]["home_tab_enabled"]
    assert manifest["features"]["app_home"]["messages_tab_enabled"]
    events = manifest["settings"]["event_subscriptions"]["bot_events"]
    assert set(events) == {"app_home_opened", "user_change", *CHANNEL_EVENTS}
    assert manifest["settings"]["interactivity"]["is_enabled"]


@BOTH
def test_names_in_a_command_come_as_ids(url: str | None) -> None:
    """Without it a mention is a name, which two members may share."""
    assert all(each["should_escape"] for each in commands(url=url))


def test_slack_takes_every_text_of_it() -> None:
    manifest = app_manifest("n" * 20, URL)
    about = manifest["display_information"]
    assert len(about["name"]) <= APP_NAME
    assert len(about["description"]) <= APP_DESCRIPTION
    assert len(manifest["features"]["bot_user"]["display_name"]) <= BOT_NAME
    for command in manifest["features"]["slash_commands"]:
        assert len(command["command"]) <= COMMAND
        assert 0 < len(command["description"]) <= COMMAND_DESCRIPTION
        assert len(command["usage_hint"]) <= USAGE_HINT
    for shortcut in manifest["features"]["shortcuts"]:
        assert 0 < len(shortcut["name"]) <= SHORTCUT_NAME
        assert 0 < len(shortcut["description"]) <= SHORTCUT_DESCRIPTION
        assert len(shortcut["callback_id"]) <= CALLBACK
    assert len(manifest["features"]["slash_commands"]) <= COMMANDS_AT_MOST
    assert len(manifest["features"]["shortcuts"]) <= SHORTCUTS_AT_MOST


@pytest.mark.parametrize("url", ["foo", "http://nextstep.example/slack/events", "https://nextstep.example/slack"])
def test_an_address_where_slack_finds_nobody_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match=r"must look like https://your\.host/slack/events"):
        app_manifest("", url)
