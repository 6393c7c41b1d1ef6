"""Tables without ruling lines: columns from numbers that stand one below the other, rows from baselines.

A stretch of lines is a table only where its numbers fall into columns without doubt; else it stays text.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from ogi.readers.document import Cell
from ogi.readers.pdf.aligned_blocks import (
    ALIGNED,
    LEADING,
    SAME_SIZE,
    Block,
    Interval,
    blocks_of,
    holds_data,
    overlaps,
)
from ogi.readers.pdf.aligned_grid import cells_of
from ogi.readers.pdf.aligned_labels import ON_ROW, Row, beside
from ogi.readers.pdf.marks import Char
from ogi.readers.pdf.pieces import Line, Piece, Segment, pieces_of
from ogi.readers.pdf.roll import Body, Roll, rolled

_WITHIN = 0.85
"""Share of the distance of two rows up to which two lines may be lines of one cell."""
_HEAD_STEP, _FIRST_STEP = 2.6, 4.0
"""Shares of the type's size from line to line of a head, and from its last line to the first row's."""


def aligned_tables(bodies: Sequence[Body]) -> tuple[list[list[Cell]], set[Char]]:
    """The cells of each table told by alignment alone, page by page, and the characters in them."""
    roll = rolled(bodies)
    tables: list[list[Cell]] = []
    taken: set[Char] = set()
    above = -1
    for block in blocks_of(roll.lines):
        table = _table(block, roll, above)
        if table is not None:
            cells, used, above = table
            tables += _by_page(cells)
            taken.update(used)
    return tables, taken


def _by_page(cells: list[Cell]) -> list[list[Cell]]:
    pages: dict[int, list[Cell]] = {}
    for cell in cells:
        if cell.box is not None:
            pages.setdefault(cell.box.page, []).append(cell)
    return list(pages.values())


def _table(block: Block, roll: Roll, above: int) -> tuple[list[Cell], list[Char], int] | None:
    """A block's cells, the characters in them, and the number of its last line; None where doubt is left."""
    leading, lines = _leading(block), roll.lines
    first, last = (
        next(i for i, line in enumerate(lines) if line is end) for end in (block.lines[0], block.lines[-1])
    )
    middle = roll.width_at(block.lines[0][0].y) / 2
    start = _head_start(block, lines, first, above, middle)
    stop = _blank_rows(block, lines, _end(block, lines, last, leading))
    stretch = lines[start : stop + 1]
    pieces = pieces_of(stretch, leading)
    columns = _columns(block.spans, pieces, _rows(block, pieces, leading)[0][0])
    if columns is None:
        return None
    pieces = pieces_of(stretch, leading, _bounds(columns))
    rows = _rows(block, pieces, leading)
    beside = {segment.x1 < columns[0][0] for line in lines[start:first] for segment in line}
    has_head = beside == {True, False}
    if len(rows) == 1 and len(block.spans) == 1 and not has_head:
        return None
    cells = cells_of(pieces, rows, columns, roll)
    if cells is None:
        return None
    return cells, [char for piece in pieces for segment in piece.segments for char in segment.chars], stop


def _leading(block: Block) -> float:
    """How far apart (points) two lines of one cell may be: less than two labelled rows are."""
    labelled = [line[0].y for line in block.lines if not line[0].is_data]
    steps = [below - above for above, below in pairwise(labelled)]
    return min([LEADING * block.size, _WITHIN * median(steps)]) if steps else LEADING * block.size


def _rows(block: Block, pieces: Sequence[Piece], leading: float) -> list[Row]:
    """The first and last baseline of each row's numbers, which may be wrapped.

    A line with one number alone is a row only where the number is no part of another row's cell.
    """
    rows: list[Row] = []
    for line in block.lines:
        y = line[0].y
        if len(line) == 1:
            continue
        if rows and y - rows[-1][1] <= leading:
            rows[-1] = (rows[-1][0], y)
        else:
            rows.append((y, y))
    alone = {id(line[0]) for line in block.lines if len(line) == 1}
    cells = (piece for piece in pieces if any(id(segment) in alone for segment in piece.segments))
    rows = [row for row in rows if not _is_inside(row, rows, pieces)]
    return sorted({*rows, *((piece.first, piece.last) for piece in cells if not beside(piece, rows))})


def _is_inside(row: Row, rows: list[Row], pieces: Sequence[Piece]) -> bool:
    """Is a line no row, since all on it is part of cells that stand in the middle of another row?"""
    on_row = [piece for piece in pieces if any(row[0] <= segment.y <= row[1] for segment in piece.segments)]
    return bool(on_row) and all(
        len(piece.segments) > 1 and any(o != row and o[0] - ON_ROW <= piece.y <= o[1] + ON_ROW for o in rows)
        for piece in on_row
    )


