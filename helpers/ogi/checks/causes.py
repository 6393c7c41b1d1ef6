"""Slips: what does not hold, a slip for each cause, however many rules it breaks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from ogi.checks.catalogue import RULES
from ogi.checks.corrected import as_reckoned
from ogi.checks.explain import explain
from ogi.checks.rows import Check, Verdict
from ogi.checks.years import TWO_FILES
from ogi.columns import CELLS, COLUMN
from ogi.extract.report import Severity
from ogi.figures import ABSENT, UNREADABLE, Figures, Identity
from ogi.said import Said
from ogi.tables import SETTLED, matched, records
from ogi.tables.marks import ADDED

OFFICIAL, WARNING, NOTE = "official", "warning", "note"
LEVELS = (OFFICIAL, WARNING, NOTE, Verdict.UNDECIDED)
"""The most serious first: the agency's errors, what to ask about, what is worth a look, our doubts."""
CARRIED = "requests.carry_over"
_SUMS = [rule.id for rule in RULES.values() if rule.equation is not None]
CheckRow = dict[str, Any]
"""A row of the table checks, with its level."""
LineKey = tuple[str, str, tuple[str, ...]]
"""Report, rule and cells of a row of checks."""


@dataclass(frozen=True)
class Slip:
    """What one cause breaks in one report: the line that tells it best, and the others.

    `would_be`: what would mend that line, a cell and its number or several, in one way or in several; cells
    of another report are named with its year.
    """

    level: str
    line: CheckRow
    others: tuple[CheckRow, ...] = ()
    would_be: tuple[Mapping[str, float], ...] = ()

    @property
    def year(self) -> int | None:
        """The year of its report."""
        year: int | None = self.line["year"]
        return year

    @property
    def is_settled(self) -> bool:
        """Has a review mark explained or dismissed the line that tells it best, and none left another open?

        The others are its consequences, and need no mark of their own.
        """
        return self.line["mark"] in SETTLED and all(line["mark"] in (None, *SETTLED) for line in self.others)

    @property
    def lines(self) -> tuple[CheckRow, ...]:
        """Every line, the one that tells it best first."""
        return (self.line, *self.others)


def slips(
    checks: pd.DataFrame,
    figures: pd.DataFrame,
    findings: pd.DataFrame | None = None,
    marks: pd.DataFrame | None = None,
    corrections: pd.DataFrame | None = None,
) -> list[Slip]:
    """What is broken or undecided, lines with one cause together, the most serious first.

    Sums that the same cells would mend have one cause; a soft line of the same report that is about such a
    cell is its consequence. A carry-over that does not follow is one matter, of however many applicants, and
    so are the lines that one of the corrections applied leaves undecided. That two files on a year differ is
    a matter of its own.
    With the table review_marks, each line also has the columns of its mark.
    """
    standing = graded(checks)
    if marks is not None:
        standing = standing.join(matched(checks, marks)[0])
    found: list[list[CheckRow]] = []
    if corrections is not None:
        figures = as_reckoned(figures, corrections, checks)
    suspects, ways = _suspects(checks, figures, findings)
    of_hand = cells_corrected(corrections)
    of_cause: dict[tuple[str, str], list[CheckRow]] = {}
    for line in sorted(records(standing), key=_rank):
        if line["rule_id"] == TWO_FILES:
            found.append([line])
            continue
        would_be = suspects.get(_key(line), ()) or corrected_in(line, of_hand)
        cells = would_be if line["level"] in (OFFICIAL, Verdict.UNDECIDED) else own_cells(line)
        known = ((line["report_id"], cell) for cell in (*cells, line["rule_id"]))
        cause = next((of_cause[key] for key in known if key in of_cause), None)
        if cause is None:
            cause = []
            found.append(cause)
            if line["rule_id"] == CARRIED:
                of_cause[line["report_id"], CARRIED] = cause
        cause.append(line)
        for cell in would_be:
            of_cause.setdefault((line["report_id"], cell), cause)
    return [Slip(own[0]["level"], own[0], tuple(own[1:]), tuple(ways.get(_key(own[0]), ()))) for own in found]


def cells_corrected(corrections: pd.DataFrame | None) -> set[tuple[str, str]]:
    """Report and cell of each correction that is applied."""
    rows = [] if corrections is None else records(corrections)
    return {(row["report_id"], f"{row['table']}/{row['item']}/{row['measure']}") for row in rows}


def corrected_in(line: CheckRow, of_hand: set[tuple[str, str]]) -> tuple[str, ...]:
    """Of an undecided line, the first of its cells that is corrected: that correction is to be looked at.

    A line of which a side is not known is open for that, whoever corrected what.
    """
    if line["verdict"] != Verdict.UNDECIDED or line["left"] is None or line["right"] is None:
        return ()
    return tuple(cell for cell in own_cells(line) if (line["report_id"], cell) in of_hand)[:1]


def _rank(line: CheckRow) -> tuple[int, bool]:
    """The most serious first; of a carry-over the total, which tells it best."""
    is_part = line["rule_id"] == CARRIED and not line["cells"][-1].endswith("/total")
    return LEVELS.index(line["level"]), is_part


def graded(checks: pd.DataFrame) -> pd.DataFrame:
    """What is broken or undecided, with its level."""
    standing = checks[checks["verdict"].isin([Verdict.BROKEN, Verdict.UNDECIDED])]
    level = standing["severity"].where(standing["severity"] == NOTE, WARNING).astype("object")
    level = level.mask(standing["official"].astype(bool), OFFICIAL)
    # A doubt is ours, whatever the rule: it comes last, and never among the agency's errors.
    return standing.assign(level=level.mask(standing["verdict"] == Verdict.UNDECIDED, Verdict.UNDECIDED))


