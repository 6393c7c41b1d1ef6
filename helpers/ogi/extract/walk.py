"""Walk a document's grids and collect, row by row, the cells under a statutory head and their label."""

from __future__ import annotations

from dataclasses import dataclass, field

from ogi import values
from ogi.extract.breaks import joined, rejoined_head
from ogi.extract.heads import Head, is_lone_group, read_head, table_of_head
from ogi.extract.labels import item_labels
from ogi.extract.report import Finding, FindingKind, Severity
from ogi.extract.rows import Row, align, leading_labels
from ogi.extract.sections import is_of_form, section_of
from ogi.extract.title import names_report
from ogi.extract.upright import upright
from ogi.extract.years_beside import of_one_year
from ogi.forms import Group
from ogi.readers.document import Cell, Document, Grid, Paragraph
from ogi.said import say

_HEAD_STRANGE = "the table head “{head}” fits no form", "表头“{head}”不合任何格式"
_YEARS_BESIDE = (
    "the columns of another year ({names}) beside those of the report were left out",
    "报告年度数据旁另有其他年度（{names}）的栏，未采用",
)
_LONGEST_HEADING = 60
_DEEPEST_HEAD = 4
"""Rows of a head, at the most."""


@dataclass
class Walk:
    """The rows found, and where in the hierarchy the walk stands: the last head, the last heading."""

    rows: list[Row] = field(default_factory=list)
    strange_heads: list[tuple[str, int | None]] = field(default_factory=list)
    years_left_out: list[tuple[str, int | None]] = field(default_factory=list)
    """The names of columns of earlier years, and the page."""
    _head: Head | None = None
    _group: Group | None = None
    _review_item: str | None = None
    _part: int = 0
    _captions: tuple[str, str, str] = ("", "", "")
    """The last title of a report, of a section within it, the last short paragraph within that."""
    _line_above: str = ""
    """The paragraph right above the row: perhaps the beginning of its label."""
    _cut_head: list[list[Cell]] = field(default_factory=list)
    """The rows of a head with which the last grid ended, none of its figures below it."""

    def findings(self) -> list[Finding]:
        """What no table of the forms has: strange heads, columns of other years."""
        heads = [(say(*_HEAD_STRANGE, head=values.shown(text)), page) for text, page in self.strange_heads]
        years = [(say(*_YEARS_BESIDE, names=names), page) for names, page in self.years_left_out]
        return [
            *(Finding(FindingKind.HEAD_STRANGE, Severity.WARNING, told, page=page) for told, page in heads),
            *(Finding(FindingKind.YEARS_BESIDE, Severity.WARNING, told, page=page) for told, page in years),
        ]

    def has(self, table: str) -> bool:
        """Was any row of a table found?"""
        return any(row.head.table == table for row in self.rows)


def walk(document: Document) -> Walk:
    """Collect the rows of every grid that stands under a statutory head."""
    state = Walk()
    for block in document.blocks:
        if isinstance(block, Paragraph):
            _paragraph(block.text, state)
            state._line_above = block.text.strip()
        else:
            grid, left_out = of_one_year(upright(block))
            if left_out is not None:
                state.years_left_out.append((left_out, grid.page))
            _grid(grid, state)
            state._line_above = ""
    state.rows = joined(state.rows)
    return state


def _paragraph(text: str, state: Walk) -> None:
    title, section, _ = state._captions
    if names_report(text):
        state._captions = (text.strip(), "", "")
    elif section_of(text) is not None:
        state._captions = (title, text.strip(), "")
    elif len(text) < _LONGEST_HEADING and not is_of_form(text):
        state._captions = (title, section, text.strip())
    if section_of(text) is not None:
        state._head = state._group = state._review_item = None
        state._cut_head = []
    elif len(text) < _LONGEST_HEADING:
        state._group = item_labels("requests").group(text) or state._group
        state._review_item = item_labels("review").exact(text, None) or state._review_item


def _grid(grid: Grid, state: Walk) -> None:
    head_rows: list[list[Cell]] = []
    opens = True
    rows = list(grid.rows())
    taken = _take_cut_head(rows, grid, state)
    for own in rows[taken:]:
        is_cut = own is rows[-1] and bool(head_rows) and _is_torn(own, head_rows)
        if table_of_head(own) is not None or is_cut or _is_inner(own, head_rows):
            head_rows.append(own)
            continue
        if head_rows:
            _take_head(head_rows, grid, state)
            head_rows = []
        if state._head is not None:
            _take_row(own, grid, state._head, opens, state)
        opens, state._line_above = False, ""
    if head_rows:
        _take_head(head_rows, grid, state)
    state._cut_head = head_rows or (rows if _may_be_cut_head(rows) else [])


