"""A cell of the forms by the labels that they print, beside its id table/item/measure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from ogi.forms import SECTIONS, TABLES, Item, Labelled, Measure, Table
from ogi.said import Said

PARTS = ("table", "item", "measure")
"""What names a cell, in order."""
_BETWEEN = re.compile(r"[/\u00b7:\uff1a]")
"""What stands between item and measure: in ids, in the labels of a review, in its English."""


class Unknown(NamedTuple):
    """The part of a cell's name that is not understood: which of PARTS, and names → label of what may be."""

    part: str
    labels: dict[str, Said]


class _Cell(NamedTuple):
    """A cell of the forms and, for each of PARTS, what it may be called, and its label.

    `exact`: its row's id and English name, as they are.
    """

    id: str
    exact: frozenset[str]
    names: tuple[frozenset[str], frozenset[str], frozenset[str]]
    labels: tuple[Said, Said, Said]


def cell_named(text: str) -> str | None:
    """The one cell that `table/item/measure` names, by ids or labels; the table may be left out.

    So may the measure, where a review leaves it out: of the totals of requests, and of decisions. None where
    no cell of any form is named so, or several are.
    """
    parts = _BETWEEN.split(text)
    found: set[str] = set()
    for start in (0, 1):  # the table first, or none
        # A label may hold the sign itself: 本年增/减.
        for end in range(start + 1, len(parts)):
            table = parts[0] if start else ""
            found |= cells_named(table, "/".join(parts[start:end]), "/".join(parts[end:]))
    if not found:
        found = cells_named("", text, "") | cells_named(parts[0], "/".join(parts[1:]), "")
    return found.pop() if len(found) == 1 else None


def cells_named(table: str, item: str, measure: str) -> set[str]:
    """The cells, in any edition, of which these are the ids or labels; an empty table means any."""
    wanted = tuple(map(name_key, (table, item, measure)))
    cells = [cell for cell in _cells() if all(own in of for own, of in zip(wanted, cell.names, strict=True))]
    # The id of one row, other, is the English name of another one, Other.
    exact = {cell.id for cell in cells if item.strip() in cell.exact}
    return exact or {cell.id for cell in cells}


def unknown_part(table: str, item: str, measure: str) -> Unknown | None:
    """The first part that no cell has beside those before it; None where each is understood."""
    cells = _cells()
    for place, name in enumerate((table, item, measure)):
        own = tuple(cell for cell in cells if name_key(name) in cell.names[place])
        if not own:
            labels = {name: cell.labels[place] for cell in cells for name in cell.names[place] if name}
            return Unknown(PARTS[place], labels)
        cells = own
    return None


def official_name(cell: str) -> Said:
    """What the form calls a cell given as table/item/measure, in Chinese as printed; else the id."""
    table, item, measure = cell.split("/")
    for form in reversed(TABLES.get(table, {}).values()):
        if measure in form.cells_of.get(item, ()):
            row, column = form.item(item), form.measure(measure)
            printed = f"{row.number}{row.zh.partition('（')[0]} / {column.zh}"
            return Said(f"{row.en} / {column.en.lower()}", printed)
    return Said.as_printed(cell)


@cache
def _cells() -> tuple[_Cell, ...]:
    forms = [form for editions in TABLES.values() for form in editions.values()]
    return tuple(
        _Cell(
            f"{form.id}/{item.id}/{measure.id}",
            frozenset((item.id, item.en)),
            (_of_table(form), _names(item), _of_measure(form, measure)),
            (Said(f"{form.id} ({form.zh})", form.zh), _label(item), _label(measure)),
        )
        for form in forms
        for item, measure in form.cells()
    )


def _of_table(table: Table) -> frozenset[str]:
    """Its names, and those of the section that it stands in, with the section's number and without."""
    sections = [section for section in SECTIONS if section.table == table.id]
    titles = [(one.number, zh) for one in sections for zh in (one.zh, *one.aliases)]
    texts = [*(zh for _, zh in titles), *("、".join(title) for title in titles)]
    english = [table.en, *(one.en for one in sections)]
    return frozenset(map(name_key, ("", table.id, table.zh, *_in_both(english, texts))))


def _of_measure(table: Table, measure: Measure) -> frozenset[str]:
    is_left_out = measure.id == "decisions" or (table.id, measure.id) == ("requests", "total")
    return _names(measure) | ({""} if is_left_out else set())


def _names(thing: Item | Measure) -> frozenset[str]:
    """Its names, its labels also behind any of the headings above it, and English with a label behind."""
    above = [group.label for group in thing.groups]
    labels = list(_written(thing))
    behind = ["".join([*above[n:], label]) for n in range(len(above)) for label in labels]
    return frozenset(map(name_key, (thing.id, *_in_both([thing.en], [*labels, *behind]))))


def _in_both(english: list[str], labels: list[str]) -> Iterator[str]:
    yield from (*english, *labels, *(f"{en} {label}" for en in english for label in labels))


def _written(thing: Labelled) -> Iterator[str]:
    for text in (thing.zh, *thing.aliases):
        plain = text.partition("（")[0]  # without what the form explains in brackets
        yield from (text, plain, thing.number + text, thing.number + plain)


def _label(thing: Labelled) -> Said:
    printed = thing.number + thing.zh.partition("（")[0]
    return Said(f"{thing.id} ({printed})", printed)


def name_key(text: str) -> str:
    """The text without blanks, punctuation and capitals, in which names are often typed otherwise."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(sign for sign in plain if sign.isalnum() or sign == "_")