def _suspects(
    checks: pd.DataFrame, figures: pd.DataFrame, findings: pd.DataFrame | None
) -> tuple[dict[LineKey, tuple[str, ...]], dict[LineKey, list[Mapping[str, float]]]]:
    """Broken sum → the cells that would mend it, the best first; and each way with its numbers."""
    sums = checks[checks["rule_id"].isin(_SUMS)]
    standing = sums[sums["verdict"].isin([Verdict.BROKEN, Verdict.UNDECIDED])]
    if standing.empty:
        return {}, {}
    # Of agencies whose sums all hold there is nothing to explain.
    sums, figures = (_of_any(frame, standing) for frame in (sums, figures))
    index = Figures.of(figures, findings)
    found = {_key(row): _unknown(index, row) for row in records(sums) if row["verdict"] == Verdict.UNDECIDED}
    ways: dict[LineKey, list[Mapping[str, float]]] = {}
    for explanation in explain(index, list(_as_records(sums))):
        check = explanation.line.check
        own = index.row_of[check.of.report_id]
        cells = [CELLS[column] for row, column in explanation.would_be if row == own]
        key = (check.of.report_id, check.rule_id, tuple(check.cells))
        found.setdefault(key, []).extend(cells)
        named = dict(zip(explanation.line.signs, check.cells, strict=True))
        told = {named.get(at) or _elsewhere(at, own, index): n for at, n in explanation.would_be.items()}
        ways.setdefault(key, []).append(told)
    return {key: tuple(dict.fromkeys(cells)) for key, cells in found.items()}, ways


def _of_any(rows: pd.DataFrame, standing: pd.DataFrame) -> pd.DataFrame:
    """The rows of the agencies, or of the very reports, that stand there."""
    is_meant = rows["report_id"].isin(standing["report_id"])
    return rows[is_meant | rows["agency"].isin(standing["agency"].dropna())].reset_index(drop=True)


def _elsewhere(at: tuple[int, int], own: int, index: Figures) -> str:
    """The cell that is in no place of the line, after its year where it is in another report."""
    row, column = at
    return CELLS[column] if row == own else f"{index.reports[row].year}:{CELLS[column]}"


def _key(row: CheckRow) -> LineKey:
    return row["report_id"], row["rule_id"], tuple(row["cells"])


def _unknown(index: Figures, row: CheckRow) -> list[str]:
    """The cells of a line that are no number, or not there: one such cell leaves several sums open."""
    report = index.row_of[row["report_id"]]
    columns = [(cell, COLUMN[cell]) for cell in own_cells(row)]
    return [cell for cell, at in columns if index.state[report, at] in (UNREADABLE, ABSENT)]


def _as_records(checks: pd.DataFrame) -> Iterator[Check]:
    for row in records(checks):
        of = Identity(row["report_id"], row["agency"], row["year"])
        said = Said.as_printed(row["message"])
        sides = row["left"], row["right"]
        severity = Severity(row["severity"])
        yield Check(of, row["rule_id"], Verdict(row["verdict"]), said, *sides, tuple(row["cells"]), severity)


def once(found: Iterable[Slip]) -> list[Slip]:
    """The slips, each but once that two files on a year have: that we hold both makes none of them two."""
    first: dict[tuple[Any, ...], str] = {}
    kept = []
    for slip in found:
        line = slip.line
        key = (line["agency"], line["year"], line["rule_id"], line["message"], *line["cells"])
        if first.setdefault(key, line["report_id"]) == line["report_id"]:
            kept.append(slip)
    return kept


def counted(found: Iterable[Slip]) -> dict[str, int]:
    """How many slips of each level no review mark has settled, one that two files on a year have `once`."""
    counts = dict.fromkeys(LEVELS, 0)
    for slip in once(found):
        counts[slip.level] += not slip.is_settled
    return counts


def keys_settled(found: Iterable[Slip]) -> frozenset[LineKey]:
    """The lines of those that a review mark has settled."""
    return frozenset(_key(line) for slip in found if slip.is_settled for line in slip.lines)


def settled(found: Iterable[Slip]) -> int:
    """How many of them a review mark has settled."""
    return sum(slip.is_settled for slip in once(found))


def marks_on(
    checks: pd.DataFrame,
    figures: pd.DataFrame,
    findings: pd.DataFrame,
    marks: pd.DataFrame,
    corrections: pd.DataFrame,
) -> pd.DataFrame:
    """The review mark on each row of checks, else the one that settles its cause.

    Columns: those that a mark adds, null where there is none; `is_settled`, has a mark settled the cause?
    """
    agencies = marks["agency"].unique()
    # Causes are sought again only where there is a mark: few agencies have one.
    tables = (checks, figures, findings, corrections)
    own, of, on, by = (rows[rows["agency"].isin(agencies)] for rows in tables)
    found = slips(own, of, on, marks, by) if len(agencies) else []
    settling = {_key(line): slip.line for slip in found if slip.is_settled for line in slip.lines}
    keys = [_key(row) for row in records(own[["report_id", "rule_id", "cells"]])]
    told = [
        settling.get(key, row) if row["mark"] is None else row
        for key, row in zip(keys, records(matched(own, marks)[0]), strict=True)
    ]
    rows = pd.DataFrame(told, own.index, list(ADDED), dtype="object").reindex(checks.index)
    is_settled = pd.Series([key in settling for key in keys], own.index, dtype=bool)
    rows = rows.where(rows.notna(), None)
    return rows.assign(is_settled=is_settled.reindex(checks.index, fill_value=False))


def own_cells(row: dict[str, Any]) -> list[str]:
    """The cells of a row of checks that stand in its own report: not those of another year."""
    parts = [cell.rpartition(":") for cell in row["cells"]]
    return [place for year, _, place in parts if year in ("", str(row["year"]))]
