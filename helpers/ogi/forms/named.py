"""A cell of the forms by the labels that they print, beside its id table/item/measure."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache

from ogi.forms import TABLES, Item, Labelled, Table


def cell_named(text: str) -> str | None:
    """The one cell that `table/item/measure` names, by ids or labels; the table may be left out.

    None where no cell of any form is named so, or several are.
    """
    parts = text.split("/")
    found: set[str] = set()
    for start in (0, 1):  # the table first, or none
        # A label may hold the sign itself: 本年增/减.
        for end in range(start + 1, len(parts)):
            table, item, measure = (
                parts[0] if start else "",
                "/".join(parts[start:end]),
                "/".join(parts[end:]),
            )
            found |= cells_named(table, item, measure)
    return found.pop() if len(found) == 1 else None


def cells_named(table: str, item: str, measure: str) -> set[str]:
    """The cells, in any edition, of which these are the ids or labels; an empty table means any."""
    wanted = tuple(map(name_key, (table, item, measure)))
    return {
        cell for cell, of_table, of_item, of_measure in _cells()
        if wanted[0] in of_table and wanted[1] in of_item and wanted[2] in of_measure
    }  # fmt: skip


def official_name(cell: str) -> str:
    """What the form prints for a cell given as table/item/measure; the id where no form has it."""
    table, item, measure = cell.split("/")
    for form in reversed(TABLES.get(table, {}).values()):
        if measure in form.cells_of.get(item, ()):
            row, column = form.item(item), form.measure(measure)
            return f"{row.number}{row.zh.partition('（')[0]} / {column.zh}"
    return cell


@cache
def _cells() -> tuple[tuple[str, frozenset[str], frozenset[str], frozenset[str]], ...]:
    """Each cell with what its table, item and measure may be called."""
    forms = [form for editions in TABLES.values() for form in editions.values()]
    return tuple(
        (f"{form.id}/{item.id}/{measure.id}", _of_table(form), _of_item(item), _names(measure))
        for form in forms
        for item, measure in form.cells()
    )


def _of_table(table: Table) -> frozenset[str]:
    return frozenset(map(name_key, ("", table.id, table.zh)))


def _of_item(item: Item) -> frozenset[str]:
    """Its own names, and its label behind any of the headings above it."""
    above = [group.label for group in item.groups]
    return _names(item) | {name_key("".join([*above[n:], item.label])) for n in range(len(above))}


def _names(thing: Labelled) -> frozenset[str]:
    return frozenset(map(name_key, _written(thing)))


def _written(thing: Labelled) -> Iterator[str]:
    yield thing.id
    for text in (thing.zh, *thing.aliases):
        plain = text.partition("（")[0]  # without what the form explains in brackets
        yield from (text, plain, thing.number + text, thing.number + plain)


def name_key(text: str) -> str:
    """The text without blanks, punctuation and capitals, in which names are often typed otherwise."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(sign for sign in plain if sign.isalnum() or sign == "_")
