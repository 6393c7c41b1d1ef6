"""A number as a report prints it, and what a reader must make of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle

from ogi.forms import Item, Measure, Table
from ogi.values import State
from scripts.samples.plan import Plan, Style
from scripts.samples.simulate import Values

FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


@dataclass(frozen=True)
class Printed:
    """A cell's text, and its state, value and unit as the golden file tells them."""

    text: str
    state: str
    value: float | None
    unit: str | None

    @property
    def golden(self) -> list[str | float | None]:
        return [self.state, self.value, self.unit]


def print_table(table: Table, values: Values, plan: Plan) -> dict[str, Printed]:
    """Every figure of a table as the plan prints it, by id; those of missing rows are absent."""
    padding = cycle(plan.style.padding)
    printed = {}
    for item, measure in table.cells():
        key = f"{table.id}/{item.id}/{measure.id}"
        if item.id in plan.missing_rows:
            printed[key] = Printed("", State.ABSENT, None, measure.unit)
        else:
            printed[key] = _print(key, item, measure, values, plan, padding)
    return printed


def _print(
    key: str, item: Item, measure: Measure, values: Values, plan: Plan, padding: Iterator[str]
) -> Printed:
    style, value = plan.style, plan.misprints.get(key, values[key])
    mark = style.marks.get(key) or style.marks.get(key.rpartition("/")[0])
    if mark is not None:
        return Printed(mark, State.NOT_APPLICABLE, None, measure.unit)
    if value is None or _left_blank(key, item, measure, value, style):
        return Printed(style.blank, State.BLANK, None, measure.unit)
    return _number(key, measure, value, style, next(padding))


def _left_blank(key: str, item: Item, measure: Measure, value: float, style: Style) -> bool:
    if key.startswith("proactive/"):
        return False
    if style.totals_only and item.outcome and measure.id != "total":
        return True
    return value == 0 and not style.zero


def _number(key: str, measure: Measure, value: float, style: Style, padding: str) -> Printed:
    unit = measure.unit
    if key == "proactive/procurement/amount" and style.amount_unit:
        unit = style.amount_unit
        value = round(value * 10_000) if unit == "元" and isinstance(value, float) else value
    text = f"{value:,}" if style.thousands else str(value)
    if measure.id == "change" and value > 0:
        text = "+" + text
    if style.full_width:
        text = text.translate(FULL_WIDTH)
    if key in style.units or (unit is not None and unit != measure.unit):
        text += unit or ""
    return Printed(padding.format(text + style.notes.get(key, "")), State.REPORTED, value, unit)
