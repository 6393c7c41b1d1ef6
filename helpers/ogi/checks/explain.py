"""The smallest set of cells that would explain a broken sum; nothing is ever repaired."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from ogi.checks.judge import TOLERANCE
from ogi.checks.lines import ACROSS
from ogi.checks.sentences import Verdict, amount, cell_name, say
from ogi.checks.suspects import KINDS, OFF, Key, Line, Sums, Suspicion
from ogi.forms import TABLES
from ogi.values import LEAST_CONFIDENCE, State

COLUMNS = ("report_id", "rule_id", "line", "kind", "cells", "printed", "would_be")
_SENTENCES = {
    "cell": ("{cell} {would_be} instead of {printed}", "{cell}为{would_be}而非{printed}"),
    "doubted": (
        "{cell} {would_be} instead of {printed}, which was read with little confidence",
        "{cell}为{would_be}而非{printed}（该数字识读把握不大）",
    ),
    "one": ("{cells} ({kind})", "{cells}（{kind}）"),
    "all": (" It would hold with {ones}.", "若{ones}，则成立。"),
    "among": (" It would hold, among others, with {ones}.", "若{ones}等，则成立。"),
    "and": (" and ", "、"),
    "or": (" or with ", "，或"),
    "blank": ("blank", "空白"),
}

_RIGHT = {
    **{
        rule.id: len(rule.right)
        for forms in TABLES.values()
        for table in forms.values()
        for rule in table.equations
    },
    **{rule.id: len(rule.right) for rule in ACROSS},
}
"""Rule that is a sum → how many cells, the last of each line's, stand on its right side."""


