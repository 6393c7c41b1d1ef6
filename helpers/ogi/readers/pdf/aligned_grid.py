"""Pieces, rows and columns of a table without ruling lines → its cells, merged ones as far as can be told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ogi.readers.document import Box, Cell
from ogi.readers.pdf.aligned_head import HeadPiece, head_pieces
from ogi.readers.pdf.aligned_labels import ON_ROW, Label, Row, beside, labels_of, step_of
from ogi.readers.pdf.cells import WRAPPED, cell_text
from ogi.readers.pdf.pieces import Piece
from ogi.readers.pdf.roll import Roll

CONFIDENCE = 0.95
"""Confidence in a cell whose row and column are told by alignment alone."""
_ALIGNED = 4.0
_OFF_MIDDLE = 0.75
"""Share of the type's size that a text of several lines may be off its row's middle, as by a blank line."""
_ALONE = 36.0
"""Points that a column of numbers without another beside it is taken to be wide."""
_PADDING = 3.2
"""Points left free beside the text of a cell, at least."""


def cells_of(
    pieces: Sequence[Piece], numbered: Sequence[Row], columns: Sequence[tuple[float, float]], roll: Roll
) -> list[Cell] | None:
    """The cells of one table; None where doubt is left.

    `numbered`: the rows of numbers; `columns`: the ends of each column of numbers.
    """
    left = columns[0][0]
    above = [piece for piece in pieces if _is_above(piece, numbered)]
    bottom = max((piece.last for piece in above if piece.x1 > left), default=float("inf"))
    heads = [piece for piece in above if piece.x1 > left or piece.first <= bottom]
    body = [piece for piece in pieces if piece not in heads]
    rows, labels = labels_of([piece for piece in body if piece.x1 < left], numbered, roll.page_of)
    numbers = _numbers([piece for piece in body if piece.x1 >= left], rows, columns)
    middles = [(start + end) / 2 for start, end in columns]
    over = [piece for piece in heads if piece.x1 > left]
    head = head_pieces(over, middles, rows[0][0])
    if numbers is None or head is None or any(piece.is_data for piece in over):
        return None
    corner = [piece for piece in heads if piece.x1 <= left]
    grid = _Grid(
        roll, rows, middles, [label.piece.x0 for label in labels] or [p.x0 for p in corner], body, head
    )
    cells = [grid.label(label) for label in labels]
    cells += [
        grid.number(row, j, numbers.get((row, j))) for row in range(len(rows)) for j in range(len(middles))
    ]
    return [*grid.corner(corner), *map(grid.head, head), *cells]


def _is_above(piece: Piece, rows: Sequence[Row]) -> bool:
    """Does a piece stand over the first row? A number just above it is one of its cells."""
    return piece.last < rows[0][0] - ON_ROW and not (piece.is_data and beside(piece, rows))


def _numbers(
    pieces: list[Piece], rows: list[Row], columns: Sequence[tuple[float, float]]
) -> dict[tuple[int, int], Piece] | None:
    """The piece in each row and column; None where one reaches over two or stands in none."""
    found: dict[tuple[int, int], Piece] = {}
    for piece in pieces:
        over = [i for i, (start, end) in enumerate(columns) if piece.x0 < end and start < piece.x1]
        reached = _rows_of(piece, rows)
        if len(over) != 1 or len(reached) != 1 or (reached[0], over[0]) in found:
            return None
        found[reached[0], over[0]] = piece
    return found


def _rows_of(piece: Piece, rows: list[Row]) -> list[int]:
    """The row of a cell's text; of several that it reaches the one in whose middle it stands, if in one's."""
    reached = beside(piece, rows)
    if len(reached) > 1:
        off = sorted((abs(piece.y - (first + last) / 2), (first, last)) for first, last in reached)
        if off[0][0] <= _OFF_MIDDLE * piece.segments[0].size < off[1][0]:
            reached = [off[0][1]]
    return [rows.index(row) for row in reached]


@dataclass
class _Grid:
    """Where a table's rows and columns begin and end; makes its cells."""

    roll: Roll
    rows: list[Row]
    middles: list[float]
    starts: list[float]
    body: list[Piece]
    over: list[HeadPiece]

    def __post_init__(self) -> None:
        merged: list[float] = []
        for start in sorted(self.starts):
            if not merged or start - merged[-1] > _ALIGNED:
                merged.append(start)
        self.starts = merged
        self.depth = max((head.row + head.rowspan for head in self.over), default=0)
        steps = [right - left for left, right in pairwise(self.middles)]
        self.half = min(steps, default=_ALONE) / 2
        between = [(above[1] + below[0]) / 2 for above, below in pairwise(self.rows)]
        half = step_of(self.rows) / 2
        self.bounds = [self.rows[0][0] - half, *between, self.rows[-1][1] + half]

    def number(self, row: int, column: int, piece: Piece | None) -> Cell:
        """The cell of a row and column of numbers, blank where no piece stands there."""
        middle, lines = self.middles[column], [] if piece is None else [list(s.chars) for s in piece.segments]
        text, is_wrapped = cell_text(lines, 2 * (self.half - _PADDING))
        box = self._beside(row, row + 1, middle - self.half, middle + self.half)
        confidence = WRAPPED if is_wrapped else CONFIDENCE
        return Cell(text, self.depth + row, len(self.starts) + column, 1, 1, box, confidence)

    def label(self, label: Label) -> Cell:
        """A label's cell, up to the next label beside it."""
        piece, stop = label.piece, label.row + label.rowspan
        column = self._start(piece)
        reached = [i for i, start in enumerate(self.starts) if i > column and start > piece.x1]
        is_own = label.rowspan == 1 and not reached
        end = len(self.starts) if is_own or not reached else reached[0]
        box = self._beside(label.row, stop, piece.x0, piece.x1)
        return Cell(
            piece.text, self.depth + label.row, column, label.rowspan, max(end - column, 1), box, CONFIDENCE
        )

    def corner(self, pieces: list[Piece]) -> list[Cell]:
        """What stands over the labels."""
        return [
            Cell(piece.text, 0, self._start(piece), max(self.depth, 1), 1, self._around(piece), CONFIDENCE)
            for piece in pieces
        ]

    def head(self, head: HeadPiece) -> Cell:
        """A cell of the head."""
        piece, span = head.piece, head.last - head.first
        around = self._around(piece)
        left, right = self.middles[head.first] - self.half, self.middles[head.last - 1] + self.half
        box = replace(around, x0=max(min(left, piece.x0), 0.0), x1=max(right, piece.x1))
        return Cell(piece.text, head.row, len(self.starts) + head.first, head.rowspan, span, box, CONFIDENCE)

    def _start(self, piece: Piece) -> int:
        return max((i for i, start in enumerate(self.starts) if start <= piece.x0 + _ALIGNED), default=0)

    def _around(self, piece: Piece) -> Box:
        segments = piece.segments
        top, bottom = segments[0].y - segments[0].size, segments[-1].y
        return self.roll.box(segments[0].y, piece.x0, top, piece.x1, bottom)

    def _beside(self, start: int, stop: int, x0: float, x1: float) -> Box:
        """The box over the rows from start to stop."""
        return self.roll.box(self.rows[start][0], x0, self.bounds[start], x1, self.bounds[stop])
