"""Tables without ruling lines: columns from numbers that stand one below the other, rows from baselines.

A stretch of lines is a table only where its numbers fall into columns without doubt; else it stays text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from helpers.readers.document import Cell
from helpers.readers.pdf.aligned_grid import cells_of
from helpers.readers.pdf.aligned_labels import Row, beside
from helpers.readers.pdf.marks import Char
from helpers.readers.pdf.pieces import Line, Piece, Segment, pieces_of, segment_lines

LEADING = 1.55
"""Share of the type's size up to which two lines may be lines of one cell."""
_WITHIN = 0.85
"""Share of the distance of two rows up to which two lines may be lines of one cell."""
_SAME_SIZE = 0.12
_LONGEST_STEP = 5.0
"""Share of the type's size: rows further apart are two tables."""
_HEAD_STEP = 2.6
_STEADY = 1.3
"""Share of the usual distance from row to row up to which a line stands off the one above as a row does."""
_ALIGNED = 4.0

Interval = tuple[float, float]


@dataclass
class _Block:
    """Consecutive data lines whose numbers share columns, and the blank rows between them."""

    lines: list[Line] = field(default_factory=list)
    spans: list[Interval] = field(default_factory=list)

    @property
    def size(self) -> float:
        return self.lines[0][0].size

    @property
    def step(self) -> float:
        """The usual distance (points) from row to row."""
        return median([lower[0].y - upper[0].y for upper, lower in pairwise(self.lines)] or [0.0])

    @property
    def label_starts(self) -> list[float]:
        return [line[0].x0 for line in self.lines if not line[0].is_data]

    def takes(self, line: Line) -> bool:
        """Do the line's numbers stand under those above?"""
        data = [(segment.x0, segment.x1) for segment in line if segment.is_data]
        hits = [sum(_overlap(one, other) for other in self.spans) for one in data]
        same_size = abs(line[-1].size - self.size) <= _SAME_SIZE * self.size
        fits = 2 * sum(hit == 1 for hit in hits) >= min(len(data), len(self.spans))
        same_row = line[0].y - self.lines[-1][0].y <= LEADING * self.size
        return same_size and max(hits) <= 1 and (fits or same_row)

    def add(self, line: Line) -> None:
        """Take a line in, and its numbers into the columns."""
        self.lines.append(line)
        data = [(segment.x0, segment.x1) for segment in line if segment.is_data]
        self.spans = _united([*self.spans, *data])


def aligned_tables(chars: list[Char], page: int, width: float) -> tuple[list[list[Cell]], list[Char]]:
    """The cells of each table told by alignment alone, and the characters outside them."""
    lines = segment_lines(chars)
    tables: list[list[Cell]] = []
    taken: set[Char] = set()
    above = -1
    for block in _blocks(lines):
        table = _table(block, lines, above, page, width)
        if table is not None:
            cells, used, above = table
            tables.append(cells)
            taken.update(used)
    return tables, [char for char in chars if char not in taken]


def _data_lines(lines: list[Line]) -> list[bool]:
    """Of each line, does it hold numbers to its end, with something beside them, if only a wrapped label?"""
    flags: list[bool] = []
    for i, line in enumerate(lines):
        near = [other for other in lines[max(i - 1, 0) : i + 2] if other is not line]
        beside = any(
            abs(other[0].y - line[0].y) <= LEADING * line[0].size and other[-1].x1 < line[0].x0
            for other in near
        )
        flags.append(_holds_data(line) or (line[-1].is_data and beside))
    return flags


def _holds_data(line: Line) -> bool:
    return len(line) > 1 and (line[-1].is_data or sum(segment.is_data for segment in line) > 1)


def _blocks(lines: list[Line]) -> list[_Block]:
    blocks: list[_Block] = []
    between: list[Line] = []
    for line, is_data in zip(lines, _data_lines(lines), strict=True):
        fits = is_data and bool(blocks) and blocks[-1].takes(line)
        if not is_data or not (fits or _has_digits(line)):
            between.append(line)
            continue
        parted = not fits or _parts(between, blocks[-1], line)
        if parted:
            blocks.append(_Block())
        blocks[-1].add(line)
        between = []
    return blocks


def _has_digits(line: Line) -> bool:
    """Does a line's data hold a number at all? A dash or a 无 alone may be anything."""
    return any(char.isdigit() for segment in line if segment.is_data for char in segment.text)


def _label_start(line: Line) -> float:
    """Where the label next to the numbers begins."""
    return max((segment.x0 for segment in line if not segment.is_data), default=float("-inf"))


def _parts(between: list[Line], block: _Block, line: Line) -> bool:
    """Is one of the lines between two data lines neither part of a cell nor a row left blank?"""
    if any(abs(other[0].size - block.size) > _SAME_SIZE * block.size for other in between):
        return True
    ys = [block.lines[-1][0].y, *(other[0].y for other in between), line[0].y]
    steps = [lower - upper for upper, lower in pairwise(ys)]
    if max(steps) > _LONGEST_STEP * block.size:
        return True
    steady = max(steps) <= _STEADY * block.step
    number_left, own_start = block.spans[0][0], max(_label_start(line), _label_start(block.lines[-1]))
    leading = LEADING * block.size
    for i, other in enumerate(between):
        in_labels = all(segment.x1 < number_left for segment in other)
        starts = any(abs(other[0].x0 - start) <= _ALIGNED for start in block.label_starts)
        is_label = in_labels and (starts or steady or other[-1].x1 <= own_start + _ALIGNED)
        joined = all(step <= leading for step in steps[: i + 1]) or all(
            step <= leading for step in steps[i + 1 :]
        )
        if not is_label and not joined:
            return True
    return False


