"""What came of the requests: shares by year, and every outcome of one year."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from ogi.charts import draw, tell
from ogi.charts.chart import Chart
from ogi.charts.style import GREY, PALETTE, house_style, on, short
from ogi.charts.words import gap, label, say
from ogi.charts.yearly import YearlyParts, annual_of_one
from ogi.compare import outcomes_in
from ogi.forms import EDITIONS, OUTCOME_GROUPS, TABLES
from ogi.said import known

_TABLE = TABLES["requests"][EDITIONS[-1]]
_TOTAL = _TABLE.measure("total")
_SINGLE = tuple(item for item in _TABLE.items if item.outcome and item.group not in OUTCOME_GROUPS)
_N = "outcome_total"
_ROW = 0.34
_SHOWN_FROM = 0.075
"""A share under this leaves no room for its number."""


def outcomes(figures: pd.DataFrame, language: str = "en") -> Chart:
    """The groups of outcomes by year, each a share of the printed total of outcomes."""
    title = say("outcomes", known(language))
    groups = {item.id: (item.id,) for item in _SINGLE} | {g.id: outcomes_in(g) for g in OUTCOME_GROUPS}
    names = {item.id: label(item, language) for item in _SINGLE}
    names |= {group.id: label(group, language) for group in OUTCOME_GROUPS}
    years = annual_of_one(figures)
    seen = YearlyParts.of(
        years, {id: [f"requests/{item}/{_TOTAL.id}" for item in ids] for id, ids in groups.items()}
    )
    printed = YearlyParts.of(years, {_N: [f"requests/{_N}/{_TOTAL.id}"]})
    words = draw.instead(language, printed)
    with house_style():
        figure = draw.sentence(words) if words is not None else _shares(seen, printed, names, language)
    notes = tell.notes(seen, names, language) + tell.unequal_notes(seen, printed, language)
    return Chart.of("outcomes", title, tell.alt(title, seen, names, language), figure, notes)


def _shares(seen: YearlyParts, printed: YearlyParts, names: tell.Names, language: str) -> Figure:
    figure = draw.with_legend(0.45 + _ROW * len(seen.years), list(names.values()), PALETTE)
    ax = figure.subplots()
    for year in seen.years:
        _row(ax, seen, year, printed.numbers[year].get(_N), language)
    marked = tell.unequal(seen, printed)
    heads = [_head(printed, year, language) + ("*" if year in marked else "") for year in seen.years]
    ax.set_yticks(seen.years, heads)
    ax.set_ylim(seen.years[-1] + 0.5, seen.years[0] - 0.5)
    ax.set_xlim(0, max(1.0, ax.dataLim.x1))
    ax.xaxis.set_major_formatter(PercentFormatter(1.0))
    ax.tick_params(axis="x", labelsize=draw.SMALL)
    ax.grid(axis="x")
    return figure


def _head(printed: YearlyParts, year: int, language: str) -> str:
    total = printed.numbers[year].get(_N)
    return str(year) if total is None else f"{year} n={short(total, language)}"


def _row(ax: Axes, seen: YearlyParts, year: int, total: float | None, language: str) -> None:
    numbers = seen.numbers[year]
    if not numbers or total is None or total <= 0:
        ax.text(0.01, year, _instead(seen, year, total, language), va="center", color=GREY)
        return
    left = 0.0
    for part, colour in zip(seen.parts, PALETTE, strict=True):
        share = numbers.get(part, 0.0) / total
        ax.barh(year, share, 0.72, left, color=colour, edgecolor="white", linewidth=0.8)
        if share >= _SHOWN_FROM:
            middle = ax.text(left + share / 2, year, f"{share:.0%}", color=on(colour), fontsize=draw.SMALL)
            middle.set(ha="center", va="center")
        left += share


def _instead(seen: YearlyParts, year: int, total: float | None, language: str) -> str:
    """Why a year has no shares."""
    if total == 0:
        return say("no_outcomes", language)
    return say("no_total", language) if seen.numbers[year] else gap(seen.why(year), language)
