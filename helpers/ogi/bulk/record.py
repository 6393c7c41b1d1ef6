"""What a run did, as run.json beside the pages: for the next run, and for programs that watch it."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from importlib.metadata import version
from pathlib import Path
from typing import Any

import ogi
from ogi.bulk.agency import Job
from ogi.bulk.folders import agency_name
from ogi.bulk.keys import PageKey
from ogi.files import write_whole
from ogi.index import Entry, YearEntry
from ogi.said import Said, in_chinese

FILE = "run.json"
JOURNAL = ".ogi-journal.jsonl"
"""What a run has done so far, a line for each page: one that is killed loses nothing that it finished."""
_PACKAGES = ("duckdb", "matplotlib", "nbconvert", "pandas", "papermill", "pdfplumber", "pypdfium2")


class Outcome(StrEnum):
    """What became of an agency's page in a run."""

    MADE = "made"
    UNCHANGED = "unchanged"
    FAILED = "failed"
    LEFT = "left"
    """Not asked for, and never made before."""
    GONE = "gone"
    """There from an earlier run, but without reports any more."""


@dataclass(frozen=True)
class PageRecord:
    """An agency's page. `key`: what the page that is there was made from; None where there is none.

    `failure` and `trace`: why and where the making failed; `megabytes`: the most memory that it took.
    """

    outcome: Outcome
    entry: Entry
    key: PageKey | None = None
    seconds: float = 0.0
    failure: Said | None = None
    trace: str = ""
    megabytes: int | None = None


@dataclass(frozen=True)
class ReviewRecord:
    """The reviews that a run left. `made_from`: a hash of all that they follow from."""

    made_from: str
    years: tuple[int, ...]


def save(
    job: Job, records: Mapping[str, PageRecord], seconds: float, reviews: ReviewRecord | None = None
) -> None:
    """Write run.json into the folder of the pages."""
    run = {
        "ogi": ogi.__version__,
        "python": sys.version.split()[0],
        "packages": {name: version(name) for name in _PACKAGES},
        "parameters": {"language": job.language, "engine": job.engine, "notebook": job.notebook.name},
        "seconds": round(seconds, 1),
        "reviews": reviews,
    }
    # A line for each agency: to be looked through, and much faster than the indenting of json.
    lines = (f"{_dumps(agency)}: {_dumps(_as_json(record))}" for agency, record in records.items())
    agencies = ",\n".join(lines)
    write_whole(job.out / FILE, f'{_dumps(run)[:-1]}, "agencies": {{\n{agencies}\n}}}}\n'.encode())
    (job.out / JOURNAL).unlink(missing_ok=True)


def note(out: Path, agency: str, record: PageRecord) -> None:
    """Write a page down as soon as it is done."""
    line = _dumps([agency, _as_json(record)])
    with (out / JOURNAL).open("a", encoding="utf-8") as journal:
        journal.write(f"{line}\n")


def earlier(out: Path) -> dict[str, PageRecord]:
    """What earlier runs left there, also one that was cut short; nothing that is not to be understood."""
    found: dict[str, PageRecord] = {}
    for agency, one in (*_run(out, "agencies").items(), *_journal(out)):
        # Of another version, or not ours: the name will be that of a folder, which may be removed.
        with suppress(AttributeError, LookupError, TypeError, ValueError):
            found[agency_name(agency)] = _of_json(one)
    return found


def earlier_reviews(out: Path) -> ReviewRecord | None:
    """The reviews that an earlier run left there; None where none did, or that is not to be understood."""
    one = _run(out, "reviews")
    try:
        return ReviewRecord(str(one["made_from"]), tuple(map(int, one["years"])))
    except (LookupError, TypeError, ValueError):
        return None


def _run(out: Path, what: str) -> dict[str, Any]:
    try:
        run = json.loads((out / FILE).read_text("utf-8"))[what]
    except (OSError, ValueError, LookupError, TypeError):
        return {}
    return run if isinstance(run, dict) else {}


def _journal(out: Path) -> Iterator[tuple[str, Any]]:
    if (out / JOURNAL).is_file():
        for line in (out / JOURNAL).read_text("utf-8", errors="replace").splitlines():
            with suppress(ValueError):  # cut off
                agency, one = json.loads(line)
                yield agency, one


def _as_json(record: PageRecord) -> dict[str, Any]:
    failure = record.failure
    told = None if failure is None else {"en": str(failure), "zh": in_chinese(failure)}
    return {**vars(record), "seconds": round(record.seconds, 2), "failure": told}


def _dumps(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, default=vars)  # the fields of a dataclass


def _of_json(one: dict[str, Any]) -> PageRecord:
    told, key, entry = one["failure"], one["key"], one["entry"]
    years = {int(year): _year_of_json(own) for year, own in entry["years"].items()}
    titles = {
        name: {int(year): title for year, title in entry.get(name, {}).items()}
        for name in ("misfiled", "doubted")
    }
    return PageRecord(
        Outcome(one["outcome"]),
        Entry(**{**entry, "years": years, **titles}),
        None if key is None else PageKey(**key),
        one["seconds"],
        None if told is None else Said(told["en"], told["zh"]),
        one["trace"],
        one["megabytes"],
    )


def _year_of_json(one: dict[str, Any]) -> YearEntry:
    published = one["published"]
    return YearEntry(**{**one, "published": None if published is None else tuple(published)})
