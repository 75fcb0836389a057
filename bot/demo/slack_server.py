"""The demo's Slack as a program on this machine: where it is, its files, and whether it answers."""

from __future__ import annotations

import http.client
import json
import os
import platform
import socket
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from bot.demo.supervisor import DemoError, Program
from bot.demo.workspace import CREDENTIALS, slack_config

HOST = "127.0.0.1"
_PACKAGE = "local-slack-linux-x64"
_PROXIES = {"http_proxy", "https_proxy"}


def find_program(root: Path) -> Path:
    """The program that npm installed under `root`.

    Raises DemoError on a platform that has none, or when it was not installed.
    """
    program = root / "node_modules" / _PACKAGE / "bin" / "local-slack"
    if program.exists():
        return program
    if (platform.system(), platform.machine()) == ("Linux", "x86_64"):
        raise DemoError(f"The demo's Slack is not installed in {root}: run `make demo`, or `npm ci` first.")
    raise DemoError(
        f"The demo's Slack (npm package {_PACKAGE}) runs on 64-bit Intel Linux only; make a free Slack "
        "developer workspace at api.slack.com/developer-program instead, and install the app there "
        "with the manifest that `nextstep manifest` prints."
    )


def check_port(port: int) -> None:
    """Raises DemoError when something listens on `port` already, on any interface."""
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("", port))  # bound for an instant, never listening
    except OSError as error:
        raise DemoError(
            f"Port {port} cannot be used here ({error.strerror}): stop what uses it, "
            f"or choose another, for example `nextstep demo --port {port + 1}`.",
            code=2,
        ) from error


def slack_program(program: Path, home: Path, port: int, time: str) -> Program:
    """Writes the workspace under `home` and returns how to run the demo's Slack with it on `port`.

    `time` is what the demo's clock shows.
    """
    config = home / "slack.yaml"
    config.write_text(yaml.safe_dump(slack_config(time), sort_keys=False, allow_unicode=True), encoding="utf-8")
    argv = [str(program), "--config", str(config), "--port", str(port), "--base-host", HOST]
    argv += ["--files-dir", str(home / "files")]
    return Program("The demo's Slack", argv, os.environ, home / "slack.log")


def bot_environment(home: Path, port: int) -> dict[str, str]:
    """The environment in which the bot lives in the demo, and nowhere else.

    Settings for a real Slack are left out, and so are proxies: slack_sdk would send even
    calls to this machine through them.
    """
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("SLACK_", "NEXTSTEP_")) and name.lower() not in _PROXIES
    }
    return {
        **kept,
        **CREDENTIALS,
        "SLACK_API_URL": f"http://{HOST}:{port}/api/",
        "SLACK_BLOCKS": "core",
        "DATABASE_URL": f"sqlite:///{home.resolve() / 'nextstep.sqlite3'}",
    }


def answers(port: int) -> bool:
    """Whether the demo's Slack serves."""
    return _get(port, "/_control/state") is not None


def bot_is_connected(port: int) -> bool:
    """Whether a bot has opened its socket: the traffic log is the only place that says so."""
    traffic = _get(port, "/_control/log") or {"log": []}
    return any(
        entry["kind"] == "socket" and entry["summary"].startswith("socket connected") for entry in traffic["log"]
    )


def _get(port: int, path: str) -> Mapping[str, Any] | None:
    connection = http.client.HTTPConnection(HOST, port, timeout=2)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        body = response.read()
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()
    if response.status != http.client.OK:
        return None
    answer: Mapping[str, Any] = json.loads(body)
    return answer