def _table(
    block: _Block, lines: list[Line], above: int, page: int, width: float
) -> tuple[list[Cell], list[Char], int] | None:
    """A block's cells, the characters in them, and the number of its last line; None where doubt is left."""
    leading = _leading(block)
    first, last = lines.index(block.lines[0]), lines.index(block.lines[-1])
    start, stop = _head_start(block, lines, first, above, width / 2), _end(block, lines, last, leading)
    pieces = pieces_of(lines[start : stop + 1], leading)
    rows = _rows(block, pieces, leading)
    columns = _columns(block.spans, pieces, rows[0][0])
    has_head = any(len(line) > 1 for line in lines[start:first])
    if columns is None or (len(rows) == 1 and len(block.spans) == 1 and not has_head):
        return None
    cells = cells_of(pieces, rows, columns, page)
    if cells is None:
        return None
    return cells, [char for piece in pieces for segment in piece.segments for char in segment.chars], stop


def _leading(block: _Block) -> float:
    """How far apart (points) two lines of one cell may be: less than two labelled rows are."""
    labelled = [line[0].y for line in block.lines if not line[0].is_data]
    steps = [below - above for above, below in pairwise(labelled)]
    return min([LEADING * block.size, _WITHIN * median(steps)]) if steps else LEADING * block.size


def _rows(block: _Block, pieces: Sequence[Piece], leading: float) -> list[Row]:
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
    return sorted({*rows, *((piece.first, piece.last) for piece in cells if not beside(piece, rows))})


def _head_start(block: _Block, lines: list[Line], first: int, above: int, middle: float) -> int:
    """The number of the first line above the data that still belongs to the table's head."""
    left = min(segment.x0 for line in block.lines for segment in line)
    numbers = (block.spans[0][0], block.spans[-1][1])
    middles = [middle, _middle(left, block.spans)]
    start = first
    while start - 1 > above:
        line = lines[start - 1]
        same_size = all(abs(segment.size - block.size) <= _SAME_SIZE * block.size for segment in line)
        if not same_size or lines[start][0].y - line[0].y > _HEAD_STEP * block.size or _holds_data(line):
            break
        apart = lines[start][0].y - line[0].y > LEADING * block.size
        if len(line) == 1 and apart and _is_title(line[0], left, middles, numbers):
            break
        start -= 1
    while start < first and len(lines[start]) == 1 and lines[start][0].x1 < numbers[0]:
        if any(_overlap((s.x0, s.x1), numbers) for line in lines[start + 1 : first] for s in line):
            break
        start += 1
    return start


def _middle(left: float, spans: list[Interval]) -> float:
    """The middle of a table, whose last column is taken to reach as far as others do."""
    middles = [(start + end) / 2 for start, end in spans]
    steps = [right - left for left, right in pairwise(middles)]
    return (left + middles[-1] + min(steps, default=0.0) / 2) / 2


def _is_title(segment: Segment, left: float, middles: list[float], numbers: Interval) -> bool:
    """Is what stands alone above a table no head cell: begun at the margin, or amid the page or the table?"""
    in_middle = any(abs(segment.x0 + segment.x1 - 2 * middle) <= 2 * _ALIGNED for middle in middles)
    over_numbers = abs(segment.x0 + segment.x1 - sum(numbers)) <= 2 * _ALIGNED
    runs_on = segment.x0 <= left + _ALIGNED and segment.x1 > numbers[0]
    return runs_on or (in_middle and not over_numbers)


def _end(block: _Block, lines: list[Line], last: int, leading: float) -> int:
    """The number of the last line that a cell of the last row reaches down to."""
    stop = last
    while stop + 1 < len(lines):
        line, before = lines[stop + 1], lines[stop]
        same_size = abs(line[0].size - block.size) <= _SAME_SIZE * block.size
        if _holds_data(line) or not same_size or line[0].y - before[0].y > leading:
            break
        stop += 1
    return stop


def _columns(spans: list[Interval], pieces: Sequence[Piece], top: float) -> list[Interval] | None:
    """Where the columns of numbers are; those that hold none are known by what stands lowest in the head."""
    labels = [piece.x1 for piece in pieces if piece.last >= top - 1 and piece.x1 < spans[0][0]]
    label_end = max(labels, default=float("-inf"))
    heads = [piece for piece in pieces if piece.last < top - 1 and piece.x0 > label_end]
    lowest = [h for h in heads if not any(o.first > h.last and o.meets(h) for o in heads)]
    ends = [(head.x0, head.x1) for head in lowest]
    added = [end for end in ends if not any(_overlap(end, span) for span in spans)]
    found = sorted([*spans, *added])
    if any(one[1] >= other[0] for one, other in pairwise(found)):
        return None
    return found


def _overlap(one: Interval, other: Interval) -> bool:
    return min(one[1], other[1]) > max(one[0], other[0])


def _united(spans: list[Interval]) -> list[Interval]:
    united: list[Interval] = []
    for start, end in sorted(spans):
        if united and start < united[-1][1]:
            united[-1] = (united[-1][0], max(end, united[-1][1]))
        else:
            united.append((start, end))
    return united
