"""The figures that a rule names, as links: under what they share, a long sum by its ends."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from ogi.forms import TABLES
from ogi.pages.cells import anchor, cell_names

_LONG = 5
"""Neighbouring rows from which the first and the last stand for all: a sum of all outcomes has 22."""


@dataclass(frozen=True)
class _Place:
    """One figure: what it is called, and where it stands on the page."""

    year: str
    table: str
    item: str
    measure: str
    names: tuple[Markup, Markup]
    href: str

    def link(self, name: Markup) -> Markup:
        return Markup('<a href="{}">{}</a>').format(self.href, name)


def references(
    cells: Sequence[str], own: str, by_applicant: Collection[str], language: str
) -> list[tuple[Markup, list[Markup]]]:
    """What the figures have in common, and a link to each.

    `own`: the key of the report that the rule is on; `by_applicant`: the keys of those of which a page shows
    requests by kind of applicant. Of others it shows the totals, to which such a figure leads.
    """
    places = [_place(cell, own, by_applicant, language) for cell in cells]
    if len(places) == 1:
        return [(Markup(""), [places[0].link(_told(places[0].year, *places[0].names))])]
    if len({place.measure for place in places}) == 1:
        columns = groupby(places, key=lambda place: (place.year, place.table))
        return [_column(list(group)) for _, group in columns]
    rows = groupby(places, key=lambda place: (place.year, place.table, place.item))
    return [_row(list(group), language) for _, group in rows]


def _place(cell: str, own: str, by_applicant: Collection[str], language: str) -> _Place:
    year, *names = cell_names(cell, language)
    table, item, measure = cell.rpartition(":")[2].split("/")
    key = year or own
    shown = measure if table != "requests" or key in by_applicant else "total"
    href = "#" + anchor(table, item, shown, key)
    return _Place(year, table, item, measure, (names[0], names[1]), href)


def _told(*names: str) -> Markup:
    return Markup(" · ").join(name for name in names if name)


def _column(places: list[_Place]) -> tuple[Markup, list[Markup]]:
    links = []
    for run in _runs(places):
        ends = [place.link(place.names[0]) for place in run]
        links += [Markup(" … ").join((ends[0], ends[-1]))] if len(run) >= _LONG else ends
    return _told(places[0].year, places[0].names[1]), links


def _row(places: list[_Place], language: str) -> tuple[Markup, list[Markup]]:
    """Kinds of applicants stand in one row, which has one place on the page."""
    alike = (list(group) for _, group in groupby(places, key=lambda place: place.href))
    links = [group[0].link(_listed([place.names[1] for place in group], language)) for group in alike]
    return _told(places[0].year, places[0].names[0]), links


def _listed(names: list[Markup], language: str) -> Markup:
    if len(names) >= _LONG:
        return Markup(" … ").join((names[0], names[-1]))
    return Markup("、" if language == "zh" else ", ").join(names)


def _runs(places: Sequence[_Place]) -> Iterator[list[_Place]]:
    """The figures of a column in stretches of rows that follow on each other in a form."""
    items = {place.item for place in places}
    forms = TABLES[places[0].table].values()
    order = next((list(form.cells_of) for form in forms if items <= set(form.cells_of)), [])
    run: list[_Place] = []
    for place in places:
        if run and order and order.index(place.item) != order.index(run[-1].item) + 1:
            yield run
            run = []
        run.append(place)
    yield run
