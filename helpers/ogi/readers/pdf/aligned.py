"""Tables without ruling lines: columns from numbers that stand one below the other, rows from baselines.

A stretch of lines is a table only where its numbers fall into columns without doubt; else it stays text, and
its figures are reported as not found.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from ogi.readers.document import Cell
from ogi.readers.pdf.aligned_cells import NumberBlock, cells_of
from ogi.readers.pdf.flow import PageBody, PageFlow, Segment
from ogi.readers.pdf.marks import Char
from ogi.readers.pdf.settings import PDF


def aligned_tables(bodies: Sequence[PageBody]) -> list[tuple[list[Cell], set[Char]]]:
    """The cells of each table told by alignment alone, maybe over pages, and the characters in them."""
    flow = PageFlow()
    for body in bodies:
        flow.add(body)
    tables: list[tuple[list[Cell], set[Char]]] = []
    above, at = 0, 0
    while at < len(flow.lines):
        if not _holds_data(flow.lines, at):
            at += 1
            continue
        block = _block(flow.lines, at)
        start, stop = _head_start(block, flow.lines, above), _end(block, flow.lines)
        beside = {s.x1 < block.columns[0][0] for line in flow.lines[start : block.first] for s in line}
        is_lone = block.first == block.last and len(block.columns) == 1 and len(beside) < 2
        lines = flow.lines[start:stop]
        cells = None if is_lone else cells_of(lines, block.first - start, block, flow)
        at = block.last + 1
        if cells is not None:
            tables.append((cells, {char for line in lines for part in line for char in part.chars}))
            above = at = stop
    return tables


def _holds_data(lines: Sequence[list[Segment]], at: int) -> bool:
    """Does a line end in a number beside something else, if only a wrapped label, or hold several?"""
    line = lines[at]
    if len(line) > 1:
        return line[-1].is_data or sum(segment.is_data for segment in line) > 1
    near = (lines[i] for i in (at - 1, at + 1) if 0 <= i < len(lines))
    near = (other for other in near if abs(other[0].y - line[0].y) <= PDF.leading * line[0].size)
    return any(other[-1].x1 < line[0].x0 for other in near) and line[-1].is_data


def _block(lines: Sequence[list[Segment]], first: int) -> NumberBlock:
    """Lines from a first one of numbers on that go on with its columns, to the last one of numbers."""
    size = lines[first][-1].size
    columns = _united([(s.x0, s.x1) for s in lines[first] if s.is_data])
    last, labelled = first, [lines[first][0].y]
    for at in range(first + 1, len(lines)):
        line, step = lines[at], lines[at][0].y - lines[at - 1][0].y
        if not _is_alike(line, size) or step > PDF.longest_step * size:
            break
        inside = [s for s in line if s.x1 > columns[0][0] or s.is_number]
        if not inside:
            continue  # a label or part of one
        hits = [sum(s.x0 < end and start < s.x1 for start, end in columns) for s in inside]
        is_near = step <= PDF.leading * size  # a note after a number may go on here
        fits = all(s.is_data or (is_near and hit == 1) for s, hit in zip(inside, hits, strict=True))
        if not fits or max(hits) > 1:
            break
        last, columns = at, _united([*columns, *((s.x0, s.x1) for s in inside)])
        if line[0] not in inside:
            labelled.append(line[0].y)
    steps = [below - above for above, below in pairwise(labelled)]
    dense = [PDF.within_row * median(steps)] if steps else []
    return NumberBlock(first, last, columns, size, min([PDF.leading * size, *dense]))


def _is_alike(line: list[Segment], size: float) -> bool:
    return all(abs(segment.size - size) <= PDF.same_size * size for segment in line)


def _head_start(block: NumberBlock, lines: Sequence[list[Segment]], above: int) -> int:
    """The number of the first line above the numbers that still belongs to the table's head."""
    start, size = block.first, block.size
    while start > above:
        line, step = lines[start - 1], lines[start][0].y - lines[start - 1][0].y
        only_data = all(segment.is_data for other in lines[start : block.first] for segment in other)
        longest = (PDF.first_step if only_data else PDF.head_step) * size
        if not _is_alike(line, size) or step > longest or _holds_data(lines, start - 1):
            break
        middle = (line[0].x0 + line[0].x1 - block.columns[0][0] - block.columns[-1][1]) / 2
        before = step if start < 2 else line[0].y - lines[start - 2][0].y
        is_alone = len(line) == 1 and min(step, before) > PDF.leading * size
        if is_alone and abs(middle) > PDF.same_place:
            break  # a title; what stands alone in a head is centred over the numbers
        start -= 1
    if any(segment.x1 > block.columns[0][0] for line in lines[start : block.first] for segment in line):
        return start
    near = (i for i in range(start, block.first) if lines[block.first][0].y - lines[i][0].y <= block.leading)
    return next(near, block.first)  # without a head there are but the first lines of the first row's label


def _end(block: NumberBlock, lines: Sequence[list[Segment]]) -> int:
    """The number after that of the last line of the last row's label, or of rows left blank below it.

    None is taken of those where the text runs on as it does in the table: it may be text all along.
    """
    stop, left = block.last + 1, block.columns[0][0]
    starts = [s.x0 for line in lines[block.first : stop] for s in line if s.x1 < left]
    blank_rows = False
    for at in range(stop, len(lines)):
        line, step = lines[at], lines[at][0].y - lines[at - 1][0].y
        blank_rows |= step > block.leading
        if not _is_alike(line, block.size) or step > PDF.head_step * block.size:
            return at
        is_aligned = all(any(abs(s.x0 - x) <= block.size for x in starts) for s in line)
        if line[-1].x1 >= left or (blank_rows and not is_aligned):
            return stop
        stop = stop if blank_rows else at + 1
    return len(lines)


def _united(spans: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Intervals with those that overlap, or nearly do, made one."""
    united: list[tuple[float, float]] = []
    for start, end in sorted(spans):
        if united and start < united[-1][1] + PDF.number_gap:
            united[-1] = (united[-1][0], max(end, united[-1][1]))
        else:
            united.append((start, end))
    return united
