"""A view of a dataset: chosen by parameters, changed by widgets, each of its outputs following."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
from IPython import display

from ogi.api import Dataset
from ogi.api.printed import ReadRow
from ogi.charts import Chart
from ogi.explore.chart import chart
from ogi.explore.choice import INDICATOR, FigureChoice, parts_of, worded
from ogi.explore.controls import Controls
from ogi.explore.correction import draft
from ogi.explore.frames import tidy, wide
from ogi.explore.look import look
from ogi.explore.peers import peers
from ogi.explore.queries import ask
from ogi.explore.rows import every_row, rows_of
from ogi.explore.saving import save
from ogi.explore.search import search
from ogi.explore.shown import Fragment, framed, sentence, table
from ogi.explore.worked import worked_out
from ogi.notebook import dataset_of, place
from ogi.readers.document import UnreadableFile
from ogi.said import Refused, told


def view(
    agencies: Sequence[str],
    years: Sequence[int],
    figure: str,
    shown: str,
    reports: str,
    tables: str,
    language: str = "en",
    out: str = "",
) -> FigureView:
    """Open what the parameters of the notebook choose; the reports are read first where they have not been.

    `agencies` and `years`: none for all. `figure`: table/item/measure, its label or its variable in the
    panel; or such as indicators/other_share, 公开率.
    `shown`: absolute, share or index. `out`: the folder for files, as `place` finds it.

    Raises:
        UnknownAgency: The reports have no such agency; the nearest are named.
        Refused: No form has the figure, or it cannot be shown in that way; one sentence.
    """
    folder, raw = dataset_of(agencies, reports, tables, language)
    data = Dataset(folder, raw)
    names = tuple(agencies) or tuple(data.agencies)
    choice = FigureChoice(names, tuple(years), *parts_of(figure), shown, language)
    choice.require()
    return FigureView(data, choice, out)


class FigureView:
    """What is chosen of a dataset. Each output that a cell asked for is made anew when the choice changes."""

    def __init__(self, data: Dataset, choice: FigureChoice, out: str = "") -> None:
        self.data, self.choice = data, choice
        self._out = out
        self._shown: dict[str, tuple[display.DisplayHandle, Callable[[], Any]]] = {}

    @property
    def rows(self) -> pd.DataFrame:
        """The figure chosen, a row for each agency and year: see `frames.tidy`."""
        return tidy(self.data, self.choice)

    @property
    def wide(self) -> pd.DataFrame:
        """The same as numbers, an agency in each row and a year in each column."""
        return wide(self.rows)

    @property
    def drawn(self) -> Chart:
        """The chart of the figure chosen; `drawn.figure()` gives matplotlib's, to go on with."""
        return chart(self.rows, self.choice)

    def controls(self) -> Any:
        """The widgets that change the choice, and the font for all that is shown."""
        display.display(look(self.data, self.choice.language))  # type: ignore[no-untyped-call]
        return Controls(self.data, self.choice, self.choose, self._saved).box

    def choose(self, choice: FigureChoice) -> None:
        """Change what is chosen; every output of the view follows."""
        self.choice = choice
        for handle, make in self._shown.values():
            handle.update(self._made(make))  # type: ignore[no-untyped-call]

    def table(self) -> None:
        """Show the wide frame, with words where there is no number."""
        self._show("table", lambda: table(self.rows, self.choice))

    def chart(self) -> None:
        """Show the chart."""
        self._show("chart", lambda: self.drawn)

    def printed(self, agency: str = "", year: int = 0) -> None:
        """Show the printed cell of an agency and year, by default the newest of the first agency.

        Of an indicator: the numbers that it is computed from, and the cells that they stand in.
        """
        self._show("printed", lambda: self._picture(agency, year))

    def every_row(self) -> None:
        """Show every printed cell of the chosen agencies, years and table, to be filtered and sorted."""
        from itables import init_notebook_mode

        init_notebook_mode(all_interactive=False, connected=False)  # its scripts come from the package
        self._show("rows", lambda: every_row(self.data, self.choice))

    def peers(self) -> None:
        """Show the first agency chosen beside the median of the others of its kind."""
        self._show("peers", lambda: peers(self.data, self.choice))

    def search(self, text: str) -> None:
        """Show where the chosen reports speak of something."""
        self._show("search", lambda: search(self.data.narratives, text, self.choice))

    def correction(self, corrected: str, agency: str = "", year: int = 0) -> None:
        """Show the line that corrects a figure, by default that of `printed`; nothing is written."""
        self._show("correction", lambda: draft(self.data, self.choice, *self._one(agency, year), corrected))

    def sql(self, query: str) -> pd.DataFrame:
        """The answer to a query in SQL, or to a worked one by its name."""
        return ask(self.data, query, self.choice.language)

    def save(self) -> None:
        """Save the view where the parameter says, if it names a folder; the button saves it any time."""
        told = self._saved() if self._out else sentence(worded("not_saved"), self.choice.language)
        display.display(told)  # type: ignore[no-untyped-call]

    def _saved(self) -> Fragment:
        folder = place(self._out) if self._out else Path("explored")
        files = save(folder, self.rows, self.drawn, self.choice, self.data, date.today())
        return sentence(worded("saved", files=", ".join(map(str, files))), self.choice.language)

    def _show(self, name: str, make: Callable[[], Any]) -> None:
        handle = display.display(self._made(make), display_id=True)  # type: ignore[no-untyped-call]
        if handle is not None:
            self._shown[name] = handle, make

    def _made(self, make: Callable[[], Any]) -> Any:
        """What is shown, or the sentence that says why it cannot be."""
        try:
            return make()
        except Refused as refusal:
            return sentence(refusal.message, self.choice.language)

    def _one(self, agency: str, year: int) -> tuple[str, int]:
        """The agency and year that are meant: those given, else the newest of the first that has pages."""
        if self.choice.table == INDICATOR:
            raise Refused(self.choice.formula, self.choice.language)
        if agency and year:
            return agency, year
        found = rows_of(
            self.data, replace(self.choice, agencies=(agency,) if agency else self.choice.agencies)
        )
        own = found[(found["item"] == self.choice.item) & (found["measure"] == self.choice.measure)]
        own = own.dropna(subset="year")
        own = own[own["page"].notna()] if own["page"].notna().any() else own
        if own.empty:
            raise Refused(worded("nothing"), self.choice.language)
        # The one named first, as in the title of the chart; another where no file of its has pages.
        first = next(name for name in self.choice.agencies if name in set(own["agency"]))
        return first, int(own.loc[own["agency"] == first, "year"].max())

    def _picture(self, agency: str, year: int) -> Any:
        if self.choice.table == INDICATOR:
            return worked_out(self.data, self.choice, agency, year)
        name, when = self._one(agency, year)
        cell = told(self.choice.told_label, self.choice.language)
        try:
            shown = self.data.where(name, when, self.choice.cell)
        except UnreadableFile as fault:
            raise Refused(fault.told, self.choice.language) from fault
        caption = worded("printed", agency=name, year=when, cell=cell)
        if isinstance(shown, ReadRow):
            language = self.choice.language
            return Fragment(sentence(caption, language) + shown.html(language))
        return framed(shown, caption, self.choice.language)
