"""The bars of numbers.md: every share in a table is held against one, and what is missed is said below it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from rich.console import Console
from rich.table import Table

FEWEST = 200
"""Fewer cases than this are shown and not judged: chance alone would miss the bar too often."""


class Judged:
    """A table whose shares are held against bars; `show` prints it and what missed."""

    def __init__(self, title: str, *columns: str, fewest: int = FEWEST) -> None:
        self.fewest = fewest
        self.table = Table(*columns, title=title)
        self._missed: list[str] = []

    def share(self, where: str, values: Sequence[float] | np.ndarray, low: float = 0.0, high: float = 1.0) -> str:
        """The mean of these, and of how many; `where` names the place should it lie outside the bar."""
        if not len(values):
            return "-"
        share = float(np.mean(values))
        judged = len(values) >= self.fewest
        if judged and not low <= round(share, 3) <= high:
            self._missed.append(f"{where} {share:.1%}")
            return f"{share:.1%} of {len(values)}, missed"
        return f"{share:.1%} of {len(values)}"

    def missed(self, what: str) -> None:
        """Something else that should not be so."""
        self._missed.append(what)

    def show(self, out: Console, note: str = "") -> None:
        out.print(self.table)
        if note:
            out.print(note)
        out.print(f"Missed: {'; '.join(self._missed)}." if self._missed else "No bar missed.")
