"""What `nextstep demo` does, from an empty folder to Ctrl-C."""

from __future__ import annotations

import os
import shutil
import sys
import webbrowser
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console

from bot.demo import slack_server
from bot.demo.clock import next_morning, shown
from bot.demo.supervisor import DemoError, Program, Supervisor, stop_on_signals
from bot.demo.workspace import MEMBERS

Environment = Mapping[str, str]
# -P: a folder named `bot` where the demo is started must not stand in for ours.
BOT_COMMAND: Sequence[str] = (sys.executable, "-P", "-m", "bot.demo.bot")
CHECKOUT = Path(__file__).resolve().parents[2]
_SLACK_SECONDS = 20.0
_BOT_SECONDS = 60.0

COMMANDS_TO_TRY: tuple[tuple[str, str], ...] = (
    ("/prospect", "your open prospects, most urgent first"),
    ("/prospect add Kestrel Robotics source:fair playbook:b2b-saas", "start a prospect at step 1"),
    ("/prospect advance Brightwater", "they decided: all the evidence is there, one step further"),
    ("/script Brightwater", "the words for the step they stand in now"),
    ("/plan 2 per week", "what two customers a week take: prospects, days and hours"),
    ("/nextstep", "help, and your own language"),
)


@dataclass(frozen=True, slots=True)
class DemoOptions:
    """`port` of the page; `reset` forgets the earlier demo; `home` is the folder with its data."""

    port: int = 3000
    reset: bool = False
    open_browser: bool = True
    home: Path = field(default_factory=lambda: Path.cwd() / ".demo")

    @property
    def address(self) -> str:
        return f"http://{slack_server.HOST}:{self.port}/"


def run_demo(
    options: DemoOptions,
    *,
    prepare: Callable[[Environment], None],
    bot_command: Sequence[str] = BOT_COMMAND,
    console: Console | None = None,
) -> int:
    """Runs the demo's Slack and the bot in it until Ctrl-C, and returns the exit status.

    `prepare(environment)` migrates and, when it is empty, seeds the database that the environment
    names. `bot_command` runs the bot in Socket Mode with that environment. 0 after Ctrl-C, 2 for a
    port that is taken, 1 when there can be no demo here or a program died.
    """
    out = console or Console(highlight=False, soft_wrap=True, emoji=False)
    try:
        program = slack_server.find_program(CHECKOUT)
        slack_server.check_port(options.port)
        _make_home(options)
        clock = next_morning(options.home, datetime.now(UTC))
        environment = slack_server.bot_environment(options.home, options.port) | clock.environment()
        out.print("Preparing the team and its history...")
        prepare(environment)
        _serve(_Stage(options, program, environment, shown(clock.now())), bot_command, out)
    except DemoError as error:
        out.print(str(error), markup=False)
        return error.code
    except KeyboardInterrupt:  # before the first program was started
        pass
    out.print("The demo has stopped. `make demo` goes on where you left, `make demo-reset` starts over.")
    return 0


def _make_home(options: DemoOptions) -> None:
    if options.reset:
        shutil.rmtree(options.home, ignore_errors=True)
    options.home.mkdir(exist_ok=True)


@dataclass(frozen=True, slots=True)
class _Stage:
    """What the programs of one demo need; `time` is what its clock shows."""

    options: DemoOptions
    program: Path
    environment: Environment
    time: str


def _serve(stage: _Stage, bot_command: Sequence[str], out: Console) -> None:
    options, environment, port = stage.options, stage.environment, stage.options.port
    with stop_on_signals() as asked_to_stop:
        supervisor = Supervisor(asked_to_stop)
        try:
            supervisor.start(slack_server.slack_program(stage.program, options.home, port, stage.time))
            supervisor.wait_until(lambda: slack_server.answers(port), "The demo's Slack", _SLACK_SECONDS)
            supervisor.start(Program("The bot", bot_command, environment, options.home / "bot.log"))
            supervisor.wait_until(lambda: slack_server.bot_is_connected(port), "The bot", _BOT_SECONDS)
            if not asked_to_stop.is_set():
                _welcome(options, stage.time, out)
            supervisor.watch()
        finally:
            supervisor.stop()


def _welcome(options: DemoOptions, time: str, out: Console) -> None:
    out.print(
        f"\n  Open [bold]{options.address}[/bold]\n\n"
        f"  [bold]The demo's clock says {time}.[/bold] The next start will be the next working morning.\n"
        "  By itself arrives: the day of each rep, under Direct messages, with what stalls and which decisions\n"
        "  are due; on Mondays the week, in #sales. On the first day a colleague uses up a step's contacts\n"
        "  within half a minute: a stall alert follows at once.\n\n"
        "  Type in #sales:\n"
    )
    width = max(len(command) for command, _does in COMMANDS_TO_TRY)
    for command, does in COMMANDS_TO_TRY:
        out.print(f"    [bold]{command:{width}}[/bold]   {does}")
    out.print(
        f"\n  You are {MEMBERS[0].name}; choose somebody else under [italic]Act as[/italic]: the Dutch "
        "members read Dutch.\n  Apps, Nextstep is your desk.\n\n"
        "  This Slack (local-slack, by others) listens on all interfaces of this machine: on a network\n"
        "  you do not trust, others can open it too. Ctrl-C stops everything.\n"
    )
    if options.open_browser and (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        webbrowser.open(options.address)
