"""The figures of a chart drawn by matplotlib: for axes of one's own, for PNG and PDF."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from itertools import cycle
from math import nan
from typing import TYPE_CHECKING

from ogi import fonts
from ogi.charts.style import PALETTE, SOFT, wrapped
from ogi.charts.words import label
from ogi.charts.yearly import YearlyParts

if TYPE_CHECKING:  # a page is made without it
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

SUFFIXES = (".png", ".pdf")
_WIDE, _HIGH, _BESIDE = 7.0, 2.4, 1.0
"""Inches: of a figure, of a panel, and what title and legend take beside the panels."""
_DOTS = 150
"""An inch: sharp in a document printed on A4."""
_TITLE = 480
"""Pixels of a line of the title, at the size of the text of a chart on a page."""


def figure(title: str, panels: Sequence[YearlyParts], names: Mapping[str, str], language: str) -> Figure:
    """A panel below the other, a line for each part; no line over a year without a number."""
    from matplotlib.figure import Figure

    fonts.use()
    drawn = Figure(figsize=(_WIDE, _HIGH * len(panels) + _BESIDE), layout="constrained")
    axes = drawn.subplots(len(panels), 1, sharex=True, sharey=True, squeeze=False)[:, 0]
    for one, seen in zip(axes, panels, strict=True):
        _draw(one, seen, names, language)
    handles, told = axes[0].get_legend_handles_labels()
    drawn.legend(handles, told, loc="outside lower left", ncols=2, frameon=False)
    drawn.suptitle("\n".join(wrapped(title, _TITLE)), x=0.01, ha="left")
    return drawn


def image(drawn: Figure, suffix: str) -> bytes:
    """The figure as the bytes of a file with that ending, the same each time."""
    written = io.BytesIO()
    undated = {"CreationDate": None} if suffix == ".pdf" else {}
    drawn.savefig(written, format=suffix.removeprefix("."), dpi=_DOTS, metadata=undated)
    return written.getvalue()


def _draw(axes: Axes, seen: YearlyParts, names: Mapping[str, str], language: str) -> None:
    from matplotlib.ticker import MaxNLocator

    for (part, name), colour in zip(names.items(), cycle(PALETTE), strict=False):
        points = {float(year): seen.numbers[year].get(part, nan) for year in seen.years}
        points |= {year - 0.5: nan for year in seen.breaks}  # no line over it
        at = sorted(points)
        values = [points[year] for year in at]
        axes.plot(at, values, marker="o", color=colour, label=name, clip_on=False)
    for year in seen.breaks:
        axes.axvline(year - 0.5, color=SOFT[0], linestyle=":")
    axes.set_xticks(seen.years)
    axes.set_ylim(bottom=0)
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(axis="y", alpha=0.3)
    if seen.about is not None:
        axes.set_title(label(seen.about, language), loc="left")
