"""Many agencies → a page for each, and an index over all."""

from __future__ import annotations

import sys

if "jsonschema" not in sys.modules:
    # nbformat imports it, and it a grammar of IRIs that takes more than a second to parse. It goes without
    # where there is none, and no notebook has an IRI to be checked.
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]

import shutil
import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from ogi import tables as store
from ogi import workers
from ogi.agencies import UnknownAgency, refuse_unknown
from ogi.bulk import record
from ogi.bulk.agency import Job, Making, make, places
from ogi.bulk.folders import tidy, worded
from ogi.bulk.front import write_index
from ogi.bulk.keys import PageKey, page_keys, why_anew
from ogi.bulk.record import Outcome, PageRecord
from ogi.bulk.reviews import make_reviews
from ogi.bulk.run import ParameterError, load, refuse_misfits, without
from ogi.files import locked, write_whole
from ogi.index import Entry, entry
from ogi.ingest import changes, ingest, origin
from ogi.ingest.reading import Progress, no_progress
from ogi.ingest.sources import of_agencies
from ogi.notebook import frames_of
from ogi.pages.document import SHARED, shared_style
from ogi.readers.document import UnreadableFile
from ogi.said import Said, in_chinese, known

__all__ = [
    "Choice",
    "Job",
    "PageKey",
    "PageRecord",
    "ParameterError",
    "SummaryResult",
    "Survey",
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
    page of an earlier run, but no reports any more. `reviews`: the years whose review it made.
    """

    made: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    failures: tuple[str, ...] = ()
    reviews: tuple[int, ...] = ()


@dataclass(frozen=True)
class Choice:
    """Which pages are made, and how many at a time.

    `only`: these agencies, by default all. `workers`: by default one a core. `prune`: remove the pages of
    agencies that are gone.
    """

    only: Collection[str] = ()
    workers: int | None = None
    prune: bool = False


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
        return SummaryResult(failures=tuple(_ingest(job, progress)))
    job.out.mkdir(parents=True, exist_ok=True)
    with locked(job.out, wait=False):
        origin.note(job.raw, job.out)
        return _summarize(names, job, choice, progress)


@dataclass(frozen=True)
class Survey:
    """The pages that there are, and those that must be made.

    `names`: all agencies; `earlier`: what the last run left; `unchanged`: pages that are as they would be
    made; `due`: agencies whose pages are made in this run.
    """

    names: list[str]
    earlier: dict[str, PageRecord]
    keys: dict[str, PageKey]
    unchanged: dict[str, PageRecord]
    due: list[str]


def _summarize(names: list[str], job: Job, choice: Choice, progress: Progress) -> SummaryResult:
    began = time.monotonic()
    failures = _ingest(job, progress)
    tidy(job.out)
    found = survey(names, job, page_keys(job, store.keys(job.tables)), choice)
    made = make_pages(found.due, found.keys, job, choice.workers, progress)
    if choice.only or not job.reviews:  # a few pages, quickly; the next whole run makes what would differ
        return conclude(found, made, failures, job, choice, time.monotonic() - began)
    reviewed = make_reviews(job, choice.prune, progress)
    failures += reviewed.failures
    concluded = conclude(found, made, failures, job, choice, time.monotonic() - began)
    return replace(concluded, reviews=reviewed.made)


def survey(names: list[str], job: Job, keys: dict[str, PageKey], choice: Choice) -> Survey:
    """Hold the pages that lie in `job.out` against the keys of those that would be made now."""
    earlier = record.earlier(job.out)
    unchanged = {
        name: replace(earlier[name], outcome=Outcome.UNCHANGED)
        for name in names
        if not _why(name, earlier.get(name), keys.get(name), job)
    }
    due = [name for name in names if name not in unchanged and name in (choice.only or names)]
    return Survey(names, earlier, keys, unchanged, due)


def conclude(
    found: Survey,
    made: Mapping[str, PageRecord],
    failures: Sequence[str],
    job: Job,
    choice: Choice,
    seconds: float,
) -> SummaryResult:
    """Write the index over all pages, and what the run did; remove pages of agencies that are gone."""
    others = {name: PageRecord(Outcome.LEFT, Entry(name)) for name in found.names}
    known = {**others, **found.earlier, **found.unchanged, **made}
    records = {name: known[name] for name in found.names}
    failures = [*failures, *(one.failure for one in made.values() if one.failure is not None)]
    traces = {str(one.failure): without(places(job), one.trace) for one in made.values()}
    told = [(_without_places(one, job), traces.get(one, "")) for one in failures]
    catalogue = store.by_hand(job.raw).catalogue
    failures += write_index([one.entry for one in records.values()], told, catalogue, job)
    if job.shared_assets:
        write_whole(job.out / SHARED, shared_style().encode())
    gone = _gone(found.earlier, found.names, job.out, choice.prune)
    kept = {name: handed_on(one, job) for name, one in (records if choice.prune else records | gone).items()}
    record.save(job, kept, seconds)
    return SummaryResult(
        tuple(name for name, one in made.items() if one.failure is None),
        tuple(found.unchanged),
        tuple(name for name, one in made.items() if one.failure is not None),
        tuple(gone),
        tuple(failures),
    )


def plan(job: Job, only: Collection[str] = (), named: Job | None = None) -> dict[str, list[Said]]:
    """Agency → why `summarize` would make its page; none where the page would be left. Nothing is written.

    `named`: the job as it is asked for, where `job` only stands in for it.

    Raises:
        NotADirectoryError, ValueError, UnknownAgency, ParameterError: As `summarize`.
    """
    known(job.language)
    names = agencies(job)
    refuse_unknown(only, names)
    changed = changes(job.raw, job.tables, job.corrections, job.marks)
    earlier = record.earlier(job.out)
    keys = page_keys(named or job, {agency: key for agency, (key, _) in changed.items()})
    found = {}
    for name in only or names:
        why = _why(name, earlier.get(name), keys.get(name), job)
        own = changed[name][1] if name in changed else []
        told = (told for one in why for told in (own if own and one == worded("own") else [one]))
        found[name] = list(dict.fromkeys(told))  # the program may have changed for tables and page alike
    return found


def _why(name: str, before: PageRecord | None, key: PageKey | None, job: Job) -> list[Said]:
    """Why the agency's page is made; nothing where it is there, made from what there is now."""
    if before is None or before.key is None or not (job.out / name / "index.html").is_file():
        is_first = before is None or before.failure is None
        return [worded("no_page" if is_first else "failed_before")]
    if before.failure is not None:
        return [worded("failed_before")]
    return why_anew(before.key, key)


def make_pages(
    names: list[str], keys: Mapping[str, PageKey], job: Job, processes: int | None, progress: Progress
) -> dict[str, PageRecord]:
    """Make each agency's page anew, several at a time; what came of it."""
    limits = workers.WorkLimits(job.seconds + _GRACE, job.megabytes)
    results = workers.run_each(partial(_page, job=job, keys=keys), names, limits, processes)
    records: dict[str, PageRecord] = {}
    for done, (name, result) in enumerate(zip(names, results, strict=True), 1):
        records[name] = _crashed(name, result, job) if isinstance(result, UnreadableFile) else result
        record.note(job.out, name, records[name])
        progress(done, len(names), name)
    return records


def _page(name: str, job: Job, keys: Mapping[str, PageKey]) -> PageRecord:
    """Make one agency's page; runs in a worker."""
    began = time.monotonic()
    frames = frames_of(job.tables, name, job.language)
    is_readable = not frames.reports.empty
    making = make(name, job, frames) if is_readable else Making(worded("unread", agency=name))
    seconds = time.monotonic() - began
    shown = entry(frames, name, (job.out / name / "index.html").is_file(), making.failure is not None)
    outcome = Outcome.MADE if making.failure is None else Outcome.FAILED
    return PageRecord(outcome, shown, keys.get(name), seconds, making.failure, making.trace, making.megabytes)


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


def _ingest(job: Job, progress: Progress) -> list[str]:
    failures = ingest(job.raw, job.tables, progress, job.corrections, job.marks).failures
    # Readers would only hold memory while the pages are made; who makes pages stays warm for the next run.
    workers.close(workers.WorkLimits.of_environment())
    return list(failures)


def agencies(job: Job) -> list[str]:
    """The agencies in RAW, once it is sure that the notebook takes the parameters."""
    if not job.raw.is_dir():
        raise NotADirectoryError(f"{job.raw}: expected a folder with a folder of reports per agency")
    refuse_misfits(load(job.notebook), job.notebook.name, job.parameters(""))
    return list(dict.fromkeys(str(source.agency) for source in of_agencies(job.raw).sources))
