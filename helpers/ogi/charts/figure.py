"""The figures of a chart drawn by matplotlib: for axes of one's own, for PNG and PDF."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from itertools import cycle
from math import nan
from typing import TYPE_CHECKING

from ogi import fonts
from ogi.charts import signs
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
_ROOM = 0.12
"""Of a panel's height: kept free above the highest point, for its signs."""
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
    if any(seen.marks for seen in chart.panels):
        drawn.draw_without_rendering()  # only then is known where a point is, and what is near it
        for one, seen in zip(axes, chart.panels, strict=True):
            signs.write(one, list(_signs(seen, chart.names)))
    return drawn


def image(drawn: Figure, suffix: str, source: str = "") -> bytes:
    """The figure as the bytes of a file with that ending, the same each time; `source`: where it is from."""
    written = io.BytesIO()
    about: dict[str, str | None] = {"CreationDate": None} if suffix == ".pdf" else {}
    if source:
        about["Subject" if suffix == ".pdf" else "Description"] = source
    drawn.savefig(written, format=suffix.removeprefix("."), dpi=_DOTS, metadata=about)
    return written.getvalue()


def _draw(axes: Axes, seen: YearlyParts, names: Mapping[str, str], language: str) -> None:
    from matplotlib.ticker import MaxNLocator

    axes.margins(y=_ROOM)
    for (part, name), colour in zip(names.items(), cycle(PALETTE), strict=False):
        points = {float(year): seen.numbers[year].get(part, nan) for year in seen.years}
        points |= {year - 0.5: nan for year in seen.breaks}  # no line over it
        at = sorted(points)
        values = [points[year] for year in at]
        axes.plot(at, values, marker="o", color=colour, label=name, clip_on=False)
        for year in _marked(seen, part):
            point = year, seen.numbers[year][part]
            axes.plot(*point, marker="o", color=colour, markerfacecolor="white", clip_on=False, zorder=3)
    for year in seen.breaks:
        axes.axvline(year - 0.5, color=SOFT[0], linestyle=":")
    axes.set_xticks(seen.years)
    if all(value >= 0 for value in seen.every_number):
        axes.update_datalim([(0, 0)], updatex=False)  # so that the room is a part of the whole height
        axes.autoscale_view()
        axes.set_ylim(bottom=0)
    axes.yaxis.set_major_locator(MaxNLocator(steps=[1, 2, 2.5, 5, 10], integer=True))
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(axis="y", alpha=0.3)
    if seen.about is not None:
        axes.set_title(label(seen.about, language), loc="left")


def _marked(seen: YearlyParts, part: str) -> list[int]:
    """The years whose number of the part bears signs: its points are hollow."""
    return [year for year, known in seen.numbers.items() if part in known and seen.marks.get((year, part))]


def _signs(seen: YearlyParts, names: Mapping[str, str]) -> Iterator[tuple[signs.Place, str, str]]:
    """Each point that bears signs, with them and its colour."""
    for part, colour in zip(names, cycle(PALETTE), strict=False):
        for year in _marked(seen, part):
            yield (year, seen.numbers[year][part]), seen.marks[year, part], colour
