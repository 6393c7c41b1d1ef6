"""The look of every chart: measures, colours, and how a number is written on it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import matplotlib
from matplotlib import rc_params_from_file

from ogi import fonts

WIDTH = 5.2
"""Inches. Small, so that text of 10 points is still legible where the chart fills a phone's screen."""

TITLE_SIZE, TITLE_HEIGHT = 11, 0.3
"""Points and inches, of the title above the drawing in a saved file."""

GREY, DARK = "#6b6b6b", "#222222"
"""For words that say why there is no figure, and for the figures."""

BLUE, SKY, RUST, AMBER, PLUM, SILVER = "#0f5c94", "#4a9bd4", "#9c3300", "#d08009", "#5a1546", "#8f8f8f"
PALETTE = (BLUE, SKY, RUST, AMBER, PLUM, SILVER)
"""In turn dark and light, so that neighbours in a stack differ without colour too."""

_STYLE = rc_params_from_file(Path(__file__).with_name("house.mplstyle"), use_default_template=False)


@contextmanager
def house_style() -> Iterator[None]:
    """The look of every chart, for what is drawn inside the block."""
    with matplotlib.rc_context(_STYLE):
        fonts.use()
        yield


def on(colour: str) -> str:
    """The colour of text upon a colour: whichever of white and DARK stands out more."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return DARK if 0.2126 * red**2.2 + 0.7152 * green**2.2 + 0.0722 * blue**2.2 > 0.21 else "white"


def short(value: float, language: str) -> str:
    """A count in at most seven characters: 12,345; then 12.3万 or 123k, 1,235万 or 12.3M."""
    if value < 100_000:
        return f"{value:,.0f}" if value == int(value) else f"{value:,.1f}"
    if language == "zh":
        return _scaled(value, 10_000, "万")
    return _scaled(value, 1_000_000, "M") if value >= 999_500 else _scaled(value, 1_000, "k")


def _scaled(value: float, by: int, suffix: str) -> str:
    scaled = value / by
    return (f"{scaled:,.1f}".removesuffix(".0") if scaled < 99.95 else f"{scaled:,.0f}") + suffix
