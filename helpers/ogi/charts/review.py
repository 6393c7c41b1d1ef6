"""How reconsideration and litigation ended."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from ogi.charts import draw, tell
from ogi.charts.chart import Chart
from ogi.charts.style import AMBER, BLUE, PLUM, SILVER, house_style
from ogi.charts.words import both, label, say
from ogi.charts.yearly import YearlyParts, annual_of_one
from ogi.forms import EDITIONS, TABLES
from ogi.said import known

_TABLE = TABLES["review"][EDITIONS[-1]]
_TOTAL = _TABLE.measure("total")
_RESULTS = tuple(measure for measure in _TABLE.measures if measure != _TOTAL)
_COLOURS = (BLUE, AMBER, PLUM, SILVER)
_HEIGHT = 1.05
"""Inches, of a panel."""


def review(figures: pd.DataFrame, language: str = "en") -> Chart:
    """The results of reconsideration and of both kinds of litigation by year, a panel each, on one scale."""
    title = say("review", known(language), unit=_TOTAL.unit)
    items = {item.id: label(item, language) for item in _TABLE.items}
    names = {measure.id: label(measure, language) for measure in _RESULTS}
    years = annual_of_one(figures)
    seen = {i: YearlyParts.of(years, {m: [f"review/{i}/{m}"] for m in names}) for i in items}
    printed = {i: YearlyParts.of(years, {_TOTAL.id: [f"review/{i}/{_TOTAL.id}"]}) for i in items}
    words = draw.instead(language, *seen.values())
    with house_style():
        figure = draw.sentence(words) if words is not None else _panels(seen, printed, items, names, language)
    colon = say("colon", language).strip()
    alt = " ".join([title, *(tell.alt(name + colon, seen[i], names, language) for i, name in items.items())])
    told_of = {i: tell.notes(seen[i], names, language) for i in items}
    apart = [note for i in items for note in tell.unequal_notes(seen[i], printed[i], language, of=items[i])]
    return Chart.of("review", title, alt, figure, (*_gathered(told_of, items, language), *apart))


def _gathered(told_of: dict[str, tuple[str, ...]], items: tell.Names, language: str) -> list[str]:
    """Each note once, with the panels it is about unless it is about all."""
    about: dict[str, list[str]] = {}
    for item, notes in told_of.items():
        for note in notes:
            about.setdefault(note, []).append(items[item])
    comma, colon = say("comma", language), say("colon", language)
    return [
        ("" if len(named) == len(items) else comma.join(named) + colon) + note
        for note, named in about.items()
    ]


def _panels(
    seen: dict[str, YearlyParts],
    printed: dict[str, YearlyParts],
    items: tell.Names,
    names: tell.Names,
    language: str,
) -> Figure:
    figure = draw.with_legend(_HEIGHT * len(seen), list(names.values()), _COLOURS)
    axes = draw.panels(figure, [both(item, language) for item in _TABLE.items], same_scale=True)
    for ax, (item, panel) in zip(axes, seen.items(), strict=True):
        draw.stacks(ax, panel, _COLOURS, language, marked=tell.unequal(panel, printed[item]))
    for ax, panel in zip(axes, seen.values(), strict=True):
        draw.year_axis(ax, panel.years, language, ticks=3, head=0.3)
    return figure
