"""For each step how many of 100 go on: a point where it most likely is, a line for the range, counts beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from bot.views.charts.canvas import BLUE, GREY, LARGE, ORANGE, PALE, SMALL, bare, new_figure, png, shortened, write

_INCHES_A_STEP: Final = 0.72
_ALL: Final = 100
_ABOVE: Final = 0.3
_LONGEST_BESIDE: Final = 28
"""Characters of a name, so that the counts have room beside it."""

Style = Literal["-", "--"]


@dataclass(frozen=True, slots=True)
class Row:
    """One step, of 100. `counts` stands beside its name; without a share only the two are written.

    `is_assumed` draws it hollow and dashed; `target` is marked where there is one.
    """

    name: str
    counts: str
    share: float | None = None
    low: float = 0.0
    high: float = 0.0
    is_assumed: bool = False
    target: float | None = None


@dataclass(frozen=True, slots=True)
class Labels:
    """The words around it: what the axis says, and what the marks mean."""

    axis: str
    seen: str
    assumed: str
    target: str


def drawn(rows: Sequence[Row], labels: Labels) -> bytes:
    """A PNG, the first step on top. Raises ValueError for no rows."""
    if not rows:
        raise ValueError("a chart of steps has at least one")
    figure = new_figure(1.5 + _INCHES_A_STEP * len(rows))
    axes = figure.add_subplot()
    for place, row in enumerate(rows):
        _draw(axes, row, place)
    _frame(axes, len(rows), labels)
    handles = [_mark(labels.seen, filled=True)]
    if any(row.is_assumed for row in rows):
        handles.append(_mark(labels.assumed, filled=False))
    if any(row.target is not None for row in rows):
        handles.append(_tick(labels.target))
    figure.legend(handles=handles, loc="outside lower center", ncols=len(handles), frameon=False, fontsize=SMALL)
    return png(figure)


def _draw(axes: Axes, row: Row, place: int) -> None:
    write(axes, 0, place - _ABOVE, shortened(row.name, _LONGEST_BESIDE), ha="left", va="bottom")
    write(axes, _ALL, place - _ABOVE, row.counts, size=SMALL, ink=GREY, ha="right", va="bottom")
    axes.plot([0, _ALL], [place, place], color=PALE, linewidth=7, solid_capstyle="round", zorder=1)
    if row.target is not None:
        axes.plot([row.target], [place], marker="|", color="black", markersize=18, markeredgewidth=2, zorder=3)
    if row.share is None:
        return
    colour = ORANGE if row.is_assumed else BLUE
    style: Style = "--" if row.is_assumed else "-"
    axes.plot([row.low, row.high], [place, place], color=colour, linewidth=4, linestyle=style, zorder=2)
    face = "white" if row.is_assumed else colour
    axes.plot([row.share], [place], marker="o", color=colour, markersize=13, markerfacecolor=face, zorder=4)
    left_half = row.share < _ALL / 2
    write(
        axes,
        (row.high if left_half else row.low) + (4 if left_half else -4),
        place,
        str(round(row.share)),
        size=LARGE,
        ha="left" if left_half else "right",
        va="center",
        bold=True,
    )


def _frame(axes: Axes, count: int, labels: Labels) -> None:
    axes.set_xlim(-3, _ALL + 3)
    axes.set_ylim(count - 0.6, -0.85)
    axes.set_yticks([])
    axes.set_xticks([0, 25, 50, 75, 100])
    axes.set_xlabel(labels.axis, fontsize=SMALL)
    bare(axes)


def _mark(label: str, *, filled: bool) -> Line2D:
    colour = BLUE if filled else ORANGE
    style: Style = "-" if filled else "--"
    mark = Line2D([], [], color=colour, marker="o", markersize=9, linewidth=3, linestyle=style, label=label)
    mark.set_markerfacecolor(colour if filled else "white")
    return mark


def _tick(label: str) -> Line2D:
    mark = Line2D([], [], color="black", marker="|", markersize=13, linestyle="none", label=label)
    mark.set_markeredgewidth(2)
    return mark
