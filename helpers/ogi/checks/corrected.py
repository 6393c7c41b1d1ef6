"""What a correction does to the sums of its report: only what is broken as printed is the agency's slip."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import pandas as pd

from ogi.checks.catalogue import RULES
from ogi.checks.explain import place_named
from ogi.checks.rows import Check, Verdict, message
from ogi.checks.sums import sums
from ogi.checks.years import TWO_FILES
from ogi.columns import COLUMNS_OF
from ogi.extract.report import Finding, FindingKind, Severity
from ogi.figures import Figures
from ogi.forms.named import official_name
from ogi.said import Said, joined
from ogi.tables import as_corrected, as_printed, finding_row, from_rows, records
from ogi.tables.misprints import DOUBTED, READINGS, TO_LOOK_AT, UNCONFIRMED, are_in_type, with_grounds
from ogi.zeros import with_zeros

Doubt = Callable[[Check], Check]
"""A check → the same, or what can be said of it where a person has corrected one of its cells."""
_HOLDS = frozenset((Verdict.HOLDS, Verdict.HOLDS_BLANK_AS_ZERO))
_SUMS = [rule.id for rule in RULES.values() if rule.equation is not None]
_TOLD = "told."
"""How the rules on counts in words begin: several sayings may be about the same cells."""
_Line = tuple[str, str, tuple[str, ...]]


def doubt_of(printed: Iterable[Check], applied: pd.DataFrame, figures: pd.DataFrame) -> Doubt:
    """Tell apart what the report breaks and what corrections do.

    What is broken with a correction alone is undecided. No reason is believed here, not even that somebody
    has opened the report: a number that was misread seldom fits its sums, and one that is mistyped breaks
    them. What is broken as printed, too, is told as printed: no agency is asked about a number that it never
    wrote. Only where a correction says what we misread does its number count.

    Args:
        printed: the checks of the figures without their corrections.
        applied: the corrections, as in the table of that name.
        figures: the figures that they are on.
    """
    before: dict[_Line, list[Check]] = {}
    for one in printed:
        before.setdefault(_line(one), []).append(one)
    own = with_grounds(applied, figures).assign(in_type=are_in_type(applied, figures))
    of_cell = {key: row for row in records(own) for key in _keys(row)}

    def doubted(check: Check) -> Check:
        places = [(check.of.agency if ":" in cell else check.of.report_id, cell) for cell in check.cells]
        making = [of_cell[place] for place in places if place in of_cell]
        # What two files differ in is asked of nobody.
        if check.verdict is not Verdict.BROKEN or check.rule_id == TWO_FILES or not making:
            return check
        open_before = [one for one in before.get(_line(check), ()) if _is_open(one) and _is_same(one, check)]
        if not open_before:
            return check._replace(verdict=Verdict.UNDECIDED, message=check.message + _told(making))
        if all(row["ground"] in READINGS for row in making):
            return check
        one = open_before[0]
        # Of a warning that is no sum a letter quotes the message, where nothing but the report has a place.
        rule = RULES[one.rule_id]
        is_quoted = rule.equation is None and (one.severity or rule.severity) is not Severity.NOTE
        return one if is_quoted else one._replace(message=one.message + _told(making, "neither"))

    return doubted


def _line(check: Check) -> _Line:
    return check.of.report_id, check.rule_id, tuple(check.cells)


def _is_open(check: Check) -> bool:
    return check.verdict in (Verdict.BROKEN, Verdict.UNDECIDED)


def _is_same(one: Check, other: Check) -> bool:
    """Are two checks of one line of the same saying?"""
    return not one.rule_id.startswith(_TOLD) or one.left == other.left


def _keys(row: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """How checks name the cell: in its report, and among several years of its agency."""
    cell = _cell(row)
    yield row["report_id"], cell
    yield row["agency"], f"{row['year']}:{cell}"


def _cell(row: Mapping[str, Any]) -> str:
    return f"{row['table']}/{row['item']}/{row['measure']}"


def as_reckoned(figures: pd.DataFrame, applied: pd.DataFrame, checks: pd.DataFrame) -> pd.DataFrame:
    """The corrected figures; as printed again where a sum is broken all the same, as `checks` tell it.

    But for what corrects our own reading: there nobody knows that the report prints what was read.
    """
    if applied.empty:
        return figures
    is_broken = (checks["verdict"] == Verdict.BROKEN) & checks["rule_id"].isin(_SUMS)
    broken = {
        (row["agency"] if ":" in cell else row["report_id"], cell)
        for row in records(checks[is_broken])
        for cell in row["cells"]
    }
    rows = with_grounds(applied, figures)
    is_unproven = [
        row["ground"] not in READINGS and not broken.isdisjoint(_keys(row)) for row in records(rows)
    ]
    return as_printed(figures, applied[is_unproven]) if any(is_unproven) else figures


def _told(making: list[dict[str, Any]], case: str = "") -> Said:
    """Who has corrected what, and that it is to be looked at again."""
    blank = message("explained", "blank")
    cells = [
        message(
            "corrected",
            "cell",
            cell=place_named(_cell(row)),
            **{name: row[name] or blank for name in ("printed", "corrected")},
        )
        for row in making
    ]
    who = joined(dict.fromkeys(row["who"] for row in making), ", ", "、")
    as_read = "printed" if all(row["in_type"] for row in making) else "read"
    return message("corrected", case or as_read, who=who, cells=joined(cells, " and ", "、"))


def grounds(applied: pd.DataFrame, figures: pd.DataFrame) -> pd.DataFrame:
    """The corrections with their ground, as `with_grounds`.

    A correction that mends no sum of the form is DOUBTED where it breaks one, UNCONFIRMED where one that does
    not hold as printed does not hold with it either. `zeros`: how many blanks of its table a doubted one
    keeps from counting as zero, since the sums of the table no longer show it.
    """
    found = with_grounds(applied, figures)
    breaking, failing, mending = _outcomes(applied, figures)
    cells = [(row["report_id"], _cell(row)) for row in records(found)]
    told = [
        own if cell in mending else DOUBTED if cell in breaking else UNCONFIRMED if cell in failing else own
        for cell, own in zip(cells, found["ground"], strict=True)
    ]
    zeros = _zeros_lost(applied, figures) if DOUBTED in told else {}
    lost = [
        zeros.get((row["report_id"], row["table"]), 0) if ground == DOUBTED else 0
        for row, ground in zip(records(found), told, strict=True)
    ]
    return found.assign(ground=pd.Series(told, index=found.index, dtype="str"), zeros=lost)


def _zeros_lost(applied: pd.DataFrame, figures: pd.DataFrame) -> dict[tuple[str, str], int]:
    """Report and table → how many of its blanks mean zero as printed, and nothing with the corrections."""
    own = figures[figures["report_id"].isin(applied["report_id"])].reset_index(drop=True)
    printed, corrected = (
        with_zeros(Figures.of(of)) for of in (as_printed(own, applied), as_corrected(own, applied).figures)
    )
    is_lost = printed.zero & ~corrected.zero & corrected.blank
    return {
        (of.report_id, table): int(is_lost[row, columns].sum())
        for row, of in enumerate(printed.reports)
        for table, columns in COLUMNS_OF.items()
    }


def _outcomes(applied: pd.DataFrame, figures: pd.DataFrame) -> tuple[set[tuple[str, str]], ...]:
    """Report and cell of what stands in a sum of the form that the corrections break, fail to mend, mend."""
    own = figures[figures["report_id"].isin(applied["report_id"])].reset_index(drop=True)
    before, after = (
        {_line(check): check.verdict for check in sums(Figures.of(of)) if RULES[check.rule_id].official}
        for of in (as_printed(own, applied), as_corrected(own, applied).figures)
    )
    held = {line for line, verdict in before.items() if verdict in _HOLDS}
    holding = {line for line, verdict in after.items() if verdict in _HOLDS}
    broken = {line for line, verdict in after.items() if verdict is Verdict.BROKEN}
    return tuple(
        {(report_id, cell) for report_id, _, cells in lines for cell in cells}
        for lines in (broken & held, broken - held, holding - held)
    )


def to_look_at(applied: pd.DataFrame, figures: pd.DataFrame) -> pd.DataFrame:
    """Each correction with one of the grounds TO_LOOK_AT, as a finding."""
    found = grounds(applied, figures)
    rows = []
    for row in records(found[found["ground"].isin(TO_LOOK_AT)]):
        blank = message("explained", "blank")
        numbers = {name: row[name] or blank for name in ("printed", "corrected")}
        of = {name: row[name] for name in ("agency", "year", "who")}
        cell = _cell(row)
        named = {"cell": Said(official_name(cell), place_named(cell).zh), "id": cell}
        why = message("corrected", row["ground"])
        said = message("corrected", "to_look_at", why=why, **named, **of, **numbers)
        if row["zeros"]:
            said += message("corrected", "zeros", n=row["zeros"])
        kind = FindingKind(f"correction_{row['ground']}")
        finding = Finding(kind, Severity.WARNING, said, row["table"], None, row["printed"])
        rows.append(finding_row((row["report_id"], row["agency"], row["year"]), finding))
    return from_rows("findings", rows)
