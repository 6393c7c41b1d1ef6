"""Walk a document's grids and collect, row by row, the cells under a statutory head and their label."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from helpers.extract.heads import Head, read_head, table_of_head
from helpers.extract.labels import item_labels
from helpers.extract.rows import Aligned, align, leading_labels
from helpers.extract.sections import section_of
from helpers.forms import Group
from helpers.readers.document import Cell, Document, Grid, Paragraph

_LONGEST_HEADING = 60


@dataclass(frozen=True)
class Row:
    """A row under a statutory head: its label as printed, the item it names if exactly known, its cells."""

    head: Head
    label: str
    item: str | None
    group: Group | None
    aligned: Aligned
    figures: tuple[Cell, ...]
    page: int | None
    opens_grid: bool = False

    @property
    def is_filled(self) -> bool:
        """Is anything printed right of the label?"""
        return any(not cell.is_blank for cell in self.figures)


@dataclass
class Walk:
    """The rows found, and where in the hierarchy the walk stands: the last head, the last heading."""

    rows: list[Row] = field(default_factory=list)
    strange_heads: list[tuple[str, int | None]] = field(default_factory=list)
    _head: Head | None = None
    _group: Group | None = None
    _review_item: str | None = None


def walk(document: Document) -> Walk:
    """Collect the rows of every grid that stands under a statutory head."""
    state = Walk()
    for block in document.blocks:
        if isinstance(block, Paragraph):
            _paragraph(block.text, state)
        else:
            _grid(block, state)
    state.rows = _joined(state.rows)
    return state


def _paragraph(text: str, state: Walk) -> None:
    if section_of(text) is not None:
        state._head = state._group = state._review_item = None
    elif len(text) < _LONGEST_HEADING:
        state._group = item_labels("requests").group(text) or state._group
        state._review_item = item_labels("review").exact(text, None) or state._review_item


def _grid(grid: Grid, state: Walk) -> None:
    head_rows: list[list[Cell]] = []
    opens = True
    for own in grid.rows():
        if table_of_head(own) is not None:
            head_rows.append(own)
            continue
        if head_rows:
            _take_head(head_rows, grid, state)
            head_rows = []
        if state._head is not None:
            _take_row(own, grid, state._head, opens, state)
        opens = False
    if head_rows:
        _take_head(head_rows, grid, state)


def _take_head(rows: list[list[Cell]], grid: Grid, state: Walk) -> None:
    state._head = read_head(rows, grid.origin, grid.ragged)
    if state._head is None:
        page = next((cell.box.page for cell in rows[0] if cell.box is not None), None)
        state.strange_heads.append((" ".join(cell.text for row in rows for cell in row), page))


def _take_row(own: list[Cell], grid: Grid, head: Head, opens: bool, state: Walk) -> None:
    cells = grid.covering(own[0].row)
    label_at, item = _label(cells, head, state)
    if label_at is None and head.names_items and len(cells) > len(head.leaves):
        label_at = next((i - 1 for i, cell in enumerate(cells) if not _is_text(cell)), None)
    if label_at is None and not head.names_items:
        item = state._review_item if head.table == "review" else None
        if item is None:
            return
    figures = cells if label_at is None or label_at < 0 else cells[label_at + 1 :]
    if not figures or (label_at is None and len(figures) != len(head.leaves)):
        return
    text = "" if label_at is None or label_at < 0 else cells[label_at].text
    page = next((cell.box.page for cell in own if cell.box is not None), None)
    state.rows.append(
        Row(head, text, item, state._group, align(figures, head, grid), tuple(figures), page, opens)
    )


def _is_text(cell: Cell) -> bool:
    return not cell.is_blank and leading_labels([cell]) == 1


def _label(cells: list[Cell], head: Head, state: Walk) -> tuple[int | None, str | None]:
    """Which of a row's cells is its label, and the item it names where that is exactly known."""
    if head.names_items:
        return None, None
    labels = item_labels(head.table)
    candidates = [i for i in range(leading_labels(cells)) if not cells[i].is_blank]
    for i in candidates:
        group = labels.group(cells[i].text)
        above = state._group.path if state._group is not None else ()
        state._group = state._group if group is None or group in above else group
    roomy = [i for i in candidates if len(cells) - i > len(head.leaves)]
    for i in reversed(candidates):
        item, group = labels.exact(cells[i].text, state._group), labels.group(cells[i].text)
        if item is not None and (group is None or i >= max(roomy, default=0)):
            state._group = group or labels.items[item].group
            return i, item
    return next(iter([*reversed(roomy), *candidates]), None), None


def _joined(rows: Iterable[Row]) -> list[Row]:
    """Rows cut in two by a page break put together again, where only both labels together name an item."""
    joined: list[Row] = []
    for row in rows:
        before = joined[-1] if joined else None
        whole = _whole(before, row) if before is not None and row.opens_grid else None
        if whole is None:
            joined.append(row)
        else:
            joined[-1] = whole
    return joined


def _whole(before: Row, row: Row) -> Row | None:
    if row.item is not None or row.head != before.head:
        return None
    if before.is_filled and row.is_filled:
        return _rejoined(before, row) if not row.label.strip() else None
    labels = item_labels(row.head.table)
    item = labels.exact(before.label + row.label, before.group)
    if item is None or before.item not in (None, item):
        return None
    filled = before if before.is_filled else row
    return replace(
        filled, label=before.label + row.label, item=item, group=before.group, opens_grid=before.opens_grid
    )


def _rejoined(before: Row, row: Row) -> Row:
    """A row that the page's end cuts through its cells: each cell's lines put together again."""
    if before.aligned.problem is not None or row.aligned.problem is not None:
        return replace(before, aligned=Aligned({}, "the page ends within this row"))
    cells = dict(before.aligned.cells)
    for rank, cell in row.aligned.cells.items():
        above = cells.get(rank)
        if above is None or above.is_blank:
            cells[rank] = cell
        elif not cell.is_blank:
            cells[rank] = replace(above, text=f"{above.text}\n{cell.text}")
    return replace(before, aligned=Aligned(cells))
