"""The widgets of a view: what they offer follows from the dataset and the forms."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import ipywidgets as widgets

from ogi.api import Dataset
from ogi.explore.choice import WAYS, FigureChoice, items_of, measures_of, tables, worded
from ogi.explore.shown import Fragment, sentence
from ogi.said import Refused, Said, told

_ROWS = 9
"""Lines of the list of agencies."""


class Controls:
    """Widgets for agencies, years, table, item, measure and way, and a button that saves.

    `choose` is called with each new choice that can be shown; of another the sentence stands below.
    """

    def __init__(
        self,
        data: Dataset,
        choice: FigureChoice,
        choose: Callable[[FigureChoice], None],
        save: Callable[[], Fragment],
    ) -> None:
        self._choice, self._choose, self._save = choice, choose, save
        self._is_quiet = False
        years = sorted({int(year) for year in data.reports["year"].dropna()})
        chosen = [year for year in choice.years if year in years] or years
        self.agencies = widgets.SelectMultiple(
            options=data.agencies, value=choice.agencies, rows=min(_ROWS, len(data.agencies))
        )
        self.years = widgets.SelectMultiple(options=years, value=chosen, rows=min(_ROWS, len(years)))
        self.table = self._dropdown(tables(), choice.table)
        self.item = self._dropdown(items_of(choice.table), choice.item)
        self.measure = self._dropdown(measures_of(choice.table, choice.item), choice.measure)
        self.way = self._dropdown({way: worded(f"way.{way}") for way in WAYS}, choice.way)
        self.button = widgets.Button(description=self._told("choose.save"))
        self.status = widgets.HTML()
        self._watch()

    @property
    def box(self) -> widgets.VBox:
        """All of them, with their names."""
        names = ("agencies", "years", "table", "item", "measure", "way")
        fields = {name: getattr(self, name) for name in names}
        for name, field in fields.items():
            field.description = self._told(f"choose.{name}")
            field.layout = widgets.Layout(width="26em" if name not in ("years", "way") else "18em")
        rows = [names[:2], names[2:4], names[4:]]
        lines = [widgets.HBox([fields[name] for name in row], layout=_WRAP) for row in rows]
        return widgets.VBox([*lines, widgets.HBox([self.button, self.status], layout=_WRAP)])

    def _told(self, key: str) -> str:
        return told(worded(key), self._choice.language)

    def _dropdown(self, names: Mapping[str, Said], chosen: str) -> widgets.Dropdown:
        return widgets.Dropdown(options=self._options(names), value=chosen)

    def _options(self, names: Mapping[str, Said]) -> list[tuple[str, str]]:
        return [(told(name, self._choice.language), id) for id, name in names.items()] or [("–", "")]

    def _watch(self) -> None:
        self.table.observe(lambda change: self._offer(items_of(change["new"])), "value")
        self.item.observe(lambda change: self._offer_measures(), "value")
        for field in (self.agencies, self.years, self.measure, self.way):
            field.observe(lambda change: self._changed(), "value")
        self.button.on_click(lambda _: self._tell(self._save))

    def _offer(self, items: Mapping[str, Said]) -> None:
        """Offer the items of another table: the first of them is chosen, unless it has the same one."""
        self._replace(self.item, self._options(items))
        self._offer_measures()

    def _offer_measures(self) -> None:
        if self._is_quiet:
            return
        self._replace(self.measure, self._options(measures_of(self.table.value, self.item.value)))
        self._changed()

    def _replace(self, field: widgets.Dropdown, options: list[tuple[str, str]]) -> None:
        """Other options, the same value where it is among them, else the first; no change of the reader's."""
        before, values = field.value, [value for _, value in options]
        self._is_quiet = True
        try:
            field.options = options
            field.value = before if before in values else values[0]
        finally:
            self._is_quiet = False

    def _changed(self) -> None:
        if not self._is_quiet:
            self._tell(self._chosen)

    def _chosen(self) -> Fragment:
        # In the order of the parameters, then that of the list: the first is the one held against its kind.
        before = [name for name in self._choice.agencies if name in self.agencies.value]
        agencies = (*before, *(name for name in self.agencies.value if name not in before))
        new = replace(
            self._choice,
            agencies=agencies,
            years=tuple(self.years.value),
            table=self.table.value,
            item=self.item.value,
            measure=self.measure.value,
            way=self.way.value,
        )
        new.require()
        self._choice = new
        self._choose(new)
        return Fragment()

    def _tell(self, act: Callable[[], Fragment]) -> None:
        try:
            self.status.value = str(act())
        except (Refused, OSError) as refusal:
            self.status.value = str(sentence(refusal.args[0] if refusal.args else "", self._choice.language))


_WRAP = widgets.Layout(flex_flow="row wrap")
