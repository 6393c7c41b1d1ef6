"""The drawings of an agency's charts: stacks of bars by year, and shares."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from ogi.charts import draw
from ogi.charts.style import AMBER, BLUE, GREY, PALETTE, SKY, on, short
from ogi.charts.words import both, gap, say
from ogi.charts.yearly import YearlyParts
from ogi.forms import EDITIONS, TABLES

_SHOWN_FROM = 0.075
"""A share under this leaves no room for its number."""


def handled(panels: Sequence[YearlyParts], names: Sequence[str], language: str) -> Figure:
    """All parts but the last in a stack a year, and the last beside it."""
    (seen,), colours = panels, (BLUE, SKY, AMBER)
    *received, left = seen.parts
    figure, (ax,) = draw.with_legend(draw.HEIGHT, names, colours)
    draw.stacks(ax, seen.only(*received), colours[:2], language, width=0.5, shift=-0.14)
    counts = {year: seen.numbers[year].get(left, 0.0) for year in seen.years}
    # Where the numbers do not fit upon the narrow bars, they are left to the words.
    is_room = draw.fits([short(count, language) for count in counts.values()], seen.years, 0.42)
    for year, count in counts.items():
        if count > 0:
            ax.bar(year + 0.26, count, 0.22, color=AMBER)
        if count > 0 and is_room:
            draw.above(ax, year + 0.28, count, short(count, language))
    draw.year_axis(ax, seen.years, language)
    draw.make_room(figure)
    return figure


def stacked(
    panels: Sequence[YearlyParts],
    names: Sequence[str],
    language: str,
    *,
    colours: Sequence[str],
    height: float,
    ticks: int = 4,
    head: float = 0.14,
) -> Figure:
    """A stack a year, the panels one below the other on one scale, each `height` inches."""
    is_titled = panels[0].about is not None
    figure, axes = draw.with_legend(height * len(panels), names, colours, len(panels), titled=is_titled)
    for ax, seen in zip(axes, panels, strict=True):
        if seen.about is not None:
            ax.set_title(both(seen.about, language), fontsize=draw.SMALL, loc="left")
        draw.stacks(ax, seen, colours, language)
    for ax, seen in zip(axes, panels, strict=True):
        draw.year_axis(ax, seen.years, language, ticks=ticks, head=head)
    draw.make_room(figure)
    return figure


def apart(panels: Sequence[YearlyParts], names: Sequence[str], language: str) -> Figure:
    """A panel with a scale of its own for each part, which is an item of what is disclosed proactively."""
    (seen,), form = panels, TABLES["proactive"][EDITIONS[-1]]
    figure, axes = draw.canvas(1.0 * len(names), len(names), titled=True)
    for ax, part in zip(axes, seen.parts, strict=True):
        ax.set_title(both(form.item(part), language), fontsize=draw.SMALL, loc="left")
        draw.stacks(ax, seen.only(part), [BLUE], language)
        draw.year_axis(ax, seen.years, language, ticks=2, head=0.3)
    draw.make_room(figure)
    return figure


def shares(panels: Sequence[YearlyParts], names: Sequence[str], language: str) -> Figure:
    """A bar a year, its parts as shares of the printed total."""
    (seen,) = panels
    figure, (ax,) = draw.with_legend(0.45 + 0.34 * len(seen.years), names, PALETTE)
    for year in seen.years:
        _shares_of(ax, seen, year, language)
    ax.set_yticks(seen.years, [_head(seen, year, language) for year in seen.years])
    ax.set_ylim(seen.years[-1] + 0.5, seen.years[0] - 0.5)
    ax.set_xlim(0, max(1.0, ax.dataLim.x1))
    ax.xaxis.set_major_formatter(PercentFormatter(1.0))
    ax.tick_params(axis="x", labelsize=draw.SMALL)
    ax.grid(axis="x")
    draw.make_room(figure, right=0.19)
    return figure


def _head(seen: YearlyParts, year: int, language: str) -> str:
    total = f" n={short(seen.totals[year], language)}" if year in seen.totals else ""
    return f"{year}{total}{'*' if year in seen.unequal else ''}"


def _shares_of(ax: Axes, seen: YearlyParts, year: int, language: str) -> None:
    numbers, total = seen.numbers[year], seen.totals.get(year, 0.0)
    if not numbers or total <= 0:
        ax.text(0.01, year, _why_none(seen, year, language), va="center", color=GREY)
        return
    left = 0.0
    for part, colour in zip(seen.parts, PALETTE, strict=True):
        share = numbers.get(part, 0.0) / total
        ax.barh(year, share, 0.72, left, color=colour, edgecolor="white", linewidth=0.8)
        if share >= _SHOWN_FROM:
            middle = ax.text(left + share / 2, year, f"{share:.0%}", color=on(colour), fontsize=draw.SMALL)
            middle.set(ha="center", va="center")
        left += share


def _why_none(seen: YearlyParts, year: int, language: str) -> str:
    """Why a year has no shares."""
    if seen.totals.get(year) == 0:
        return say("no_outcomes", language)
    return say("no_total", language) if seen.numbers[year] else gap(seen.why(year), language)
