"""What one machine does of a run: the reports of one part read, or the pages of its agencies made."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from ogi.bulk import Job, PageKey, PageRecord, handed_on, make_pages, record
from ogi.cluster.storage import Stamp, Storage
from ogi.extract import PARSER_VERSION
from ogi.ingest.by_hand import by_hand
from ogi.ingest.plan import Batch, agency_keys, known_files, lines_of, looked_at, part_key, program
from ogi.ingest.run import IngestRun
from ogi.ingest.sources import of_agencies
from ogi.progress import no_progress
from ogi.tables import parts
from ogi.tables.parts import Part


class OtherProgram(Exception):
    """A worker that has another version of this package: it would read by other rules."""


@dataclass(frozen=True)
class Cluster:
    """Where the folders lie, by path or URL, and who does the work.

    `dask`: the address of a scheduler, `local` for one of this machine, None for this process.
    `processes`: how many work at a time, by default one a core of this machine; a cluster that is there knows
    better. `job`: what is asked for; its own folders are set from these.
    """

    raw: str
    tables: str
    out: str = ""
    dask: str | None = None
    processes: int | None = None
    job: Job = field(default_factory=lambda: Job(Path(), Path(), Path()))

    @property
    def named(self) -> Job:
        """The job with the folders as they are named."""
        return replace(self.job, raw=Path(self.raw), tables=Path(self.tables), out=Path(self.out or "."))


@dataclass(frozen=True)
class Shared:
    """What is the same for every task of a run.

    `hand`: what people keep by hand, file by file; `program`: a hash of the code that must do the work.
    """

    cluster: Cluster
    hand: Mapping[str, bytes]
    program: str


def read_reports(
    shared: Shared, first: str, until: str | None, files: dict[str, Stamp], earlier: tuple[Part, ...]
) -> tuple[Part, int]:
    """Read the reports of a part that is not there yet, and send it to the tables; how many were read.

    `first`, `until`: as in `Batch`; `files`: those in RAW; `earlier`: parts that held its agencies before.
    """
    with workplace(shared) as job:
        tables, hand = Storage(shared.cluster.tables), by_hand(job.raw, job.corrections, job.marks)
        Storage(shared.cluster.raw).fetch(files, job.raw, files)
        gathered = of_agencies(job.raw)
        failures = tuple(failure for failure in gathered.failures if failure.source is not None)
        batch = Batch(first, until, tuple(gathered.sources), failures)
        for part in earlier:
            tables.fetch([f"{parts.FOLDER}/{part.key}/part.json"], job.tables)
        known = known_files(parts.records_of(job.tables, earlier))
        keys = agency_keys(batch, looked_at(batch.sources, known), lines_of(hand), program(PARSER_VERSION))
        key = part_key(batch, keys)
        if tables.read(f"{parts.FOLDER}/{key}/part.json") is not None:  # of a run that was cut short
            return Part(key, first), 0
        for part in earlier:
            fetch_part(tables, part, job.tables)
        if earlier:
            parts.commit(job.tables, earlier)
        run = IngestRun(job.raw, job.tables, hand)
        run.make([batch], no_progress)
        (made,) = parts.parts(job.tables)
        tables.send(job.tables / parts.FOLDER / made.key, f"{parts.FOLDER}/{made.key}", "part.json")
        return made, run.read


def make_agency_pages(
    shared: Shared, part: Part, files: dict[str, Stamp], keys: dict[str, PageKey], there: frozenset[str]
) -> dict[str, PageRecord]:
    """Make the pages of some agencies of one part, and send each as soon as all are made; what came of each.

    `files`: those in RAW; `there`: agencies that have an earlier page.
    """
    with workplace(shared) as job:
        Storage(shared.cluster.raw).fetch(files, job.raw, files)
        fetch_part(Storage(shared.cluster.tables), part, job.tables)
        parts.commit(job.tables, [part])
        for name in there:
            (job.out / name).mkdir()
            (job.out / name / "index.html").touch()
        # Of a task on a cluster, each thread of a worker has one core.
        processes = shared.cluster.processes if shared.cluster.dask is None else 1
        made = make_pages(list(keys), keys, job, processes, no_progress)
        records = {name: handed_on(one, job) for name, one in made.items()}
        out = Storage(shared.cluster.out)
        for name, one in records.items():
            if one.failure is None:
                out.send(job.out / name, name, "index.html")
        journal = (job.out / record.JOURNAL).read_bytes()
        out.write(f"{JOURNALS}{part.key}-{len(records)}.jsonl", journal)
        return records


JOURNALS = ".ogi-journal-"
"""What the name of a file begins with that tells which pages of a part were made."""


def fetch_part(tables: Storage, part: Part, to: Path) -> None:
    """Copy a part of the dataset into a folder of this machine."""
    folder = f"{parts.FOLDER}/{part.key}"
    record = tables.read(f"{folder}/part.json")
    names = () if record is None else json.loads(record)["tables"]
    tables.fetch([*(f"{folder}/{name}.parquet" for name in names), f"{folder}/part.json"], to)


@contextmanager
def workplace(shared: Shared) -> Iterator[Job]:
    """A folder of this machine for one task, with the job as it is there."""
    if shared.program != program(PARSER_VERSION):
        raise OtherProgram("expected the same version of ogi on every machine, found another one")
    with tempfile.TemporaryDirectory(prefix="ogi-task-") as folder:
        job = placed(shared.cluster.named, Path(folder), shared.hand)
        for path in (job.raw, job.tables, job.out):
            path.mkdir(parents=True)
        yield job


def placed(job: Job, folder: Path, hand: Mapping[str, bytes]) -> Job:
    """The job with all its folders inside this one, under their own names, and what people keep by hand.

    Names are kept because a page tells them: two for RAW, since what is kept by hand lies beside it.
    """

    def inside(kind: str, path: Path, names: int) -> Path:
        return folder.joinpath(kind, *PurePosixPath(path.as_posix()).parts[-names:])

    raw = inside("raw", job.raw.absolute(), 2)
    named = {"corrections": job.corrections, "marks": job.marks}
    files = {kind: inside(kind, path.absolute(), 1) for kind, path in named.items() if path is not None}
    for kind, content in hand.items():
        path = files.get(kind, raw.parent / kind)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return replace(
        job,
        raw=raw,
        tables=inside("tables", job.tables.absolute(), 1),
        out=inside("out", job.out.absolute(), 1),
        corrections=files.get("corrections"),
        marks=files.get("marks"),
    )
