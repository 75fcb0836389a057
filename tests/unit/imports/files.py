"""Files of history as tests write them."""

from __future__ import annotations

from datetime import UTC, datetime

from playbooks.imports.history import History, read_history
from playbooks.imports.mapping import LONG_FORM, Mapping
from playbooks.imports.runs import Run
from tests.builders import a_playbook

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
ZONE = "Europe/Amsterdam"
HEADER = "prospect,step,entered_at,left_at,exit,rep,source"


def a_file(*rows: str, header: str = HEADER) -> bytes:
    return "\n".join([header, *rows]).encode() + b"\n"


def read(
    *rows: str, header: str = HEADER, steps: int = 3, mapping: Mapping = LONG_FORM, data: bytes | None = None
) -> History:
    """What a file with these rows says, for a playbook of three steps."""
    return read_history(
        a_file(*rows, header=header) if data is None else data,
        "history.csv",
        playbook=a_playbook(steps=steps),
        zone=ZONE,
        now=NOW,
        mapping=mapping,
    )


def the_run(*rows: str, **more: int) -> Run:
    """The only journey that these rows make."""
    history = read(*rows, **more)
    assert [str(bad) for bad in history.bad] == []
    (run,) = history.runs
    return run


def wrong(*rows: str, header: str = HEADER, steps: int = 3) -> list[str]:
    """What is said of the bad ones among these rows."""
    return [str(bad) for bad in read(*rows, header=header, steps=steps).bad]
