"""The tables of some agencies → their rows of the panel, one for each agency and year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any, get_args

import numpy as np
import pandas as pd
import pyarrow as pa

from ogi.agencies import Agencies, Agency
from ogi.arrays import FloatArray, IndexArray
from ogi.checks.unsure import unnamed_years, unsure_years
from ogi.columns import COLUMN
from ogi.compare import INDICATORS, annual, indicators
from ogi.extract.report import Severity
from ogi.extract.scope import Scope
from ogi.figures import NO_CELL, STATES, Figures
from ogi.forms import EDITIONS, TABLES
from ogi.panel.lines import Key, VerdictCounts
from ogi.panel.states import READ, broken_cells, corrected_cells, doubted_corrections, state_codes
from ogi.panel.variables import MIXED, SCHEMA, VARIABLES, Role, Variable
from ogi.tables import TableFrames, as_corrected, of_reading, records
from ogi.values import LEAST_CONFIDENCE


def rows_of(tables: TableFrames, agencies: Agencies) -> pa.Table:
    """The rows of whole agencies, by name and year, with the columns of SCHEMA.

    `tables`: reports, figures, checks, findings, corrections and review marks of the dataset. Years are
    those of the reports, also where no figure was found; a report whose agency or year is not known is left
    out.
    """
    corrected = as_corrected(tables["figures"], tables["corrections"])
    part = _Part({**tables, "figures": corrected.figures, "corrections": corrected.applied}, agencies)
    return pa.table({one.name: part.column(one) for one in VARIABLES}, schema=SCHEMA)


class _Part:
    """The columns of some agencies; the figures in `tables` are as corrected.

    `keys`: agency and year of each row. `years` is what indicators are computed from; `cells` holds the same
    years with the parts of sums.
    """

    def __init__(self, tables: TableFrames, agencies: Agencies) -> None:
        self.years = years = annual(tables["figures"], corrections=tables["corrections"])
        self.cells = annual(tables["figures"], keep_parts=True)
        self.reports = _by_key(tables["reports"])
        self.keys = list(self.reports)
        self.row = {key: row for row, key in enumerate(self.keys)}
        self.place = _places(self.keys, years)
        self.known = [
            agencies.of(*key, printed=_only(own, "printed_agency")) for key, own in self.reports.items()
        ]
        self.corrections = Counter(tables["corrections"]["report_id"])
        self.is_corrected = corrected_cells(self.cells, tables["corrections"])
        self.is_refuted = doubted_corrections(years, self.is_corrected)
        self.read = _read(tables["figures"])
        findings = of_reading(tables["findings"])
        self.found = Counter(zip(findings["report_id"], findings["severity"], strict=True))
        self.indicators = _indicators(years)
        self.is_broken = broken_cells(self.cells, tables["checks"])
        self.lines = VerdictCounts(tables)
        self.unsure = unsure_years(tables["checks"], tables["review_marks"])
        self.unnamed = unnamed_years(tables["reports"])

    def column(self, one: Variable) -> pa.Array:
        """The values of a variable, a row each; null where there is none."""
        return pa.array(_OF_ROLE[one.role](self, one), type=one.arrow, from_pandas=True)

    def key(self, one: Variable) -> Sequence[Any]:
        """Who and when, what the agency is, and what is counted of its reports on the year."""
        if one.name in _OF_AGENCY:
            return [_OF_AGENCY[one.name](agency) for agency in self.known]
        return [_OF_REPORTS[one.name](self, key) for key in self.keys]

    def cell(self, one: Variable) -> FloatArray:
        """The number, zero for a blank that is shown to mean zero."""
        told: FloatArray = self._laid(self.cells.counted[:, COLUMN[one.of]], np.nan)
        return told

    def state(self, one: Variable) -> list[int | None]:
        """The state's place in STATES, or a code beside them; None where the form has no such cell."""
        state = state_codes(self.cells, COLUMN[one.of], self.is_corrected, self.is_broken, self.is_refuted)
        return [None if code == NO_CELL else int(code) for code in self._laid(state, NO_CELL)]

    def unit(self, one: Variable) -> list[str | None]:
        """The unit, where a number is told."""
        column, years = COLUMN[one.of], self.cells
        is_told = ~np.isnan(years.value[:, column])
        units = years.frame["unit"].to_numpy(dtype=object)
        told = [
            units[place] if told and place >= 0 else None
            for told, place in zip(is_told, years.place[:, column], strict=True)
        ]
        return [None if at < 0 or not isinstance(told[at], str) else told[at] for at in self.place]

    def indicator(self, one: Variable) -> FloatArray:
        """The value of the indicator, in its unit."""
        told: FloatArray = self._laid(self.indicators["value", one.of].to_numpy(np.float64), np.nan)
        return told

    def small(self, one: Variable) -> list[int | None]:
        """Is its denominator small? None where that is not known."""
        marks = self.indicators["small_denominator", one.of].to_numpy()
        is_known = self.indicators["denominator", one.of].notna().to_numpy()
        return [None if at < 0 or not is_known[at] else int(marks[at]) for at in self.place]

    def zero(self, one: Variable) -> list[int | None]:
        """Was a blank or a sign for nothing of it read as zero?"""
        return self._marked("blank_as_zero", one.of)

    def wrong(self, one: Variable) -> list[int | None]:
        """Does a figure of it take part in a sum that does not hold?"""
        return self._marked("broken_sum", one.of)

    def doubt(self, one: Variable) -> list[int | None]:
        """Was a figure of it read with doubt?"""
        columns = [COLUMN[cell] for cell in INDICATORS[one.of].cells]
        return self._flagged((self.years.confidence[:, columns] < LEAST_CONFIDENCE).any(axis=1), one.of)

    def corrected(self, one: Variable) -> list[int | None]:
        """Has a person corrected a figure of it?"""
        columns = [COLUMN[cell] for cell in INDICATORS[one.of].cells]
        return self._flagged(self.is_corrected[:, columns].any(axis=1), one.of)

    def refuted(self, one: Variable) -> list[int | None]:
        """Has a person corrected a figure of it so that a sum does not hold that holds as printed?"""
        return self._marked("doubted_correction", one.of)

    def _marked(self, mark: str, of: str) -> list[int | None]:
        return self._flagged(self.indicators[mark, of].to_numpy(), of)

    def _flagged(self, marks: Any, of: str) -> list[int | None]:
        """A mark, also where it may be why there is no value; None where there is neither."""
        is_told = self.indicators["value", of].notna().to_numpy() | marks.astype(np.bool_)
        return [None if at < 0 or not is_told[at] else int(marks[at]) for at in self.place]

    def lag(self, one: Variable) -> list[Any]:
        """What the variable was the year before; None where there is no report on that year."""
        of = _BY_NAME[one.of]
        now = _OF_ROLE[of.role](self, of)
        before = [self.row.get((agency, year - 1), -1) for agency, year in self.keys]
        return [now[row] if row >= 0 else None for row in before]

    lag_doubt = lag

    def rule(self, one: Variable) -> list[int | None]:
        """How many lines of the rule are broken; None where no line of it could be judged."""
        return [self.lines.broken(key, one.of) for key in self.keys]

    def _laid(self, values: Any, missing: float) -> Any:
        """The values of `years` by row of the panel."""
        whole = np.full(len(self.keys), missing, dtype=values.dtype if len(values) > 0 else np.float64)
        there = self.place >= 0
        whole[there] = values[self.place[there]]
        return whole


