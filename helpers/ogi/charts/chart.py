"""One drawn chart with its words and its figures, fit for a page, a notebook and a file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from ogi import fonts
from ogi.charts.figure import SUFFIXES, figure, image
from ogi.charts.plot import NAMES
from ogi.charts.style import LINE, css
from ogi.charts.words import ChartTable, say
from ogi.charts.yearly import YearlyParts
from ogi.files import write_whole

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_WIDTH, _HEAD = 480, 34
"""Pixels of the drawing in a saved file, and of the title above it."""


@dataclass(frozen=True)
class Chart:
    """A chart: `title`, what it shows; `question`, what it is about; `table`, its figures.

    `notes`: how to read it. In `svg` text is text. A chart without a drawing only says its title. `panels`
    and `names`: what is drawn, and what each part is called; `unit`: what the numbers are in; `heading`: what
    they are of, as numbers of the panels.
    """

    name: str
    title: str
    question: str
    svg: str = field(repr=False)
    table: ChartTable | None = None
    notes: tuple[str, ...] = ()
    language: str = "en"
    panels: tuple[YearlyParts, ...] = field(default=(), repr=False)
    names: Mapping[str, str] = field(default_factory=dict, repr=False)
    unit: str = ""
    heading: str = ""

    @property
    def fragment(self) -> str:
        """The chart as a figure, without the rules that `css` gives once for all."""
        notes = "".join(f'<p class="chart-note">{escape(note)}</p>' for note in self.notes)
        folded = "" if self.table is None else self._table(self.table)
        head = (
            f'<figcaption class="chart-title"><span class="gloss">{escape(self.question)}</span>'
            f"<strong>{escape(self.title)}</strong></figcaption>"
        )
        return f'<figure class="chart" id="chart-{self.name}">{head}{self.svg}{notes}{folded}</figure>'

    def _table(self, table: ChartTable) -> str:
        words = escape(say("as_table", self.language))
        return (
            f'<details class="told"><summary>{words}</summary><div class="scroll" tabindex="0" role="region" '
            f'aria-label="{escape(self.question)}">{table.html(self.question)}</div></details>'
        )

    def _repr_html_(self) -> str:
        return f'<div class="ogi-charts"><style>{css()}</style>{self.fragment}</div>'

    def save(self, path: Path | str, source: str = "") -> Path:
        """Write the chart with its title, whole or not at all: as .svg with its font, or as .png or .pdf.

        The latter two are drawn by matplotlib, see `figure`; `source`, where it is from, is a line below them
        and in what the file says of itself. ValueError for another ending.
        """
        target = Path(path)
        suffix = target.suffix.lower()
        if suffix not in (".svg", *SUFFIXES):
            raise ValueError(f"{target}: expected a name ending in .svg, {' or '.join(SUFFIXES)}")
        told = replace(self, notes=(*self.notes, source)) if source else self
        content = self._file().encode() if suffix == ".svg" else image(told.figure(), suffix, source)
        write_whole(target, content)
        return target

    def figure(self) -> Figure:
        """The same figures drawn by matplotlib, to go on with: lines, none over a year without a number.

        Above them what the chart is about and what it shows, below them its notes: as a picture it is whole.
        """
        return figure(self)

    def _file(self) -> str:
        found = re.search(r'height="([\d.]+)"', self.svg)
        height = float(found[1]) if found is not None else 2.0 * LINE
        # In a file nothing stands around the drawing that its width could be a share of.
        drawing = re.sub(r' width="100%"| style="[^"]*"', "", self.svg, count=2)
        drawing = drawing.replace("<svg", f'<svg y="{_HEAD}" x="8" width="{_WIDTH}"', 1)
        style = fonts.web_font_css(re.sub(r"<[^>]*>", "", self.svg) + self.title, self.language) + css()
        size = f'width="{_WIDTH + NAMES + 16}" height="{height + _HEAD + 8:.0f}"'
        paper = '<rect width="100%" height="100%" style="fill:var(--paper)"/>'
        title = f'<text x="8" y="20" style="font-size:14px">{escape(self.title)}</text>'
        above = f'<style>{style}</style><g class="plot">{paper}{title}</g>'
        return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{above}{drawing}</svg>'


@dataclass(frozen=True)
class Gallery:
    """Charts in the order in which they are read, and the rules for all of them once."""

    charts: tuple[Chart, ...]

    def __repr__(self) -> str:
        return f"<Gallery of {len(self.charts)} charts>"

    def _repr_html_(self) -> str:
        figures = "".join(chart.fragment for chart in self.charts)
        return f'<div class="ogi-charts gallery"><style>{css()}</style>{figures}</div>'
