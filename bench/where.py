"""Where a program's time goes: py-spy looks at its stacks from outside, and each look counts for one part.

A look belongs to the innermost frame that says what was being done: a JSON parser that a dialog's reader called
is the dialog's reader.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from bench.client import Fired

LOOKS_A_SECOND = 250


class Part(StrEnum):
    """What a request's time is spent on."""

    HTTP = "HTTP: gunicorn, threads"
    BOLT = "Bolt: signature, parsing, matching"
    GRAMMAR = "parse: reading what was typed"
    DATABASE = "database: statements, connections"
    RULES = "rules: histories, replay, deadlines"
    VIEW = "view: blocks, words, scripts"
    HANDLING = "handlers and use cases"
    OTHER = "other"


_PLACES: Final = (
    (Part.RULES, ("/storage/entries.py", "/storage/projection.py", "/storage/repositories/loading.py")),
    (Part.GRAMMAR, ("/bot/grammar/", "/playbooks/names.py", "/handlers/prospect/reading.py", "/dateparser/")),
    (Part.VIEW, ("/bot/views/", "/babel/", "/jinja2/", "/playbooks/scripts.py", "/usecases/read_script.py")),
    (Part.DATABASE, ("/storage/", "/sqlalchemy/", "/psycopg/", "/psycopg_pool/")),
    (Part.RULES, ("/playbooks/",)),
    (Part.HANDLING, ("/bot/handlers/", "/bot/usecases/", "/bot/slack/")),
    (Part.BOLT, ("/slack_bolt/", "/slack_sdk/", "/bot/web.py", "/bench/apps.py")),
    (Part.HTTP, ("/gunicorn/", "/threading.py", "/concurrent/", "/selectors.py", "/socket.py")),
)
"""By what stands in a file's path; the first that fits counts."""


@dataclass(frozen=True, slots=True)
class Split:
    """Milliseconds of one request: at work, by part, and all in all.

    What is missing from the whole is waiting: for the database, for the disk, or for a request.
    """

    parts: Mapping[Part, float]
    whole: float

    @property
    def waiting(self) -> float:
        return max(0.0, self.whole - sum(self.parts.values()))


def py_spy() -> str | None:
    """Where the program stands: on the path, or beside this Python."""
    return shutil.which("py-spy") or shutil.which("py-spy", path=str(Path(sys.executable).parent))


def look_at(pid: int, keep_busy: Callable[[], Fired], folder: Path, seconds: int = 5) -> Split | None:
    """Where the program's time goes, while `keep_busy` is called again and again.

    Only who holds Python's lock is looked at: that is what the four threads share, so it is what a second is
    made of. None without py-spy, or where it may not look.
    """
    spy = py_spy()
    if spy is None:
        return None
    seen = folder / f"{pid}.stacks"
    command = [spy, "record", "--pid", str(pid), "--subprocesses", "--gil", "--full-filenames", "--format", "raw"]
    command += ["--rate", str(LOOKS_A_SECOND), "--duration", str(seconds), "--output", str(seen)]
    fired = []
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as looking:
        while looking.poll() is None:
            fired.append(keep_busy())
    return _split(seen.read_text().splitlines(), fired) if seen.exists() else None


def _split(stacks: list[str], fired: list[Fired]) -> Split:
    counted: Counter[Part] = Counter()
    for part, looks in map(_counted, stacks):
        counted[part] += looks
    requests = sum(len(each.each) for each in fired)
    milliseconds = 1000 / LOOKS_A_SECOND / requests
    return Split(
        {part: counted[part] * milliseconds for part in Part},
        1000 * sum(each.seconds for each in fired) / requests,
    )


def _counted(stack: str) -> tuple[Part, int]:
    frames, _, looks = stack.rpartition(" ")
    return next(_parts(frames.split(";")), Part.OTHER), int(looks)


def _parts(frames: list[str]) -> Iterator[Part]:
    for frame in reversed(frames):
        for part, places in _PLACES:
            if any(place in frame for place in places):
                yield part
                break
