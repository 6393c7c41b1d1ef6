"""Many agencies → a page for each, and an index over all."""

from __future__ import annotations

import sys

if "jsonschema" not in sys.modules:
    # nbformat imports it, and it a grammar of IRIs that takes more than a second to parse. It goes without
    # where there is none, and no notebook has an IRI to be checked.
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]

import shutil
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import pandas as pd

from ogi import tables as store
from ogi import workers
from ogi.agencies import UnknownAgency, refuse_unknown
from ogi.bulk import record
from ogi.bulk.agency import Job, Making, make, places
from ogi.bulk.folders import tidy, worded
from ogi.bulk.front import headline, write_index
from ogi.bulk.keys import PageKey, page_keys
from ogi.bulk.medians import medians_of, newest_of
from ogi.bulk.planning import Choice, Plan, Survey, agencies, plan, survey
from ogi.bulk.record import Outcome, PageRecord
from ogi.bulk.reviews import (
    Reviewed,
    follows_from,
    make_reviews,
    write_figures,
    years_there,
)
from ogi.bulk.run import ParameterError, without
from ogi.files import locked, write_whole
from ogi.index import Entry, entry
from ogi.ingest import IngestLines, ingest, origin
from ogi.ingest.by_hand import by_hand
from ogi.notebook import frames_of
from ogi.pages.document import SHARED, shared_style
from ogi.progress import Progress, no_progress
from ogi.readers.document import UnreadableFile
from ogi.reported import of_another
from ogi.said import Said, in_chinese, joined, known

__all__ = [
    "Choice",
    "Job",
    "PageKey",
    "PageRecord",
    "ParameterError",
    "Plan",
    "SummaryResult",
    "UnknownAgency",
    "agencies",
    "conclude",
    "handed_on",
    "make",
    "make_pages",
    "plan",
    "refuse_unknown",
    "summarize",
    "survey",
]

_GRACE = 60.0
"""Seconds beyond those of its notebook that an agency may take: its page is exported, its reports copied."""


@dataclass(frozen=True)
class SummaryResult:
    """The agencies whose pages this run made, left as they were or could not make.

    `failures`: one line for each thing that failed, also where it cost no page. `gone`: agencies that have a
    page of an earlier run, but no reports any more. `reviews`: the years whose review it made. `doubled`: a
    line for each agency and year with several files. `headline`: what all agencies come to in the newest
    year, as the index says it; None where there is no index. `by_hand`: as of `IngestLines`.
    """

    made: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    failures: tuple[str, ...] = ()
    reviews: tuple[int, ...] = ()
    doubled: tuple[Said, ...] = ()
    headline: Said | None = None
    by_hand: tuple[str, ...] = ()


def summarize(job: Job, choice: Choice | None = None, progress: Progress = no_progress) -> SummaryResult:
    """Read RAW into the dataset, make a page for each agency in it, and the index over all.

    A page is made again only where something has changed that it follows from: see `page_keys`. An agency
    that fails costs only itself: its earlier page stays, marked so in the index.

    Raises:
        NotADirectoryError: RAW is no folder.
        ValueError: Another language.
        UnknownAgency: RAW does not have one of the agencies chosen.
        BlockingIOError: Another run writes into `job.out`.
        ParameterError: The notebook does not take the parameters. All of these before anything has run.
    """
    known(job.language)
    choice = choice or Choice()
    names = agencies(job)
    refuse_unknown(choice.only, names)
    if not names:
        lines = _ingest(job, progress)
        return SummaryResult(failures=tuple(lines.failures), by_hand=lines.by_hand)
    job.out.mkdir(parents=True, exist_ok=True)
    with locked(job.out, wait=False):
        origin.note(job.raw, job.out)
        return _summarize(names, job, choice, progress)


def _summarize(names: list[str], job: Job, choice: Choice, progress: Progress) -> SummaryResult:
    began = time.monotonic()
    lines = _ingest(job, progress)
    tidy(job.out)
    found = survey(
        names, job, page_keys(job, store.keys(job.tables), medians_of(job), newest_of(job)), choice
    )
    made = make_pages(found.due, found.keys, job, choice.workers, progress)
    reviewed = Reviewed()
    if not job.reviews:
        pass
    elif choice.only:  # a few pages, quickly; the next whole run makes the reviews that would differ
        lines = lines._replace(failures=[*lines.failures, *write_figures(job)])
    else:
        reviewed = make_reviews(job, choice.prune, progress)
    seconds = time.monotonic() - began
    return conclude(found, made, lines, job, choice, seconds, reviewed)


