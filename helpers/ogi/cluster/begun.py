"""The folders of a run, looked at wherever they lie, with stand-ins of them on this machine."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from ogi import workers
from ogi.bulk import Job, record
from ogi.bulk.folders import tidy
from ogi.cluster.pools import Pool
from ogi.cluster.reviewing import stand_in_reviews
from ogi.cluster.storage import Stamp, Storage, stand_in
from ogi.cluster.tasks import JOURNALS, Cluster, Shared, placed
from ogi.extract import PARSER_VERSION
from ogi.files import is_url, locked
from ogi.ingest import origin, since
from ogi.ingest.by_hand import CATALOGUE_FILE, CORRECTIONS_FILE, MARKS_FILE
from ogi.ingest.plan import program
from ogi.tables import parts

_BESIDE = (CORRECTIONS_FILE, MARKS_FILE, CATALOGUE_FILE)


@dataclass
class OpenRun:
    """One run. `here`: its job on this machine: RAW and pages are stand-ins, and parts have no tables."""

    shared: Shared
    here: Job
    files: dict[str, Stamp]
    pool: Pool
    read: int = 0


@contextmanager
def begun(cluster: Cluster, writes: bool = True) -> Iterator[OpenRun]:
    """Look at all folders, and hold those of this machine that are written to."""
    raw, tables, out = (Storage(place) for place in (cluster.raw, cluster.tables, cluster.out))
    files = raw.listed()
    if not files:
        raise NotADirectoryError(f"{cluster.raw}: expected a folder with a folder of reports per agency")
    with ExitStack() as held:
        hand = _by_hand(cluster)
        here = placed(cluster.named, Path(held.enter_context(tempfile.TemporaryDirectory())), hand)
        for storage in (tables, out)[: 2 if cluster.out else 1] if writes else ():
            held.enter_context(_written(storage))
            if storage.local is not None and raw.local is not None:
                origin.note(raw.local, storage.local)
        if writes and tables.local is not None:
            since.forget(tables.local)
        stand_in(files, here.raw)
        _stand_in_tables(tables, here.tables)
        if cluster.out:
            _stand_in_pages(out, here.out)
        pool = Pool(cluster.dask, cluster.processes, held)
        held.callback(workers.close)
        yield OpenRun(Shared(cluster, hand, program(PARSER_VERSION)), here, files, pool)


@contextmanager
def _written(storage: Storage) -> Iterator[None]:
    """A folder that this run writes into; of this machine, no other run does meanwhile."""
    if storage.local is None:
        yield
        return
    storage.local.mkdir(parents=True, exist_ok=True)
    with locked(storage.local, wait=False):
        for folder in (storage.local, storage.local / parts.FOLDER):
            tidy(folder)
        yield


def _by_hand(cluster: Cluster) -> dict[str, bytes]:
    """What people keep beside RAW, and the files named, by kind or name."""
    above, _, _ = cluster.raw.rstrip("/").rpartition("/")
    beside = Storage(above if is_url(cluster.raw) else str(Path(cluster.raw).absolute().parent))
    found = {name: beside.read(name) for name in _BESIDE}
    for kind, path in (("corrections", cluster.job.corrections), ("marks", cluster.job.marks)):
        found[kind] = None if path is None else path.read_bytes()
    return {name: content for name, content in found.items() if content is not None}


def _stand_in_tables(tables: Storage, to: Path) -> None:
    """The dataset without its rows: which parts, and what each was made from."""
    listed = tables.listed()
    tables.fetch([name for name in listed if name.endswith((parts.MANIFEST, "part.json"))], to)
    to.mkdir(parents=True, exist_ok=True)


def _stand_in_pages(out: Storage, to: Path) -> None:
    """The pages without their content, and what runs have told of them."""
    listed = out.listed()
    stand_in({name: Stamp(0, 0) for name in listed if name.endswith("/index.html")}, to)
    stand_in_reviews(out, to)
    out.fetch([record.FILE, record.JOURNAL], to)
    journals = [out.read(name) or b"" for name in listed if name.startswith(JOURNALS)]
    if journals:
        with (to / record.JOURNAL).open("ab") as file:
            file.writelines(journals)
