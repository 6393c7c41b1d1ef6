"""Many agencies → a page for each, and an index over all."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ogi import tables as store
from ogi.bulk.agency import Job, make, places
from ogi.bulk.folders import tidy, worded
from ogi.bulk.run import ParameterError, load, refuse_misfits, without
from ogi.dataset import frames_of
from ogi.files import locked, write_whole
from ogi.ingest import Progress, ingest, no_progress, of_agencies
from ogi.pages.index import Entry, entry, index
from ogi.said import Said, in_chinese, known

__all__ = ["Job", "ParameterError", "SummaryResult", "make", "summarize"]


@dataclass(frozen=True)
class SummaryResult:
    """The agencies whose pages this run made, and one line for each thing that failed."""

    made: tuple[str, ...]
    failures: tuple[str, ...]


def summarize(
    raw: Path,
    out: Path,
    tables: Path,
    language: str = "en",
    progress: Progress = no_progress,
    corrections: Path | None = None,
    marks: Path | None = None,
) -> SummaryResult:
    """Read RAW into the dataset, make a page for each agency in it, and the index over all.

    An agency that fails costs only itself: its earlier page stays, marked so in the index. NotADirectoryError
    where RAW is no folder, ValueError for another language, BlockingIOError where another run writes into
    `out`, ParameterError: all before anything has run. `corrections` and `marks` as for `ingest`.
    """
    job = Job(raw, tables, out, known(language), corrections=corrections, marks=marks)
    names = _agencies(job)
    if not names:
        return SummaryResult((), tuple(_ingest(job, progress)))
    out.mkdir(parents=True, exist_ok=True)
    with locked(out, wait=False):
        return _summarize(names, job, progress)


def _summarize(names: list[str], job: Job, progress: Progress) -> SummaryResult:
    failures = _ingest(job, progress)
    tidy(job.out)
    failed = _make_all(names, job, progress)
    failures += failed.values()
    entries = [_entry(name, job, name in failed) for name in names]
    page = index(entries, [_handed_on(one, job) for one in failures], job.language)
    write_whole(job.out / "index.html", page.encode())
    return SummaryResult(tuple(name for name in names if name not in failed), tuple(failures))


def _handed_on(failure: str, job: Job) -> Said:
    """A failure without the folders of this machine."""
    return Said(without(places(job), failure), without(places(job), in_chinese(failure)))


def _ingest(job: Job, progress: Progress) -> list[str]:
    return list(ingest(job.raw, job.tables, progress, job.corrections, job.marks).failures)


def _agencies(job: Job) -> list[str]:
    """The agencies in RAW, once it is sure that the notebook takes the parameters."""
    if not job.raw.is_dir():
        raise NotADirectoryError(f"{job.raw}: expected a folder with a folder of reports per agency")
    refuse_misfits(load(job.notebook), job.notebook.name, job.parameters(""))
    return list(dict.fromkeys(str(source.agency) for source in of_agencies(job.raw).sources))


def _make_all(names: list[str], job: Job, progress: Progress) -> dict[str, str]:
    """Agency → why it has no new page."""
    readable = set(store.read(job.tables, "reports")["agency"])
    failed: dict[str, str] = {}
    for done, name in enumerate(names, 1):
        failure = make(name, job) if name in readable else worded("unread", agency=name)
        if failure is not None:
            failed[name] = failure
        progress(done, len(names), name)
    return failed


def _entry(name: str, job: Job, failed: bool) -> Entry:
    has_page = (job.out / name / "index.html").is_file()
    return entry(frames_of(job.tables, name, job.language), name, has_page, failed)
