"""Every outcome of one year, as the form lists them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ogi.charts import draw, words
from ogi.charts.chart import Chart
from ogi.charts.style import GREY, PALETTE, WIDTH, house_style, short
from ogi.charts.words import both, gap, label, say
from ogi.charts.yearly import CONFLICT
from ogi.compare import one_agency
from ogi.forms import EDITIONS, OUTCOME_GROUPS, TABLES, Group, Item
from ogi.said import known
from ogi.values import State

NAME = "outcomes-in-detail"
_UNIT = TABLES["requests"][EDITIONS[-1]].measure("total").unit
_LABEL, _NUMBER = 2.35, 0.55
"""Inches for the labels at the left, and for the longest bar's number at the right."""
_LINE, _GAP = 0.165, 0.06
"""Inches, of a line of a label and between two rows."""


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
    if told.empty:
        nothing = say("no_figures", language)
        with house_style():
            return Chart(NAME, nothing, nothing, draw.sentence(nothing))
    year = int(told["year"].max())
    title = say("detail", language, year=year, unit=_UNIT)
    rows = list(_rows(told[told["year"] == year], language))
    with house_style():
        if all(row.told in (None, 0) for row in rows):
            figure = draw.sentence(say("all_zero", language, years=year))
        else:
            figure = _drawn(rows, language)
    return Chart(NAME, title, _alt(title, rows, language), figure)


def _rows(told: pd.DataFrame, language: str) -> Iterator[_Row]:
    def numbered(thing: Group | Item, label: str) -> str:
        # The number that the form gives it belongs to its Chinese words.
        return thing.number + label if language == "zh" else label

    by_item: dict[str, set[float | str]] = {}
    for id, state, value in zip(told["item"], told["state"], told["value"], strict=True):
        by_item.setdefault(id, set()).add(float(value) if state == State.REPORTED else str(state))
    group: Group | None = None
    colours, colour = iter(PALETTE), ""
    for item in TABLES["requests"][told["form"].iloc[0]].items:
        if not item.outcome:
            continue
        is_headed = item.group in OUTCOME_GROUPS
        if not is_headed or item.group != group:
            colour, group = next(colours), item.group
            if is_headed and group is not None:
                yield _Row(numbered(group, both(group, language)), colour, None)
        lines = draw.wrapped(numbered(item, label(item, language)), (_LABEL - 0.2) * 72)
        yield _Row(lines, colour, _told(by_item.get(item.id, set())))


def _told(found: set[float | str]) -> float | str:
    """The number, or the state that stands for it; reports on one year may differ."""
    if len(found) == 1:
        return found.pop()
    return CONFLICT if found else State.ABSENT


def _drawn(rows: list[_Row], language: str) -> Figure:
    height = sum(row.height for row in rows) + 0.1
    figure = Figure(figsize=(WIDTH, height))
    ax = figure.add_axes((_LABEL / WIDTH, 0, 1 - (_LABEL + _NUMBER) / WIDTH, 1))
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
    draw.beside(ax, row.label, (0, middle), (-5, 0)).set(ha="right", linespacing=1.1)
    if isinstance(told, str):
        draw.beside(ax, gap(told, language), (0, middle), (4, 0)).set(color=GREY)
        return
    ax.barh(middle, told, _LINE * 0.75, color=row.colour)
    draw.beside(ax, short(told, language), (told, middle), (4, 0))


def _alt(title: str, rows: list[_Row], language: str) -> str:
    """The outcomes that are not 0, in the form's order."""
    told = [
        f"{row.label.replace(chr(10), ' ' if language == 'en' else '')} "
        + (gap(row.told, language) if isinstance(row.told, str) else words.number(row.told))
        for row in rows
        if row.told is not None and row.told != 0
    ]
    return f"{title} {say('comma', language).join(told)}{say('stop', language)}" if told else title
