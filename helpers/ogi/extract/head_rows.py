"""The rows of a grid, parted into heads and rows of figures."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from ogi.extract.heads import is_lone_group, table_of_head, with_halves_joined
from ogi.extract.labels import item_labels
from ogi.extract.rows import holds_figures
from ogi.extract.settings import SETTINGS
from ogi.readers.document import Cell


def heads_and_rows(rows: list[list[Cell]]) -> Iterator[tuple[list[list[Cell]], list[Cell] | None]]:
    """Each row of figures with the rows of a head right above it; a head that ends the grid has none."""
    head_rows: list[list[Cell]] = []
    table: str | None = None
    for row in rows:
        own = table_of_head(row)
        if own is not None or (table is not None and _is_of_head(row, table, is_last=row is rows[-1])):
            head_rows.append(row)
            table = table or own
        else:
            yield head_rows, row
            head_rows, table = [], None
    if head_rows:
        yield head_rows, None


def _is_of_head(row: list[Cell], table: str, *, is_last: bool) -> bool:
    """Does a row that is no head by itself go on with the head above?

    A group of columns may stand alone in its row. A last row of several texts that begins with no item is
    the rest of a head whose words the page's end cut.
    """
    if is_lone_group(row, table):
        return True
    texts = [cell.text for cell in row if not cell.is_blank]
    is_label = bool(texts) and item_labels(table).exact(texts[0], None) is not None
    return is_last and len(texts) > 1 and not is_label and not holds_figures(row)


def with_whole_heads(rows: list[list[Cell]], *, ragged: bool) -> list[list[Cell]]:
    """The rows, words of heads that are halved over two of them put together."""
    for above, below in pairwise(rows):
        if not (_is_half_of_head(above) and _is_half_of_head(below)):
            continue
        joined = with_halves_joined([above, below], ragged=ragged)
        if joined != [above, below]:
            at = next(at for at, row in enumerate(rows) if row is above)
            whole = [row for row in joined if row]
            return with_whole_heads([*rows[:at], *whole, *rows[at + 2 :]], ragged=ragged)
    return rows


def _is_half_of_head(row: list[Cell]) -> bool:
    filled = [cell for cell in row if not cell.is_blank]
    return len(filled) > 1 and not holds_figures(row)


def may_be_cut_head(rows: list[list[Cell]]) -> bool:
    """A grid of a few rows of texts alone: perhaps a head whose every word a page's end cuts."""
    return len(rows) <= SETTINGS.deepest_head and not any(holds_figures(row) for row in rows)
