"""What lies beside the panel for whoever is to trust it: every correction, and what an ingest warns of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from ogi.checks.corrected import grounds
from ogi.checks.marks import on_no_rule, refusal
from ogi.checks.misfiled import doubted, misfiled, unnamed
from ogi.checks.years import FOLDER
from ogi.extract.report import BY_HAND, FindingKind, Severity
from ogi.panel.sources import OTHER_AGENCY
from ogi.panel.variables import VARIABLES
from ogi.reported import of_another
from ogi.said import Said, joined, worded
from ogi.tables import TableFrames, as_corrected, of_reading, records
from ogi.tables.corrections import COLUMNS as LINE
from ogi.tables.corrections import counted, refusal_of
from ogi.tables.misprints import DOUBTED, UNCONFIRMED

WARNINGS = ["file", "agency", "year", "kind", "message", "message_zh"]
"""Of each thing to be looked at: the file, whose and on which year, what kind of thing, and its sentence."""
MAY_BE_OTHER = "may_be_other_agency"
LINE_REFUSED = "line_refused"
"""What cannot be understood of a file that people keep, and is said of no agency."""
EQUAL_FILE = "equal_file"
"""Reports of several agencies that are one file, byte for byte."""
READ_ERROR = "read_error"
"""A report of which an error was noted in reading, such as a table that was not found."""
CHANGED_FILE = "changed_after_first_reading"
NO_NAME = "no_name"
"""A report whose agency nothing but its folder tells."""
SEVERAL, EQUAL, CHANGED, OTHER, MAY_BE, UNNAMED, UNREAD, WITH_ERROR, ON_LINES = KINDS = (
    (str(FindingKind.SAME_YEAR),),
    (EQUAL_FILE,),
    (CHANGED_FILE,),
    (OTHER_AGENCY,),
    (MAY_BE_OTHER,),
    (NO_NAME,),
    (str(FindingKind.UNREADABLE_FILE),),
    (READ_ERROR,),
    (*map(str, BY_HAND), LINE_REFUSED),
)
"""Kinds of warnings, those together that stand under one head."""
APPLIED, REFUSED = "applied", "refused"
_TYPED = ["printed", "corrected", "reason", "evidence", "who", "when"]
_OUTCOMES = [DOUBTED, UNCONFIRMED]
_OF_CELL = ["variable", "cell", "label", "label_zh"]
CORRECTIONS = ["agency", "year", "file", *_OF_CELL, *_TYPED, "status", "why", "why_zh", *_OUTCOMES]
"""Of each correction: its report, the cell, what was typed, whether it was applied, why not or why it counts
for nothing; and 1 where it mends no sum and breaks one that holds as printed, as warnings.csv tells, or is in
one that holds neither way."""
_OF = {one.of: one for one in VARIABLES if one.role == "cell"}


@dataclass
class Notes:
    """Both, gathered part by part. `typed`: the lines of the file of corrections, where that is at hand.

    `lines`: what is not understood of the files that people keep, a file and a line each, that no agency's
    findings tell. `applied` and `refused` are counted as `tables.corrections.counted`.
    """

    typed: pd.DataFrame | None = None
    lines: Sequence[tuple[str, Said]] = ()
    applied: int = 0
    refused: int = 0
    _warnings: list[dict[str, Any]] = field(default_factory=list)
    _corrections: list[dict[str, Any]] = field(default_factory=list)

    def see(self, tables: TableFrames) -> None:
        """Take in a part of the dataset."""
        self._warnings += [*_warned(tables), *_with_error(tables)]
        refused = tables["findings"][tables["findings"]["kind"] == FindingKind.CORRECTION_REFUSED]
        applied, left = counted(tables["corrections"], tables["findings"])
        self.applied, self.refused = self.applied + applied, self.refused + left
        self._corrections += [*_applied(tables), *self._refused(refused, tables["corrections"])]

    def see_files(self, reports: pd.DataFrame, first_read: pd.DataFrame) -> None:
        """Take in the reports of the whole dataset, and which bytes each had when it was first read.

        So it tells which are one file in the folders of several agencies, and which are another file now.
        """
        self._warnings += _changed(reports, first_read)
        for _, group in reports.groupby("sha256"):
            if group["folder"].nunique() > 1:
                own = records(group.sort_values("report_id"))
                files = joined([row["report_id"] for row in own], " = ", " = ")
                told = worded(__package__, "equal_files", files=files)
                self._warnings += [
                    _row(row["report_id"], row["folder"], row["year"], EQUAL_FILE, told) for row in own
                ]

    def warnings(self) -> pd.DataFrame:
        """A row with WARNINGS for each, by kind, agency and year."""
        order = {kind: place for place, kinds in enumerate(KINDS) for kind in kinds}
        rows = [*self._warnings, *(_row(file, None, None, LINE_REFUSED, told) for file, told in self.lines)]
        frame = pd.DataFrame(rows, columns=WARNINGS).astype({"year": "Int64"})
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
        by = ["agency", "year", "message"]
        for (agency, _, message), group in findings.groupby(by, sort=False, dropna=False):
            rows = records(group)
            own = [row for row in open_ if str(message).startswith(refusal_of(row, ""))]
            same = [row for row in own if (row["printed"] or "") == (rows[0]["printed"] or "")]
            why = {"why": message, "why_zh": rows[0]["message_zh"], "status": REFUSED}
            nothing: dict[str, Any] = {"printed": rows[0]["printed"]}
            for row in same or own or [nothing]:
                cell = _cell(row) if row is not nothing else {}
                for file in {row["report_id"]: None for row in rows}:
                    typed = {name: row.get(name) for name in _TYPED}
                    of = {"agency": agency, "year": rows[0]["year"], "file": file}
                    yield {**of, **cell, **typed, **why, **dict.fromkeys(_OUTCOMES, 0)}


def _cell(row: Mapping[str, Any]) -> dict[str, Any]:
    one = _OF[f"{row['table']}/{row['item']}/{row['measure']}"]
    return {"variable": one.name, "cell": one.of, "label": str(one.label), "label_zh": one.label.zh}


def _applied(tables: TableFrames) -> Iterator[dict[str, Any]]:
    applied = tables["corrections"]
    if applied.empty:
        return
    figures = as_corrected(tables["figures"], applied).figures
    for row in records(grounds(applied, figures)):
        cell = _cell(row)
        told = {"why": None, "why_zh": None, "status": APPLIED}
        outcomes = {name: int(row["ground"] == name) for name in _OUTCOMES}
        typed = {name: row[name] for name in _TYPED}
        of = {"agency": row["agency"], "year": row["year"], "file": row["report_id"]}
        yield {**of, **cell, **typed, **told, **outcomes}


def _warned(tables: TableFrames) -> list[dict[str, Any]]:
    findings, checks, strange = tables["findings"], tables["checks"], misfiled(tables["reports"])
    of_findings = findings[findings["kind"].isin([*SEVERAL, *UNREAD, *BY_HAND])]
    of_rule = checks[checks["rule_id"] == FOLDER]
    unsure = of_rule[of_rule["report_id"].isin(doubted(of_rule, tables["review_marks"]))]
    on_no_rules = records(on_no_rule(tables["review_marks"]))
    told = [
        *((row["kind"], row, Said(row["message"], row["message_zh"])) for row in records(of_findings)),
        *((OTHER_AGENCY, row, of_another(row)) for row in records(strange.assign(agency=strange["folder"]))),
        *((MAY_BE_OTHER, row, _in_file(row)) for row in records(unsure)),
        *(
            (NO_NAME, row, worded("ogi", "no_name", file=row["report_id"]))
            for row in records(unnamed(tables["reports"]))
        ),
        *((FindingKind.MARK_REFUSED, row, refusal(row)) for row in on_no_rules),
    ]
    return [_row(row.get("report_id"), row["agency"], row["year"], kind, said) for kind, row, said in told]


def _with_error(tables: TableFrames) -> Iterator[dict[str, Any]]:
    """A row for each report with errors from its reading: the first, and how many more there are."""
    found = of_reading(tables["findings"])
    folder = tables["reports"].set_index("report_id")["folder"]
    for file, group in found[found["severity"] == Severity.ERROR].groupby("report_id", sort=False):
        row = records(group)[0]
        said = _in_file(row)
        if len(group) > 1:
            said += worded(__package__, "more_errors", n=len(group) - 1)
        yield _row(row["report_id"], folder[file], row["year"], READ_ERROR, said)


def _changed(reports: pd.DataFrame, first_read: pd.DataFrame) -> list[dict[str, Any]]:
    known = reports.merge(first_read, on="report_id", suffixes=("", "_first"))
    return [
        _row(
            row["report_id"],
            row["folder"],
            row["year"],
            CHANGED_FILE,
            worded("ogi", "changed_file", file=row["report_id"], day=row["first_read"]),
        )
        for row in records(known[known["sha256"] != known["sha256_first"]])
    ]


def _row(file: str | None, agency: str | None, year: int | None, kind: str, said: Said) -> dict[str, Any]:
    return dict(zip(WARNINGS, (file, agency, year, str(kind), str(said), said.zh), strict=True))


def _in_file(row: Mapping[str, Any]) -> Said:
    message = Said(row["message"], row["message_zh"])
    return worded("ogi.tables", "in_file", path=row["report_id"], told=message)
