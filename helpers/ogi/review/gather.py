"""One pass over the dataset, some parts at a time: what a review of one year needs of every agency.

A part has all years of its agencies. Memory does not grow with the figures: what is kept of them are the
totals, indicators and breaches of the year and of the one before.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from ogi import tables as dataset
from ogi.arrays import BoolArray
from ogi.checks import Verdict
from ogi.checks.causes import LineKey
from ogi.checks.corrected import grounds
from ogi.checks.misfiled import doubted, misfiled, of_own
from ogi.checks.unsure import unsure_years
from ogi.checks.years import FOLDER
from ogi.columns import CELLS, COLUMN
from ogi.compare import added_into, annual, in_broken_sum, in_unsure, indicators, is_divided
from ogi.extract.report import FindingKind, Severity
from ogi.figures import Figures
from ogi.reported import DATES, Filings, unread_on
from ogi.review.agencies import agencies_of
from ogi.review.slips import slips_of
from ogi.review.texts import Texts, texts_of
from ogi.tables import TableFrames
from ogi.tables import parts as store
from ogi.tables.misprints import TO_LOOK_AT
from ogi.values import State

TOTALS = tuple(cell for cell in CELLS if cell.endswith(("/total", "/decisions")) and not is_divided(cell))
"""The cells whose sums over agencies are told: totals, and decisions, which both forms count alike."""
CONFLICT = "conflict"
"""What is said of a cell in which two files on one year differ: it has no value, and is in no sum."""
_DOUBTS: dict[str, Callable[[Figures], BoolArray]] = {
    "broken_sum": in_broken_sum,
    "doubted_title": in_unsure,
    CONFLICT: lambda years: years.conflict,
}
"""What there is to say of a number, by its name in `indicators` → the cells that it is said of."""
_CORRECTION = "doubted_correction"
"""The same of a number whose correction is to be looked at."""
DOUBTS = (*_DOUBTS, _CORRECTION)
_TABLES = (
    "reports", "figures", "checks", "findings", "narratives", "corrections", "review_marks", "catalogue",
)  # fmt: skip
_AT_ONCE = 2
"""Parts that are looked at together: of some 400 reports, whose figures take some 200 MB."""
_STANDING = (Verdict.BROKEN, Verdict.UNDECIDED)
_PLACED = ["report_id", "agency", "year", "printed_agency"]
# Of equal files that stays whose title names its folder.
_EQUAL = """
SELECT report_id FROM reports LEFT JOIN (SELECT report_id, verdict FROM checks WHERE rule_id = ?)
USING (report_id) WHERE year = ? AND agency IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY sha256 ORDER BY coalesce(verdict = ?, false) DESC, report_id) > 1
"""
_EMPTY = [State.BLANK, State.NOT_APPLICABLE, State.ABSENT]


@dataclass(frozen=True)
class YearGathered:
    """What is known of the agencies in the year reviewed and the year before.

    `agencies`: as `agencies_of`, its index the number of the agency in `texts`. `reports`: of all years, and
    those whose year is not known. `values`: agency, year, a column per cell of TOTALS; `in_doubt`: agency,
    year, cell and doubt (one of DOUBTS) of each of these that bears one. `indicators`: as
    `compare.indicators`. `blank`: agency, report_id and table that no cell is filled in of. `judged`: agency,
    rule_id and whether the rule is broken, once each, or its breach settled by a review mark. `standing`: the
    checks that do not hold, `dates` those on the day of publication. `slips`: as `slips_of`, `counts`: how
    many of each level an agency has; `corrected`: the corrections of both years with their grounds, as
    `grounds`. `misfiled`: report_id, agency (whose the folder is), year and printed_agency of each report
    that is surely another agency's; `doubted`: the same of each report that may be another agency's; it is
    counted. `equal`: the reports of the year that are byte for byte another's, and whose words are not in
    `texts`: a file is compared once.
    """

    agencies: pd.DataFrame
    reports: pd.DataFrame
    catalogue: pd.DataFrame
    values: pd.DataFrame
    in_doubt: pd.DataFrame
    indicators: pd.DataFrame
    blank: pd.DataFrame
    judged: pd.DataFrame
    standing: pd.DataFrame
    dates: pd.DataFrame
    findings: pd.DataFrame
    slips: pd.DataFrame
    counts: pd.DataFrame
    corrected: pd.DataFrame
    misfiled: pd.DataFrame
    doubted: pd.DataFrame
    texts: Texts = field(repr=False)
    equal: frozenset[str] = frozenset()

    @property
    def filings(self) -> Filings:
        """What tells who has reported."""
        told = self.agencies, self.reports, self.catalogue, self.dates, self.findings
        strange = self.misfiled.dropna(subset=["year"])[["agency", "year", "printed_agency"]]
        others = frozenset(strange.itertuples(index=False, name=None))
        unsure = self.doubted.dropna(subset=["year"])[["year", "printed_agency"]]
        titles = frozenset(unsure.itertuples(index=False, name=None))
        late = self.slips[(self.slips["rule_id"] == DATES) & self.slips["is_settled"].astype(bool)]
        return Filings(*told, others, titles, frozenset(late["agency"]))


def gathered(folder: Path, year: int) -> YearGathered:
    """What the dataset in the folder holds on the year; MissingTablesError where there is none."""
    names: list[str] = []
    equal = _equal(folder, year)
    found: list[tuple[TableFrames, Texts]] = []
    there = store.parts(folder)
    for start in range(0, len(there), _AT_ONCE):
        some = there[start : start + _AT_ONCE]
        tables = {name: dataset.read_parts(folder, name, some) for name in _TABLES}
        own = sorted({str(agency) for agency in tables["reports"]["agency"].dropna()})
        found.append(_of_part(tables, own, len(names), year, equal))
        names += own
    whole = {name: _joined([frames[name] for frames, _ in found]) for name in found[0][0]}
    reports = whole["reports"]
    named = reports[reports["year"] == year].dropna(subset=["agency", "printed_agency"])
    printed = dict(zip(named["agency"], named["printed_agency"], strict=True))
    unread = {*unread_on(whole["findings"], year)["agency"].dropna(), *whole["misfiled"]["agency"]}
    agencies = agencies_of(names, unread, printed, whole["catalogue"], year)
    return YearGathered(agencies, texts=Texts.joined([texts for _, texts in found]), equal=equal, **whole)


def _equal(folder: Path, year: int) -> frozenset[str]:
    """The reports of the year that are byte for byte another's that is rather in its place."""
    with dataset.connect(folder) as connection:
        rows = connection.execute(_EQUAL, [FOLDER, year, Verdict.HOLDS]).fetchall()
    return frozenset(report_id for (report_id,) in rows)


