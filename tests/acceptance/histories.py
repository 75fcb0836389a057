"""A workspace with a past: visits drawn from a seed, imported as any file is."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import cycle

import numpy as np

from bot.usecases.import_history import ImportHistory, import_history
from playbooks.imports.history import read_history
from playbooks.library import shipped_text
from playbooks.loader import read_playbook
from tests.acceptance.conftest import Bot

BOOK = read_playbook(shipped_text("b2b-saas"), "b2b-saas").playbook
assert BOOK is not None
LAST = BOOK.last
_COLUMNS = ("prospect", "step", "entered_at", "left_at", "exit", "rep", "source")


def with_a_past(bot: Bot, *, a_week: int = 10, weeks: int = 40, reps: tuple[str, ...] = ("anna", "bram")) -> None:
    """So many prospects a week until yesterday; two of three go on in each step. The reps are here already."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(_COLUMNS)
    random, today, sellers = np.random.default_rng(11), bot.clock.at.date(), cycle(reps)
    for number in range(a_week * weeks):
        day = today - timedelta(days=1 + int(random.integers(0, 7 * weeks)))
        writer.writerows(_journey(f"Company {number}", next(sellers), (day, today), random))
    history = read_history(
        text.getvalue().encode(), "past.csv", playbook=BOOK, zone="Europe/Amsterdam", now=bot.clock.at
    )
    assert not history.bad, history.bad[:3]
    command = ImportHistory(history.runs, BOOK.key, reps={name: name for name in reps})
    import_history(command, bot.store.writing(bot.slack.workspace.id), bot.clock.at)


def _journey(
    name: str, rep: str, between: tuple[date, date], random: np.random.Generator
) -> Iterator[tuple[object, ...]]:
    """The visits of one prospect, from the first day on and until it left, or is still somewhere on the last."""
    day, today = between
    source = ("fair", "referral")[int(random.integers(0, 2))]
    for step in range(1, LAST + 1):
        left = day + timedelta(days=int(random.geometric(0.25)))
        if left >= today:
            yield name, step, day, "", "", rep, source
            return
        went_on = random.random() < 2 / 3
        exit_ = ("won" if step == LAST else "advanced") if went_on else "lost"
        yield name, step, day, left, exit_, rep, source
        if not went_on:
            return
        day = left
