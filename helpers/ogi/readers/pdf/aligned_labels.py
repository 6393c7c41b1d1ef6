"""Labels of a table without ruling lines: which row each names, and which rows a merged one stands beside."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from ogi.readers.pdf.pieces import Piece

ON_ROW = 1.6
"""Points that a baseline may lie beside its row's."""
_OFF_ROW = 0.75
"""Share of the type's size that a cell's text may stand off its row, as where a blank line is in the cell."""
_BLANK_ROW = 0.85
"""Share of the least distance of two rows from which a label is a row of its own, with nothing in it."""
_OFF_CENTRE = 0.75
"""Share of the least distance of two rows that a merged label may lie off the middle of its rows."""


_USUAL_STEP = 20.0

Row = tuple[float, float]
"""The first and the last baseline of a row's numbers (of its label, where it has none)."""


@dataclass(frozen=True)
class Label:
    """A label, the first row it stands beside (from 0) and how many."""

    piece: Piece
    row: int
    rowspan: int = 1


def beside(piece: Piece, rows: Sequence[Row]) -> list[Row]:
    """The rows that a piece's lines reach; else the one row that it stands off by less than a line."""
    reached = [row for row in rows if piece.first - ON_ROW <= row[1] and row[0] <= piece.last + ON_ROW]
    if reached:
        return reached
    off = _OFF_ROW * piece.segments[0].size
    near = [row for row in rows if piece.first - off <= row[1] and row[0] <= piece.last + off]
    return near if len(near) == 1 else []


def step_of(rows: Sequence[Row]) -> float:
    """The least distance of the middles of two rows; that of a usual table where there is but one row."""
    middles = [(first + last) / 2 for first, last in rows]
    return min((below - above for above, below in pairwise(middles)), default=_USUAL_STEP)


def _pitch(pieces: Sequence[Piece]) -> float:
    """The least distance of the middles of two labels one below the other; rows may be no further apart."""
    steps = (
        below.y - above.y
        for above in pieces
        for below in pieces
        if above.last < below.first and above.meets(below)
    )
    return min(steps, default=_USUAL_STEP)


def labels_of(
    pieces: Sequence[Piece], rows: Sequence[Row], page_of: Callable[[float], int]
) -> tuple[list[Row], list[Label]]:
    """Every row, those without numbers included, and the labels beside them; none runs over a page's end."""
    own: dict[Row, Piece] = {}
    for piece in sorted(pieces, key=lambda piece: piece.x0):
        reached = beside(piece, rows)
        if len(reached) == 1:  # the rightmost that stands beside this row alone
            own[reached[0]] = piece
    step = min(step_of(rows), _pitch(pieces))
    for piece in sorted(
        pieces, key=lambda piece: -piece.x0
    ):  # the rightmost away from every row is a blank row
        near = any(abs(2 * piece.y - first - last) < 2 * _BLANK_ROW * step for first, last in {*rows, *own})
        if not near and not beside(piece, [*rows, *own]):
            own[piece.first, piece.last] = piece
    every = sorted({*rows, *own})
    labels = [Label(own[row], index) for index, row in enumerate(every) if row in own]
    merged = [piece for piece in pieces if piece not in own.values()]
    return every, [*labels, *_merged(merged, every, own, page_of)]


def _merged(
    pieces: list[Piece], rows: list[Row], own: dict[Row, Piece], page_of: Callable[[float], int]
) -> list[Label]:
    labels: list[Label] = []
    bounds = _bounds(rows, own)
    for level in _levels(pieces):
        end = max(piece.x1 for piece in level)
        beside_it = [row in own and own[row].x0 > end - ON_ROW for row in rows]
        for start, stop in _runs(
            [page_of(row[0]) if flag else None for row, flag in zip(rows, beside_it, strict=True)]
        ):
            within = [piece for piece in level if bounds[start] < piece.y < bounds[stop]]
            labels += _shared_out(sorted(within, key=lambda piece: piece.y), rows, bounds, start, stop)
    return labels


def _levels(pieces: list[Piece]) -> list[list[Piece]]:
    """Merged labels that stand one above the other."""
    levels: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: piece.x0):
        level = next((level for level in levels if any(piece.meets(other) for other in level)), None)
        if level is None:
            levels.append([piece])
        else:
            level.append(piece)
    return levels


def _bounds(rows: list[Row], own: dict[Row, Piece]) -> list[float]:
    """Where each row begins, and the last ends: midway between its text and its neighbour's."""
    first = [min(row[0], own[row].first) if row in own else row[0] for row in rows]
    last = [max(row[1], own[row].last) if row in own else row[1] for row in rows]
    between = [(above + below) / 2 for above, below in zip(last, first[1:], strict=False)]
    half = step_of(rows) / 2
    return [first[0] - half, *between, last[-1] + half]


def _runs(pages: list[int | None]) -> list[tuple[int, int]]:
    """From where to where rows of one page follow each other."""
    runs: list[tuple[int, int]] = []
    start = 0
    for page, members in groupby(pages):
        stop = start + len(list(members))
        if page is not None:
            runs.append((start, stop))
        start = stop
    return runs


def _shared_out(
    pieces: list[Piece], rows: list[Row], bounds: list[float], start: int, stop: int
) -> list[Label]:
    """The rows from start to stop shared out among the merged labels beside them, if they tell how."""
    centred = _centred(pieces, bounds, start, stop, _OFF_CENTRE * step_of(rows))
    if centred is not None:
        return centred
    tops = [
        next((i for i in range(start, stop) if abs(rows[i][0] - p.first) <= ON_ROW), None) for p in pieces
    ]
    if pieces and tops[0] == start and None not in tops:
        ends = [*tops[1:], stop]
        return [Label(p, a, b - a) for p, a, b in zip(pieces, tops, ends, strict=True) if a is not None and b]
    return [Label(piece, _nearest(piece, rows, start, stop)) for piece in pieces]


def _nearest(piece: Piece, rows: list[Row], start: int, stop: int) -> int:
    return min(range(start, stop), key=lambda i: abs(sum(rows[i]) - 2 * piece.y))


def _centred(
    pieces: list[Piece], bounds: list[float], start: int, stop: int, off: float
) -> list[Label] | None:
    """Each label in the middle of its rows, from first to last without a gap; None where it is not so."""
    labels: list[Label] = []
    for i, piece in enumerate(pieces):
        wanted = 2 * piece.y - bounds[start]
        end = stop if i == len(pieces) - 1 else min(range(start, stop), key=lambda k: abs(bounds[k] - wanted))
        if end <= start or abs(bounds[end] - wanted) > 2 * off:
            return None
        labels.append(Label(piece, start, end - start))
        start = end
    return labels
