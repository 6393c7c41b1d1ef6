"""The pages of a report with the cells of its figures drawn on them, and beside each what was read there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ogi import workers
from ogi.extract.report import Figure
from ogi.pages.cells import legend
from ogi.pages.clippings import data_uri
from ogi.pages.html import Html, number, plain
from ogi.pages.printed.fragments import LARGEST_PICTURE, fragment, sentence
from ogi.pages.printed.report import STANDINGS, OneReport
from ogi.pages.printed.tables import ELSEWHERE, forms_of, matrix, spot
from ogi.readers import pictures
from ogi.readers.document import Box
from ogi.values import State

DPI = 110
"""Small print of 9 points is 14 pixels high: legible, and a page stays under LARGEST_PICTURE."""
_MOST_REASONS = 2
"""A tip beside a cell covers its neighbours."""


def sheets(report: OneReport) -> Html:
    """Every page that holds figures, or one sentence where the format has no pages."""
    if not pictures.has_pages(report.path):
        return sentence("no_pages", report.language)
    pages = sorted({box.page for box in report.boxes.values()})
    if not pages:
        return sentence("no_cells", report.language)
    found = [_sheet(report, page) for page in pages]
    shown = [one for sheet in found for table in sheet["tables"] for one in table.cells]
    return fragment(
        "printed_sheets", report, sheets=found, legend=legend(one for one in shown if one.state != ELSEWHERE)
    )


def _sheet(report: OneReport, page: int) -> dict[str, Any]:
    """One page for the template: its picture, its cells, how many of each standing, the tables on it."""
    figures = [f for f in report.read.figures if f.box is not None and f.box.page == page]
    picture = workers.run(pictures.page_picture, report.path, page, DPI)
    kinds = [report.standings[figure.id].kind for figure in figures]
    held = {figure.table for figure in figures}
    return {
        "page": page,
        "picture": data_uri(picture, LARGEST_PICTURE),
        "width": picture.width,
        "height": picture.height,
        "spots": list(_spots(report, figures, workers.run(pictures.page_size, report.path, page))),
        "counts": [(kind, kinds.count(kind)) for kind in STANDINGS if kind in kinds],
        "tables": [matrix(report, form, page) for form, _ in forms_of(report) if form.id in held],
    }


def _spots(report: OneReport, figures: list[Figure], size: tuple[float, float]) -> Iterator[dict[str, Any]]:
    """A spot per box: ids of its figures, their standing, its place in per cent of the page, what it tells.

    A merged cell stands for several figures. What it tells opens away from the nearer edges of the page.
    """
    boxes: dict[Box, list[Figure]] = {}
    for figure in figures:
        boxes.setdefault(report.boxes[figure.id], []).append(figure)
    for box, held in boxes.items():
        left, right = _percent(box.x0, size[0]), _percent(box.x1, size[0])
        top, bottom = _percent(box.top, size[1]), _percent(box.bottom, size[1])
        yield {
            "ids": [spot(figure.id) for figure in held],
            "standing": min((report.standings[figure.id].kind for figure in held), key=STANDINGS.index),
            "left": left,
            "top": top,
            "width": round(right - left, 3),
            "height": round(bottom - top, 3),
            "lines": [line for figure in held for line in _lines(report, figure)],
        }


def _percent(place: float, of: float) -> float:
    return round(100 * min(max(place / of, 0.0), 1.0), 3)


def _lines(report: OneReport, figure: Figure) -> Iterator[str]:
    """The figure by its id, then why it is in doubt, at most _MOST_REASONS reasons."""
    language = report.language
    if figure.state == State.REPORTED and figure.value is not None:
        unit = "" if figure.unit is None else f" {figure.unit}"
        yield f"{figure.id} = {number(figure.value)}{unit}"
    else:
        state = plain(f"state.{figure.state}", language)
        yield " ".join([figure.id, "=", *(figure.printed or "").split(), f"({state})"])
    standing = report.standings[figure.id]
    yield from standing.why[:_MOST_REASONS] or [plain(f"standing.{standing.kind}", language)]
    if len(standing.why) > _MOST_REASONS:
        yield plain("more", language, n=len(standing.why) - _MOST_REASONS)
