"""What lies beside the panel for whoever is to trust it: every correction, and what an ingest warns of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from ogi.checks.misfiled import doubted, misfiled
from ogi.checks.years import FOLDER
from ogi.columns import COLUMN
from ogi.compare import annual
from ogi.extract.report import FindingKind
from ogi.panel.sources import OTHER_AGENCY
from ogi.panel.states import corrected_cells, doubted_corrections
from ogi.panel.variables import VARIABLES
from ogi.reported import of_another
from ogi.said import Said, in_chinese, worded
from ogi.tables import TableFrames, as_corrected, records
from ogi.tables.corrections import COLUMNS as LINE

WARNINGS = ["file", "agency", "year", "kind", "message", "message_zh"]
"""Of each thing to be looked at: the file, whose and on which year, what kind of thing, and its sentence."""
MAY_BE_OTHER = "may_be_other_agency"
SEVERAL, OTHER, MAY_BE, UNREAD, ON_CORRECTIONS = KINDS = (
    (str(FindingKind.SAME_YEAR),),
    (OTHER_AGENCY,),
    (MAY_BE_OTHER,),
    (str(FindingKind.UNREADABLE_FILE),),
    (str(FindingKind.CORRECTION_REFUSED), str(FindingKind.CORRECTION_DOUBTED)),
)
"""Kinds of warnings, those together that stand under one head."""
APPLIED, REFUSED = "applied", "refused"
_TYPED = ["printed", "corrected", "reason", "evidence", "who", "when"]
_OF_CELL = ["variable", "cell", "label", "label_zh"]
CORRECTIONS = ["agency", "year", "file", *_OF_CELL, *_TYPED, "status", "why", "why_zh", "doubted"]
"""Of each correction: its report, the cell, what was typed, whether it was applied, why not or why it counts
for nothing, and 1 where it breaks a sum that holds as printed (state 17)."""
_OF = {one.of: one for one in VARIABLES if one.role == "cell"}


@dataclass
class Notes:
    """Both, gathered part by part. `typed`: the lines of the file of corrections, where that is at hand.

    `applied` and `refused` count lines: one that fits several files of a year, or none of several, once.
    """

    typed: pd.DataFrame | None = None
    applied: int = 0
    refused: int = 0
    _warnings: list[dict[str, Any]] = field(default_factory=list)
    _corrections: list[dict[str, Any]] = field(default_factory=list)

    def see(self, tables: TableFrames) -> None:
        """Take in a part of the dataset."""
        self._warnings += _warned(tables)
        refused = tables["findings"][tables["findings"]["kind"] == FindingKind.CORRECTION_REFUSED]
        self.applied += len(tables["corrections"].drop(columns="report_id").drop_duplicates())
        self.refused += refused["message"].nunique()
        self._corrections += [*_applied(tables), *self._refused(refused, tables["corrections"])]

    def warnings(self) -> pd.DataFrame:
        """A row with WARNINGS for each, by kind, agency and year."""
        order = {kind: place for place, kinds in enumerate(KINDS) for kind in kinds}
        frame = pd.DataFrame(self._warnings, columns=WARNINGS).astype({"year": "Int64"})
        frame = frame.assign(place=frame["kind"].map(order))
        by = ["place", "agency", "year", "file"]
        return frame.sort_values(by, kind="stable", ignore_index=True)[WARNINGS]

    def corrections(self) -> pd.DataFrame:
        """A row with CORRECTIONS for each correction and report, by agency and year."""
        frame = pd.DataFrame(self._corrections, columns=CORRECTIONS).astype({"year": "Int64"})
        return frame.sort_values(["agency", "year", "file"], kind="stable", ignore_index=True)

    def _refused(self, findings: pd.DataFrame, applied: pd.DataFrame) -> Iterator[dict[str, Any]]:
        """Those refused, each as it was typed, where that is known, else as the dataset tells of it."""
        done = {tuple(row[name] for name in LINE) for row in records(applied)}
        lines = [] if self.typed is None else records(self.typed)
        open_ = [row for row in lines if tuple(row[name] for name in LINE) not in done]
        for (agency, year, message), group in findings.groupby(["agency", "year", "message"], sort=False):
            rows = records(group)
            own = [row for row in open_ if str(message).startswith(_said_of(row))]
            same = [row for row in own if (row["printed"] or "") == (rows[0]["printed"] or "")]
            why = {"why": message, "why_zh": rows[0]["message_zh"], "status": REFUSED, "doubted": 0}
            nothing: dict[str, Any] = {"printed": rows[0]["printed"]}
            for row in same or own or [nothing]:
                cell = _cell(row) if row is not nothing else {}
                for file in {row["report_id"]: None for row in rows}:
                    typed = {name: row.get(name) for name in _TYPED}
                    yield {"agency": agency, "year": year, "file": file, **cell, **typed, **why}


def _said_of(row: Mapping[str, Any]) -> str:
    """How the sentence begins with which a line of the corrections is refused."""
    cell = f"{row['table']}/{row['item']}/{row['measure']}"
    return str(worded("ogi.tables", "refused", agency=row["agency"], year=row["year"], cell=cell, why=""))


def _cell(row: Mapping[str, Any]) -> dict[str, Any]:
    one = _OF[f"{row['table']}/{row['item']}/{row['measure']}"]
    return {"variable": one.name, "cell": one.of, "label": str(one.label), "label_zh": one.label.zh}


def _applied(tables: TableFrames) -> Iterator[dict[str, Any]]:
    applied = tables["corrections"]
    if applied.empty:
        return
    whose = tables["figures"]["agency"].isin(applied["agency"])
    corrected = as_corrected(tables["figures"][whose].reset_index(drop=True), applied)
    years = annual(corrected.figures, keep_parts=False, corrections=corrected.applied)
    is_doubted = doubted_corrections(years, corrected_cells(years, corrected.applied))
    place = {(of.agency, of.year): row for row, of in enumerate(years.reports)}
    for row in records(applied):
        cell, key = _cell(row), (row["agency"], row["year"])
        told = {"why": None, "why_zh": None, "status": APPLIED}
        doubted = int(is_doubted[place[key], COLUMN[cell["cell"]]])
        typed = {name: row[name] for name in _TYPED}
        of = {"agency": row["agency"], "year": row["year"], "file": row["report_id"]}
        yield {**of, **cell, **typed, **told, "doubted": doubted}


def _warned(tables: TableFrames) -> list[dict[str, Any]]:
    findings, checks, strange = tables["findings"], tables["checks"], misfiled(tables["reports"])
    of_findings = findings[findings["kind"].isin([*SEVERAL, *UNREAD, *ON_CORRECTIONS])]
    of_rule = checks[checks["rule_id"] == FOLDER]
    unsure = of_rule[of_rule["report_id"].isin(doubted(of_rule, tables["review_marks"]))]
    told = [
        *((row["kind"], row, Said(row["message"], row["message_zh"])) for row in records(of_findings)),
        *((OTHER_AGENCY, row, of_another(row)) for row in records(strange.assign(agency=strange["folder"]))),
        *((MAY_BE_OTHER, row, _in_file(row)) for row in records(unsure)),
    ]
    return [
        {
            **{"file": row["report_id"], "agency": row["agency"], "year": row["year"], "kind": kind},
            **{"message": str(said), "message_zh": in_chinese(said)},
        }
        for kind, row, said in told
    ]


def _in_file(row: Mapping[str, Any]) -> Said:
    message = Said(row["message"], row["message_zh"])
    return worded("ogi.tables", "in_file", path=row["report_id"], told=message)
