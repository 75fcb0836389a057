"""For each step how many stand in it now, against how many the plan needs there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from matplotlib.axes import Axes
from matplotlib.patches import Patch

from bot.views.charts.canvas import BLUE, GREY, ORANGE, SMALL, bare, new_figure, png, shortened, write

_INCHES_A_STEP: Final = 0.95
_THICK: Final = 0.26
_ROOM: Final = 1.18


@dataclass(frozen=True, slots=True)
class Row:
    """One step: how many stand in it now, and how many the plan needs there, with the range.

    `said` is `needed` in words, rounded as in the text beside the chart.
    """

    name: str
    now: int
    needed: float
    low: float
    high: float
    said: str


@dataclass(frozen=True, slots=True)
class Labels:
    """What the two bars are."""

    now: str
    needed: str


def drawn(rows: Sequence[Row], labels: Labels) -> bytes:
    """A PNG, the first step on top. Raises ValueError for no rows."""
    if not rows:
        raise ValueError("a chart of steps has at least one")
    figure = new_figure(0.9 + _INCHES_A_STEP * len(rows))
    axes = figure.add_subplot()
    longest = max(1.0, *(max(row.now, row.high, row.needed) for row in rows))
    for place, row in enumerate(rows):
        _draw(axes, row, place, longest)
    axes.set_xlim(0, longest * _ROOM)
    axes.set_ylim(len(rows) - 0.5, -0.75)
    axes.set_xticks([])
    axes.set_yticks([])
    bare(axes)
    handles = [
        Patch(facecolor=BLUE, label=labels.now),
        Patch(facecolor="white", edgecolor=ORANGE, hatch="///", label=labels.needed),
    ]
    figure.legend(handles=handles, loc="outside lower center", ncols=2, frameon=False, fontsize=SMALL)
    return png(figure)


def _draw(axes: Axes, row: Row, place: int, longest: float) -> None:
    gap = longest * 0.015
    write(axes, 0, place - 0.32, shortened(row.name), ha="left", va="bottom")
    axes.barh(place - 0.13, row.now, height=_THICK, color=BLUE)
    write(axes, row.now + gap, place - 0.13, str(row.now), size=SMALL, ha="left", va="center")
    below = place + 0.17
    axes.barh(below, row.needed, height=_THICK, color="white", edgecolor=ORANGE, hatch="///")
    axes.plot([row.low, row.high], [below, below], color=GREY, linewidth=2)
    write(axes, max(row.needed, row.high) + gap, below, row.said, size=SMALL, ha="left", va="center")
