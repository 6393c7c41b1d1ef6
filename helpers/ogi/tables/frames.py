"""Reports as rows: what was read, in the typed tables of the dataset."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa

from ogi.extract.report import Figure, Finding, Report
from ogi.extract.scope import scope_of
from ogi.readers.document import Box
from ogi.said import in_chinese, printable
from ogi.tables.schema import SCHEMAS, to_frame

Values = tuple[Any, ...]
TableFrames = Mapping[str, pd.DataFrame]
"""Tables of the dataset, or some of their rows: by name, a frame each."""


@dataclass(frozen=True)
class Filed:
    """A report and its place in the dataset: `agency` is its identity there, `folder` where its file lies."""

    report_id: str
    agency: str | None
    report: Report
    seconds: float = 0.0
    parser_version: str = ""
    folder: str | None = None


def alone(report: Report, report_id: str | None = None) -> Filed:
    """A file by itself: known by its name, and by the agency that its title names."""
    return Filed(report_id or printable(Path(report.source).name), report.agency, report)


def frames(filed: Iterable[Filed]) -> dict[str, pd.DataFrame]:
    """The tables figures, reports, narratives and findings of these reports, in their order."""
    rows: dict[str, list[Values]] = {"figures": [], "reports": [], "narratives": [], "findings": []}
    for one in filed:
        key = (one.report_id, one.agency, one.report.year)
        rows["reports"].append((*key, *_report(one)))
        rows["figures"] += [(*key, *_figure(figure, one.report.method)) for figure in one.report.figures]
        rows["narratives"] += [
            (*key, n.section, n.number, n.title, n.text, n.page) for n in one.report.narratives
        ]
        rows["findings"] += [finding_row(key, found) for found in one.report.findings]
    return {name: from_rows(name, part) for name, part in rows.items()}


def from_rows(name: str, rows: list[Values]) -> pd.DataFrame:
    """Rows in the order of the columns of the table of that name, as a typed frame."""
    schema = SCHEMAS[name]
    columns = [list(column) for column in zip(*rows, strict=True)] or [[] for _ in schema]
    arrays = [pa.array(_storables(c), type=field.type) for c, field in zip(columns, schema, strict=True)]
    return to_frame(pa.Table.from_arrays(arrays, schema=schema))


def _storables(column: list[Any]) -> Iterator[Any]:
    """The values with what UTF-8 cannot hold, such as half characters of damaged files, replaced by "?"."""
    return (v.encode("utf-8", "replace").decode("utf-8") if isinstance(v, str) else v for v in column)


def _report(one: Filed) -> Values:
    report = one.report
    forms = (report.forms.get(table) for table in ("proactive", "requests", "review"))
    return (
        *(one.folder, report.printed_agency, report.source, report.sha256, report.title, report.method),
        *forms,
        *scope_of(report.agency, report.narratives),
        *(one.parser_version, one.seconds),
    )


def _figure(figure: Figure, method: str) -> Values:
    return (
        *(figure.form, figure.table, figure.item, figure.measure),
        *(figure.value, figure.unit, figure.state, figure.printed, figure.note),
        *_place(figure.box),
        *(figure.method or method, figure.confidence),
    )


def finding_row(key: tuple[str | None, str | None, int | None], found: Finding) -> Values:
    """A row of the table findings; `key`: the report, its agency and its year."""
    told = found.message, in_chinese(found.message)
    return (*key, found.kind, found.severity, *told, found.table, found.page, found.printed, found.resembles)


def _place(box: Box | None) -> Values:
    return (None,) * 5 if box is None else (box.page, box.x0, box.top, box.x1, box.bottom)


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a frame by column name, null as None."""
    names = [str(name) for name in frame.columns]
    missing: Any = None  # pandas takes it, its types do not
    columns = [frame[name].to_numpy(object, na_value=missing).tolist() for name in frame.columns]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]
