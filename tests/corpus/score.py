"""One document read and held against its record: which figures are right, missing, wrong, unmarked."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ogi import forms
from ogi.extract import read_report
from ogi.extract.report import Figure, Report
from ogi.readers.document import UnreadableFile
from ogi.values import LEAST_CONFIDENCE, State
from tests.corpus.verdicts import Verdicts, verdicts

MISSING = (State.ABSENT, State.UNREADABLE)
Golden = dict[str, Any]


@dataclass(frozen=True)
class Score:
    """How one document was read. `seconds` is None where it could not be read at all (`error`)."""

    path: Path
    layout: str
    quirks: tuple[str, ...]
    right: int
    missing: tuple[str, ...]
    wrong: tuple[str, ...]
    unmarked: tuple[str, ...]
    """Those of the wrong figures that nothing marks: no state, no confidence, no finding."""
    seconds: float
    error: str | None = None
    sums: Verdicts = field(default_factory=Verdicts)

    @property
    def is_right(self) -> bool:
        return not self.missing and not self.wrong


def score(path: Path) -> Score:
    """Read a document of the corpus and compare every figure with the record beside it."""
    golden: Golden = json.loads(path.with_suffix(".json").read_text("utf-8"))
    layout, quirks = golden["layout"], tuple(golden["quirks"])
    start = time.process_time()
    try:
        report = read_report(path)
    except UnreadableFile as refusal:
        lost = tuple(f"{key}: {told}" for key, told in golden["figures"].items())
        return Score(path, layout, quirks, 0, lost, (), (), time.process_time() - start, str(refusal))
    return compared(path, golden, report, time.process_time() - start)


def compared(path: Path, golden: Golden, report: Report, seconds: float) -> Score:
    """The score of a report that was read. A table in a picture elsewhere may be absent, if that is said."""
    right = 0
    missing, wrong, unmarked = [], [], []
    read = {figure.id: figure for figure in report.figures}
    for key, told in golden["figures"].items():
        figure = read.pop(key, None)
        if _is_right(figure, told) or _is_rightly_absent(key, figure, golden, report):
            right += 1
            continue
        said = f"{key}: printed {told}, read {_said(figure)}"
        if figure is None or figure.state in MISSING:
            missing.append(said)
            continue
        wrong.append(said)
        if not _is_marked(figure, report):
            unmarked.append(said)
    surplus = [f"{key}: not printed, read {_said(f)}" for key, f in read.items() if f.state not in MISSING]
    return Score(
        path, golden["layout"], tuple(golden["quirks"]), right,
        tuple(missing), (*wrong, *surplus), (*unmarked, *surplus), seconds, sums=verdicts(report, golden),
    )  # fmt: skip


def _is_right(figure: Figure | None, told: list[Any]) -> bool:
    state, value, unit = told
    if figure is None:
        return bool(state == State.ABSENT)
    same_unit = state != State.REPORTED or unit == figure.unit
    return bool(figure.state == state and figure.value == value and same_unit)


def _is_rightly_absent(key: str, figure: Figure | None, golden: Golden, report: Report) -> bool:
    table = key.partition("/")[0]
    said = any(finding.kind == "table_missing" and finding.table == table for finding in report.findings)
    return table in golden["pictured"] and said and (figure is None or figure.state == State.ABSENT)


def _said(figure: Figure | None) -> str:
    if figure is None:
        return "nothing"
    return f"{[figure.state, figure.value, figure.unit]} from {figure.printed!r} ({figure.confidence:.2f})"


def _is_marked(figure: Figure, report: Report) -> bool:
    """Is it doubtful by its confidence, or named by a finding on its row or cell?"""
    item = forms.TABLES[figure.table][figure.form].item(figure.item)
    names = (item.full_label, item.label) if item.number else (item.full_label,)
    return figure.confidence < LEAST_CONFIDENCE or any(
        finding.table == figure.table
        and (finding.resembles in names or any(name in finding.message for name in names))
        for finding in report.findings
    )
