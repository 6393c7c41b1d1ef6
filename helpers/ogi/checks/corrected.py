"""What holds as printed and is broken by a correction alone: a doubt of ours, no slip of the agency."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import pandas as pd

from ogi.checks.catalogue import RULES
from ogi.checks.explain import place_named
from ogi.checks.rows import Check, Verdict, message
from ogi.checks.sums import sums
from ogi.extract.figures import read_cell
from ogi.extract.report import Finding, FindingKind, Severity
from ogi.figures import Figures
from ogi.forms.named import official_name
from ogi.said import Said, joined
from ogi.tables import as_corrected, as_printed, finding_row, from_rows, records
from ogi.tables.misprints import DOUBTED, are_in_type, with_grounds
from ogi.values import State

Doubt = Callable[[Check], Check]
"""A check → the same, or undecided where a correction alone breaks it."""
SUDDEN = "figures.sudden_change"
"""The rule whose lines a correction may make where there was none: a jump of our own, and told as such."""
_HOLDS = frozenset((Verdict.HOLDS, Verdict.HOLDS_BLANK_AS_ZERO))
_Line = tuple[str, str, tuple[str, ...]]


def doubt_of(printed: Iterable[Check], applied: pd.DataFrame, figures: pd.DataFrame) -> Doubt:
    """Tell apart what corrections alone break.

    No reason is believed here, not even that somebody has opened the report: a number that was misread seldom
    fits its sums, and one that is mistyped breaks them.

    A jump that a correction alone makes stays one, and says so.

    Args:
        printed: the checks of the figures without their corrections.
        applied: the corrections, as in the table of that name.
        figures: the figures that they are on.
    """
    verdicts = _verdicts(printed)
    own = applied.assign(in_type=are_in_type(applied, figures))
    of_cell = {key: row for row in records(own) for key in _keys(row)}

    def doubted(check: Check) -> Check:
        if check.verdict is not Verdict.BROKEN:
            return check
        places = [(check.of.agency if ":" in cell else check.of.report_id, cell) for cell in check.cells]
        if check.rule_id == SUDDEN:
            making = [] if _line(check) in verdicts else [of_cell[one] for one in places if one in of_cell]
            return check._replace(message=check.message + _told(making, "jump")) if making else check
        breaking = [of_cell[place] for place in places if place in of_cell]
        if not breaking or not _held(check, verdicts, breaking):
            return check
        return check._replace(verdict=Verdict.UNDECIDED, message=check.message + _told(breaking))

    return doubted


def _verdicts(checks: Iterable[Check]) -> dict[_Line, set[Verdict]]:
    found: dict[_Line, set[Verdict]] = {}
    for check in checks:
        found.setdefault(_line(check), set()).add(check.verdict)
    return found


def _line(check: Check) -> _Line:
    return check.of.report_id, check.rule_id, tuple(check.cells)


def _keys(row: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """How checks name the cell: in its report, and among several years of its agency."""
    cell = _cell(row)
    yield row["report_id"], cell
    yield row["agency"], f"{row['year']}:{cell}"


def _cell(row: Mapping[str, Any]) -> str:
    return f"{row['table']}/{row['item']}/{row['measure']}"


def _held(
    check: Check, verdicts: Mapping[_Line, set[Verdict]], breaking: Iterable[Mapping[str, Any]]
) -> bool:
    """Did the line hold as printed? What is asked of single cells has a line only where one is amiss."""
    before = verdicts.get(_line(check))
    if before is None and RULES[check.rule_id].theme == "cells":
        return all(
            read_cell(row["printed"] or "", row["measure"]).state is State.REPORTED for row in breaking
        )
    return before is not None and before <= _HOLDS


def _told(breaking: list[dict[str, Any]], case: str = "") -> Said:
    """Who has corrected what, and that it is to be looked at again; or what `case` says of it."""
    blank = message("explained", "blank")
    cells = [
        message(
            "corrected",
            "cell",
            cell=place_named(_cell(row)),
            **{name: row[name] or blank for name in ("printed", "corrected")},
        )
        for row in breaking
    ]
    who = joined(dict.fromkeys(row["who"] for row in breaking), ", ", "、")
    as_read = "printed" if all(row["in_type"] for row in breaking) else "read"
    return message("corrected", case or as_read, who=who, cells=joined(cells, " and ", "、"))


def grounds(applied: pd.DataFrame, figures: pd.DataFrame) -> pd.DataFrame:
    """The corrections with their ground, as `with_grounds`; DOUBTED where one breaks sums and mends none."""
    found = with_grounds(applied, figures)
    cells = _breaking(applied, figures)
    is_doubted = [(row["report_id"], _cell(row)) in cells for row in records(found)]
    ground = found["ground"].mask(pd.Series(is_doubted, found.index, dtype="bool"), DOUBTED)
    return found.assign(ground=ground)


def _breaking(applied: pd.DataFrame, figures: pd.DataFrame) -> set[tuple[str, str]]:
    """Report and cell of what breaks a sum of the form and mends none."""
    own = figures[figures["report_id"].isin(applied["report_id"])].reset_index(drop=True)
    before, after = (
        _verdicts(check for check in sums(Figures.of(of)) if RULES[check.rule_id].official)
        for of in (as_printed(own, applied), as_corrected(own, applied).figures)
    )
    broken, mended = (
        {
            (line[0], cell)
            for line in after
            if first[line] <= _HOLDS and then[line] == {Verdict.BROKEN}
            for cell in line[2]
        }
        for first, then in ((before, after), (after, before))
    )
    return broken - mended


def doubted(applied: pd.DataFrame, figures: pd.DataFrame) -> pd.DataFrame:
    """Each correction with the ground DOUBTED, as a finding."""
    found = grounds(applied, figures)
    rows = []
    for row in records(found[found["ground"] == DOUBTED]):
        blank = message("explained", "blank")
        numbers = {name: row[name] or blank for name in ("printed", "corrected")}
        of = {name: row[name] for name in ("agency", "year", "who")}
        cell = _cell(row)
        named = {"cell": Said(official_name(cell), place_named(cell).zh), "id": cell}
        said = message("corrected", "doubted", **named, **of, **numbers)
        finding = Finding(
            FindingKind.CORRECTION_DOUBTED, Severity.WARNING, said, row["table"], None, row["printed"]
        )
        rows.append(finding_row((row["report_id"], row["agency"], row["year"]), finding))
    return from_rows("findings", rows)