def _take_cut_head(rows: list[list[Cell]], grid: Grid, state: Walk) -> int:
    """The head whose rest the grid's first rows are, taken; how many rows those are."""
    deepest = next((n for n, row in enumerate(rows) if _has_figures(row)), len(rows))
    for depth in range(min(deepest, _DEEPEST_HEAD), 0, -1):
        whole = rejoined_head(state._cut_head, rows[:depth], grid)
        if whole is not None:
            state._head = whole
            state._part += 1
            cut = _text(state._cut_head)
            state.strange_heads = [head for head in state.strange_heads if head[0] != cut]
            return depth
    return 0


def _may_be_cut_head(rows: list[list[Cell]]) -> bool:
    """A grid of a few rows of texts alone: perhaps a head whose every word a page's end cuts."""
    return len(rows) <= _DEEPEST_HEAD and not any(_has_figures(row) for row in rows)


def _take_head(rows: list[list[Cell]], grid: Grid, state: Walk) -> None:
    rows = [row for row in rows if table_of_head(row) is not None]
    if not rows:
        return
    state._head = read_head(rows, grid.origin, grid.ragged)
    state._part += 1
    if state._head is None:
        page = next((cell.box.page for cell in rows[0] if cell.box is not None), None)
        state.strange_heads.append((_text(rows), page))


def _text(rows: list[list[Cell]]) -> str:
    return " ".join(cell.text for row in rows for cell in row)


def _take_row(own: list[Cell], grid: Grid, head: Head, opens: bool, state: Walk) -> None:
    cells = _without_rank(grid.covering(own[0].row), head)
    label_at, item = _label(cells, head, state)
    if opens and item is None and not head.names_items:
        label_at = _own_label(label_at, cells, head)
    if label_at is None and head.names_items and len(cells) > len(head.leaves):
        label_at = next((i - 1 for i, cell in enumerate(cells) if not _is_text(cell)), None)
    if label_at is None and not head.names_items:
        item = state._review_item if head.table == "review" else None
        if item is None and not _is_unlabelled(cells, head):
            return
    figures = cells if label_at is None or label_at < 0 else cells[label_at + 1 :]
    if not figures or (label_at is None and len(figures) != len(head.leaves)):
        return
    text = "" if label_at is None or label_at < 0 else cells[label_at].text
    if item is None and state._line_above and text:
        item = item_labels(head.table).exact(state._line_above + text, state._group)
        text = text if item is None else state._line_above + text
    page = next((cell.box.page for cell in own if cell.box is not None), None)
    aligned = align(figures, head, grid)
    captions = (*state._captions, text.strip() if head.names_items else "")
    state.rows.append(
        Row(head, text, item, state._group, aligned, tuple(figures), page, opens, state._part, captions)
    )


def _without_rank(cells: list[Cell], head: Head) -> list[Cell]:
    """The cells of a row from its label on, without a number that only counts the rows (序号) before it."""
    first = next((i for i, cell in enumerate(cells) if _is_text(cell)), 0)
    counted = not head.names_items and first > 0 and len(cells) - first > len(head.leaves)
    return cells[first:] if counted else cells


def _own_label(label_at: int | None, cells: list[Cell], head: Head) -> int | None:
    """Not the rest of a heading over several rows, but the blank right of it that a cut label leaves."""
    own = len(cells) - len(head.leaves) - 1
    if own < 0 or not cells[own].is_blank:
        return label_at
    is_heading = label_at is not None and label_at < own and cells[label_at].rowspan > 1
    return own if is_heading or label_at is None or label_at > own else label_at


def _is_unlabelled(cells: list[Cell], head: Head) -> bool:
    """Figures in every column and no label: they belong to a row, but none says to which."""
    return len(cells) == len(head.leaves) and leading_labels(cells) == 0


def _is_inner(row: list[Cell], head_rows: list[list[Cell]]) -> bool:
    """A group of columns alone in its row, below other rows of the head."""
    table = next((table for head in head_rows if (table := table_of_head(head)) is not None), None)
    return table is not None and is_lone_group(row, table)


def _is_torn(row: list[Cell], head_rows: list[list[Cell]]) -> bool:
    """A last row of several texts that begins with no item: the rest of the head above, its words cut."""
    table = next((table for head in head_rows if (table := table_of_head(head)) is not None), None)
    if table is None:
        return False
    texts = [cell.text for cell in row if not cell.is_blank]
    is_label = bool(texts) and item_labels(table).exact(texts[0], None) is not None
    return len(texts) > 1 and not is_label and not _has_figures(row)


def _has_figures(cells: list[Cell]) -> bool:
    return leading_labels(cells) < len(cells) or all(cell.is_blank for cell in cells)


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
