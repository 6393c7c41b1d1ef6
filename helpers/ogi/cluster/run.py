"""A run over folders that lie anywhere: what is to be done, handed out in tasks, and made one at the end."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from ogi import bulk, workers
from ogi import tables as store
from ogi.bulk import Choice, Plan, SummaryResult, record
from ogi.bulk.keys import PageKey, page_keys
from ogi.bulk.medians import medians_of, newest_of
from ogi.bulk.reviews import Reviewed, is_current
from ogi.cluster.begun import OpenRun, begun
from ogi.cluster.reviewing import make_year_reviews, stand_in_reviews
from ogi.cluster.storage import Stamp, Storage
from ogi.cluster.tasks import JOURNALS, Cluster, make_agency_pages, read_reports
from ogi.index import CSV
from ogi.ingest import IngestLines, IngestResult, lines_told
from ogi.ingest.by_hand import by_hand
from ogi.ingest.plan import agency_keys, batches, known_files, part_key
from ogi.ingest.run import IngestRun, parts_before
from ogi.ingest.sources import Gathered, Source, of_agencies
from ogi.pages.document import SHARED
from ogi.progress import Progress, no_progress
from ogi.said import Said
from ogi.tables import first_read, parts
from ogi.tables.parts import FileSeen, Part


def ingest(cluster: Cluster, progress: Progress = no_progress) -> IngestResult:
    """Read every report of RAW into the tables, as `ogi.ingest.ingest` does.

    Raises:
        StorageError: A folder that cannot be listed, read or written, or tables that another run has changed.
        NotADirectoryError: RAW holds nothing.
    """
    with begun(cluster) as run:
        lines = _read(run, progress)
    records = parts.records_of(run.here.tables, parts_before(run.here.tables))
    reports = sum(one.reports for one in records)
    return IngestResult(run.read, reports - run.read, *lines)


def summarize(cluster: Cluster, choice: Choice, progress: Progress = no_progress) -> SummaryResult:
    """Read RAW into the tables, make the pages and the index over all, as `ogi.bulk.summarize` does.

    Raises:
        StorageError, NotADirectoryError: As `ingest`.
        UnknownAgency: RAW does not have one of the agencies chosen.
    """
    began = time.monotonic()
    with begun(cluster) as run:
        names = bulk.agencies(run.here)
        bulk.refuse_unknown(choice.only, names)
        lines = _read(run, progress)
        if not names:
            return SummaryResult(failures=tuple(lines.failures), by_hand=lines.by_hand)
        shown = medians_of(run.here), newest_of(run.here)
        keys = page_keys(cluster.named, store.keys(run.here.tables), *shown)
        found = bulk.survey(names, run.here, keys, choice)
        made = _make(run, found.due, found.keys, progress)
        reviewed = _review(run, choice)
        seconds = time.monotonic() - began
        result = bulk.conclude(found, made, lines, run.here, choice, seconds, reviewed)
        _send_index(run, result.gone if choice.prune else ())
    failures, of_hand = (
        tuple(_as_named(run, line) for line in lines) for lines in (result.failures, result.by_hand)
    )
    return replace(result, failures=failures, by_hand=of_hand)


def plan(cluster: Cluster, only: Collection[str] = ()) -> Plan:
    """What `summarize` would make, as `ogi.bulk.plan`; nothing is written."""
    with begun(cluster, writes=False) as run:
        return bulk.plan(run.here, only, cluster.named)


def _read(run: OpenRun, progress: Progress) -> IngestLines:
    """Have the parts made that are not there, and make all of them the dataset."""
    tables, gathered = Storage(run.shared.cluster.tables), of_agencies(run.here.raw)
    version, before = tables.version(parts.MANIFEST), list(parts_before(run.here.tables))
    hand = by_hand(run.here.raw, run.here.corrections, run.here.marks)
    ingested = IngestRun(run.here.raw, run.here.tables, hand)
    if not gathered.sources:
        return _named(run, lines_told(gathered, ingested))
    there, due = _looked(run, gathered, ingested)
    for done, (part, read) in enumerate(run.pool.results(due), 1):
        there[part.first] = part
        run.read += read
        progress(done, len(due), part.first)
    found = [there[first] for first in sorted(there)]
    _fetch_told(tables, found, run.here.tables)
    parts.commit(run.here.tables, found)
    if due or found != before:
        _commit(run, found, before, version)
    for part in found:
        ingested.tell(part)
    if due or found != before:
        _note_first_read(run, tables, ingested.read_files)
    return _named(run, lines_told(gathered, ingested))


def _named(run: OpenRun, lines: IngestLines) -> IngestLines:
    return lines._replace(
        failures=[_as_named(run, line) for line in lines.failures],
        by_hand=tuple(_as_named(run, line) for line in lines.by_hand),
    )


def _looked(
    run: OpenRun, gathered: Gathered, ingested: IngestRun
) -> tuple[dict[str, Part], list[partial[tuple[Part, int]]]]:
    """The parts that are there as they would be made now, by their first name, and tasks for the others."""
    there, due = dict[str, Part](), []
    for batch in batches(gathered):
        earlier = parts.within(ingested.before, batch.first, batch.until)
        known = known_files(parts.records_of(run.here.tables, earlier))
        if all(_is_as_known(source, known.get(source.report_id)) for source in batch.sources):
            files = {source.report_id: known[source.report_id] for source in batch.sources}
            key = part_key(batch, agency_keys(batch, files, ingested.lines, ingested.program))
            if parts.record_of(run.here.tables, key) is not None:
                there[batch.first] = Part(key, batch.first)
                continue
        agencies = {str(one.source.agency) for one in batch.failures if one.source is not None}
        agencies |= {str(source.agency) for source in batch.sources}
        own = _files_of(agencies, run)
        due.append(partial(read_reports, run.shared, batch.first, batch.until, own, tuple(earlier)))
    return there, due


def _is_as_known(source: Source, known: FileSeen | None) -> bool:
    stat = source.path.stat()
    return known is not None and known[:2] == (stat.st_size, stat.st_mtime_ns)


def _files_of(agencies: Collection[str], run: OpenRun) -> dict[str, Stamp]:
    return {name: stamp for name, stamp in run.files.items() if name.partition("/")[0] in agencies}


def _make(
    run: OpenRun, due: Sequence[str], keys: Mapping[str, PageKey], progress: Progress
) -> dict[str, record.PageRecord]:
    """Have the pages made that are due, those of one part by one task."""
    of_part: defaultdict[Part, list[str]] = defaultdict(list)
    there = parts.parts(run.here.tables)
    for name in due:
        of_part[parts.holding(there, name)[0]].append(name)
    workers.close()  # readers would only hold memory while the pages are made
    tasks = [_pages_of(part, {name: keys[name] for name in names}, run) for part, names in of_part.items()]
    made: dict[str, record.PageRecord] = {}
    for records in run.pool.results(tasks):
        made |= records
        progress(len(made), len(due), next(reversed(records)))
    return {name: made[name] for name in due}


def _review(run: OpenRun, choice: Choice) -> Reviewed:
    """Have the reviews made by one task, unless they are as they would be; leave stand-ins of them here."""
    if choice.only or not run.here.reviews or (is_current(run.here) and not choice.prune):
        return Reviewed()
    held = tuple(parts.parts(run.here.tables))
    task = partial(make_year_reviews, run.shared, held, run.files, choice.prune)
    (made,) = run.pool.results([task])
    for path in run.here.out.glob("review-*"):
        path.unlink()
    stand_in_reviews(Storage(run.shared.cluster.out), run.here.out)
    return made


def _pages_of(part: Part, keys: dict[str, PageKey], run: OpenRun) -> partial[dict[str, record.PageRecord]]:
    there = frozenset(name for name in keys if (run.here.out / name / "index.html").is_file())
    return partial(make_agency_pages, run.shared, part, _files_of(keys.keys(), run), keys, there)


def _send_index(run: OpenRun, gone: Sequence[str]) -> None:
    """Write the index and what the run did; remove what is not needed any more."""
    out = Storage(run.shared.cluster.out)
    names = ["index.html", CSV, record.FILE, *([SHARED] if run.here.shared_assets else [])]
    for name in names:
        out.write(name, (run.here.out / name).read_bytes())
    out.remove([name for name in out.listed() if name.startswith((JOURNALS, record.JOURNAL))])
    out.remove(gone)


def _fetch_told(tables: Storage, found: Sequence[Part], to: Path) -> None:
    """What each part was made from, and the findings of those that each run tells."""
    for part in found:
        folder = f"{parts.FOLDER}/{part.key}"
        if parts.record_of(to, part.key) is None:
            tables.fetch([f"{folder}/part.json"], to)
        one = parts.record_of(to, part.key)
        if one is not None and one.tells:
            tables.fetch([f"{folder}/findings.parquet"], to)


def _commit(run: OpenRun, found: Sequence[Part], before: Sequence[Part], version: str | None) -> None:
    """Make these parts the dataset, and remove those that neither it nor the one before needs."""
    tables = Storage(run.shared.cluster.tables)
    if tables.local is not None:
        parts.commit(tables.local, found)
        return
    tables.replace(parts.MANIFEST, (run.here.tables / parts.MANIFEST).read_bytes(), version)
    kept = {part.key for part in (*found, *before)}
    there = {name.split("/")[1] for name in tables.listed(parts.FOLDER)}
    tables.remove([f"{parts.FOLDER}/{key}" for key in there - kept])


def _note_first_read(run: OpenRun, tables: Storage, read_files: Mapping[str, str]) -> None:
    """Note the bytes of the reports that could be read for the first time."""
    here = run.here.tables
    tables.fetch([first_read.FILE], here)
    first_read.note(here, read_files, date.today())
    tables.write(first_read.FILE, (here / first_read.FILE).read_bytes())


def _as_named(run: OpenRun, line: str) -> Said:
    """A line without the folders of this run, with those that were named."""
    asked = run.shared.cluster
    above = asked.raw.rstrip("/").rpartition("/")[0]
    names = [(run.here.raw, asked.raw), (run.here.raw.parent, above)]
    hand = ((run.here.corrections, asked.job.corrections), (run.here.marks, asked.job.marks))
    names += [(here, str(named)) for here, named in hand if here is not None]
    en, zh = str(line), line.zh if isinstance(line, Said) else line
    for here, named in names:
        en, zh = en.replace(str(here), named), zh.replace(str(here), named)
    return Said(en, zh)
