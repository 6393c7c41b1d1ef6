"""What a run has to make: pages and reviews held against those that are there."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from ogi.agencies import refuse_unknown
from ogi.bulk import record
from ogi.bulk.agency import Job
from ogi.bulk.folders import worded
from ogi.bulk.keys import PageKey, page_keys, why_anew
from ogi.bulk.medians import medians_of, newest_of
from ogi.bulk.record import Outcome, PageRecord
from ogi.bulk.reviews import is_current
from ogi.bulk.run import load, refuse_misfits
from ogi.ingest import changes
from ogi.ingest.sources import of_agencies
from ogi.said import Said, known


@dataclass(frozen=True)
class Choice:
    """Which pages are made, and how many at a time.

    `only`: these agencies, by default all. `workers`: by default one a core. `prune`: remove the pages of
    agencies that are gone.
    """

    only: Collection[str] = ()
    workers: int | None = None
    prune: bool = False


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


@dataclass(frozen=True)
class Plan:
    """What a run would make. `pages`: agency → why its page would be made; empty where it would be left.

    `reviews`: would those be made whose figures change? Which these are, only the run tells, and which
    medians the reports that changed will move.
    """

    pages: dict[str, list[Said]]
    reviews: bool


def plan(job: Job, only: Collection[str] = (), named: Job | None = None) -> Plan:
    """What `summarize` would make, and why. Nothing is written.

    `named`: the job as it is asked for, where `job` only stands in for it.

    Raises:
        NotADirectoryError, ValueError, UnknownAgency, ParameterError: As `summarize`.
    """
    known(job.language)
    names = agencies(job)
    refuse_unknown(only, names)
    changed = changes(job.raw, job.tables, job.corrections, job.marks)
    earlier = record.earlier(job.out)
    own_keys = {agency: key for agency, (key, _) in changed.items()}
    keys = page_keys(named or job, own_keys, medians_of(job), newest_of(job))
    found: dict[str, list[Said]] = {}
    for name in only or names:
        why = _why(name, earlier.get(name), keys.get(name), job)
        own = changed[name][1] if name in changed else []
        told = (told for one in why for told in (own if own and one == worded("own") else [one]))
        found[name] = list(dict.fromkeys(told))  # the program may have changed for tables and page alike
    is_due = job.reviews and not only and (any(found.values()) or not is_current(job))
    return Plan(found, is_due)


def _why(name: str, before: PageRecord | None, key: PageKey | None, job: Job) -> list[Said]:
    """Why the agency's page is made; nothing where it is there, made from what there is now."""
    if before is None or before.key is None or not (job.out / name / "index.html").is_file():
        is_first = before is None or before.failure is None
        return [worded("no_page" if is_first else "failed_before")]
    if before.failure is not None:
        return [worded("failed_before")]
    return why_anew(before.key, key)


def agencies(job: Job) -> list[str]:
    """The agencies in RAW, once it is sure that the notebook takes the parameters."""
    if not job.raw.is_dir():
        raise NotADirectoryError(f"{job.raw}: expected a folder with a folder of reports per agency")
    refuse_misfits(load(job.notebook), job.notebook.name, job.parameters(""))
    return list(dict.fromkeys(str(source.agency) for source in of_agencies(job.raw).sources))
