"""The head of a table without ruling lines: in which row each piece is, and over which columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ogi.readers.pdf.pieces import Piece

_LEVEL = 4.0
"""Points that the middles of pieces of one row of the head may differ."""
_MERGED = 3.0
"""Points by which a piece must lie above the lowest row to reach over more than that row."""


@dataclass(frozen=True)
class HeadPiece:
    """A piece of the head, its row, the columns it stands over (from first to before last), its depth."""

    piece: Piece
    row: int
    first: int
    last: int
    rowspan: int = 1


def head_pieces(heads: Sequence[Piece], middles: Sequence[float], data_top: float) -> list[HeadPiece] | None:
    """The head over the columns of numbers; None where two pieces claim one. `data_top`: the first row."""
    upper = [h for h in heads if any(o.first > h.last and o.meets(h) for o in heads)]
    lowest = [head for head in heads if head not in upper]
    columns = [_nearest(middles, piece.x) for piece in lowest]
    if len(set(columns)) < len(columns):
        return None
    levels = _levels(upper)
    bounds = _bounds(levels, lowest, data_top)
    found = [
        HeadPiece(piece, row, *_range(piece, middles)) for row, level in enumerate(levels) for piece in level
    ]
    for piece, column in zip(lowest, columns, strict=True):
        row = _row(piece, lowest, bounds)
        found.append(HeadPiece(piece, row, column, column + 1, len(levels) + 1 - row))
    return found


def _nearest(middles: Sequence[float], x: float) -> int:
    return min(range(len(middles)), key=lambda i: abs(middles[i] - x))


def _range(piece: Piece, middles: Sequence[float]) -> tuple[int, int]:
    """The columns whose middle an upper piece stands over, at least the nearest."""
    over = [i for i, x in enumerate(middles) if piece.x0 <= x <= piece.x1]
    nearest = _nearest(middles, piece.x)
    return min([nearest, *over]), max([nearest, *over]) + 1


def _levels(upper: list[Piece]) -> list[list[Piece]]:
    levels: list[list[Piece]] = []
    for piece in sorted(upper, key=lambda piece: piece.y):
        if not levels or piece.y - levels[-1][-1].y > _LEVEL:
            levels.append([])
        levels[-1].append(piece)
    return levels


def _bounds(levels: list[list[Piece]], lowest: list[Piece], data_top: float) -> list[float]:
    """Where each row of the head begins, and where the last ends."""
    bottom = max((piece.y for piece in lowest), default=data_top)
    base = [piece for piece in lowest if piece.y > bottom - _MERGED]
    rows = [*levels, base] if base else levels
    if not rows:
        return [data_top]
    first = [min(piece.first for piece in row) for row in rows]
    last = [max(piece.last for piece in row) for row in rows]
    between = [(above + below) / 2 for above, below in zip(last, first[1:], strict=False)]
    return [first[0] - (data_top - last[-1]) / 2, *between, (last[-1] + data_top) / 2]


def _row(piece: Piece, lowest: list[Piece], bounds: list[float]) -> int:
    """The row in which a lowest piece begins: the last, or one higher up where it is set amid several."""
    depth = len(bounds) - 1
    if piece.y > max(other.y for other in lowest) - _MERGED:
        return depth - 1
    return min(range(depth), key=lambda row: abs((bounds[row] + bounds[-1]) / 2 - piece.y))
