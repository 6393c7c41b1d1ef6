"""Tables without ruling lines: columns from numbers that stand one below the other, rows from baselines.

A stretch of lines is a table only where its numbers fall into columns without doubt; else it stays text, and
its figures are reported as not found.
"""

from __future__ import annotations

from collections.abc import Sequence

from ogi.readers.document import Cell
from ogi.readers.pdf.aligned_cells import NumberBlock, cells_of
from ogi.readers.pdf.flow import PageFlow, Segment
from ogi.readers.pdf.marks import Char
from ogi.readers.pdf.settings import PDF


def aligned_tables(flow: PageFlow) -> list[tuple[list[Cell], set[Char]]]:
    """The cells of each table told by alignment alone, maybe over pages, and the characters in them."""
    tables: list[tuple[list[Cell], set[Char]]] = []
    above, at = 0, 0
    while at < len(flow.lines):
        if not holds_data(flow.lines[at]):
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


def holds_data(line: list[Segment]) -> bool:
    """Does a line end in a number beside something else, or hold several?"""
    return len(line) > 1 and (line[-1].is_data or sum(segment.is_data for segment in line) > 1)


def _block(lines: Sequence[list[Segment]], first: int) -> NumberBlock:
    """Lines from a first one of numbers on that go on with its columns, to the last one of numbers."""
    size = lines[first][-1].size
    columns = _united([(s.x0, s.x1) for s in lines[first] if s.is_data])
    last = first
    for at in range(first + 1, len(lines)):
        line, step = lines[at], lines[at][0].y - lines[at - 1][0].y
        if not _is_alike(line, size) or step > PDF.longest_step * size:
            break
        inside = [s for s in line if s.x1 > columns[0][0]]
        if not inside:
            continue  # a label or part of one
        hits = [sum(s.x0 < end and start < s.x1 for start, end in columns) for s in inside]
        is_near = step <= PDF.leading * size  # a note after a number may go on here
        fits = all(s.is_data or (is_near and hit == 1) for s, hit in zip(inside, hits, strict=True))
        if not fits or max(hits) > 1:
            break
        last, columns = at, _united([*columns, *((s.x0, s.x1) for s in inside)])
    return NumberBlock(first, last, columns, size)


def _is_alike(line: list[Segment], size: float) -> bool:
    return all(abs(segment.size - size) <= PDF.same_size * size for segment in line)


def _head_start(block: NumberBlock, lines: Sequence[list[Segment]], above: int) -> int:
    """The number of the first line above the numbers that still belongs to the table's head."""
    start, size = block.first, block.size
    while start > above:
        line, step = lines[start - 1], lines[start][0].y - lines[start - 1][0].y
        if not _is_alike(line, size) or step > PDF.head_step * size or holds_data(line):
            break
        middle = (line[0].x0 + line[0].x1 - block.columns[0][0] - block.columns[-1][1]) / 2
        before = step if start < 2 else line[0].y - lines[start - 2][0].y
        is_alone = len(line) == 1 and min(step, before) > PDF.leading * size
        if is_alone and abs(middle) > PDF.same_place:
            break  # a title; what stands alone in a head is centred over the numbers
        start -= 1
    return start


def _end(block: NumberBlock, lines: Sequence[list[Segment]]) -> int:
    """The number after that of the last line of the last row's label."""
    for at in range(block.last + 1, len(lines)):
        line, step = lines[at], lines[at][0].y - lines[at - 1][0].y
        is_near = _is_alike(line, block.size) and step <= PDF.leading * block.size
        if not is_near or line[-1].x1 >= block.columns[0][0]:
            return at
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
