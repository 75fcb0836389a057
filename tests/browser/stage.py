"""The demo and a browser in a network namespace of their own, so that nothing listens anywhere else.

The demo's Slack binds every interface. It, the bot and Chromium live in the namespace; the test
and Playwright's driver stay outside and talk to Chromium through pipes.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import ViewportSize, sync_playwright

from bot.demo.run import CHECKOUT
from bot.demo.slack_server import find_program
from bot.demo.supervisor import DemoError
from tests.browser.page import SlackPage

DEMO_COMMAND = (sys.executable, "-m", "bot.cli", "demo", "--no-open")
_TOOLS = ("chromium", "unshare", "nsenter", "ip")
_CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_STOP_SECONDS = 20
_WINDOW: ViewportSize = {"width": 1200, "height": 900}


@dataclass(frozen=True, slots=True)
class RunningDemo:
    """A demo that answers at `address` inside the network namespace of the process `pid`."""

    pid: int
    address: str


def missing() -> str | None:
    """What this machine lacks for a browser test, as a sentence; None when it lacks nothing."""
    absent = [tool for tool in _TOOLS if shutil.which(tool) is None]
    if absent:
        return f"not installed here: {', '.join(absent)}"
    try:
        find_program(CHECKOUT)
    except DemoError as error:
        return str(error)
    if subprocess.run([*_own_network(), "true"], check=False, capture_output=True).returncode != 0:
        return "this machine does not let us make a network namespace (unshare -n)"
    return None


@contextlib.contextmanager
def running_demo(folder: Path, command: Sequence[str] = DEMO_COMMAND) -> Iterator[RunningDemo]:
    """Runs `command` in `folder` and a network of its own; ready on entry, stopped by Ctrl-C on exit.

    Raises AssertionError with all it said when it is not ready, or does not stop as it should.
    """
    in_network = [*_own_network(), "sh", "-c", 'ip link set lo up && exec "$@"', "demo", *command]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONPATH": str(CHECKOUT)}
    process = subprocess.Popen(
        in_network, cwd=folder, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    try:
        yield RunningDemo(process.pid, _wait_for_address(process))
    finally:
        process.send_signal(signal.SIGINT)
        said, _nothing = process.communicate(timeout=_STOP_SECONDS)
    assert process.returncode == 0, f"the demo ended with status {process.returncode}:\n{said}"


@contextlib.contextmanager
def opened(demo: RunningDemo, folder: Path) -> Iterator[SlackPage]:
    """The demo's page in a headless Chromium that shares the demo's network."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=_chromium_inside(demo, folder), args=list(_CHROMIUM_FLAGS)
        )
        try:
            page = SlackPage(chromium.new_page(viewport=_WINDOW))
            page.opens(demo.address)
            yield page
        finally:
            chromium.close()


def _own_network() -> list[str]:
    # Without root rights a user namespace comes first, in which we are root.
    return ["unshare", "-n"] if os.geteuid() == 0 else ["unshare", "-r", "-n"]


def _chromium_inside(demo: RunningDemo, folder: Path) -> Path:
    """A program that starts Chromium in the demo's network: Playwright wants one path."""
    user = "" if os.geteuid() == 0 else "--user --preserve-credentials"
    script = folder / "chromium-inside"
    script.write_text(
        f'#!/bin/sh\nexec nsenter --target {demo.pid} --net {user} -- {shutil.which("chromium")} "$@"\n',
        encoding="utf-8",
    )
    script.chmod(0o755)
    return script


def _wait_for_address(process: subprocess.Popen[str]) -> str:
    """Reads what the demo says until it names its address; it has its own deadlines, so this ends."""
    said = []
    for line in process.stdout or ():
        said.append(line)
        if "Open http://" in line:
            return line.split("Open ", 1)[1].strip()
    raise AssertionError("the demo did not start:\n" + "".join(said))
