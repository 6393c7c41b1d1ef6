"""What changed from one release of a dataset to the next, agency by agency, each change with its cause."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import pandas as pd

from ogi.checks import Verdict
from ogi.extract.report import FindingKind
from ogi.progress import Progress, no_progress
from ogi.releases.sides import Side, of_ranges
from ogi.tables import TableFrames, as_corrected, records
from ogi.values import State

_OF_REPORTS = ("report_new", "report_gone", "report_unread", "report_changed")
CHANGES = ("agency_new", "agency_gone", *_OF_REPORTS, "figure", "check")
"""What may change, in the order in which it is told of an agency and year."""
CAUSES = ("report_changed", "reader_changed", "correction", "figures_changed", "rules_changed")
"""Why a figure or a verdict is another: the report's bytes, what reads them, a person; for a verdict also a
figure of it, or the rules."""
_CELL = ["table", "item", "measure"]
_KEY = ["report_id", *_CELL]
_NO_NUMBER = (State.ABSENT, "")


@dataclass(frozen=True)
class Difference:
    """One change. `report_id` is the report's in the new dataset, in the old one where it is gone.

    `what`: the cell as table/item/measure, or the rule and its cells. `old` and `new`: the state of a figure,
    a verdict, the SHA-256 of a report, years; empty where there is none. Of a figure also its numbers, units
    and the texts as they stand in the reports. `why`, `why_zh`: why a file cannot be read now.
    """

    change: str
    agency: str
    year: int | None
    report_id: str = ""
    what: str = ""
    old: str = ""
    new: str = ""
    value_old: float | None = None
    value_new: float | None = None
    unit_old: str = ""
    unit_new: str = ""
    printed_old: str = ""
    printed_new: str = ""
    cause: str = ""
    why: str = ""
    why_zh: str = ""


COLUMNS = tuple(one.name for one in fields(Difference))
"""The columns of the table of differences."""


def differences(old: Path, new: Path, step: Progress = no_progress) -> Iterator[Difference]:
    """Every change from the dataset in `old` to that in `new`, by agency and year.

    Raises MissingTablesError where either is not there.
    """
    sides = Side(old), Side(new)
    total = len(sides[1].parts)
    for done, (first, before, after) in enumerate(of_ranges(*sides), 1):
        if before:
            yield from sorted(_of_range(before, after), key=_order)
        step(min(done, total), total, first)


def _order(one: Difference) -> tuple[Any, ...]:
    return (one.agency, one.year or 0, CHANGES.index(one.change), one.report_id, one.what)


def _of_range(old: TableFrames, new: TableFrames) -> Iterator[Difference]:
    names = [{*side["reports"]["agency"].dropna(), *_unread(side)["agency"].dropna()} for side in (old, new)]
    for agency in names[0] - names[1]:
        yield Difference("agency_gone", agency, None, old=_years(old, agency))
    for agency in names[1] - names[0]:
        yield Difference("agency_new", agency, None, new=_years(new, agency))
    pairs = _pairs(old["reports"], new["reports"])
    unread = records(_unread(new))
    yield from _of_reports(old["reports"], new["reports"], pairs, names[0] & names[1], unread)
    figures = list(_of_figures(old, new, pairs))
    yield from figures
    yield from _of_checks(old["checks"], new["checks"], pairs, figures)


def _unread(side: TableFrames) -> pd.DataFrame:
    """The findings on files that could not be read: an agency that has one is not gone."""
    return side["findings"][side["findings"]["kind"] == FindingKind.UNREADABLE_FILE]


def _years(side: TableFrames, agency: str) -> str:
    """The years that the agency reported on."""
    years = side["reports"].loc[side["reports"]["agency"] == agency, "year"].dropna()
    return ", ".join(str(int(year)) for year in sorted(set(years)))


@dataclass(frozen=True)
class _Pair:
    """A report in both datasets: by its file, or, where that was renamed, as the only one on its year."""

    old: dict[str, Any]
    new: dict[str, Any]

    @property
    def is_changed(self) -> bool:
        """Are the bytes others?"""
        return bool(self.old["sha256"] != self.new["sha256"])

    @property
    def is_of_one_reader(self) -> bool:
        """Are the bytes the same, and what read them?"""
        return not self.is_changed and bool(self.old["parser_version"] == self.new["parser_version"])

    @property
    def cause(self) -> str:
        """Why the report may be read otherwise."""
        return "report_changed" if self.is_changed else "reader_changed"


def _pairs(old: pd.DataFrame, new: pd.DataFrame) -> dict[str, _Pair]:
    """Report id in the new dataset → the report in both."""
    before, after = ({row["report_id"]: row for row in records(side)} for side in (old, new))
    pairs = {id: _Pair(before[id], row) for id, row in after.items() if id in before}
    left_old, left_new = (
        _by_year([row for id, row in side.items() if id not in pairs]) for side in (before, after)
    )
    for key, rows in left_new.items():
        others = left_old.get(key, [])
        if len(rows) == len(others) == 1:
            pairs[rows[0]["report_id"]] = _Pair(others[0], rows[0])
    return pairs


def _by_year(reports: list[dict[str, Any]]) -> dict[tuple[str, int], list[dict[str, Any]]]:
    found: dict[tuple[str, int], list[dict[str, Any]]] = {}
    for row in reports:
        if row["agency"] is not None and row["year"] is not None:
            found.setdefault((row["agency"], row["year"]), []).append(row)
    return found


def _of_reports(
    old: pd.DataFrame,
    new: pd.DataFrame,
    pairs: dict[str, _Pair],
    agencies: set[str],
    unread: list[dict[str, Any]],
) -> Iterator[Difference]:
    """Reports that came, are gone or cannot be read now, of agencies in both, and those with other bytes.

    `unread`: the findings on files that cannot be read now.
    """
    paired = {pair.old["report_id"] for pair in pairs.values()}
    for row in records(old):
        if row["report_id"] not in paired and row["agency"] in agencies:
            yield _gone_or_unread(row, unread)
    for row in records(new):
        if row["report_id"] not in pairs and row["agency"] in agencies:
            yield Difference("report_new", row["agency"], row["year"], row["report_id"])
    for pair in pairs.values():
        if pair.is_changed:
            old_hash, new_hash = str(pair.old["sha256"]), str(pair.new["sha256"])
            of = pair.new["agency"], pair.new["year"], pair.new["report_id"]
            yield Difference("report_changed", *of, old=old_hash, new=new_hash)


def _gone_or_unread(report: dict[str, Any], unread: list[dict[str, Any]]) -> Difference:
    """A report without one beside it: its file, or one on its year, may be there and tell nothing."""
    of = report["agency"], report["year"], report["report_id"]
    for row in unread:
        is_its_year = row["year"] is not None and (row["agency"], row["year"]) == of[:2]
        if row["report_id"] == report["report_id"] or is_its_year:
            return Difference("report_unread", *of, why=row["message"], why_zh=row["message_zh"])
    return Difference("report_gone", *of)


def _of_figures(old: TableFrames, new: TableFrames, pairs: dict[str, _Pair]) -> Iterator[Difference]:
    names = {pair.old["report_id"]: id for id, pair in pairs.items()}
    sides = [_laid(old, names), _laid(new, {id: id for id in pairs})]
    both = sides[0].merge(sides[1], on=_KEY, how="outer", suffixes=("_old", "_new"))
    texts = both.select_dtypes(exclude="number").columns
    both = both.assign(**{name: both[name].fillna("") for name in texts})
    for row in both.assign(read=_differs(both, "_read"))[_differs(both, "")].to_dict("records"):
        pair = pairs[row["report_id"]]
        yield Difference(
            "figure",
            pair.new["agency"],
            pair.new["year"],
            row["report_id"],
            "/".join(row[name] for name in _CELL),
            old=row["state_old"],
            new=row["state_new"],
            value_old=_number(row["value_old"]),
            value_new=_number(row["value_new"]),
            unit_old=row["unit_old"],
            unit_new=row["unit_new"],
            printed_old=row["printed_old"],
            printed_new=row["printed_new"],
            cause=pair.cause if row["read"] else "correction",
        )


def _number(value: float) -> float | None:
    return None if math.isnan(value) else value


def _laid(side: TableFrames, names: dict[str, str]) -> pd.DataFrame:
    """Figures of the paired reports, each as corrected and, `_read`, as read."""
    own = side["figures"][side["figures"]["report_id"].isin(names)].reset_index(drop=True)
    corrected = as_corrected(own, side["corrections"]).figures
    laid = own[[*_KEY, "unit", "printed"]].assign(
        **{name: corrected[name] for name in ("value", "state")},
        **{f"{name}_read": own[name] for name in ("value", "state")},
    )
    return laid.assign(report_id=laid["report_id"].map(names))


def _differs(both: pd.DataFrame, which: str) -> pd.Series[bool]:
    """Which rows have another number, state or unit. A cell that only one form has is as good as absent."""
    states = [both[f"state{which}_{side}"] for side in ("old", "new")]
    values = [both[f"value{which}_{side}"] for side in ("old", "new")]
    is_told = ~(states[0].isin(_NO_NUMBER) & states[1].isin(_NO_NUMBER))
    is_number = (states[0] == State.REPORTED) & (states[1] == State.REPORTED)
    is_other = (values[0] != values[1]) | (both["unit_old"] != both["unit_new"])
    differs: pd.Series[bool] = is_told & ((states[0] != states[1]) | (is_number & is_other))
    return differs


def _of_checks(
    old: pd.DataFrame, new: pd.DataFrame, pairs: dict[str, _Pair], figures: list[Difference]
) -> Iterator[Difference]:
    """Lines of rules whose verdict turned; of those in one dataset only, what is broken or undecided."""
    changed = {(one.agency, one.year, one.what) for one in figures}
    names = {pair.old["report_id"]: id for id, pair in pairs.items()}
    before, after = _verdicts(old, names), _verdicts(new, {id: id for id in pairs})
    for key in dict.fromkeys([*before, *after]):
        verdicts = before.get(key, ""), after.get(key, "")
        if verdicts[0] == verdicts[1] or not ("" not in verdicts or {*verdicts} & _SHOWN):
            continue
        report_id, rule_id, cells, _ = key
        pair = pairs[report_id]
        agency, year = pair.new["agency"], pair.new["year"]
        is_of_figures = any((agency, *_cell(cell, year)) in changed for cell in cells)
        of_rules = "rules_changed" if pair.is_of_one_reader else pair.cause
        cause = "figures_changed" if is_of_figures else of_rules
        yield Difference(
            "check", agency, year, report_id, " ".join([rule_id, *cells]), *verdicts, cause=cause
        )


_SHOWN = {str(Verdict.BROKEN), str(Verdict.UNDECIDED)}


def _verdicts(checks: pd.DataFrame, names: dict[str, str]) -> dict[tuple[Any, ...], str]:
    """Report, rule, cells and how many such lines came before → verdict."""
    found: dict[tuple[Any, ...], str] = {}
    times: Counter[tuple[Any, ...]] = Counter()
    own = checks[checks["report_id"].isin(names)]
    columns = (own[name].to_list() for name in ("report_id", "rule_id", "cells", "verdict"))
    for report_id, rule_id, cells, verdict in zip(*columns, strict=True):
        line = names[report_id], rule_id, tuple(cells)
        found[(*line, times[line])] = verdict
        times[line] += 1
    return found


def _cell(cell: str, year: int | None) -> tuple[int | None, str]:
    """The year and cell that a check names, as YEAR:cell where the year is not its report's."""
    told, _, name = cell.rpartition(":")
    return (int(told) if told else year), name
