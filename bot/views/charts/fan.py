"""The wins added up week by week, and from today on the range in which they may go: wider the further away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from bot.views.charts.canvas import BLUE, GREY, LARGE, ORANGE, RED, SMALL, bare, new_figure, png, write

_INCHES_HIGH: Final = 4.6
_PALE_FAN: Final = 0.35


@dataclass(frozen=True, slots=True)
class Ahead:
    """The wins of so many weeks from today: the mean and the range."""

    weeks: int
    mean: float
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Earlier:
    """A forecast whose time is over: made so many weeks ago, for so many weeks, with this range."""

    weeks_ago: float
    weeks: int
    low: int
    high: int
    inside: bool


@dataclass(frozen=True, slots=True)
class Labels:
    """The words around it."""

    axis: str
    today: str
    happened: str
    expected: str
    held: str
    missed: str
    weeks: str


def drawn(wins: Sequence[int], ahead: Sequence[Ahead], earlier: Sequence[Earlier], labels: Labels) -> bytes:
    """A PNG. `wins` are those of the last weeks, the oldest first. Raises ValueError without weeks ahead."""
    if not ahead:
        raise ValueError("a forecast has weeks ahead")
    figure = new_figure(_INCHES_HIGH)
    axes = figure.add_subplot()
    past = np.arange(-len(wins), 1)
    total = np.array([0, *accumulate(wins)], dtype=float)
    axes.plot(past, total, color=BLUE, linewidth=3, zorder=4)
    _fan(axes, total[-1], ahead)
    shown = [each for each in earlier if each.weeks_ago <= len(wins)]
    for each in shown:
        _earlier(axes, each, past, total)
    _frame(axes, past, ahead, labels)
    figure.legend(
        handles=_handles(shown, labels), loc="outside lower center", ncols=2, frameon=False, fontsize=SMALL
    )
    return png(figure)


def _fan(axes: Axes, now: float, ahead: Sequence[Ahead]) -> None:
    weeks = [0, *(each.weeks for each in ahead)]
    low = [now, *(now + each.low for each in ahead)]
    high = [now, *(now + each.high for each in ahead)]
    axes.fill_between(weeks, low, high, color=ORANGE, alpha=_PALE_FAN, linewidth=0, zorder=2)
    axes.plot(
        weeks, [now, *(now + each.mean for each in ahead)], color=ORANGE, linewidth=3, linestyle="--", zorder=3
    )
    for each in ahead:
        axes.plot([each.weeks] * 2, [now + each.low, now + each.high], color=ORANGE, linewidth=2, zorder=3)
    last = ahead[-1]
    for wins in (last.low, last.high):
        write(axes, last.weeks + 0.5, now + wins, f"+{wins}", va="center", ha="left", size=LARGE)


def _earlier(axes: Axes, each: Earlier, past: np.ndarray, total: np.ndarray) -> None:
    """Its range at the end of its weeks, on top of what there was when it was made; and what it became."""
    made, end = -each.weeks_ago, each.weeks - each.weeks_ago
    base, became = (float(np.interp(at, past, total)) for at in (made, end))
    axes.plot([end, end], [base + each.low, base + each.high], color=GREY, linewidth=2, zorder=3)
    marker, colour = ("o", BLUE) if each.inside else ("X", RED)
    axes.plot([end], [became], marker=marker, color=colour, markersize=8, markeredgecolor="white", zorder=5)


def _frame(axes: Axes, past: np.ndarray, ahead: Sequence[Ahead], labels: Labels) -> None:
    axes.axvline(0, color=GREY, linewidth=1, linestyle=":", zorder=1)
    axes.set_xlim(past[0] - 0.5, ahead[-1].weeks + 4)
    axes.set_ylim(bottom=0)
    top = axes.get_ylim()[1]
    write(axes, -0.4, top, labels.today, size=SMALL, ink=GREY, ha="right", va="top")
    axes.set_ylabel(labels.axis, fontsize=SMALL)
    axes.set_xlabel(labels.weeks, fontsize=SMALL)
    axes.yaxis.set_major_locator(MaxNLocator(nbins=5, integer=True))
    axes.set_xticks([at for at in (-26, -13, 0, 4, 13) if past[0] <= at <= ahead[-1].weeks])
    bare(axes, keeps="bottom")
    axes.grid(axis="y", color="#EEEEEE", zorder=0)


def _handles(shown: Sequence[Earlier], labels: Labels) -> list[Line2D | Patch]:
    handles: list[Line2D | Patch] = [
        Line2D([], [], color=BLUE, linewidth=3, label=labels.happened),
        Patch(facecolor=ORANGE, alpha=_PALE_FAN, label=labels.expected),
    ]
    if any(each.inside for each in shown):
        handles.append(Line2D([], [], color=GREY, marker="o", markerfacecolor=BLUE, label=labels.held))
    if any(not each.inside for each in shown):
        handles.append(Line2D([], [], color=GREY, marker="X", markerfacecolor=RED, label=labels.missed))
    return handles