def conclude(
    found: Survey,
    made: Mapping[str, PageRecord],
    lines: IngestLines,
    job: Job,
    choice: Choice,
    seconds: float,
    reviewed: Reviewed,
) -> SummaryResult:
    """Write the index over all pages, and what the run did; remove pages of agencies that are gone.

    `lines`: what the ingest told.
    """
    others = {name: PageRecord(Outcome.LEFT, Entry(name)) for name in found.names}
    known = {**others, **found.earlier, **found.unchanged, **made}
    records = {name: known[name] for name in found.names}
    failures = [
        *lines.failures,
        *reviewed.failures,
        *(one.failure for one in made.values() if one.failure is not None),
    ]
    traces = {str(one.failure): without(places(job), one.trace) for one in made.values()}
    told = [(_without_places(one, job), traces.get(one, "")) for one in failures]
    catalogue = by_hand(job.raw).catalogue
    entries = [one.entry for one in records.values()]
    failures += write_index(entries, told, catalogue, job, lines.doubled)
    if job.shared_assets:
        write_whole(job.out / SHARED, shared_style(job.language).encode())
    gone = _gone(found.earlier, found.names, job.out, choice.prune)
    kept = {name: handed_on(one, job) for name, one in (records if choice.prune else records | gone).items()}
    record.save(job, kept, seconds, _reviews_left(reviewed, job, choice))
    return SummaryResult(
        tuple(name for name, one in made.items() if one.failure is None),
        tuple(found.unchanged),
        tuple(name for name, one in made.items() if one.failure is not None),
        tuple(gone),
        tuple(failures),
        reviewed.made,
        lines.doubled,
        headline(entries, catalogue),
        lines.by_hand,
    )


def _reviews_left(reviewed: Reviewed, job: Job, choice: Choice) -> record.ReviewRecord | None:
    """What lies there of reviews when the run ends; as it was before where it made none."""
    if choice.only or not job.reviews or reviewed.failures:
        return record.earlier_reviews(job.out)
    return record.ReviewRecord(follows_from(job), tuple(years_there(job.out)))


def make_pages(
    names: list[str], keys: Mapping[str, PageKey], job: Job, processes: int | None, progress: Progress
) -> dict[str, PageRecord]:
    """Make each agency's page anew, several at a time; what came of it."""
    limits = workers.WorkLimits(job.seconds + _GRACE, job.megabytes)
    # Each worker is sent the key of its own agency alone: those of all would be sent as often as there are.
    make_one = partial(_page, job=job)
    results = workers.run_each(make_one, names, limits, processes, lambda name: (keys.get(name),))
    records: dict[str, PageRecord] = {}
    for done, (name, result) in enumerate(zip(names, results, strict=True), 1):
        records[name] = _crashed(name, result, job) if isinstance(result, UnreadableFile) else result
        record.note(job.out, name, records[name])
        progress(done, len(names), name)
    return records


def _page(name: str, key: PageKey | None, job: Job) -> PageRecord:
    """Make one agency's page; runs in a worker."""
    began = time.monotonic()
    frames = frames_of(job.tables, name, job.language)
    is_readable = not frames.reports.empty
    making = (
        make(name, job, frames, *(() if key is None else (key.medians, key.newest)))
        if is_readable
        else Making(_why_none(name, frames.strangers))
    )
    seconds = time.monotonic() - began
    shown = entry(frames, name, (job.out / name / "index.html").is_file(), making.failure is not None)
    outcome = Outcome.MADE if making.failure is None else Outcome.FAILED
    return PageRecord(outcome, shown, key, seconds, making.failure, making.trace, making.megabytes)


def _why_none(name: str, strangers: pd.DataFrame) -> Said:
    """Why an agency with files has no page: none can be read, or what can is another's."""
    if strangers.empty:
        return worded("unread", agency=name)
    told = joined(map(of_another, store.records(strangers)), "; ", "；")
    return worded("strange", agency=name, told=told)


def _crashed(name: str, refusal: UnreadableFile, job: Job) -> PageRecord:
    """The worker ended without a word, or took too long, or too much memory."""
    failure = worded("of_agency", agency=name, told=refusal.found)
    shown = entry(frames_of(job.tables, name), name, (job.out / name / "index.html").is_file(), failed=True)
    return PageRecord(Outcome.FAILED, shown, failure=failure)


def _gone(
    earlier: Mapping[str, PageRecord], names: list[str], out: Path, prune: bool
) -> dict[str, PageRecord]:
    """The pages of earlier runs whose agencies are gone; removed where that is asked for."""
    gone = {
        name: replace(one, outcome=Outcome.GONE)
        for name, one in earlier.items()
        if name not in names and (out / name).is_dir()
    }
    for name in gone if prune else ():
        shutil.rmtree(out / name)
    return gone


def handed_on(one: PageRecord, job: Job) -> PageRecord:
    """The record without the folders of this machine."""
    if one.failure is None:
        return one
    return replace(one, failure=_without_places(one.failure, job), trace=without(places(job), one.trace))


def _without_places(failure: str, job: Job) -> Said:
    return Said(without(places(job), failure), without(places(job), in_chinese(failure)))


def _ingest(job: Job, progress: Progress) -> IngestLines:
    result = ingest(job.raw, job.tables, progress, job.corrections, job.marks)
    # Readers would only hold memory while the pages are made; who makes pages stays warm for the next run.
    workers.close(workers.WorkLimits.of_environment())
    return IngestLines(result.failures, result.doubled, result.by_hand)
