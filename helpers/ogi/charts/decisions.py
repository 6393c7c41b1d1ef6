"""How many licences, penalties and coercive measures were decided on."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from ogi.charts import draw, tell
from ogi.charts.chart import Chart
from ogi.charts.style import BLUE, house_style
from ogi.charts.words import both, label, say
from ogi.charts.yearly import YearlyParts, annual_of_one
from ogi.forms import EDITIONS, TABLES
from ogi.said import known

_OLD, _NEW = (TABLES["proactive"][edition] for edition in EDITIONS)
_DECISIONS = _OLD.measure("decisions")
_HEIGHT = 1.0
"""Inches, of a panel."""


def decisions(figures: pd.DataFrame, language: str = "en") -> Chart:
    """Decisions by year, a panel with its own scale for each kind: all that both forms count alike."""
    title = say("decisions", known(language), unit=_DECISIONS.unit)
    items = [i for i in _NEW.items if _DECISIONS.id in _NEW.cells_of[i.id] and i in _OLD.items]
    names = {item.id: label(item, language) for item in items}
    seen = YearlyParts.of(
        annual_of_one(figures), {item: [f"proactive/{item}/{_DECISIONS.id}"] for item in names}
    )
    words = draw.instead(language, seen)
    with house_style():
        figure = draw.sentence(words) if words is not None else _panels(seen, names, language)
    alt, notes = tell.alt(title, seen, names, language), tell.notes(seen, names, language)
    return Chart.of("decisions", title, alt, figure, notes)


def _panels(seen: YearlyParts, names: tell.Names, language: str) -> Figure:
    figure = draw.canvas(_HEIGHT * len(names))
    axes = draw.panels(figure, [both(_NEW.item(i), language) for i in names], same_scale=False)
    for ax, item in zip(axes, names, strict=True):
        draw.stacks(ax, seen.only(item), [BLUE], language)
        draw.year_axis(ax, seen.years, language, ticks=2, head=0.3)
    return figure
