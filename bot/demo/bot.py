"""The bot as the demo runs it: `python -m bot.demo.bot`, with the environment that `run_demo` gives."""

from __future__ import annotations

import os
import sys
import threading
from functools import partial

from slack_bolt.adapter.socket_mode import SocketModeHandler

import storage
from bot import playbook_files
from bot.bootstrap import deliverer, open_engine, start
from bot.demo.clock import DemoClock, from_environment
from bot.demo.colleague import meets_prospects
from bot.demo.pictures import PicturesInside
from bot.demo.socket_mode import bridge_gaps
from bot.logs import configure as configure_logs
from bot.settings import Settings, SettingsError, read
from bot.slack.installations import OneToken
from bot.slack.messenger import SlackMessenger

_COLLEAGUE_AFTER = 20.0
"""Seconds: by then the daily messages have arrived, and can be told from what follows."""


def main() -> int:
    """Serves until it is killed; 1 and a sentence when a setting is wrong."""
    try:
        settings = read(Settings)
    except SettingsError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    configure_logs(settings.log_format)
    clock = from_environment(os.environ)
    messenger = PicturesInside(SlackMessenger(settings.api_url, OneToken(settings.bot_token.get_secret_value())))
    making = partial(deliverer, clock=clock.now, messenger=messenger)
    starters = playbook_files.starters(settings.playbooks)
    running = start(settings, starters, clock=clock.now, making=making, messenger=messenger)
    token = settings.app_token.get_secret_value() if settings.app_token else None
    bridge_gaps(SocketModeHandler(running.app, token)).client.connect()
    forever = threading.Event()
    forever.wait(_COLLEAGUE_AFTER)
    _let_colleague_work(settings, clock)
    forever.wait()  # requests are answered by the client's own threads
    return 0


def _let_colleague_work(settings: Settings, clock: DemoClock) -> None:
    engine = open_engine(settings.database_url, lock_seconds=5.0)
    meets_prospects(storage.Store(engine), clock.now())
    engine.dispose()


if __name__ == "__main__":
    sys.exit(main())
