"""What a cell of the common series is called, in both languages, in the form's own words."""

from __future__ import annotations

from functools import cache

from ogi.forms import EDITIONS, TABLES, Item, Measure, Table
from ogi.said import Said, say

LONGEST = 12
"""Characters: a longer official label is told by its short form where the form has one."""


def short(thing: Item | Measure) -> str:
    """The Chinese label without what the form explains in brackets, by its short form where it is long."""
    plain = thing.zh.partition("（")[0]
    aliases = [alias for alias in thing.aliases if len(alias) < len(plain)]
    return aliases[0] if len(plain) > LONGEST and aliases else plain


@cache
def cell_label(cell: str) -> Said:
    """The item of a cell given as table/item/measure; its measure too, where the item alone would not do."""
    table_id, item_id, measure_id = cell.split("/")
    table = _holding(table_id, item_id, measure_id)
    item, measure = table.item(item_id), table.measure(measure_id)
    name = Said(item.en, short(item))
    if table_id == "requests" and measure_id == "total":
        return name
    if measure_id == "decisions":  # 行政许可: what else would be counted of them?
        return name
    return say(
        "{item}: {measure}", "{item}·{measure}", item=name, measure=Said(measure.en.lower(), short(measure))
    )


def _holding(table_id: str, item_id: str, measure_id: str) -> Table:
    """The newest edition of the table that has the cell; ValueError where none has."""
    for edition in reversed(EDITIONS):
        table = TABLES[table_id][edition]
        if measure_id in table.cells_of.get(item_id, ()):
            return table
    raise ValueError(f"no form has {table_id}/{item_id}/{measure_id}")