def _of_part(
    tables: TableFrames, names: list[str], first: int, year: int, equal: frozenset[str]
) -> tuple[TableFrames, Texts]:
    tables = {**tables, "checks": of_own(tables["checks"], tables["reports"])}
    now = {name: frame[_is_of(frame, year)] for name, frame in tables.items() if "report_id" in frame}
    unsure = doubted(tables["checks"], tables["review_marks"])
    strange, printed = misfiled(tables["reports"]), tables["figures"]
    near = printed[_is_near(printed, year)].reset_index(drop=True)
    corrected = dataset.as_corrected(near, tables["corrections"])
    figures = corrected.figures
    unsure_of = unsure_years(tables["checks"], tables["review_marks"])
    years = annual(figures, corrections=corrected.applied, unsure=unsure_of)
    grounded = grounds(tables["corrections"][_is_near(tables["corrections"], year)], near)
    checks = now["checks"]
    standing = checks[checks["verdict"].isin(_STANDING)]
    slips, counts, settled = slips_of(tables, standing, year)
    frames = {
        "reports": tables["reports"].drop(columns=["scope_words", "title"]),
        "catalogue": tables["catalogue"],
        "values": _values(years),
        "in_doubt": numbers_in_doubt(years, grounded),
        "indicators": indicators(years).drop(columns=["missing", "corrected", "doubt"]),
        "blank": blank_tables(figures[_is_of(figures, year)]),
        "judged": _judged(checks, settled),
        "standing": standing.dropna(subset=["agency"]).drop(columns=["message", "message_zh"]),
        "dates": checks[checks["rule_id"] == DATES].drop(columns=["message", "message_zh"]),
        "findings": hard_to_read(tables["findings"], year),
        "slips": slips,
        "counts": counts,
        "corrected": grounded,
        "misfiled": strange.assign(agency=strange["folder"])[_PLACED],
        "doubted": tables["reports"][tables["reports"]["report_id"].isin(unsure)][_PLACED],
    }
    words = tables["narratives"]
    return frames, texts_of(words[~words["report_id"].isin(equal)], names, first, year)


