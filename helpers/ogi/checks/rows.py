"""The table `checks`: a verdict with its message as one record, its words, and the records as a frame."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Any, NamedTuple

import pandas as pd

from ogi.checks.catalogue import RULES
from ogi.extract.report import Severity
from ogi.figures import Identity
from ogi.forms import Item, Labelled, Table
from ogi.said import Said, in_chinese, packaged, say, told
from ogi.tables import from_rows
from ogi.tables.frames import Values
from ogi.tables.schema import SCHEMAS

COLUMNS = tuple(SCHEMAS["checks"].names)
UNKNOWN = "?"
# The four results of a review are all named; the six kinds of applicants would fill the line.
_IN_FULL = 4


class Verdict(StrEnum):
    """What a rule says of one line of a report."""

    HOLDS = "holds"
    HOLDS_BLANK_AS_ZERO = "holds_blank_as_zero"
    BROKEN = "broken"
    UNDECIDED = "undecided"
    NOT_APPLICABLE = "not_applicable"


class Check(NamedTuple):
    """One row of the table `checks`: what a rule says of one line of a report.

    `left` and `right`: what was found and what ought to be, None where there is no number; `severity`: that
    of the rule, where it is None.
    """

    of: Identity
    rule_id: str
    verdict: Verdict
    message: Said
    left: float | None = None
    right: float | None = None
    cells: Sequence[str] = ()
    severity: Severity | None = None

    @property
    def difference(self) -> float | None:
        """What the left side has more than the right one; None where either is not known."""
        # Amounts have up to six decimals; what a binary float adds behind them is no difference.
        return None if self.left is None or self.right is None else round(self.left - self.right, 6)


def message(rule: str, case: str, **values: object) -> Said:
    """One message of messages.yaml, filled in."""
    texts = packaged(__package__, "messages.yaml")[rule][case]
    return say(texts["en"], texts["zh"], **values)


def cell_name(table: Table, cell: str) -> str:
    """The official labels of one cell, given as table/item/measure."""
    _, item, measure = cell.split("/")
    return f"{short_label(table.item(item))} / {table.measure(measure).zh}"


def short_label(item: Item) -> str:
    """The label without the explanation that the form prints in brackets behind it."""
    return item.number + item.zh.partition("（")[0]


def line_name(line: Labelled) -> Said:
    """An item or a measure as the head of a sentence; in English beside the official label."""
    return Said(f"{line.en} ({line.full_label})", line.full_label)


def table_name(table: Table) -> Said:
    """The table's official title; in English beside its name there."""
    return Said(f"{table.en} ({table.zh})", table.zh)


def parts_name(parts: Sequence[Labelled]) -> str:
    """The official labels of what is added up; of many, the first and the last."""
    labels = [part.label for part in parts]
    return " + ".join(labels if len(labels) <= _IN_FULL else [labels[0], "…", labels[-1]])


def amount(value: float | None) -> str:
    """A number as a sentence shows it; one not known (None or NaN) is a question mark."""
    # Six decimals are the most that reports print; fifteen digits are what a float holds exactly.
    return UNKNOWN if value is None or value != value else f"{round(value, 6):.15g}"


def judged(
    of: Identity,
    rule_id: str,
    verdict: Verdict,
    sides: tuple[float | None, float | None] = (None, None),
    cells: Sequence[str] = (),
    case: str = "",
    **values: Any,
) -> Check:
    """A verdict with the rule's message on it, or with that on another `case`."""
    return Check(of, rule_id, verdict, message(rule_id, case or verdict, **values), *sides, cells)


def framed(checks: Iterable[Check], language: str, year: Any) -> pd.DataFrame:
    """The checks as the table `checks`, with `message` in a language; `year`: the type of that column."""
    table = from_rows("checks", [_row(check, language) for check in checks])
    return table.astype({"year": year})


def _row(check: Check, language: str) -> Values:
    rule = RULES[check.rule_id]
    return (
        *check.of,
        rule.id,
        check.severity or rule.severity,
        rule.official,
        check.verdict,
        check.left,
        check.right,
        check.difference,
        list(check.cells),
        told(check.message, language),
        in_chinese(check.message),
    )