def _read(figures: pd.DataFrame) -> dict[Any, pd.DataFrame]:
    """Agency and year → the cells of its reports that stand in them and were read."""
    read = figures[figures["state"].isin([STATES[state] for state in READ])]
    return dict(list(read.groupby(["agency", "year"])))


def _by_key(reports: pd.DataFrame) -> dict[Key, list[dict[str, Any]]]:
    """Agency and year → its reports, as far as both are known, by agency and year."""
    found: dict[Key, list[dict[str, Any]]] = {}
    for row in records(reports.dropna(subset=["agency", "year"])):
        found.setdefault((row["agency"], int(row["year"])), []).append(row)
    return dict(sorted(found.items()))


def _places(keys: list[Key], years: Figures) -> IndexArray:
    """The row of `years` of each key, -1 where it has none."""
    rows = {(of.agency, of.year): row for row, of in enumerate(years.reports)}
    return np.array([rows.get(key, -1) for key in keys], dtype=np.intp)


def _indicators(years: Figures) -> pd.DataFrame:
    """Columns (value or mark, indicator), a row for each of `years`, in its order."""
    marks = ["value", "denominator", "small_denominator", "blank_as_zero", "broken_sum", "doubted_correction"]
    wide = indicators(years).pivot(index=["agency", "year"], columns="indicator", values=marks)
    columns = pd.MultiIndex.from_product([marks, INDICATORS])
    return wide.reindex(index=pd.MultiIndex.from_frame(years.agency_and_year), columns=columns)