def _is_of(frame: pd.DataFrame, year: int) -> pd.Series[bool]:
    return frame["year"].eq(year).fillna(False).astype(bool)


def _is_near(frame: pd.DataFrame, year: int) -> pd.Series[bool]:
    return frame["year"].isin([year - 1, year])


def blank_tables(figures: pd.DataFrame) -> pd.DataFrame:
    """agency, report_id and table of each table that is in a report, and in which no cell is filled in."""
    keys = [figures[name] for name in ("agency", "report_id", "table")]
    states = figures["state"]
    found = pd.DataFrame(
        {
            "has_nothing": states.isin(_EMPTY).groupby(keys).all(),
            "is_there": (states != State.ABSENT).groupby(keys).any(),
        }
    )
    return found[found["has_nothing"] & found["is_there"]].reset_index()[["agency", "report_id", "table"]]


def hard_to_read(findings: pd.DataFrame, year: int) -> pd.DataFrame:
    """The findings on the agencies' year that are no mere notes; those of no known year among them."""
    findings = findings.dropna(subset=["agency"])
    is_of = findings["year"].isna() | findings["year"].eq(year).fillna(False)
    is_told = findings["severity"] != Severity.NOTE
    is_told |= findings["kind"] == FindingKind.UNREADABLE_FILE
    return findings[is_of & is_told]


def _values(years: Figures) -> pd.DataFrame:
    columns = pd.DataFrame(years.counted[:, [COLUMN[cell] for cell in TOTALS]], columns=list(TOTALS))
    return pd.concat([years.agency_and_year, columns], axis=1)


def numbers_in_doubt(years: Figures, corrected: pd.DataFrame) -> pd.DataFrame:
    """The rows of `in_doubt`; `corrected`: the corrections with their grounds."""
    columns, found = [COLUMN[cell] for cell in TOTALS], []
    for doubt, of in _DOUBTS.items():
        rows, cells = of(years)[:, columns].nonzero()
        own = years.agency_and_year.take(rows).reset_index(drop=True)
        found.append(own.assign(cell=pd.Series([TOTALS[cell] for cell in cells], dtype="str"), doubt=doubt))
    open_ones = corrected[corrected["ground"].isin(TO_LOOK_AT)]
    told = (open_ones["table"] + "/" + open_ones["item"] + "/" + open_ones["measure"]).map(added_into)
    found.append(open_ones[["agency", "year"]].assign(cell=told, doubt=_CORRECTION)[told.isin(TOTALS)])
    return pd.concat(found, ignore_index=True)


def _judged(checks: pd.DataFrame, settled: frozenset[LineKey]) -> pd.DataFrame:
    told = checks[checks["verdict"] != Verdict.NOT_APPLICABLE].dropna(subset=["agency"])
    is_broken = told["verdict"] == Verdict.BROKEN
    is_done = pd.Series(False, index=told.index)
    marked = told[is_broken & told["report_id"].isin({report for report, _, _ in settled})]
    for at, line in zip(marked.index, marked[["report_id", "rule_id", "cells"]].to_numpy(), strict=True):
        is_done[at] = (line[0], line[1], tuple(line[2])) in settled
    sides = {"is_broken": is_broken & ~is_done, "is_settled": is_broken & is_done}
    found = pd.DataFrame(sides).groupby([told["agency"], told["rule_id"]]).any()
    found["is_settled"] &= ~found["is_broken"]
    return found.reset_index()


def _joined(frames: list[pd.DataFrame]) -> pd.DataFrame:
    """The frames below each other; those without rows tell no types."""
    filled = [frame for frame in frames if len(frame) > 0] or frames[:1]
    return pd.concat(filled, ignore_index=True)
