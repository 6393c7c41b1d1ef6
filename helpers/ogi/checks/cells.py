"""What every single cell must satisfy: no negative counts, no broken ones, and none missing."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import numpy as np

from ogi.arrays import BoolArray, FloatArray
from ogi.checks.rows import Check
from ogi.checks.sentences import Verdict, amount, cell_name, short_label, table_name
from ogi.figures import CELLS, COLUMNS_ON, SURE, UNREADABLE, Figures
from ogi.forms import TABLES, Table
from ogi.said import Said, say

NON_NEGATIVE, WHOLE, COMPLETE = "figures.non_negative", "figures.whole", "figures.complete"
SIGNED, AMOUNT = "change", "amount"
"""The measures that may be negative, and that may have decimals."""
SHOWN = 3

_SENTENCES = {
    (NON_NEGATIVE, Verdict.HOLDS): ("{table}: none of its figures is negative.", "{table}：没有负数。"),
    (WHOLE, Verdict.HOLDS): ("{table}: all of its counts are whole numbers.", "{table}：件数均为整数。"),
    (NON_NEGATIVE, Verdict.BROKEN): ("{cell}: {value} is negative.", "{cell}：{value}为负数。"),
    (WHOLE, Verdict.BROKEN): ("{cell}: {value} is no whole number.", "{cell}：{value}不是整数。"),
    (NON_NEGATIVE, Verdict.UNDECIDED): (
        "{cell}: {value} is negative, but was read with little confidence.",
        "{cell}：{value}为负数，但识读把握不大。",
    ),
    (WHOLE, Verdict.UNDECIDED): (
        "{cell}: {value} is no whole number, but was read with little confidence.",
        "{cell}：{value}不是整数，但识读把握不大。",
    ),
    (COMPLETE, Verdict.HOLDS): (
        "{table}: all {expected} cells are there.",
        "{table}：{expected}个单元格齐全。",
    ),
    (COMPLETE, Verdict.BROKEN): (
        "{table}: of {expected} cells {missing} are missing: {cells}.",
        "{table}：应有{expected}个单元格，缺{missing}个：{cells}。",
    ),
    (COMPLETE, Verdict.UNDECIDED): (
        "{table}: of {expected} cells {missing} were not found ({cells}), maybe by our own fault: {reason}.",
        "{table}：应有{expected}个单元格，{missing}个未找到（{cells}），可能是识读所致：{reason}。",
    ),
}
_REASONS = {
    "no table": Said("the whole table was not recognised", "未识别出整张表"),
    "strange": Said("something else in the table was not understood", "表中另有内容未能识别"),
    "recognised": Said("the text was recognised from a picture", "文字由图像识别而来"),
    "inferred": Said("not all of its cells were found with certainty", "部分单元格的位置系推断而来"),
}


def sound_numbers(figures: Figures) -> Iterator[Check]:
    """A check per table with only sound numbers; else one per cell that is negative, or no whole number."""
    for table in _tables():
        columns = COLUMNS_ON[table.id, table.edition]
        rows = figures.rows_on(table)
        values = figures.value[rows[:, np.newaxis], columns]
        may = {name: np.array([CELLS[c].endswith(f"/{name}") for c in columns]) for name in (SIGNED, AMOUNT)}
        is_negative, is_broken = (values < 0) & ~may[SIGNED], (np.nan_to_num(values) % 1 != 0) & ~may[AMOUNT]
        for rule_id, is_wrong, ought in (
            (NON_NEGATIVE, is_negative, np.zeros_like(values)),
            (WHOLE, is_broken, np.rint(values)),
        ):
            for row, wrong, right in zip(rows.tolist(), is_wrong, ought, strict=True):
                yield from _numbers(figures, row, table, rule_id, wrong, right)


def _numbers(
    figures: Figures, row: int, table: Table, rule_id: str, is_wrong: BoolArray, ought: FloatArray
) -> Iterator[Check]:
    of, columns = figures.reports[row], COLUMNS_ON[table.id, table.edition]
    if not is_wrong.any() and figures.reported[row, columns].any():
        message = say(*_SENTENCES[rule_id, Verdict.HOLDS], table=table_name(table))
        yield Check(of, rule_id, Verdict.HOLDS, message)
    for place in np.flatnonzero(is_wrong):
        column = columns[place]
        value, cell = float(figures.value[row, column]), CELLS[column]
        verdict = Verdict.BROKEN if figures.doubt[row, column] == SURE else Verdict.UNDECIDED
        values = {"cell": cell_name(table, *cell.split("/")[1:]), "value": amount(value)}
        message = say(*_SENTENCES[rule_id, verdict], **values)
        yield Check(of, rule_id, verdict, message, value, float(ought[place]), [cell])


def complete(figures: Figures, recognised: Collection[str]) -> Iterator[Check]:
    """Per report and table, whether every cell was found; undecided where the fault may be our own.

    `recognised`: the ids of the reports read from pictures, or that have pictures nobody read.
    """
    for table in _tables():
        columns = COLUMNS_ON[table.id, table.edition]
        for row in figures.rows_on(table).tolist():
            yield _complete(figures, row, table, columns, recognised)


def _complete(
    figures: Figures, row: int, table: Table, columns: list[int], recognised: Collection[str]
) -> Check:
    of, expected = figures.reports[row], len(columns)
    missing = [CELLS[column] for column in columns if figures.missing[row, column]]
    is_strange = (figures.doubt[row, columns] != SURE) | (figures.state[row, columns] == UNREADABLE)
    reasons = {
        "no table": len(missing) == expected,
        "strange": is_strange.any(),
        "recognised": of.report_id in recognised,
        "inferred": (figures.confidence[row, columns] < 1).any(),
    }
    reason = next((name for name, counts in reasons.items() if counts), None)
    verdict = Verdict.HOLDS if not missing else Verdict.BROKEN if reason is None else Verdict.UNDECIDED
    message = say(
        *_SENTENCES[COMPLETE, verdict],
        table=table_name(table),
        expected=expected,
        missing=len(missing),
        cells=_rows_named(table, missing),
        reason="" if reason is None else _REASONS[reason],
    )
    return Check(of, COMPLETE, verdict, message, float(expected - len(missing)), float(expected), missing)


def _rows_named(table: Table, missing: list[str]) -> str:
    """The rows that lack cells, in the official words; of many, the first."""
    items = dict.fromkeys(cell.split("/")[1] for cell in missing)
    labels = [short_label(table.item(item)) for item in items]
    return "、".join(labels[:SHOWN]) + ("…" if len(labels) > SHOWN else "")


def _tables() -> Iterator[Table]:
    return (table for editions in TABLES.values() for table in editions.values())
