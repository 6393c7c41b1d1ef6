"""The head of a printed table: which column holds which measure (in `review`: of which item)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise

from ogi import forms, values
from ogi.extract.head_words import UNIT, HeadWords, Token, head_words, on_one_line
from ogi.extract.labels import item_labels, label
from ogi.extract.settings import SETTINGS
from ogi.readers.document import Cell


@dataclass(frozen=True)
class HeadColumn:
    """One column under a head: the measure it holds (None where not understood), the item in `review`."""

    cell: Cell
    measure: str | None
    item: str | None = None
    unit: str | None = None


@dataclass(frozen=True)
class Head:
    """The columns of a statutory table right of its labels, left to right.

    They begin right of the corner where the head prints one, else with the first measure that is understood.
    """

    table: str
    columns: tuple[HeadColumn, ...]
    origin: int
    ragged: bool
    is_named: bool = True
    """Does the head name its columns? Else they are taken in the form's order, and all in doubt."""

    @property
    def names_items(self) -> bool:
        """Do the columns name the items too, so that rows need no label?"""
        return all(column.item is not None for column in self.columns if column.measure is not None)


def table_of_head(row: list[Cell]) -> str | None:
    """The table whose head a row belongs to; None where it is no head row.

    A head row holds no number, and either two words of one table's head, or a single measure with at most
    one other text before it that is no row label.
    """
    filled = [cell for cell in row if not cell.is_blank]
    if not filled or any(values.parse(cell.text).state == values.State.REPORTED for cell in filled):
        return None
    tokens = {table: [head_words(table).token(cell) for cell in filled] for table in forms.TABLES}
    known = {table: [token for token in tokens[table] if token.kind != ""] for table in forms.TABLES}
    table = max(known, key=lambda table: len(known[table]))
    if all(token.kind == "corner" for token in known[table]):
        return None
    is_head = (
        len(known[table]) > 1 or _is_lone_measure(tokens[table], table) or _is_beside_corner(tokens[table])
    )
    return table if is_head else None


def is_lone_group(row: list[Cell], table: str) -> bool:
    """Is a row's one text the name of a group of columns, as in the middle of a head?"""
    filled = [cell for cell in row if not cell.is_blank]
    return len(filled) == 1 and head_words(table).token(filled[0]).kind == "group"


def _is_lone_measure(tokens: list[Token], table: str) -> bool:
    *before, last = tokens
    return (
        last.kind == "measure"
        and len(label(last.cell.text).name) >= SETTINGS.shortest_name
        and len(before) < 2
        and all(item_labels(table).exact(token.cell.text, None) is None for token in before)
    )


def _is_beside_corner(tokens: list[Token]) -> bool:
    """A group of columns alone beside a corner of several rows that is not understood, on a page."""
    return (
        [token.kind for token in tokens] == ["", "group"]
        and tokens[0].cell.rowspan > 1
        and tokens[0].cell.box is not None
    )


def read_head(rows: list[list[Cell]], origin: int, ragged: bool) -> Head | None:
    """The columns that consecutive head rows describe; None where they fit no table of the forms."""
    head = tree_head(rows, origin, ragged)
    flat = None if ragged else _flat_head(rows, origin)
    if head is None or flat is None:
        return flat if head is None else head
    # Of equals the tree, which knows what stands under what.
    return flat if _told(flat) > _told(head) else head


