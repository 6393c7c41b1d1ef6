"""The lines of a table without ruling lines → its cells.

Lines of one cell stand close one below the other. The cells of a row are centred on it, so a row is where the
middles of numbers are; a merged label is centred on the rows that it stands beside.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise, product
from statistics import median

from ogi.readers.document import Cell
from ogi.readers.pdf.cells import cell_text
from ogi.readers.pdf.flow import PageFlow, Segment
from ogi.readers.pdf.lines import mixes_sizes
from ogi.readers.pdf.settings import PDF


@dataclass(frozen=True)
class NumberBlock:
    """Lines of a table from its first numbers to its last, the columns these stand in, the type's size."""

    first: int
    last: int
    columns: list[tuple[float, float]]
    size: float


@dataclass
class CellLines:
    """Segments one below the other that make one cell: their ends, and the first and last baseline."""

    segments: list[Segment]
    x0: float
    x1: float
    first: float
    last: float

    @property
    def y(self) -> float:
        """The middle of the baselines."""
        return (self.first + self.last) / 2

    def add(self, segment: Segment) -> None:
        """Put one more line below."""
        self.segments.append(segment)
        self.x0, self.x1, self.last = min(self.x0, segment.x0), max(self.x1, segment.x1), segment.y

    def meets(self, start: float, end: float) -> bool:
        """Does it stand over or under what is between two places?"""
        return min(self.x1, end) > max(self.x0, start)


def cells_of(
    lines: Sequence[list[Segment]], above: int, block: NumberBlock, flow: PageFlow
) -> list[Cell] | None:
    """The cells of a table of so many lines above its block of numbers; None where doubt is left."""
    columns = _with_blank_columns(lines, above, block.columns)
    left, top = columns[0][0], lines[above][0].y
    middles = [(start + end) / 2 for start, end in columns]
    texts = _cell_lines(lines, PDF.leading * block.size)
    over = [t for t in texts if t.x1 > left and t.last < top and not t.segments[0].is_data]
    numbers = [t for t in texts if t.x1 > left and t not in over]
    corner = [t for t in texts if t.x1 <= left and any(t.first <= head.last for head in over)]
    labels = [t for t in texts if t.x1 <= left and t not in corner]
    rows = _rows(numbers, labels, block.size)
    places, heads = _places(numbers, rows, columns), _heads(over, middles)
    if places is None or heads is None:
        return None
    depth = max((row + 1 for _, row, _ in heads), default=0)
    starts = sorted(t.x0 for t in labels or corner)
    starts = [x for i, x in enumerate(starts) if i == 0 or x - starts[i - 1] > PDF.same_place]

    def cell(text: CellLines, row: int, column: int, rowspan: int, colspan: int) -> Cell:
        shown = "\n".join(segment.text for segment in text.segments)
        box = flow.box(text.first, text.x0, text.first - block.size, text.x1, text.last)
        return Cell(shown, row, column, rowspan, colspan, box, PDF.aligned_confidence)

    cells = [cell(t, 0, _start(t, starts), max(depth, 1), 1) for t in corner]
    for text, row, covered in heads:
        rowspan = depth - row if len(covered) == 1 else 1
        cells.append(cell(text, row, len(starts) + covered.start, rowspan, len(covered)))
    # A merged label is centred on its rows. How many these are is not told: it is put beside the middle one.
    beside = [(label, _nearest(rows, label.y)) for label in sorted(labels, key=lambda text: text.x0)]
    own = {row: label for label, row in beside}  # the rightmost label is the row's own
    second = [(t, row) for t, row in beside if t is not own[row] and t.meets(own[row].x0, own[row].x1)]
    if any(abs(y - rows[row]) > PDF.off_row * block.size for t, row in second for y in (t.y, own[row].y)):
        return None
    doubtful = {row for _, row in second}
    for label, row in beside:
        column = _start(label, starts)
        cells.append(cell(label, depth + row, column, 1, len(starts) - column if own[row] is label else 1))
    return cells + list(_of_numbers(places, rows, middles, block.size, flow, (depth, len(starts)), doubtful))


def _of_numbers(
    places: Mapping[tuple[int, int], Sequence[Segment]],
    rows: Sequence[float],
    middles: Sequence[float],
    size: float,
    flow: PageFlow,
    first: tuple[int, int],
    doubtful: Set[int],
) -> Iterator[Cell]:
    """The cells of numbers, blank ones among them. `first`: the row and column of the first one in the table.

    `doubtful`: the rows that two labels claim.
    """
    half = min((b - a for a, b in pairwise(middles)), default=PDF.lone_column) / 2
    high = min((b - a for a, b in pairwise(rows)), default=PDF.page_step * size) / 2
    for row, column in product(range(len(rows)), range(len(middles))):
        chars = [list(segment.chars) for segment in places.get((row, column), [])]
        shown, is_wrapped = cell_text(chars, 2 * (half - PDF.least_padding))
        y, x = rows[row], middles[column]
        box = flow.box(y, x - half, y - high, x + half, y + high)
        is_doubtful = is_wrapped or any(map(mixes_sizes, chars))
        confidence = PDF.wrapped if is_doubtful else PDF.aligned_confidence
        confidence = PDF.doubtful_row if row in doubtful else confidence
        yield Cell(shown, first[0] + row, first[1] + column, 1, 1, box, confidence)


