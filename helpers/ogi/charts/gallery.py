"""Several charts beside each other."""

from __future__ import annotations

from dataclasses import dataclass

from ogi.charts.chart import Chart
from ogi.charts.style import css


@dataclass(frozen=True)
class Gallery:
    """Charts in the order in which they are read, and the rules for all of them once."""

    charts: tuple[Chart, ...]

    def __repr__(self) -> str:
        return f"<Gallery of {len(self.charts)} charts>"

    def _repr_html_(self) -> str:
        figures = "".join(chart.fragment for chart in self.charts)
        return f'<div class="ogi-charts gallery"><style>{css()}</style>{figures}</div>'
