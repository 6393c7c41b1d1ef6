"""What a person has corrected, why and on what evidence: read from a CSV file, and put over the figures."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from ogi.extract.figures import read_cell
from ogi.extract.report import Finding, FindingKind, Severity
from ogi.forms.named import cells_named, official_name
from ogi.said import Said, joined, worded
from ogi.tables.csv_rows import fault, no_cell, read_rows
from ogi.tables.frames import Values, finding_row, from_rows, records
from ogi.tables.schema import SCHEMAS
from ogi.values import State

COLUMNS: list[str] = SCHEMAS["corrections"].names[1:]
"""The columns of the file; in the dataset the report comes before them."""
BY_AND_WHY = ("corrected_by", "correction_reason")
"""What `marked` adds to the columns of figures."""
CELL = ["agency", "year", "table", "item", "measure"]
_OF_LINE = ["agency", "year", "message"]
"""What is told of a line that is refused, maybe for several reports."""
_PLACE = ["report_id", "table", "item", "measure"]
_NUMBER = re.compile(r"[+-]?\d{1,15}(?:\.\d{1,6})?", re.ASCII)


@dataclass(frozen=True)
class Corrected:
    """Figures with corrections put over them.

    `figures`: as they were, but for value, state and confidence (1: a person has looked) of the corrected
    cells; `printed` stays. `applied`: table corrections, a row per corrected cell. `refused`: table findings,
    a row per correction that was not applied.
    """

    figures: pd.DataFrame
    applied: pd.DataFrame
    refused: pd.DataFrame

    @property
    def failures(self) -> list[Said]:
        """A line for each correction refused."""
        told = zip(self.refused["message"], self.refused["message_zh"], strict=True)
        return [Said(message, chinese) for message, chinese in dict.fromkeys(told)]


def read_corrections(path: Path) -> tuple[pd.DataFrame, list[Said]]:
    """The sound rows of the file, and one line for each row that is not sound, with what was expected.

    Everything is text as typed, but the year, and a cell that is named by its labels, which has its ids.
    `corrected` is a number, or empty for a cell that is blank.
    """
    required = set(COLUMNS) - {"printed", "corrected"}  # a blank is printed as nothing, and may be right
    told, messages = read_rows(path, COLUMNS, required, _faults)
    rows = [{**row, **_ids(row)} for row in told]
    values = [(None, *(int(row[name]) if name == "year" else row[name] for name in COLUMNS)) for row in rows]
    return from_rows("corrections", values)[COLUMNS], messages


def apply_corrections(figures: pd.DataFrame, corrections: pd.DataFrame) -> Corrected:
    """Put the corrections over the figures that they name; none is applied that does not fit.

    A correction fits where a report of its agency and year has the cell, and the cell prints what the
    correction says is printed (blanks aside, and a full-width sign being the same as the plain one). Of
    several files on one year, it is applied to those that print it. Refused are those that fit nowhere, and
    all on one cell that say different numbers.
    """
    # Few figures are of an agency and year with a correction: only these are looked at one by one.
    is_meant = figures["agency"].isin(corrections["agency"]) & figures["year"].isin(corrections["year"])
    places = is_meant.to_numpy().nonzero()[0]
    cells = _by_cell(figures.loc[is_meant, [*CELL, "report_id", "printed", "page"]].assign(place=places))
    told = [_told(rows, cells.get(cell, []), figures) for cell, rows in _by_cell(corrections).items()]
    applied = [pair for pairs, _ in told for pair in pairs]
    return Corrected(
        _put_over(figures, [(one["place"], *_corrected(row)) for one, row in applied]),
        from_rows("corrections", [(one["report_id"], *(row[n] for n in COLUMNS)) for one, row in applied]),
        from_rows("findings", [refusal for _, refusals in told for refusal in refusals]),
    )


def as_corrected(figures: pd.DataFrame, applied: pd.DataFrame) -> Corrected:
    """Put over figures what the table corrections of their dataset says, which names a report in each row."""
    return apply_corrections(figures, applied.drop(columns="report_id").drop_duplicates())


def as_printed(figures: pd.DataFrame, applied: pd.DataFrame) -> pd.DataFrame:
    """The figures without corrections: each corrected cell says again what its report prints."""
    keys = zip(*(figures[name] for name in _PLACE), strict=True)
    places = {key: place for place, key in enumerate(keys)}
    own = [(tuple(row[name] for name in _PLACE), row["printed"] or "") for row in records(applied)]
    read = [(places[key], read_cell(printed, key[-1])) for key, printed in own if key in places]
    return _put_over(figures, [(place, cell.state, cell.value) for place, cell in read])


def _told(
    rows: list[dict[str, Any]], there: list[dict[str, Any]], figures: pd.DataFrame
) -> tuple[list[tuple[dict[str, Any], dict[str, Any]]], list[Values]]:
    """What corrections on one cell come to: each figure with what is applied to it, and what is refused."""
    fitting = [row for row in rows if any(_fits(row, one) for one in there)]
    refused = [
        refusal
        for row in rows
        if row not in fitting
        for refusal in _refusals(row, there, _why(row, there, figures))
    ]
    if len({_number(row["corrected"]) for row in fitting}) > 1:
        blank = worded("ogi.tables", "blank")
        several = joined((row["corrected"] or blank for row in fitting), " and ", "、")
        why = worded("ogi.tables", "several", several=several)
        return [], [*refused, *(refusal for row in fitting for refusal in _refusals(row, there, why))]
    pairs = [(one, next((row for row in fitting if _fits(row, one)), None)) for one in there]
    return [(one, row) for one, row in pairs if row is not None], refused


def counted(applied: pd.DataFrame, findings: pd.DataFrame) -> tuple[int, int]:
    """How many corrections are applied and how many refused; what two lines say alike of a cell is one.

    `applied`: table corrections; `findings`: of the same reports.
    """
    refused = findings[findings["kind"] == FindingKind.CORRECTION_REFUSED]
    return len(applied[CELL].drop_duplicates()), len(refused[_OF_LINE].drop_duplicates())


def marked(figures: pd.DataFrame, applied: pd.DataFrame) -> pd.DataFrame:
    """The figures with two columns more: who corrected the cell and why; null where nobody did."""
    key = ["report_id", "table", "item", "measure"]
    names = dict(zip(("who", "reason"), BY_AND_WHY, strict=True))
    told = applied[[*key, *names]].rename(columns=names)
    return figures.merge(told, on=key, how="left", validate="many_to_one")


def _named(row: dict[str, str]) -> set[str]:
    return cells_named(row["table"], row["item"], row["measure"])


def _ids(row: dict[str, str]) -> dict[str, str]:
    """The ids of the cell, which the row may name by its labels."""
    return dict(zip(CELL[2:], min(_named(row)).split("/"), strict=True))


def _faults(row: dict[str, str]) -> Iterator[Said]:
    if len(_named(row)) != 1:
        yield no_cell(row["table"], row["item"], row["measure"])
    if row["corrected"] and not _NUMBER.fullmatch(row["corrected"]):
        yield fault(worded("ogi.tables", "number"), repr(row["corrected"]))


def _by_cell(frame: pd.DataFrame) -> dict[tuple[Any, ...], list[dict[str, Any]]]:
    """The rows of the frame by CELL."""
    found: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    for row in records(frame):
        found.setdefault(tuple(row[name] for name in CELL), []).append(row)
    return found


def _fits(row: dict[str, Any], figure: dict[str, Any]) -> bool:
    return _signs(row["printed"]) == _signs(figure["printed"])


def _signs(printed: str | None) -> list[str]:
    """What is printed as a person may type it: in full-width signs or plain ones, with other blanks."""
    return unicodedata.normalize("NFKC", printed or "").split()


def _number(corrected: str) -> float | None:
    return float(corrected) if corrected else None


def _corrected(row: dict[str, Any]) -> tuple[State, float | None]:
    number = _number(row["corrected"])
    return State.BLANK if number is None else State.REPORTED, number


def _why(row: dict[str, Any], there: list[dict[str, Any]], figures: pd.DataFrame) -> Said:
    if there:
        found = joined((f"“{' '.join((one['printed'] or '').split())}”" for one in there), " and ", "、")
        return worded("ogi.tables", "other_print", printed=row["printed"], found=found)
    own = figures[(figures["agency"] == row["agency"]) & (figures["year"] == row["year"]).fillna(value=False)]
    return worded("ogi.tables", "no_report" if own.empty else "no_cell")


def _refusals(row: dict[str, Any], there: list[dict[str, Any]], why: Said) -> Iterator[Values]:
    """A finding on each report that has the cell; where none has, one on no report."""
    message = refusal_of(row, why)
    refused = FindingKind.CORRECTION_REFUSED, Severity.WARNING, message, row["table"]
    for one in there or [{"report_id": None, "page": None}]:
        found = Finding(*refused, one["page"], row["printed"])
        yield finding_row((one["report_id"], row["agency"], row["year"]), found)


def refusal_of(row: Mapping[Any, Any], why: str) -> Said:
    """What is said of a correction that is not applied: of which figure, to which number, and why."""
    cell = f"{row['table']}/{row['item']}/{row['measure']}"
    of = {"agency": row["agency"], "year": row["year"], "id": cell, "cell": official_name(cell)}
    corrected = row["corrected"] or worded("ogi.tables", "blank")
    return worded("ogi.tables", "refused", **of, corrected=corrected, why=why)


def _put_over(figures: pd.DataFrame, places: list[tuple[int, State, float | None]]) -> pd.DataFrame:
    rows = figures.index[[place for place, *_ in places]]
    over = figures.copy()
    over.loc[rows, "value"] = [float("nan") if value is None else value for *_, value in places]
    over.loc[rows, "state"] = [state for _, state, _ in places]
    over.loc[rows, "confidence"] = 1.0
    return over
