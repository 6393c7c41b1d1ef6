"""The pages of a report with the cells of its figures drawn on them, and beside each what was read there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ogi.extract import Figure
from ogi.pages.cells import legend
from ogi.pages.html import Html
from ogi.pages.printed.report import OneReport
from ogi.pages.printed.standing import STANDINGS
from ogi.pages.printed.styled import data_uri, fragment, sentence
from ogi.pages.printed.tables import ELSEWHERE, Desk, matrix, spot
from ogi.pages.words import number, say
from ogi.readers import pictures
from ogi.readers.document import Box
from ogi.values import State

DPI = 110
_MOST_REASONS = 2


@dataclass(frozen=True)
class Spot:
    """One cell drawn on a page: its ids, its standing, its place in per cent of the page, what it tells.

    `right`, `low`: does it lie in the right half, in the lower half? What it tells then opens the other way.
    """

    ids: tuple[str, ...]
    standing: str
    left: float
    top: float
    width: float
    height: float
    lines: tuple[str, ...]

    @property
    def right(self) -> bool:
        """Is the middle of the cell in the right half of the page?"""
        return self.left + self.width / 2 > 50

    @property
    def low(self) -> bool:
        """Is the middle of the cell in the lower half of the page?"""
        return self.top + self.height / 2 > 50


@dataclass(frozen=True)
class Sheet:
    """One page: its picture, its cells, how many of each standing, and the tables that stand on it."""

    page: int
    picture: str
    width: int
    height: int
    spots: tuple[Spot, ...]
    counts: tuple[tuple[str, int], ...]
    tables: tuple[Any, ...]


def sheets(report: OneReport) -> Html:
    """Every page that holds figures, or one sentence where the format has no pages."""
    if not pictures.has_pages(report.path):
        return sentence("no_pages", report.language)
    desk = Desk(report)
    pages = sorted({box.page for box in desk.drawn.values()})
    if not pages:
        return sentence("no_cells", report.language)
    found = [_sheet(desk, page) for page in pages]
    shown = [one.cell for sheet in found for table in sheet.tables for one in table.cells]
    return fragment(
        "printed_sheets", report, sheets=found, legend=legend(one for one in shown if one.state != ELSEWHERE)
    )


def _sheet(desk: Desk, page: int) -> Sheet:
    path, figures = desk.report.path, desk.on_page(page)
    picture = pictures.page_picture(path, page, DPI)
    kinds = [desk.standings[figure.id].kind for figure in figures]
    held = {figure.table for figure in figures}
    return Sheet(
        page,
        data_uri(picture),
        picture.width,
        picture.height,
        tuple(_spots(desk, figures, pictures.page_size(path, page))),
        tuple((kind, kinds.count(kind)) for kind in STANDINGS if kind in kinds),
        tuple(matrix(desk, form, page) for form, _ in desk.forms() if form.id in held),
    )


def _spots(desk: Desk, figures: list[Figure], size: tuple[float, float]) -> Iterator[Spot]:
    """A spot per box, those of one box in one: a merged cell stands for several figures."""
    boxes: dict[Box, list[Figure]] = {}
    for figure in figures:
        if figure.box is not None:
            boxes.setdefault(figure.box, []).append(figure)
    for box, held in boxes.items():
        left, right = _percent(box.x0, size[0]), _percent(box.x1, size[0])
        top, bottom = _percent(box.top, size[1]), _percent(box.bottom, size[1])
        yield Spot(
            ids=tuple(spot(figure.table, figure.item, figure.measure) for figure in held),
            standing=min((desk.standings[figure.id].kind for figure in held), key=STANDINGS.index),
            left=left,
            top=top,
            width=round(right - left, 3),
            height=round(bottom - top, 3),
            lines=tuple(line for figure in held for line in _lines(desk, figure)),
        )


def _percent(place: float, of: float) -> float:
    return round(100 * min(max(place / of, 0.0), 1.0), 3)


def _lines(desk: Desk, figure: Figure) -> Iterator[str]:
    """The figure by its id, then why it is in doubt, at most _MOST_REASONS reasons."""
    language = desk.report.language
    if figure.state == State.REPORTED and figure.value is not None:
        unit = "" if figure.unit is None else f" {figure.unit}"
        yield f"{figure.id} = {number(figure.value)}{unit}"
    else:
        state = say(f"state.{figure.state}", language).unescape()
        yield " ".join([figure.id, "=", *(figure.printed or "").split(), f"({state})"])
    standing = desk.standings[figure.id]
    yield from standing.why[:_MOST_REASONS] or [str(say(f"standing.{standing.kind}", language).unescape())]
    if len(standing.why) > _MOST_REASONS:
        yield str(say("more", language, n=len(standing.why) - _MOST_REASONS))
