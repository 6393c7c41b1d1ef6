"""What a cell of the common series is called, in both languages, in the form's own words."""

from __future__ import annotations

from functools import cache

from ogi.forms import Item, Measure, printed_on
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
    form, item, measure = printed_on(cell)
    name = Said(item.en, short(item))
    if form.id == "requests" and measure.id == "total":
        return name
    if measure.id == "decisions":  # 行政许可: what else would be counted of them?
        return name
    return say(
        "{item}: {measure}", "{item}·{measure}", item=name, measure=Said(measure.en.lower(), short(measure))
    )
