"""Programs of the demo live and die together."""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.demo.slack_server import check_port, find_program
from bot.demo.supervisor import DemoError, Program, Supervisor, stop_on_signals

FOREVER = "import time; print('up', flush=True); time.sleep(60)"
STUBBORN_PARENT = (
    "import subprocess, sys; child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']);"
    "print(child.pid, flush=True); child.wait()"
)


class Stage:
    """A supervisor, and programs made of a line of Python whose outputs are files."""

    def __init__(self, folder: Path) -> None:
        self.asked_to_stop = threading.Event()
        self.supervisor = Supervisor(self.asked_to_stop)
        self._folder = folder

    def start(self, name: str, code: str) -> Path:
        log = self._folder / f"{name}.log"
        self.supervisor.start(Program(name, [sys.executable, "-c", code], os.environ, log))
        return log

    def start_and_wait(self, name: str, code: str) -> str:
        log = self.start(name, code)
        self.supervisor.wait_until(written(log), name, 20)
        return log.read_text().strip()


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    stage = Stage(tmp_path)
    yield stage
    stage.supervisor.stop()


def written(log: Path) -> Callable[[], bool]:
    return lambda: log.exists() and log.read_text().endswith("\n")


def is_gone(pid: int) -> bool:
    """Whether the process ended: nothing there, or a zombie its new parent has not reaped yet."""
    status = Path(f"/proc/{pid}/stat")
    return not status.exists() or status.read_text().rsplit(")", 1)[1].split()[0] == "Z"


def test_one_death_is_told_with_its_last_words(stage: Stage) -> None:
    stage.start_and_wait("slack", FOREVER)
    stage.start("bot", "import sys; print('no token given'); sys.exit(3)")
    with pytest.raises(DemoError, match=r"bot stopped by itself \(exit status 3\)(.|\n)*no token given"):
        stage.supervisor.watch()


def test_stopping_leaves_no_child_behind(stage: Stage) -> None:
    grandchild = int(stage.start_and_wait("bot", STUBBORN_PARENT))
    stage.supervisor.stop()
    stage.supervisor.wait_until(lambda: is_gone(grandchild), "The end of the child", 20)


def test_a_program_that_never_gets_ready_is_an_error_after_the_deadline(stage: Stage) -> None:
    stage.start_and_wait("slack", FOREVER)
    with pytest.raises(DemoError, match="The bot is not ready after 0 seconds"):
        stage.supervisor.wait_until(lambda: False, "The bot", 0)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_asks_to_stop_and_interrupts_nothing(number: signal.Signals) -> None:
    with stop_on_signals() as asked_to_stop:
        signal.raise_signal(number)
        assert asked_to_stop.is_set()


def test_a_program_that_is_not_there_is_one_sentence(stage: Stage, tmp_path: Path) -> None:
    program = Program("The bot", [str(tmp_path / "nothing")], os.environ, tmp_path / "bot.log")
    with pytest.raises(DemoError, match=r"^The bot could not be started: .*No such file"):
        stage.supervisor.start(program)


def test_a_taken_port_says_what_to_do_and_ends_with_2() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(DemoError, match=f"--port {port + 1}") as caught:
            check_port(port)
    assert caught.value.code == 2


def test_without_the_package_the_demo_says_where_to_go(tmp_path: Path) -> None:
    with pytest.raises(DemoError, match=r"npm ci|nextstep manifest"):
        find_program(tmp_path)
