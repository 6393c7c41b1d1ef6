"""How many requests were handled, and who asked."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from ogi.charts import draw, tell
from ogi.charts.chart import Chart
from ogi.charts.style import AMBER, BLUE, SKY, house_style, short
from ogi.charts.words import label, say
from ogi.charts.yearly import YearlyParts, annual_of_one
from ogi.forms import EDITIONS, TABLES
from ogi.said import known

_TABLE = TABLES["requests"][EDITIONS[-1]]
_TOTAL = _TABLE.measure("total")
_COLOURS = (BLUE, SKY, AMBER)
_HEIGHT = 2.5
_BESIDE = 0.42
"""Of a year's place, for the number on the narrow bar beside the stack; else it is left to the words."""

_RECEIVED, _LEFT = ("new", "carried_in"), "carried_out"
_NAMED = ("natural_person", "business")


def requests_handled(figures: pd.DataFrame, language: str = "en") -> Chart:
    """New requests upon those carried in, by year, and beside them those carried over to the next year."""
    title = say("handled", known(language), unit=_TOTAL.unit)
    items = (*_RECEIVED, _LEFT)
    seen = YearlyParts.of(annual_of_one(figures), {item: [f"requests/{item}/{_TOTAL.id}"] for item in items})
    names = {item: label(_TABLE.item(item), language) for item in items}
    words = draw.instead(language, seen)
    with house_style():
        figure = draw.sentence(words) if words is not None else _handled(seen, names, language)
    alt, notes = tell.alt(title, seen, names, language), tell.notes(seen, names, language)
    return Chart.of("requests-handled", title, alt, figure, notes)


def _handled(seen: YearlyParts, names: tell.Names, language: str) -> Figure:
    figure = draw.with_legend(_HEIGHT, list(names.values()), _COLOURS)
    ax = figure.subplots()
    draw.stacks(ax, seen.only(*_RECEIVED), _COLOURS[:2], language, width=0.5, shift=-0.14)
    left = {year: seen.numbers[year].get(_LEFT, 0.0) for year in seen.years}
    told_beside = draw.fits([short(count, language) for count in left.values()], seen.years, _BESIDE)
    for year, count in left.items():
        if count > 0:
            ax.bar(year + 0.26, count, 0.22, color=_COLOURS[2])
        if count > 0 and told_beside:
            draw.above(ax, year + 0.28, count, short(count, language))
    draw.year_axis(ax, seen.years, language)
    return figure


def applicants(figures: pd.DataFrame, language: str = "en") -> Chart:
    """New requests by year and by who made them: natural persons, businesses, all others."""
    title = say("applicants", known(language), unit=_TOTAL.unit)
    others = [m.id for m in _TABLE.measures if m.id not in (*_NAMED, _TOTAL.id)]
    groups = {**{name: [name] for name in _NAMED}, "others": others}
    years = annual_of_one(figures)
    seen = YearlyParts.of(years, {group: [f"requests/new/{m}" for m in ids] for group, ids in groups.items()})
    printed = YearlyParts.of(years, {_TOTAL.id: [f"requests/new/{_TOTAL.id}"]})
    names = {name: label(_TABLE.measure(name), language) for name in _NAMED}
    names["others"] = say("others", language)
    words = draw.instead(language, seen)
    with house_style():
        figure = draw.sentence(words) if words is not None else _applicants(seen, printed, names, language)
    notes = tell.notes(seen, names, language) + tell.unequal_notes(seen, printed, language)
    return Chart.of("applicants", title, tell.alt(title, seen, names, language), figure, notes)


def _applicants(seen: YearlyParts, printed: YearlyParts, names: tell.Names, language: str) -> Figure:
    figure = draw.with_legend(_HEIGHT, list(names.values()), _COLOURS)
    ax = figure.subplots()
    draw.stacks(ax, seen, _COLOURS, language, marked=tell.unequal(seen, printed))
    draw.year_axis(ax, seen.years, language)
    return figure
