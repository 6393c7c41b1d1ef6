"""One ingest: which parts are there already, and how the others are made."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

import pandas as pd

from ogi.checks import check_tables
from ogi.compare import leading_values
from ogi.extract import PARSER_VERSION
from ogi.extract.report import FindingKind
from ogi.ingest import unfinished
from ogi.ingest.by_hand import ByHand
from ogi.ingest.plan import (
    Batch,
    agency_keys,
    known_files,
    lines_of,
    looked_at,
    part_key,
    passing_keys,
    program,
)
from ogi.ingest.reading import read_all
from ogi.ingest.rows import PARSED, TOLD_KINDS, rows_of, with_differences
from ogi.ingest.sources import Failure, Source
from ogi.progress import Progress
from ogi.said import Said, printable
from ogi.tables import Filed, MissingTablesError, joined, parts, read_parts, records
from ogi.tables.parts import FileSeen, Part, PartRecord

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Due:
    """A part that must be made: its files, the parts that held its agencies before, and what must be read."""

    batch: Batch
    files: dict[str, FileSeen]
    earlier: Sequence[Part]
    new: list[Source]


class IngestRun:
    """One ingest. `read`, `reports`: read in it, and in the dataset; `told`: lines by kind of finding.

    `read_files`: the reports that could be read, and the SHA-256 of the bytes of each.
    """

    def __init__(self, raw: Path, tables: Path, hand: ByHand) -> None:
        self.raw, self.tables, self.hand = raw, tables, hand
        self.before, self.lines, self.program = parts_before(tables), lines_of(hand), program(PARSER_VERSION)
        self.read = self.reports = 0
        self.read_files: dict[str, str] = {}
        self.told: dict[FindingKind, list[Said]] = {kind: [] for kind in TOLD_KINDS}

    def make(self, planned: Sequence[Batch], progress: Progress) -> None:
        """Make the parts that are not there, and the dataset of all."""
        looked = [self._looked(batch) for batch in planned]
        new = [source for one in looked if isinstance(one, _Due) for source in one.new]
        _LOG.debug("%d parts, %d files to be read", len(looked), len(new))
        results = read_all(new, progress)
        there = [one if isinstance(one, Part) else self._made(one, results) for one in looked]
        next(results, None)  # what is done is told once the next result is asked for
        parts.commit(self.tables, there)
        unfinished.cleared(self.tables)
        for part in there:
            self.tell(part)

    def _looked(self, batch: Batch) -> Part | _Due:
        """The part, if it is there as it would be made now."""
        earlier = parts.within(self.before, batch.first, batch.until)
        known = known_files(parts.records_of(self.tables, earlier))
        files = looked_at(batch.sources, known)
        key = part_key(batch, agency_keys(batch, files, self.lines, self.program))
        record = parts.record_of(self.tables, key)
        if record is None or not parts.is_sound(self.tables, key):
            sound = self._sound(earlier)
            held = self._earlier(sound, ("reports",))["reports"]
            return _Due(batch, files, sound, unread(batch.sources, files, held))
        if record.files != files:
            parts.renote(self.tables, key, replace(record, files=files))
        return Part(key, batch.first)

    def _made(self, due: _Due, results: Iterator[Filed | Failure]) -> Part:
        """Read what must be read, and write the part."""
        found = list(unfinished.kept(islice(results, len(due.new)), self.tables))
        filed = [result for result in found if isinstance(result, Filed)]
        failures = [*due.batch.failures, *(result for result in found if isinstance(result, Failure))]
        # A file may have changed since it was looked at, or may be read another time.
        files = due.files | {one.report_id: _as_read(one, due.files) for one in filed}
        agencies = agency_keys(due.batch, files, self.lines, self.program)
        agencies |= passing_keys(agencies, failures)
        key = part_key(due.batch, agencies)
        tables, leading = self._tables(due, filed, failures)
        tells = bool(tables["findings"]["kind"].isin(TOLD_KINDS).any())
        record = PartRecord(
            self.program, agencies, files, len(tables["reports"]), tells=tells, leading=leading
        )
        parts.put(self.tables, key, tables, record)
        unfinished.cleared(self.tables)
        self.read += len(filed)
        return Part(key, due.batch.first)

    def _tables(
        self, due: _Due, filed: Sequence[Filed], failures: Sequence[Failure]
    ) -> tuple[dict[str, pd.DataFrame], dict[str, dict[str, list[float | None]]]]:
        """All rows of the part: those that still hold, the new ones, and the verdicts on both.

        Beside them what each agency's page leads with.
        """
        new = {source.report_id for source in due.new}
        held = {source.report_id for source in due.batch.sources} - new
        earlier = self._earlier(due.earlier, PARSED)
        own = self.hand.where(lambda rows: rows["agency"].map(due.batch.holds).astype(bool))
        printed = rows_of(due.batch.sources, earlier, held, filed, failures, own.marks)
        corrected, _ = own.laid_on(printed)
        checks = check_tables(corrected)
        told = with_differences(corrected["findings"], checks)
        findings = joined("findings", [told, own.unmet(checks, corrected["reports"])])
        rows = {**corrected, "figures": printed["figures"], "findings": findings, "checks": checks}
        return rows, leading_values(corrected["figures"])

    def _sound(self, earlier: Sequence[Part]) -> list[Part]:
        """Those parts that are as they were written. Nothing is lost: all follows from the reports."""
        sound = [part for part in earlier if parts.is_sound(self.tables, part.key)]
        if len(sound) < len(earlier):
            _LOG.warning("%s: a part of the dataset is damaged; its reports are read again", self.tables)
        return sound

    def _earlier(self, earlier: Sequence[Part], names: Iterable[str]) -> dict[str, pd.DataFrame]:
        """What was read before of the agencies of these parts, also by a run that was cut short."""
        rows = {name: read_parts(self.tables, name, earlier) for name in names}
        return unfinished.added(rows, self.tables)

    def tell(self, part: Part) -> None:
        """Count the part's reports, and take up what each run tells of them."""
        record = parts.record_of(self.tables, part.key)
        if record is None:
            raise MissingTablesError(self.tables, "part_gone")
        self.reports += record.reports
        unread = set()
        for row in records(read_parts(self.tables, "findings", [part])) if record.tells else ():
            said = Said(row["message"], row["message_zh"])
            if row["kind"] == FindingKind.UNREADABLE_FILE:
                self.told[FindingKind.UNREADABLE_FILE].append(_in_folder(said, self.raw))
                unread.add(row["report_id"])
            elif row["kind"] in TOLD_KINDS:
                self.told[FindingKind(row["kind"])].append(said)
        self.read_files |= {id: seen[2] for id, seen in record.files.items() if id not in unread}


def parts_before(tables: Path) -> Sequence[Part]:
    """The parts of the dataset as it is, none where there is none."""
    try:
        return parts.parts(tables)
    except MissingTablesError as error:
        if not error.none:
            _LOG.warning("%s; every report is read again", error)
        return ()


def unread(sources: Iterable[Source], files: dict[str, FileSeen], reports: pd.DataFrame) -> list[Source]:
    """The files of which the rows in `reports` do not hold."""
    same_rules = reports[reports["parser_version"] == PARSER_VERSION]
    held = {
        (report_id, digest)
        for report_id, digest in zip(same_rules["report_id"], same_rules["sha256"], strict=True)
    }
    seen = {report_id: (report_id, digest) for report_id, (_, _, digest) in files.items()}
    return [source for source in sources if seen.get(source.report_id) not in held]


def _as_read(one: Filed, files: dict[str, FileSeen]) -> FileSeen:
    seen = files.get(one.report_id)
    return seen if seen is not None and seen[2] == one.report.sha256 else (None, None, one.report.sha256)


def _in_folder(told: Said, raw: Path) -> Said:
    outer = printable(str(raw / "x")).removesuffix("x")
    return Said(outer + told, outer + told.zh)