def _head_start(block: Block, lines: list[Line], first: int, above: int, middle: float) -> int:
    """The number of the first line above the data that still belongs to the table's head."""
    left = _left(block, lines, first)
    numbers = (block.spans[0][0], block.spans[-1][1])
    middles = [middle, _middle(left, block.spans)]
    start = first
    while start - 1 > above:
        line = lines[start - 1]
        same_size = all(abs(segment.size - block.size) <= SAME_SIZE * block.size for segment in line)
        only_data = all(segment.is_data for other in lines[start:first] for segment in other)
        longest = (_FIRST_STEP if only_data else _HEAD_STEP) * block.size
        if not same_size or lines[start][0].y - line[0].y > longest or holds_data(line):
            break
        apart = lines[start][0].y - line[0].y > LEADING * block.size
        if len(line) == 1 and apart and _is_title(line[0], left, middles, numbers):
            break
        start -= 1
    while start < first and len(lines[start]) == 1 and lines[start][0].x1 < numbers[0]:
        if any(overlaps((s.x0, s.x1), numbers) for line in lines[start + 1 : first] for s in line):
            break
        start += 1
    return start


def _left(block: Block, lines: list[Line], first: int) -> float:
    """Where a block begins: its labels too, though one be wrapped above and below the first row's numbers."""
    beside = [
        segment.x0
        for line in lines[max(first - 1, 0) : first + 2]
        for segment in line
        if abs(line[0].y - lines[first][0].y) <= LEADING * block.size and segment.x1 < block.spans[0][0]
    ]
    return min([*beside, *(segment.x0 for line in block.lines for segment in line)])


def _middle(left: float, spans: list[Interval]) -> float:
    """The middle of a table, whose last column is taken to reach as far as others do."""
    middles = [(start + end) / 2 for start, end in spans]
    steps = [right - left for left, right in pairwise(middles)]
    return (left + middles[-1] + min(steps, default=0.0) / 2) / 2


def _is_title(segment: Segment, left: float, middles: list[float], numbers: Interval) -> bool:
    """Is what stands alone above a table no head cell: begun at the margin, or amid the page or the table?"""
    in_middle = any(abs(segment.x0 + segment.x1 - 2 * middle) <= 2 * ALIGNED for middle in middles)
    over_numbers = abs(segment.x0 + segment.x1 - sum(numbers)) <= 2 * ALIGNED
    runs_on = segment.x0 <= left + ALIGNED and segment.x1 > numbers[0]
    return runs_on or (in_middle and not over_numbers)


def _end(block: Block, lines: list[Line], last: int, leading: float) -> int:
    """The number of the last line that a cell of the last row reaches down to."""
    stop = last
    while stop + 1 < len(lines):
        line, before = lines[stop + 1], lines[stop]
        same_size = abs(line[0].size - block.size) <= SAME_SIZE * block.size
        if holds_data(line) or not same_size or line[0].y - before[0].y > leading:
            break
        stop += 1
    return stop


def _bounds(columns: list[Interval]) -> list[float]:
    """The places between columns of numbers and beyond the outer ones: midway from middle to middle."""
    middles = [(start + end) / 2 for start, end in columns]
    between = [(left + right) / 2 for left, right in pairwise(middles)]
    if not between:
        return []
    return [2 * middles[0] - between[0], *between, 2 * middles[-1] - between[-1]]


def _blank_rows(block: Block, lines: list[Line], last: int) -> int:
    """The number of the last line below a table's numbers that holds labels alone, of rows left blank.

    None is taken where the text runs on below them as it does in the table: it may be text all along.
    """
    left = block.spans[0][0]
    starts = [segment.x0 for line in block.lines for segment in line if segment.x1 < left]
    stop = last
    for line in lines[last + 1 :]:
        near = line[0].y - lines[stop][0].y <= _HEAD_STEP * block.size
        same_size = abs(line[0].size - block.size) <= SAME_SIZE * block.size
        if not near or not same_size:
            return stop
        is_label = all(
            segment.x1 < left and any(abs(segment.x0 - start) <= block.size for start in starts)
            for segment in line
        )
        if not is_label:
            return last
        stop += 1
    return stop


def _columns(spans: list[Interval], pieces: Sequence[Piece], top: float) -> list[Interval] | None:
    """Where the columns of numbers are; those that hold none are known by what stands lowest in the head."""
    labels = [piece for piece in pieces if piece.last >= top - 1 and piece.x1 < spans[0][0]]
    label_end = max((piece.x1 for piece in labels), default=float("-inf"))
    heads = [piece for piece in pieces if piece.last < top - 1]
    corner = min(heads, key=lambda head: head.x0) if labels and heads else None
    heads = [head for head in heads if head.x0 > label_end and head is not corner]
    lowest = [h for h in heads if not any(o.first > h.last and o.meets(h) for o in heads)]
    ends = [(head.x0, head.x1) for head in lowest]
    added = [end for end in ends if not any(overlaps(end, span) for span in spans)]
    found = sorted([*spans, *added])
    if any(one[1] >= other[0] for one, other in pairwise(found)):
        return None
    return found
