"""Many files → the dataset: what has not changed is not read again, and one failure costs one file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from ogi.extract import PARSER_VERSION
from ogi.ingest import origin, since
from ogi.ingest.by_hand import ByHand, by_hand
from ogi.ingest.plan import (
    Batch,
    agency_keys,
    batches,
    changed_files,
    known_files,
    lines_of,
    looked_at,
    program,
)
from ogi.ingest.rows import TOLD_KINDS
from ogi.ingest.run import IngestRun, parts_before, unread
from ogi.ingest.sources import Gathered, Source, of_agencies, of_one, worded
from ogi.progress import Progress, no_progress
from ogi.said import Said
from ogi.tables import MissingTablesError, first_read, parts, writing

__all__ = ["IngestLines", "IngestResult", "changes", "ingest", "is_current", "lines_told", "unchanged"]


class IngestLines(NamedTuple):
    """What an ingest tells at its end: failures, and where an agency has several files on a year.

    Of those files all but one should go; that they lie there is no failure. `by_hand`: those of the failures
    that are on what people keep by hand, by which no report was lost.
    """

    failures: list[str]
    doubled: tuple[Said, ...] = ()
    by_hand: tuple[str, ...] = ()


@dataclass(frozen=True)
class IngestResult:
    """How many reports were read anew, how many are as they were, and `IngestLines`."""

    read: int
    reused: int
    failures: list[str]
    doubled: tuple[Said, ...] = ()
    by_hand: tuple[str, ...] = ()


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
    written where RAW holds no file. The dataset is made part by part and becomes the new one at the end, in
    one step; another run on the same dataset waits for this one.
    `corrections` and `marks`: CSV files; by default corrections.csv and review_marks.csv beside RAW, where
    they are; the catalogue, which tells when reports were published, is catalogue.csv there. The figures
    are kept as printed; the checks are of the figures as corrected. A correction that does not fit, or
    is to be looked at again, is a line of `failures` and a finding.
    Raises ValueError where the tables would lie inside RAW, which is never written to.
    """
    if tables.resolve().is_relative_to(raw.resolve()):
        raise ValueError(f"{tables}: expected a folder outside {raw}, which is never written to")
    gathered = of_agencies(raw)
    if not gathered.sources:
        return IngestResult(0, 0, [failure.message for failure in gathered.failures])
    looked = since.look(raw, corrections, marks)
    hand = by_hand(raw, corrections, marks)
    hand = replace(hand, faults=[*hand.faults, *since.no_more(tables, looked)])
    tables.mkdir(parents=True, exist_ok=True)
    with writing(tables):
        origin.note(raw, tables)
        run = IngestRun(raw, tables, hand)
        run.make(batches(gathered), progress)
        first_read.note(tables, run.read_files, date.today())
        since.note(tables, looked)
    return IngestResult(run.read, run.reports - run.read, *lines_told(gathered, run))


def lines_told(gathered: Gathered, run: IngestRun) -> IngestLines:
    """Failures of what lies in RAW, of its files, of what is kept by hand; and the years with two files."""
    elsewhere = [failure.message for failure in gathered.failures if failure.source is None]
    unreadable, *lines, doubled = (list(dict.fromkeys(run.told[kind])) for kind in TOLD_KINDS)
    of_hand = (*run.hand.faults, *chain(*lines))
    return IngestLines([*elsewhere, *unreadable, *of_hand], tuple(doubled), of_hand)


def changes(
    raw: Path, tables: Path, corrections: Path | None = None, marks: Path | None = None
) -> dict[str, tuple[str, list[Said]]]:
    """Agency → the key that an ingest would give it, and what has changed since the last one.

    Nothing is written.
    """
    lines, now = lines_of(by_hand(raw, corrections, marks)), program(PARSER_VERSION)
    before, found = parts_before(tables), dict[str, tuple[str, list[Said]]]()
    for batch in batches(of_agencies(raw)):
        records = list(parts.records_of(tables, parts.within(before, batch.first, batch.until)))
        known, keys = known_files(records), {a: k for record in records for a, k in record.agencies.items()}
        files = looked_at(batch.sources, known)
        for agency, key in agency_keys(batch, files, lines, now).items():
            why = changed_files(agency, known, files)
            if any(agency in record.agencies and record.program != now for record in records):
                why.append(worded("program_changed"))
            if not why and agency in keys and keys[agency] != key:
                why.append(worded("lines_changed"))
            found[agency] = key, why
    return found


def unchanged(sources: Iterable[Source], reports: pd.DataFrame) -> set[str]:
    """The ids of the reports whose rows still hold: same bytes, read by the same rules."""
    sources = list(sources)
    left = unread(sources, looked_at(sources, {}), reports)
    return {source.report_id for source in sources} - {source.report_id for source in left}


def is_current(tables: Path, raw: Path, agency: str, own: ByHand) -> bool:
    """Does the dataset hold of the agency just what an ingest would write? `own`: what people say of it."""
    gathered = of_one(raw, agency)
    failures = tuple(failure for failure in gathered.failures if failure.source is not None)
    batch = Batch(agency, None, tuple(gathered.sources), failures)
    try:
        (part,) = parts.holding(parts.parts(tables), agency)
    except MissingTablesError:
        return False
    record = parts.record_of(tables, part.key)
    if record is None or agency not in record.agencies:
        return False
    files = looked_at(batch.sources, record.files)
    return (
        agency_keys(batch, files, lines_of(own), program(PARSER_VERSION)).get(agency)
        == record.agencies[agency]
    )
