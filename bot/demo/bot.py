"""The bot as the demo runs it: `python -m bot.demo.bot`, with the environment that `run_demo` gives."""

from __future__ import annotations

import sys
import threading

from slack_bolt.adapter.socket_mode import SocketModeHandler

from bot import playbook_files
from bot.bootstrap import start
from bot.demo.socket_mode import bridge_gaps
from bot.logs import configure as configure_logs
from bot.settings import Settings, SettingsError, read


def main() -> int:
    """Serves until it is killed; 1 and a sentence when a setting is wrong."""
    try:
        settings = read(Settings)
    except SettingsError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    configure_logs(settings.log_format)
    running = start(settings, playbook_files.starters(settings.playbooks))
    token = settings.app_token.get_secret_value() if settings.app_token else None
    bridge_gaps(SocketModeHandler(running.app, token)).client.connect()
    threading.Event().wait()  # requests are answered by the client's own threads
    return 0


if __name__ == "__main__":
    sys.exit(main())
