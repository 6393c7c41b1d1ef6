"""Many files → the dataset: what has not changed is not read again, and one failure costs one file."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from ogi.checks import check_tables
from ogi.extract import PARSER_VERSION
from ogi.extract.report import Finding, FindingKind, Severity
from ogi.figures import identities
from ogi.ingest import unfinished
from ogi.ingest.reading import Progress, no_progress, read_all
from ogi.ingest.sources import Failure, Source, of_agencies, worded
from ogi.tables import (
    Filed,
    MissingTablesError,
    by_hand,
    empty,
    finding_row,
    frames,
    from_rows,
    joined,
    read,
    write,
)

_LOG = logging.getLogger(__name__)

_OWN_KINDS = (FindingKind.UNREADABLE_FILE, FindingKind.SAME_YEAR, FindingKind.CORRECTION_REFUSED)
_PARSED = ("figures", "reports", "narratives", "findings")


@dataclass(frozen=True)
class IngestResult:
    """How many reports were read anew, how many are as they were, and a line for each failure."""

    read: int
    reused: int
    failures: list[str]


def ingest(
    raw: Path,
    tables: Path,
    progress: Progress = no_progress,
    corrections: Path | None = None,
    marks: Path | None = None,
) -> IngestResult:
    """Read every report of RAW (a folder per agency) into the tables, checks included.

    A report is read again only when its bytes or PARSER_VERSION changed, also after a run that was cut short.
    A file that cannot be read is a line of `failures` and a finding of kind unreadable_file, and has no row
    in `reports`; files of one agency and year are all kept, with a finding of kind same_year each. Nothing is
    written where RAW holds no file.
    `corrections` and `marks`: CSV files; by default corrections.csv and review_marks.csv beside RAW, where
    they are; the catalogue, which tells when reports were published, is catalogue.csv there. The figures
    are kept as printed; the checks are of the figures as corrected. A correction that does not fit is a line
    of `failures` and a finding.
    Raises ValueError where the tables would lie inside RAW, which is never written to.
    """
    if tables.resolve().is_relative_to(raw.resolve()):
        raise ValueError(f"{tables}: expected a folder outside {raw}, which is never written to")
    gathered = of_agencies(raw)
    if not gathered.sources:
        return IngestResult(0, 0, [failure.message for failure in gathered.failures])
    earlier = unfinished.added(_earlier(tables), tables)
    known = unchanged(gathered.sources, earlier["reports"])
    new = [source for source in gathered.sources if source.report_id not in known]
    _LOG.debug("%d files, %d of them as they were", len(gathered.sources), len(known))
    results = list(unfinished.kept(read_all(new, progress), tables))
    filed = [result for result in results if isinstance(result, Filed)]
    failures = [*gathered.failures, *(result for result in results if isinstance(result, Failure))]
    printed = _dataset(gathered.sources, earlier, known, filed, failures)
    hand = by_hand(raw, corrections, marks)
    dataset, refused = hand.laid_on(printed)
    checks = check_tables(dataset)
    write(tables, {**dataset, "figures": printed["figures"], "checks": checks})
    unfinished.cleared(tables)
    _LOG.debug("%s: %d figures, %d verdicts", tables, len(printed["figures"]), len(checks))
    lines = [*(failure.message for failure in failures), *hand.faults, *refused]
    return IngestResult(len(filed), len(known), lines)


def _earlier(tables: Path) -> dict[str, pd.DataFrame]:
    try:
        return {name: read(tables, name) for name in _PARSED}
    except MissingTablesError as error:
        if not error.none:  # all of it follows from the reports, so nothing is lost
            _LOG.warning("%s; every report is read again", error)
        return {name: empty(name) for name in _PARSED}


def unchanged(sources: Iterable[Source], reports: pd.DataFrame) -> set[str]:
    """The ids of the reports whose rows still hold: same bytes, read by the same rules."""
    same_rules = reports[reports["parser_version"] == PARSER_VERSION]
    digests = dict(zip(same_rules["report_id"], same_rules["sha256"], strict=True))
    return {
        s.report_id for s in sources if s.report_id in digests and _digest(s.path) == digests[s.report_id]
    }


def _digest(path: Path) -> str | None:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None  # the reading will say what is wrong


def _dataset(
    sources: Sequence[Source],
    earlier: dict[str, pd.DataFrame],
    known: set[str],
    filed: Iterable[Filed],
    failures: Iterable[Failure],
) -> dict[str, pd.DataFrame]:
    """The rows that still hold and the new ones, in the order of the sources."""
    new = frames(filed)
    held = {name: frame[frame["report_id"].isin(known)] for name, frame in earlier.items()}
    held["findings"] = held["findings"][~held["findings"]["kind"].isin(_OWN_KINDS)]
    whole = {name: joined(name, [held[name], new[name]]) for name in _PARSED}
    remarks = [_unreadable(failures), _same_year(whole["reports"])]
    whole["findings"] = joined("findings", [whole["findings"], *remarks])
    return {name: _in_order(frame, sources) for name, frame in whole.items()}


def _in_order(frame: pd.DataFrame, sources: Sequence[Source]) -> pd.DataFrame:
    places = {source.report_id: place for place, source in enumerate(sources)}
    by_place = frame["report_id"].map(places).sort_values(kind="stable", na_position="last").index
    return frame.loc[by_place].reset_index(drop=True)


def _unreadable(failures: Iterable[Failure]) -> pd.DataFrame:
    told = [
        (failure.source, Finding(FindingKind.UNREADABLE_FILE, Severity.ERROR, failure.message))
        for failure in failures
    ]
    rows = [finding_row((of.report_id, of.agency, None), found) for of, found in told if of is not None]
    return from_rows("findings", rows)


def _same_year(reports: pd.DataFrame) -> pd.DataFrame:
    """A finding for each report that shares its agency and year with another file."""
    rows = []
    for _, group in reports.groupby(["agency", "year"], sort=False):
        for report_id, agency, year in identities(group).values() if len(group) > 1 else ():
            others = ", ".join(other for other in group["report_id"] if other != report_id)
            message = worded("one_a_year", file=report_id, agency=agency, year=year, others=others)
            found = Finding(FindingKind.SAME_YEAR, Severity.WARNING, message)
            rows.append(finding_row((report_id, agency, year), found))
    return from_rows("findings", rows)
