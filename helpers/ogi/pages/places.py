"""Where the figures of an agency stand in its files, and the pictures cut out there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ogi import workers
from ogi.checks.causes import own_cells
from ogi.pages.clippings import clipping
from ogi.pages.frames import Frames
from ogi.readers.document import Box, UnreadableFile
from ogi.readers.pictures import has_pages
from ogi.tables import records

MOST_PICTURES = 4
"""How many pictures a page bears: at 12 kB each they take a quarter of what a page may weigh."""


class Places:
    """Where the figures of an agency stand in its files, and at most MOST_PICTURES pictures cut out there."""

    def __init__(self, frames: Frames) -> None:
        self.files, self.left = frames.files, MOST_PICTURES
        self.seen: list[tuple[str, frozenset[str]]] = []
        on_pages = records(frames.figures[frames.figures["page"].notna()])
        self.rows = {(r["report_id"], f"{r['table']}/{r['item']}/{r['measure']}"): r for r in on_pages}

    def pages(self, row: dict[str, Any]) -> tuple[int, ...]:
        """The pages of its report on which the figures of a row of checks stand."""
        return tuple(sorted({figure["page"] for figure in self._figures(row)}))

    def clips(self, row: dict[str, Any]) -> tuple[tuple[int, str], ...]:
        """Each page of a row of checks with the picture of its figures there, while there are any left.

        None where an earlier picture shows all of them.
        """
        report_id, cells = row["report_id"], frozenset(own_cells(row))
        path = self.files.get(report_id)
        if path is None or not has_pages(path):
            return ()
        if any(report_id == of and cells <= shown for of, shown in self.seen):
            return ()
        found = tuple(self._clips(row))
        if found:
            self.seen.append((report_id, cells))
        return found

    def _clips(self, row: dict[str, Any]) -> Iterator[tuple[int, str]]:
        boxed = [figure for figure in self._figures(row) if figure["x0"] is not None]
        for page in sorted({figure["page"] for figure in boxed}):
            own = [figure for figure in boxed if figure["page"] == page]
            if self.left == 0:
                return
            picture = _picture(self.files[row["report_id"]], [_box(f) for f in own], self._edges(own))
            if picture is not None:
                self.left -= 1
                yield page, picture

    def _figures(self, row: dict[str, Any]) -> list[dict[str, Any]]:
        keys = [(row["report_id"], cell) for cell in own_cells(row)]
        return [self.rows[key] for key in keys if key in self.rows]

    def _edges(self, figures: list[dict[str, Any]]) -> list[float]:
        """Where the cells with figures begin in the tables of these, on their page."""
        places = {(f["report_id"], f["page"], f["table"]) for f in figures}
        there = [r for r in self.rows.values() if (r["report_id"], r["page"], r["table"]) in places]
        return sorted({row["x0"] for row in there if row["x0"] is not None})


def _box(figure: dict[str, Any]) -> Box:
    return Box(*(figure[name] for name in ("page", "x0", "top", "x1", "bottom")))


def _picture(path: Path, boxes: list[Box], edges: list[float]) -> str | None:
    """The clipping; a page that shows all else needs no picture of a file that cannot be drawn."""
    try:
        return workers.run(clipping, path, boxes, edges)
    except UnreadableFile:
        return None
