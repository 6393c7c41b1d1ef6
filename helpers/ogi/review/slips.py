"""What does not hold or is not decided: a row for each cause, as the agencies' pages count them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import partial
from typing import Any

import pandas as pd

from ogi import tables as dataset
from ogi.checks import Verdict
from ogi.checks.causes import (
    LEVELS,
    OFFICIAL,
    WARNING,
    CheckRow,
    LineKey,
    Slip,
    keys_settled,
    own_cells,
    slips,
)
from ogi.checks.corrected import as_reckoned
from ogi.columns import COLUMN
from ogi.figures import FigureRow, Figures
from ogi.forms import EDITIONS, TABLES
from ogi.review.written import written
from ogi.tables import TableFrames, records

COUNTED = ["agency", *LEVELS]
"""An agency, and how many slips of each level its report has."""
SLIP_COLUMNS = [
    *("agency", "level", "rule_id", "cells", "printed_cells", "ways", "message", "message_zh", "more"),
    *("report_id", "page", "mark", "comment", "who", "is_settled", "line", "lines", "numbers", "at"),
    "in_words",
]
"""`cells`: those to look at first, of what is undecided those that hold no number; `printed_cells`: what is
in each; `ways`: what would stand there if it held, one or several ways. `more`: how many other lines the
cause breaks. `line`: the row of checks; `lines`: it and the others, each `written`; `numbers`: what is in
each of `cells`, as a number; `at`: row and column of the first of them in a table of rows, from 1;
`in_words`: the number that would mend it, where the report's own text tells it."""
SENT_BACK = (OFFICIAL, WARNING)
"""The levels that an agency is asked about: notes are worth a look, doubts are ours."""
TOLD = "told."
"""How the rules on counts in words begin."""
Count = tuple[float, frozenset[str]]
"""A count in words, and the cells that come to it."""
_LISTED = (*SENT_BACK, Verdict.UNDECIDED)


def slips_of(
    tables: TableFrames, standing: pd.DataFrame, year: int
) -> tuple[pd.DataFrame, pd.DataFrame, frozenset[LineKey]]:
    """A row with SLIP_COLUMNS for each slip of the year that is no mere note, and how many of each level.

    Beside them the lines that a review mark has settled, notes among them.
    `tables`: whole agencies, since a slip may show in the next year's report. `standing`: what does not hold.
    """
    own = sorted(standing["agency"].dropna().unique())
    if not own:
        return pd.DataFrame(columns=SLIP_COLUMNS), pd.DataFrame(columns=COUNTED), frozenset()
    there = {name: _near(frame, own, year) for name, frame in tables.items()}
    checks = there["checks"][~there["checks"]["year"].eq(year - 2).fillna(False)]
    corrected = dataset.as_corrected(there["figures"], there["corrections"]).figures
    there["figures"] = as_reckoned(corrected, there["corrections"], checks)
    found = slips(checks, *(there[name] for name in ("figures", "findings", "review_marks", "corrections")))
    of_year = [slip for slip in found if slip.year == year and slip.line["agency"] is not None]
    return _rows(of_year, there), _counts(of_year), keys_settled(of_year)


def _near(rows: pd.DataFrame, agencies: list[str], year: int) -> pd.DataFrame:
    """The rows of agencies in the years that matter, and of no year.

    A sum of the year may be of last year's figures too; these are in sums of the year before them. A figure
    of the year is in a sum of the next. Nothing further decides what explains a sum of the year.
    """
    is_near = rows["year"].isna() | rows["year"].between(year - 2, year + 1).fillna(False)
    return rows[rows["agency"].isin(agencies) & is_near].reset_index(drop=True)


def _rows(found: list[Slip], tables: TableFrames) -> pd.DataFrame:
    listed = [slip for slip in found if slip.level in _LISTED]
    years = {year for slip in listed if (year := slip.year) is not None}
    figures = tables["figures"]
    near = figures[figures["year"].isin([*years, *(year - 1 for year in years)])]
    index = Figures.of(near, corrections=tables["corrections"])
    counts = _counts_in_words(tables["checks"], {slip.line["report_id"] for slip in listed})
    rows = [_row(slip, index, counts.get(slip.line["report_id"], ())) for slip in listed]
    return pd.DataFrame(rows, columns=SLIP_COLUMNS)