def explain(figures: pd.DataFrame, checks: pd.DataFrame) -> pd.DataFrame:
    """What would explain each sum that does not hold: a row per line and explanation, the smallest ones.

    A sum left undecided because a cell in it was badly read is explained by such a cell where one would do:
    the place to look at. Nothing is changed.

    Columns: report_id, rule_id, line (the item or measure), kind (one of KINDS), cells (as in `checks`), and,
    in their order, what is printed (None for a blank) and what it would be. All sums of the reports count: a
    cell whose change mends its row and its column comes before one that mends the row and breaks the column.
    A line that no such change explains has no row.
    """
    rows = [
        (line.report_id, line.rule_id, line.name, suspicion.kind, *_told(line, suspicion, sums))
        for line, suspicion, sums in _explained(figures, checks)
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def with_explanations(checks: pd.DataFrame, figures: pd.DataFrame, language: str) -> pd.DataFrame:
    """The checks, the message of every explained breach followed by what would explain it."""
    further: dict[tuple[str, str, tuple[str, ...]], list[str]] = {}
    frame: dict[tuple[str, str, tuple[str, ...]], str] = {}
    for line, suspicion, sums in _explained(figures, checks):
        key = (line.report_id, line.rule_id, line.cells)
        further.setdefault(key, []).append(_sentence(suspicion, sums, line, language))
        frame[key] = "among" if suspicion.is_among else "all"
    if not further:
        return checks
    messages = checks["message"].tolist()
    broken = checks["verdict"].isin([Verdict.BROKEN, Verdict.UNDECIDED]).to_numpy().nonzero()[0]
    for n, report_id, rule_id, cells in zip(
        broken, *(checks[c].iloc[broken] for c in ("report_id", "rule_id", "cells")), strict=True
    ):
        key = (report_id, rule_id, tuple(cells))
        if key in further:
            ones = say(_SENTENCES["or"], language).join(further[key])
            messages[n] += say(_SENTENCES[frame[key]], language, ones=ones)
    return checks.assign(message=pd.Series(messages, dtype="str", index=checks.index))


def _explained(figures: pd.DataFrame, checks: pd.DataFrame) -> Iterator[tuple[Line, Suspicion, Sums]]:
    doubted = _doubted(figures)
    added = checks[checks["rule_id"].isin(_RIGHT)]
    broken = added.loc[_may_be_explained(added, doubted), "report_id"]
    if broken.empty:
        return
    agencies = added.loc[added["report_id"].isin(broken), "agency"].dropna()
    near = added[added["report_id"].isin(broken) | added["agency"].isin(agencies)]
    printed = _printed(figures[figures["report_id"].isin(near["report_id"])])
    files = _only_files(figures)
    lines = [
        line
        for one in _lines(near, files, doubted)
        if (line := one) is not None and all(key in printed for key in line.signs)
    ]
    sums = Sums(lines, printed, doubted)
    for n, line in enumerate(lines):
        if line.verdict in (Verdict.BROKEN, OFF):
            yield from ((line, suspicion, sums) for suspicion in sums.suspicions(n))


def _doubted(figures: pd.DataFrame) -> set[Key]:
    """The cells that were badly read."""
    if "confidence" not in figures:
        return set()
    rows = figures[(figures["confidence"] < LEAST_CONFIDENCE).to_numpy(dtype=bool)]
    return set(zip(rows["report_id"], _cell_ids(rows), strict=True))


def _may_be_explained(sums: pd.DataFrame, doubted: set[Key]) -> pd.Series[bool]:
    """Broken, or undecided though both sides are known and differ, where any cell was badly read."""
    differ: pd.Series[bool] = (sums["verdict"] == Verdict.UNDECIDED) & (sums["difference"].abs() > TOLERANCE)
    broken: pd.Series[bool] = sums["verdict"] == Verdict.BROKEN
    return broken | differ if doubted else broken


def _printed(figures: pd.DataFrame) -> dict[Key, float | None]:
    """The numbers of the cells that are known: None where a cell is blank, nothing where it was not read."""
    known = figures[figures["state"].isin([State.REPORTED, State.BLANK, State.NOT_APPLICABLE])]
    values = [None if value != value else float(value) for value in known["value"]]
    return dict(zip(zip(known["report_id"], _cell_ids(known), strict=True), values, strict=True))


def _cell_ids(figures: pd.DataFrame) -> pd.Series[Any]:
    """table/item/measure of each figure."""
    table, item, measure = (figures[name].astype("object") for name in ("table", "item", "measure"))
    return table + "/" + item + "/" + measure


def _only_files(figures: pd.DataFrame) -> dict[tuple[str, int], str]:
    """Agency and year → the report, where there is exactly one."""
    reports = figures.drop_duplicates("report_id").dropna(subset=["agency", "year"])
    alone = reports[~reports.duplicated(["agency", "year"], keep=False)]
    return {
        (str(agency), int(year)): str(report)
        for agency, year, report in zip(alone["agency"], alone["year"], alone["report_id"], strict=True)
    }


def _lines(checks: pd.DataFrame, files: Mapping[tuple[str, int], str], doubted: set[Key]) -> Iterator[Line]:
    differ = checks["difference"].abs() > TOLERANCE
    columns = (checks[name] for name in ("report_id", "agency", "rule_id", "verdict", "cells"))
    for report_id, agency, rule_id, verdict, cells, differs in zip(*columns, differ, strict=True):
        keys = [_key(cell, str(report_id), agency, files) for cell in cells]
        if all(key is not None for key in keys):
            first_right = len(cells) - _RIGHT[rule_id]
            signs = {key: 1 if n < first_right else -1 for n, key in enumerate(keys) if key is not None}
            is_off = verdict == Verdict.UNDECIDED and differs and not doubted.isdisjoint(signs)
            yield Line(str(report_id), str(rule_id), signs, OFF if is_off else str(verdict), tuple(cells))


def _key(cell: str, report_id: str, agency: object, files: Mapping[tuple[str, int], str]) -> Key | None:
    year, _, place = cell.rpartition(":")
    file = files.get((str(agency), int(year))) if year else report_id
    return None if file is None else (file, place)


def _told(line: Line, suspicion: Suspicion, sums: Sums) -> tuple[list[str], list[float | None], list[float]]:
    cells = [_as_named(key, line) for key in suspicion.would_be]
    return cells, [sums.printed[key] for key in suspicion.would_be], list(suspicion.would_be.values())


def _as_named(key: Key, line: Line) -> str:
    """The cell as the checks name it: with the year where the line is of two years."""
    named = dict(zip(line.signs, line.cells, strict=True))
    return named.get(key, key[1])


def _sentence(suspicion: Suspicion, sums: Sums, line: Line, language: str) -> str:
    parts = []
    for key, would_be in suspicion.would_be.items():
        printed = sums.printed[key]
        shown = say(_SENTENCES["blank"], language) if printed is None else amount(printed)
        year = _as_named(key, line).rpartition(":")[0]
        cell = f"{year} {_named(key)}".strip()
        kind = "doubted" if key in sums.doubted else "cell"
        parts.append(say(_SENTENCES[kind], language, cell=cell, would_be=amount(would_be), printed=shown))
    by = max(abs(value - sums.values[key]) for key, value in suspicion.would_be.items())
    kind = say(KINDS[suspicion.kind], language, by=amount(by))
    return say(_SENTENCES["one"], language, cells=say(_SENTENCES["and"], language).join(parts), kind=kind)


def _named(key: Key) -> str:
    table_id, item, measure = key[1].split("/")
    table = next(t for t in reversed(TABLES[table_id].values()) if measure in t.cells_of.get(item, ()))
    return cell_name(table, item, measure)