def _only(own: list[dict[str, Any]], name: str) -> str | None:
    """What all of the reports that tell it agree on; None where none does, or they differ."""
    known = {row[name] for row in own} - {None}
    return known.pop() if len(known) == 1 else None


def _edition(table: str) -> Callable[[_Part, Key], str | None]:
    return lambda part, key: _only(part.reports[key], f"form_{table}")


def _side_of_break(part: _Part, key: Key) -> int | None:
    """Of the table that the break is in, else of the one that shows the edition too."""
    own = part.reports[key]
    edition = _only(own, "form_proactive") or _only(own, "form_requests")
    return None if edition is None else EDITIONS.index(edition)


def _scope(part: _Part, key: Key) -> str:
    """The scope that all reports on the year have, else unknown."""
    return _only(part.reports[key], "scope") or Scope.UNKNOWN.value


def _method(part: _Part, key: Key) -> str:
    """How the cells of the year's reports were read; where none was, how the reports were."""
    methods = (
        set(part.read[key]["method"]) if key in part.read else {row["method"] for row in part.reports[key]}
    )
    return MIXED if len(methods) > 1 else next(iter(methods))


def _doubtful(part: _Part, key: Key) -> int:
    return int((part.read[key]["confidence"] < LEAST_CONFIDENCE).sum()) if key in part.read else 0


def _least(part: _Part, key: Key) -> float | None:
    return float(part.read[key]["confidence"].min()) if key in part.read else None


def _noted(severity: Severity) -> Callable[[_Part, Key], int]:
    return lambda part, key: sum(part.found[row["report_id"], severity] for row in part.reports[key])


_OF_AGENCY: dict[str, Callable[[Agency], Any]] = {
    "code": lambda of: of.region and of.region.code,
    "region": lambda of: of.region and of.region.name,
    "city_code": lambda of: of.region and of.region.city_code,
    "region_year": lambda of: of.region and of.region.year,
    "kind": lambda of: of.kind,
    "parent": lambda of: of.parent,
}
_OF_REPORTS: dict[str, Callable[[_Part, Key], Any]] = {
    "agency": lambda part, key: key[0],
    "year": lambda part, key: key[1],
    "scope": _scope,
    "n_reports": lambda part, key: len(part.reports[key]),
    "method": _method,
    "n_doubtful": _doubtful,
    "least_confidence": _least,
    "n_read_errors": _noted(Severity.ERROR),
    "n_read_warnings": _noted(Severity.WARNING),
    "break_2021": _side_of_break,
    "n_corrected": lambda part, key: sum(part.corrections[row["report_id"]] for row in part.reports[key]),
    "n_broken": lambda part, key: part.lines.broken_sums(key),
    "n_settled": lambda part, key: part.lines.settled(key),
    "n_undecided": lambda part, key: part.lines.undecided(key),
    "n_undecided_sums": lambda part, key: part.lines.undecided_sums(key),
    "may_be_other": lambda part, key: int(key in part.unsure),
    "no_name": lambda part, key: int(key in part.unnamed),
    **{f"form_{table}": _edition(table) for table in TABLES},
}
_OF_ROLE: dict[str, Callable[[_Part, Variable], Any]] = {
    role: getattr(_Part, role) for role in get_args(Role)
}
_BY_NAME = {one.name: one for one in VARIABLES}
