"""A handful of programs that live and die together."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

_POLL_SECONDS = 0.1
_GRACE_SECONDS = 5.0
_LINES_OF_LOG = 12


class DemoError(Exception):
    """Why there is no demo, in a sentence for the person who asked for it; `code` is the exit status."""

    def __init__(self, sentence: str, code: int = 1) -> None:
        super().__init__(sentence)
        self.code = code


@dataclass(frozen=True, slots=True)
class Program:
    """Something to run: `argv` with `environment` (all of it), both outputs to the file `log`."""

    name: str
    argv: Sequence[str]
    environment: Mapping[str, str]
    log: Path


class Supervisor:
    """Starts programs, notices when one dies, and stops all of them in the reverse order."""

    def __init__(self, asked_to_stop: threading.Event) -> None:
        self._asked_to_stop = asked_to_stop
        self._running: list[tuple[Program, subprocess.Popen[bytes]]] = []

    def start(self, program: Program) -> None:
        """Raises DemoError when the program cannot be started."""
        with program.log.open("wb") as log:
            try:
                # A session of its own: Ctrl-C in the terminal reaches us alone, and we stop it in order.
                process = subprocess.Popen(  # noqa: S603 - the programs are our own
                    program.argv,
                    env=dict(program.environment),
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=subprocess.STDOUT,
                    start_new_session=True,
                )
            except OSError as error:
                raise DemoError(f"{program.name} could not be started: {error}.") from error
        self._running.append((program, process))

    def wait_until(self, ready: Callable[[], bool], what: str, seconds: float) -> None:
        """Returns when `ready()`, or early when asked to stop.

        Raises DemoError when a program dies meanwhile, or after `seconds`.
        """
        deadline = time.monotonic() + seconds
        while not self._asked_to_stop.wait(_POLL_SECONDS):
            self._raise_when_one_died()
            if ready():
                return
            if time.monotonic() > deadline:
                raise DemoError(f"{what} is not ready after {seconds:.0f} seconds.{self._last_words()}")

    def watch(self) -> None:
        """Returns when asked to stop. Raises DemoError when a program dies before that."""
        while not self._asked_to_stop.wait(_POLL_SECONDS):
            self._raise_when_one_died()

    def stop(self) -> None:
        """Ends every program, last started first; what does not listen within five seconds is killed."""
        for _program, process in reversed(self._running):
            _signal_all(process, signal.SIGTERM)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(_GRACE_SECONDS)
            _signal_all(process, signal.SIGKILL)  # children that outlived it, too
            process.wait()
        self._running.clear()

    def _raise_when_one_died(self) -> None:
        for program, process in self._running:
            status = process.poll()
            if status is not None:
                raise DemoError(
                    f"{program.name} stopped by itself (exit status {status}), so the demo stops too."
                    f"{_end_of(program.log)}"
                )

    def _last_words(self) -> str:
        return "".join(_end_of(program.log) for program, _process in self._running)


@contextlib.contextmanager
def stop_on_signals() -> Iterator[threading.Event]:
    """An event that Ctrl-C, a closed terminal or `kill` sets, instead of interrupting what runs."""
    asked_to_stop = threading.Event()

    def ask(_signal: int, _frame: FrameType | None) -> None:
        asked_to_stop.set()

    signals = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {number: signal.signal(number, ask) for number in signals}
    try:
        yield asked_to_stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _signal_all(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):  # it and its children are gone already
        os.killpg(process.pid, number)


def _end_of(log: Path) -> str:
    lines = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-_LINES_OF_LOG:]
    return "".join(f"\n    {line}" for line in [f"The end of {log}:", *lines]) if lines else ""