def _start(text: CellLines, starts: list[float]) -> int:
    return max((i for i, x in enumerate(starts) if x <= text.x0 + PDF.same_place), default=0)


def _with_blank_columns(
    lines: Sequence[list[Segment]], above: int, columns: list[tuple[float, float]]
) -> list[tuple[float, float]]:
    """The columns of numbers, and those without any, which are known by what stands lowest in the head."""
    label_ends = [s.x1 for line in lines[above:] for s in line if s.x1 < columns[0][0]]
    head = sorted((s for line in lines[:above] for s in line), key=lambda s: (-s.y, s.x0))
    corner_end = min(head, key=lambda s: s.x0).x1 if head and label_ends else float("-inf")
    found, below = list(columns), list(columns)
    for segment in head:
        is_lowest = not any(segment.x0 < end and start < segment.x1 for start, end in below)
        if is_lowest and segment.x0 > max([corner_end, *label_ends]):
            found.append((segment.x0, segment.x1))
        below.append((segment.x0, segment.x1))
    return sorted(found)


def _cell_lines(lines: Sequence[list[Segment]], leading: float) -> list[CellLines]:
    """Segments joined that stand close one below the other, with their left ends or middles aligned."""
    found: list[CellLines] = []
    for segment in (segment for line in lines for segment in line):
        close = (t for t in found if 0 < segment.y - t.last <= leading)
        above = next((t for t in close if _goes_on(t, segment)), None)
        if above is None:
            found.append(CellLines([segment], segment.x0, segment.x1, segment.y, segment.y))
        else:
            above.add(segment)
    return found


def _goes_on(text: CellLines, segment: Segment) -> bool:
    aligned = PDF.aligned * segment.size
    in_middle = abs(text.x0 + text.x1 - segment.x0 - segment.x1) <= 2 * aligned
    return text.meets(segment.x0, segment.x1) and (in_middle or abs(text.x0 - segment.x0) <= aligned)


def _rows(numbers: Sequence[CellLines], labels: Sequence[CellLines], size: float) -> list[float]:
    """The middle of each row: where numbers are, and where a label stands away from all of them."""
    groups: list[list[float]] = []
    for y in sorted(text.y for text in numbers):
        if not groups or y - groups[-1][-1] > PDF.off_row * size:
            groups.append([])
        groups[-1].append(y)
    rows = [median(group) for group in groups]
    steps = [below - above for above, below in pairwise(rows)]
    steps += [b.y - a.y for a in labels for b in labels if a.last < b.first and a.meets(b.x0, b.x1)]
    step = min(steps, default=PDF.page_step * size)
    for label in sorted(labels, key=lambda text: -text.x0):  # merged labels are left of those of the rows
        if all(abs(label.y - row) >= PDF.blank_row * step for row in rows):
            rows.append(label.y)
    return sorted(rows)


def _places(
    numbers: Sequence[CellLines], rows: list[float], columns: list[tuple[float, float]]
) -> dict[tuple[int, int], list[Segment]] | None:
    """What stands in each row and column; None where it reaches over two columns, or two are in one place."""
    found: dict[tuple[int, int], list[Segment]] = {}
    for text in numbers:
        met = [i for i, column in enumerate(columns) if text.meets(*column)]
        if len(met) != 1 or (_nearest(rows, text.y), met[0]) in found:
            return None
        found[_nearest(rows, text.y), met[0]] = text.segments
    return found


def _heads(over: Sequence[CellLines], middles: list[float]) -> list[tuple[CellLines, int, range]] | None:
    """Of each text of the head its row and columns; None where two of the lowest claim one column."""
    found: list[tuple[CellLines, int, range]] = []
    lowest: list[int] = []
    for text in sorted(over, key=lambda text: text.y):
        covered = [_nearest(middles, (text.x0 + text.x1) / 2)]
        if any(other.first > text.last and other.meets(text.x0, text.x1) for other in over):
            covered += [i for i, x in enumerate(middles) if text.x0 <= x <= text.x1]
        else:
            lowest += covered
        columns = range(min(covered), max(covered) + 1)
        row = max((row + 1 for _, row, other in found if set(other) & set(columns)), default=0)
        found.append((text, row, columns))
    return found if len(set(lowest)) == len(lowest) else None


def _nearest(places: list[float], place: float) -> int:
    return min(range(len(places)), key=lambda i: abs(places[i] - place))
