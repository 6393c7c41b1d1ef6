"""Text without ruling lines → stretches of lines whose numbers stand one below the other."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from ogi.readers.pdf.pieces import Line

LEADING = 1.55
"""Share of the type's size up to which two lines may be lines of one cell."""
SAME_SIZE = 0.12
"""Share by which the type's size may differ within a table."""
ALIGNED = 4.0
"""Points that the left ends of labels may differ."""
_LONGEST_STEP = 5.0
"""Share of the type's size: lines further apart are of two tables."""
_STEP = 3.0
"""The same from a row of dashes to the row of numbers below it."""
_TOUCHING = 1.0
"""Points between numbers from which on they may be of two columns: cells leave more room beside them."""
_HEAD_LINES = 4
"""Lines of a head above a row of dashes."""
_STEADY = 1.3
"""Share of the usual distance from row to row up to which a line stands off the one above as a row does."""

Interval = tuple[float, float]


@dataclass
class Block:
    """Consecutive data lines whose numbers share columns, and the blank rows between them."""

    lines: list[Line] = field(default_factory=list)
    spans: list[Interval] = field(default_factory=list)

    @property
    def size(self) -> float:
        """The type's size (points)."""
        return self.lines[0][0].size

    @property
    def step(self) -> float:
        """The usual distance (points) from row to row."""
        return median([lower[0].y - upper[0].y for upper, lower in pairwise(self.lines)] or [0.0])

    @property
    def label_starts(self) -> list[float]:
        """Where the rows' labels begin."""
        return [line[0].x0 for line in self.lines if not line[0].is_data]

    def takes(self, line: Line, between: list[Line]) -> bool:
        """Do the line's numbers stand under those above, or beside cells that began above it?"""
        data = _numbers(line) or _marks(line)
        if not data:
            return False
        hits = [sum(overlaps(one, other) for other in self.spans) for one in data]
        same_size = abs(line[-1].size - self.size) <= SAME_SIZE * self.size
        fits = 2 * sum(hit == 1 for hit in hits) >= min(len(data), len(self.spans))
        step = line[0].y - self.lines[-1][0].y
        inside = self.spans[0][0] <= data[0][0] and data[-1][1] <= self.spans[-1][1]
        fits |= inside and not any(hits)  # a column that had no number yet
        wrapped = all(segment.is_data for own in self.lines for segment in own)
        wrapped = wrapped and _is_close([self.lines[-1], *between, line], LEADING * self.size)
        off_row = all(len(own) == 1 for own in self.lines) and step <= _STEP * self.size
        return same_size and max(hits) <= 1 and (fits or off_row or wrapped or step <= LEADING * self.size)

    def add(self, line: Line) -> None:
        """Take a line in, and its numbers into the columns."""
        self.lines.append(line)
        self.spans = _united([*self.spans, *_numbers(line)]) or _marks(line)

    def put_first(self, line: Line) -> None:
        """Take in a line above all others."""
        self.lines.insert(0, line)
        self.spans = _united([*self.spans, *_numbers(line)])


def _is_close(lines: list[Line], leading: float) -> bool:
    """Is each line near enough to the one above to be of one cell with it?"""
    return all(lower[0].y - upper[0].y <= leading for upper, lower in pairwise(lines))


def _numbers(line: Line) -> list[Interval]:
    """Where a line's numbers are; a dash or a 无 alone may be part of a label set from top to bottom."""
    return [(s.x0, s.x1) for s in line if s.is_data and any(map(str.isdigit, s.text))]


def _marks(line: Line) -> list[Interval]:
    """Where a line's dashes are, as far as they stand right of all its labels."""
    last_text = max((segment.x0 for segment in line if not segment.is_data), default=float("-inf"))
    return [
        (s.x0, s.x1) for s in line if s.is_data and s.x0 > last_text and not any(map(str.isdigit, s.text))
    ]


def _data_lines(lines: list[Line]) -> list[bool]:
    """Of each line, does it hold numbers to its end, with something beside them, if only a wrapped label?"""
    flags: list[bool] = []
    for i, line in enumerate(lines):
        near = [other for other in lines[max(i - 1, 0) : i + 2] if other is not line]
        beside = any(
            abs(other[0].y - line[0].y) <= LEADING * line[0].size and other[-1].x1 < line[0].x0
            for other in near
        )
        flags.append(holds_data(line) or (line[-1].is_data and beside))
    return flags


