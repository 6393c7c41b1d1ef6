"""The figures of a chart drawn by matplotlib: for axes of one's own, for PNG and PDF."""

from __future__ import annotations

import io
from collections.abc import Mapping
from itertools import cycle
from math import nan
from typing import TYPE_CHECKING

from ogi import fonts
from ogi.charts.style import PALETTE, SOFT, balanced, wrapped
from ogi.charts.words import label
from ogi.charts.yearly import YearlyParts

if TYPE_CHECKING:  # a page is made without it
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from ogi.charts.chart import Chart

SUFFIXES = (".png", ".pdf")
_WIDE, _HIGH, _BESIDE = 7.0, 2.4, 1.0
"""Inches: of a figure, of a panel, and what title and legend take beside the panels."""
_DOTS = 150
"""An inch: sharp in a document printed on A4."""
_LINE = 0.2
"""Inches that a line of title or notes adds."""
_TITLE, _NOTE, _NAME = 480, 570, 112
"""Pixels of a line of the title, of a note and of a name, at the size of the text of a chart on a page."""


def figure(chart: Chart) -> Figure:
    """A panel below the other, a line for each part; no line over a year without a number."""
    from matplotlib.figure import Figure

    fonts.use()
    above = [line for text in dict.fromkeys((chart.heading, chart.title)) for line in wrapped(text, _TITLE)]
    below = [line for note in chart.notes for line in wrapped(note, _NOTE)]
    high = _HIGH * len(chart.panels) + _BESIDE + _LINE * (len(above) + len(below))
    drawn = Figure(figsize=(_WIDE, high), layout="constrained")
    axes = drawn.subplots(len(chart.panels), 1, sharex=True, sharey=True, squeeze=False)[:, 0]
    for one, seen in zip(axes, chart.panels, strict=True):
        _draw(one, seen, chart.names, chart.language)
        one.set_ylabel(chart.unit)
    handles, told = axes[0].get_legend_handles_labels()
    named = ["\n".join(balanced(name, _NAME)) for name in told]
    drawn.legend(handles, named, loc="outside right center", frameon=False)
    drawn.suptitle("\n".join(above), x=0.01, ha="left")
    drawn.supxlabel("\n".join(below), x=0.01, ha="left", fontsize="small", color=SOFT[0])
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
        _mark(axes, seen, part, colour)
    for year in seen.breaks:
        axes.axvline(year - 0.5, color=SOFT[0], linestyle=":")
    axes.set_xticks(seen.years)
    if all(value >= 0 for value in seen.every_number):
        axes.set_ylim(bottom=0)
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(axis="y", alpha=0.3)
    if seen.about is not None:
        axes.set_title(label(seen.about, language), loc="left")


def _mark(axes: Axes, seen: YearlyParts, part: str, colour: str) -> None:
    """Make the points hollow that are in doubt, and write the signs of the notes beside them."""
    from matplotlib.patheffects import withStroke

    for year, known in seen.numbers.items():
        signs = seen.marks.get((year, part), "")
        if part in known and signs:
            at = year, known[part]
            axes.plot(*at, marker="o", color=colour, markerfacecolor="white", clip_on=False, zorder=3)
            sign = axes.annotate(signs, at, xytext=(0, 5), textcoords="offset points", ha="center", zorder=4)
            sign.set_color(colour)
            sign.set_path_effects([withStroke(linewidth=3, foreground="white")])