def _counts_in_words(checks: pd.DataFrame, reports: set[str]) -> dict[str, list[Count]]:
    """Report → each count that its words tell rightly, and the cells that come to it."""
    is_told = checks["report_id"].isin(reports) & checks["rule_id"].str.startswith(TOLD)
    is_right = checks["verdict"].isin((Verdict.HOLDS, Verdict.HOLDS_BLANK_AS_ZERO))
    found: defaultdict[str, list[Count]] = defaultdict(list)
    for line in records(checks[is_told & is_right]):
        found[line["report_id"]].append((float(line["left"]), frozenset(own_cells(line))))
    return found


def _in_words(slip: Slip, counts: Sequence[Count]) -> float | None:
    """The number that would mend a total, where the words tell it of the very parts of that total."""
    for cell, number in (one for way in slip.would_be for one in way.items()):
        for line in slip.lines:
            *parts, total = own_cells(line) or [""]
            if total == cell and (number, frozenset(parts)) in counts:
                return number
    return None


def _row(slip: Slip, index: Figures, counts: Sequence[Count]) -> tuple[Any, ...]:
    line, ways = slip.line, slip.would_be
    named = dict.fromkeys(cell for way in ways for cell in way) or line["cells"]
    cells = {cell: _figure(line, cell, index) for cell in named}
    if slip.level == Verdict.UNDECIDED:
        cells = {cell: one for cell, one in cells.items() if one is None or one.value is None} or cells
    printed = tuple(None if one is None else one.printed for one in cells.values())
    page = next((one.page for one in cells.values() if one is not None and one.page is not None), None)
    mark = (line["mark"], line["comment"], line["who"])
    told = (line["message"], line["message_zh"], len(slip.others), line["report_id"], page)
    return (
        line["agency"],
        slip.level,
        line["rule_id"],
        tuple(cells),
        printed,
        ways,
        *told,
        *mark,
        slip.is_settled,
        line,
        tuple(written(one, partial(_number, one, index=index)) for one in slip.lines),
        tuple(None if one is None else one.value for one in cells.values()),
        _at(line["report_id"], next(iter(cells), ""), index),
        _in_words(slip, counts),
    )


def _number(line: CheckRow, cell: str, index: Figures) -> float | None:
    one = _figure(line, cell, index)
    return None if one is None else one.value


def _at(report_id: str, cell: str, index: Figures) -> tuple[int, int] | None:
    """Row and column of the cell in the table of requests, as its report prints it."""
    if not cell.startswith("requests/"):
        return None
    edition = int(index.form[index.row_of[report_id], COLUMN[cell]])
    if edition < 0:
        return None
    table = TABLES["requests"][EDITIONS[edition]]
    _, item, measure = cell.split("/")
    rows, columns = [one.id for one in table.items], [one.id for one in table.measures]
    return rows.index(item) + 1, columns.index(measure) + 1


def _figure(line: CheckRow, cell: str, index: Figures) -> FigureRow | None:
    """The figure in a cell of a line, which may be in the report of the year that it is named with."""
    year, _, place = cell.rpartition(":")
    if year in ("", str(line["year"])):
        return index.cell(line["report_id"], place)
    rows = index.rows_on_year.get((line["agency"], int(year)), ())
    return index.cell(index.reports[rows[0]].report_id, place) if rows else None


def _counts(found: list[Slip]) -> pd.DataFrame:
    levels = pd.DataFrame([(slip.line["agency"], slip.level) for slip in found], columns=["agency", "level"])
    counts = pd.crosstab(levels["agency"], levels["level"]).reindex(columns=list(LEVELS), fill_value=0)
    return counts.rename_axis(columns=None).reset_index()
