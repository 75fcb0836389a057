"""The digest's chart: for each step how many went on, are still open and left, to be read on a phone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import Final

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.patches import Patch

_INCHES_WIDE: Final = 6.0
_INCHES_A_BAR: Final = 0.62
_DOTS: Final = 160
_LARGE: Final = 13
_LONGEST_NAME: Final = 52
_LONGEST_SERIES: Final = 3

# Okabe and Ito's colours, which differ for every kind of colour blindness; the hatches do in grey as well.
_LOOKS: Final = (("#0072B2", ""), ("#F0E442", ""), ("#999999", "//"))
_INK: Final = ("white", "black", "black")


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar in parts; `label` stands above it."""

    label: str
    parts: tuple[int, ...]


def stacked(bars: Sequence[Bar], series: Sequence[str]) -> bytes:
    """A PNG of these bars, the first on top; `series` names their parts, three at most.

    Raises ValueError when there is no bar, or a bar without a part for each of the series.
    """
    if not bars or any(len(bar.parts) != len(series) for bar in bars) or len(series) > _LONGEST_SERIES:
        raise ValueError("a chart has bars, each with a part for each of at most three series")
    figure = Figure(figsize=(_INCHES_WIDE, 0.9 + _INCHES_A_BAR * len(bars)), dpi=_DOTS, layout="constrained")
    FigureCanvasAgg(figure)  # draws without a screen, and without state that threads would share
    axes = figure.add_subplot()
    longest = max(1, *(sum(bar.parts) for bar in bars))
    for place, bar in enumerate(bars):
        _draw(axes, bar, place)
    _frame(axes, bars, longest)
    looks = zip(series, _LOOKS, strict=False)
    handles = [Patch(facecolor=colour, hatch=hatch, label=_drawable(name)) for name, (colour, hatch) in looks]
    figure.legend(handles=handles, loc="outside lower center", ncols=len(series), frameon=False, fontsize=_LARGE)
    file = BytesIO()
    figure.savefig(file, format="png")
    return file.getvalue()


def _draw(axes: Axes, bar: Bar, place: int) -> None:
    start = 0
    for count, (colour, hatch), ink in zip(bar.parts, _LOOKS, _INK, strict=False):
        if not count:
            continue
        axes.barh(place, count, left=start, height=0.42, color=colour, hatch=hatch, edgecolor="white")
        backed = {"facecolor": colour, "edgecolor": "none", "pad": 1.5}
        axes.text(
            start + count / 2, place, str(count), ha="center", va="center", color=ink, fontsize=_LARGE, bbox=backed
        )
        start += count
    name = bar.label if len(bar.label) <= _LONGEST_NAME else f"{bar.label[: _LONGEST_NAME - 1]}…"
    # Names are no formulas: a dollar sign in one is a dollar sign.
    axes.text(0, place - 0.3, _drawable(name), ha="left", va="bottom", fontsize=_LARGE, parse_math=False)


def _frame(axes: Axes, bars: Sequence[Bar], longest: int) -> None:
    axes.set_xlim(0, longest * 1.02)
    axes.set_ylim(len(bars) - 0.6, -0.85)
    axes.set_axis_off()


@lru_cache(maxsize=1)
def _glyphs() -> frozenset[int]:
    """The characters that the font can draw."""
    return frozenset(get_font(findfont(FontProperties())).get_charmap())


def _drawable(text: str) -> str:
    """The text with a question mark for whatever the font lacks, such as an emoji."""
    return "".join(sign if ord(sign) in _glyphs() else "?" for sign in text)
