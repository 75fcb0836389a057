"""What all pictures share: their size, colours that differ for everyone, and letters that can be drawn."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from typing import Final, Literal

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, get_font

INCHES_WIDE: Final = 6.0
LARGE: Final = 13
SMALL: Final = 11
_DOTS: Final = 160
_LONGEST_NAME: Final = 52

# Okabe and Ito's colours, which differ for every kind of colour blindness.
BLUE: Final = "#0072B2"
ORANGE: Final = "#E69F00"
RED: Final = "#D55E00"
GREY: Final = "#777777"
PALE: Final = "#DDDDDD"


def new_figure(inches_high: float) -> Figure:
    """A figure of the usual width that draws without a screen, and without state that threads would share."""
    figure = Figure(figsize=(INCHES_WIDE, inches_high), dpi=_DOTS, layout="constrained")
    FigureCanvasAgg(figure)
    return figure


def png(figure: Figure) -> bytes:
    file = BytesIO()
    figure.savefig(file, format="png")
    return file.getvalue()


def write(
    axes: Axes,
    x: float,
    y: float,
    text: str,
    *,
    size: int = LARGE,
    ink: str = "black",
    ha: Literal["left", "right"] = "left",
    va: Literal["bottom", "center", "top"] = "bottom",
    bold: bool = False,
) -> None:
    """Writes a text as it stands: names are no formulas, and a dollar sign in one is a dollar sign."""
    axes.text(
        x,
        y,
        drawable(text),
        fontsize=size,
        color=ink,
        ha=ha,
        va=va,
        fontweight="bold" if bold else "normal",
        parse_math=False,
    )


def shortened(name: str, longest: int = _LONGEST_NAME) -> str:
    """A name that fits on one line."""
    return name if len(name) <= longest else f"{name[: longest - 1]}…"


def bare(axes: Axes, *, keeps: str = "") -> None:
    """Takes the frame away, but for the side that is named."""
    for side, spine in axes.spines.items():
        spine.set_visible(side == keeps)
        spine.set_color(GREY)
    axes.tick_params(length=0, labelsize=SMALL, colors="black")


@lru_cache(maxsize=1)
def _glyphs() -> frozenset[int]:
    """The characters that the font can draw."""
    return frozenset(get_font(findfont(FontProperties())).get_charmap())


def drawable(text: str) -> str:
    """The text with a question mark for whatever the font lacks, such as an emoji."""
    return "".join(sign if ord(sign) in _glyphs() else "?" for sign in text)