def with_halves_joined(rows: list[list[Cell]], *, ragged: bool = True) -> list[list[Cell]]:
    """The rows of a head, words halved over two of them (商业 above 企业) joined where the first half stands.

    The rows as they are unless every text that is no word of a form's head is half of one.
    """
    for table in forms.TABLES:
        names = head_words(table).names
        parts = [cell for row in rows for cell in row if not cell.is_blank and _name(cell) not in names]
        upper, lower = parts[: len(parts) // 2], parts[len(parts) // 2 :]
        if parts and len(upper) == len(lower) and all(map(partial(_are_halves, names, ragged), upper, lower)):
            whole = {id(a): a._replace(text=a.text + b.text) for a, b in zip(upper, lower, strict=True)}
            ends = set(map(id, lower))
            return [[whole.get(id(cell), cell) for cell in row if id(cell) not in ends] for row in rows]
    return rows


def _are_halves(names: set[str], ragged: bool, upper: Cell, lower: Cell) -> bool:
    is_below = ragged or (lower.row > upper.row and set(upper.columns) & set(lower.columns))
    return bool(is_below) and _name(upper._replace(text=upper.text + lower.text)) in names


def _name(cell: Cell) -> str:
    return label(UNIT.sub("", on_one_line(cell.text))).name


def _told(head: Head) -> int:
    """How many columns are fully named."""
    named = [column for column in head.columns if column.measure is not None]
    return sum(column.item is not None for column in named) if head.table == "review" else len(named)


def tree_head(rows: list[list[Cell]], origin: int, ragged: bool) -> Head | None:
    """The columns where every word of a head stands under the one to which it belongs."""
    words = _words_of(rows)
    if words is None:
        return None
    queues = [
        [_cornered(words.token(cell), rows, words) for cell in row if not cell.is_blank] for row in rows
    ]
    cornered = bool(queues[0]) and queues[0][0].kind == "corner"
    queues = [[token for token in queue if token.kind != "corner"] for queue in queues]
    columns = [column for token in queues[0] for column in _under(token, None, queues, 0, words)]
    if any(queues[1:]) or not any(column.measure is not None for column in columns):
        return None
    first = next(i for i, column in enumerate(columns) if column.measure is not None)
    columns = columns if cornered else columns[first:]
    if not ragged and any(a.cell.column >= b.cell.column for a, b in pairwise(columns)):
        return None
    return Head(words.table, tuple(_named(columns, words)), origin, ragged)


def _cornered(token: Token, rows: list[list[Cell]], words: HeadWords) -> Token:
    """The token, as the corner where it is not understood and stands beside all rows of a head on a page."""
    cell = token.cell
    beside = cell is rows[0][0] and cell.rowspan == len(rows) > 1 and cell.box is not None
    return (
        replace(token, kind="corner") if beside and token.kind == "" and words.table == "requests" else token
    )


def _words_of(rows: list[list[Cell]]) -> HeadWords | None:
    """The words of the table that most rows of a head belong to."""
    tables = [table for row in rows if (table := table_of_head(row)) is not None]
    return head_words(max(set(tables), key=tables.count)) if tables else None


def _flat_head(rows: list[list[Cell]], origin: int) -> Head | None:
    """The columns by their lowest words alone, where it cannot be told which stand under which.

    Only where they stand in the form's order, each once, for spans so torn misplace columns; or where they
    are all those of `review`, whose order names the items.
    """
    words = _words_of(rows)
    if words is None:
        return None
    lowest: dict[int, Cell] = {}
    for row in rows:
        lowest |= {column: cell for cell in row if not cell.is_blank for column in cell.columns}
    cells = dict.fromkeys(lowest[column] for column in sorted(lowest))
    tokens = [token for token in map(words.token, cells) if token.kind in ("measure", "")]
    columns = _named([column for token in tokens for column in _under(token, None, [], 0, words)], words)
    known = [(column.item, column.measure) for column in columns if column.measure is not None]
    if len(known) < SETTINGS.fewest_flat or not _in_order(known, words.table):
        return None
    first = next(i for i, column in enumerate(columns) if column.measure is not None)
    return Head(words.table, tuple(columns[first:]), origin, False)


def _in_order(known: list[tuple[str | None, str]], table: str) -> bool:
    """Do columns follow one another as in a form, each once?"""
    for form in forms.TABLES[table].values():
        named = known[0][0] is not None
        order = dict.fromkeys((item.id if named else None, measure.id) for item, measure in form.cells())
        ranks = {name: rank for rank, name in enumerate(order)}
        if set(known) <= set(ranks):
            return all(ranks[a] < ranks[b] for a, b in pairwise(known))
    return False


def _under(
    token: Token, item: str | None, queues: list[list[Token]], depth: int, words: HeadWords
) -> Iterator[HeadColumn]:
    """The columns under a head cell: a group takes its members from the row below, each once.

    On a page, where places are known, it takes what is not understood below it, too.
    """
    if token.kind not in ("group", "item"):
        unit = UNIT.search(on_one_line(token.cell.text))
        measure = token.name if token.kind == "measure" else None
        yield HeadColumn(token.cell, measure, item, unit[1] if unit is not None else None)
        return
    below = queues[depth + 1] if depth + 1 < len(queues) else []
    taken: set[str] = set()
    members = words.under.get(token.name, set())
    while below and (below[0].name in members - taken or _is_strange_below(below[0], token)):
        member = below.pop(0)
        taken.add(member.name)
        yield from _under(member, token.name if token.kind == "item" else item, queues, depth + 1, words)


def _is_strange_below(member: Token, group: Token) -> bool:
    """Does a cell that is not understood stand below a group's, by their places on the page?"""
    placed = member.cell.box is not None and group.cell.box is not None
    return placed and member.kind == "" and set(member.cell.columns) <= set(group.cell.columns)


def _named(columns: list[HeadColumn], words: HeadWords) -> list[HeadColumn]:
    """Columns of `review` whose upper head was lost, named by their order where all are there."""
    table = forms.TABLES[words.table]["2021"]
    whole = [(item.id, measure.id) for item, measure in table.cells()]
    bare = all(column.item is None for column in columns)
    if words.table == "review" and bare and [column.measure for column in columns] == [m for _, m in whole]:
        return [replace(column, item=item) for column, (item, _) in zip(columns, whole, strict=True)]
    return columns
