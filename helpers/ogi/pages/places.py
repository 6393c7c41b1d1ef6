"""Where the figures of an agency stand in its files, and the pictures cut out there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ogi.pages.clippings import clipping
from ogi.pages.frames import Frames, records
from ogi.readers.document import Box
from ogi.readers.pictures import has_pages

MOST_PICTURES = 12
"""How many pictures a page bears."""


@dataclass(frozen=True)
class Clip:
    """The picture of printed cells, and the page they are from."""

    page: int
    picture: str


class Places:
    """Where the figures of an agency stand in its files, and at most MOST_PICTURES pictures cut out there."""

    def __init__(self, frames: Frames) -> None:
        self.files, self.left = frames.files, MOST_PICTURES
        self.seen: list[tuple[str, frozenset[str]]] = []
        self.boxes: dict[tuple[str, str], Box] = {}
        self.on_page: dict[tuple[str, str], int] = {}
        self.edges: dict[tuple[str, int, str], set[float]] = {}
        for row in records(frames.figures):
            if row["page"] is None:
                continue
            key = row["report_id"], f"{row['table']}/{row['item']}/{row['measure']}"
            self.on_page[key] = row["page"]
            if row["x0"] is not None:
                box = Box(row["page"], row["x0"], row["top"], row["x1"], row["bottom"])
                self.boxes[key] = box
                table = row["report_id"], box.page, row["table"]
                self.edges.setdefault(table, set()).add(box.x0)

    def pages(self, row: dict[str, Any]) -> tuple[int, ...]:
        """The pages of its report on which the figures of a row of checks stand."""
        found = {self.on_page.get((row["report_id"], cell)) for cell in own_cells(row)}
        return tuple(sorted(page for page in found if page is not None))

    def clips(self, row: dict[str, Any]) -> tuple[Clip, ...]:
        """The pictures of its figures, one for each page, as long as there are any left.

        None where an earlier picture shows all of them.
        """
        report_id, cells = row["report_id"], frozenset(own_cells(row))
        if any(report_id == of and cells <= shown for of, shown in self.seen):
            return ()
        found = tuple(self._clips(row))
        if found:
            self.seen.append((report_id, cells))
        return found

    def _clips(self, row: dict[str, Any]) -> Iterator[Clip]:
        report_id = row["report_id"]
        path = self.files.get(report_id)
        if path is None or not has_pages(path):
            return
        boxes = [(cell, self.boxes.get((report_id, cell))) for cell in own_cells(row)]
        for page in self.pages(row):
            own = [(cell, box) for cell, box in boxes if box is not None and box.page == page]
            if not own or self.left == 0:
                continue
            tables = {cell.partition("/")[0] for cell, _ in own}
            edges = sorted(set().union(*(self.edges[report_id, page, table] for table in tables)))
            picture = clipping(path, [box for _, box in own], edges)
            if picture is not None:
                self.left -= 1
                yield Clip(page, picture)


def own_cells(row: dict[str, Any]) -> list[str]:
    """The cells of a row of checks that stand in its own report: not those of another year."""
    parts = [cell.rpartition(":") for cell in row["cells"]]
    return [place for year, _, place in parts if year in ("", str(row["year"]))]
