"""What a page's end cuts in two: a row, its label, a head; put together again where only one reading fits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ogi import values
from ogi.extract.heads import Head, tree_head
from ogi.extract.labels import LabelBasis, LabelMatch, item_labels
from ogi.extract.report import worded
from ogi.extract.rows import TableRow, page_of
from ogi.extract.settings import SETTINGS
from ogi.readers.document import Cell, Grid


def joined(rows: Iterable[TableRow]) -> list[TableRow]:
    """Rows cut in two by a page break put together again, where only both labels together name an item."""
    done: list[TableRow] = []
    for row in rows:
        before = done[-1] if done else None
        whole = _whole(before, row) if before is not None and row.opens_grid else None
        if whole is not None:
            done[-1] = whole
            continue
        # Only the first row of a page can go on from the last.
        if before is not None and row.opens_grid and _may_run_on(before, row):
            done[-1] = before.refused(worded("page.may_end_within"))
        done.append(row)
    return done


def _may_run_on(before: TableRow, row: TableRow) -> bool:
    """Could the second, whose label is none, hold the last digits of the first one's numbers?"""
    if row.item is not None or row.head != before.head or row.page == before.page:
        return False
    above, below = before.under, row.under
    if not any(above[at].is_full and cell.text[:1].isdigit() for at, cell in below.items() if at in above):
        return False
    own = _resembled(row)
    return own is None or own in (before.item, _resembled(before))


def _resembled(row: TableRow) -> str | None:
    """The item that the row's label is a typing error of, whatever other rows there are."""
    labels = item_labels(row.head.table)
    match = labels.misspelt(row.label, labels.items)
    return None if match is None else match.item


def _whole(before: TableRow, row: TableRow) -> TableRow | None:
    """The row of which both are parts; None where they are not, or where that is not sure."""
    if row.item is not None or row.head != before.head:
        return None
    label, cut = before.label + row.label, before.is_filled and row.is_filled
    is_rest = not row.label.strip()
    if is_rest and (cut or row.head.names_items):
        return _rejoined(before, row) if row.page != before.page and _may_be_one(before, row) else None
    match = _named_by_both(before, row)
    if match is None or (cut and row.page == before.page):
        return None
    filled = _rejoined(before, row) if cut else before if before.is_filled else row
    return replace(
        filled, label=label, match=match, group=before.group, opens_grid=before.opens_grid, rest=row
    )


def _named_by_both(before: TableRow, row: TableRow) -> LabelMatch | None:
    """The item that both labels together name, or would but for a typing error, and neither another one."""
    labels = item_labels(row.head.table)
    whole = before.label + row.label
    item = labels.exact(whole, before.group)
    match = None if item is None else LabelMatch(item, LabelBasis.EXACT)
    if match is None and row.page != before.page:
        match = labels.misspelt(whole, labels.items)
        if match is None or _resembled(row) not in (None, match.item):
            return None
    return match if match is not None and before.item in (None, match.item) else None


def _may_be_one(before: TableRow, row: TableRow) -> bool:
    """Not where a number above and one below, such as 0 and 39, are no number together."""
    pairs = (
        (above.text, below.text)
        for rank, below in row.under.items()
        if (above := before.under.get(rank)) is not None
    )
    return all(
        values.parse(above + below).state == values.State.REPORTED
        for above, below in pairs
        if {values.parse(above).state, values.parse(below).state} == {values.State.REPORTED}
    )


def _rejoined(before: TableRow, row: TableRow) -> TableRow:
    """A row that the page's end cuts through its cells: each cell's lines put together again."""
    if before.problem is not None or row.problem is not None:
        return before.refused(worded("page.ends_within"))
    cells = dict(before.under)
    for rank, cell in row.under.items():
        above = cells.get(rank)
        if above is None or above.is_blank:
            cells[rank] = cell
        elif not cell.is_blank:
            cells[rank] = _lines_of_both(above, cell)
    return replace(before, under=cells, rest=row)


def _lines_of_both(above: Cell, below: Cell) -> Cell:
    """A cell cut in two; a number of both is put together only where the first line had room for no more."""
    if above.is_full and below.text[:1].isdigit():
        # Put together, and so marked wherever it is shown.
        confidence = min(above.confidence, below.confidence, SETTINGS.doubtful)
        return above._replace(text=above.text + below.text, confidence=confidence, is_full=below.is_full)
    return above._replace(text=f"{above.text}\n{below.text}")


def rejoined_head(above: list[list[Cell]], below: list[list[Cell]], grid: Grid) -> Head | None:
    """The head whose last row a page's end cuts, in the columns of the page below.

    None where there was no cut, or where the rows below say no less alone.
    """
    if not above or not below or any(c.box is None for row in (*above, *below) for c in row):
        return None
    end = max(cell.box.bottom for row in above for cell in row if cell.box is not None) - SETTINGS.same_edge
    cut = [cell for row in above for cell in row if cell.box is not None and cell.box.bottom > end]
    rests = {id(cell): rest for cell in cut for rest in below[0] if _same_column(cell, rest)}
    whole = [
        [_continued(cell, rests[id(cell)]) if id(cell) in rests else cell for cell in row] for row in above
    ]
    ends = {id(rest) for rest in rests.values()}
    left = min((cell.box.x0 for cell in cut if cell.box is not None), default=0) - SETTINGS.same_edge
    first = [c for c in below[0] if id(c) not in ends and c.box is not None and c.box.x0 > left]
    head = tree_head([*whole, *([first] if first else []), *below[1:]], grid.origin, grid.ragged)
    if head is None or any(page_of([column.cell]) != page_of(below[0][:1]) for column in head.columns):
        return None
    alone = tree_head(below, grid.origin, grid.ragged)
    return None if alone is not None and _known(alone) >= _known(head) else head


def _same_column(cell: Cell, rest: Cell) -> bool:
    a, b = cell.box, rest.box
    return a is not None and b is not None and abs(a.x0 - b.x0) + abs(a.x1 - b.x1) < SETTINGS.same_edge


def _continued(cell: Cell, rest: Cell) -> Cell:
    """A cut cell's whole text, where it stands on the page below."""
    return rest._replace(text=cell.text + rest.text)


def _known(head: Head) -> int:
    return sum(column.measure is not None for column in head.columns)
