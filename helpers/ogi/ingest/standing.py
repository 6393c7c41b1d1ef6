"""What the end of a run tells of the whole dataset: misplaced, equal, changed reports; marks that apply."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb
import pandas as pd

from ogi import tables as dataset
from ogi.checks import Verdict
from ogi.checks.misfiled import doubted
from ogi.checks.years import FOLDER
from ogi.extract.report import FindingKind
from ogi.ingest import since
from ogi.ingest.by_hand import REFUSED
from ogi.said import Said
from ogi.tables import corrections, first_read, from_rows, matched

_LINES = """
SELECT report_id, agency, year, rule_id, cells, verdict FROM checks
WHERE verdict IN (?, ?) AND (rule_id = ? OR agency IN (SELECT agency FROM review_marks))
"""
_REFUSED = "SELECT DISTINCT agency, year, kind, message FROM findings WHERE kind IN (?, ?)"
_MARK = dataset.SCHEMAS["review_marks"].names
_CHANGED = """
SELECT report_id, f.first_read FROM reports JOIN first_read f USING (report_id)
WHERE reports.sha256 <> f.sha256 ORDER BY ALL
"""
_STRANGE = """
SELECT report_id, printed_agency FROM reports WHERE agency IS NULL AND folder IS NOT NULL ORDER BY ALL
"""
_UNNAMED = """
SELECT report_id FROM reports WHERE printed_agency IS NULL AND folder IS NOT NULL ORDER BY ALL
"""
_EQUAL = """
SELECT list(report_id ORDER BY report_id) FROM reports
GROUP BY sha256 HAVING count(DISTINCT folder) > 1 ORDER BY ALL
"""


_HOUSED = """
SELECT report_id FROM reports
WHERE report_id IN (SELECT unnest(?)) AND printed_agency IN (SELECT folder FROM reports)
"""


@dataclass(frozen=True)
class RunEnd:
    """`misfiled`: each report that is surely another agency's, and whom its title names; `doubted`: each that
    may be; `housed`: those of `doubted` whose title names an agency that has a folder
    here. `equal`: the reports of several agencies that are one file.

    `changed`: each whose file is another than when it was first read, and the day of that. `marks`: how many
    places have a review mark, and how many of these marks meet what does not hold. `corrections`: how many
    figures people correct, and how many of these corrections fit and are laid on (`corrected`); lines that
    are not understood count. `not_understood`: of what is said of no agency, the file and a sentence.
    `unnamed`: the reports whose agency their folder alone tells.
    """

    misfiled: tuple[tuple[str, str], ...] = ()
    doubted: tuple[tuple[str, str], ...] = ()
    housed: frozenset[str] = frozenset()
    equal: tuple[tuple[str, ...], ...] = ()
    changed: tuple[tuple[str, str], ...] = ()
    marks: int = 0
    applied: int = 0
    corrections: int = 0
    corrected: int = 0
    not_understood: tuple[tuple[str, Said], ...] = ()
    unnamed: tuple[str, ...] = ()


def standing(tables: Path) -> RunEnd:
    """What there is to tell of the dataset; MissingTablesError where there is none."""
    with dataset.connect(tables) as connection:
        rows = connection.execute(_LINES, [Verdict.BROKEN, Verdict.UNDECIDED, FOLDER]).fetchall()
        names = ["report_id", "agency", "year", "rule_id", "cells", "verdict"]
        lines = pd.DataFrame(rows, columns=names, dtype="object")
        marks = from_rows("review_marks", connection.view("review_marks").select(*_MARK).fetchall())
        connection.register("first_read", first_read.known(tables))
        changed = connection.execute(_CHANGED).fetchall()
        equal = _equal(connection)
        unnamed = tuple(file for (file,) in connection.execute(_UNNAMED).fetchall())
        named = tuple(connection.execute(_STRANGE).fetchall())
        unsure = _titles(sorted(doubted(lines, marks)), connection)
        housed = connection.execute(_HOUSED, [[file for file, _ in unsure]]).fetchall()
        refused = connection.execute(_REFUSED, list(REFUSED.values())).df()
        applied = connection.view("corrections").df()
    corrected, left = corrections.counted(applied, refused)
    unread = int((refused["kind"] == FindingKind.MARK_REFUSED).sum())
    places = marks[["agency", "year", "rule_id"]].assign(cells=marks["cells"].map(frozenset))
    count = len(places.drop_duplicates())
    met = count - len(matched(lines, marks)[1])
    told = named, unsure, frozenset(file for (file,) in housed)
    counts = (count + unread, met, corrected + left, corrected)
    return RunEnd(*told, equal, tuple(changed), *counts, tuple(since.on_nobody(tables)), unnamed)


def equal_files(tables: Path) -> tuple[tuple[str, ...], ...]:
    """The reports of several folders that are one file; MissingTablesError where there is no dataset."""
    with dataset.connect(tables) as connection:
        return _equal(connection)


def _equal(connection: duckdb.DuckDBPyConnection) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(ids) for (ids,) in connection.execute(_EQUAL).fetchall())


def _titles(ids: list[str], connection: duckdb.DuckDBPyConnection) -> tuple[tuple[str, str], ...]:
    """The reports of these ids, each with whom its title names."""
    found = connection.execute(
        "SELECT report_id, printed_agency FROM reports WHERE report_id IN (SELECT unnest(?)) ORDER BY ALL",
        [ids],
    )
    return tuple(found.fetchall())