def holds_data(line: Line) -> bool:
    """Does a line end in a number beside something else, or hold several?"""
    return len(line) > 1 and (line[-1].is_data or sum(segment.is_data for segment in line) > 1)


def blocks_of(lines: list[Line]) -> list[Block]:
    """The stretches of a page's lines, top to bottom."""
    blocks: list[Block] = []
    between: list[Line] = []
    for i, (line, is_data) in enumerate(zip(lines, _data_lines(lines), strict=True)):
        fits = is_data and bool(blocks) and blocks[-1].takes(line, between)
        opens = is_data and (_has_digits(line) or _is_under_head(line, lines[max(i - _HEAD_LINES, 0) : i]))
        if not is_data or not (fits or opens):
            between.append(line)
            continue
        parted = not fits or _parts(between, blocks[-1], line)
        if parted and not opens:
            between.append(line)
            continue
        if parted:
            blocks.append(Block())
        blocks[-1].add(line)
        if parted:
            _take_marks_above(blocks[-1], between)
        between = []
    return blocks


def _take_marks_above(block: Block, above: list[Line]) -> None:
    """Rows of dashes and 无 right above a block's first row, which alone would be no table."""
    for line in reversed(above):
        near = block.lines[0][0].y - line[0].y <= _STEP * block.size
        if not near or not holds_data(line) or not block.takes(line, []):
            return
        block.put_first(line)


def _is_under_head(line: Line, above: list[Line]) -> bool:
    """Does each dash or 无 of a line stand under a text of a head, which has another beside it?"""
    near = [other for other in above if line[0].y - other[0].y <= _STEP * line[0].size]
    words = [segment for other in near for segment in other if not segment.is_data]
    marks = _marks(line)
    labels = [segment for segment in line if not segment.is_data]
    over = [any(overlaps((word.x0, word.x1), mark) for word in words) for mark in marks]
    return bool(marks) and bool(labels) and all(over) and any(word.x1 < marks[0][0] for word in words)


def _has_digits(line: Line) -> bool:
    """Does a line's data hold a number at all? A dash or a 无 alone may be anything."""
    return any(char.isdigit() for segment in line if segment.is_data for char in segment.text)


def _label_start(line: Line) -> float:
    """Where the label next to the numbers begins."""
    return max((segment.x0 for segment in line if not segment.is_data), default=float("-inf"))


def _parts(between: list[Line], block: Block, line: Line) -> bool:
    """Is one of the lines between two data lines neither part of a cell nor a row left blank?"""
    if any(abs(other[0].size - block.size) > SAME_SIZE * block.size for other in between):
        return True
    ys = [block.lines[-1][0].y, *(other[0].y for other in between), line[0].y]
    steps = [lower - upper for upper, lower in pairwise(ys)]
    if max(steps) > _LONGEST_STEP * block.size:
        return True
    steady = max(steps) <= _STEADY * block.step
    number_left, own_start = block.spans[0][0], max(_label_start(line), _label_start(block.lines[-1]))
    leading = LEADING * block.size
    beside = [line, *(other for other in between if line[0].y - other[0].y <= leading)]
    below = [s.x0 for other in beside for s in other if not s.is_data and s.x1 < number_left]
    starts = sorted([*block.label_starts, *below])
    for i, other in enumerate(between):
        in_labels = all(segment.x1 < number_left for segment in other)
        begins = bool(starts) and starts[0] - block.size <= other[0].x0 <= starts[-1] + block.size
        is_label = in_labels and (begins or steady or other[-1].x1 <= own_start + ALIGNED)
        joined = all(step <= leading for step in steps[: i + 1]) or all(
            step <= leading for step in steps[i + 1 :]
        )
        if not is_label and not joined:
            return True
    return False


def overlaps(one: Interval, other: Interval) -> bool:
    """Do two intervals share more than an end?"""
    return min(one[1], other[1]) > max(one[0], other[0])


def _united(spans: list[Interval]) -> list[Interval]:
    united: list[Interval] = []
    for start, end in sorted(spans):
        if united and start < united[-1][1] + _TOUCHING:
            united[-1] = (united[-1][0], max(end, united[-1][1]))
        else:
            united.append((start, end))
    return united
