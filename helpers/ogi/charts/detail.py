"""Every outcome of one year, as the form lists them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Annotation

from ogi.charts import draw, tell
from ogi.charts.chart import Chart
from ogi.charts.style import GREY, PALETTE, WIDTH, house_style, short
from ogi.charts.words import CONFLICT, both, gap, label, say
from ogi.compare import one_agency
from ogi.forms import OUTCOME_GROUPS, TABLES, Group, Item
from ogi.said import known
from ogi.values import State

_UNIT = TABLES["requests"]["2021"].measure("total").unit
_LABEL = 2.35
"""Inches at the left, for the labels."""

_LINE, _GAP = 0.165, 0.06


@dataclass(frozen=True)
class _Row:
    """A heading (`told` is None) or an outcome: its label in lines, its colour, its number or its state."""

    label: str
    colour: str
    told: float | str | None

    @property
    def height(self) -> float:
        return _LINE * (self.label.count("\n") + 1) + _GAP


def outcomes_in_detail(figures: pd.DataFrame, language: str = "en") -> Chart:
    """All outcomes in the last year whose report tells any, with the labels of the form it uses."""
    known(language)
    one_agency(figures)
    is_total = (figures["table"] == "requests") & (figures["measure"] == "total")
    told = figures[is_total & (figures["state"] != State.ABSENT) & figures["year"].notna()]
    if len(told) == 0:
        words = say("no_figures", language)
        with house_style():
            return Chart.of("outcomes-in-detail", words, words, draw.sentence(words))
    year = int(told["year"].max())
    title = say("detail", language, year=year, unit=_UNIT)
    rows = list(_rows(told[told["year"] == year], language))
    with house_style():
        nothing = all(row.told in (None, 0) for row in rows)
        figure = draw.sentence(say("all_zero", language, years=year)) if nothing else _drawn(rows, language)
    return Chart.of("outcomes-in-detail", title, _alt(title, rows, language), figure)


def _rows(told: pd.DataFrame, language: str) -> Iterator[_Row]:
    edition = told["form"].iloc[0]
    group: Group | None = None
    colours = iter(PALETTE)
    colour = ""
    for item in TABLES["requests"][edition].items:
        if not item.outcome:
            continue
        heads = item.group in OUTCOME_GROUPS
        if not heads or item.group != group:
            colour, group = next(colours), item.group
            if heads and group is not None:
                yield _Row(_numbered(group, both(group, language), language), colour, None)
        yield _Row(_wrapped(item, language), colour, _told(told[told["item"] == item.id]))


def _told(cells: pd.DataFrame) -> float | str:
    """The number, or the state that stands for it; reports on one year may differ."""
    if len(cells) == 0:
        return State.ABSENT
    if len(cells[["state", "value"]].drop_duplicates()) > 1:
        return CONFLICT
    state = str(cells["state"].iloc[0])
    return float(cells["value"].iloc[0]) if state == State.REPORTED else state


def _numbered(told: Group | Item, label: str, language: str) -> str:
    """The label behind the number that the form gives it, which only its Chinese words need."""
    return told.number + label if language == "zh" else label


def _wrapped(item: Item, language: str) -> str:
    return draw.wrapped(_numbered(item, label(item, language), language), (_LABEL - 0.2) * 72)


def _drawn(rows: list[_Row], language: str) -> Figure:
    height = sum(row.height for row in rows) + 0.1
    figure = Figure(figsize=(WIDTH, height))
    ax = figure.add_axes((_LABEL / WIDTH, 0, 1 - (_LABEL + 0.55) / WIDTH, 1))
    ax.set_axis_off()
    ax.set_ylim(height, 0)
    longest = max((row.told for row in rows if isinstance(row.told, float)), default=0.0)
    ax.set_xlim(0, max(longest, 1.0))
    at = 0.05
    for row in rows:
        middle = at + row.height / 2
        if row.told is None:
            figure.text(0.01, 1 - middle / height, row.label, va="center", color=GREY, fontsize=draw.SMALL)
        else:
            _draw_row(ax, row, row.told, middle, language)
        at += row.height
    ax.axvline(0, color="#767676", linewidth=0.8)
    return figure


def _draw_row(ax: Axes, row: _Row, told: float | str, middle: float, language: str) -> None:
    _beside(ax, row.label, 0, middle, -5).set(ha="right", linespacing=1.1)
    if isinstance(told, str):
        _beside(ax, gap(told, language), 0, middle, 4).set(color=GREY)
        return
    ax.barh(middle, told, _LINE * 0.75, color=row.colour)
    _beside(ax, short(told, language), told, middle, 4)


def _beside(ax: Axes, text: str, x: float, y: float, away: float) -> Annotation:
    """Text so many points to the right of a place."""
    return ax.annotate(text, (x, y), (away, 0), textcoords="offset points", va="center", fontsize=draw.SMALL)


def _alt(title: str, rows: list[_Row], language: str) -> str:
    """The outcomes that are not 0, in the form's order."""
    told = [
        f"{row.label.replace(chr(10), ' ' if language == 'en' else '')} "
        + (gap(row.told, language) if isinstance(row.told, str) else tell.number(row.told))
        for row in rows
        if row.told is not None and row.told != 0
    ]
    if not told:
        return title
    return f"{title} {say('comma', language).join(told)}{say('stop', language)}"
